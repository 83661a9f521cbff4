"""Registering contacts with their visitors, the opinions that come of them, and where these go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from lianxin.domain.casework import due_date
from lianxin.domain.records import Assignment, Contact, Opinion, Routing, Visitor
from lianxin.office.desk import Desk, office_of
from lianxin.office.numbers import next_number
from lianxin.store.reading import Reading
from lianxin.store.writing import Change, Writing

TITLE_LENGTH = 30
"""Longest title made from a visitor's words (domain.md 3.12)."""

NOT_TOLD = "（待补全）"
"""Stands for the words of a visitor in the queue until somebody writes down what was said."""


@dataclass(frozen=True)
class Raised:
    """What becomes of the visitor's words: the matter's kind, and where it goes ("" for not yet).

    `unit` and `due` count for what is handed over (转交办理); `words` is the answer given or the advice.
    """

    category: str
    nature: str = "request"
    urgency: str = "ordinary"
    route: str = ""
    unit: str | None = None
    due: date | None = None
    words: str | None = None


@dataclass(frozen=True)
class Registered:
    """A registered contact and what was written for it."""

    contact: Contact
    opinion: Opinion | None
    changes: tuple[Change, ...]
    due: date | None = None


def register_visit(
    desk: Desk,
    *,
    contact: Contact,
    visitors: Sequence[Visitor],
    raised: Raised | None,
    draft_key: str = "",
) -> Registered:
    """Stores one visit and its matter with the first step on it, in one transaction.

    A contact with an empty uid is new; one that stands already (a line of the queue) is completed and keeps its
    number. Without `raised` no opinion comes of it (a greeting, a symposium whose matters are entered apart).
    """
    with desk.store.writing(reason="登记来访走访") as writing:
        whole = replace(contact, uid=contact.uid or writing.new_uid(), to_complete=False)
        if raised is not None:
            spot = raised.route == "answered_on_spot"
            whole = replace(whole, answered=spot, answer=raised.words if spot else whole.answer)
        named = [replace(each, uid=each.uid or writing.new_uid()) for each in visitors]
        stored = put_contact(writing, whole, named)
        opinion, due = None, None
        if raised is not None:
            village = next((each.village for each in visitors if each.village), None)
            opinion, due = _raise(desk, writing, stored, raised, village)
        if draft_key:
            writing.forget_draft(Contact.KIND, draft_key)
        return Registered(stored, opinion, tuple(writing.changes), due)


def _raise(
    desk: Desk, writing: Writing, contact: Contact, raised: Raised, village: str | None
) -> tuple[Opinion, date | None]:
    """The opinion of a contact with its routing and, where it is handed over, its assignment."""
    made = opinion_from(contact, uid=writing.new_uid(), category=raised.category, nature=raised.nature)
    opinion = put_opinion(
        writing,
        replace(
            made,
            village=village,
            urgency=raised.urgency,
            level="county" if raised.route == "to_county" else "township",
            group=contact.persons > desk.profile.group_visit.value,
        ),
    )
    if raised.route:
        routing = Routing(
            uid=writing.new_uid(),
            opinion=opinion.uid,
            day=contact.day,
            route=raised.route,
            reason=None if raised.route == "answered_on_spot" else raised.words,
        )
        writing.put(routing)
    if raised.route != "assigned" or raised.unit is None:
        return opinion, None
    due = raised.due or due_date(contact.day, desk.profile, urgency=raised.urgency)
    writing.put(
        Assignment(
            uid=writing.new_uid(),
            opinion=opinion.uid,
            number=next_number(writing, _code(writing), Assignment, contact.day),
            day=contact.day,
            unit=raised.unit,
            due=due,
        )
    )
    return opinion, due


def queue_visitor(
    desk: Desk, *, contact: Contact, name: str, village: str | None, address: str | None
) -> Registered:
    """One line at the door (连续登记): numbered at once, 待补全 until what was said is written down."""
    with desk.store.writing(reason="连续登记") as writing:
        made = replace(
            contact, uid=writing.new_uid(), to_complete=True, words=contact.words.strip() or NOT_TOLD
        )
        visitor = Visitor(
            uid=writing.new_uid(),
            contact="",
            name=name or None,
            anonymous=not name,
            village=village,
            address=address,
        )
        stored = put_contact(writing, made, [visitor])
        return Registered(stored, None, tuple(writing.changes))


def put_contact(writing: Writing, contact: Contact, visitors: Sequence[Visitor]) -> Contact:
    """Numbers and stores a contact and its visitors inside a transaction; returns it as stored."""
    if contact.number is None:
        contact = replace(contact, number=next_number(writing, _code(writing), Contact, contact.day))
    writing.names_people(visitor.name or "" for visitor in visitors)
    writing.put(contact)
    for visitor in visitors:
        writing.put(replace(visitor, contact=contact.uid))
    return contact


def put_opinion(writing: Writing, opinion: Opinion) -> Opinion:
    """Numbers and stores an opinion inside a transaction; returns it as stored."""
    if opinion.number is None:
        opinion = replace(opinion, number=next_number(writing, _code(writing), Opinion, opinion.registered))
    writing.put(opinion)
    return opinion


def _code(writing: Writing) -> str:
    return office_of(Reading(writing.connection)).code


def opinion_from(contact: Contact, *, uid: str, category: str, nature: str = "request") -> Opinion:
    """The opinion a contact raises: its words, its day, its channel."""
    return Opinion(
        uid=uid,
        title=title_of(contact.words),
        words=contact.words,
        category=category,
        channel=contact.channel,
        contact=contact.uid,
        registered=contact.day,
        nature=nature,
    )


def title_of(words: str) -> str:
    """The first clause of the words, short enough for a list."""
    first = words.strip().splitlines()[0] if words.strip() else ""
    for mark in "。；;!！?？":
        first = first.partition(mark)[0]
    return first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1] + "…"
