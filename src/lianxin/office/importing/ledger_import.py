"""导入: preview first, then take in whole, and take back whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from lianxin.domain.canonical import JsonValue
from lianxin.domain.dictionary import kind_named
from lianxin.ledgers.guess import guess_kind, holds_visits_only
from lianxin.ledgers.refusals import LedgerUnreadable
from lianxin.ledgers.refused import refused_workbook
from lianxin.ledgers.rows import SheetReading
from lianxin.ledgers.workbook import read_workbook
from lianxin.office.desk import Desk
from lianxin.office.importing.any_kind import understand_any
from lianxin.office.importing.deputies import understand_roster
from lianxin.office.importing.events import EVENT_KINDS, understand_events
from lianxin.office.importing.groups import understand_groups
from lianxin.office.importing.intake import Intake, rest
from lianxin.office.importing.outcome import (
    Cancel,
    ImportStopped,
    ImportUnfinished,
    Progress,
    RowOutcome,
    label_of,
    never,
    silent,
)
from lianxin.office.importing.receptions import understand_receptions
from lianxin.office.importing.suggestions import understand_suggestions
from lianxin.office.importing.sums import SheetSum, sums_of
from lianxin.office.importing.tallies import understand_tallies
from lianxin.office.importing.understood import Understood
from lianxin.store import batches
from lianxin.store.errors import StoreProblem
from lianxin.store.writing import Change, Writing

_RECORDS_AT_ONCE = 150
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
    resumed: bool = False  # went on with an import of this file that was cut short
    warnings: tuple[str, ...] = ()  # what rules say of the whole, each sentence with its source

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
    unfinished: bool = False  # cut short; the same file imported again goes on with it


def import_ledger(
    desk: Desk,
    *,
    kind: str,
    path: Path,
    preview: bool,
    overrides: Overrides | None = None,
    expected: str = "",
    exported: bool = False,
    progress: Progress = silent,
    cancel: Cancel = never,
    pause: Callable[[], None] = rest,
) -> Imported:
    """Takes a ledger in (or shows what that would do) under one import id.

    Rows are stored a few at a time, with a `pause` between, so that other windows can save meanwhile. `expected`
    is the digest of the preview: a file changed since is not taken in. An `exported` ledger of visits is one of
    our own, beside which the matters stand in theirs. Raises LedgerUnreadable for a file that
    is no such ledger, ImportStopped after a cancel (all is taken back), ImportUnfinished when the store failed.
    """
    progress(0, 0, "正在读表格")
    digest = _digest_of(path)
    if expected and expected != digest:
        raise LedgerUnreadable(path.name, "文件在预览之后被改动过，没有导入。请重新预览一次再导入。")
    understood = _understand(desk, kind, path, overrides, exported=exported)
    resumed = None if preview else _left_unfinished(desk, understood.kind, digest)
    batch, total = resumed or desk.store.random(4).hex(), sum(len(sheet.rows) for sheet in understood.sheets)
    intake = Intake(batch=batch, total=total, progress=progress, cancel=cancel)
    if preview:
        with intake.looking(desk.store) if understood.looks else intake.trying(desk.store):
            understood.take_in(intake)
    else:
        _store(desk, intake, understood, path.name, digest, pause)
    progress(total, total, "")
    return _outcome(intake, understood, path.name, digest, preview=preview, resumed=resumed is not None)


def _outcome(
    intake: Intake, understood: Understood, file_name: str, digest: str, *, preview: bool, resumed: bool
) -> Imported:
    """What was done, its rows in the order of the file."""
    places = {sheet.sheet: place for place, sheet in enumerate(understood.sheets)}
    rows = tuple(sorted(intake.outcomes, key=lambda row: (places.get(row.sheet, 0), row.row)))
    counts = _counts(understood, rows)
    taken = counts["rows"] > counts["refused"]
    return Imported(
        intake.batch if taken and not preview else None,
        understood.kind,
        file_name,
        rows,
        counts,
        understood.sheets,
        refused_workbook(understood.refused, understood.sheets) if understood.refused else None,
        sums_of(understood.sheets, understood.counted),
        digest,
        frozenset(change.kind for change in intake.changes),
        resumed,
        tuple(dict.fromkeys(intake.warnings)),
    )


def _store(
    desk: Desk, intake: Intake, understood: Understood, file_name: str, digest: str, pause: Callable[[], None]
) -> None:
    """Stores the rows; what was stored is taken back after a cancel and named after any other breaking-off."""
    total = sum(len(sheet.rows) for sheet in understood.sheets)

    def book(writing: Writing) -> None:
        counts = intake.counts()
        if not any(counts[name] for name in ("new", "same", "changed")):
            return
        told: dict[str, JsonValue] = {**counts, "total": total, "digest": digest}
        told["unfinished"] = not intake.finished
        batches.note_batch(writing, intake.batch, kind=understood.kind, file_name=file_name, counts=told)

    try:
        with intake.storing(desk.store, reason=f"导入 {file_name}", begun=book, pause=pause):
            understood.take_in(intake)
    except ImportStopped:
        if any(past.batch == intake.batch and not past.undone for past in past_imports(desk)):
            undo_import(desk, batch=intake.batch, pause=pause)
        raise
    except StoreProblem as wrong:
        if not intake.changes:
            raise
        raise ImportUnfinished(intake.batch, len(intake.outcomes), total, wrong.message) from wrong


def _left_unfinished(desk: Desk, kind: str, digest: str) -> str | None:
    """The import of this very file that was cut short, to be gone on with; None when there is none."""
    with desk.store.reading() as reading:
        for batch, of_kind, _name, _at, counts, undone in reading.import_batches():
            told = json.loads(counts)
            if not undone and of_kind == kind and told.get("unfinished") and told.get("digest") == digest:
                return batch
    return None


def undo_import(
    desk: Desk,
    *,
    batch: str,
    progress: Progress = silent,
    pause: Callable[[], None] = rest,
) -> tuple[Change, ...]:
    """Takes an import back by new entries, some records at a time. Raises BatchUnknown, BatchUndone.

    Cut short, it is simply done again: the import counts as undone only when all of it is.
    """
    with desk.store.reading() as reading:
        records = batches.records_to_undo(reading.connection, batch)
    changes: list[Change] = []
    for start in range(0, len(records), _RECORDS_AT_ONCE):
        progress(start, len(records), "正在撤销")
        with desk.store.writing(reason=f"撤销导入 {batch}") as writing:
            batches.undo_records(writing, batch, records[start : start + _RECORDS_AT_ONCE])
        changes += writing.changes
        pause()
    with desk.store.writing(reason=f"撤销导入 {batch}") as writing:
        # What another window's import added to this batch meanwhile goes too.
        late = sorted(set(batches.records_to_undo(writing.connection, batch)) - set(records))
        batches.undo_records(writing, batch, late)
        batches.book_undone(writing, batch)
    return (*changes, *writing.changes)


def past_imports(desk: Desk) -> tuple[PastImport, ...]:
    """Every import of this ledger, latest first."""
    with desk.store.reading() as reading:
        return tuple(
            PastImport(
                batch,
                label_of(kind),
                name,
                datetime.fromisoformat(at),
                {key: value for key, value in json.loads(counts).items() if type(value) is int},
                undone,
                bool(json.loads(counts).get("unfinished")),
            )
            for batch, kind, name, at, counts, undone in reading.import_batches()
        )


def likely_kind(path: Path) -> str | None:
    """Which kind of ledger a file is, for the page that asks nothing twice; None when it is unclear."""
    guessed = guess_kind(read_workbook(path))
    return {"visit": "contact", "deputy": "deputies"}.get(guessed, guessed) if guessed else None


def _digest_of(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as wrong:
        raise LedgerUnreadable(path.name, "文件打不开，可能不存在或正被别的程序独占。") from wrong


def _understand(
    desk: Desk, kind: str, path: Path, overrides: Overrides | None, *, exported: bool
) -> Understood:
    today = desk.today()
    if exported and kind == "contact":
        return understand_any(path, kind_named(kind), today=today, overrides=overrides)
    if kind in ROSTERS:
        if overrides is None and holds_visits_only(read_workbook(path)):
            # Visitors taken for deputies would be named openly to the county.
            raise LedgerUnreadable(
                path.name,
                "这像是来访登记台账，不是花名册，没有导入，数据没有改动。请选“来访走访”（import contact）。",
            )
        return understand_roster(
            path, today=today, profile=desk.profile, overrides=overrides, persons=kind == "person"
        )
    if kind == "group":
        return understand_groups(path, profile=desk.profile, overrides=overrides)
    if kind in ("tally", "tallies", "evaluation", "tally-row"):
        return understand_tallies(path, today=today, overrides=overrides)
    if kind == "contact" or (kind in ("opinion", "reception-day") and likely_kind(path) == "contact"):
        return understand_receptions(
            path, today=today, profile=desk.profile, overrides=overrides, opinions=kind == "opinion"
        )
    if kind == "suggestion":
        return understand_suggestions(path, today=today, profile=desk.profile, overrides=overrides)
    if kind in EVENT_KINDS:
        return understand_events(path, kind_named(kind), today=today, overrides=overrides)
    return understand_any(path, kind_named(kind), today=today, overrides=overrides)


def _counts(understood: Understood, outcomes: Sequence[RowOutcome]) -> dict[str, int]:
    counts = dict.fromkeys(("new", "same", "changed", "refused"), 0)
    for outcome in outcomes:
        counts[outcome.outcome] += 1
    counts["rows"] = len(outcomes)
    counts["skipped"] = sum(len(sheet.skipped) for sheet in understood.sheets if sheet.heading)
    return {**understood.sums, **counts}
