"""The figures of a period, each with its definition; page, return, documents and command line all use these."""

from __future__ import annotations

import dataclasses as dc
from collections.abc import Mapping, Sequence

from lianxin.domain.counts import NOTHING, Case, Facts, Figure, cases_at, decimal, percent, term_at
from lianxin.domain.figures.activity import activity_figures
from lianxin.domain.figures.judgement import judgement_figures
from lianxin.domain.figures.opinion import (
    Reconciliation,
    collected_figures,
    handling_figures,
    limits_of,
    reconciliation,
)
from lianxin.domain.figures.reception import contact_figures, reception_figures
from lianxin.domain.figures.reporting import reporting_figures
from lianxin.domain.figures.station import station_figures
from lianxin.domain.figures.suggestion import deputies_figures
from lianxin.domain.figures.supervision import supervision_figures
from lianxin.domain.figures.year import year_figures
from lianxin.domain.periods import BadPeriod, Period
from lianxin.domain.rules import RuleProfile

__all__ = [
    "MONTH_COLUMNS",
    "NOTHING",
    "BadPeriod",
    "Case",
    "Facts",
    "Figure",
    "Figures",
    "Period",
    "Reconciliation",
    "cases_at",
    "columns_of",
    "decimal",
    "figures",
    "paragraph",
    "percent",
]

MONTH_COLUMNS = (
    "stations", "stationed", "stationed_nation", "stationed_province", "stationed_city", "stationed_county",
    "stationed_township", "reception_days", "reception_deputies", "received_persons", "home_visit_households",
    "home_visit_persons", "symposiums", "opinions", "answered_on_spot", "assigned", "to_county", "guided",
    "to_suggestion", "deputy_solved", "withdrawn", "unrouted", "merged", "closed", "due_closed_rate",
    "satisfaction_rate", "oral_reports", "written_reports", "ballots", "activities", "inspections", "researches",
    "law_checks", "trainings", "suggestions", "suggestions_closed", "deeds",
    "publicity",
)  # fmt: skip
"""Columns of the usual county return of a month (domain.md 6.4), in its order."""
QUARTER_COLUMNS = (*MONTH_COLUMNS, "presidium_meetings", "supervised")
YEAR_COLUMNS = (
    *QUARTER_COLUMNS, "congresses", "reported_rate", "station_checks", "five_haves_rate", "theme_activities", "honours",
    "typical_cases",
)  # fmt: skip


def columns_of(period: Period) -> tuple[str, ...]:
    """The columns of a return: a quarter and a half-year add to a month, a year adds to a quarter."""
    if period.months >= 12:
        return YEAR_COLUMNS
    return QUARTER_COLUMNS if period.months >= 3 else MONTH_COLUMNS


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

    def columns(self) -> tuple[Figure, ...]:
        """The figures of the return of this period, in the order of its columns."""
        found: Mapping[str, Figure] = {figure.key: figure for figure in self.all}
        return tuple(found[key] for key in columns_of(self.period))


def figures(
    period: Period, facts: Facts, *, profile: RuleProfile, cases: Sequence[Case] | None = None
) -> Figures:
    """Every figure of the period. Counts go by the date of the event, states by the end of the period.

    `cases` saves computing `cases_at(facts, period.end, profile)` again when it is at hand.
    """
    cases = cases_at(facts, period.end, profile) if cases is None else cases
    term = term_at(facts.terms, period.end)
    found = [
        *station_figures(period, facts),
        *reception_figures(period, facts),
        *contact_figures(period, facts),
        *collected_figures(period, cases),
        *handling_figures(
            period,
            cases,
            since=term.start if term else None,
            past=facts.past,
            limits=limits_of(facts.past, profile),
        ),
        *judgement_figures(period, cases),
        *supervision_figures(period, facts, cases),
        *deputies_figures(period, facts, cases, profile),
        *year_figures(period, facts),
        *activity_figures(period, facts),
        *reporting_figures(period, facts, profile),
    ]
    return Figures(period, tuple(found), reconciliation(period, cases))


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
