"""ZIP files packed otherwise than our writer does, byte by byte under our control."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

_STAMP = 33
"""1 January 1980 as a ZIP writes it."""


@dataclass(frozen=True)
class Packed:
    """One entry: its name, its bytes as they stand in the file, and what the headers say of them."""

    name: str
    body: bytes
    method: int
    size: int
    crc: int


def mixed(entries: Iterable[tuple[str, bytes, int]]) -> bytes:
    """Entries as (name, content, method); deflate without compression, so that every zlib gives the same bytes."""
    return packed(
        Packed(
            name,
            data if method == zipfile.ZIP_STORED else _deflate(data),
            method,
            len(data),
            zlib.crc32(data),
        )
        for name, data, method in entries
    )


def packed(entries: Iterable[Packed]) -> bytes:
    """A ZIP of these entries, all headers in order."""
    out, directory, count = b"", b"", 0
    for each in entries:
        body, raw = each.body, each.name.encode()
        flags = 0 if raw.isascii() else 0x800
        shared = (20, flags, each.method, 0, _STAMP, each.crc, len(body), each.size, len(raw), 0)
        directory += struct.pack(
            "<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 0x314, *shared, 0, 0, 0, 0o100644 << 16, len(out)
        )
        directory += raw
        out += struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", *shared) + raw + body
        count += 1
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(out), 0)
    return out + directory + end


def _deflate(data: bytes) -> bytes:
    """Stored blocks of deflate: right for every reader and the same from every zlib."""
    blocks = [data[at : at + 0xFFFF] for at in range(0, len(data), 0xFFFF)] or [b""]
    return b"".join(
        struct.pack("<BHH", place == len(blocks) - 1, len(block), len(block) ^ 0xFFFF) + block
        for place, block in enumerate(blocks)
    )
