"""Locking: what lies beneath stays exactly as it stood and nothing of it can be seen or reached."""
