"""The county's pages: receiving, what waits for a word, receipts, merged records, keys."""
