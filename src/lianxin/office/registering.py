"""Registering contacts with their visitors, the opinions that come of them, and where these go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from lianxin.domain.casework import due_date
from lianxin.domain.records import Assignment, Contact, Opinion, Routing, Visitor
from lianxin.office.desk import Desk, office_of
from lianxin.office.numbers import next_number, short_number
from lianxin.office.people_named import naming
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


class VisitRefused(ValueError):
    """The visit cannot be stored as it is; the message says why, nothing was written."""


class AlreadyCompleted(VisitRefused):
    """Another window completed this line of the queue meanwhile; completing it again would raise it twice."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"{number} 已在另一个窗口补全，这里没有再登记。您填写的内容还在草稿里，可打开那一条核对。"
        )


class MatterGone(VisitRefused):
    """The matter a visit was to be joined to was removed meanwhile."""

    def __init__(self) -> None:
        super().__init__("要合并的那件意见已经删除，没有保存。填写的内容还在，请按 Ctrl+B 取消合并后再保存。")


@dataclass(frozen=True)
class StandingVisit:
    """A visit as it is registered and as a form shows it: the contact, who came, and its own matters."""

    contact: Contact
    visitors: tuple[Visitor, ...] = ()
    opinions: tuple[Opinion, ...] = ()

    def visitor(self, uid: str) -> Visitor | None:
        """The visitor of this uid."""
        return next((each for each in self.visitors if each.uid == uid), None)


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
    opened: StandingVisit | None = None,
    draft_key: str = "",
) -> Registered:
    """Stores one visit and its matter with the first step on it, in one transaction.

    A contact with an empty uid is new; one that stands already (a line of the queue) is completed and keeps its
    number, and with `opened` only what the form changed of it is written. Without `raised` no opinion comes of it
    (a greeting, a symposium whose matters are entered apart); one joined to a matter (`contact.joined`) raises
    none either. Raises AlreadyCompleted, MatterGone.
    """
    with desk.store.writing(reason="登记来访走访") as writing:
        if opened is not None:
            now = Reading(writing.connection).get(Contact, opened.contact.uid)
            if now is not None and not now.to_complete:
                raise AlreadyCompleted(short_number(now.number or ""))
        whole = replace(contact, uid=contact.uid or writing.new_uid(), to_complete=False)
        whole = with_main(Reading(writing.connection), whole)
        if whole.joined:
            raised = None
        if raised is not None:
            spot = raised.route == "answered_on_spot"
            whole = replace(whole, answered=spot, answer=raised.words if spot else whole.answer)
        named = [replace(each, uid=each.uid or writing.new_uid()) for each in visitors]
        stored = put_contact(writing, whole, named, opened=opened)
        opinion, due = None, None
        if raised is not None:
            opinion, due = raise_opinion(desk, writing, stored, raised, village_of(visitors))
        if draft_key:
            writing.forget_draft(Contact.KIND, draft_key)
        return Registered(stored, opinion, tuple(writing.changes), due)


def with_main(reading: Reading, contact: Contact) -> Contact:
    """The contact joined to the matter that is really handled: one that was merged leads on. Raises MatterGone."""
    if not contact.joined:
        return contact
    found = reading.get(Opinion, contact.joined)
    if found is None:
        raise MatterGone
    return replace(contact, joined=found.merged_into or found.uid)


def village_of(visitors: Sequence[Visitor]) -> str | None:
    """The village a visit speaks for: that of the first visitor who told one."""
    return next((each.village for each in visitors if each.village), None)


def raise_opinion(
    desk: Desk, writing: Writing, contact: Contact, raised: Raised, village: str | None
) -> tuple[Opinion, date | None]:
    """Stores the opinion of a contact with its routing and, where it is handed over, its assignment."""
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
