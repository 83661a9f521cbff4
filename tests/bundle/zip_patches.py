"""Change single header fields of a ZIP: what a stranger with a hex editor does."""

from __future__ import annotations

import struct

LOCAL = {"version": (4, "H"), "flags": (6, "H"), "method": (8, "H"), "time": (10, "H"), "date": (12, "H"),
         "crc": (14, "I"), "packed": (18, "I"), "size": (22, "I")}  # fmt: skip
CENTRAL = {"made_by": (4, "H"), "version": (6, "H"), "flags": (8, "H"), "method": (10, "H"), "time": (12, "H"),
           "date": (14, "H"), "crc": (16, "I"), "packed": (20, "I"), "size": (24, "I"), "extra": (30, "H"),
           "comment": (32, "H"), "disk": (34, "H"), "internal": (36, "H"), "external": (38, "I"),
           "offset": (42, "I")}  # fmt: skip
END = {"disk": 4, "first_disk": 6, "here": 8, "count": 10, "comment": 20}


def headers(data: bytes) -> list[tuple[int, int]]:
    """Offsets of (local header, central record) of every entry."""
    end = data.rindex(b"PK\x05\x06")
    count, _size, position = struct.unpack_from("<HII", data, end + 10)
    found = []
    for _ in range(count):
        name, extra, comment = struct.unpack_from("<HHH", data, position + 28)
        (local,) = struct.unpack_from("<I", data, position + 42)
        found.append((local, position))
        position += 46 + name + extra + comment
    return found


def patched(data: bytes, index: int = 0, *, local: dict[str, int] | None = None,
            central: dict[str, int] | None = None, both: dict[str, int] | None = None) -> bytes:  # fmt: skip
    """Return `data` with header fields of one entry overwritten."""
    changed = bytearray(data)
    at_local, at_central = headers(data)[index]
    for name, value in ((local or {}) | (both or {})).items():
        offset, code = LOCAL[name]
        struct.pack_into("<" + code, changed, at_local + offset, value)
    for name, value in ((central or {}) | (both or {})).items():
        offset, code = CENTRAL[name]
        struct.pack_into("<" + code, changed, at_central + offset, value)
    return bytes(changed)


def end_patched(data: bytes, **fields: int) -> bytes:
    """Return `data` with 16-bit fields of the end record overwritten."""
    changed = bytearray(data)
    end = data.rindex(b"PK\x05\x06")
    for name, value in fields.items():
        struct.pack_into("<H", changed, end + END[name], value)
    return bytes(changed)


def renamed(data: bytes, old: str, new: str) -> bytes:
    """Replace a name by one of equal length in both headers."""
    assert len(old.encode()) == len(new.encode())
    return data.replace(old.encode(), new.encode())


def inserted(data: bytes, position: int, more: bytes) -> bytes:
    """Put bytes in and correct every offset behind them, so that ordinary programs notice nothing."""
    changed = bytearray(data[:position] + more + data[position:])
    end = changed.rindex(b"PK\x05\x06")
    (start,) = struct.unpack_from("<I", changed, end + 16)
    if start >= position:
        struct.pack_into("<I", changed, end + 16, start + len(more))
    for local, central in headers(data):
        moved = central + (len(more) if central >= position else 0)
        if local >= position:
            struct.pack_into("<I", changed, moved + 42, local + len(more))
    return bytes(changed)
