"""代录: tables of townships without the program, read on their behalf (docs/adr/0024)."""
