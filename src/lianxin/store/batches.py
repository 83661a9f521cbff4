"""Imports: which rows of which ledgers came in, what they wrote, and taking one import back whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from sqlalchemy import Connection

from lianxin.domain.canonical import JsonValue, canonical
from lianxin.domain.dictionary import Record, kind_named
from lianxin.domain.journal import EntryId
from lianxin.store.errors import StoreProblem
from lianxin.store.journal_log import entries_of_record, records_of_batch
from lianxin.store.statements import run
from lianxin.store.writing import ChangedSince, Writing


class BatchUnknown(StoreProblem):
    """No import has this id."""

    code = "D141"

    def __init__(self, batch: str) -> None:
        super().__init__(f"没有找到编号为 {batch} 的导入，没有改动任何数据。")


class BatchUndone(StoreProblem):
    """The import was taken back before."""

    code = "D142"

    def __init__(self, batch: str) -> None:
        super().__init__(f"导入 {batch} 已经撤销过，没有再改动。")


def note_batch(
    writing: Writing, batch: str, *, kind: str, file_name: str, counts: Mapping[str, JsonValue]
) -> None:
    """Books an import beside the entries that carry its id; a later call renews what it came to."""
    writing.connection.exec_driver_sql(
        "INSERT INTO batch(batch, kind, file_name, at, counts) VALUES(?, ?, ?, ?, ?)"
        " ON CONFLICT(batch) DO UPDATE SET counts = excluded.counts",
        (
            batch,
            kind,
            file_name,
            writing.now().isoformat(timespec="seconds"),
            canonical(counts).decode(),
        ),
    )


def is_undone(connection: Connection, batch: str) -> bool:
    """Whether an import was taken back, perhaps by another window while it was still under way."""
    found = connection.exec_driver_sql("SELECT undone_at FROM batch WHERE batch = ?", (batch,)).first()
    return found is not None and found[0] is not None


def only_imported(connection: Connection, uid: str) -> bool:
    """Whether nothing but imports ever wrote a record, so that its ledger still speaks for it."""
    found = connection.exec_driver_sql(
        "SELECT 1 FROM entry WHERE uid = ? AND batch IS NULL LIMIT 1", (uid,)
    ).first()
    return found is None


def note_row(writing: Writing, identity: str, record: Record, batch: str) -> None:
    """Remembers a ledger row for ever, so that it is never taken in twice."""
    writing.connection.exec_driver_sql(
        "INSERT OR IGNORE INTO imported_row(identity, kind, uid, batch) VALUES(?, ?, ?, ?)",
        (identity, record.KIND, record.uid, batch),
    )


def records_to_undo(connection: Connection, batch: str) -> list[tuple[str, str]]:
    """(kind, uid) of what an import wrote. Raises BatchUnknown, BatchUndone."""
    found = connection.exec_driver_sql("SELECT undone_at FROM batch WHERE batch = ?", (batch,)).first()
    if found is None:
        raise BatchUnknown(batch)
    if found[0] is not None:
        raise BatchUndone(batch)
    return records_of_batch(connection, batch)


def undo_records(writing: Writing, batch: str, records: Sequence[tuple[str, str]]) -> None:
    """Takes a part of an import back by new entries: what it made goes, what it changed gets its former values.

    A field that somebody changed after the import keeps the later value. Doing it twice changes nothing more,
    so that a taking-back that was cut short is simply done again.
    """
    written = _entries_of_batch(writing, batch, records)
    for kind, uid in records:
        _undo_record(writing, kind_named(kind), uid, written[kind, uid])


def book_undone(writing: Writing, batch: str) -> None:
    """Ends a taking-back: its rows may be imported again."""
    connection = writing.connection
    connection.exec_driver_sql("DELETE FROM imported_row WHERE batch = ?", (batch,))
    connection.exec_driver_sql(
        "UPDATE batch SET undone_at = ? WHERE batch = ?",
        (writing.now().isoformat(timespec="seconds"), batch),
    )


def _entries_of_batch(
    writing: Writing, batch: str, records: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], set[EntryId]]:
    """(kind, uid) → the entries of the import, asked for all of them at once."""
    # By record: along the batch every part of a large import would look at all of it again.
    rows = [
        row
        for kind in sorted({kind for kind, _ in records})
        for row in _written(writing.connection, batch, kind, [uid for of, uid in records if of == kind])
    ]
    found: dict[tuple[str, str], set[EntryId]] = {}
    for stream, counter, kind, uid in rows:
        found.setdefault((str(kind), str(uid)), set()).add(EntryId(str(stream), int(str(counter))))
    return found


def _written(
    connection: Connection, batch: str, kind: str, uids: Sequence[str]
) -> Iterable[tuple[object, ...]]:
    marks = ", ".join("?" * len(uids))
    return run(
        connection,
        f"SELECT stream, counter, kind, uid FROM entry WHERE kind = ? AND uid IN ({marks}) AND +batch = ?",
        (kind, *uids, batch),
    )


def _undo_record(writing: Writing, cls: type[Record], uid: str, mine: set[EntryId]) -> None:
    history = [entry for entry, _ in entries_of_record(writing.connection, cls.KIND, uid)]
    if history[0].id in mine:
        writing.remove(cls, uid)
        return
    with suppress(ChangedSince):
        writing.take_back(cls, uid, history, mine)
