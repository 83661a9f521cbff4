"""Counting in batches, entered once or twice: totals compared with totals, never ballot with ballot.

A batch holds counters and nothing else: not which ballot came first, not when. What was marked on the last ballot is
known to the screen alone while it can still be taken back (docs/adr/0020-ballots.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lianxin.domain.tally.arithmetic import Mark

LEAST_KEPT = 10
"""Two states of a ballot-by-ballot count that are ever kept differ by at least so many ballots."""

Totals = Mapping[str, Mapping[str, int]]
"""Row uid → wire name of the column → count."""
Ballot = Mapping[str, str]
"""Row uid → wire name of the column that one sheet adds one to; lives in memory while it is being keyed in."""


@dataclass(frozen=True)
class Batch:
    """One bundle of sheets; `valid` are its valid sheets. `second` is what the second person entered."""

    valid: int | None = None
    first: Totals = field(default_factory=dict)
    second: Totals = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """A counter two people entered differently."""

    batch: int
    row: str
    mark: Mark
    first: int | None
    second: int | None


def entered(totals: Totals, row: str, wire: str) -> int | None:
    """One counter; None while it was not entered."""
    return totals.get(row, {}).get(wire)


def with_count(totals: Totals, row: str, wire: str, count: int | None) -> Totals:
    """The totals with one counter as typed now; None empties it."""
    counts = {name: number for name, number in totals.get(row, {}).items() if name != wire}
    if count is not None:
        counts[wire] = count
    return {**totals, row: counts}


def summed(
    batches: Sequence[Batch], rows: Sequence[str], marks: Sequence[Mark]
) -> dict[str, dict[str, int | None]]:
    """The counters of the whole vote: a counter that one batch has not in yet is not in."""
    return {
        row: {mark.wire: _sum([entered(batch.first, row, mark.wire) for batch in batches]) for mark in marks}
        for row in rows
    }


def second_begun(batches: Sequence[Batch]) -> bool:
    """Whether somebody began to enter the batches a second time; then all of them must agree."""
    return any(counts for batch in batches for counts in batch.second.values())


def differences(batches: Sequence[Batch], rows: Sequence[str], marks: Sequence[Mark]) -> Iterator[Difference]:
    """Every counter that the second entry has otherwise, or has not yet, while the first has it."""
    for place, batch in enumerate(batches, 1):
        for row in rows:
            for mark in marks:
                one, other = entered(batch.first, row, mark.wire), entered(batch.second, row, mark.wire)
                if one != other:
                    yield Difference(place, row, mark, one, other)


def difference_words(one: Difference, name: str, *, many: bool) -> str:
    """第2批 周桂兰“满意”：第一遍20票，第二遍19票."""
    where = f"第{one.batch}批 " if many else ""
    told = ("还没有填" if count is None else f"{count}票" for count in (one.first, one.second))
    return f"{where}{name}“{one.mark.label}”：第一遍{next(told)}，第二遍{next(told)}"


# ---- ballot by ballot: the exception ---------------------------------------------------------------


def add_ballot(totals: Totals, ballot: Ballot, *, by: int = 1) -> Totals:
    """The counters with one sheet more (or, `by` -1, without it). A row the sheet says nothing of is not touched."""
    made = {row: dict(counts) for row, counts in totals.items()}
    for row, wire in ballot.items():
        counts = made.setdefault(row, {})
        counts[wire] = counts.get(wire, 0) + by
        if counts[wire] < 0:
            raise ValueError("a counter below zero")
    return made


def begin_counting(totals: Totals, rows: Sequence[str], marks: Sequence[Mark]) -> Totals:
    """Every counter begins at nought, so that a grade nobody marked is in as 0."""
    return {row: {mark.wire: entered(totals, row, mark.wire) or 0 for mark in marks} for row in rows}


def may_be_kept(counted: int, kept: int, whole: int | None, *, leaving: bool = False) -> bool:
    """Whether the counters may go to the draft now, so that no two kept states are fewer than ten ballots apart.

    That holds for the state kept before, and for the final one: near the end nothing is kept any more, only the
    complete count when the person leaves it. While it is not known how many ballots there are, nothing is.
    """
    if whole is None or counted - kept < LEAST_KEPT:
        return False
    return whole - counted >= LEAST_KEPT or (leaving and counted == whole)


def _sum(counts: Sequence[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) and known else None
