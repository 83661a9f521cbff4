"""The figures of one period, for tests that ask for nothing else."""

from __future__ import annotations

from lianxin.domain.figures.of_period import Figures, figures
from lianxin.domain.periods import Period
from lianxin.office.desk import Desk
from lianxin.office.figuring import facts_of


def figures_of(desk: Desk, period: Period) -> Figures:
    """What page, return and command line count, without the charts."""
    with desk.store.reading() as reading:
        return figures(period, facts_of(reading, period), profile=desk.profile)
