"""Before the window: first start, unlocking, bringing a backup back, and what keeps the window open."""
