"""Which records of a register belong to a period: by their day, or by the year they were written for."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.domain.dictionary import Record
from lianxin.domain.periods import Period
from lianxin.domain.records import Project
from lianxin.store.reading import Condition, Order, Reading


def records_within(
    reading: Reading, cls: type[Record], period: Period | None
) -> tuple[Sequence[Record], Period | None]:
    """The records of the period in order of day, and the period; all and None where the kind knows no time.

    A project that went into a further ballot stands in it again and is listed once.
    """
    records, within = _within(reading, cls, period)
    return [each for each in records if not (isinstance(each, Project) and each.state == _AGAIN)], within


_AGAIN = "voted_again"


def _within(
    reading: Reading, cls: type[Record], period: Period | None
) -> tuple[Sequence[Record], Period | None]:
    wire = time_wire(cls) if period is not None else ""
    if period is None or not wire:
        return reading.all(cls), None
    if wire == "year":
        return reading.all(cls, Condition("year", "=", period.end.year)), period
    first, last = period.start.isoformat(), period.end.isoformat()
    return reading.all(
        cls, Condition(wire, ">=", first), Condition(wire, "<=", last), order=Order(wire)
    ), period  # fmt: skip


def time_wire(cls: type[Record]) -> str:
    """`year` where it must be given, else the day the record is about; "" for what has no time of its own."""
    specs = {spec.wire: spec for spec in cls.fields()}
    year = specs.get("year")
    if year is not None and year.required:
        return "year"
    return next(
        (wire for wire in ("date", "registered") if wire in specs and specs[wire].kind.name == "day"), ""
    )
