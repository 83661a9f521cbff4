"""Announcing a reception day in time: by when, which are due, and the text to paste where people read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from lianxin.domain.dates import show_day_short, show_day_weekday, show_hours
from lianxin.domain.records import ReceptionDay, ReceptionRule
from lianxin.office.desk import Desk, office_of
from lianxin.office.handed.calendars import lunar_table
from lianxin.office.names import Names

_NOTICE_COMES_UP = 4
"""Days before the notice is due at which it comes up among what is to be done."""


@dataclass(frozen=True)
class NoticeDue:
    """By when a planned day is to be announced, and what the clerk is told about it today."""

    by: date
    days_left: int

    @property
    def act(self) -> str:
        """发布公告（12月7日前）, 今天发布公告, 补发公告."""
        if self.days_left < 0:
            return f"补发公告（应在{show_day_short(self.by)}前）"
        return f"发布公告（{show_day_short(self.by)}前）" if self.days_left else "今天发布公告"


def notice_due(
    day: ReceptionDay, rules: Mapping[str, ReceptionRule], *, usual: int, today: date
) -> NoticeDue | None:
    """When the notice of a day is due: 公告提前天数 of its rule, else `usual`; None when nothing is to announce."""
    if day.state != "planned" or day.day <= today:
        return None
    rule = rules.get(day.rule or "")
    lead = rule.announce_days if rule is not None and rule.announce_days is not None else usual
    by = day.day - timedelta(days=lead)
    return NoticeDue(by, (by - today).days)


def comes_up(due: NoticeDue) -> bool:
    """Whether the notice belongs among what is to be done now."""
    return due.days_left <= _NOTICE_COMES_UP


def notice_text(desk: Desk, uid: str) -> str:
    """The notice of a day in plain text, for a message group or a loudspeaker; empty when the day is gone."""
    # Arranging a year of days is much to load for the one who only asks which notice is due.
    from lianxin.office.reception.days import duties_of

    with desk.store.reading() as reading:
        day = reading.get(ReceptionDay, uid)
        if day is None:
            return ""
        office, names = office_of(reading), Names(reading)
        who = [
            f"{duty.substitute or duty.name}"
            + (f"（{duty.level}人大代表）" if duty.level and not duty.substitute else "")
            for duty in duties_of(reading, uid)
            if duty.rota.attendance not in ("leave", "absent")
        ]
        place = names.of("station", day.station)
    lunar = lunar_table().on(day.day)
    when = show_day_weekday(day.day) + (f"（农历{lunar.words}）" if lunar else "")
    hours = show_hours(day.start, day.end)
    lines = ["【人大代表接待日公告】", f"时间：{when}{' ' + hours if hours else ''}"]
    lines += [f"地点：{place}"] if place else []
    lines += [f"接待代表：{'、'.join(who)}"] if who else []
    lines += [f"主题：{day.topic}"] if day.topic else []
    lines += [f"邀请部门：{day.invited}"] if day.invited else []
    lines.append("欢迎群众前来反映意见建议。人大一般不办理具体案件，涉法涉诉事项请依法向有关机关提出。")
    lines += [f"联系电话：{office.phone}"] if office.phone else []
    lines.append(office.name)
    return "\n".join(lines)
