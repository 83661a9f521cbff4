"""Steps on an opinion: routing, assigning, replying, asking back. Each is a record; the state is computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, TypeVar

from lianxin.domain.casework import CaseState, due_date
from lianxin.domain.records import Assignment, Contact, Opinion, Reply, Routing, Satisfaction, Visitor
from lianxin.office.desk import Desk, main_station, office_of
from lianxin.office.numbers import next_number, short_number
from lianxin.office.people_named import naming
from lianxin.office.registering import put_contact, put_opinion, title_of
from lianxin.store.reading import Reading
from lianxin.store.writing import Change, Writing

NEEDS_WORDS = ("C", "D")
"""Results that need a reason in words (domain.md 3.12)."""


@dataclass(frozen=True)
class Case:
    """One opinion with all steps taken on it, oldest first."""

    opinion: Opinion
    routings: tuple[Routing, ...]
    assignments: tuple[Assignment, ...]
    replies: tuple[Reply, ...]
    satisfactions: tuple[Satisfaction, ...]


class MergeRefused(ValueError):
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
    due: date | None = None,
    reason: str | None = None,
    demand: str | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """梳理分流: where the matter goes; with a unit it is assigned in the same step."""
    with desk.store.writing(reason="梳理分流") as writing:
        step = Routing(uid=writing.new_uid(), opinion=opinion, day=day, route=way, reason=reason)
        writing.put(naming(writing, step))
        if unit is not None:
            _assign(writing, opinion=opinion, day=day, unit=unit, due=due, demand=demand)
        if draft_key:
            writing.forget_draft(Routing.KIND, draft_key)
        return tuple(writing.changes)


def assign(
    desk: Desk,
    *,
    opinion: str,
    day: date,
    unit: str,
    due: date | None = None,
    demand: str | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """交办, 改派 or 重新交办: the matter is handed to a unit, which is the handling one from then on."""
    with desk.store.writing(reason="交办") as writing:
        _assign(writing, opinion=opinion, day=day, unit=unit, due=due, demand=demand)
        if draft_key:
            writing.forget_draft(Assignment.KIND, draft_key)
        return tuple(writing.changes)


def _assign(
    writing: Writing, *, opinion: str, day: date, unit: str, due: date | None, demand: str | None
) -> None:
    code = office_of(Reading(writing.connection)).code
    number = next_number(writing, code, Assignment, day)
    step = Assignment(
        uid=writing.new_uid(), opinion=opinion, number=number, day=day, unit=unit, due=due, demand=demand
    )
    writing.put(naming(writing, step))


def due_for(desk: Desk, opinion: Opinion, state: CaseState, day: date) -> date:
    """The last day a unit has by the rules in force when the matter is handed to it on `day`."""
    if state.round:
        return desk.profile.limit(day, desk.profile.redo)
    return due_date(day, desk.profile, track=opinion.track, urgency=opinion.urgency)


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
    draft_key: str = "",
) -> tuple[Change, ...]:
    """登记答复: what the unit answered, with the date on the paper."""
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
        )
        writing.put(naming(writing, reply))
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
    draft_key: str = "",
) -> tuple[Change, ...]:
    """反馈结果: what the visitor (or on a deputy's own matter the deputy) thought of it."""
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
        )
        writing.put(naming(writing, feedback))
        if draft_key:
            writing.forget_draft(Satisfaction.KIND, draft_key)
        return tuple(writing.changes)


def merge_opinion(
    desk: Desk, *, opinion: str, into: str, day: date, reason: str | None = None, draft_key: str = ""
) -> tuple[Change, ...]:
    """合并办理: the matter is handled with another one from now on. Raises MergeRefused, which changes nothing."""
    with desk.store.writing(reason="合并办理") as writing:
        reading = Reading(writing.connection)
        own, main = reading.get(Opinion, opinion), reading.get(Opinion, into)
        if own is None or main is None:
            raise MergeRefused("没有找到这件意见，没有改动。请重新选择。")
        if own.uid == main.uid:
            raise MergeRefused("不能合并到自己，请选另一件。")
        if main.merged_into:
            raise MergeRefused("选中的这件本身已经合并到别的意见，请直接选那一件。")
        writing.put(replace(own, merged_into=main.uid), opened=own)
        told = f"合并到 {short_number(main.number or '')} {main.title}".strip()
        said = f"{told}。{reason}" if reason else told
        step = Routing(uid=writing.new_uid(), opinion=opinion, day=day, route="merged", reason=said)
        writing.put(naming(writing, step))
        if draft_key:
            writing.forget_draft(Routing.KIND, draft_key)
        return tuple(writing.changes)


def change_opinion(
    desk: Desk,
    opinion: Opinion,
    *,
    opened: Opinion | None = None,
    reason: str = "修改意见",
    draft_key: str = "",
) -> Change:
    """Stores a corrected opinion; with `opened` only what was changed in the form is written."""
    with desk.store.writing(reason=reason) as writing:
        change = writing.put(naming(writing, opinion), opened=opened)
        if draft_key:
            writing.forget_draft(Opinion.KIND, draft_key)
        return change


def cases_of(reading: Reading, opinions: Sequence[Opinion]) -> list[Case]:
    """The opinions with their steps, in the order given; a few questions for any number of them."""
    uids = [opinion.uid for opinion in opinions]
    routings = _grouped(reading.children(Routing, "opinion", uids))
    assignments = _grouped(reading.children(Assignment, "opinion", uids))
    replies = _grouped(reading.children(Reply, "opinion", uids))
    satisfactions = _grouped(reading.children(Satisfaction, "opinion", uids))
    return [
        Case(
            opinion,
            tuple(routings.get(opinion.uid, ())),
            tuple(assignments.get(opinion.uid, ())),
            tuple(replies.get(opinion.uid, ())),
            tuple(satisfactions.get(opinion.uid, ())),
        )
        for opinion in opinions
    ]


class _Step(Protocol):
    @property
    def opinion(self) -> str: ...


S = TypeVar("S", bound=_Step)


def _grouped(steps: Iterable[S]) -> dict[str, list[S]]:
    found: dict[str, list[S]] = {}
    for step in steps:
        found.setdefault(step.opinion, []).append(step)
    return found
