"""One ledger on its way into the store, a few rows at a time, so that others can save meanwhile."""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from lianxin.domain.canonical import JsonValue
from lianxin.domain.dictionary import Record
from lianxin.ledgers.findings import RefusedRow
from lianxin.ledgers.rows import LedgerRow
from lianxin.office.cases.referring import References
from lianxin.office.importing.outcome import (
    Cancel,
    ImportStopped,
    Outcome,
    Progress,
    RowOutcome,
    gist_of,
)
from lianxin.store import batches
from lianxin.store.database import DatabaseBusy
from lianxin.store.reading import Reading
from lianxin.store.record_store import RecordStore
from lianxin.store.writing import Change, Writing

ROWS_AT_ONCE = 25
"""So many rows are stored in one transaction: about a tenth of a second."""

_REST_SECONDS = 0.03
_TRIES = 6
_TOLD_EVERY = 25


def rest() -> None:
    """A pause between two transactions: who waits for the lock looks again only after a while and must get it."""
    time.sleep(_REST_SECONDS)


class Intake:
    """Takes rows in and notes what became of each. Made by `storing`, `trying` or `looking`."""

    def __init__(self, *, batch: str, total: int, progress: Progress, cancel: Cancel) -> None:
        self.batch = batch
        self.outcomes: list[RowOutcome] = []
        self.changes: list[Change] = []
        self.warnings: list[str] = []
        self.finished = False
        self._total, self._progress, self._cancel = total, progress, cancel
        self._equals: Counter[str] = Counter()
        self._names: dict[tuple[str, str], str] = {}
        self._writing: Writing | None = None
        self._references: References | None = None
        self._reading: Reading | None = None
        self._between: Callable[[], None] = lambda: None
        self._since = 0

    # ---- what the kinds of ledger use ----------------------------------------------------------

    @property
    def writing(self) -> Writing:
        """The transaction under way; ask for it anew at every row."""
        assert self._writing is not None
        return self._writing

    @property
    def reading(self) -> Reading:
        """What is stored, with the rows taken in so far."""
        assert self._reading is not None
        return self._reading

    @property
    def references(self) -> References:
        """Names turned into references."""
        assert self._references is not None
        return self._references

    def take(
        self,
        row: LedgerRow,
        make: Callable[[], Sequence[Record]],
        *,
        core: Sequence[str] = (),
        amend: Callable[[str], Sequence[Record] | None] | None = None,
    ) -> None:
        """Puts what a row becomes (its main records first), unless the row was taken in before.

        `core` is what makes the row the same thing though other cells were edited since (who, when, what);
        `amend` then brings the record up to date, or says None when it is not here any more.
        """
        self._step()
        deeper = self._core_identity(core) if core else ""
        known = self.reading.known_row(row.identity)
        if known is not None:
            self._note(row, "same", (known[1],))
            return
        earlier = self.reading.known_row(deeper) if deeper and amend else None
        if self._writing is None:
            self._note(row, "changed" if earlier else "new", (earlier[1],) if earlier else ())
            return
        start = len(self.writing.changes)
        main = amend(earlier[1]) if earlier and amend else None
        if main is None:
            main = make()
        outcome = _outcome_of(main, self.writing.changes[start:])
        for identity in (row.identity, deeper) if deeper else (row.identity,):
            batches.note_row(self.writing, identity, main[0], self.batch)
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

    # ---- between the rows -----------------------------------------------------------------------

    def _step(self) -> None:
        """Raises ImportStopped when the person wants it to stop."""
        if self._cancel():
            raise ImportStopped
        done = len(self.outcomes)
        if done % _TOLD_EVERY == 0:
            self._progress(done, self._total, "")
        if done - self._since >= ROWS_AT_ONCE:
            self._since = done
            self._between()

    def _note(self, row: LedgerRow, outcome: Outcome, uids: tuple[str, ...]) -> None:
        self.outcomes.append(
            RowOutcome(row.sheet, row.row, outcome, uids, row.problems, row.readings, row.cells, gist_of(row))
        )

    def _core_identity(self, core: Sequence[str]) -> str:
        said = json.dumps(["core", *core], ensure_ascii=False)
        self._equals[said] += 1
        return hashlib.sha256(f"{said}#{self._equals[said]}".encode()).hexdigest()

    def _write_by(self, writing: Writing) -> None:
        self._writing, self._reading = writing, Reading(writing.connection)
        self._references = References(writing, self._names)

    # ---- three ways of taking in ------------------------------------------------------------------

    @contextmanager
    def storing(
        self, store: RecordStore, *, reason: str, begun: Callable[[Writing], None], pause: Callable[[], None]
    ) -> Iterator[None]:
        """Stores the rows, some at a time; `begun` books the import in each transaction that wrote something."""
        with ExitStack() as stack:

            def turn() -> None:
                self._end_transaction(stack, begun)
                pause()
                self._begin_transaction(stack, store, reason)

            self._between = turn
            self._begin_transaction(stack, store, reason)
            yield
            self.finished = True
            self._end_transaction(stack, begun)
        self._writing = self._reading = self._references = None

    def _begin_transaction(self, stack: ExitStack, store: RecordStore, reason: str) -> None:
        for left in reversed(range(_TRIES)):
            try:
                self._write_by(stack.enter_context(store.writing(reason=reason, batch=self.batch)))
                break
            except DatabaseBusy:
                if not left:
                    raise
        if batches.is_undone(self.writing.connection, self.batch):
            raise ImportStopped

    def _end_transaction(self, stack: ExitStack, begun: Callable[[Writing], None]) -> None:
        if self.writing.changes or self.finished:
            begun(self.writing)
        changes = self.writing.changes
        stack.pop_all().close()
        self.changes += changes

    @contextmanager
    def trying(self, store: RecordStore) -> Iterator[None]:
        """Does all that storing does, in one transaction of which nothing stays."""
        try:
            with store.writing(reason="预览", batch=self.batch) as writing:
                self._write_by(writing)
                yield
                raise _NothingStays
        except _NothingStays:
            pass

    @contextmanager
    def looking(self, store: RecordStore) -> Iterator[None]:
        """Only asks which rows are known; for ledgers whose rows stand by themselves."""
        with store.reading() as reading:
            self._reading = reading
            yield

    def counts(self) -> dict[str, JsonValue]:
        """How many rows became what, so far."""
        found = Counter(outcome.outcome for outcome in self.outcomes)
        return {name: found[name] for name in ("new", "same", "changed", "refused")}


class _NothingStays(Exception):
    """Ends a try."""


def _outcome_of(main: Sequence[Record], written: Sequence[Change]) -> Outcome:
    changes = {change.uid: change.outcome for change in written}
    outcomes = {changes.get(record.uid, "same") for record in main}
    if "new" in outcomes:
        return "new"
    # What hangs on the record counts too: an answer added to a matter changes its row.
    return "changed" if any(change.outcome != "same" for change in written) else "same"
