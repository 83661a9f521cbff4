"""代表 of the whole county."""
