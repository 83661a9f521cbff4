"""Imports as Python does them, for what is no part of the window.

PySide puts a function of its own before every import of the process, to look whether the module that imports wants
the names of Qt written otherwise. The rest of the program does not, and loads in four fifths of the time without.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from contextlib import contextmanager

_plain = builtins.__import__
"""As it was before PySide was loaded: this module is the first of its room."""


@contextmanager
def importing_plainly() -> Iterator[None]:
    """Without PySide's look at what is imported inside; only for modules in which there is no Qt."""
    hooked, names = builtins.__import__, vars(builtins)
    names["__import__"] = _plain
    try:
        yield
    finally:
        names["__import__"] = hooked
