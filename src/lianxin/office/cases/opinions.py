"""Steps on an opinion: routing, assigning, replying, asking back. Each is a record; the state is computed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from lianxin.domain.casework.course import needs_chair
from lianxin.domain.casework.standing import DEPUTIES_TRACKS, CaseState, limit_of
from lianxin.domain.casework.step_checks import NEEDS_WORDS, NOTHING_CHANGED, locked
from lianxin.domain.dates import show_day
from lianxin.domain.records import Assignment, Contact, Opinion, Reply, Routing, Satisfaction, Visitor
from lianxin.office.cases.case import Case, cases_of
from lianxin.office.cases.steps import (
    StepRefused,
    check,
    check_unlocked,
    clerk_of,
    is_hard,
    matter_for,
    standing,
    take,
)
from lianxin.office.cases.visit_records import put_contact, put_opinion, title_of
from lianxin.office.desk import Desk, main_station, office_of
from lianxin.office.numbers import next_number, short_number
from lianxin.office.people_named import naming
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change, Writing

__all__ = ["NEEDS_WORDS", "Case", "StepRefused", "cases_of"]


class MergeRefused(StepRefused):
    """The two matters cannot be handled as one; the message says why."""


@dataclass(frozen=True)
class RegisteredOpinion:
    """A newly registered matter as stored, and what was written for it."""

    opinion: Opinion
    changes: tuple[Change, ...]


def register_opinion(
    desk: Desk, *, opinion: Opinion, visitor: Visitor | None = None, persons: int = 1, draft_key: str = ""
) -> RegisteredOpinion:
    """Registers a matter; with a visitor also the contact it was raised in, since people who came are counted.

    An empty title is made from the words. Numbers are given here.
    """
    with desk.store.writing(reason="登记意见") as writing:
        if visitor is not None:
            station = main_station(Reading(writing.connection))
            contact = Contact(
                uid=writing.new_uid(),
                channel=opinion.channel,
                day=opinion.registered,
                words=opinion.words,
                persons=persons,
                station=station.uid if station else None,
            )
            contact = put_contact(writing, contact, [visitor])
            opinion = replace(opinion, contact=contact.uid, village=opinion.village or visitor.village)
        stored = put_opinion(writing, replace(opinion, title=opinion.title or title_of(opinion.words)))
        if draft_key:
            writing.forget_draft(Opinion.KIND, draft_key)
        return RegisteredOpinion(stored, tuple(writing.changes))


def route(
    desk: Desk,
    *,
    opinion: str,
    way: str,
    day: date,
    unit: str | None = None,
    addressee: str | None = None,
    due: date | None = None,
    reason: str | None = None,
    demand: str | None = None,
    by: str | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """梳理分流: where the matter goes; with a unit it is assigned in the same step, unless the chair has to look
    first (see `hand_over`). Raises StepRefused.
    """
    with desk.store.writing(reason="梳理分流") as writing:
        if unit is None:
            put_routing(desk, writing, opinion=opinion, way=way, day=day, reason=reason, by=by)
        else:
            hand_over(
                desk, writing, opinion=opinion, way=way, day=day, unit=unit, addressee=addressee, due=due,
                reason=reason, demand=demand, by=by,
            )  # fmt: skip
        if draft_key:
            writing.forget_draft(Routing.KIND, draft_key)
        return tuple(writing.changes)


def assign(
    desk: Desk,
    *,
    opinion: str,
    day: date,
    unit: str,
    addressee: str | None = None,
    due: date | None = None,
    demand: str | None = None,
    reason: str | None = None,
    by: str | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """交办, 改派, 退回承办 or 重新交办: `unit` is the handling one from then on, `addressee` whom the paper is for.

    Raises StepRefused.
    """
    with desk.store.writing(reason="交办") as writing:
        put_assignment(
            desk, writing, opinion=opinion, day=day, unit=unit, addressee=addressee, due=due, demand=demand,
            reason=reason, by=by,
        )  # fmt: skip
        if draft_key:
            writing.forget_draft(Assignment.KIND, draft_key)
        return tuple(writing.changes)


def put_routing(
    desk: Desk,
    writing: Writing,
    *,
    opinion: str,
    way: str,
    day: date,
    reason: str | None = None,
    intended: str | None = None,
    by: str | None = None,
) -> None:
    """One routing inside a transaction. Raises StepRefused."""
    step = Routing(
        uid=writing.new_uid(),
        opinion=opinion,
        day=day,
        route=way,
        reason=reason,
        intended=intended,
        decided_by=clerk_of(writing, by),
    )
    take(desk, writing, step)


def hand_over(
    desk: Desk,
    writing: Writing,
    *,
    opinion: str,
    way: str,
    day: date,
    unit: str,
    addressee: str | None = None,
    due: date | None = None,
    reason: str | None = None,
    demand: str | None = None,
    by: str | None = None,
) -> bool:
    """Routes a matter and hands it to its unit in one transaction; False when it now waits for the chair.

    A matter of a group or a sensitive one keeps the unit as the intended one until the chair has agreed
    (domain.md 3.12). Raises StepRefused.
    """
    own = matter_for(writing, opinion)
    waits = needs_chair(own)
    put_routing(
        desk, writing, opinion=opinion, way=way, day=day, reason=reason, by=by,
        intended=unit if waits else None,
    )  # fmt: skip
    if waits and standing(desk, writing, own)[1].code == "chair":
        return False
    put_assignment(
        desk, writing, opinion=opinion, day=day, unit=unit, addressee=addressee, due=due, demand=demand, by=by
    )
    return True


def put_assignment(
    desk: Desk,
    writing: Writing,
    *,
    opinion: str,
    day: date,
    unit: str,
    addressee: str | None = None,
    due: date | None = None,
    demand: str | None = None,
    reason: str | None = None,
    by: str | None = None,
) -> None:
    """One assignment inside a transaction, numbered once it is allowed. Raises StepRefused."""
    step = Assignment(
        uid=writing.new_uid(), opinion=opinion, day=day, unit=unit, addressee=addressee, due=due,
        demand=demand, reason=reason, by=clerk_of(writing, by),
    )  # fmt: skip
    ruled = check(desk, writing, step)
    assert isinstance(ruled, Assignment)
    code = office_of(Reading(writing.connection)).code
    writing.put(naming(writing, replace(ruled, number=next_number(writing, code, Assignment, day))))


def due_for(desk: Desk, opinion: Opinion, state: CaseState, day: date) -> date:
    """The last day a unit has by the rules in force when the matter is handed to it on `day`."""
    with desk.store.reading() as reading:
        hard = is_hard(reading, opinion)
    return limit_of(opinion, state, day, desk.profile, hard=hard)


def record_reply(
    desk: Desk,
    *,
    opinion: str,
    day: date,
    result: str | None,
    words: str | None,
    unit: str | None = None,
    means: str = "written",
    document: str | None = None,
    promise: str | None = None,
    promised_day: date | None = None,
    by: str | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """登记答复: what the unit answered, with the date on the paper. Raises StepRefused."""
    with desk.store.writing(reason="登记答复") as writing:
        reply = Reply(
            uid=writing.new_uid(),
            opinion=opinion,
            day=day,
            unit=unit,
            means=means,
            result=result,
            words=words,
            document=document,
            promise=promise,
            promised_day=promised_day,
            by=clerk_of(writing, by),
        )
        take(desk, writing, reply)
        if draft_key:
            writing.forget_draft(Reply.KIND, draft_key)
        return tuple(writing.changes)


def record_feedback(
    desk: Desk,
    *,
    opinion: str,
    day: date,
    overall: str,
    means: str = "phone",
    words: str | None = None,
    whom: str = "visitor",
    attempts: int | None = None,
    attitude: str | None = None,
    outcome: str | None = None,
    by: str | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """反馈结果: what the visitor (or on a deputy's own matter the deputy) thought of it. Raises StepRefused."""
    with desk.store.writing(reason="反馈评价") as writing:
        feedback = Satisfaction(
            uid=writing.new_uid(),
            opinion=opinion,
            day=day,
            overall=overall,
            means=means,
            words=words,
            whom=whom,
            attempts=attempts,
            attitude=attitude,
            outcome=outcome,
            by=clerk_of(writing, by),
        )
        take(desk, writing, feedback)
        if draft_key:
            writing.forget_draft(Satisfaction.KIND, draft_key)
        return tuple(writing.changes)


def merge_opinion(
    desk: Desk, *, opinion: str, into: str, day: date, reason: str | None = None, draft_key: str = ""
) -> tuple[Change, ...]:
    """合并办理: the matter is handled with another one from now on. Raises StepRefused, which changes nothing."""
    with desk.store.writing(reason="合并办理") as writing:
        put_merger(desk, writing, opinion=opinion, into=into, day=day, reason=reason)
        if draft_key:
            writing.forget_draft(Routing.KIND, draft_key)
        return tuple(writing.changes)


def put_merger(
    desk: Desk, writing: Writing, *, opinion: str, into: str, day: date, reason: str | None = None
) -> None:
    """One merger inside a transaction; opinions go with opinions, suggestions with suggestions. Raises StepRefused."""
    own, main = _to_merge(Reading(writing.connection), opinion, into)
    check_unlocked(desk, writing, main, "再合并进别的意见")
    told = f"合并到 {short_number(main.number or '')} {main.title}".strip()
    said = f"{told}。{reason}" if reason else told
    step = Routing(
        uid=writing.new_uid(), opinion=opinion, day=day, route="merged", reason=said,
        decided_by=clerk_of(writing),
    )  # fmt: skip
    check(desk, writing, step)
    # Joined first: only then are those who raised the other one known to the words of the step.
    writing.put(replace(own, merged_into=main.uid), opened=own)
    writing.put(naming(writing, step))


def _to_merge(reading: Reading, opinion: str, into: str) -> tuple[Opinion, Opinion]:
    own, main = reading.get(Opinion, opinion), reading.get(Opinion, into)
    if own is None or main is None:
        raise MergeRefused("没有找到这件意见，没有改动。请重新选择。")
    if own.uid == main.uid:
        raise MergeRefused("不能合并到自己，没有改动。请选另一件。")
    if main.merged_into:
        raise MergeRefused("选中的这件本身已经合并到别的意见，没有改动。请直接选那一件。")
    if (own.track in DEPUTIES_TRACKS) != (main.track in DEPUTIES_TRACKS):
        raise MergeRefused("代表议案建议和群众意见不能互相合并，没有改动。请选同一类的。")
    others = reading.count(Opinion, Condition("merged_into", "=", own.uid))
    if others:
        raise MergeRefused(f"已有{others}件合并到这件，没有改动。请先把它们拆开，或者反过来合并。")
    return own, main


def change_opinion(
    desk: Desk,
    opinion: Opinion,
    *,
    opened: Opinion | None = None,
    why: str = "",
    draft_key: str = "",
) -> Change:
    """Stores a corrected opinion; with `opened` only what was changed in the form is written.

    Raises StepRefused when it would have been registered after a step taken on it, when it is archived, and when
    its category is changed after it was over without `why` (domain.md 3.12), which stands in the history.
    """
    with desk.store.writing(reason=f"修改意见：{why}" if why else "修改意见") as writing:
        check_change(desk, writing, opinion, opened=opened, why=why)
        change = writing.put(naming(writing, opinion), opened=opened)
        if draft_key:
            writing.forget_draft(Opinion.KIND, draft_key)
        return change


def check_change(
    desk: Desk, writing: Writing, opinion: Opinion, *, opened: Opinion | None = None, why: str = ""
) -> None:
    """What `change_opinion` asks before it writes, `opened` being how the matter stood. Raises StepRefused."""
    case, state = standing(desk, writing, matter_for(writing, opinion.uid))
    if state.archived is not None:
        raise StepRefused(locked(state, "修改"))
    if not state.open and case.opinion.category != opinion.category and not why.strip():
        raise StepRefused(f"这件已经了结，改类别要写明理由，{NOTHING_CHANGED}")
    if opened is not None and opened.registered < opinion.registered:
        steps = (*case.routings, *case.assignments, *case.replies, *case.satisfactions, *case.further)
        first = min((step.day for step in steps if step.day is not None), default=date.max)
        if opinion.registered > first:
            raise StepRefused(f"登记日期晚于{show_day(first)}的办理步骤，{NOTHING_CHANGED}请核对日期。")
