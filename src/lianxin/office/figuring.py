"""Figures of a period from the ledger, for page, return, documents and command line alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from lianxin.domain.casework.steps import FURTHER_KINDS
from lianxin.domain.counts import Facts, Past, cases_at
from lianxin.domain.dictionary import Record
from lianxin.domain.figures.distributions import Charts, charts_of, year_of
from lianxin.domain.figures.of_period import Figures, figures, paragraph
from lianxin.domain.periods import Period
from lianxin.domain.records import (
    Activity,
    Assignment,
    Attendance,
    Commitment,
    Contact,
    Deed,
    DeputyGroup,
    Evaluation,
    Honour,
    Mandate,
    Meeting,
    Office,
    Opinion,
    PublicityPiece,
    ReceptionDay,
    Region,
    Reply,
    ReportSession,
    Rota,
    Routing,
    Satisfaction,
    Station,
    StationCheck,
    StationCheckItem,
    TallyRow,
    Term,
    TypicalCase,
    Visitor,
    YearReport,
)
from lianxin.domain.rules import RuleProfile
from lianxin.office.cases.case import further_steps
from lianxin.office.cases.plainly_closed import Plain, plainly_closed
from lianxin.office.desk import Desk, office_of
from lianxin.store.reading import Condition, Reading

S = TypeVar("S", bound=Record)


def period_of(desk: Desk, text: str) -> Period:
    """The period as this county counts it (统计截止日). Raises BadPeriod."""
    return Period.parse(text, cutoff=desk.profile.cutoff_day.value)


def facts_of(reading: Reading, *periods: Period) -> Facts:
    """Everything figures are made of, in one snapshot; for the figures of these periods no more than they count.

    Of most matters that were over before them that is a line each: the rates go back over the years. Visitors are
    counted by nobody. Terms are this office's own: at a county the townships' stand beside it.
    """
    facts = _facts(reading, _matters_since(reading, periods) if periods else _matters(reading), periods)
    return replace(facts, terms=[term for term in facts.terms if reading.is_own(Term, term.uid)])


def merged_facts(reading: Reading, *periods: Period) -> Facts:
    """The same with every matter whole and the terms of every office that is merged here, to be parted by office."""
    return _facts(reading, _matters(reading), periods)


def _matters(reading: Reading) -> Facts:
    """Every matter with its steps."""
    return Facts(
        opinions=reading.all(Opinion),
        routings=reading.all(Routing),
        assignments=reading.all(Assignment),
        replies=reading.all(Reply),
        satisfactions=reading.all(Satisfaction),
        further=further_steps(reading),
    )


def _matters_since(reading: Reading, periods: Sequence[Period]) -> Facts:
    """The matters of these periods, those still open before them and the less plain ones with their steps; of the
    others a line.
    """
    plain = plainly_closed(reading, min(period.start for period in periods))
    # A promise is counted until it is kept, however long the matter has been over.
    uids = [uid for uid in reading.keys(Opinion) if uid not in plain or plain[uid].promised]
    return Facts(
        opinions=list(reading.by_uid(Opinion, uids).values()),
        past=_past({uid: each for uid, each in sorted(plain.items()) if each.handed and not each.promised}),
        routings=_steps(reading, Routing, uids),
        assignments=_steps(reading, Assignment, uids),
        replies=_steps(reading, Reply, uids),
        satisfactions=_steps(reading, Satisfaction, uids),
        further=[step for cls in FURTHER_KINDS for step in _steps(reading, cls, uids)],
    )


def _past(plain: Mapping[str, Plain]) -> list[Past]:
    """A line of each: tens of thousands of matters have their steps on a few thousand days."""
    texts = {text for each in plain.values() for text in (each.handed, each.answered, each.due) if text}
    days = {text: date.fromisoformat(text) for text in texts}
    return [
        Past(uid, days[each.handed], days[each.answered], days.get(each.due), each.urgency)
        for uid, each in plain.items()
    ]


def _steps(reading: Reading, cls: type[S], matters: Sequence[str]) -> list[S]:
    """The steps of one kind on these matters, in the order in which all of them would be read."""
    return sorted(reading.children(cls, "opinion", matters), key=lambda step: step.uid)


def _facts(reading: Reading, matters: Facts, periods: Sequence[Period]) -> Facts:
    """Matters, and beside them all that the figures of these periods count."""
    start = min((period.start for period in periods), default=None)
    end = max((period.end for period in periods), default=None)
    days = reading.all(ReceptionDay, *_between("date", start, end))
    rota = (
        reading.children(Rota, "reception_day", [day.uid for day in days]) if periods else reading.all(Rota)
    )
    activities = reading.all(Activity, *_between("date", start, end))
    meetings = reading.all(Meeting, *_between("date", start, end))
    events = [each.uid for each in (*activities, *meetings)]
    evaluations = reading.all(Evaluation, *_between("date", start, end))
    return replace(
        matters,
        days=days,
        rota=sorted(rota, key=lambda each: each.uid),
        contacts=reading.all(Contact, *_between("date", start, end)),
        visitors=() if periods else reading.all(Visitor),
        stations=reading.all(Station),
        mandates=reading.all(Mandate),
        regions=reading.all(Region),
        deeds=reading.all(Deed, *_between("date", start, end)),
        terms=reading.all(Term),
        checks=reading.all(StationCheck),
        check_items=reading.all(StationCheckItem),
        reports=reading.all(YearReport),
        sessions=reading.all(ReportSession),
        evaluations=evaluations,
        tallies=reading.children(TallyRow, "evaluation", [each.uid for each in evaluations]),
        commitments=reading.all(Commitment),
        township_shares=_township_shares(reading),
        activities=activities,
        meetings=meetings,
        honours=reading.all(Honour),
        publicity=reading.all(PublicityPiece, *_between("date", start, end)),
        attendances=reading.children(Attendance, "owner", events) if periods else reading.all(Attendance),
        groups=reading.all(DeputyGroup),
        typical=reading.all(TypicalCase, *_between("date", start, end)),
    )


def _township_shares(reading: Reading) -> bool:
    """Whether this office counts its own deputies by the shares of oral report-backs, too."""
    return reading.holds_any(Office) and office_of(reading).township_shares


def _between(wire: str, start: date | None, end: date | None) -> tuple[Condition, ...]:
    if start is None or end is None:
        return ()
    return Condition(wire, ">=", start.isoformat()), Condition(wire, "<=", end.isoformat())


@dataclass(frozen=True)
class Counted:
    """The figures of one period with its charts, from one snapshot: what page, return and command line tell."""

    told: Figures
    charts: Charts


def counted_of(reading: Reading, period: Period, *, profile: RuleProfile) -> Counted:
    """Figures and charts of one period."""
    return _counted(period, facts_of(reading, period, year_of(period)), profile)


def _counted(period: Period, facts: Facts, profile: RuleProfile) -> Counted:
    cases = cases_at(facts, period.end, profile)
    end = year_of(period).end
    year_cases = cases if end == period.end else cases_at(facts, end, profile)
    return Counted(
        figures(period, facts, profile=profile, cases=cases),
        charts_of(period, facts, cases=cases, year_cases=year_cases),
    )


@dataclass(frozen=True)
class FigureSheet:
    """All that the page of figures shows of one period, from one snapshot."""

    told: Figures
    before: Figures
    year_before: Figures
    charts: Charts
    text: str


def figure_sheet(desk: Desk, period: Period) -> FigureSheet:
    """The figures of a period beside those of the period and the year before, and its charts."""
    with desk.store.reading() as reading:
        facts = facts_of(reading, period, period.before, period.year_before, year_of(period))
        office = office_of(reading)
    profile = desk.profile
    now = _counted(period, facts, profile)
    return FigureSheet(
        now.told,
        figures(period.before, facts, profile=profile),
        figures(period.year_before, facts, profile=profile),
        now.charts,
        paragraph(now.told, office.short_name or office.name),
    )


def last_complete_month(desk: Desk, today: date | None = None) -> Period:
    """The statistical month that ended last: what is reported now."""
    return Period.containing(today or desk.today(), cutoff=desk.profile.cutoff_day.value).before
