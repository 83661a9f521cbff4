"""Received files of every sort with the verdict each must get; `python -m tests.corpus` makes them anew."""
