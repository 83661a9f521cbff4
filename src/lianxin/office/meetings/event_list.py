"""What the lists of activities and meetings say in a line: who came of how many, and what is still to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from lianxin.domain.dictionary import Record
from lianxin.domain.meetings.attendance import tally_of
from lianxin.domain.records import Activity, Attendance, Meeting
from lianxin.store.reading import Condition, Reading


def event_cells(
    reading: Reading, events: Sequence[Activity | Meeting], today: date
) -> Mapping[str, tuple[str, str]]:
    """uid → (7/9, what its badge says), a few questions for a whole page."""
    people: dict[str, list[Attendance]] = {each.uid: [] for each in events}
    for each in reading.children(Attendance, "owner", list(people)):
        people[each.owner].append(each)
    found: dict[str, tuple[str, str]] = {}
    for event in events:
        tally = tally_of(people[event.uid])
        came = f"{tally.present}/{tally.expected}" if tally.expected else ""
        unmarked = tally.expected > 0 and tally.unmarked == tally.expected
        found[event.uid] = (came, standing(event, unmarked=unmarked, today=today))
    return found


def standing(event: Activity | Meeting, *, unmarked: bool, today: date) -> str:
    """What is still to do about an event, in the words of its badge; empty when nothing is."""
    if isinstance(event, Activity) and event.cancelled:
        return "已取消"
    if event.day > today:
        left = (event.day - today).days
        return "今天" if not left else f"剩{left}天"
    if event.day == today:
        return "今天"
    if isinstance(event, Meeting):
        return "未签到" if unmarked else "" if event.held else "未召开"
    if unmarked:
        return "未签到"
    if report_waits(event):
        late = (today - event.report_due).days if event.report_due else 0
        return f"超期{late}天" if late > 0 else "待反馈"
    return "" if event.summary else "待总结"


def short_meeting_name(name: str) -> str:
    """主席团第十七次会议 for 石牌镇第十九届人民代表大会主席团第十七次会议: what tells it apart in a narrow list."""
    _, term, rest = name.partition("届")
    return (rest if term and rest else name).replace("人民代表大会主席团", "主席团")


def report_waits(activity: Activity) -> bool:
    """Whether the report was handed on and nobody has told what became of it (代表法 §31)."""
    return activity.report_sent is not None and not activity.feedback and not activity.cancelled


def events_by_type(reading: Reading, cls: type[Record], year: int) -> Mapping[str, int]:
    """How many of each type there are in a year, all years for 0; `all` is everything."""
    span = _year(year)
    counts = Counter(str(code) for (code,) in reading.fields(cls, ("type",), *span))
    return {**counts, "all": sum(counts.values())}


def years_of(reading: Reading, cls: type[Record]) -> list[int]:
    """The years that have any, the latest first."""
    return sorted({int(str(day)[:4]) for (day,) in reading.fields(cls, ("date",))}, reverse=True)


def _year(year: int) -> tuple[Condition, ...]:
    if not year:
        return ()
    return Condition("date", ">=", f"{year}-01-01"), Condition("date", "<=", f"{year}-12-31")
