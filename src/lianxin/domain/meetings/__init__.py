"""Meetings: who must be there, who was, what was said, who stands for election."""
