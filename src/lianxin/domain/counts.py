"""What a figure is: a number with its exact value, its definition in words and the records it counts."""

from __future__ import annotations

import dataclasses as dc
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple, Protocol, TypeAlias, TypeVar

from lianxin.domain.casework.standing import CaseState, state_of
from lianxin.domain.casework.steps import Further
from lianxin.domain.records import (
    Activity,
    Assignment,
    Attendance,
    Commitment,
    Contact,
    Deed,
    DeputyGroup,
    Evaluation,
    Honour,
    Mandate,
    Meeting,
    Opinion,
    PublicityPiece,
    ReceptionDay,
    Region,
    Reply,
    ReportSession,
    Rota,
    Routing,
    Satisfaction,
    Station,
    StationCheck,
    StationCheckItem,
    TallyRow,
    Term,
    TypicalCase,
    Visitor,
    YearReport,
)
from lianxin.domain.rules import RuleProfile

NOTHING = "—"
"""Shown for a share of nothing: neither 0 % nor 100 % would be true."""

Counted: TypeAlias = Literal[
    "contact",
    "opinion",
    "reception-day",
    "rota",
    "person",
    "mandate",
    "station",
    "supervision",
    "reply",
    "deed",
    "co-handling",
    "year-report",
    "commitment",
    "evaluation",
    "activity",
    "meeting",
    "honour",
    "publicity",
    "typical-case",
    "group",
]


class Past(NamedTuple):
    """A matter of the public that was over before all days asked for: handed to one unit, answered and judged well.

    Only the rates that go back over the years still count it. `due` is the limit that was set, if one was.
    """

    uid: str
    assigned: date
    answered: date
    due: date | None
    urgency: str


@dc.dataclass(frozen=True)
class Facts:
    """The records figures are made of, from one read snapshot; more than the period needs does no harm.

    A matter stands either whole among `opinions` and their steps, or in `past`.
    """

    days: Sequence[ReceptionDay] = ()
    rota: Sequence[Rota] = ()
    contacts: Sequence[Contact] = ()
    visitors: Sequence[Visitor] = ()
    opinions: Sequence[Opinion] = ()
    past: Sequence[Past] = ()
    routings: Sequence[Routing] = ()
    assignments: Sequence[Assignment] = ()
    replies: Sequence[Reply] = ()
    satisfactions: Sequence[Satisfaction] = ()
    further: Sequence[Further] = ()
    stations: Sequence[Station] = ()
    mandates: Sequence[Mandate] = ()
    regions: Sequence[Region] = ()
    deeds: Sequence[Deed] = ()
    terms: Sequence[Term] = ()
    checks: Sequence[StationCheck] = ()
    check_items: Sequence[StationCheckItem] = ()
    reports: Sequence[YearReport] = ()
    sessions: Sequence[ReportSession] = ()
    evaluations: Sequence[Evaluation] = ()
    tallies: Sequence[TallyRow] = ()
    commitments: Sequence[Commitment] = ()
    township_shares: bool = False
    activities: Sequence[Activity] = ()
    meetings: Sequence[Meeting] = ()
    honours: Sequence[Honour] = ()
    publicity: Sequence[PublicityPiece] = ()
    attendances: Sequence[Attendance] = ()
    groups: Sequence[DeputyGroup] = ()
    typical: Sequence[TypicalCase] = ()


@dc.dataclass(frozen=True)
class Figure:
    """One number of a return. `value` is exact; `shown` is what people read; `part` of `whole` for shares."""

    key: str
    label: str
    unit: str
    value: int | Fraction | None
    shown: str
    definition: str
    kind: Counted
    uids: tuple[str, ...]
    part: int | None = None
    whole: int | None = None


@dc.dataclass(frozen=True)
class Case:
    """A matter with its state at the end of the period."""

    opinion: Opinion
    state: CaseState

    @property
    def uid(self) -> str:
        """The uid of the matter."""
        return self.opinion.uid


def decimal(value: Fraction) -> str:
    """One decimal, halves away from zero: 323/404 × 100 → 80.0. Only for showing, never for comparing."""
    tenths = abs(value) * 10
    whole = (tenths.numerator * 2 + tenths.denominator) // (tenths.denominator * 2)
    sign = "-" if value < 0 and whole else ""
    return f"{sign}{whole // 10}.{whole % 10}"


def percent(value: Fraction | None) -> str:
    """93.8%, or a dash when there is nothing to take a share of."""
    return NOTHING if value is None else f"{decimal(value * 100)}%"


def number(
    key: str,
    label: str,
    unit: str,
    definition: str,
    kind: Counted,
    uids: Iterable[str],
    value: int | None = None,
) -> Figure:
    """A count of records, or a sum over them when `value` is given."""
    found = tuple(uids)
    counted = len(found) if value is None else value
    return Figure(key, label, unit, counted, str(counted), definition, kind, found)


def share(key: str, label: str, definition: str, kind: Counted, part: Sequence[str], whole: int) -> Figure:
    """An exact share; the records of the part are the ones it leads to."""
    value = Fraction(len(part), whole) if whole else None
    return Figure(key, label, "%", value, percent(value), definition, kind, tuple(part), len(part), whole)


def mean(
    key: str, label: str, unit: str, definition: str, kind: Counted, amounts: Mapping[str, int]
) -> Figure:
    """An exact average of one amount per record."""
    value = Fraction(sum(amounts.values()), len(amounts)) if amounts else None
    shown = NOTHING if value is None else decimal(value)
    return Figure(
        key, label, unit, value, shown, definition, kind, tuple(amounts), sum(amounts.values()), len(amounts)
    )


class _OfMatter(Protocol):
    @property
    def opinion(self) -> str: ...


S = TypeVar("S", bound=_OfMatter)


def by_matter(steps: Iterable[S]) -> dict[str, list[S]]:
    """Steps under the uid of the matter they were taken on, in their order."""
    found: dict[str, list[S]] = {}
    for step in steps:
        found.setdefault(step.opinion, []).append(step)
    return found


def cases_at(facts: Facts, day: date, profile: RuleProfile) -> tuple[Case, ...]:
    """Every matter registered up to `day` with its state on that day; later steps do not count."""
    routings, assignments = by_matter(facts.routings), by_matter(facts.assignments)
    replies, satisfactions = by_matter(facts.replies), by_matter(facts.satisfactions)
    further = by_matter(facts.further)
    return tuple(
        Case(
            opinion,
            state_of(
                opinion,
                routings.get(opinion.uid, ()),
                assignments.get(opinion.uid, ()),
                replies.get(opinion.uid, ()),
                satisfactions.get(opinion.uid, ()),
                further.get(opinion.uid, ()),
                today=day,
                profile=profile,
            ),
        )
        for opinion in facts.opinions
        if opinion.registered <= day
    )


def serving(mandates: Iterable[Mandate], day: date) -> tuple[Mandate, ...]:
    """The mandates held on a day: elected by then and not ended, or ended only later."""
    return tuple(
        mandate
        for mandate in mandates
        if (mandate.elected is None or mandate.elected <= day)
        and (mandate.state == "serving" or (mandate.state_day is not None and mandate.state_day > day))
    )


def persons_in(mandates: Iterable[Mandate]) -> list[str]:
    """Who holds these mandates, each once, in order."""
    return list(dict.fromkeys(mandate.person for mandate in mandates))


def term_at(terms: Iterable[Term], day: date) -> Term | None:
    """The township term that runs on a day; while two are open, the one already begun last."""
    begun = [
        term
        for term in terms
        if term.level == "township" and term.start is not None and term.start <= day
        if term.end is None or day < term.end
    ]
    return max(begun, key=lambda term: term.ordinal, default=None)


def attended(rota: Rota) -> str | None:
    """The uid of the person who was there for this place on the rota, None when nobody was."""
    if rota.attendance == "substituted":
        return rota.substitute or rota.person
    return rota.person if rota.attendance == "present" else None
