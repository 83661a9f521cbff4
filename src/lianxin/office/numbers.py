"""Giving a record its human number when it is registered (domain.md 3.30)."""

from __future__ import annotations

from datetime import date

from lianxin.domain.dictionary import Record
from lianxin.domain.numbering import Number, code9_of
from lianxin.store import numbers
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Writing


def next_number(
    writing: Writing, office_code: str, cls: type[Record], day: date, *, letters: str = ""
) -> str:
    """`439901102-2026-YJ0037`: office, year, class and serial; the serial is given once and never again.

    `letters` other than those of the kind count for themselves.
    """
    series = letters if letters != cls.NUMBERED else ""
    serial = numbers.next_serial(writing, office_code, cls, day, series=series)
    return str(Number(code9_of(office_code), day.year, letters or cls.NUMBERED, serial))


def number_taken(reading: Reading, record: Record) -> dict[str, str]:
    """A number somebody typed that another record of the kind bears: wire name → Chinese sentence, else nothing."""
    number = record.packed().get("number")
    if not record.NUMBERED or not isinstance(number, str):
        return {}
    bearing = reading.keys(type(record), Condition("number", "=", number), limit=2)
    if all(uid == record.uid for uid in bearing):
        return {}
    return {"number": f"编号{number}已经用过，请换一个，或者不填，由程序编号"}


def day_of(record: Record, today: date) -> date:
    """The day a record happened, whose year stands in its number; today for one that has no day of its own."""
    told = record.packed()
    found = told.get("registered") or told.get("date")
    return date.fromisoformat(found) if isinstance(found, str) else today


def short_number(number: str) -> str:
    """The part people say: `2026-YJ0037`."""
    return number.partition("-")[2] or number
