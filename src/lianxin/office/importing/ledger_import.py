"""导入: preview first, then take in whole, and take back whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from lianxin.domain.canonical import JsonValue
from lianxin.domain.dictionary import kind_named
from lianxin.ledgers.guess import guess_kind
from lianxin.ledgers.refusals import LedgerUnreadable
from lianxin.ledgers.refused import refused_workbook
from lianxin.ledgers.rows import SheetReading
from lianxin.ledgers.workbook import read_workbook
from lianxin.office.desk import Desk
from lianxin.office.importing.any_kind import understand_any
from lianxin.office.importing.deputies import understand_roster
from lianxin.office.importing.outcome import (
    Cancel,
    Intake,
    Progress,
    RowOutcome,
    Understood,
    label_of,
    never,
    silent,
)
from lianxin.office.importing.receptions import understand_receptions
from lianxin.office.importing.sums import SheetSum, sums_of
from lianxin.office.importing.tallies import understand_tallies
from lianxin.store import batches
from lianxin.store.writing import Change

Overrides = Mapping[str, Mapping[int, str]]
ROSTERS = ("deputies", "deputy", "person", "mandate")


@dataclass(frozen=True)
class Imported:
    """What an import did, or in a preview would do. `refused_rows` is a workbook to correct, when there are any.

    `digest` is the SHA-256 of the file as it was read; `kinds` are the kinds of record written.
    """

    batch: str | None
    kind: str
    file_name: str
    rows: tuple[RowOutcome, ...]
    counts: Mapping[str, int]
    sheets: tuple[SheetReading, ...]
    refused_rows: bytes | None
    sums: tuple[SheetSum, ...] = ()
    digest: str = ""
    kinds: frozenset[str] = field(default_factory=frozenset)
    preview_only: bool = False

    @property
    def taken(self) -> int:
        """Rows that bring something: new and changed ones."""
        return self.counts["new"] + self.counts["changed"]


@dataclass(frozen=True)
class PastImport:
    """One import as the list of past imports shows it."""

    batch: str
    label: str
    file_name: str
    at: datetime
    counts: Mapping[str, int]
    undone: bool


class _Preview(Exception):
    """Ends a preview's transaction, so that exactly what an import does is tried and nothing stays."""


def import_ledger(
    desk: Desk,
    *,
    kind: str,
    path: Path,
    preview: bool,
    overrides: Overrides | None = None,
    expected: str = "",
    progress: Progress = silent,
    cancel: Cancel = never,
) -> Imported:
    """Takes a ledger in (or shows what that would do) in one transaction under one import id.

    `expected` is the digest of the preview: a file changed since is not taken in. Raises LedgerUnreadable for a
    file that is no such ledger, ImportStopped after a cancel (everything is rolled back).
    """
    progress(0, 0, "正在读表格")
    digest = _digest_of(path)
    if expected and expected != digest:
        raise LedgerUnreadable(path.name, "文件在预览之后被改动过，没有导入。请重新预览一次再导入。")
    understood = _understand(desk, kind, path, overrides)
    if understood.preview_only and not preview:
        raise LedgerUnreadable(
            path.name, f"{label_of(understood.kind)}目前只能预览核对，还不能导入，请用预览。"
        )
    done: list[Imported] = []
    with _undone_when(preview):
        batch = desk.store.random(4).hex()
        with desk.store.writing(reason=f"导入 {path.name}", batch=batch) as writing:
            total = sum(len(sheet.rows) for sheet in understood.sheets)
            intake = Intake(writing, batch, total=total, progress=progress, cancel=cancel)
            understood.take_in(intake)
            progress(total, total, "")
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
                    sums_of(understood.sheets, understood.counted),
                    digest,
                    frozenset(change.kind for change in writing.changes),
                    understood.preview_only,
                )
            )
            if preview:
                raise _Preview
    return done[0]


def undo_import(desk: Desk, *, batch: str) -> tuple[Change, ...]:
    """Takes an import back by new entries. Raises BatchUnknown, BatchUndone."""
    with desk.store.writing(reason=f"撤销导入 {batch}") as writing:
        return batches.undo_batch(writing, batch)


def past_imports(desk: Desk) -> tuple[PastImport, ...]:
    """Every import of this ledger, latest first."""
    with desk.store.reading() as reading:
        return tuple(
            PastImport(batch, label_of(kind), name, datetime.fromisoformat(at), json.loads(counts), undone)
            for batch, kind, name, at, counts, undone in reading.import_batches()
        )


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


def _digest_of(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as wrong:
        raise LedgerUnreadable(path.name, "文件打不开，可能不存在或正被别的程序独占。") from wrong


def _understand(desk: Desk, kind: str, path: Path, overrides: Overrides | None) -> Understood:
    today = desk.today()
    if kind in ROSTERS:
        return understand_roster(path, today=today, overrides=overrides, persons=kind == "person")
    if kind in ("tally", "tallies"):
        return understand_tallies(path, today=today, overrides=overrides)
    if kind == "contact" or (kind in ("opinion", "reception-day") and likely_kind(path) == "contact"):
        return understand_receptions(
            path, today=today, profile=desk.profile, overrides=overrides, opinions=kind == "opinion"
        )
    return understand_any(path, kind_named(kind), today=today, overrides=overrides)


def _counts(understood: Understood, outcomes: list[RowOutcome]) -> dict[str, int]:
    counts = dict.fromkeys(("new", "same", "changed", "refused"), 0)
    for outcome in outcomes:
        counts[outcome.outcome] += 1
    counts["rows"] = len(outcomes)
    counts["skipped"] = sum(len(sheet.skipped) for sheet in understood.sheets if sheet.heading)
    return {**understood.sums, **counts}
