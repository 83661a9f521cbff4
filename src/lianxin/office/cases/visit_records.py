"""What a visit is made of, written inside a transaction: the contact, who came, the matter it raises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lianxin.domain.records import Contact, Opinion, Visitor
from lianxin.office.desk import office_of
from lianxin.office.numbers import next_number
from lianxin.office.people_named import naming
from lianxin.store.reading import Reading
from lianxin.store.writing import Writing

TITLE_LENGTH = 30
"""Longest title made from a visitor's words (domain.md 3.12)."""


@dataclass(frozen=True)
class StandingVisit:
    """A visit as it is registered and as a form shows it: the contact, who came, and its own matters."""

    contact: Contact
    visitors: tuple[Visitor, ...] = ()
    opinions: tuple[Opinion, ...] = ()

    def visitor(self, uid: str) -> Visitor | None:
        """The visitor of this uid."""
        return next((each for each in self.visitors if each.uid == uid), None)


def put_contact(
    writing: Writing, contact: Contact, visitors: Sequence[Visitor], *, opened: StandingVisit | None = None
) -> Contact:
    """Numbers and stores a contact and its visitors inside a transaction; returns it as the form has it.

    With `opened` only what was changed is written, and the visitors who are not named any more are taken away.
    """
    if contact.number is None:
        contact = replace(contact, number=next_number(writing, _code(writing), Contact, contact.day))
    writing.names_people(visitor.name or "" for visitor in visitors)
    # Words about a matter that others raised may name those; for a visit of its own nobody need be asked for.
    writing.put(
        naming(writing, contact) if contact.joined else contact, opened=opened.contact if opened else None
    )
    for visitor in visitors:
        stood = opened.visitor(visitor.uid) if opened else None
        writing.put(replace(visitor, contact=contact.uid), opened=stood)
    named = {visitor.uid for visitor in visitors}
    for visitor in opened.visitors if opened else ():
        if visitor.uid not in named:
            writing.remove(Visitor, visitor.uid)
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
