"""Evaluation of townships and of handling units by the score engine: every point computed from merged records.

The rule is data (resources/scoring, copied and changed by the county) and never in use by itself.
"""

from __future__ import annotations

import dataclasses as dc
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from lianxin.county.figures.town_figures import towns_of
from lianxin.county.returns.overview import Overview, Row, overview
from lianxin.county.townships.belonging import belonging
from lianxin.county.townships.roster import Town
from lianxin.domain.counts import Facts, cases_at
from lianxin.domain.dates import show_day
from lianxin.domain.dictionary import Record
from lianxin.domain.figures.handled_in_time import handled_in
from lianxin.domain.parted_facts import ROOTS, Belonging, parted_facts
from lianxin.domain.periods import Period
from lianxin.domain.records import HandlingUnit, ReceivedFile
from lianxin.domain.rules import RuleProfile
from lianxin.domain.work_facts import Delivered, Handled, Subject, WorkFacts
from lianxin.office.desk import Desk
from lianxin.office.figuring import merged_facts
from lianxin.office.scoring.scores import Scored, ScoreTable, book_named, score_table, table_of_each
from lianxin.office.scoring.work_facts import year_facts
from lianxin.store.reading import Reading

R = TypeVar("R", bound=Record)
COUNTY_TARGETS = ("township", "unit")


def county_score_table(desk: Desk, rule: str, year: int) -> ScoreTable:
    """The table of a year: townships beside each other, or the handling units of all of them. Raises ScoreProblem."""
    with desk.store.reading() as reading:
        book = book_named(reading, rule)
        if book.rule.target not in COUNTY_TARGETS:
            return score_table(desk, rule, year)
        snapshot = _Snapshot.of(desk, reading, year)
        units = reading.all(HandlingUnit) if book.rule.target == "unit" else []
        unit_owners = belonging(reading, HandlingUnit) if units else {}
    told = overview(desk, Period.parse(str(year), cutoff=desk.profile.cutoff_day.value))
    if book.rule.target == "township":
        each = [snapshot.township(town, told) for town in snapshot.towns]
    else:
        each = snapshot.units(units, unit_owners)
    return table_of_each(book, year, each)


@dc.dataclass(frozen=True)
class _Snapshot:
    """What was done in the year, whose each record is, and what fell due township by township."""

    facts: WorkFacts
    owners: Belonging
    towns: Sequence[Town]
    handled: Mapping[str, tuple[Handled, ...]]
    logged: Mapping[str, str]

    @staticmethod
    def of(desk: Desk, reading: Reading, year: int) -> _Snapshot:
        """Read once for all of them."""
        span = Period.parse(str(year))
        facts = year_facts(reading, year, desk.today())
        towns = towns_of(reading, span)
        code_of = {code: town.code for town in towns for code in town.codes}
        owners = {
            cls.KIND: {uid: code_of[code] for uid, code in belonging(reading, cls).items() if code in code_of}
            for cls in ROOTS
        }
        parts = parted_facts(merged_facts(reading, span), owners)
        day = min(desk.today(), span.end)
        handled = {code: _handled(part, span.start, day, desk.profile) for code, part in parts.items()}
        logged = {each.check_code: each.uid for each in reading.all(ReceivedFile) if each.check_code}
        return _Snapshot(facts, owners, towns, handled, logged)

    def township(self, town: Town, told: Overview) -> Scored:
        """One township with its own facts."""
        row = told.row(town.code)
        own = dc.replace(
            self._own(town.code),
            handled=self.handled.get(town.code, ()),
            deliveries=_delivered(row, self.logged),
        )
        return Scored(Subject("township", town.code), town.name, own)

    def units(self, units: Sequence[HandlingUnit], owners: Mapping[str, str]) -> list[Scored]:
        """Every unit that had something to do, with the township it works for; nobody is scored for nothing."""
        everything = tuple(each for found in self.handled.values() for each in found)
        facts = dc.replace(self.facts, handled=everything)
        busy = {each.unit for each in everything}
        names = {code: town.name for town in self.towns for code in town.codes}
        return [
            Scored(Subject("unit", unit.uid), _named(unit, names.get(owners.get(unit.uid, ""), "")), facts)
            for unit in units
            if unit.uid in busy
        ]

    def _own(self, code: str) -> WorkFacts:
        facts, mine = self.facts, _Mine(self.owners, code)
        matters = mine.of(facts.opinions)
        known = {each.uid for each in matters}
        return dc.replace(
            facts,
            meetings=mine.of(facts.meetings), activities=mine.of(facts.activities), opinions=matters,
            suggestions=[each for each in facts.suggestions if each.opinion in known],
            assignments=[each for each in facts.assignments if each.opinion in known],
            replies=[each for each in facts.replies if each.opinion in known],
            satisfactions=[each for each in facts.satisfactions if each.opinion in known],
            contacts=mine.of(facts.contacts), days=mine.of(facts.days), deeds=mine.of(facts.deeds),
            reports=mine.of(facts.reports), sessions=mine.of(facts.sessions),
            evaluations=mine.of(facts.evaluations), honours=mine.of(facts.honours), pieces=mine.of(facts.pieces),
        )  # fmt: skip


@dc.dataclass(frozen=True)
class _Mine:
    """Picks the records of one township."""

    owners: Belonging
    code: str

    def of(self, records: Iterable[R]) -> list[R]:
        """Those that belong to it."""
        return [each for each in records if self.owners.get(each.KIND, {}).get(each.uid) == self.code]


def _handled(part: Facts, start: date, end: date, profile: RuleProfile) -> tuple[Handled, ...]:
    return handled_in(cases_at(part, end, profile), part.assignments, start, end)


def _delivered(row: Row | None, logged: Mapping[str, str]) -> tuple[Delivered, ...]:
    """The monthly returns of the year whose day has come, or that came before it; `logged` leads to the file."""
    if row is None:
        return ()
    found = []
    for each in row.year.values():
        if each.period.months == 1 and (each.arrived or each.late > 0):
            came = each.last.came.date() if each.arrived and each.last else None
            said = f"{show_day(came)}收到" if came else "没有收到"
            late = f"，迟{each.late}天" if each.late > 0 else ""
            words = f"{each.period.label}报表：{said}{late}"
            file = logged.get(each.last.check_code) if each.last else None
            uid = file or f"{row.town.code}:{each.period.code}"
            found.append(Delivered(ReceivedFile.KIND, uid, came, words, each.arrived and each.late <= 0))
    return tuple(found)


def _named(unit: HandlingUnit, town: str) -> str:
    return f"{unit.name}（{town}）" if town and town not in unit.name else unit.name
