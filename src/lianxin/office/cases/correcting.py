"""A registered visit put right: its contact, everybody who came, and what its matter took over from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lianxin.domain.casework.standing import due_date
from lianxin.domain.casework.step_checks import NOTHING_CHANGED, own_problems
from lianxin.domain.casework.steps import StepRecord
from lianxin.domain.dates import show_day
from lianxin.domain.dictionary import kind_named
from lianxin.domain.records import Assignment, Contact, Deed, Opinion, Routing, Telling, Visitor
from lianxin.office.cases.registering import Raised, raise_opinion, village_of, with_main
from lianxin.office.cases.steps import StepRefused, check_unlocked, standing
from lianxin.office.cases.visit_records import StandingVisit, put_contact, title_of
from lianxin.office.desk import Desk
from lianxin.office.people_named import naming
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change, Writing


@dataclass(frozen=True)
class Corrected:
    """The contact as corrected, what was written, and that in words (联系电话、反映内容；增加来访人石建国)."""

    contact: Contact
    changes: tuple[Change, ...]
    words: str


def standing_visit(desk: Desk, contact: str) -> StandingVisit | None:
    """A registered visit for its form; None when it is not here any more."""
    with desk.store.reading() as reading:
        found = reading.get(Contact, contact)
        if found is None:
            return None
        return StandingVisit(
            found,
            tuple(reading.children(Visitor, "contact", [contact])),
            tuple(reading.children(Opinion, "contact", [contact])),
        )


def correct_visit(
    desk: Desk,
    *,
    contact: Contact,
    visitors: Sequence[Visitor],
    opened: StandingVisit,
    category: str = "",
    sensitive: bool | None = None,
    raised: Raised | None = None,
    draft_key: str = "",
) -> Corrected:
    """Writes what was changed in the form of a registered visit; visitors with an empty uid are new ones.

    Its matter follows in what it still has from the visit: words, title, village, day, channel, and the steps of
    that same day. `category` is that of its only matter, `sensitive` its mark. `raised` raises one where there was none.
    Raises RecordGone, MatterGone, StepRefused: then nothing was written.
    """
    with desk.store.writing(reason="修改来访走访") as writing:
        named = [replace(each, uid=each.uid or writing.new_uid()) for each in visitors]
        if contact.joined != opened.contact.joined:
            contact = with_main(Reading(writing.connection), contact)
        stored = put_contact(writing, naming(writing, contact), named, opened=opened)
        for opinion in opened.opinions:
            followed = _followed(desk, opinion, opened, stored, named)
            if len(opened.opinions) == 1:
                marked = followed.confidential if sensitive is None else sensitive
                followed = replace(followed, category=category or followed.category, confidential=marked)
            if followed != opinion:
                check_unlocked(desk, writing, opinion, "修改")
            writing.put(naming(writing, followed), opened=opinion)
            if stored.day != opened.contact.day:
                _move_steps(desk, writing, followed, opened.contact, stored)
        if (
            raised is not None
            and not stored.joined
            and not Reading(writing.connection).children(Opinion, "contact", [stored.uid])
        ):
            raise_opinion(desk, writing, stored, raised, village_of(named))
        if draft_key:
            writing.forget_draft(Contact.KIND, draft_key)
        changes = tuple(writing.changes)
        return Corrected(stored, changes, _said(changes, named, opened))


def _followed(
    desk: Desk, opinion: Opinion, opened: StandingVisit, contact: Contact, visitors: Sequence[Visitor]
) -> Opinion:
    """The matter with what it took over from the visit and nobody has changed in it since."""
    was = opened.contact
    if opinion.words == was.words:
        own_title = opinion.title != title_of(was.words)
        title = opinion.title if own_title else title_of(contact.words)
        opinion = replace(opinion, words=contact.words, title=title)
    if opinion.village == village_of(opened.visitors):
        opinion = replace(opinion, village=village_of(visitors))
    if opinion.registered == was.day:
        opinion = replace(opinion, registered=contact.day)
    if opinion.channel == was.channel:
        opinion = replace(opinion, channel=contact.channel)
    limit = desk.profile.group_visit.value
    if opinion.group == (was.persons > limit):
        opinion = replace(opinion, group=contact.persons > limit)
    return opinion


def _move_steps(desk: Desk, writing: Writing, opinion: Opinion, was: Contact, contact: Contact) -> None:
    """The steps taken at registration carry its day; a time limit by the rule is reckoned from the right one.

    Raises StepRefused when the visit would come after a step that was taken later than at registration.
    """
    case, _ = standing(desk, writing, opinion)
    steps = (*case.routings, *case.assignments, *case.replies, *case.satisfactions, *case.further)
    for step in steps:
        at_once = step.day == was.day and isinstance(step, Routing | Assignment | Telling)
        if not at_once:
            # What old ledgers hold out of order is not the fault of this correction.
            if step.day is not None and was.day <= step.day < contact.day:
                raise _refused(f"来访日期晚于{show_day(step.day)}的{step.LABEL}")
            continue
        moved = _moved(desk, opinion, step, was, contact)
        for wrong in own_problems(opinion, moved, today=desk.today()):
            raise _refused(wrong)
        writing.put(naming(writing, moved), opened=step)
    for deed in Reading(writing.connection).all(Deed, Condition("opinion", "=", opinion.uid)):
        if deed.day == was.day:
            writing.put(naming(writing, replace(deed, day=contact.day)), opened=deed)


def _refused(wrong: str) -> StepRefused:
    return StepRefused(f"{wrong}，{NOTHING_CHANGED}填写的内容还在，请核对日期。")


def _moved(desk: Desk, opinion: Opinion, step: StepRecord, was: Contact, contact: Contact) -> StepRecord:
    """The step on the right day, with its time limit where that came from the rule."""
    if isinstance(step, Assignment) and step.due == due_date(was.day, desk.profile, urgency=opinion.urgency):
        due = due_date(contact.day, desk.profile, urgency=opinion.urgency)
        return replace(step, day=contact.day, due=due)
    return replace(step, day=contact.day)


def _said(changes: Sequence[Change], visitors: Sequence[Visitor], opened: StandingVisit) -> str:
    """What was changed, in the words of the form."""
    named = {each.uid: each.name or "匿名" for each in (*opened.visitors, *visitors)}
    fields: list[str] = []
    people: list[str] = []
    for change in changes:
        if change.kind == Visitor.KIND and change.outcome in ("new", "removed"):
            people.append(f"{'增加' if change.outcome == 'new' else '去掉'}来访人{named[change.uid]}")
        elif change.outcome == "changed":
            cls = kind_named(change.kind)
            own = change.kind in (Contact.KIND, Visitor.KIND)
            fields += [cls.spec(wire).label if own else f"意见的{cls.spec(wire).label}"
                       for wire in change.fields if own or wire in ("category", "confidential")]  # fmt: skip
        elif change.outcome == "new" and change.kind == Opinion.KIND:
            people.append("形成一件意见")
    return "；".join(part for part in ("、".join(dict.fromkeys(fields)), *people) if part)
