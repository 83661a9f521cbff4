"""PDF: the embedded font, pages, labels."""
