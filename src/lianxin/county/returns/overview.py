"""各乡镇报送情况: every township and every period of a year, and what is to be done next with each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from lianxin.county.returns.sent_files import Returns, sent_files
from lianxin.county.returns.states import WAITING_WORDS, Return, due_day, return_of
from lianxin.county.townships.roster import Town, roster_ever
from lianxin.domain.periods import BadPeriod, Period
from lianxin.domain.records import StampedPaper
from lianxin.domain.rules import RuleProfile
from lianxin.office.desk import Desk, office_of
from lianxin.office.receiving.questions import questions
from lianxin.store.booked_reports import any_report, booked_reports
from lianxin.store.reading import Reading


@dataclass(frozen=True)
class Stranger:
    """An office of this county's code that sent a file and stands in no register: told by the file itself."""

    code: str
    name: str


@dataclass(frozen=True)
class Row:
    """One township. `shown` is its return of the period looked at, `year` those of every column by period code.

    `owed` are the months without a return that run up to the shown one, oldest first; `late` counts from the due
    day of the oldest, for so long nothing new has come. `questions` are those about its records nobody answered yet.
    """

    town: Town
    shown: Return
    year: Mapping[str, Return]
    owed: tuple[Period, ...] = ()
    late: int = 0
    questions: int = 0
    last_new: date | None = None

    def badge(self, today: date) -> str:
        """How the shown return stands, in the words of its badge."""
        if self.shown.state == "in" and self.questions:
            return f"待确认{self.questions}处"
        if self.shown.trouble is not None:
            # The return is in; what came after it is what waits for somebody.
            return WAITING_WORDS.get(self.shown.trouble.state, WAITING_WORDS["aside"])
        return replace(self.shown, late=self.late).badge(today)

    @property
    def to_decide(self) -> bool:
        """Something of it waits for a person here: a question, a file held, put aside, refused or given back."""
        return (
            self.shown.stuck or self.shown.state == "returned" or bool(self.questions or self.shown.trouble)
        )

    @property
    def tardy(self) -> bool:
        """迟报: came after its day, or is beyond it."""
        return self.shown.late > 0

    @property
    def sent_in_year(self) -> tuple[int, int]:
        """How many monthly returns of the year are in, and how many are due by now or in."""
        months = [each for each in self.year.values() if each.period.months == 1]
        arrived = sum(each.arrived for each in months)
        return arrived, arrived + sum(each.stuck or (each.missing and each.late > 0) for each in months)


@dataclass(frozen=True)
class Overview:
    """Every township in the register's order as it stands at `now` for one period, and its whole year."""

    period: Period
    columns: tuple[Period, ...]
    due: date | None
    now: datetime
    rows: tuple[Row, ...]
    strangers: tuple[Stranger, ...] = ()

    @property
    def today(self) -> date:
        """The local civil date."""
        return self.now.date()

    @property
    def asked(self) -> tuple[Row, ...]:
        """Those whose return of this period is asked for, or is here all the same."""
        return tuple(each for each in self.rows if each.shown.state != "exempt")

    @property
    def missing(self) -> tuple[Row, ...]:
        """Those of whom nothing came at all."""
        return tuple(each for each in self.asked if each.shown.missing)

    def row(self, code: str) -> Row | None:
        """One township."""
        return next((each for each in self.rows if each.town.code == code), None)


def period_shown(desk: Desk, text: str) -> Period:
    """The period a person named, by this county's cut-off day. Raises BadPeriod."""
    return Period.parse(text, cutoff=desk.profile.cutoff_day.value)


def period_now(desk: Desk) -> Period:
    """The month looked at in the morning: the running one once somebody sent it, until then the one before."""
    running = Period.containing(desk.today(), cutoff=desk.profile.cutoff_day.value)
    with desk.store.reading() as reading:
        sent = any_report(reading.connection, running.code)
    return running if sent else running.before


def overview(desk: Desk, period: Period) -> Overview:
    """How every township stands: what is booked and noted in one snapshot, open questions in another."""
    now, profile = desk.store.now(), desk.profile
    with desk.store.reading() as reading:
        towns = _towns(reading, period, now.date())
        files = sent_files(reading, towns, now.tzinfo)
        stamps = _stamps(reading, towns)
        strangers = _strangers(reading, towns, files)
    asked = Counter(each.org for each in questions(desk, answered=False))
    columns = _columns(period, files, profile.cutoff_day.value)
    made = _Making(now.date(), period, columns, files, stamps, profile)
    rows = tuple(made.row(town, sum(asked[code] for code in town.codes)) for town in towns)
    due = due_day(profile, period) if period.months == 1 else None
    return Overview(period, columns, due, now, rows, strangers)


def _towns(reading: Reading, period: Period, today: date) -> tuple[Town, ...]:
    """The townships as they are called on the last day of the period, or today when that is still to come."""
    return roster_ever(reading, min(period.end, today))


def _strangers(reading: Reading, towns: Sequence[Town], files: Returns) -> tuple[Stranger, ...]:
    county = office_of(reading).code
    unknown = {code for code in files if code.startswith(county)} - {town.code for town in towns}
    if not unknown:
        return ()
    taken = (each for each in booked_reports(reading.connection) if each.state == "accepted")
    found = {each.org: each.org_name for each in taken if each.org in unknown}
    return tuple(Stranger(code, name or code) for code, name in sorted(found.items()))


def _stamps(reading: Reading, towns: Sequence[Town]) -> dict[tuple[str, str], StampedPaper]:
    code_now = {old: town.code for town in towns for old in town.codes}
    found = sorted(reading.all(StampedPaper), key=lambda each: each.uid)
    return {(code_now.get(each.code, each.code), each.period): each for each in found}


def _columns(period: Period, files: Returns, cutoff: int) -> tuple[Period, ...]:
    """The twelve months of the year, and every longer period of it that somebody sent or that is looked at."""
    year = period.code[:4]
    months = tuple(Period(int(year) * 12 + at, 1, cutoff) for at in range(12))
    named = {code for sent in files.values() for code in sent if code.startswith(year)} | {period.code}
    longer = {each for code in named if (each := _read(code, cutoff)) is not None and each.months > 1}
    return (*months, *sorted(longer, key=lambda each: (each.months, each.first_month)))


def _read(code: str, cutoff: int) -> Period | None:
    try:
        return Period.parse(code, cutoff=cutoff)
    except BadPeriod:
        return None


@dataclass(frozen=True)
class _Making:
    """What every row is made from."""

    today: date
    period: Period
    columns: tuple[Period, ...]
    files: Returns
    stamps: Mapping[tuple[str, str], StampedPaper]
    profile: RuleProfile

    def row(self, town: Town, questions: int) -> Row:
        first = self._first(town)
        year = {each.code: self._one(town, each, first) for each in self.columns}
        shown = year[self.period.code]
        owed = self._owed(town, shown, first)
        late = self._one(town, owed[0], first).late if owed else shown.late
        return Row(town, shown, year, owed, late, questions, self._last_new(town))

    def _one(self, town: Town, period: Period, first: Period) -> Return:
        """One return; only months have a day on which they are due, and none before the township's first."""
        due = due_day(self.profile, period) if period.months == 1 and period >= first else None
        return return_of(
            town.code,
            period,
            self.files.get(town.code, {}).get(period.code, ()),
            due=due,
            today=self.today,
            stamped=self.stamps.get((town.code, period.code)),
            asked=town.reports_at(period.end),
        )

    def _owed(self, town: Town, shown: Return, first: Period) -> tuple[Period, ...]:
        """Back from the shown month as long as nothing came, but not beyond the township's first."""
        if shown.period.months > 1 or not shown.missing:
            return ()
        owed = [shown.period]
        while (before := owed[0].before) >= first and self._one(town, before, first).missing:
            owed.insert(0, before)
        return tuple(owed)

    def _first(self, town: Town) -> Period:
        """The month from which returns are asked: of the day it began, of its first file, else of the county's first."""
        if town.since is not None:
            return Period.containing(town.since, cutoff=self.period.cutoff)
        return self._earliest(self.files.get(town.code, ())) or self.begun

    @cached_property
    def begun(self) -> Period:
        """The first month anybody sent; the running one while nobody did."""
        codes = {code for sent in self.files.values() for code in sent}
        return self._earliest(codes) or Period.containing(self.today, cutoff=self.period.cutoff)

    def _earliest(self, codes: Iterable[str]) -> Period | None:
        read = (_read(code, self.period.cutoff) for code in codes)
        return min((each for each in read if each is not None and each.months == 1), default=None)

    def _last_new(self, town: Town) -> date | None:
        sent = self.files.get(town.code, {}).values()
        came = [each.came.date() for files in sent for each in files if each.fresh]
        return max(came, default=None)
