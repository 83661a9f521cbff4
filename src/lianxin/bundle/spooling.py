"""Spools: bytes made once and read again, in a private file without a name once they are many."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from lianxin.bundle.limits import MIB
from lianxin.bundle.unsealing import PRIVATE

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_KEPT_IN_MEMORY = 8 * MIB


class Spool:
    """What a bundle is made of, before it is sealed: nothing of it stays when it is closed or the process dies.

    `folder` is where a large one lies (the data folder: personal data never lie in a common temporary one).
    """

    def __init__(self, folder: Path) -> None:
        # Under the name that `unsealing.sweep` knows; closed by `close`.
        made = tempfile.SpooledTemporaryFile(  # noqa: SIM115
            max_size=_KEPT_IN_MEMORY, dir=str(folder), prefix=PRIVATE
        )
        self.file = cast("BinaryIO", made)

    @classmethod
    def of(cls, folder: Path, chunks: Iterable[bytes]) -> Spool:
        """A spool filled with these bytes."""
        made = cls(folder)
        for chunk in chunks:
            made.file.write(chunk)
        return made

    @property
    def size(self) -> int:
        """How many bytes it holds."""
        self.file.seek(0, io.SEEK_END)
        return self.file.tell()

    def open(self) -> BinaryIO:
        """A reader from the start; closing it leaves the spool."""
        return io.BufferedReader(_FromStart(self))

    def close(self) -> None:
        """Gives the bytes away for good."""
        self.file.close()


class _FromStart(io.RawIOBase):
    def __init__(self, spool: Spool) -> None:
        self._file, self._at = spool.file, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        room = memoryview(buffer).cast("B")
        self._file.seek(self._at)
        data = self._file.read(len(room))
        room[: len(data)] = data
        self._at += len(data)
        return len(data)
