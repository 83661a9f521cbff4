"""Meetings of all types: named and numbered, with agenda and list; taken away whole (domain.md 3.24)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from lianxin.domain.records import AgendaItem, Decision, Meeting, MeetingBallot, Office, Speech, Term
from lianxin.domain.validity import problems_of
from lianxin.office.desk import Desk, current_term, office_of
from lianxin.office.meetings.activities import take_with
from lianxin.office.meetings.attendance import ListFrom, put_expected
from lianxin.office.names import numeral, term_title
from lianxin.office.numbers import next_number
from lianxin.office.records import RecordRefused, Saved, put_away
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change, Writing

_LISTS = {"congress": ListFrom("level", "township"), "preparatory": ListFrom("level", "township"),
          "presidium": ListFrom("presidium")}  # fmt: skip
_BODIES = {"congress": "人民代表大会", "preparatory": "人民代表大会", "presidium": "人民代表大会主席团"}


def short_place(office: Office) -> str:
    """石牌镇: the township as names of its meetings begin."""
    return (office.short_name or office.name).removesuffix("人大").removesuffix("人民代表大会主席团")


def list_of_body(meeting_type: str) -> ListFrom | None:
    """Where all members of the body that meets are found; None for meetings without a fixed body."""
    return _LISTS.get(meeting_type)


def agenda_of(reading: Reading, meeting: str) -> list[AgendaItem]:
    """The items in their order."""
    items = reading.children(AgendaItem, "meeting", [meeting])
    return sorted(items, key=lambda each: (each.place, each.uid))


@dataclass(frozen=True)
class Proposed:
    """What a new meeting of a type begins with: its name, which meeting of its term it is, and whom it expects."""

    name: str
    term: str | None
    ordinal: int | None
    source: ListFrom | None
    members: int | None


def propose(desk: Desk, meeting_type: str, day: date) -> Proposed:
    """石牌镇第十九届人民代表大会第五次会议: name and number a congress or presidium meeting will have."""
    from lianxin.office.meetings.attendance import expected_from

    with desk.store.reading() as reading:
        office, term = office_of(reading), current_term(reading, "township", day)
        source = _LISTS.get(meeting_type)
        people = expected_from(reading, source, day) if source else []
        body = _BODIES.get(meeting_type)
        if body is None or term is None:
            return Proposed("", term.uid if term else None, None, source, len(people) or None)
        ordinal = _next_ordinal(reading, meeting_type, term, day)
    place = short_place(office)
    name = f"{place}{term_title(term)}{body}第{numeral(ordinal)}次会议"
    if meeting_type == "preparatory":
        name += "预备会议"
    return Proposed(name, term.uid, ordinal, source, len(people) or None)


def _next_ordinal(reading: Reading, meeting_type: str, term: Term, day: date) -> int:
    """One more than the highest of this type in the term; a preparatory meeting goes with the next congress."""
    counted = "congress" if meeting_type == "preparatory" else meeting_type
    held = [
        each
        for each in reading.all(Meeting, Condition("type", "=", counted))
        if each.day <= day and (each.term == term.uid or (each.term is None and term.start is None))
    ]
    return max((each.ordinal or 0 for each in held), default=0) + 1


def make_meeting(
    desk: Desk, meeting: Meeting, *, source: ListFrom | None = None, draft_key: str = ""
) -> Saved:
    """Registers a new meeting with its number and the people of `source`. Raises RecordRefused, NobodyThere.

    One that is entered after its day was held; who enters it before marks it later.
    """
    meeting = replace(meeting, held=meeting.held or meeting.day < desk.today())
    wrong = problems_of(meeting, today=desk.today())
    if wrong:
        raise RecordRefused(wrong)
    with desk.store.writing(reason="登记会议") as writing:
        code = office_of(Reading(writing.connection)).code
        made = replace(meeting, number=next_number(writing, code, Meeting, meeting.day))
        writing.put(made)
        if source is not None:
            put_expected(writing, Meeting.KIND, made.uid, source, made.day)
        if draft_key:
            writing.forget_draft(Meeting.KIND, draft_key)
        return Saved(made, tuple(writing.changes))


def set_agenda(desk: Desk, meeting: str, titles: Sequence[str]) -> tuple[Change, ...]:
    """Makes the agenda these items in this order; an item whose words stay keeps its record and all it holds."""
    with desk.store.writing(reason="会议议程") as writing:
        put_agenda(writing, meeting, titles)
        return tuple(writing.changes)


def put_agenda(writing: Writing, meeting: str, titles: Sequence[str]) -> None:
    """The same inside a transaction."""
    known = agenda_of(Reading(writing.connection), meeting)
    wanted = [title.strip()[:120] for title in titles if title.strip()]
    by_title = {each.title: each for each in known}
    left = [each for each in known if each.title not in wanted]
    for place, title in enumerate(wanted, 1):
        item = by_title.get(title)
        if item is None and left:
            # An item that was worded anew is still the same item.
            item = left.pop(0)
        if item is None:
            writing.put(AgendaItem(uid=writing.new_uid(), meeting=meeting, place=place, title=title))
        else:
            writing.put(replace(item, place=place, title=title), opened=item)
    for item in left:
        writing.remove(AgendaItem, item.uid)


def remove_meeting(desk: Desk, uid: str) -> tuple[Change, ...]:
    """Moves a meeting with its list and agenda to the 回收站. Raises StillUsed when other records name it."""
    with desk.store.writing(reason="删除会议") as writing:
        take_with(writing, uid)
        reading = Reading(writing.connection)
        for part in (Speech, Decision, MeetingBallot, AgendaItem):
            for key in reading.keys(part, Condition("meeting", "=", uid)):
                writing.remove(part, key)
        put_away(writing, Meeting, uid)
        return tuple(writing.changes)
