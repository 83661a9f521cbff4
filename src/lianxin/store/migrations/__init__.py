"""Alembic's folder: one file per released shape of the journal and book-keeping tables, forward only."""
