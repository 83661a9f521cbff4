"""Files that leave the house: written under a name nobody takes for finished, verified where they lie, then named."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from lianxin.office.beside import MOST_NAMES, names_beside
from lianxin.store.files import sync_folder

Step = Callable[[str], None]
"""Told before and after everything that lasts; tests kill the process there."""
PART = ".lianxin-send-"
"""Beginning of the name of a file that is not finished."""


def silent(step: str) -> None:
    """Nobody watches the steps."""


def part_of(folder: Path, replica: str, digest: str) -> Path:
    """The unfinished file of one sending of one desk."""
    return folder / f"{_beginning(replica)}{digest[:12]}"


def sweep(folder: Path, replica: str) -> None:
    """Takes away what an earlier sending of this desk left half done; other desks' files stay."""
    with contextlib.suppress(OSError):
        for left in folder.glob(f"{_beginning(replica)}*"):
            with contextlib.suppress(OSError):
                left.unlink()


def write_part(path: Path, data: bytes, step: Step) -> None:
    """Writes and forces to the medium, in two halves so that a cut in the middle can be tried. Raises OSError."""
    half = len(data) // 2
    with path.open("wb") as out:
        step("opened")
        out.write(data[:half])
        out.flush()
        step("half written")
        out.write(data[half:])
        out.flush()
        step("written")
        os.fsync(out.fileno())
        step("synced")
        _forget_cached(out.fileno(), len(data))


def _forget_cached(handle: int, size: int) -> None:
    """So that reading back asks the medium and not the memory, where the system can be told so."""
    if os.name == "posix" and hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(handle, 0, size, os.POSIX_FADV_DONTNEED)


def named(part: Path, wanted: Path, *, takes: Callable[[Path], bool], step: Step = silent) -> Path:
    """Gives the finished file its name, or the next one that is free and not held open. Raises OSError.

    `takes(path)` says whether an existing file may be replaced.
    """
    tried = 0
    for name in names_beside(wanted):
        if name.exists() and not takes(name):
            continue
        step("naming")
        try:
            os.replace(part, name)
            step("replaced")
        except PermissionError:
            tried += 1
            if tried == MOST_NAMES:
                raise
            continue
        sync_folder(name.parent)
        return name
    raise AssertionError("names never end")


def _beginning(replica: str) -> str:
    return f"{PART}{hashlib.sha256(replica.encode()).hexdigest()[:8]}-"
