"""The office's own layouts: what a field is, where it stands, and how it is filled."""
