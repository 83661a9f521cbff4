"""A seekable view of one archive entry, for readers that must jump about in it (Word, Excel, PDF)."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from lianxin.bundle.limits import KIB, MIB
from lianxin.bundle.opening import OpenedZip
from lianxin.bundle.unsealing import private_file
from lianxin.bundle.zipshape import STORED, ZipEntry

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_KEPT_IN_MEMORY = 16 * MIB
_BUFFER = 256 * KIB


class _Window(io.RawIOBase):
    """Bytes `start` to `start + size` of a stream, read in place."""

    def __init__(self, stream: BinaryIO, start: int, size: int) -> None:
        self._stream = stream
        self._start = start
        self._size = size
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("seek before the start")
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: WriteableBuffer) -> int:
        room = memoryview(buffer).cast("B")
        wanted = max(0, min(len(room), self._size - self._position))
        self._stream.seek(self._start + self._position)
        data = self._stream.read(wanted)
        room[: len(data)] = data
        self._position += len(data)
        return len(data)


@contextmanager
def seekable_entry(
    archive: OpenedZip, entry: ZipEntry, scratch: str | os.PathLike[str] | None = None
) -> Iterator[BinaryIO]:
    """Give a seekable stream of the unpacked entry: in place when stored, else a private copy under `scratch`."""
    if entry.method == STORED:
        yield io.BufferedReader(_Window(archive.stream, entry.start, entry.size), _BUFFER)
        return
    kept = entry.size <= _KEPT_IN_MEMORY
    with io.BytesIO() if kept else private_file(scratch) as copy:
        for chunk in archive.chunks(entry):
            copy.write(chunk)
        copy.seek(0)
        yield copy


def chunks_of(stream: BinaryIO, start: int = 0) -> Iterator[bytes]:
    """Go through a seekable stream from `start`; several may do so in turn."""
    position = start
    while True:
        stream.seek(position)
        chunk = stream.read(_BUFFER)
        if not chunk:
            return
        position += len(chunk)
        yield chunk
