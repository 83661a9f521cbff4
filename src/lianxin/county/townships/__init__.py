"""The townships of this county: its list of them, what they are called, and what counts for which."""
