"""Identities that need no server: UUIDv7 for records, from a clock and randomness that are given."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

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


class RisingUids:
    """Uids that sort in the order they were asked for, also within one millisecond and from several threads.

    A clock that was put back by more than a long import runs ahead is followed again: a wrong day shall not stay.
    """

    _STEP, _AHEAD = timedelta(milliseconds=1), timedelta(minutes=10)

    def __init__(self, clock: Callable[[], datetime], randomness: Randomness) -> None:
        self._clock, self._randomness = clock, randomness
        self._last: datetime | None = None
        self._turn = threading.Lock()

    def __call__(self) -> str:
        """The next one."""
        with self._turn:
            # A uid knows no more than milliseconds: two of one millisecond would fall as chance has it.
            now = self._clock()
            at = now - timedelta(microseconds=now.microsecond % 1000)
            if self._last is not None and at <= self._last < at + self._AHEAD:
                at = self._last + self._STEP
            self._last = at
            return new_uid(at, self._randomness)
