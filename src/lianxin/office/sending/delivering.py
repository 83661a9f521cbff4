"""Files that leave the house: written under a name nobody takes for finished, verified where they lie, then named."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from lianxin.office.beside import MOST_NAMES, names_beside
from lianxin.store.files import sync_folder

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

Step = Callable[[str], None]
"""Told before and after everything that lasts; tests kill the process there."""
PART = ".lianxin-send-"
"""Beginning of the name of a file that is not finished."""


class SendingFailed(Exception):
    """The file could not be written or did not verify; no number was used and no half file is left."""

    def __init__(self, message: str, code: str = "S201") -> None:
        super().__init__(message)
        self.message, self.code = message, code


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


def write_part(path: Path, size: int, fill: Callable[[BinaryIO], None], step: Step) -> None:
    """Has `fill` write about `size` bytes and forces them to the medium. Raises OSError, and whatever `fill` raises.

    Half way the step is told, so that a cut in the middle can be tried.
    """
    with path.open("wb") as out:
        step("opened")
        with io.BufferedWriter(_HalfWay(out, size // 2, step)) as told:
            fill(told)
        out.flush()
        step("written")
        os.fsync(out.fileno())
        step("synced")
        _forget_cached(out.fileno(), out.tell())


def bytes_of(data: bytes) -> Callable[[BinaryIO], None]:
    """Fills a file with these bytes."""

    def fill(out: BinaryIO) -> None:
        out.write(data)

    return fill


class _HalfWay(io.RawIOBase):
    """Writes through, and says so once when half is written."""

    def __init__(self, out: BinaryIO, half: int, step: Step) -> None:
        self._out, self._half, self._step = out, half, step
        self._written = 0

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer) -> int:
        chunk = memoryview(data).cast("B")
        left = self._half - self._written
        if 0 <= left < len(chunk):
            self._out.write(chunk[:left])
            self._out.flush()
            self._step("half written")
            self._out.write(chunk[left:])
            self._half = -1
        else:
            self._out.write(chunk)
        self._written += len(chunk)
        return len(chunk)


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
