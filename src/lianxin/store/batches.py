"""Imports: which rows of which ledgers came in, what they wrote, and taking one import back whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lianxin.domain.canonical import JsonValue, canonical
from lianxin.domain.dictionary import Record, Wire, kind_named
from lianxin.domain.journal import Entry, EntryId
from lianxin.domain.values import Kept
from lianxin.store.errors import StoreProblem
from lianxin.store.journal_log import entries_of_record, records_of_batch
from lianxin.store.projection import stored_lookup
from lianxin.store.reading import Reading
from lianxin.store.writing import Change, Writing


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
    """Books an import beside the entries that carry its id."""
    writing.connection.exec_driver_sql(
        "INSERT INTO batch(batch, kind, file_name, at, counts) VALUES(?, ?, ?, ?, ?)",
        (
            batch,
            kind,
            file_name,
            writing.now().isoformat(timespec="seconds"),
            canonical(counts).decode(),
        ),
    )


def note_row(writing: Writing, identity: str, record: Record, batch: str) -> None:
    """Remembers a ledger row for ever, so that it is never taken in twice."""
    writing.connection.exec_driver_sql(
        "INSERT OR IGNORE INTO imported_row(identity, kind, uid, batch) VALUES(?, ?, ?, ?)",
        (identity, record.KIND, record.uid, batch),
    )


def undo_batch(writing: Writing, batch: str) -> tuple[Change, ...]:
    """Takes an import back by new entries: what it made goes, what it changed gets its former values.

    A field that somebody changed after the import keeps the later value. The rows may then be imported again.
    Raises BatchUnknown, BatchUndone.
    """
    connection = writing.connection
    found = connection.exec_driver_sql("SELECT undone_at FROM batch WHERE batch = ?", (batch,)).first()
    if found is None:
        raise BatchUnknown(batch)
    if found[0] is not None:
        raise BatchUndone(batch)
    written = _entries_of_batch(writing, batch)
    for kind, uid in records_of_batch(connection, batch):
        _undo_record(writing, kind_named(kind), uid, written[kind, uid])
    connection.exec_driver_sql("DELETE FROM imported_row WHERE batch = ?", (batch,))
    connection.exec_driver_sql(
        "UPDATE batch SET undone_at = ? WHERE batch = ?",
        (writing.now().isoformat(timespec="seconds"), batch),
    )
    return tuple(writing.changes)


def _entries_of_batch(writing: Writing, batch: str) -> dict[tuple[str, str], set[EntryId]]:
    """(kind, uid) → the entries of the import, read once: asking record by record takes the square of its size."""
    rows = writing.connection.exec_driver_sql(
        "SELECT stream, counter, kind, uid FROM entry WHERE batch = ?", (batch,)
    )
    found: dict[tuple[str, str], set[EntryId]] = {}
    for stream, counter, kind, uid in rows:
        found.setdefault((str(kind), str(uid)), set()).add(EntryId(str(stream), int(counter)))
    return found


def _undo_record(writing: Writing, cls: type[Record], uid: str, mine: set[EntryId]) -> None:
    history = [entry for entry, _ in entries_of_record(writing.connection, cls.KIND, uid)]
    if history[0].id in mine:
        writing.remove(cls, uid)
        return
    record = Reading(writing.connection).get(cls, uid)
    if record is None:
        return
    former = dict(_former_values(writing, history, mine))
    writing.put(cls.unpacked({**record.packed(), **former, "uid": uid}))


def _former_values(writing: Writing, history: list[Entry], mine: set[EntryId]) -> Iterable[tuple[str, Wire]]:
    """Field → value before the import, for fields whose latest write is the import's."""
    lookup = stored_lookup(writing.connection)
    names = {name for entry in history if entry.id in mine and entry.op == "put" for name in entry.fields}
    for name in names:
        writes = [entry for entry in history if entry.op == "put" and name in entry.fields]
        if writes[-1].id not in mine:
            continue
        before = next((entry for entry in reversed(writes) if entry.id not in mine), None)
        if before is None:
            yield name, None
            continue
        write = before.fields[name]
        if write.commitment is None:
            yield name, write.value
            continue
        beside = lookup(before.id, name)
        yield name, beside.value if isinstance(beside, Kept) else None
