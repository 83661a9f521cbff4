"""The return of every township and of the county as their sum, counted from merged records (domain.md 6.4).

One snapshot is read, parted once by whom each record belongs to, and counted township by township.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from lianxin.county.townships.belonging import belonging
from lianxin.county.townships.names import towns_in
from lianxin.county.townships.roster import Town, roster_ever
from lianxin.domain.counts import Case, Facts, Figure, cases_at
from lianxin.domain.figures.distributions import (
    Charts,
    Point,
    by_category,
    by_channel,
    by_month,
    by_source,
    by_village,
    matters_by_month,
    year_of,
)
from lianxin.domain.figures.of_period import Figures, figures
from lianxin.domain.figures.station import built_rate
from lianxin.domain.figures.summed import (
    Told,
    places_of,
    read_totals,
    summed_figures,
    told_figures,
    with_told,
)
from lianxin.domain.parted_facts import ROOTS, Belonging, parted_facts
from lianxin.domain.periods import Period
from lianxin.domain.rules import RuleProfile
from lianxin.office.desk import Desk, office_of
from lianxin.office.figuring import merged_facts
from lianxin.office.receiving.behalf_rows import standing_returns
from lianxin.store.reading import Reading

BEHALF = "按代录报表所填的数"


@dataclass(frozen=True)
class TownLine:
    """One township with its figures. `told` are those of which only totals are known (代录)."""

    town: Town
    figures: Figures
    told: bool = False


@dataclass(frozen=True)
class TownFigures:
    """The figures of a period by township, in the order of the register, and of all of them together.

    `built` is 建站率, which only a county can tell; `strangers` are offices that sent records and stand in no register.
    """

    period: Period
    lines: tuple[TownLine, ...]
    whole: Figures
    built: Figure
    charts: Charts
    strangers: tuple[str, ...] = ()

    def line(self, code: str) -> TownLine | None:
        """The line of a township; None for one that is not in the list."""
        return next((line for line in self.lines if line.town.code == code), None)

    def places(self, key: str) -> Mapping[str, int | None]:
        """Code → place by this figure, the greatest first; equal ones share one. Only for who asked for ranks."""
        found = places_of([line.figures[key].value for line in self.lines])
        return {line.town.code: place for line, place in zip(self.lines, found, strict=True)}

    def by_town(self, key: str) -> tuple[Point, ...]:
        """One figure as bars, a township each; shares have none."""
        return tuple(
            Point(line.town.code, line.town.name, figure.value, figure.uids)
            for line in self.lines
            if isinstance((figure := line.figures[key]).value, int)
        )


def county_period(desk: Desk, text: str, cutoff: int | None = None) -> Period:
    """A period by the county's 统计截止日, or by the one typed. Raises BadPeriod."""
    day = desk.profile.cutoff_day.value if cutoff is None else cutoff
    return Period.parse(text, cutoff=day)


def figures_by_town(desk: Desk, period: Period) -> TownFigures:
    """Every figure of a period by township and summed."""
    with desk.store.reading() as reading:
        return counted_by_town(reading, period, profile=desk.profile)


def counted_by_town(reading: Reading, period: Period, *, profile: RuleProfile) -> TownFigures:
    """The same from a snapshot that is open."""
    facts = merged_facts(reading, period, year_of(period))
    return _counted(reading, facts, _belonging(reading), period, profile)


@dataclass(frozen=True)
class TownSheet:
    """The figures of a period beside those of the period and of the year before, from one snapshot."""

    found: TownFigures
    before: TownFigures
    year_before: TownFigures

    def of(self, code: str) -> tuple[Figures, Figures, Figures]:
        """The three of one township, or of the county for a code that is none; nothing counted where it was not."""
        now = self.found.line(code)
        if now is None:
            return self.found.whole, self.before.whole, self.year_before.whole
        earlier = (each.line(code) for each in (self.before, self.year_before))
        before, year_before = (line.figures if line is not None else self._nothing(now) for line in earlier)
        return now.figures, before, year_before

    def _nothing(self, line: TownLine) -> Figures:
        return told_figures(line.figures, {}, source=BEHALF)


def town_sheet(desk: Desk, period: Period) -> TownSheet:
    """What the page shows of a period."""
    earlier = (period.before, period.year_before)
    with desk.store.reading() as reading:
        facts = merged_facts(reading, period, *earlier, year_of(period))
        whose = _belonging(reading)
        now, before, year_before = (
            _counted(reading, facts, whose, each, desk.profile) for each in (period, *earlier)
        )
    return TownSheet(now, before, year_before)


def _belonging(reading: Reading) -> Belonging:
    return {cls.KIND: belonging(reading, cls) for cls in ROOTS}


def _counted(
    reading: Reading, facts: Facts, whose: Belonging, period: Period, profile: RuleProfile
) -> TownFigures:
    towns = towns_of(reading, period)
    code_of = {code: town.code for town in towns for code in town.codes}
    owners = {
        kind: {uid: code_of[code] for uid, code in each.items() if code in code_of}
        for kind, each in whose.items()
    }
    totals = told_totals(reading, period, code_of)
    counted = parted_figures(period, facts, owners, towns, profile=profile, totals=totals)
    strangers = {code for each in whose.values() for code in each.values()}
    return replace(counted, strangers=_names(reading, strangers - set(code_of)))


def told_totals(reading: Reading, period: Period, code_of: Mapping[str, str]) -> dict[str, dict[str, Told]]:
    """Code → the totals of the returns of this very period that were read on its behalf and still count."""
    found: dict[str, dict[str, Told]] = {}
    for source in standing_returns(reading, cutoff=period.cutoff):
        code = code_of.get(source.code)
        if code is not None and source.totals and source.period == period.code:
            found[code] = {**found.get(code, {}), **read_totals(source.totals)}
    return found


def towns_of(reading: Reading, period: Period) -> tuple[Town, ...]:
    """The townships whose return of this period is counted, in the register's order."""
    found = roster_ever(reading, period.end)
    return tuple(town for town in found if town.reports_in(period.start, period.end))


def _names(reading: Reading, codes: Collection[str]) -> tuple[str, ...]:
    """The names of offices, without this county itself."""
    names, own = towns_in(reading), office_of(reading).code
    return tuple(names.name(code) for code in sorted(codes) if code != own)


def parted_figures(
    period: Period,
    facts: Facts,
    owners: Belonging,
    towns: Sequence[Town],
    *,
    profile: RuleProfile,
    totals: Mapping[str, Mapping[str, Told]] = MappingProxyType({}),
) -> TownFigures:
    """The figures of these townships from facts that are at hand; `totals` are what returns told (代录), by code."""
    empty = figures(period, Facts(), profile=profile)
    parts = parted_facts(facts, owners)
    lines: list[TownLine] = []
    cases: list[Case] = []
    for town in towns:
        own = parts.get(town.code, Facts())
        held = cases_at(own, period.end, profile)
        cases += held
        counted = figures(period, own, profile=profile, cases=held)
        told = totals.get(town.code)
        if told is not None:
            counted = with_told(counted, told_figures(empty, told, source=BEHALF))
        lines.append(TownLine(town, counted, told is not None))
    whole = figures(period, replace(facts, terms=()), profile=profile, cases=cases)
    summed = summed_figures(period, [line.figures for line in lines], whole)
    built = built_rate({line.town.code: line.figures["stations"].uids for line in lines})
    return TownFigures(period, tuple(lines), summed, built, _charts(period, facts, cases, profile))


def _charts(period: Period, facts: Facts, cases: Sequence[Case], profile: RuleProfile) -> Charts:
    """Months, categories and ways of contact of the whole county; villages of all townships."""
    year = year_of(period)
    of_year = cases if year.end == period.end else cases_at(facts, year.end, profile)
    return Charts(
        months=by_month(year, facts),
        matters=matters_by_month(year, of_year),
        categories=by_category(period, cases),
        villages=by_village(period, cases, facts.regions),
        channels=by_channel(period, facts),
        sources=by_source(period, cases),
    )
