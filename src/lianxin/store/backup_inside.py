"""What a backup tells of its content before anybody unlocks it: whose ledger, how much, until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lianxin.domain.canonical import JsonValue
from lianxin.domain.dictionary import Record
from lianxin.store.reading import Reading
from lianxin.store.statements import run


@dataclass(frozen=True)
class Inside:
    """A few figures of one moment; of people nothing, since the manifest is not encrypted.

    `latest` is the time of the latest entry (ISO 8601, empty for none), `counts` label → number of records, and
    `mark` changes whenever something worth a backup was written.
    """

    office: str
    version: str
    latest: str
    counts: tuple[tuple[str, int], ...]
    mark: str

    def as_json(self) -> JsonValue:
        """As it stands in the manifest."""
        return {
            "office": self.office,
            "version": self.version,
            "latest": self.latest,
            "counts": [[label, count] for label, count in self.counts],
            "mark": self.mark,
        }


def describe(reading: Reading, *, office: str, version: str, counted: Sequence[type[Record]]) -> Inside:
    """What stands in a ledger at this moment, with the numbers of these kinds that occur."""
    counts = ((cls.LABEL, reading.count(cls)) for cls in counted)
    return Inside(
        office,
        version,
        latest_entry(reading),
        tuple((label, count) for label, count in counts if count),
        mark_of(reading),
    )


def mark_of(reading: Reading) -> str:
    """Equal marks: nothing was saved, drafted, received or noted in between. Small questions only."""
    asked = (
        "SELECT coalesce(sum(counter), 0) FROM stream_head",
        "SELECT coalesce(max(saved_at), '') || '/' || count(*) FROM draft",
        "SELECT coalesce(max(rowid), 0) FROM local_log",
        "SELECT count(*) FROM received",
    )
    return ":".join(str(_first(reading, sql)) for sql in asked)


def latest_entry(reading: Reading) -> str:
    """The time of the latest entry (ISO 8601), empty when there is none."""
    # By the heads of the streams: the journal has no index of times.
    heads = (
        "SELECT max(e.at) FROM stream_head h JOIN entry e ON e.stream = h.stream AND e.counter = h.counter"
    )
    return str(_first(reading, heads) or "")


def _first(reading: Reading, sql: str) -> object:
    row = run(reading.connection, sql).fetchone()
    return None if row is None else row[0]


def inside_in(told: JsonValue) -> Inside | None:
    """What a manifest tells; None when it was written by a program that did not tell, or is not to be understood."""
    if not isinstance(told, dict):
        return None
    counts = told.get("counts")
    return Inside(
        _text(told, "office"),
        _text(told, "version"),
        _text(told, "latest"),
        tuple(_count(each) for each in counts) if isinstance(counts, list) else (),
        _text(told, "mark"),
    )


def _text(told: Mapping[str, JsonValue], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""


def _count(told: JsonValue) -> tuple[str, int]:
    if isinstance(told, list) and len(told) == 2 and isinstance(told[1], int):
        return str(told[0]), told[1]
    return "", 0
