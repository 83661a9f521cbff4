"""Who reports to voters in a year, orally or in writing, and whether everybody's turn comes before the term ends.

Each level is counted by itself, never mixed (domain.md 3.18, 6.3). Founding document 003-11 and 003-12 ask every
year for 20 % oral reports and for one of each deputy in a term; how many it really is stands in the rule profile.
All arithmetic is of whole numbers, so that no share is met by rounding.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.domain.counts import serving
from lianxin.domain.records import Mandate, ReportSession, Term, YearReport
from lianxin.domain.rules import RuleProfile, add_months

TERM_YEARS = 5
"""Congresses of counties and townships are elected for five years (组织法 §9)."""

LEVELS = ("township", "county", "city", "province", "nation")
"""Levels in the order a township's page shows them."""


@dataclass(frozen=True)
class Asked:
    """What is asked of the deputies of a level: percent of oral reports a year, oral reports of each in a term.

    `applies` is False where the office does not count this level by the shares: they are shown, not demanded.
    """

    share: int
    per_term: int
    source: str
    applies: bool


@dataclass(frozen=True)
class DeputyYear:
    """One deputy of the level in this year. `oral` are the days of oral reports in the term, oldest first."""

    person: str
    mandate: Mandate
    report: YearReport | None
    reported: date | None
    oral: tuple[date, ...]

    @property
    def mode(self) -> str:
        """oral, written, or "" while nothing was decided."""
        return self.report.mode if self.report else ""

    @property
    def leaving(self) -> bool:
        """Whether the mandate is known to end: nobody plans a meeting with such a deputy."""
        return self.mandate.state != "serving"


@dataclass(frozen=True)
class Projection:
    """Where oral reports stand at the end of the term when every coming year does what is asked and no more.

    `years` counts this year; `reach` is how many of `whole` deputies will have had their turn; `yearly` is how
    many a year it takes for all, None when even all of them every year are too few.
    """

    whole: int
    covered: int
    years: int
    reach: int
    yearly: int | None

    @property
    def everybody(self) -> bool:
        """Whether everybody's turn comes."""
        return self.reach >= self.whole

    @property
    def words(self) -> str:
        """The outlook as one sentence."""
        if not self.whole:
            return ""
        rest = self.whole - self.covered
        if not rest:
            return "本届已全部轮到口头述职"
        if self.everybody:
            return f"本届还有{rest}名没有轮到，还有{self.years}年，按比例安排到届满都能轮到"
        short = f"本届还有{rest}名没有轮到，还有{self.years}年，只按比例安排到届满仍有{self.whole - self.reach}名轮不到"
        return f"{short}，每年要安排{self.yearly}名" if self.yearly is not None else short


@dataclass(frozen=True)
class LevelYear:
    """A year of one level: its deputies in a stable order and what is asked of them."""

    level: str
    year: int
    asked: Asked
    deputies: tuple[DeputyYear, ...]
    years_left: int | None

    @property
    def whole(self) -> int:
        """How many deputies serve at this level."""
        return len(self.deputies)

    @property
    def oral(self) -> tuple[DeputyYear, ...]:
        """Those who are to report orally this year or have done so."""
        return tuple(each for each in self.deputies if each.mode == "oral")

    @property
    def oral_done(self) -> tuple[DeputyYear, ...]:
        """Those who have reported orally."""
        return tuple(each for each in self.oral if each.reported)

    @property
    def written(self) -> tuple[DeputyYear, ...]:
        """Those who report in writing."""
        return tuple(each for each in self.deputies if each.mode == "written")

    @property
    def reported(self) -> tuple[DeputyYear, ...]:
        """Those who have reported, either way."""
        return tuple(each for each in self.deputies if each.reported)

    @property
    def undecided(self) -> tuple[DeputyYear, ...]:
        """Those for whom nothing was decided yet."""
        return tuple(each for each in self.deputies if not each.mode)

    @property
    def quota(self) -> int:
        """The least number of oral reports that reaches the share."""
        return least_of(self.asked.share, self.whole)

    @property
    def missing(self) -> int:
        """How many oral reports are still to be planned this year; 0 where the share does not apply."""
        return max(0, self.quota - len(self.oral)) if self.asked.applies else 0

    @property
    def covered(self) -> tuple[DeputyYear, ...]:
        """Those who have had their oral reports of the term."""
        return tuple(each for each in self.deputies if len(each.oral) >= self.asked.per_term)

    @property
    def projection(self) -> Projection | None:
        """The outlook to the end of the term; None when the term is not known."""
        if self.years_left is None:
            return None
        short = [max(0, self.asked.per_term - len(each.oral)) for each in self.deputies]
        this_year = max(0, self.quota - len(self.oral_done))
        return project(short, quota=self.quota, this_year=this_year, years=self.years_left)


def least_of(share: int, whole: int) -> int:
    """The least number that is `share` percent of `whole` or more, without rounding down."""
    return -(-share * whole // 100)


def project(short: Sequence[int], *, quota: int, this_year: int, years: int) -> Projection:
    """How far `years` years of `quota` oral reports lead (`this_year` of them still in the first).

    `short` says of each deputy how many oral reports are missing; nobody reports orally twice in a year, and those
    who lack least come first, so that as many as possible are reached.
    """
    room = this_year + quota * (years - 1) if years else 0
    covered = sum(1 for each in short if not each)
    reach = covered
    for lack in sorted(each for each in short if 0 < each <= years):
        if lack <= room:
            room, reach = room - lack, reach + 1
    possible = bool(years) and max(short, default=0) <= years
    yearly = -(-sum(short) // years) if possible else None
    return Projection(len(short), covered, years, reach, yearly)


def suggest(level: LevelYear, count: int | None = None) -> tuple[str, ...]:
    """Whom to choose for oral reports this year: never oral in this term first, then those longest ago.

    Whoever was decided already stays as decided, who leaves is not proposed; ties keep the order of the list.
    Without a `count` as many as the share still misses.
    """
    wanted = level.missing if count is None else count
    free = [each for each in level.undecided if not each.leaving]
    free.sort(key=lambda each: (bool(each.oral), each.oral[-1] if each.oral else date.min))
    return tuple(each.person for each in free[:wanted])


def asked_of(level: str, profile: RuleProfile, *, townships_too: bool) -> Asked:
    """What the rules ask of a level. Document 3 speaks of county deputies; the office ticks the township's."""
    applies = level == "county" or (level == "township" and townships_too)
    return Asked(profile.oral_share.value, profile.oral_per_term.value, profile.oral_share.source, applies)


def level_year(
    level: str,
    year: int,
    *,
    mandates: Iterable[Mandate],
    reports: Iterable[YearReport],
    sessions: Iterable[ReportSession],
    terms: Iterable[Term],
    asked: Asked,
    day: date,
) -> LevelYear:
    """The year of one level as it stands on `day`: who serves then, what was decided, who has reported."""
    until = min(max(day, date(year, 1, 1)), date(year, 12, 31))
    term = term_of_year(terms, level, year)
    span = years_of(term) if term else None
    held = {each.uid: each for each in sessions}
    own = [each for each in reports if each.level == level and each.year <= year]
    days = {each.uid: report_day(each, held.values()) for each in own}
    found: dict[str, DeputyYear] = {}
    for mandate in serving(mandates, until):
        if mandate.level != level or mandate.person in found:
            continue
        mine = [each for each in own if each.person == mandate.person]
        report = next((each for each in mine if each.year == year), None)
        oral = sorted(
            told
            for each in mine
            if each.mode == "oral" and (told := days[each.uid]) and told <= until
            if span is None or each.year in span
        )
        told = days[report.uid] if report else None
        reported = told if told and told <= until else None
        found[mandate.person] = DeputyYear(mandate.person, mandate, report, reported, tuple(oral))
    left = len([each for each in span if each >= year]) if span else None
    return LevelYear(level, year, asked, tuple(found.values()), left)


def report_day(report: YearReport, sessions: Iterable[ReportSession]) -> date | None:
    """When a deputy reported: the day of the meeting that was held, or the day the written report came in.

    An oral report of which no meeting is on record (an earlier year of the term) tells its day itself.
    """
    if report.mode == "written":
        return report.submitted
    if report.session is None:
        return report.told_on
    return next((each.day for each in sessions if each.uid == report.session and each.held), None)


def years_of(term: Term) -> range:
    """The years of report-back of a term: those whose first of July lies in it; none while its start is unknown.

    A term ends where the next begins; one that has not ended lasts five years (组织法 §9).
    """
    if term.start is None:
        return range(0)
    end = term.end or add_months(term.start, TERM_YEARS * 12)
    first = term.start.year if term.start <= date(term.start.year, 7, 1) else term.start.year + 1
    last = end.year if end > date(end.year, 7, 1) else end.year - 1
    return range(first, last + 1)


def term_of_year(terms: Iterable[Term], level: str, year: int) -> Term | None:
    """The term of a level that a year of report-back belongs to; with several the later one."""
    known = [each for each in terms if each.level == level and each.start and year in years_of(each)]
    return max(known, key=lambda each: each.ordinal, default=None)
