"""What is printed of an opinion: its file, letters, notices and the ledger of promises."""
