"""Registering contacts with their visitors, the opinions that come of them, and where these go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from lianxin.domain.casework.standing import due_date
from lianxin.domain.casework.step_checks import unit_refusal
from lianxin.domain.records import Contact, HandlingUnit, Opinion, Telling, Visitor
from lianxin.office.cases.leading_elsewhere import put_guiding, put_solving
from lianxin.office.cases.opinions import hand_over, put_routing
from lianxin.office.cases.steps import StepRefused
from lianxin.office.cases.visit_records import StandingVisit, opinion_from, put_contact, put_opinion
from lianxin.office.desk import Desk
from lianxin.office.numbers import short_number
from lianxin.store.reading import Reading
from lianxin.store.writing import Change, Writing

NOT_TOLD = "（待补全）"
"""Stands for the words of a visitor in the queue until somebody writes down what was said."""


@dataclass(frozen=True)
class Raised:
    """What becomes of the visitor's words: the matter's kind, and where it goes ("" for not yet).

    `unit` and `due` count for what is handed over (转交办理); `words` is the answer given, the reason of the
    guidance, or what a deputy did; `person` is that deputy (代表协调解决). `guidance`, `destination` and `on_spot`
    say about what and where to somebody was guided, and whether told at once. `sensitive` marks 涉密敏感.
    """

    category: str
    nature: str = "request"
    urgency: str = "ordinary"
    route: str = ""
    unit: str | None = None
    due: date | None = None
    words: str | None = None
    guidance: str | None = None
    destination: str | None = None
    on_spot: bool = True
    person: str | None = None
    sensitive: bool = False


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


class NotAtTheDoor(StepRefused):
    """A suggestion of a deputy needs more than a visit tells: who leads, the case and its remedy."""

    def __init__(self) -> None:
        super().__init__("转为代表建议要选领衔代表，没有保存。请先登记，再到“意见建议办理”里转为代表建议。")


@dataclass(frozen=True)
class Registered:
    """A registered contact and what was written for it."""

    contact: Contact
    opinion: Opinion | None
    changes: tuple[Change, ...]
    due: date | None = None

    @property
    def told_on_paper(self) -> bool:
        """Whether the visitor was told on the spot and is to be handed the 来访事项告知单."""
        return any(change.kind == Telling.KIND for change in self.changes)


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
    none either. Raises AlreadyCompleted, MatterGone, StepRefused: then nothing was written.
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
    """Stores the opinion of a contact and takes its first step; the time limit where it is handed over.

    Raises StepRefused.
    """
    made = opinion_from(contact, uid=writing.new_uid(), category=raised.category, nature=raised.nature)
    opinion = put_opinion(
        writing,
        replace(
            made,
            village=village,
            urgency=raised.urgency,
            level="county" if raised.route == "to_county" else "township",
            group=contact.persons > desk.profile.group_visit.value,
            confidential=raised.sensitive,
        ),
    )
    return opinion, _first_step(desk, writing, opinion, raised)


def _first_step(desk: Desk, writing: Writing, opinion: Opinion, raised: Raised) -> date | None:
    """The way a matter goes at the door, through the door every step goes through; answers its time limit."""
    uid, way, day = opinion.uid, raised.route, opinion.registered
    if not way:
        return None
    if way == "to_suggestion":
        raise NotAtTheDoor
    if way in ("guided", "to_petition"):
        put_guiding(
            desk, writing, opinion=uid, way=way, day=day, guidance=raised.guidance,
            destination=raised.destination, reason=raised.words, on_spot=raised.on_spot,
        )  # fmt: skip
        return None
    if way == "deputy_solved":
        person, what = raised.person or "", raised.words or ""
        put_solving(desk, writing, opinion=uid, day=day, person=person, what=what)
        return None
    # The answer given on the spot stands on the contact.
    reason = None if way == "answered_on_spot" else raised.words
    if way != "assigned" or raised.unit is None:
        put_routing(desk, writing, opinion=uid, way=way, day=day, reason=reason)
        return None
    said = county_unit(Reading(writing.connection), raised.unit)
    if said:
        raise StepRefused(said)
    due = raised.due or due_date(day, desk.profile, urgency=raised.urgency)
    handed = hand_over(desk, writing, opinion=uid, way=way, day=day, unit=raised.unit, due=due, reason=reason)
    return due if handed else None


def county_unit(reading: Reading, unit: str) -> str:
    """Why this unit cannot be handed a matter at the door, in the words of the form; "" when it can."""
    found = reading.get(HandlingUnit, unit)
    if found is None or not unit_refusal(found):
        return ""
    return f"{found.name}是{found.shown('type')}，乡镇不直接交办，没有保存。请把处理方式改为“转报县人大”。"


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
