"""转报事项办理: what townships sent up, and the sheets of what the county does."""
