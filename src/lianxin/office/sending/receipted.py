"""What the county has for certain: only its signed receipts say so, never a telephone call (bundle-format.md)."""

from __future__ import annotations

from collections.abc import Mapping

from lianxin.domain.dictionary import Wire
from lianxin.domain.records import ReceiptItem, SentFile
from lianxin.office.sending.sent_files import sent_before
from lianxin.office.sent_ranges import ranges_of
from lianxin.store.carrying import acknowledged
from lianxin.store.reading import Reading

_TAKEN_IN = frozenset({"accept", "noop", "conflict"})


def receipted(reading: Reading) -> frozenset[str]:
    """The ids of the bundles a receipt says were taken in."""
    ours = _codes_of_ours(reading)
    items = sorted(
        reading.fields(ReceiptItem, ("uid", "bundle_id", "verdict", "check_code")),
        key=lambda each: str(each[0]),
    )
    # The latest word on a bundle rules: what was taken in may have been taken back.
    latest = {
        str(told): str(verdict) for _, told, verdict, code in items if ours.get(str(told), code) == code
    }
    return frozenset(bundle for bundle, verdict in latest.items() if verdict in _TAKEN_IN)


def receipt_items(reading: Reading) -> list[ReceiptItem]:
    """What the county said of our files, latest first; what it had from a stranger under an id of ours is not here."""
    ours = _codes_of_ours(reading)
    found = (
        item
        for item in reading.all(ReceiptItem)
        if ours.get(item.bundle_id, item.check_code) == item.check_code
    )
    return sorted(found, key=lambda item: (item.day, item.seq), reverse=True)


def _codes_of_ours(reading: Reading) -> Mapping[str, Wire]:
    """Id → 核对码 of what was sent here; a restored ledger may not know all of them."""
    return {str(each[0]): each[1] for each in reading.fields(SentFile, ("bundle_id", "check_code"))}


def entries_there(reading: Reading, county: str) -> dict[str, int]:
    """Stream → how far the county has our entries."""
    return acknowledged(reading, county)


def values_there(reading: Reading, county: str) -> tuple[int, dict[str, int]]:
    """Up to which sending, and stream → up to which entry, the county has the values that might travel."""
    taken, there = receipted(reading), entries_there(reading, county)
    carried = [
        each
        for each in sent_before(reading)
        if each.values and each.sealed_kind == "report" and each.bundle_id in taken
    ]
    if not carried:
        return 0, {}
    latest = carried[-1]
    return latest.seq, {stream: min(last, there.get(stream, 0)) for stream, last in ranges_of(latest).items()}
