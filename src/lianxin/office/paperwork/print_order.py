"""In which order several papers are printed: by the numbers of their records (domain.md 9.6)."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.domain.dictionary import Record
from lianxin.office.desk import Desk


def in_number_order(desk: Desk, cls: type[Record], uids: Sequence[str]) -> list[str]:
    """The records by year and number; those without a number come last, in the order given."""
    with desk.store.reading() as reading:
        found = reading.by_uid(cls, uids)
    numbers = {uid: str(record.packed().get("number") or "") for uid, record in found.items()}
    return sorted(uids, key=lambda uid: (not numbers.get(uid), numbers.get(uid, "")))
