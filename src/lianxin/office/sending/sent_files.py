"""The row of what this desk sent: the numbers taken, and the next one."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.domain.records import SentFile
from lianxin.store.reading import Reading


def sent_before(reading: Reading) -> list[SentFile]:
    """Every sending of this desk, oldest first."""
    return sorted(reading.all(SentFile), key=lambda each: each.seq)


def next_seq(previous: Sequence[SentFile]) -> int:
    """The number after the last one taken."""
    return (previous[-1].seq if previous else 0) + 1
