"""Backups, repair, practice and the first set-up: that nothing is ever lost."""
