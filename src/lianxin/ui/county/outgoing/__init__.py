"""回执与下发资料: receipts to write, and what is handed down with them."""
