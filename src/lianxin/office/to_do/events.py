"""Activities and meetings: what comes up, whose marks are missing, reports without feedback, the presidium's next
meeting, groups that are behind, and deputies who stayed away from the congress (代表法 §31, §62).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from lianxin.domain.dates import show_day_short
from lianxin.domain.duties.event_duties import PRESIDIUM_NOTICE, group_shortfalls, presidium_due
from lianxin.domain.meetings.attendance import LEAVE, absence_alarms
from lianxin.domain.records import Activity, Attendance, Mandate, Meeting, Person
from lianxin.office.meetings.event_list import report_waits, short_meeting_name
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.office.to_do.row import ToDo, View, day_badge, day_tone
from lianxin.store.reading import Condition

AHEAD = timedelta(days=7)
"""So long before an event it stands among what is to do."""
_BEHIND = timedelta(days=30)
_GROUPS_FROM_MONTH = 10
_MOST_ALARMS = 3


def event_rows(view: View) -> Iterator[ToDo]:
    """One row for each event of the coming week, and for each of the last month whose list nobody marked."""
    first, last = view.today - _BEHIND, view.today + AHEAD
    span = (Condition("date", ">=", first.isoformat()), Condition("date", "<=", last.isoformat()))
    events: list[Activity | Meeting] = [
        each for each in view.reading.all(Activity, *span) if not each.cancelled
    ]
    events += view.reading.all(Meeting, *span)
    marks: dict[str, list[bool]] = {}
    for each in view.reading.children(Attendance, "owner", [event.uid for event in events]):
        marks.setdefault(each.owner, []).append(each.presence == "expected")
    for event in events:
        title = event.topic if isinstance(event, Activity) else short_meeting_name(event.name)
        number, kind = short_number(event.number or ""), type(event).KIND
        if event.day >= view.today:
            yield ToDo(
                title, "看一看准备情况", day_badge(event.day, view.today).replace("到期", ""), "soon", number,
                event.day, kind, event.uid,
            )  # fmt: skip
        elif marks.get(event.uid) and all(marks[event.uid]):
            yield ToDo(title, "登记出勤", "未签到", "soon", number, event.day, kind, event.uid)


def report_rows(view: View) -> Iterator[ToDo]:
    """Reports that were handed on and whose feedback is due or near (代表法 §31)."""
    soon = view.today + timedelta(days=view.desk.profile.soon_days.value)
    for activity in view.reading.all(Activity, Condition("report_due", "<=", soon.isoformat())):
        due = activity.report_due
        if due is not None and report_waits(activity):
            yield ToDo(
                f"{activity.topic}：报告的反馈", f"催{activity.report_to or '有关单位'}反馈", day_badge(due, view.today),
                day_tone(due, view.today), short_number(activity.number or ""), due, Activity.KIND, activity.uid,
            )  # fmt: skip


def presidium_row(view: View) -> Iterator[ToDo]:
    """The presidium's next meeting, from day 75 on."""
    held = [each for each in view.facts.meetings if each.meeting_type == "presidium" and each.held]
    due = presidium_due([each for each in held if each.day <= view.today], profile=view.desk.profile)
    planned = any(each.meeting_type == "presidium" and each.day >= view.today for each in view.facts.meetings)
    if due is not None and not planned and due - PRESIDIUM_NOTICE <= view.today:
        yield ToDo(
            "该开主席团会议了", f"最迟{show_day_short(due)}", day_badge(due, view.today), day_tone(due, view.today),
            due=due, page="meetings",
        )  # fmt: skip


def group_row(view: View) -> Iterator[ToDo]:
    """Groups that are behind, in the last quarter of the year."""
    if view.today.month < _GROUPS_FROM_MONTH:
        return
    short = group_shortfalls(view.today.year, view.facts, profile=view.desk.profile, today=view.today)
    if short:
        names = "、".join(group.name for group, _, _ in short[:2]) + ("等" if len(short) > 2 else "")
        yield ToDo(
            f"{len(short)}个代表小组活动次数不够",
            f"{names}，12月31日前补上",
            "未达标",
            "soon",
            page="meetings",
        )


def leave_rows(view: View) -> Iterator[ToDo]:
    """Events with leave that was asked for and not yet answered (代表法 §13)."""
    asked = view.reading.all(Attendance, Condition("approval", "=", "asked"))
    waiting = Counter((each.owner_kind, each.owner) for each in asked if each.presence in LEAVE)
    names = Names(view.reading)
    for (kind, owner), count in list(waiting.items())[:_MOST_ALARMS]:
        title = names.of(kind, owner)
        if title:
            yield ToDo(
                f"{short_meeting_name(title)}：{count}人请假待审批", "审批请假", "待审批", "soon", kind=kind, uid=owner
            )  # fmt: skip


def absence_rows(view: View) -> Iterator[ToDo]:
    """Deputies who stayed away from the congress without approval: a word after the first time."""
    meetings = view.reading.all(Meeting, Condition("type", "=", "congress"))
    if not meetings:
        return
    alarms = absence_alarms(
        meetings,
        view.reading.children(Attendance, "owner", [each.uid for each in meetings]),
        mandates=view.reading.all(Mandate),
        profile=view.desk.profile,
    )
    names = Names(view.reading)
    for alarm in alarms[:_MOST_ALARMS]:
        times, legal = len(alarm.days), alarm.alarm == "statutory"
        said = (
            "代表资格依法终止的情形，请报主席团"
            if legal
            else f"再有{_left(view, times)}次就是法定终止情形，请提醒本人"
        )
        yield ToDo(
            f"{names.of('person', alarm.person)}未经批准{times}次不出席人代会", said, "法定情形" if legal else "待提醒",
            "late" if legal else "soon", kind=Person.KIND, uid=alarm.person,
        )  # fmt: skip


def _left(view: View, times: int) -> int:
    return max(view.desk.profile.absences.value - times, 1)
