"""What a bundle carries away: entries beyond what the receiver has, the values beside them, what he acknowledged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lianxin.domain.journal import EntryId
from lianxin.domain.streams import Tip
from lianxin.domain.values import Kept
from lianxin.store import journal_log
from lianxin.store.projection import beside_of
from lianxin.store.reading import Reading
from lianxin.store.statements import run


@dataclass(frozen=True)
class CarriedLine:
    """One entry as it travels, with what is counted of it."""

    id: EntryId
    kind: str
    line: bytes


@dataclass(frozen=True)
class KnownValue:
    """A value that is known here, and the record and field it belongs to."""

    entry: EntryId
    kind: str
    uid: str
    field: str
    kept: Kept


def tips(reading: Reading) -> dict[str, Tip]:
    """Stream → how far it is known here."""
    return journal_log.tips(reading.connection)


def lines_beyond(reading: Reading, streams: Sequence[str], after: Mapping[str, int]) -> Iterator[CarriedLine]:
    """The entries of these streams beyond these counters, in the order in which they travel (lamport, stream)."""
    if not streams:
        return
    beyond = " OR ".join("(stream = ? AND counter > ?)" for _ in streams)
    marks = [mark for stream in streams for mark in (stream, after.get(stream, 0))]
    rows = run(
        reading.connection,
        f"SELECT stream, counter, kind, line FROM entry WHERE {beyond} ORDER BY lamport, stream, counter",
        marks,
    )
    for stream, counter, kind, line in rows:
        assert isinstance(line, bytes)
        yield CarriedLine(EntryId(str(stream), int(str(counter))), str(kind), line)


def values_beyond(reading: Reading, streams: Sequence[str], after: Mapping[str, int]) -> Iterator[KnownValue]:
    """The values known here beside entries of these streams beyond these counters, in order of their place."""
    for stream in sorted(streams):
        rows = run(
            reading.connection,
            f"{_VALUES} WHERE v.stream = ? AND v.counter > ? AND v.state = 'known'"
            " ORDER BY v.stream, v.counter, v.field",
            (stream, after.get(stream, 0)),
        )
        yield from _known(rows)


def values_at(reading: Reading, places: Iterable[tuple[EntryId, str]]) -> Iterator[KnownValue]:
    """Those of these values that are known here."""
    for entry, field in places:
        rows = run(
            reading.connection,
            f"{_VALUES} WHERE v.stream = ? AND v.counter = ? AND v.field = ? AND v.state = 'known'",
            (entry.stream, entry.counter, field),
        )
        yield from _known(rows)


def values_of_records(reading: Reading, kind: str, uids: Iterable[str], field: str) -> Iterator[KnownValue]:
    """Every value known here that was written into one field of these records."""
    for uid in uids:
        rows = run(
            reading.connection,
            f"{_VALUES} WHERE e.kind = ? AND e.uid = ? AND v.field = ? AND v.state = 'known'",
            (kind, uid, field),
        )
        yield from _known(rows)


def texts_ever(reading: Reading, kind: str, field: str) -> Iterator[str]:
    """Every text known here that was ever written beside an entry into one field of a kind, corrected ones too."""
    rows = run(
        reading.connection,
        f"{_VALUES} WHERE e.kind = ? AND v.field = ? AND v.state = 'known'",
        (kind, field),
    )
    for each in _known(rows):
        if isinstance(each.kept.value, str):
            yield each.kept.value


def acknowledged(reading: Reading, reader: str) -> dict[str, int]:
    """Stream → how far this reader (office code) has it; of several receipts the highest number rules."""
    rows = run(
        reading.connection,
        "SELECT stream, counter FROM acknowledgement a WHERE reader = ? AND receipt_no ="
        " (SELECT max(receipt_no) FROM acknowledgement b WHERE b.reader = a.reader AND b.stream = a.stream)",
        (reader,),
    )
    return {str(stream): int(str(counter)) for stream, counter in rows}


_VALUES = (
    "SELECT v.stream, v.counter, v.field, v.state, v.salt, v.value, e.kind, e.uid"
    " FROM value v JOIN entry e ON e.stream = v.stream AND e.counter = v.counter"
)


def _known(rows: Iterable[tuple[object, ...]]) -> Iterator[KnownValue]:
    for stream, counter, field, state, salt, value, kind, uid in rows:
        beside = beside_of(state, salt, value)
        if isinstance(beside, Kept):
            entry = EntryId(str(stream), int(str(counter)))
            yield KnownValue(entry, str(kind), str(uid), str(field), beside)
