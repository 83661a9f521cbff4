"""Second names: when a file is open elsewhere, “…(2)” is written beside it (ui.md, habit 14)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lianxin.store.files import write_atomic

MOST_NAMES = 9
"""After so many refusals it is the folder that cannot be written, not a file that is open."""


def names_beside(wanted: Path) -> Iterator[Path]:
    """The path itself, then 报表(2).xlsx, 报表(3).xlsx …, without end."""
    yield wanted
    number = 2
    while True:
        yield wanted.with_name(f"{wanted.stem}({number}){wanted.suffix}")
        number += 1


def write_beside(wanted: Path, data: bytes) -> Path:
    """Writes whole under the first name that can be written, and answers which. Raises OSError."""
    wanted.parent.mkdir(parents=True, exist_ok=True)
    for tried, target in enumerate(names_beside(wanted), start=1):
        try:
            write_atomic(target, data)
            return target
        except PermissionError:
            if tried == MOST_NAMES:
                raise
    raise AssertionError("names never end")
