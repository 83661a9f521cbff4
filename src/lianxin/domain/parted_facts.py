"""The facts of many offices parted: each office's own, so that every figure can be told office by office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from lianxin.domain.counts import Facts
from lianxin.domain.dictionary import Record
from lianxin.domain.records import (
    Activity,
    Attendance,
    Commitment,
    Contact,
    Deed,
    DeputyGroup,
    Evaluation,
    Honour,
    Mandate,
    Meeting,
    Opinion,
    PublicityPiece,
    ReceptionDay,
    Region,
    ReportSession,
    Station,
    StationCheck,
    Term,
    YearReport,
)

R = TypeVar("R", bound=Record)
Belonging = Mapping[str, Mapping[str, str]]
"""Kind → uid → the office a record belongs to; a record that is not named belongs to nobody and is not counted."""

ROOTS: tuple[type[Record], ...] = (
    ReceptionDay, Contact, Opinion, Station, Mandate, Region, Deed, Term, StationCheck, YearReport, ReportSession,
    Evaluation, Commitment, Activity, Meeting, Honour, PublicityPiece, DeputyGroup,
)  # fmt: skip
"""Kinds whose office has to be known; every other fact belongs where the record stands that it tells of.

So a step the county itself wrote on a township's matter counts with that matter, and no figure falls apart.
"""


def parted_facts(facts: Facts, belonging: Belonging) -> dict[str, Facts]:
    """Each office's own facts, by its code; offices without any record have no entry."""
    towns = _Towns(belonging)
    split = _Split(facts, towns)
    return {code: split.of(code) for code in sorted(set(towns.codes))}


class _Towns:
    """Which office each record belongs to, roots by themselves and the others by what they tell of."""

    def __init__(self, belonging: Belonging) -> None:
        self._belonging = belonging
        self.codes = {code for owners in belonging.values() for code in owners.values()}

    def split(self, records: Iterable[R]) -> defaultdict[str, list[R]]:
        """Roots by office."""
        return self.children(records, lambda each: (each.KIND, each.uid))

    def children(
        self, records: Iterable[R], told_of: Callable[[R], tuple[str, str]]
    ) -> defaultdict[str, list[R]]:
        """Records by the office of what they tell of: (kind, uid)."""
        found: defaultdict[str, list[R]] = defaultdict(list)
        for record in records:
            kind, uid = told_of(record)
            code = self._belonging.get(kind, {}).get(uid)
            if code is not None:
                found[code].append(record)
        return found

    def attendances(self, records: Iterable[Attendance]) -> defaultdict[str, list[Attendance]]:
        """Lines of meetings and of activities stand in one list."""
        meetings = self._belonging.get(Meeting.KIND, {})
        return self.children(
            records, lambda each: (Meeting.KIND if each.owner in meetings else Activity.KIND, each.owner)
        )


class _Split:
    """Every list of facts by office, in one walk each."""

    def __init__(self, facts: Facts, towns: _Towns) -> None:
        self._facts = facts
        self.days, self.contacts = towns.split(facts.days), towns.split(facts.contacts)
        self.opinions, self.deeds = towns.split(facts.opinions), towns.split(facts.deeds)
        self.stations, self.mandates = towns.split(facts.stations), towns.split(facts.mandates)
        self.regions, self.terms = towns.split(facts.regions), towns.split(facts.terms)
        self.checks, self.reports = towns.split(facts.checks), towns.split(facts.reports)
        self.sessions, self.evaluations = towns.split(facts.sessions), towns.split(facts.evaluations)
        self.commitments, self.groups = towns.split(facts.commitments), towns.split(facts.groups)
        self.activities, self.meetings = towns.split(facts.activities), towns.split(facts.meetings)
        self.honours, self.publicity = towns.split(facts.honours), towns.split(facts.publicity)
        self.typical = towns.split(facts.typical)
        self.attendances = towns.attendances(facts.attendances)
        self.rota = towns.children(facts.rota, lambda each: (ReceptionDay.KIND, each.reception_day))
        self.visitors = towns.children(facts.visitors, lambda each: (Contact.KIND, each.contact))
        self.routings = towns.children(facts.routings, lambda each: (Opinion.KIND, each.opinion))
        self.assignments = towns.children(facts.assignments, lambda each: (Opinion.KIND, each.opinion))
        self.replies = towns.children(facts.replies, lambda each: (Opinion.KIND, each.opinion))
        self.satisfactions = towns.children(facts.satisfactions, lambda each: (Opinion.KIND, each.opinion))
        self.further = towns.children(facts.further, lambda each: (Opinion.KIND, each.opinion))
        self.items = towns.children(facts.check_items, lambda each: (StationCheck.KIND, each.station_check))
        self.tallies = towns.children(facts.tallies, lambda each: (Evaluation.KIND, each.evaluation))

    def of(self, code: str) -> Facts:
        """The facts of one office."""
        return Facts(
            days=self.days[code], rota=self.rota[code], contacts=self.contacts[code], visitors=self.visitors[code],
            opinions=self.opinions[code], routings=self.routings[code], assignments=self.assignments[code],
            replies=self.replies[code], satisfactions=self.satisfactions[code], further=self.further[code],
            stations=self.stations[code], mandates=self.mandates[code], regions=self.regions[code],
            deeds=self.deeds[code], terms=self.terms[code], checks=self.checks[code], check_items=self.items[code],
            reports=self.reports[code], sessions=self.sessions[code], evaluations=self.evaluations[code],
            tallies=self.tallies[code], commitments=self.commitments[code],
            township_shares=self._facts.township_shares, activities=self.activities[code],
            meetings=self.meetings[code], honours=self.honours[code], publicity=self.publicity[code],
            attendances=self.attendances[code], groups=self.groups[code], typical=self.typical[code],
        )  # fmt: skip
