"""Reception days of the coming week, those whose notice is due, and past ones that nobody closed."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.domain.dates import show_day_short
from lianxin.domain.records import ReceptionDay, ReceptionRule
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.office.reception.notices import comes_up, notice_due
from lianxin.office.to_do.row import ToDo, View

_SOON_DAYS = 7


def day_rows(view: View) -> Iterator[ToDo]:
    """One row a day that comes up or was left open."""
    rules = {rule.uid: rule for rule in view.reading.all(ReceptionRule)}
    names, usual = Names(view.reading), view.desk.profile.announce_days.value
    for day in view.facts.days:
        left = (day.day - view.today).days
        if day.state not in ("planned", "announced"):
            continue
        due = notice_due(day, rules, usual=usual, today=view.today)
        if left > _SOON_DAYS and not (due and comes_up(due)):
            continue
        late = left < 0
        yield ToDo(
            title=f"{show_day_short(day.day)}接待日 {names.of('station', day.station)}".strip(),
            next_act="补登并结束接待" if late else due.act if due else "准备接待",
            badge=f"超期{-left}天" if late else "今天" if not left else f"剩{left}天",
            tone="late" if late else "soon",
            number=short_number(day.number or ""),
            due=day.day,
            kind=ReceptionDay.KIND,
            uid=day.uid,
        )
