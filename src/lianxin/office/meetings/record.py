"""The record of a meeting as a whole: who came, what was said to each item, how it was voted on, what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lianxin.domain.meetings.checks import Dealt, meeting_findings
from lianxin.domain.meetings.notes import Attendee
from lianxin.domain.meetings.quorum import Quorum, Verdict, Votes, quorum_of, verdict_of
from lianxin.domain.records import AgendaItem, Decision, Meeting, MeetingBallot, Speech
from lianxin.office.desk import Desk
from lianxin.office.meetings.attendance import AttendanceList, attendance_list, expected_from
from lianxin.office.meetings.meeting import agenda_of, list_of_body
from lianxin.office.names import Names
from lianxin.store.reading import Condition, Reading


@dataclass(frozen=True)
class Said:
    """A speech with the name of its speaker, "" when nobody was named."""

    speech: Speech
    speaker: str


@dataclass(frozen=True)
class ItemRecord:
    """One item of the agenda with everything that belongs to it; `item` None is what stood outside the agenda."""

    item: AgendaItem | None
    said: tuple[Said, ...]
    decisions: tuple[Decision, ...]
    verdict: Verdict

    @property
    def empty(self) -> bool:
        """Whether nothing was said, decided or voted."""
        return not self.said and not self.decisions and self.verdict.outcome == "unknown"


@dataclass(frozen=True)
class MeetingRecord:
    """One meeting, ready to be shown or printed. `members` are all of the body, not those who came."""

    meeting: Meeting
    people: AttendanceList
    items: tuple[ItemRecord, ...]
    members: int | None
    quorum: Quorum | None
    findings: tuple[str, ...]

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """All that was decided, in the order of the agenda."""
        return tuple(each for item in self.items for each in item.decisions)


def meeting_record(desk: Desk, uid: str) -> MeetingRecord | None:
    """The record, or None when the meeting is not here (any more)."""
    with desk.store.reading() as reading:
        return record_of(desk, reading, uid)


def record_of(desk: Desk, reading: Reading, uid: str) -> MeetingRecord | None:
    """The same inside a snapshot."""
    meeting = reading.get(Meeting, uid)
    if meeting is None:
        return None
    people = attendance_list(reading, uid)
    members, present = members_of(reading, meeting), people.tally.present
    said = _said(reading, uid)
    decisions = sorted(reading.children(Decision, "meeting", [uid]), key=lambda each: (each.place, each.uid))

    agenda = agenda_of(reading, uid)
    known = {each.uid for each in agenda}

    def belongs(key: str | None, item: AgendaItem | None) -> bool:
        # What was said to an item that is not on the agenda any more still stands on the record.
        return key == item.uid if item else key not in known

    def told(item: AgendaItem | None) -> ItemRecord:
        verdict = (
            verdict_of(
                meeting.meeting_type, votes_of(item), members=members, present=present, profile=desk.profile
            )
            if item
            else Verdict("unknown", "")
        )
        return ItemRecord(
            item,
            tuple(each for each in said if belongs(each.speech.item, item)),
            tuple(each for each in decisions if belongs(each.item, item)),
            verdict,
        )

    items = [told(item) for item in agenda]
    loose = told(None)
    quorum = quorum_of(meeting.meeting_type, members=members, present=present, profile=desk.profile)
    findings = meeting_findings(
        meeting,
        [Dealt(each.item, each.verdict, each.decisions) for each in items if each.item],
        quorum=quorum,
        ballots=reading.count(MeetingBallot, Condition("meeting", "=", uid)),
        profile=desk.profile,
        today=desk.today(),
    )
    return MeetingRecord(
        meeting, people, (*items, *(() if loose.empty else (loose,))), members, quorum, findings
    )


def quorum_now(desk: Desk, uid: str) -> Quorum | None:
    """Whether enough are marked as present at this moment; None for a meeting without a quorum."""
    with desk.store.reading() as reading:
        meeting = reading.get(Meeting, uid)
        if meeting is None:
            return None
        return quorum_of(
            meeting.meeting_type,
            members=members_of(reading, meeting),
            present=attendance_list(reading, uid).tally.present,
            profile=desk.profile,
        )


def members_of(reading: Reading, meeting: Meeting) -> int | None:
    """All deputies or all members: what stands on the meeting, else those in office on its day; None if unknown."""
    if meeting.members:
        return meeting.members
    source = list_of_body(meeting.meeting_type)
    return len(expected_from(reading, source, meeting.day)) or None if source else None


def votes_of(item: AgendaItem) -> Votes:
    """What was counted of an item."""
    return Votes(item.votes_for, item.votes_against, item.abstained, acclaimed=item.means == "acclaim")


def attendees_of(reading: Reading, meeting: str) -> list[Attendee]:
    """Everybody on the list, those who came first: who may be meant by initials."""
    lines = attendance_list(reading, meeting).lines
    ordered = sorted(lines, key=lambda line: line.attendance.presence != "present")
    return [Attendee(line.name, line.attendance.person) for line in ordered]


def _said(reading: Reading, meeting: str) -> list[Said]:
    speeches = speeches_of(reading, meeting)
    names = Names(reading)
    names.preload("person", [each.person or "" for each in speeches])
    return [Said(each, names.of("person", each.person) or each.name or "") for each in speeches]


def speeches_of(reading: Reading, meeting: str) -> Sequence[Speech]:
    """All speeches in the order they were made."""
    found = reading.children(Speech, "meeting", [meeting])
    return sorted(found, key=lambda each: (each.place, each.uid))
