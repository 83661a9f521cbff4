"""Steps on an opinion: routing, assigning, replying, asking back. Each is a record; the state is computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, TypeVar

from lianxin.domain.records import Assignment, Opinion, Reply, Routing, Satisfaction
from lianxin.office.desk import Desk, office_of
from lianxin.office.numbers import next_number
from lianxin.store.reading import Reading
from lianxin.store.writing import Change


@dataclass(frozen=True)
class Case:
    """One opinion with all steps taken on it, oldest first."""

    opinion: Opinion
    routings: tuple[Routing, ...]
    assignments: tuple[Assignment, ...]
    replies: tuple[Reply, ...]
    satisfactions: tuple[Satisfaction, ...]


def route(
    desk: Desk,
    *,
    opinion: str,
    way: str,
    day: date,
    unit: str | None = None,
    due: date | None = None,
    reason: str | None = None,
) -> tuple[Change, ...]:
    """梳理分流: where the matter goes; with a unit it is assigned in the same step."""
    with desk.store.writing(reason="梳理分流") as writing:
        writing.put(Routing(uid=writing.new_uid(), opinion=opinion, day=day, route=way, reason=reason))
        if unit is not None:
            code = office_of(Reading(writing.connection)).code
            number = next_number(writing, code, Assignment, day)
            writing.put(
                Assignment(uid=writing.new_uid(), opinion=opinion, number=number, day=day, unit=unit, due=due)
            )
        return tuple(writing.changes)


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
) -> tuple[Change, ...]:
    """登记答复: what the unit answered, with the date on the paper."""
    with desk.store.writing(reason="登记答复") as writing:
        writing.put(
            Reply(
                uid=writing.new_uid(),
                opinion=opinion,
                day=day,
                unit=unit,
                means=means,
                result=result,
                words=words,
                document=document,
            )
        )
        return tuple(writing.changes)


def record_feedback(
    desk: Desk, *, opinion: str, day: date, overall: str, means: str = "phone", words: str | None = None
) -> tuple[Change, ...]:
    """反馈结果: what the visitor thought of it."""
    with desk.store.writing(reason="反馈评价") as writing:
        writing.put(
            Satisfaction(
                uid=writing.new_uid(), opinion=opinion, day=day, overall=overall, means=means, words=words
            )
        )
        return tuple(writing.changes)


def change_opinion(desk: Desk, opinion: Opinion, *, reason: str = "修改意见") -> Change:
    """Stores a corrected opinion."""
    with desk.store.writing(reason=reason) as writing:
        return writing.put(replace(opinion))


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
