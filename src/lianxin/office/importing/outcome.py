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
Progress = Callable[[int, int, str], None]
"""Told how many rows are done, of how many, and what is being done."""
Cancel = Callable[[], bool]
"""Asked before every row: True when the person wants it to stop."""
_GIST = ("day", "date", "name", "visitors", "title", "words")
_TOLD_EVERY = 25


class ImportStopped(Exception):
    """The import was stopped half way; the whole of it was rolled back."""

    message = "已停止，一行也没有导入，原有数据没有变化。"


def silent(done: int, total: int, words: str) -> None:
    """Nobody watches."""


def never() -> bool:
    """Nobody stops it."""
    return False


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
    gist: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether a cell was wrong or had to be understood rather than copied."""
        return bool(self.problems or self.readings)


class Intake:
    """One import on its way into the store, inside one transaction."""

    def __init__(
        self,
        writing: Writing,
        batch: str,
        *,
        total: int = 0,
        progress: Progress = silent,
        cancel: Cancel = never,
    ) -> None:
        self.writing, self.batch = writing, batch
        self._total, self._progress, self._cancel = total, progress, cancel
        self.reading = StoreReading(writing.connection)
        self.references = References(writing)
        self.outcomes: list[RowOutcome] = []

    def take(self, row: LedgerRow, make: Callable[[], Sequence[Record]]) -> None:
        """Puts what a row becomes (its main records first), unless the row was taken in before."""
        self._step()
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
        self._step()
        row = refused.row
        self.outcomes.append(
            RowOutcome(
                row.sheet, row.row, "refused", (), refused.problems, row.readings, row.cells, gist_of(row)
            )
        )

    def show(self, row: LedgerRow) -> None:
        """Notes a row that is only looked at; nothing is put."""
        self._step()
        self._note(row, "new", ())

    def _note(self, row: LedgerRow, outcome: Outcome, uids: tuple[str, ...]) -> None:
        self.outcomes.append(
            RowOutcome(row.sheet, row.row, outcome, uids, row.problems, row.readings, row.cells, gist_of(row))
        )

    def _step(self) -> None:
        """Raises ImportStopped when the person wants it to stop."""
        if self._cancel():
            raise ImportStopped
        done = len(self.outcomes)
        if done % _TOLD_EVERY == 0:
            self._progress(done, self._total, "")


def gist_of(row: LedgerRow) -> str:
    """The few words by which a person knows a row again; a ledger of few known columns shows its first cells."""
    said = [row.values[name] for name in _GIST if row.values.get(name)]
    return "　".join(said or list(row.cells.values())[:4])


@dataclass(frozen=True)
class SheetCount:
    """What was counted on one sheet: entries (visits, people), and persons where the ledger counts them."""

    entries: int
    persons: int | None = None


@dataclass(frozen=True)
class Understood:
    """A ledger as understood before anything is stored: how to take it in, and what it came to."""

    kind: str
    sheets: tuple[SheetReading, ...]
    refused: tuple[RefusedRow, ...]
    sums: Mapping[str, int]
    take_in: Callable[[Intake], None]
    counted: Mapping[str, SheetCount] = field(default_factory=dict)
    preview_only: bool = False


def label_of(kind: str) -> str:
    """What people call a kind of ledger."""
    return {"contact": "接待群众台账", "deputies": "代表花名册", "tally": "述职评议汇总"}.get(
        kind
    ) or kind_named(kind).LABEL
