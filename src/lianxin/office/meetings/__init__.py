"""Meetings and activities: lists, attendance, notes, votes, minutes and their papers."""
