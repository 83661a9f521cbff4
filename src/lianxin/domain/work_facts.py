"""What the records of a span tell that somebody did: one snapshot, asked by file and score alike."""

from __future__ import annotations

import dataclasses as dc
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias, TypeVar

from lianxin.domain.dictionary import Record
from lianxin.domain.records import (
    Activity,
    Assignment,
    Attendance,
    Commitment,
    Contact,
    Deed,
    Evaluation,
    GroupMember,
    Honour,
    Improvement,
    Meeting,
    Opinion,
    PublicityPiece,
    ReceptionDay,
    Reply,
    ReportSession,
    Rota,
    Satisfaction,
    ScoreClaim,
    Signer,
    Suggestion,
    TallyRow,
    Term,
    YearReport,
)

Event: TypeAlias = Meeting | Activity
R = TypeVar("R", bound=Record)


@dc.dataclass(frozen=True)
class Subject:
    """Whose work is looked at: a deputy of one level (uid of the person), a group, a unit, this office."""

    target: str
    uid: str
    level: str = ""


@dc.dataclass(frozen=True)
class Done:
    """One thing done, or missed, with the record that tells of it.

    (kind, uid) is what counts once: the meeting, not the line of attendance. `amount` is 1, days, or percent.
    """

    kind: str
    uid: str
    day: date | None
    words: str
    amount: Fraction = Fraction(1)
    days: Fraction = Fraction(1)
    evident: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What may be counted once only."""
        return self.kind, self.uid


@dc.dataclass(frozen=True)
class Handled:
    """A matter whose limit fell due in the span: by whom it is handled, closed by the end or not, answered in time.

    `assignment` is the one it was last given with.
    """

    opinion: str
    assignment: str
    unit: str
    day: date
    words: str
    closed: bool
    in_time: bool


@dc.dataclass(frozen=True)
class Delivered:
    """One return that was asked for in the span and whether it came in time; (kind, uid) is what tells of it."""

    kind: str
    uid: str
    day: date | None
    words: str
    in_time: bool


@dc.dataclass(frozen=True)
class WorkFacts:
    """The records of `start` to `end`, seen on `today`; more than the span needs does no harm.

    `named` leads from a name to the one deputy who is called so: receptions name deputies in words, and what
    namesakes did is counted for none of them. `evident` are the records with a file attached.
    """

    start: date
    end: date
    today: date
    meetings: Sequence[Meeting] = ()
    activities: Sequence[Activity] = ()
    attendances: Sequence[Attendance] = ()
    opinions: Sequence[Opinion] = ()
    suggestions: Sequence[Suggestion] = ()
    signers: Sequence[Signer] = ()
    assignments: Sequence[Assignment] = ()
    replies: Sequence[Reply] = ()
    satisfactions: Sequence[Satisfaction] = ()
    contacts: Sequence[Contact] = ()
    days: Sequence[ReceptionDay] = ()
    rota: Sequence[Rota] = ()
    deeds: Sequence[Deed] = ()
    commitments: Sequence[Commitment] = ()
    reports: Sequence[YearReport] = ()
    sessions: Sequence[ReportSession] = ()
    evaluations: Sequence[Evaluation] = ()
    rows: Sequence[TallyRow] = ()
    improvements: Sequence[Improvement] = ()
    honours: Sequence[Honour] = ()
    pieces: Sequence[PublicityPiece] = ()
    members: Sequence[GroupMember] = ()
    claims: Sequence[ScoreClaim] = ()
    terms: Sequence[Term] = ()
    handled: Sequence[Handled] = ()
    deliveries: Sequence[Delivered] = ()
    named: Mapping[str, str] = dc.field(default_factory=dict)
    evident: frozenset[str] = frozenset()

    @property
    def year(self) -> int:
        """The year the span ends in."""
        return self.end.year

    def within(self, day: date | None) -> bool:
        """Whether a day belongs to the span."""
        return day is not None and self.start <= day <= self.end

    @cached_property
    def level_of_term(self) -> Mapping[str, str]:
        """The level of each term."""
        return {term.uid: term.level for term in self.terms}

    @cached_property
    def events(self) -> Mapping[str, Event]:
        """Meetings held and activities not cancelled, within the span, by uid."""
        held: dict[str, Event] = {one.uid: one for one in self.meetings if self._was_held(one)}
        held.update(
            (one.uid, one)
            for one in self.activities
            if not one.cancelled and self.within(one.day) and one.day <= self.today
        )
        return held

    def _was_held(self, meeting: Meeting) -> bool:
        return self.within(meeting.day) and (meeting.held or meeting.day <= self.today)

    @cached_property
    def attended(self) -> Mapping[str, Sequence[tuple[Attendance, Event]]]:
        """Person → each event of the span they stand on the list of, once, presence before absence."""
        found: dict[str, dict[str, tuple[Attendance, Event]]] = {}
        for line in sorted(self.attendances, key=lambda one: (one.presence != "present", one.uid)):
            event = self.events.get(line.owner)
            if event is not None and line.person:
                found.setdefault(line.person, {}).setdefault(event.uid, (line, event))
        return {
            person: sorted(lines.values(), key=lambda one: (one[1].day, one[1].uid))
            for person, lines in found.items()
        }

    @cached_property
    def expected(self) -> Mapping[str, Sequence[Attendance]]:
        """Event → everybody on its list."""
        return grouped(self.attendances, lambda one: one.owner)

    @cached_property
    def raised(self) -> Mapping[str, Opinion]:
        """The matters registered within the span by uid."""
        return {one.uid: one for one in self.opinions if self.within(one.registered)}

    @cached_property
    def matters(self) -> Mapping[str, Opinion]:
        """Every matter known by uid."""
        return {one.uid: one for one in self.opinions}

    @cached_property
    def contacts_of(self) -> Mapping[str, Sequence[Contact]]:
        """Person → the contacts of the span that name them."""
        found: dict[str, list[Contact]] = {}
        for contact in self.contacts:
            if self.within(contact.day) and not contact.to_complete:
                for name in names_in(contact.deputies or ""):
                    if name in self.named:
                        found.setdefault(self.named[name], []).append(contact)
        return found

    @cached_property
    def rota_of(self) -> Mapping[str, Sequence[tuple[Rota, ReceptionDay]]]:
        """Person → the reception days of the span held with them, or for which they were wanted.

        Who stood in for somebody is counted for that day, the one replaced is not.
        """
        days = {one.uid: one for one in self.days if self.within(one.day) and one.state != "cancelled"}
        found: dict[str, dict[str, tuple[Rota, ReceptionDay]]] = {}
        for line in sorted(self.rota, key=lambda one: (one.attendance != "present", one.uid)):
            day = days.get(line.reception_day)
            stood_in = line.attendance == "substituted" and line.substitute
            person = line.substitute if stood_in and line.substitute else line.person
            if day is not None:
                found.setdefault(person, {}).setdefault(day.uid, (line, day))
        return {person: tuple(lines.values()) for person, lines in found.items()}

    @cached_property
    def members_of(self) -> Mapping[str, Sequence[str]]:
        """Group → the people in it."""
        found = grouped(self.members, lambda one: one.group)
        return {group: tuple(dict.fromkeys(one.person for one in lines)) for group, lines in found.items()}

    @cached_property
    def confirmed(self) -> Mapping[str, Evaluation]:
        """The confirmed votes of the span by uid."""
        return {one.uid: one for one in self.evaluations if one.state == "confirmed" and self.within(one.day)}

    @cached_property
    def level_of_session(self) -> Mapping[str, str]:
        """The level of each report-back session."""
        return {one.uid: one.level for one in self.sessions}


Source: TypeAlias = Callable[[WorkFacts, Subject], Iterator[Done]]
"""What somebody did, told by the records of one sort."""


def names_in(text: str) -> list[str]:
    """The names of a list as clerks write it: 周桂兰、龙志明；向光明."""
    for mark in "，,；;/ 　":
        text = text.replace(mark, "、")
    return [name for part in text.split("、") if (name := part.strip())]


def grouped(records: Sequence[R], key: Callable[[R], str]) -> Mapping[str, Sequence[R]]:
    """Records by what they belong to."""
    found: dict[str, list[R]] = {}
    for one in records:
        found.setdefault(key(one), []).append(one)
    return found
