"""What a row of 近期待办 is, and what the functions that tell such rows are given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from lianxin.domain.counts import Case, Facts
from lianxin.domain.dates import show_left
from lianxin.office.desk import Desk
from lianxin.store.reading import Reading

Tone = Literal["late", "soon", "calm", ""]


@dataclass(frozen=True)
class ToDo:
    """One row of 近期待办. `kind` and `uid` name the record to open; without them `page` is where to go.

    A row with `due` stands among the others by its day; one without is a reminder.
    """

    title: str
    next_act: str
    badge: str = ""
    tone: Tone = ""
    number: str = ""
    due: date | None = None
    kind: str = ""
    uid: str = ""
    page: str = ""


@dataclass(frozen=True)
class View:
    """What is at hand when rows are asked for: one snapshot, the year's facts, every open matter with its state.

    `unfinished` counts the contacts marked 待补全, `persons` those met on each day, `promised` are the uids of the
    replies that promise something. Matters hold no more than `Outlook` says.
    """

    desk: Desk
    reading: Reading
    today: date
    facts: Facts
    cases: Sequence[Case]
    unfinished: int
    persons: Mapping[date, int] = field(default_factory=dict)
    promised: Sequence[str] = ()


Provider: TypeAlias = Callable[[View], Iterable[ToDo]]
"""Tells the rows of one subject as of `view.today`; a few at most, and reads no more than it needs for them."""


def day_badge(due: date, today: date) -> str:
    """超期3天, 今天到期, 剩2天."""
    return show_left((due - today).days)


def day_tone(due: date, today: date) -> Tone:
    """Late once the day is past, soon before."""
    return "late" if due < today else "soon"
