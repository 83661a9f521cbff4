"""The version of the program, read without loading it."""

from __future__ import annotations

import re
from pathlib import Path

_TOLD_IN = Path(__file__).resolve().parent.parent / "src" / "lianxin" / "__init__.py"


def version() -> str:
    """As `lianxin --version` says it."""
    found = re.search(r'__version__ = "(.+)"', _TOLD_IN.read_text(encoding="utf-8"))
    assert found is not None
    return found[1]
