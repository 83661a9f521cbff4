"""The rota of a span as it stands: for the page that edits it and for the table on the wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lianxin.documents.forms.rota_table import RotaRow, RotaTable, rota_docx, rota_xlsx
from lianxin.domain.dates import show_day, show_day_short, show_hours
from lianxin.domain.records import ReceptionDay, ReceptionRule
from lianxin.office.desk import Desk, office_of
from lianxin.office.names import Names
from lianxin.office.paperwork.templates import own_look
from lianxin.office.reception.days import OnDuty, duties_of, plan_of
from lianxin.store.reading import Condition, Order, Reading

_STATES = {"postponed": "已顺延", "cancelled": "已取消", "held": "已开展"}


@dataclass(frozen=True)
class RotaLine:
    """One reception day of the rota; `holiday` names the day off it falls on or stands for."""

    day: ReceptionDay
    place: str
    duties: tuple[OnDuty, ...]
    holiday: str = ""

    @property
    def open(self) -> bool:
        """Whether it is still to come about, so that deputies can be proposed."""
        return self.day.state in ("planned", "announced")

    def note(self) -> str:
        """What is out of the ordinary: 已顺延：防汛, 国庆节照常."""
        told = _STATES.get(self.day.state, "") if self.day.state in ("postponed", "cancelled") else ""
        if told and self.day.state_reason:
            told += f"：{self.day.state_reason}"
        return told or self.holiday


def rota_lines(desk: Desk, start: date, end: date) -> tuple[RotaLine, ...]:
    """Every reception day of a span in order of time, with who is on its rota."""
    with desk.store.reading() as reading:
        return lines_in(desk, reading, start, end)


def lines_in(desk: Desk, reading: Reading, start: date, end: date) -> tuple[RotaLine, ...]:
    """As `rota_lines`, from a reading that is open already."""
    names = Names(reading)
    days = reading.all(
        ReceptionDay,
        Condition("date", ">=", start.isoformat()),
        Condition("date", "<=", end.isoformat()),
        order=Order("date"),
    )
    rules = {rule.uid: rule for rule in reading.all(ReceptionRule)}
    return tuple(
        RotaLine(
            day, names.of("station", day.station), duties_of(reading, day.uid), _holiday(desk, day, rules)
        )
        for day in days
    )


def _holiday(desk: Desk, day: ReceptionDay, rules: dict[str, ReceptionRule]) -> str:
    calendar = desk.profile.calendar
    if name := calendar.holiday(day.day):
        rule = rules.get(day.rule or "")
        return f"{name}照常" if rule is not None and rule.holidays == "as_usual" else f"{name}放假"
    rule = rules.get(day.rule or "")
    if rule is None or rule.holidays != "postpone":
        return ""
    try:
        found = plan_of(desk, rule, day.day, day.day).days
    except ValueError:
        return ""
    moved = [planned for planned in found if planned.instead_of]
    return f"代{show_day_short(moved[0].instead_of[0])}（{moved[0].holiday}）" if moved else ""


def days_on_holidays(desk: Desk, start: date, end: date) -> tuple[RotaLine, ...]:
    """Days still to be held that fall on a public holiday although their rule does not say 照常."""
    return tuple(line for line in rota_lines(desk, start, end) if line.open and line.holiday.endswith("放假"))


def rota_paper(desk: Desk, reading: Reading, start: date, end: date, span: str, *, word: bool) -> bytes:
    """轮值表 as Word or Excel; 已顺延 and 已取消 stay off the wall."""
    lines = [
        line
        for line in lines_in(desk, reading, start, end)
        if line.day.state not in ("postponed", "cancelled")
    ]
    office = office_of(reading)
    table = RotaTable(
        issuer=office.name,
        span=span,
        signed=desk.today(),
        rows=tuple(_row(line) for line in lines),
        remark=f"联系电话：{office.phone}" if office.phone else "",
    )
    return own_look(desk, reading, "rota", rota_docx(table)) if word else rota_xlsx(table)


def rota_file(desk: Desk, start: date, end: date, span: str, *, word: bool) -> tuple[str, bytes]:
    """File name and content of the rota of any span."""
    with desk.store.reading() as reading:
        content = rota_paper(desk, reading, start, end, span, word=word)
    return f"代表接待日轮值表_{span}.{'docx' if word else 'xlsx'}", content


def _row(line: RotaLine) -> RotaRow:
    day = line.day
    hours = show_hours(day.start, day.end)
    return RotaRow(
        day.day,
        hours,
        line.place,
        tuple(_called(duty) for duty in line.duties),
        line.note(),
        day.invited or "",
    )


def _called(duty: OnDuty) -> str:
    if duty.rota.attendance == "substituted" and duty.substitute:
        return f"{duty.substitute}（替{duty.name}）"
    return f"{duty.called()}请假" if duty.rota.attendance == "leave" else duty.called()


def span_words(start: date, end: date) -> str:
    """2026年12月10日至2027年3月1日, as the title of a rota that is no calendar period."""
    return show_day(start) if start == end else f"{show_day(start)}至{show_day(end)}"
