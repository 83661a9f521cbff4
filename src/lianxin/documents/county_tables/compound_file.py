"""The container of old Office files: one stream exchanged for a longer one, everything else left byte for byte.

A compound file is a small file system of sectors ([MS-CFB]). The new stream is laid behind all that is there and the
table of sectors grown by what it needs; nothing else moves.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_HEADER_SLOTS, _SLOTS_AT, _TABLES_AT, _DIRECTORY_AT = 109, 76, 44, 48
_LEAST_AT, _SMALL_TABLE_AT, _SECTOR_AT = 56, 60, 30
_HEADER, _ENTRY = 512, 128
_START_AT, _SIZE_AT = 116, 120


class NotACompoundFile(ValueError):
    """The bytes are no compound file, a damaged one, or one too large to be changed here."""


@dataclass(frozen=True)
class _Entry:
    """A stream: where its line stands in the file, its first sector, its length."""

    at: int
    start: int
    size: int


class CompoundFile:
    """A file as it was read. Raises NotACompoundFile."""

    def __init__(self, content: bytes) -> None:
        if content[:8] != SIGNATURE or len(content) < _HEADER:
            raise NotACompoundFile
        self._content = content
        self._sector = 1 << int(struct.unpack_from("<H", content, _SECTOR_AT)[0])
        if self._sector not in (512, 4096):
            raise NotACompoundFile
        slots = struct.unpack_from(f"<{_HEADER_SLOTS}I", content, _SLOTS_AT)
        self._tables = [slot for slot in slots if slot != _FREE]
        if len(self._tables) != _number(content, _TABLES_AT):
            raise NotACompoundFile
        try:
            width = self._sector // 4
            self._next = [n for t in self._tables for n in struct.unpack(f"<{width}I", self._read(t))]
            self._entries = dict(self._listed())
        except (struct.error, IndexError, UnicodeDecodeError) as wrong:
            raise NotACompoundFile from wrong

    def names(self) -> frozenset[str]:
        """The streams and folders, by name."""
        return frozenset(self._entries)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream. Raises NotACompoundFile when it is not there or cut off."""
        entry = self._entries.get(name)
        if entry is None:
            raise NotACompoundFile
        if entry.size >= _number(self._content, _LEAST_AT):
            found = b"".join(map(self._read, self._chain(entry.start)))
        else:
            found = self._small(entry)
        if len(found) < entry.size:
            raise NotACompoundFile
        return found[: entry.size]

    def with_stream(self, name: str, content: bytes) -> bytes:
        """The file with another content of one stream. Raises NotACompoundFile where it would grow too large."""
        entry = self._entries.get(name)
        if entry is None:
            raise NotACompoundFile
        # Shorter ones live in a table of their own; readers pass over noughts behind the last record.
        content = content.ljust(_number(self._content, _LEAST_AT), b"\0")
        whole = bytearray(self._content)
        whole += bytes(-(len(whole) - self._sector) % self._sector)
        first = len(whole) // self._sector - 1
        after = self._next[:first] + [_FREE] * (first - len(self._next))
        if entry.size >= _number(self._content, _LEAST_AT):
            for place in self._chain(entry.start):
                after[place] = _FREE
        count = -(-len(content) // self._sector)
        after += [*range(first + 1, first + count), _END]
        tables = list(self._tables)
        width = self._sector // 4
        while len(tables) * width < len(after):
            tables.append(len(after))
            after.append(_TABLE)
        if len(tables) > _HEADER_SLOTS:
            raise NotACompoundFile
        whole += content.ljust(count * self._sector, b"\0") + bytes(
            (len(tables) - len(self._tables)) * self._sector
        )
        after += [_FREE] * (len(tables) * width - len(after))
        for at, table in enumerate(tables):
            struct.pack_into(f"<{width}I", whole, self._place(table), *after[at * width : (at + 1) * width])
        struct.pack_into(f"<{len(tables)}I", whole, _SLOTS_AT, *tables)
        struct.pack_into("<I", whole, _TABLES_AT, len(tables))
        struct.pack_into("<II", whole, entry.at + _START_AT, first, len(content))
        return bytes(whole)

    def _place(self, sector: int) -> int:
        return (sector + 1) * self._sector

    def _read(self, sector: int) -> bytes:
        return self._content[self._place(sector) : self._place(sector) + self._sector]

    def _chain(self, start: int) -> list[int]:
        found: list[int] = []
        while start < len(self._next):
            found.append(start)
            if len(found) > len(self._next):
                raise NotACompoundFile
            start = self._next[start]
        return found

    def _small(self, entry: _Entry) -> bytes:
        """A short stream, kept in pieces of 64 bytes within the stream of the root."""
        root = next(iter(self._entries.values()))
        held = b"".join(map(self._read, self._chain(root.start)))
        table = b"".join(map(self._read, self._chain(_number(self._content, _SMALL_TABLE_AT))))
        after = struct.unpack(f"<{len(table) // 4}I", table)
        found, place, seen = b"", entry.start, 0
        while place < len(after) and seen <= len(after):
            found += held[place * 64 : place * 64 + 64]
            place, seen = after[place], seen + 1
        return found

    def _listed(self) -> list[tuple[str, _Entry]]:
        """Every line of the directory, the root first."""
        found: list[tuple[str, _Entry]] = []
        for sector in self._chain(_number(self._content, _DIRECTORY_AT)):
            for at in range(self._place(sector), self._place(sector) + self._sector, _ENTRY):
                length, kind = struct.unpack_from("<HB", self._content, at + 64)
                if kind:
                    name = self._content[at : at + max(0, length - 2)].decode("utf-16-le")
                    start, size = struct.unpack_from("<II", self._content, at + _START_AT)
                    found.append((name, _Entry(at, start, size)))
        return found


def _number(content: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", content, at)[0])
