"""Desks enrolled, certificates renewed and revoked, and the lists of them handed down."""
