"""Papers of an activity or a meeting: notice, agenda, chair's words, plan, summary, sign-in sheet, name plates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from lianxin.domain.codes import ATTENDING_ROLE
from lianxin.domain.records import Activity, Meeting
from lianxin.office.desk import Desk, office_of
from lianxin.office.meetings.activities import steps_of
from lianxin.office.meetings.attendance import AttendanceList, ListLine, attendance_list
from lianxin.office.meetings.group_record import GROUP_PAPERS
from lianxin.office.meetings.meeting import agenda_of
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.office.paperwork.blank_forms import blank_of_event
from lianxin.office.paperwork.outgoing_numbers import number_about
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem, or_blank
from lianxin.office.paperwork.templated import ABOUT
from lianxin.office.paperwork.templates import in_own_look
from lianxin.store.reading import Reading

if TYPE_CHECKING:
    from lianxin.documents.official.event_papers import Event, EventPerson


def event_of(desk: Desk, reading: Reading, uid: str) -> Event:
    """The activity or meeting in words, as its papers tell it. Raises PapersProblem."""
    activity = reading.get(Activity, uid)
    if activity is not None:
        return _of_activity(desk, reading, activity)
    meeting = reading.get(Meeting, uid)
    if meeting is None:
        raise PapersProblem(f"没有找到这项活动或会议（{uid}），没有生成文件")
    return _of_meeting(desk, reading, meeting)


def _of_activity(desk: Desk, reading: Reading, activity: Activity) -> Event:
    from lianxin.documents.official.event_papers import Event, EventStep
    from lianxin.domain.dates import show_day

    office, people = office_of(reading), attendance_list(reading, activity.uid)
    chair = next((line.name for line in people.lines if line.attendance.role == "chair"), "")
    steps = tuple(
        EventStep(step.shown("stage"), step.what, step.by or "", show_day(step.done) if step.done else "")
        for step in steps_of(reading, activity.uid)
    )
    event = Event(
        title=activity.topic, issuer=office.name, day=activity.day, signed=desk.today(), until=activity.until,
        start=activity.start, end=activity.end, place=activity.place or "", chair=chair,
        agenda=_lines(activity.agenda), people=_people(people), meeting=False,
        number=number_about(reading, [activity.uid]), purpose=activity.purpose or "",
        requirements=activity.requirements or "",
        contact=" ".join(part for part in (office.clerk, office.phone) if part),
        organiser=_organiser(reading, activity, office.name), plan=activity.plan or "", steps=steps,
        notes=activity.notes or "", summary=activity.summary or "", report=_report(activity),
    )  # fmt: skip
    return _counted(event, people)


def _of_meeting(desk: Desk, reading: Reading, meeting: Meeting) -> Event:
    from lianxin.documents.official.event_papers import Event

    office, people = office_of(reading), attendance_list(reading, meeting.uid)
    event = Event(
        title=meeting.name, issuer=office.name, day=meeting.day, signed=meeting.notified or desk.today(),
        until=meeting.until, start=meeting.start, end=meeting.end, place=meeting.place or "",
        chair=meeting.chair or "", agenda=tuple(each.title for each in agenda_of(reading, meeting.uid)),
        people=_people(people), meeting=True, number=number_about(reading, [meeting.uid]),
        purpose=meeting.purpose or "",
        requirements=meeting.requirements or "",
        contact=" ".join(part for part in (office.clerk, office.phone) if part),
        summary=meeting.conclusion or "",
    )  # fmt: skip
    return _counted(event, people)


def _organiser(reading: Reading, activity: Activity, office: str) -> str:
    names = Names(reading)
    match activity.organiser:
        case "group":
            return names.of("group", activity.group) or activity.shown("organiser")
        case "station":
            return names.of("station", activity.station) or activity.shown("organiser")
        case "township":
            return office
        case _:
            return activity.shown("organiser")


def _report(activity: Activity) -> str:
    from lianxin.domain.dates import show_day

    parts = []
    if activity.report_to:
        when = f"于{show_day(activity.report_sent)}" if activity.report_sent else ""
        by = f"，请在{show_day(activity.report_due)}前反馈" if activity.report_due else ""
        parts.append(f"报告{when}转交{activity.report_to}{by}。")
    if activity.feedback:
        parts.append(f"反馈情况：{activity.feedback}")
    return "\n".join(parts)


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").split("\n") if line.strip())


def _counted(event: Event, people: AttendanceList) -> Event:
    """With present and on_leave, once somebody was marked as present."""
    tally = people.tally
    if not tally.present:
        return event
    return replace(event, present=tally.present, on_leave=tally.on_leave)


def _people(people: AttendanceList) -> tuple[EventPerson, ...]:
    return tuple(_person(line) for line in people.lines)


def _person(line: ListLine) -> EventPerson:
    from lianxin.documents.official.event_papers import EventPerson

    told = line.attendance
    role = "" if told.role == "member" else ATTENDING_ROLE.label_of(told.role)
    level = f"{line.level}代表".replace("乡代表", "乡镇代表") if line.level else ""
    note = "请假" if told.presence in ("sick", "private", "official") else ""
    return EventPerson(line.name, post=line.post, level=level, role=role, note=note)


def _made(name: str) -> Callable[[Asked], bytes]:
    def filled(asked: Asked) -> bytes:
        from lianxin.documents.forms.event_lists import event_docx

        assert asked.uid is not None
        return event_docx(name, event_of(asked.desk, asked.reading, asked.uid))

    return or_blank(filled, blank_of_event(name))


_OFFICIAL = ("event-notice", "event-plan", "event-summary")
EVENT_PAPERS: tuple[Paper, ...] = tuple(
    Paper(
        name,
        label,
        ".docx",
        "record or blank",
        in_own_look(name, _made(name)) if name in ABOUT else _made(name),
        official=name in _OFFICIAL,
    )
    for name, label in (
        ("event-notice", "通知"),
        ("event-agenda", "议程"),
        ("chair-script", "主持词"),
        ("sign-in-sheet", "签到表"),
        ("name-plates", "桌牌"),
        ("event-plan", "活动方案"),
        ("event-summary", "活动总结"),
    )
)
"""For the uid of an activity or of a meeting."""


def event_paper(desk: Desk, name: str, uid: str) -> tuple[str, bytes]:
    """File name and content of one of these papers. Raises PapersProblem, KeyError for an unknown name."""
    paper = {each.name: each for each in (*EVENT_PAPERS, *GROUP_PAPERS)}[name]
    with desk.store.reading() as reading:
        event = event_of(desk, reading, uid)
        activity = reading.get(Activity, uid)
        number = short_number(activity.number or "") if activity else ""
        made = paper.make(Asked(desk, reading, uid, None))
    tail = f"_{number}" if number else ""
    label = paper.label.replace("活动", "会议") if event.meeting else paper.label
    return f"{label}_{event.title[:30]}{tail}.docx", made
