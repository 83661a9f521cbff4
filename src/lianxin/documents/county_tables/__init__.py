"""The county's own workbooks, old and new, read and filled in place."""
