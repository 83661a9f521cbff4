"""One measured thing and its line in the table."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Measured:
    """A time in milliseconds, what it is held against, and the bar: a ratio with a base, else milliseconds."""

    what: str
    milliseconds: float
    bar: float
    base: str = ""
    base_milliseconds: float = 0.0

    @property
    def figure(self) -> float:
        """What is compared with the bar."""
        return self.milliseconds / self.base_milliseconds if self.base else self.milliseconds

    @property
    def good(self) -> bool:
        """Within the bar."""
        return self.figure <= self.bar


def line_of(measured: Measured | None) -> str:
    """A line of the table; its head without a measure."""
    if measured is None:
        return f"{'what':<44} {'ms':>9} {'bar':>9} {'found':>9}  against"
    sign = "×" if measured.base else "ms"
    against = f"{measured.base} ({measured.base_milliseconds:.3f} ms)" if measured.base else "-"
    verdict = "" if measured.good else "  OVER"
    return (
        f"{measured.what:<44} {measured.milliseconds:>9.3f} {measured.bar:>7g}{sign:<2}"
        f" {measured.figure:>7.2f}{sign:<2}  {against}{verdict}"
    )


def timed(work: Callable[[], object]) -> float:
    """Milliseconds one call takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def side_by_side(one: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median milliseconds of two works done in turn, so that both meet the same moods of the machine."""
    pairs = [(timed(one), timed(other)) for _ in range(rounds)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def typical(work: Callable[[], object], rounds: int) -> float:
    """Median milliseconds of a work."""
    return median(timed(work) for _ in range(rounds))


def spread(times: Sequence[float]) -> tuple[float, float]:
    """Median and worst."""
    return median(times), max(times)
