"""年度安排 as the page shows it: per level the deputies of a year with mode, promises and the last oral report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.domain.codes import LEVEL
from lianxin.domain.counts import serving
from lianxin.domain.dates import show_day_numeric, show_day_short
from lianxin.domain.records import Commitment, Mandate, Person, ReportSession, Term, YearReport
from lianxin.domain.reporting_year import (
    LEVELS,
    DeputyYear,
    LevelYear,
    asked_of,
    level_year,
    suggest,
)
from lianxin.office.desk import Desk, office_of
from lianxin.office.names import Names
from lianxin.store.reading import Condition, Reading

ALWAYS = ("township", "county")
"""Levels whose chips are there even without a deputy."""


@dataclass(frozen=True)
class PlanLine:
    """One deputy of the table. `state` is where the report stands, "" while nothing was decided."""

    deputy: DeputyYear
    name: str
    district: str
    state: str
    promises: tuple[Commitment, ...]
    suggested: bool

    @property
    def kept(self) -> int:
        """How many promises are done."""
        return sum(each.state == "done" for each in self.promises)

    @property
    def promise_words(self) -> str:
        """2/3: done of promised; empty without promises."""
        return f"{self.kept}/{len(self.promises)}" if self.promises else ""

    @property
    def last_oral(self) -> str:
        """The day of the last oral report of the term."""
        return show_day_numeric(self.deputy.oral[-1]) if self.deputy.oral else ""


@dataclass(frozen=True)
class YearPlan:
    """A year of one level: its sums, its lines in order, and how many deputies each level has."""

    told: LevelYear
    lines: tuple[PlanLine, ...]
    counts: Mapping[str, int]
    term_known: bool

    @property
    def headline(self) -> str:
        """One line of sums: exact numbers with the share they make."""
        told = self.told
        if not told.whole:
            return ""
        done = f"已述职{len(told.reported)}/{told.whole}名"
        oral = f"口头安排{len(told.oral)}名（已述{len(told.oral_done)}名）"
        return "，".join([done, f"{oral}，占{share_words(len(told.oral), told.whole)}", *self._asked()])

    def _asked(self) -> list[str]:
        told = self.told
        if not told.asked.applies:
            return []
        rule = f"{told.asked.share}%要{told.quota}名"
        return [f"{rule}，还差{told.missing}名" if told.missing else f"{rule}，已够"]

    @property
    def outlook(self) -> str:
        """The projection to the end of the term, or why there is none."""
        if not self.told.whole or not self.told.asked.applies:
            return ""
        if not self.term_known:
            return "届的首次会议日期没有填写，还不能预计届内能否全部轮到（设置与备份里填写）"
        projection = self.told.projection
        return projection.words if projection else ""


def share_words(part: int, whole: int) -> str:
    """21.4%: cut, never rounded up, so that a share that is not reached never looks as if it were."""
    if not whole:
        return "—"
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10}%"


def year_plan(desk: Desk, level: str, year: int) -> YearPlan:
    """The year of a level from one snapshot."""
    with desk.store.reading() as reading:
        told = read_year(desk, reading, level, year)
        return YearPlan(
            told,
            tuple(_lines(desk, reading, told)),
            level_counts(reading, desk.today()),
            told.years_left is not None,
        )


def read_year(desk: Desk, reading: Reading, level: str, year: int) -> LevelYear:
    """The year of a level; its deputies by district and name, as they stand on lists."""
    office = office_of(reading)
    mandates = reading.all(Mandate, Condition("level", "=", level))
    reports = reading.all(YearReport, Condition("level", "=", level))
    return level_year(
        level,
        year,
        mandates=_in_order(reading, mandates),
        reports=reports,
        sessions=reading.all(ReportSession),
        terms=reading.all(Term),
        asked=asked_of(level, desk.profile, townships_too=office.township_shares),
        day=desk.today(),
    )


def level_counts(reading: Reading, day: date) -> dict[str, int]:
    """How many deputies serve at each level on a day; without those of levels that have none."""
    held = serving(reading.all(Mandate), day)
    counts = {level: len({each.person for each in held if each.level == level}) for level in LEVELS}
    return {level: count for level, count in counts.items() if count or level in ALWAYS}


def level_label(level: str) -> str:
    """乡镇人大代表, 县人大代表."""
    label = LEVEL.label_of(level)
    return f"{'乡镇' if level == 'township' else label}人大代表"


def promises_of(reading: Reading, level: str, year: int) -> dict[str, list[Commitment]]:
    """The promises of a year and level by person, in their order."""
    found: dict[str, list[Commitment]] = {}
    told = reading.all(Commitment, Condition("year", "=", year), Condition("level", "=", level))
    for each in sorted(told, key=lambda one: (one.place, one.uid)):
        found.setdefault(each.person, []).append(each)
    return found


def report_state(report: YearReport | None, reported: date | None, today: date) -> str:
    """Where one deputy's report stands, in words whose beginning tells badges how pressing it is."""
    if report is None:
        return ""
    if report.mode == "oral":
        return f"已述职 {show_day_short(reported)}" if reported else "尚未述职"
    if reported:
        return f"已交 {show_day_short(reported)}"
    left = (report.due - today).days if report.due else None
    if left is not None and left < 0:
        return f"超期{-left}天未交"
    return (
        f"未交 {'今天' if not left else f'剩{left}天'}"
        if left is not None and left <= _SOON_DAYS
        else "还没有交"
    )


_SOON_DAYS = 7


def _in_order(reading: Reading, mandates: Sequence[Mandate]) -> list[Mandate]:
    people = reading.by_uid(Person, [each.person for each in mandates])
    names = Names(reading)
    names.preload("district", [each.district or "" for each in mandates])
    known = [each for each in mandates if each.person in people]
    return sorted(known, key=lambda each: (*_natural(names.of("district", each.district)), each.uid))


def _natural(district: str) -> tuple[bool, int, str]:
    """第2选区 before 第10选区, nameless ones last."""
    digits = re.search(r"\d+", district)
    return not district, int(digits[0]) if digits else 0, district


def _lines(desk: Desk, reading: Reading, told: LevelYear) -> Iterable[PlanLine]:
    names, today = Names(reading), desk.today()
    names.preload("person", [each.person for each in told.deputies])
    promises = promises_of(reading, told.level, told.year)
    chosen = set(suggest(told))
    for each in told.deputies:
        state = report_state(each.report, each.reported, today)
        yield PlanLine(
            each,
            names.of("person", each.person),
            names.of("district", each.mandate.district),
            state,
            tuple(promises.get(each.person, ())),
            each.person in chosen,
        )
