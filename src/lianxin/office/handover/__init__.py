"""交接: the list, the key, and one computer taking over from another."""
