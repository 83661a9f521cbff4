"""All documents the office can print, by name, and the binders made of them."""
