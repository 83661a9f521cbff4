"""The figures of a period, each with its definition; page, return, documents and command line all use these."""

from __future__ import annotations

import dataclasses as dc
from collections.abc import Iterable, Mapping, Sequence

from lianxin.domain import codes
from lianxin.domain.counts import NOTHING, Case, Facts, Figure, cases_at, decimal, percent
from lianxin.domain.opinion_figures import (
    Reconciliation,
    collected_cases,
    collected_figures,
    handling_figures,
    judgement_figures,
    reconciliation,
    suggestion_figures,
)
from lianxin.domain.periods import BadPeriod, Period
from lianxin.domain.reception_figures import contact_figures, reception_figures, station_figures
from lianxin.domain.rules import RuleProfile
from lianxin.domain.suggestion_figures import deputies_figures
from lianxin.domain.supervision_figures import supervision_figures

__all__ = [
    "NOTHING",
    "RETURN_COLUMNS",
    "BadPeriod",
    "Case",
    "Facts",
    "Figure",
    "Figures",
    "Period",
    "Point",
    "Reconciliation",
    "by_category",
    "by_channel",
    "by_month",
    "by_village",
    "cases_at",
    "decimal",
    "figures",
    "paragraph",
    "percent",
]

RETURN_COLUMNS = (
    "stations",
    "stationed",
    "stationed_nation",
    "stationed_province",
    "stationed_city",
    "stationed_county",
    "stationed_township",
    "reception_days",
    "reception_deputies",
    "received_persons",
    "home_visit_households",
    "home_visit_persons",
    "symposiums",
    "opinions",
    "answered_on_spot",
    "assigned",
    "to_county",
    "guided",
    "to_suggestion",
    "deputy_solved",
    "withdrawn",
    "unrouted",
    "merged",
    "closed",
    "due_closed_rate",
    "satisfaction_rate",
    "suggestions",
    "suggestions_closed",
)
"""Columns of the usual county return (domain.md 6.4) that exist so far, in its order."""


@dc.dataclass(frozen=True)
class Figures:
    """All figures of one period and the line that makes them reconcile."""

    period: Period
    all: tuple[Figure, ...]
    reconciliation: Reconciliation

    def __getitem__(self, key: str) -> Figure:
        for figure in self.all:
            if figure.key == key:
                return figure
        raise KeyError(key)

    def columns(self, keys: Iterable[str] = RETURN_COLUMNS) -> tuple[Figure, ...]:
        """The figures of a return, in the order of its columns."""
        found: Mapping[str, Figure] = {figure.key: figure for figure in self.all}
        return tuple(found[key] for key in keys)


@dc.dataclass(frozen=True)
class Point:
    """One bar of a chart: what it stands for, its value, the records behind it."""

    key: str
    label: str
    value: int
    uids: tuple[str, ...]


def figures(
    period: Period, facts: Facts, *, profile: RuleProfile, cases: Sequence[Case] | None = None
) -> Figures:
    """Every figure of the period. Counts go by the date of the event, states by the end of the period.

    `cases` saves computing `cases_at(facts, period.end, profile)` again when it is at hand.
    """
    cases = cases_at(facts, period.end, profile) if cases is None else cases
    found = [
        *station_figures(period, facts),
        *reception_figures(period, facts),
        *contact_figures(period, facts),
        *collected_figures(period, cases),
        *handling_figures(period, cases),
        *judgement_figures(period, cases),
        *supervision_figures(period, facts, cases),
        *suggestion_figures(period, cases),
        *deputies_figures(period, facts, cases, profile),
    ]
    return Figures(period, tuple(found), reconciliation(period, cases))


def by_month(period: Period, facts: Facts) -> tuple[Point, ...]:
    """联系群众人次 of every statistical month in the period, the empty ones too."""
    uids: dict[Period, list[str]] = {part: [] for part in period.parts}
    persons: dict[Period, int] = dict.fromkeys(period.parts, 0)
    for contact in facts.contacts:
        month = Period.containing(contact.day, cutoff=period.cutoff)
        if month in uids:
            uids[month].append(contact.uid)
            persons[month] += contact.persons
    return tuple(
        Point(part.code, f"{part.first_month % 12 + 1}月", persons[part], tuple(uids[part]))
        for part in period.parts
    )


def by_category(
    period: Period, facts: Facts, *, profile: RuleProfile, cases: Sequence[Case] | None = None
) -> tuple[Point, ...]:
    """收集意见 by category, the most frequent first; categories without any are left out."""
    cases = cases_at(facts, period.end, profile) if cases is None else cases
    counted, _ = collected_cases(period, cases)
    grouped = _grouped((case.opinion.category, case.uid) for case in counted)
    return _ranked(grouped, {code: codes.CATEGORY.label_of(code) for code in grouped})


def by_village(
    period: Period, facts: Facts, *, profile: RuleProfile, cases: Sequence[Case] | None = None
) -> tuple[Point, ...]:
    """收集意见 by village, the most frequent first; without a village they stand together under 未填写."""
    cases = cases_at(facts, period.end, profile) if cases is None else cases
    counted, _ = collected_cases(period, cases)
    grouped = _grouped((case.opinion.village or "", case.uid) for case in counted)
    names = {region.uid: region.short_name or region.name for region in facts.regions}
    return _ranked(grouped, {uid: names.get(uid, "未填写") for uid in grouped})


def by_channel(period: Period, facts: Facts) -> tuple[Point, ...]:
    """联系群众人次 by channel, the most frequent first."""
    contacts = [contact for contact in facts.contacts if contact.day in period]
    grouped = _grouped((contact.channel, contact.uid) for contact in contacts)
    persons: dict[str, int] = {}
    for contact in contacts:
        persons[contact.channel] = persons.get(contact.channel, 0) + contact.persons
    points = [
        Point(code, codes.CHANNEL.label_of(code), persons[code], tuple(uids))
        for code, uids in grouped.items()
    ]
    return tuple(sorted(points, key=lambda point: (-point.value, point.key)))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, uid in pairs:
        found.setdefault(key, []).append(uid)
    return found


def _ranked(grouped: Mapping[str, list[str]], labels: Mapping[str, str]) -> tuple[Point, ...]:
    points = [Point(key, labels[key], len(uids), tuple(uids)) for key, uids in grouped.items()]
    return tuple(sorted(points, key=lambda point: (-point.value, point.key)))


def paragraph(told: Figures, office: str) -> str:
    """复制成一段话: the figures people write into reports, as one paragraph to paste."""
    said = {figure.key: figure.shown for figure in told.all}
    parts = [
        f"{told.period.label}，{office}开展代表接待日{said['reception_days']}次，"
        f"代表参加{said['reception_deputies']}人次，联系群众{said['contact_persons']}人次"
        f"（其中接待{said['received_persons']}人次、走访{said['home_visit_households']}户次）。",
        f"收集意见建议{said['opinions']}条："
        + "、".join(f"{label}{count}条" for label, count in told.reconciliation.parts if count)
        + f"；另有合并件{said['merged']}条。"
        if told["opinions"].value
        else f"收集意见建议0条，合并件{said['merged']}条。",
        f"本期办结{said['closed']}件，应办件办结率{said['due_closed_rate']}，"
        f"满意率{said['satisfaction_rate']}，期末超期{said['overdue']}件。",
    ]
    return "".join(parts)
