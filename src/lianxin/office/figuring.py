"""Figures of a period from the ledger, for page, return, documents and command line alike."""

from __future__ import annotations

from lianxin.domain.counts import Facts
from lianxin.domain.figures import Figures, figures
from lianxin.domain.periods import Period
from lianxin.domain.records import (
    Assignment,
    Contact,
    Mandate,
    Opinion,
    ReceptionDay,
    Region,
    Reply,
    Rota,
    Routing,
    Satisfaction,
    Station,
    Visitor,
)
from lianxin.office.desk import Desk
from lianxin.store.reading import Reading


def period_of(desk: Desk, text: str) -> Period:
    """The period as this county counts it (统计截止日). Raises BadPeriod."""
    return Period.parse(text, cutoff=desk.profile.cutoff_day.value)


def facts_of(reading: Reading) -> Facts:
    """Everything figures are made of, in one snapshot."""
    return Facts(
        days=reading.all(ReceptionDay),
        rota=reading.all(Rota),
        contacts=reading.all(Contact),
        visitors=reading.all(Visitor),
        opinions=reading.all(Opinion),
        routings=reading.all(Routing),
        assignments=reading.all(Assignment),
        replies=reading.all(Reply),
        satisfactions=reading.all(Satisfaction),
        stations=reading.all(Station),
        mandates=reading.all(Mandate),
        regions=reading.all(Region),
    )


def figures_of(desk: Desk, period: Period) -> Figures:
    """The figures of one period."""
    with desk.store.reading() as reading:
        return figures(period, facts_of(reading), profile=desk.profile)
