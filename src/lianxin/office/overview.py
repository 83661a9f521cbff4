"""What the first page shows: what to do first, the year's duties, this month's numbers, the months of the year."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from lianxin.domain.casework import CaseState, state_of, to_do
from lianxin.domain.compliance import Duty, duties
from lianxin.domain.counts import Case, Facts
from lianxin.domain.dates import show_day_short
from lianxin.domain.figures import Point, by_month
from lianxin.domain.periods import Period
from lianxin.domain.records import (
    Contact,
    Mandate,
    Office,
    Opinion,
    Person,
    ReceptionDay,
    ReceptionRule,
    Rota,
    SentFile,
    Term,
)
from lianxin.office.desk import Desk, office_of
from lianxin.office.figuring import period_of
from lianxin.office.matter_memory import MatterMemory, Outlook
from lianxin.office.names import Names
from lianxin.office.notices import comes_up, notice_due
from lianxin.office.numbers import short_number
from lianxin.office.opinions import cases_of
from lianxin.office.promised import promises_due
from lianxin.office.safekeeping import last_backup, sheet_kept
from lianxin.store.reading import Condition, Reading

MOST_TO_DO = 8
BACKUP_DAYS = 7
"""After so many days without a backup by hand the first page says so."""
_SOON_DAYS = 7
_LEAST_REMINDERS = 2
_MOST_DAYS_FIRST = 2
_WEEKDAYS = "一二三四五六日"

Tone = Literal["late", "soon", "calm", ""]


@dataclass(frozen=True)
class ToDo:
    """One row of 近期待办. `kind` and `uid` name the record to open; without them `page` is where to go."""

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
class NumberFact:
    """One number card: the note says exactly what is compared; `page` is where its records are."""

    key: str
    title: str
    number: str
    unit: str
    note: str
    explain: str
    page: str
    late: bool = False


@dataclass(frozen=True)
class FirstStep:
    """One of the three next steps of a new office."""

    title: str
    sentence: str
    page: str
    done: bool


@dataclass(frozen=True)
class Overview:
    """Everything on the first page, from one snapshot. `to_do` are the rows shown of `to_do_count` there are;
    `reminders` have no time limit.
    """

    office: str
    today: date
    to_do: tuple[ToDo, ...]
    to_do_count: int
    reminders: tuple[ToDo, ...]
    duties: tuple[Duty, ...]
    numbers: tuple[NumberFact, ...]
    year: Period
    months: tuple[Point, ...]
    this_month: str
    steps: tuple[FirstStep, ...]
    fresh: bool

    def rows(self) -> tuple[ToDo, ...]:
        """The rows of 近期待办: the most urgent matters, the last places kept for what has no time limit."""
        kept = self.reminders[:_LEAST_REMINDERS]
        free = MOST_TO_DO - len(kept)
        return (*self.to_do[:free], *kept, *self.reminders[_LEAST_REMINDERS:])[:MOST_TO_DO]


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
    year = period_of(desk, str(month.first_month // 12))
    since = min(month.before.start, year.start, date(today.year, 1, 1))
    with desk.store.reading() as reading:
        look = memory.look(reading, today=today, since=since, stop=stop)
        found = _overview(desk, reading, look, _facts(reading, look, since), month, year, today)
    memory.keep()
    return found


def _overview(
    desk: Desk, reading: Reading, look: Outlook, facts: Facts, month: Period, year: Period, today: date
) -> Overview:
    cases = [case for case in look.cases if case.opinion.registered <= today]
    rows, waiting = _to_do(desk, reading, facts, cases, today)
    points = [
        point for point in by_month(year, facts) if Period.parse(point.key).first_month <= month.first_month
    ]
    return Overview(
        office=short_name(office_of(reading)),
        today=today,
        to_do=rows,
        to_do_count=waiting,
        reminders=tuple(_reminders(desk, reading, look, facts, today)),
        duties=duties(today.year, facts, profile=desk.profile, today=today, cases=cases),
        numbers=_numbers(reading, facts, cases, month, today),
        year=year,
        months=tuple(points),
        this_month=month.code,
        steps=_steps(reading),
        fresh=not reading.holds_any(Contact) and not reading.holds_any(Opinion),
    )


def _facts(reading: Reading, look: Outlook, since: date) -> Facts:
    """What the year's duties and the sums of its months are made of; of contacts no more than that."""
    rows = reading.fields(
        Contact, ("uid", "type", "date", "persons"), Condition("date", ">=", since.isoformat())
    )
    # A year has thousands of contacts on a few hundred days.
    days = {str(row[2]): date.fromisoformat(str(row[2])) for row in rows}
    contacts = [
        _light_contact(str(uid), str(channel), days[str(day)], persons if isinstance(persons, int) else 1)
        for uid, channel, day, persons in rows
    ]  # fmt: skip
    return Facts(
        days=reading.all(ReceptionDay),
        rota=reading.all(Rota),
        contacts=contacts,
        assignments=[each for case in look.told for each in case.assignments],
        replies=[each for case in look.told for each in case.replies],
        mandates=reading.all(Mandate),
    )


def _light_contact(uid: str, channel: str, day: date, persons: int) -> Contact:
    # Thousands are made at every look: copying what they have in common takes a third of saying it all again.
    contact = object.__new__(Contact)
    contact.__dict__.update(_BLANK_CONTACT, uid=uid, channel=channel, day=day, persons=persons)
    return contact


_BLANK_CONTACT = vars(Contact(uid="", channel="", day=date.min, words=""))


def short_name(office: Office) -> str:
    """石牌镇人大: what the office is called in one line."""
    if not office.short_name:
        return office.name
    return office.short_name if "人大" in office.short_name else f"{office.short_name}人大"


def _to_do(
    desk: Desk, reading: Reading, facts: Facts, cases: Sequence[Case], today: date
) -> tuple[tuple[ToDo, ...], int]:
    """Matters by their time limit with the reception days among them: those shown, and how many there are."""
    waiting = to_do([case.state for case in cases])
    rows = _matter_rows(desk, reading, [state.opinion for state in waiting[:MOST_TO_DO]], today)
    rules = {rule.uid: rule for rule in reading.all(ReceptionRule)}
    days = _day_rows(facts, Names(reading), rules, desk.profile.announce_days.value, today)
    promises = _promise_rows(desk, reading, today)
    rows = sorted(rows + days + promises, key=lambda row: (row.due or date.max, row.uid))
    # A notice or a day that comes up cannot wait behind matters that have been late for months.
    unseen = rows[MOST_TO_DO - _LEAST_REMINDERS :]
    coming = [row for row in unseen if row.kind == ReceptionDay.KIND and row.tone == "soon"][
        :_MOST_DAYS_FIRST
    ]
    rows = [*coming, *(row for row in rows if row not in coming)]
    return tuple(rows[:MOST_TO_DO]), len(waiting) + len(days) + len(promises)


def _matter_rows(desk: Desk, reading: Reading, uids: Sequence[str], today: date) -> list[ToDo]:
    """The few that are shown, read whole and judged with the names of the handling units."""
    told = cases_of(reading, list(reading.by_uid(Opinion, uids).values()))
    names = Names(reading)
    units = {each.unit: names.of("unit", each.unit) for case in told for each in case.assignments}
    return [
        _matter_row(
            case.opinion,
            state_of(
                case.opinion, case.routings, case.assignments, case.replies, case.satisfactions, case.further,
                today=today, profile=desk.profile, unit_names=units,
            ),
        )
        for case in told
    ]  # fmt: skip


def _matter_row(opinion: Opinion, state: CaseState) -> ToDo:
    return ToDo(
        title=opinion.title,
        next_act=state.next_act,
        badge=state.badge,
        tone=state.tone,
        number=short_number(opinion.number or ""),
        due=state.due,
        kind=Opinion.KIND,
        uid=opinion.uid,
    )


def _promise_rows(desk: Desk, reading: Reading, today: date) -> list[ToDo]:
    """承诺台账: promises made in replies whose date has come or is near."""
    return [
        ToDo(
            title=each.promise.words or each.opinion.title,
            next_act="核实承诺是否兑现",
            badge=each.badge,
            tone="late" if each.days_left < 0 else "soon",
            number=each.number,
            due=each.promise.due,
            kind=Opinion.KIND,
            uid=each.opinion.uid,
        )
        for each in promises_due(desk, reading, today)
    ]


def _day_rows(
    facts: Facts, names: Names, rules: Mapping[str, ReceptionRule], usual: int, today: date
) -> list[ToDo]:
    """Reception days of the coming week, those whose notice is due, and past ones that nobody closed."""
    rows = []
    for day in facts.days:
        left = (day.day - today).days
        if day.state not in ("planned", "announced"):
            continue
        due = notice_due(day, rules, usual=usual, today=today)
        if left > _SOON_DAYS and not (due and comes_up(due)):
            continue
        late = left < 0
        act = "补登并结束接待" if late else due.act if due else "准备接待"
        rows.append(
            ToDo(
                title=f"{show_day_short(day.day)}接待日 {names.of('station', day.station)}".strip(),
                next_act=act,
                badge=f"超期{-left}天" if late else "今天" if not left else f"剩{left}天",
                tone="late" if late else "soon",
                number=short_number(day.number or ""),
                due=day.day,
                kind=ReceptionDay.KIND,
                uid=day.uid,
            )
        )
    return rows


def _reminders(desk: Desk, reading: Reading, look: Outlook, facts: Facts, today: date) -> list[ToDo]:
    rows = []
    if look.unfinished:
        rows.append(
            ToDo(f"来访走访有{look.unfinished}条待补全", "补全登记", "待补全", "soon", page="contacts")
        )
    before = Period.containing(today, cutoff=desk.profile.cutoff_day.value).before
    has_facts = any(contact.day in before for contact in facts.contacts)
    if has_facts and not reading.count(SentFile, Condition("period", "=", before.code)):
        rows.append(ToDo(f"{before.label}报送县人大", "核对并定稿", "未报送", "soon", page="sending"))
    if reading.count(Term, Condition("provisional", "=", True)):
        rows.append(ToDo("届次是暂定的", "到设置里核对", "待核对", "soon", page="settings"))
    if not sheet_kept(reading):
        rows.append(ToDo("恢复单还没有确认打印封存", "打印恢复单", "待封存", "soon", page="settings"))
    kept = last_backup(reading)
    if reading.holds_any(Contact) and (kept is None or (today - kept.at.date()).days > BACKUP_DAYS):
        told = "还没有做过备份" if kept is None else f"已有{(today - kept.at.date()).days}天没有备份"
        rows.append(ToDo(told, "备份到U盘", "待备份", "soon", page="settings"))
    return rows


def _numbers(
    reading: Reading, facts: Facts, cases: Sequence[Case], month: Period, today: date
) -> tuple[NumberFact, ...]:
    first, last = month.before.start, min(month.before.end, month.before.start + (today - month.start))
    span = _span(month, first, last)
    open_cases = [case.state for case in cases if case.state.open]
    late = [state for state in open_cases if state.overdue]
    longest = max((-(state.days_left or 0) for state in late), default=0)
    due_today = sum(1 for state in open_cases if state.days_left == 0)
    waiting = sum(1 for state in open_cases if state.code == "answered")
    this = _closed(cases, month.start, today)
    return (
        NumberFact(
            "persons", "本月联系群众", f"{_persons(facts, month.start, today):,}", "人次",
            f"{span}：{_persons(facts, first, last):,}",
            f"{show_day_short(month.start)}至今天各种方式联系群众的人次，与{span}相比。", "contacts",
        ),
        NumberFact(
            "open", "待办意见", f"{len(open_cases):,}", "件",
            f"其中今天到期{due_today}，待回访{waiting}", "登记后还没有办结、引导、转建议、合并或撤回的意见建议。",
            "opinions",
        ),
        NumberFact(
            "late", "超期未办", f"{len(late):,}", "件", f"最长超期{longest}天" if late else "没有超期的",
            "待办意见中，下一步已经过了期限的。", "opinions", late=bool(late),
        ),
        NumberFact(
            "closed", "本月办结", f"{this:,}", "件", f"{span}：{_closed(cases, first, last):,}",
            f"{show_day_short(month.start)}至今天办结的意见建议，与{span}相比。", "figures",
        ),
        _next_day(reading, facts, today),
    )  # fmt: skip


def _span(month: Period, first: date, last: date) -> str:
    """上月1日至22日, or both dates in full where the statistical month is not the calendar's."""
    if first.day == 1 and first.month == last.month:
        return f"上月1日至{last.day}日" if last > first else "上月1日"
    return f"{show_day_short(first)}至{show_day_short(last)}"


def _persons(facts: Facts, first: date, last: date) -> int:
    return sum(contact.persons for contact in facts.contacts if first <= contact.day <= last)


def _closed(cases: Sequence[Case], first: date, last: date) -> int:
    return sum(
        1
        for case in cases
        if case.state.code in ("closed", "unreached")
        and case.state.closed_day is not None
        and first <= case.state.closed_day <= last
    )


def _next_day(reading: Reading, facts: Facts, today: date) -> NumberFact:
    coming = sorted(
        (day for day in facts.days if day.day >= today and day.state in ("planned", "announced")),
        key=lambda day: (day.day, day.uid),
    )
    explain = "已经安排、还没有开展的最近一个接待日。"
    if not coming:
        return NumberFact("day", "下次接待日", "—", "", "还没有安排", explain, "reception")
    day = coming[0]
    when = "今天" if day.day == today else "明天" if day.day == today + timedelta(days=1) else ""
    deputies = sum(1 for rota in facts.rota if rota.reception_day == day.uid)
    place = Names(reading).of("station", day.station)
    note = "，".join(part for part in (place, f"代表{deputies}名" if deputies else "还没有排代表") if part)
    return NumberFact(
        "day", "下次接待日", show_day_short(day.day), when or f"星期{_WEEKDAYS[day.day.weekday()]}", note, explain,
        "reception",
    )  # fmt: skip


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
