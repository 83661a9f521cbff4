"""One vote while it is being counted: what is in, what does not agree, what would be confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lianxin.domain.tally.arithmetic import (
    SHEET_WIRES,
    CountedRow,
    Counts,
    Finding,
    Mark,
    findings,
    marks_of,
    row_sum,
)
from lianxin.domain.tally.batches import (
    Batch,
    Totals,
    difference_words,
    differences,
    entered,
    second_begun,
    summed,
)

POINTS = Mark("points", "总分")
"""The column of 百分制 that is no count; entered in hundredths of a point, so that every entry is a whole number."""
HUNDREDTHS = 100


@dataclass(frozen=True)
class Ballots:
    """What the sheets of a vote can hold, and its rows (uid, name as people read it) in the order of the sheet."""

    scheme: str
    unknown: bool
    rows: tuple[tuple[str, str], ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The columns that add up to the valid sheets."""
        return marks_of(self.scheme, unknown=self.unknown)

    @property
    def columns(self) -> tuple[Mark, ...]:
        """What is entered for a row: its marks, and in 百分制 the sum of points before them."""
        return (POINTS, *self.marks) if self.scheme == "percent" else self.marks

    @property
    def uids(self) -> tuple[str, ...]:
        """The rows by uid."""
        return tuple(uid for uid, _ in self.rows)

    def name(self, row: str) -> str:
        """How a row is called."""
        return dict(self.rows)[row]


@dataclass(frozen=True)
class Counting:
    """Everything typed so far: the counts of the sheets and the batches. Lives in the draft until it is confirmed.

    `by_ballot` is how many ballots were keyed in one by one so far, where that exception was used.
    """

    sheets: Counts = field(default_factory=dict)
    batches: tuple[Batch, ...] = (Batch(),)
    by_ballot: int = 0

    def with_sheet(self, wire: str, count: int | None) -> Counting:
        """With one count of the sheets otherwise."""
        return replace(self, sheets={**self.sheets, wire: count})

    def with_totals(self, place: int, totals: Totals, *, second: bool) -> Counting:
        """With one entry of one batch otherwise."""
        old = self.batches[place]
        made = replace(old, second=totals) if second else replace(old, first=totals)
        return self.with_batch(place, made)

    def with_batch(self, place: int, batch: Batch) -> Counting:
        """With one batch otherwise."""
        return replace(
            self, batches=tuple(batch if at == place else each for at, each in enumerate(self.batches))
        )

    def valid_of(self, place: int) -> int | None:
        """The valid sheets of a batch; of the only batch those of the vote."""
        return self.batches[place].valid if len(self.batches) > 1 else self.sheets.get("valid")

    @property
    def double(self) -> bool:
        """Whether it was entered a second time."""
        return second_begun(self.batches)


def rows_of(ballots: Ballots, counting: Counting) -> tuple[CountedRow, ...]:
    """The rows with the sums of all batches."""
    sums = summed(counting.batches, ballots.uids, ballots.columns)
    return tuple(counted_row(uid, name, sums[uid]) for uid, name in ballots.rows)


def counted_row(uid: str, name: str, counts: Mapping[str, int | None]) -> CountedRow:
    """A row of entries; points from hundredths."""
    points = counts.get(POINTS.wire)
    return CountedRow(
        uid,
        name,
        {wire: count for wire, count in counts.items() if wire != POINTS.wire},
        None if points is None else Decimal(points) / HUNDREDTHS,
    )


def standing_against(ballots: Ballots, counting: Counting) -> tuple[Finding, ...]:
    """Everything that stands against confirming; nothing when it is complete and every sum holds."""
    sheets = {wire: counting.sheets.get(wire) for wire in SHEET_WIRES}
    found = findings(sheets, rows_of(ballots, counting), scheme=ballots.scheme, unknown=ballots.unknown)
    return (*found, *_batches_agree(ballots, counting), *_entries_agree(ballots, counting))


def _batches_agree(ballots: Ballots, counting: Counting) -> Iterator[Finding]:
    """Several batches: their sheets add up to the valid ones, and each row to the sheets of its batch."""
    if len(counting.batches) < 2:
        return
    if any(batch.valid is None for batch in counting.batches):
        yield Finding("missing", "还有批次没有填本批有效票", "batch")
        return
    sheets, valid = sum(batch.valid or 0 for batch in counting.batches), counting.sheets.get("valid")
    if valid is not None and sheets != valid:
        yield Finding("wrong", f"各批有效票合计{sheets}张，有效票是{valid}张", "batch")
    for place, batch in enumerate(counting.batches, 1):
        for uid, name in ballots.rows:
            counts = {mark.wire: entered(batch.first, uid, mark.wire) for mark in ballots.marks}
            total = row_sum(counts, ballots.marks)
            if total != batch.valid and None not in counts.values():
                yield Finding(
                    "wrong",
                    f"第{place}批 {name}：各项合计{total}票，本批有效票是{batch.valid}票",
                    "first",
                    uid,
                )


def _entries_agree(ballots: Ballots, counting: Counting) -> Iterator[Finding]:
    if not counting.double:
        return
    many = len(counting.batches) > 1
    for one in differences(counting.batches, ballots.uids, ballots.columns):
        words = difference_words(one, ballots.name(one.row), many=many)
        yield Finding("wrong", f"两遍录入不一致：{words}", one.mark.wire, one.row)
