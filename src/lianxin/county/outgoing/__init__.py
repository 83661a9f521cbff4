"""What leaves the county for its townships: receipts, and what is handed down beside them."""
