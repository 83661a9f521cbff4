"""Votes by ballot: counted, added up, and what they come to."""
