"""Records turned into Word, Excel and PDF bytes; no database, no paths, no clock."""
