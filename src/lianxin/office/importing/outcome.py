"""What became of each ledger row, and the taking-in that all kinds of ledger share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from lianxin.domain.dictionary import Record, kind_named
from lianxin.ledgers.findings import RefusedRow
from lianxin.ledgers.rows import LedgerRow, Problem, Reading, SheetReading
from lianxin.office.referring import References
from lianxin.store import batches
from lianxin.store.reading import Reading as StoreReading
from lianxin.store.writing import Writing

Outcome = Literal["new", "same", "changed", "refused"]


@dataclass(frozen=True)
class RowOutcome:
    """One data row: what it became, and what was asked or wrong about its cells."""

    sheet: str
    row: int
    outcome: Outcome
    uids: tuple[str, ...]
    problems: tuple[Problem, ...]
    readings: tuple[Reading, ...]
    cells: Mapping[str, str] = field(default_factory=dict)


class Intake:
    """One import on its way into the store, inside one transaction."""

    def __init__(self, writing: Writing, batch: str) -> None:
        self.writing, self.batch = writing, batch
        self.reading = StoreReading(writing.connection)
        self.references = References(writing)
        self.outcomes: list[RowOutcome] = []

    def take(self, row: LedgerRow, make: Callable[[], Sequence[Record]]) -> None:
        """Puts what a row becomes (its main records first), unless the row was taken in before."""
        known = self.reading.known_row(row.identity)
        if known is not None:
            self._note(row, "same", (known[1],))
            return
        start = len(self.writing.changes)
        main = make()
        changes = {change.uid: change.outcome for change in self.writing.changes[start:]}
        outcomes = {changes.get(record.uid, "same") for record in main}
        outcome: Outcome = "same"
        if "new" in outcomes:
            outcome = "new"
        elif "changed" in outcomes:
            outcome = "changed"
        batches.note_row(self.writing, row.identity, main[0], self.batch)
        self._note(row, outcome, tuple(record.uid for record in main))

    def refuse(self, refused: RefusedRow) -> None:
        """Notes a row that cannot become a record."""
        row = refused.row
        self.outcomes.append(
            RowOutcome(row.sheet, row.row, "refused", (), refused.problems, row.readings, row.cells)
        )

    def _note(self, row: LedgerRow, outcome: Outcome, uids: tuple[str, ...]) -> None:
        self.outcomes.append(
            RowOutcome(row.sheet, row.row, outcome, uids, row.problems, row.readings, row.cells)
        )


@dataclass(frozen=True)
class Understood:
    """A ledger as understood before anything is stored: how to take it in, and what it came to."""

    kind: str
    sheets: tuple[SheetReading, ...]
    refused: tuple[RefusedRow, ...]
    sums: Mapping[str, int]
    take_in: Callable[[Intake], None]


def label_of(kind: str) -> str:
    """What people call a kind of ledger."""
    return {"contact": "接待群众台账", "deputies": "代表花名册", "tally": "述职评议汇总"}.get(
        kind
    ) or kind_named(kind).LABEL
