"""What the first page shows: what to do first, the year's duties, this month's numbers, the months of the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.domain.counts import Facts
from lianxin.domain.duties.compliance import DUTY_CHANNELS, Duty, duties
from lianxin.domain.periods import Period
from lianxin.domain.records import (
    Activity,
    Contact,
    DeputyGroup,
    Mandate,
    Meeting,
    Office,
    Opinion,
    Person,
    ReceptionDay,
    ReceptionRule,
    ReportSession,
    Rota,
    SentFile,
    Term,
    YearReport,
)
from lianxin.office.cases.matter_memory import MatterMemory, Outlook
from lianxin.office.desk import Desk, office_of
from lianxin.office.number_cards import NumberFact, number_cards
from lianxin.office.to_do.listing import ToDoList, to_do_list
from lianxin.office.to_do.row import View
from lianxin.store.reading import Condition, Reading


@dataclass(frozen=True)
class FirstStep:
    """One of the three next steps of a new office."""

    title: str
    sentence: str
    page: str
    done: bool


@dataclass(frozen=True)
class MonthSum:
    """联系群众人次 of one statistical month of the year."""

    key: str
    label: str
    value: int


@dataclass(frozen=True)
class Overview:
    """Everything on the first page, from one snapshot."""

    office: str
    today: date
    to_do: ToDoList
    duties: tuple[Duty, ...]
    numbers: tuple[NumberFact, ...]
    year: Period
    months: tuple[MonthSum, ...]
    this_month: str
    steps: tuple[FirstStep, ...]
    fresh: bool


def overview(
    desk: Desk, memory: MatterMemory | None = None, *, stop: Callable[[], bool] = lambda: False
) -> Overview:
    """Reads the ledger once and answers the first page as of today.

    With a `memory` that is asked again and again a large ledger is looked through only once; `stop` ends that
    first look early with LookStopped.
    """
    memory = memory or MatterMemory(desk)
    today = desk.today()
    month = Period.containing(today, cutoff=desk.profile.cutoff_day.value)
    year = Period(month.first_month // 12 * 12, 12, month.cutoff)
    since = min(month.before.start, year.start, date(today.year, 1, 1))
    with desk.store.reading() as reading:
        look = memory.look(reading, today=today, since=since, stop=stop)
        found = _overview(desk, reading, look, month, year, today, since)
    memory.keep()
    return found


def _overview(
    desk: Desk, reading: Reading, look: Outlook, month: Period, year: Period, today: date, since: date
) -> Overview:
    persons, asked = _contacts(reading, since)
    facts = _facts(reading, look, asked, since)
    cases = [case for case in look.cases if case.opinion.registered <= today]
    view = View(desk, reading, today, facts, cases, look.unfinished, persons, look.promised)
    return Overview(
        office=short_name(office_of(reading)),
        today=today,
        to_do=to_do_list(view),
        duties=duties(
            today.year, facts, profile=desk.profile, today=today, cases=cases, over=look.over
        ),
        numbers=number_cards(reading, facts, persons, cases, look.over, month, today),
        year=year,
        months=_months(year, month, persons),
        this_month=month.code,
        steps=_steps(reading),
        fresh=not reading.holds_any(Contact) and not reading.holds_any(Opinion),
    )  # fmt: skip


def _facts(reading: Reading, look: Outlook, contacts: Sequence[str], since: date) -> Facts:
    """What the year's duties are made of; of contacts these."""
    of_year = Condition("date", ">=", since.isoformat())
    return Facts(
        days=reading.all(ReceptionDay),
        rota=reading.all(Rota),
        contacts=list(reading.by_uid(Contact, contacts).values()),
        assignments=[each for case in look.told for each in case.assignments],
        replies=[each for case in look.told for each in case.replies],
        mandates=reading.all(Mandate),
        activities=reading.all(Activity, of_year),
        # The presidium's interval may have begun in the year before.
        meetings=reading.all(Meeting),
        groups=reading.all(DeputyGroup),
        reports=reading.all(YearReport),
        sessions=reading.all(ReportSession),
        terms=reading.all(Term),
        township_shares=office_of(reading).township_shares,
    )


def _contacts(reading: Reading, since: date) -> tuple[Mapping[date, int], Sequence[str]]:
    """How many were met on each day, and the contacts that a duty of the year asks for.

    A year has thousands of contacts on a few hundred days: few of them are read whole.
    """
    found, asked = Counter[str](), list[str]()
    wires, of_year = ("uid", "type", "date", "persons"), Condition("date", ">=", since.isoformat())
    for uid, channel, day, persons in reading.fields(Contact, wires, of_year):
        found[str(day)] += persons if isinstance(persons, int) else 1
        if channel in DUTY_CHANNELS:
            asked.append(str(uid))
    return {date.fromisoformat(day): count for day, count in found.items()}, sorted(asked)


def _months(year: Period, month: Period, persons: Mapping[date, int]) -> tuple[MonthSum, ...]:
    """联系群众人次 of every month of the year up to this one."""
    sums = Counter[Period]()
    for day, count in persons.items():
        sums[Period.containing(day, cutoff=year.cutoff)] += count
    parts = [part for part in year.parts if part.first_month <= month.first_month]
    return tuple(MonthSum(part.code, f"{part.first_month % 12 + 1}月", sums[part]) for part in parts)


def short_name(office: Office) -> str:
    """石牌镇人大: what the office is called in one line."""
    if not office.short_name:
        return office.name
    return office.short_name if "人大" in office.short_name else f"{office.short_name}人大"


def _steps(reading: Reading) -> tuple[FirstStep, ...]:
    return (
        FirstStep(
            "导入代表花名册", "Excel、Word 表格都可以，先预览再导入", "import", reading.holds_any(Person)
        ),
        FirstStep(
            "导入接待群众台账", "往年和今年的台账，重复的行会自动认出", "import", reading.holds_any(Contact)
        ),
        FirstStep(
            "安排接待日", "写下每月哪天接待，程序排出日期和轮值", "reception",
            reading.holds_any(ReceptionRule) or reading.holds_any(ReceptionDay),
        ),
    )  # fmt: skip


def sent_line(desk: Desk) -> str:
    """上次报送：2026年10月（第7期）; empty before the first."""
    with desk.store.reading() as reading:
        files = reading.all(SentFile)
    latest = max(files, key=lambda file: (file.day, file.seq), default=None)
    if latest is None:
        return ""
    return f"上次报送：{Period.parse(latest.period).label}（第{latest.seq}期）"


def office_line(desk: Desk) -> str:
    """The office's name below the brand."""
    with desk.store.reading() as reading:
        return short_name(office_of(reading))
