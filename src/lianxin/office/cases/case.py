"""A matter with every step taken on it, and where it stands by the rules of this desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.domain.casework.standing import CaseState, state_of
from lianxin.domain.casework.steps import FURTHER_KINDS, Further
from lianxin.domain.counts import by_matter
from lianxin.domain.records import (
    Assignment,
    CountyReply,
    Opinion,
    Reply,
    Routing,
    Satisfaction,
)
from lianxin.office.desk import Desk
from lianxin.store.reading import Condition, Reading


@dataclass(frozen=True)
class Case:
    """One opinion with all steps taken on it, oldest first. `further` are those beyond the four usual ones."""

    opinion: Opinion
    routings: tuple[Routing, ...]
    assignments: tuple[Assignment, ...]
    replies: tuple[Reply, ...]
    satisfactions: tuple[Satisfaction, ...]
    further: tuple[Further, ...] = ()

    @property
    def last_answer(self) -> Reply | CountyReply | None:
        """The latest answer, whether a unit of this office gave it or the county; None before there is one."""
        answers: list[Reply | CountyReply] = list(self.replies)
        answers += [each for each in self.further if isinstance(each, CountyReply)]
        return max(answers, key=lambda each: (each.day, each.uid), default=None)


def promising(reading: Reading) -> list[str]:
    """The replies that promise something: few of all, and none has a day without words."""
    return sorted(str(uid) for (uid,) in reading.fields(Reply, ("uid",), Condition("promise", "filled")))


def cases_of(reading: Reading, opinions: Sequence[Opinion]) -> list[Case]:
    """The opinions with their steps, in the order given; a few questions for any number of them."""
    uids = [opinion.uid for opinion in opinions]
    routings = by_matter(reading.children(Routing, "opinion", uids))
    assignments = by_matter(reading.children(Assignment, "opinion", uids))
    replies = by_matter(reading.children(Reply, "opinion", uids))
    satisfactions = by_matter(reading.children(Satisfaction, "opinion", uids))
    further = by_matter(_further(reading, uids))
    return [
        Case(
            opinion,
            tuple(routings.get(opinion.uid, ())),
            tuple(assignments.get(opinion.uid, ())),
            tuple(replies.get(opinion.uid, ())),
            tuple(satisfactions.get(opinion.uid, ())),
            tuple(further.get(opinion.uid, ())),
        )
        for opinion in opinions
    ]


def _further(reading: Reading, uids: Sequence[str]) -> list[Further]:
    found: list[Further] = []
    for cls in FURTHER_KINDS:
        found += reading.children(cls, "opinion", uids)
    return found


def further_steps(reading: Reading) -> list[Further]:
    """Every further step of every matter."""
    found: list[Further] = []
    for cls in FURTHER_KINDS:
        found += reading.all(cls)
    return found


def state_in(desk: Desk, case: Case, today: date) -> CaseState:
    """The state of one matter by the rules of this desk."""
    return state_of(
        case.opinion,
        case.routings,
        case.assignments,
        case.replies,
        case.satisfactions,
        case.further,
        today=today,
        profile=desk.profile,
    )
