"""Figures of a period from the ledger, for page, return, documents and command line alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lianxin.domain.counts import Facts, cases_at
from lianxin.domain.distributions import (
    Point,
    Trend,
    by_category,
    by_channel,
    by_month,
    by_source,
    by_village,
    matters_by_month,
)
from lianxin.domain.figures import Figures, figures, paragraph
from lianxin.domain.periods import Period
from lianxin.domain.records import (
    Activity,
    Assignment,
    Contact,
    Deed,
    Evaluation,
    Honour,
    Mandate,
    Meeting,
    Opinion,
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
    Term,
    Visitor,
    YearReport,
)
from lianxin.office.cases import further_steps
from lianxin.office.desk import Desk, office_of
from lianxin.store.reading import Condition, Reading


def period_of(desk: Desk, text: str) -> Period:
    """The period as this county counts it (统计截止日). Raises BadPeriod."""
    return Period.parse(text, cutoff=desk.profile.cutoff_day.value)


def facts_of(reading: Reading, *periods: Period) -> Facts:
    """Everything figures are made of, in one snapshot; for the figures of these periods no more than they count.

    Of matters that is all of them: the rates go back over the years. Visitors are counted by nobody.
    """
    start = min((period.start for period in periods), default=None)
    end = max((period.end for period in periods), default=None)
    days = reading.all(ReceptionDay, *_between("date", start, end))
    rota = (
        reading.children(Rota, "reception_day", [day.uid for day in days]) if periods else reading.all(Rota)
    )
    return Facts(
        days=days,
        rota=sorted(rota, key=lambda each: each.uid),
        contacts=reading.all(Contact, *_between("date", start, end)),
        visitors=() if periods else reading.all(Visitor),
        opinions=reading.all(Opinion),
        routings=reading.all(Routing),
        assignments=reading.all(Assignment),
        replies=reading.all(Reply),
        satisfactions=reading.all(Satisfaction),
        further=further_steps(reading),
        stations=reading.all(Station),
        mandates=reading.all(Mandate),
        regions=reading.all(Region),
        deeds=reading.all(Deed, *_between("date", start, end)),
        terms=[term for term in reading.all(Term) if reading.is_own(Term, term.uid)],
        checks=reading.all(StationCheck),
        check_items=reading.all(StationCheckItem),
        reports=reading.all(YearReport),
        sessions=reading.all(ReportSession),
        evaluations=reading.all(Evaluation, *_between("date", start, end)),
        activities=reading.all(Activity, *_between("date", start, end)),
        meetings=reading.all(Meeting, *_between("date", start, end)),
        honours=reading.all(Honour),
    )


def _between(wire: str, start: date | None, end: date | None) -> tuple[Condition, ...]:
    if start is None or end is None:
        return ()
    return Condition(wire, ">=", start.isoformat()), Condition(wire, "<=", end.isoformat())


def figures_of(desk: Desk, period: Period) -> Figures:
    """The figures of one period."""
    with desk.store.reading() as reading:
        return figures(period, facts_of(reading, period), profile=desk.profile)


@dataclass(frozen=True)
class FigureSheet:
    """All that the page of figures shows of one period, from one snapshot.

    `months` and `matters` are those of the whole year the period lies in; `channels` count 联系群众人次, `sources`
    the matters collected.
    """

    told: Figures
    before: Figures
    year_before: Figures
    months: tuple[Point, ...]
    matters: tuple[Trend, ...]
    categories: tuple[Point, ...]
    villages: tuple[Point, ...]
    channels: tuple[Point, ...]
    sources: tuple[Point, ...]
    text: str


def figure_sheet(desk: Desk, period: Period) -> FigureSheet:
    """The figures of a period beside those of the period and the year before, and its charts."""
    year = Period(period.first_month // 12 * 12, 12, period.cutoff)
    with desk.store.reading() as reading:
        facts = facts_of(reading, period, period.before, period.year_before, year)
        office = office_of(reading)
    profile = desk.profile
    cases = cases_at(facts, period.end, profile)
    told = figures(period, facts, profile=profile, cases=cases)
    return FigureSheet(
        told,
        figures(period.before, facts, profile=profile),
        figures(period.year_before, facts, profile=profile),
        by_month(year, facts),
        matters_by_month(year, cases_at(facts, year.end, profile)),
        by_category(period, cases),
        by_village(period, cases, facts.regions),
        by_channel(period, facts),
        by_source(period, cases),
        paragraph(told, office.short_name or office.name),
    )


def last_complete_month(desk: Desk, today: date | None = None) -> Period:
    """The statistical month that ended last: what is reported now."""
    return Period.containing(today or desk.today(), cutoff=desk.profile.cutoff_day.value).before
