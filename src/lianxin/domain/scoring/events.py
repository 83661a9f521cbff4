"""Points of meetings and activities: who was there, who stayed away unapproved, what a group or the office held."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lianxin.domain.meetings.attendance import is_unapproved_absence
from lianxin.domain.records import Attendance, Meeting
from lianxin.domain.work_facts import Done, Event, Source, Subject, WorkFacts


def event_done(facts: WorkFacts, event: Event) -> Done:
    """One meeting or activity as it counts; days as its record says, a day when it says nothing."""
    told = event.days if isinstance(event, Meeting) else event.duty_days
    words = event.name if isinstance(event, Meeting) else f"{event.shown('type')}：{event.topic}"
    days = Fraction(1) if told is None else Fraction(told)
    return Done(event.KIND, event.uid, event.day, words, days=days, evident=event.uid in facts.evident)


def of_type(event: Event, meetings: frozenset[str], activities: frozenset[str]) -> bool:
    """Whether an event is a meeting or an activity of these types."""
    if isinstance(event, Meeting):
        return event.meeting_type in meetings
    return event.activity_type in activities


def same_level(facts: WorkFacts, event: Event, level: str) -> bool:
    told = facts.level_of_term.get(event.term or "") if isinstance(event, Meeting) else None
    return not told or not level or told == level


def attended(*, missed: bool = False, meetings: str = "", activities: str = "") -> Source:
    """A source of presence (or of unapproved absence) at events of these types."""
    of_meetings, of_activities = frozenset(meetings.split()), frozenset(activities.split())

    def source(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
        for line, event in facts.attended.get(subject.uid, ()):
            if not of_type(event, of_meetings, of_activities) or not same_level(facts, event, subject.level):
                continue
            if is_unapproved_absence(line) if missed else line.presence == "present":
                yield event_done(facts, event)

    return source


def held(*, meetings: str = "", activities: str = "") -> Source:
    """A source of the office's own meetings and activities, whoever came."""
    of_meetings, of_activities = frozenset(meetings.split()), frozenset(activities.split())

    def source(facts: WorkFacts, _subject: Subject) -> Iterator[Done]:
        for event in facts.events.values():
            if of_type(event, of_meetings, of_activities):
                yield event_done(facts, event)

    return source


def speeches(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
    """Speaking is something else than being there: it is told by the line of attendance, not by the meeting."""
    for line, event in facts.attended.get(subject.uid, ()):
        spoke = line.role == "speaker" and line.presence == "present"
        if spoke and isinstance(event, Meeting) and same_level(facts, event, subject.level):
            yield Done(Attendance.KIND, line.uid, event.day, f"{event.name}上发言")


def group_events(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
    for event in facts.events.values():
        if event.group == subject.uid and of_type(event, frozenset({"group"}), frozenset({"group", "theme"})):
            yield event_done(facts, event)


def all_came(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
    """Activities of a group at which everybody on the list was; each counts beside the activity itself."""
    for done in group_events(facts, subject):
        lines = facts.expected.get(done.uid, ())
        if lines and all(line.presence == "present" for line in lines):
            yield Done(Attendance.KIND, lines[0].uid, done.day, f"{done.words}，应到{len(lines)}人全到")
