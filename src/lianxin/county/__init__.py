"""Use cases of the county desk: receiving, answering and adding up."""
