"""承诺台账 over all matters: every promise with its dates; those that come back are on the first page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lianxin.domain import codes
from lianxin.domain.canonical import JsonValue
from lianxin.domain.casework.promises import Promise, promises_of
from lianxin.domain.casework.standing import DEPUTIES_TRACKS
from lianxin.domain.dates import show_day, show_left
from lianxin.domain.records import Assignment, Opinion, PromiseResult, Reply
from lianxin.office.cases.case import promising
from lianxin.office.desk import Desk, office_of
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.office.paperwork.paper import Asked, Paper
from lianxin.store.reading import Reading


@dataclass(frozen=True)
class PromiseLine:
    """One promise with the matter it was made on; `back` is the day on which it has to be looked after."""

    promise: Promise
    opinion: Opinion
    unit: str
    back: date | None
    today: date

    @property
    def number(self) -> str:
        """2025-YJ0126."""
        return short_number(self.opinion.number or "")

    @property
    def days_left(self) -> int | None:
        """Days until it comes back; None when it is settled or never comes."""
        return (self.back - self.today).days if self.back else None

    def holds(self, words: str) -> bool:
        """Whether the line says these words somewhere; every line holds none."""
        said = f"{self.number} {self.opinion.title} {self.unit} {self.promise.words} {self.promise.status}"
        return all(word in said for word in words.split())

    @property
    def badge(self) -> str:
        """超期3天, 剩2天; what became of it when nothing is to be done."""
        left = self.days_left
        return self.promise.status if left is None else show_left(left)


def promises_due(
    desk: Desk, reading: Reading, replies: Sequence[str], today: date
) -> tuple[PromiseLine, ...]:
    """Open promises made in these replies that are due by the end of the days of warning, the earliest first."""
    until = today + timedelta(days=desk.profile.soon_days.value)
    lines = _lines(desk, reading, replies, today)
    return tuple(line for line in lines if line.back and line.back <= until)


def promises_waiting(desk: Desk, *, deputies: bool) -> int:
    """How many promises are due or near, of the public's opinions or of what deputies proposed."""
    with desk.store.reading() as reading:
        due = promises_due(desk, reading, promising(reading), desk.today())
    return sum((line.opinion.track in DEPUTIES_TRACKS) == deputies for line in due)


def promise_lines(desk: Desk, reading: Reading, today: date) -> tuple[PromiseLine, ...]:
    """Every promise, first the open ones by the day they come back, then the settled ones, the latest first."""
    return _lines(desk, reading, promising(reading), today)


def _lines(desk: Desk, reading: Reading, uids: Sequence[str], today: date) -> tuple[PromiseLine, ...]:
    replies = list(reading.by_uid(Reply, uids).values())
    results = reading.children(PromiseResult, "reply", uids)
    made = promises_of(replies, results, today=today)
    matters = reading.by_uid(Opinion, [promise.reply.opinion for promise in made])
    names, units = Names(reading), _units(reading, list(matters))
    lines = [
        PromiseLine(
            promise,
            matters[promise.reply.opinion],
            names.of("unit", promise.reply.unit or units.get(promise.reply.opinion)),
            promise.back(desk.profile),
            today,
        )
        for promise in made
        if promise.reply.opinion in matters
    ]
    return tuple(sorted(lines, key=_order))


def _units(reading: Reading, matters: Sequence[str]) -> dict[str, str]:
    """Matter → the unit it was handed to last, for replies that do not name theirs."""
    handed = sorted(reading.children(Assignment, "opinion", matters), key=lambda each: (each.day, each.uid))
    return {each.opinion: each.unit for each in handed}


def _order(line: PromiseLine) -> tuple[int, int, str]:
    if line.promise.open:
        return 0, (line.back or date.max).toordinal(), line.promise.reply.uid
    return 1, -(line.promise.closed or date.min).toordinal(), line.promise.reply.uid


def promise_ledger(desk: Desk, reading: Reading, lines: Iterable[PromiseLine] | None = None) -> bytes:
    """The 承诺台账 as a workbook for use inside the office."""
    from lianxin.documents.workbooks.promise_ledger import PromiseRow, promise_ledger_xlsx

    office = office_of(reading)
    told = promise_lines(desk, reading, desk.today()) if lines is None else lines
    rows = [
        PromiseRow(
            number=line.number,
            title=line.opinion.title,
            unit=line.unit,
            promise=line.promise.words,
            made=line.promise.reply.day,
            due=line.promise.due,
            status=line.promise.status,
            done=line.promise.closed if line.promise.outcome == "kept" else None,
            replied=line.promise.replied,
            judged=codes.SATISFACTION.label_of(line.promise.second) if line.promise.second else "",
            note=_note(line),
        )
        for line in told
    ]
    return promise_ledger_xlsx(
        rows, office_name=office.name, title=f"{office.short_name or office.name}承诺事项台账"
    )


def _note(line: PromiseLine) -> str:
    postponed = f"推迟{line.promise.postponed}次" if line.promise.postponed else ""
    back = f"{show_day(line.back)}核实" if line.back and line.promise.due is None else ""
    late = line.badge if line.days_left is not None and line.days_left < 0 else ""
    return "；".join(part for part in (late, back, postponed, line.promise.found) if part)


def promise_objects(desk: Desk, *, words: str = "") -> list[dict[str, JsonValue]]:
    """The lines that hold the words as plain objects for scripts, days as YYYY-MM-DD."""
    with desk.store.reading() as reading:
        lines = promise_lines(desk, reading, desk.today())
    return [
        {
            "uid": line.promise.reply.uid,
            "opinion": line.opinion.uid,
            "number": line.opinion.number,
            "title": line.opinion.title,
            "unit": line.unit,
            "promise": line.promise.words,
            "made": line.promise.reply.day.isoformat(),
            "due": _iso(line.promise.due),
            "comes_back": _iso(line.back),
            "status": line.promise.status,
            "status_code": line.promise.outcome or "waiting",
            "done": _iso(line.promise.closed),
            "replied": _iso(line.promise.replied),
            "second_judgement": line.promise.second or None,
            "postponed": line.promise.postponed,
        }
        for line in lines
        if line.holds(words)
    ]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _paper(asked: Asked) -> bytes:
    lines: Sequence[PromiseLine] = promise_lines(asked.desk, asked.reading, asked.desk.today())
    if asked.period is not None:
        lines = [line for line in lines if line.promise.reply.day in asked.period]
    return promise_ledger(asked.desk, asked.reading, lines)


PROMISE_PAPERS = (Paper("promise-ledger", "承诺事项台账", ".xlsx", "period or all", _paper),)
