"""Questions outside any record: rows that are asked, and who it is with his passphrase."""
