"""The row of what this desk sent: the numbers taken, and the next one."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.domain.records import ReceiptItem, SentFile
from lianxin.domain.streams import replica_of
from lianxin.store.reading import Reading
from lianxin.store.record_store import NUMBER_JUMP


def sent_before(reading: Reading) -> list[SentFile]:
    """Every sending of this desk, oldest first."""
    return sorted(reading.all(SentFile), key=lambda each: each.seq)


def next_seq(reading: Reading, previous: Sequence[SentFile], replica: str) -> int:
    """The number after the last one taken, as far as this desk and the county's receipts know.

    Under a new replica id it jumps like every number does: what a lost ledger sent is not known here, and no
    two files shall bear one number (journal.md, "Copies").
    """
    told = [item.seq for item in reading.all(ReceiptItem)]
    last = max([each.seq for each in previous] + told, default=0)
    written = reading.history(SentFile.KIND, previous[-1].uid) if previous else []
    jumps = bool(written) and replica_of(written[0].entry.stream) != replica
    return last + (NUMBER_JUMP if jumps else 0) + 1
