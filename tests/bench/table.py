"""One measured thing and its line in the table: by the clock, and by processor time where the machine is shared."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from statistics import median


@dataclass(frozen=True)
class Took:
    """Milliseconds of a work by the clock and of all threads of its process."""

    wall: float
    cpu: float

    def __add__(self, other: Took) -> Took:
        """One after the other."""
        return Took(self.wall + other.wall, self.cpu + other.cpu)

    def __sub__(self, earlier: Took) -> Took:
        """From then to now."""
        return Took(self.wall - earlier.wall, self.cpu - earlier.cpu)


class Verdict(Enum):
    """A bar is one for a quiet machine; on a busy one the processor time tells whether it would hold."""

    MET = "yes"
    MET_BY_CPU = "by CPU time"
    OVER = "no"


@dataclass(frozen=True)
class Measured:
    """A time, what it is held against in the same run, and the bar: a ratio with a base, else milliseconds.

    With `unit` the figure is no time and stands in `took.wall` alone.
    """

    what: str
    took: Took
    bar: float
    against: str = ""
    base: Took | None = None
    unit: str = "ms"

    @property
    def found(self) -> Took:
        """What is compared with the bar."""
        if self.base is None:
            return self.took
        return Took(self.took.wall / self.base.wall, self.took.cpu / self.base.cpu)

    @property
    def verdict(self) -> Verdict:
        """Within the bar by the clock, by processor time only, or by neither."""
        if self.found.wall <= self.bar:
            return Verdict.MET
        return Verdict.MET_BY_CPU if self.unit == "ms" and self.found.cpu <= self.bar else Verdict.OVER

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands in the table; `HEADS` are above them."""
        unit = "×" if self.base else f" {self.unit}"
        base = f"{self.against} ({_pair(self.base, ' ms')})" if self.base else "–"
        found = _pair(self.found, unit) if self.unit == "ms" else f"{self.found.wall:.3g}{unit}"
        return self.what, found, f"{self.bar:,g}{unit}", self.verdict.value, _taken(self), base


HEADS = ("what", "found: clock / CPU", "bar", "met", "took", "against, same run")
_WIDTHS = (52, 22, 12, 12, 24, 0)


def line_of(cells: tuple[str, ...]) -> str:
    """A line for the terminal."""
    return " ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()


def markdown_of(found: Iterable[Measured]) -> str:
    """The same table for a document."""
    lines = [HEADS, ("---",) * len(HEADS), *(measured.cells for measured in found)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _taken(measured: Measured) -> str:
    return _pair(measured.took, " ms") if measured.unit == "ms" else "–"


def _pair(took: Took, unit: str) -> str:
    return f"{_short(took.wall)} / {_short(took.cpu)}{unit}"


def _short(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"


class Watch:
    """Runs from its making; `processor` tells whose time counts, of the process or of this thread alone."""

    def __init__(self, processor: Callable[[], float] = time.process_time) -> None:
        self._processor = processor
        self._wall, self._cpu = time.perf_counter(), processor()

    def took(self) -> Took:
        """Since it was made."""
        return Took((time.perf_counter() - self._wall) * 1000, (self._processor() - self._cpu) * 1000)


def timed(work: Callable[[], object], processor: Callable[[], float] = time.process_time) -> Took:
    """What one call takes."""
    watch = Watch(processor)
    work()
    return watch.took()


def middle(times: Iterable[Took]) -> Took:
    """Median of both, each by itself."""
    every = list(times)
    return Took(median(one.wall for one in every), median(one.cpu for one in every))


def worst(times: Iterable[Took]) -> Took:
    """The slowest of both, each by itself."""
    every = list(times)
    return Took(max(one.wall for one in every), max(one.cpu for one in every))


def side_by_side(one: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[Took, Took]:
    """Medians of two works done in turn, so that both meet the same moods of the machine."""
    pairs = [(timed(one), timed(other)) for _ in range(rounds)]
    return middle(pair[0] for pair in pairs), middle(pair[1] for pair in pairs)


def typical(work: Callable[[], object], rounds: int) -> Took:
    """Median of a work done so often."""
    return middle(timed(work) for _ in range(rounds))
