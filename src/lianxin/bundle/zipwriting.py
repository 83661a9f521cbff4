"""Write ZIP files whose bytes depend on nothing but names and contents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from lianxin.bundle.limits import KIB

# The earliest moment a ZIP can state: the real one would make equal bundles differ.
_FIXED_MOMENT = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_ORDINARY_FILE = 0o100644 << 16
CHUNK = 256 * KIB


@dataclass(frozen=True)
class Member:
    """One entry of a ZIP: its full name, how many bytes it has, and a way to go through them from the start."""

    name: str
    size: int
    chunks: Callable[[], Iterator[bytes]]


def write_zip(out: BinaryIO, members: Iterable[Member]) -> None:
    """Writes a ZIP of stored (not compressed) entries in the given order, a chunk at a time, into a seekable `out`.

    Word and Excel files are compressed already, and the output of deflate differs between zlib builds. Equal
    input gives equal bytes.
    """
    with zipfile.ZipFile(out, "w", compression=zipfile.ZIP_STORED, allowZip64=False) as archive:
        for member in members:
            info = zipfile.ZipInfo(member.name, _FIXED_MOMENT)
            info.create_system = _UNIX
            info.external_attr = _ORDINARY_FILE
            info.file_size = member.size
            with archive.open(info, "w") as target:
                for chunk in member.chunks():
                    target.write(chunk)


def zip_bytes(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """Returns such a ZIP of small entries held in memory."""
    buffer = io.BytesIO()
    write_zip(buffer, (small_member(name, data) for name, data in entries))
    return buffer.getvalue()


def small_member(name: str, data: bytes) -> Member:
    """An entry whose content is in memory already."""
    return Member(name, len(data), lambda: iter((data,)))


def chunks_of(stream: BinaryIO) -> Iterator[bytes]:
    """Goes through what is left of a stream, CHUNK bytes at a time."""
    while chunk := stream.read(CHUNK):
        yield chunk
