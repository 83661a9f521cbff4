"""Identities that need no server: UUIDv7 for records, from a clock and randomness that are given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Randomness = Callable[[int], bytes]
"""Gives so many random bytes; `secrets.token_bytes` in the program, a seeded one in tests."""


def new_uid(now: datetime, randomness: Randomness) -> str:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, then random bits; sorts by time of making."""
    milliseconds = int(now.timestamp() * 1000) & ((1 << 48) - 1)
    rest = int.from_bytes(randomness(10), "big")
    high = (milliseconds << 16) | 0x7000 | (rest >> 68 & 0xFFF)
    low = (0b10 << 62) | (rest & ((1 << 62) - 1))
    told = f"{(high << 64) | low:032x}"
    return f"{told[:8]}-{told[8:12]}-{told[12:16]}-{told[16:20]}-{told[20:]}"
