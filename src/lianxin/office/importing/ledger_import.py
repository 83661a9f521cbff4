"""导入: preview first, then take in whole, and take back whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lianxin.domain.canonical import JsonValue
from lianxin.domain.dictionary import kind_named
from lianxin.ledgers.guess import guess_kind
from lianxin.ledgers.refused import refused_workbook
from lianxin.ledgers.rows import SheetReading
from lianxin.ledgers.workbook import read_workbook
from lianxin.office.desk import Desk
from lianxin.office.importing.any_kind import understand_any
from lianxin.office.importing.deputies import understand_roster
from lianxin.office.importing.outcome import Intake, RowOutcome, Understood
from lianxin.office.importing.receptions import understand_receptions
from lianxin.store import batches
from lianxin.store.writing import Change

Overrides = Mapping[str, Mapping[int, str]]


@dataclass(frozen=True)
class Imported:
    """What an import did, or in a preview would do. `refused_rows` is a workbook to correct, when there are any."""

    batch: str | None
    kind: str
    file_name: str
    rows: tuple[RowOutcome, ...]
    counts: Mapping[str, int]
    sheets: tuple[SheetReading, ...]
    refused_rows: bytes | None


class _Preview(Exception):
    """Ends a preview's transaction, so that exactly what an import does is tried and nothing stays."""


def import_ledger(
    desk: Desk, *, kind: str, path: Path, preview: bool, overrides: Overrides | None = None
) -> Imported:
    """Takes a ledger in (or shows what that would do) in one transaction under one import id.

    Raises the problems of `ledgers.workbook` for a file that is no ledger.
    """
    understood = _understand(desk, kind, path, overrides)
    done: list[Imported] = []
    with _undone_when(preview):
        batch = desk.store.random(4).hex()
        with desk.store.writing(reason=f"导入 {path.name}", batch=batch) as writing:
            intake = Intake(writing, batch)
            understood.take_in(intake)
            counts = _counts(understood, intake.outcomes)
            told: Mapping[str, JsonValue] = dict(counts)
            batches.note_batch(writing, batch, kind=understood.kind, file_name=path.name, counts=told)
            done.append(
                Imported(
                    None if preview else batch,
                    understood.kind,
                    path.name,
                    tuple(intake.outcomes),
                    counts,
                    understood.sheets,
                    refused_workbook(understood.refused, understood.sheets) if understood.refused else None,
                )
            )
            if preview:
                raise _Preview
    return done[0]


def undo_import(desk: Desk, *, batch: str) -> tuple[Change, ...]:
    """Takes an import back by new entries. Raises BatchUnknown, BatchUndone."""
    with desk.store.writing(reason=f"撤销导入 {batch}") as writing:
        return batches.undo_batch(writing, batch)


def likely_kind(path: Path) -> str | None:
    """Which kind of ledger a file is, for the page that asks nothing twice; None when it is unclear."""
    guessed = guess_kind(read_workbook(path))
    return {"visit": "contact", "deputy": "deputies", "tally": "tally"}[guessed] if guessed else None


@contextmanager
def _undone_when(preview: bool) -> Iterator[None]:
    try:
        yield
    except _Preview:
        assert preview


def _understand(desk: Desk, kind: str, path: Path, overrides: Overrides | None) -> Understood:
    today = desk.today()
    if kind in ("deputies", "deputy", "person", "mandate"):
        return understand_roster(path, today=today, overrides=overrides)
    if kind == "contact" or (kind in ("opinion", "reception-day") and likely_kind(path) == "contact"):
        return understand_receptions(path, today=today, profile=desk.profile, overrides=overrides)
    return understand_any(path, kind_named(kind), today=today, overrides=overrides)


def _counts(understood: Understood, outcomes: list[RowOutcome]) -> dict[str, int]:
    counts = dict.fromkeys(("new", "same", "changed", "refused"), 0)
    for outcome in outcomes:
        counts[outcome.outcome] += 1
    counts["rows"] = len(outcomes)
    counts["skipped"] = sum(len(sheet.skipped) for sheet in understood.sheets if sheet.heading)
    return {**understood.sums, **counts}
