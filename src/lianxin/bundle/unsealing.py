"""Step 0 of verification: decrypt a received file into a private one that nobody finds afterwards."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from lianxin.bundle.codes import Code
from lianxin.bundle.limits import KIB, MIB, Limits
from lianxin.bundle.verdicts import Refused

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

Decrypt = Callable[[BinaryIO, BinaryIO], None]
"""Reads the encrypted stream and writes what it holds; raises whatever it likes when it cannot, a Refused as it is."""

_AGE_HEADER = b"age-encryption.org/"
PRIVATE = "opening-"
"""Beginning of the names of private files, where the system gives them names."""


def is_encrypted(stream: BinaryIO) -> bool:
    """Say whether a stream begins as an age file; it is rewound."""
    begins = stream.read(len(_AGE_HEADER))
    stream.seek(0)
    return begins == _AGE_HEADER


@contextmanager
def decrypted(
    stream: BinaryIO, decrypt: Decrypt, limits: Limits, scratch: str | os.PathLike[str] | None
) -> Iterator[BinaryIO]:
    """Decrypt into a private file under `scratch`, readable while the context is open and gone with it.

    Raises Refused: E104 beyond the limit of a ZIP, E502 when it does not open. Where the system can, the file has
    no name at all, so that a crash leaves nothing; `sweep` removes what a power cut may leave elsewhere.
    """
    # age adds 16 bytes to 64 KiB and a header; more than that is no bundle we could take.
    if stream.seek(0, os.SEEK_END) > limits.zip_size + limits.zip_size // KIB + MIB:
        raise Refused(Code.TOO_BIG, f"超过 {limits.zip_size // MIB} MB")
    stream.seek(0)
    with private_file(scratch) as opened:
        capped = _Capped(opened, limits.zip_size)
        try:
            with io.BufferedWriter(capped, 256 * KIB) as target:
                decrypt(stream, target)
        except Refused:
            raise
        except Exception as fault:
            # The library that decrypts is handed in; whatever it raises means one thing here.
            raise Refused(Code.CANNOT_DECRYPT) from fault
        if capped.over:
            raise Refused(Code.TOO_BIG, f"超过 {limits.zip_size // MIB} MB")
        opened.seek(0)
        yield opened


@contextmanager
def private_file(scratch: str | os.PathLike[str] | None) -> Iterator[BinaryIO]:
    """Give an empty file nobody else can read, gone at the end; without `scratch` where the system keeps such."""
    if scratch is not None:
        Path(scratch).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=scratch, prefix=PRIVATE) as opened:
        yield opened


def sweep(scratch: str | os.PathLike[str]) -> None:
    """Remove what a crash left of private files; called before anything is received or sent. One in use stays."""
    folder = Path(scratch)
    for left in folder.glob(f"{PRIVATE}*") if folder.is_dir() else ():
        with contextlib.suppress(OSError):
            left.unlink()


class _Capped(io.RawIOBase):
    """Writes on to a file up to a limit and only remembers that more came."""

    def __init__(self, target: BinaryIO, most: int) -> None:
        self._target, self._left = target, most
        self.over = False

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        size = memoryview(data).nbytes
        self._left -= size
        if self._left < 0:
            self.over = True
        else:
            self._target.write(data)
        return size
