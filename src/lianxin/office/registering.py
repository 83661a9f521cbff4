"""Registering contacts with their visitors, and the opinions that come of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lianxin.domain.records import Contact, Opinion, Visitor
from lianxin.office.desk import Desk, office_of
from lianxin.office.numbers import next_number
from lianxin.store.reading import Reading
from lianxin.store.writing import Change, Writing

TITLE_LENGTH = 30
"""Longest title made from a visitor's words (domain.md 3.12)."""


@dataclass(frozen=True)
class Registered:
    """A registered contact and what was written for it."""

    contact: Contact
    opinion: Opinion | None
    changes: tuple[Change, ...]


def register_contact(
    desk: Desk,
    *,
    contact: Contact,
    visitors: Sequence[Visitor],
    opinion: Opinion | None = None,
    draft_key: str = "",
) -> Registered:
    """Stores one visit whole: contact with number, its visitors, and the opinion raised, in one transaction."""
    with desk.store.writing(reason="登记来访走访") as writing:
        stored = put_contact(writing, contact, visitors)
        raised = put_opinion(writing, opinion) if opinion is not None else None
        if draft_key:
            writing.forget_draft(Contact.KIND, draft_key)
        return Registered(stored, raised, tuple(writing.changes))


def put_contact(writing: Writing, contact: Contact, visitors: Sequence[Visitor]) -> Contact:
    """Numbers and stores a contact and its visitors inside a transaction; returns it as stored."""
    if contact.number is None:
        code = office_of(Reading(writing.connection)).code
        contact = replace(contact, number=next_number(writing, code, Contact, contact.day))
    writing.put(contact)
    for visitor in visitors:
        writing.put(replace(visitor, contact=contact.uid))
    return contact


def put_opinion(writing: Writing, opinion: Opinion) -> Opinion:
    """Numbers and stores an opinion inside a transaction; returns it as stored."""
    if opinion.number is None:
        code = office_of(Reading(writing.connection)).code
        opinion = replace(opinion, number=next_number(writing, code, Opinion, opinion.registered))
    writing.put(opinion)
    return opinion


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
