"""What can still be read of a damaged ledger goes into a sound one: entries in unbroken chains, values, drafts.

The journal is the ledger (journal.md), so nothing else has to be saved: tables and index are projected from it
when the ledger is next opened. A page is encrypted and signed by itself, hence one that is damaged is known as such
and the rest is as good as ever.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from lianxin.domain.journal import line_digest
from lianxin.store.database import connect_keyed, sidecars
from lianxin.store.driver import DriverError, RawConnection, one_number
from lianxin.store.errors import StoreProblem
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.schema import entry, metadata, value

_BOOKS = (
    "setting", "received", "received_range", "acknowledgement", "number_sequence", "number_void", "batch",
    "imported_row", "local_log", "erased_pending", "draft",
    # The replicas that wrote: without them what they wrote would look like another desk's.
    "replica_state",
)  # fmt: skip
"""Tables beside the journal; each is taken over whole when all of it can be read, else as the backup has it."""


@dataclass(frozen=True)
class Salvaged:
    """What was added to the sound ledger: entries, drafts newer than there, and whether nothing is known to lack.

    `last` is how far each stream went by the damaged file's own word, also those of other desks and of former replicas,
    which nothing outside the file counts; `values` whether the values beside the entries added could all be read.
    """

    entries: int = 0
    drafts: int = 0
    complete: bool = False
    last: Mapping[str, int] = field(default_factory=dict)
    values: bool = True


def salvage(damaged: Path, key: DatabaseKey, into: Path, *, work: Path) -> Salvaged:
    """Adds to the closed, sound database ``into`` what a damaged one holds beyond it; ``damaged`` is not touched.

    ``work`` is a folder for a copy, since looking into a database with a write-ahead log changes it. Answers nothing
    salvaged when it opens no more.
    """
    copy = work / damaged.name
    try:
        work.mkdir(parents=True, exist_ok=True)
        for path in (damaged, *sidecars(damaged)):
            if path.exists() and not path.name.endswith("-shm"):
                shutil.copyfile(path, work / path.name)
        for without_log in (False, True):
            if without_log:
                for path in sidecars(copy):
                    path.unlink(missing_ok=True)
            with suppress(StoreProblem, DriverError):
                return _salvaged(copy, key, into)
        return Salvaged()
    finally:
        shutil.rmtree(work, ignore_errors=True)


class _Damaged:
    """A damaged database that is asked again after it failed: a connection that met a bad page answers no more."""

    def __init__(self, path: Path, key: DatabaseKey) -> None:
        self._path, self._key = path, key
        self._raw: RawConnection | None = connect_keyed(path, key, journal="as found")

    def rows(self, sql: str, given: tuple[str | int, ...] = ()) -> tuple[list[tuple[object, ...]], bool]:
        """The rows up to the first that cannot be read, and whether those are all."""
        found: list[tuple[object, ...]] = []
        try:
            if self._raw is None:
                self._raw = connect_keyed(self._path, self._key, journal="as found")
            cursor = self._raw.execute(sql, given)
            while (row := cursor.fetchone()) is not None:
                found.append(tuple(row))
        except (DriverError, StoreProblem):
            self.close()
            return found, False
        return found, True

    def close(self) -> None:
        """Let go of the file."""
        if self._raw is not None:
            self._raw.close()
            self._raw = None


def _salvaged(copy: Path, key: DatabaseKey, into: Path) -> Salvaged:
    old = _Damaged(copy, key)
    try:
        new = connect_keyed(into, key, journal="delete")
        try:
            new.execute("BEGIN IMMEDIATE")
            done = _taken_over(old, new)
            new.execute("COMMIT")
        finally:
            new.close()
    finally:
        old.close()
    return done


def _taken_over(old: _Damaged, new: RawConnection) -> Salvaged:
    asked = "SELECT stream, counter FROM stream_head"
    told, complete = old.rows(asked)
    # Which streams there are may be what cannot be read any more.
    heads = {str(row[0]): int(str(row[1])) for row in told or new.execute(asked).fetchall()}
    entries, values = 0, True
    for stream, last in heads.items():
        here = _tip(new, stream)
        chain = _chain(old, stream, *here)
        values = _add_entries(old, new, chain) and values
        complete = complete and here[0] + len(chain) >= last
        entries += len(chain)
    complete = complete and values
    before = _count(new, "draft")
    for table in _BOOKS:
        complete = _replace(old, new, table) and complete
    new.execute("UPDATE replica_state SET file_identity = ''")
    # With no shape noted every table is projected anew from the journal at the next opening.
    new.execute("DELETE FROM dictionary_shape")
    drafts = max(0, _count(new, "draft") - before)
    return Salvaged(entries, drafts, complete and bool(told), heads if told else {}, values)


def _tip(new: RawConnection, stream: str) -> tuple[int, str]:
    row = new.execute("SELECT counter, hash FROM stream_head WHERE stream = ?", (stream,)).fetchone()
    return (0, "") if row is None else (int(str(row[0])), str(row[1]))


def _chain(old: _Damaged, stream: str, counter: int, digest: str) -> list[tuple[object, ...]]:
    """The rows of a stream beyond a tip that follow each other without a gap and are what their hashes say."""
    names = [column.name for column in entry.columns]
    columns = ", ".join(names)
    place = {name: names.index(name) for name in ("counter", "prev", "hash", "line")}
    asked = f"SELECT {columns} FROM entry{{}} WHERE stream = ? AND counter > ?"
    found, whole = old.rows(f"{asked.format('')} ORDER BY counter", (stream, counter))
    if not whole:
        # The index may be what is damaged: the rows themselves, one after another.
        scanned, _ = old.rows(asked.format(" NOT INDEXED"), (stream, counter))
        found = sorted({*found, *scanned}, key=lambda row: int(str(row[place["counter"]])))
    chain: list[tuple[object, ...]] = []
    for row in found:
        line = row[place["line"]]
        fits = isinstance(line, bytes) and line_digest(line) == row[place["hash"]]
        if not fits or row[place["counter"]] != counter + 1 or row[place["prev"]] != digest:
            break
        chain.append(row)
        counter, digest = counter + 1, str(row[place["hash"]])
    return chain


def _add_entries(old: _Damaged, new: RawConnection, chain: list[tuple[object, ...]]) -> bool:
    """Adds entries of one stream with the values beside them; False when a value could not be read."""
    if not chain:
        return True
    first, last = (
        dict(zip((column.name for column in entry.columns), row, strict=True))
        for row in (chain[0], chain[-1])
    )
    stream = str(last["stream"])
    for row in chain:
        _insert(new, "entry", row)
    head = (stream, last["replica"], stream.partition("/")[2], last["counter"], last["lamport"], last["hash"])
    _insert(new, "stream_head", head)
    columns = ", ".join(column.name for column in value.columns)
    asked = f"SELECT {columns} FROM value WHERE stream = ? AND counter BETWEEN ? AND ?"
    span = (int(str(first["counter"])), int(str(last["counter"])))
    values, whole = old.rows(asked, (stream, *span))
    if not whole:
        # A bad page ends the reading; what lies behind it is asked for by itself.
        whole = True
        for counter in range(span[0], span[1] + 1):
            found, read = old.rows(asked, (stream, counter, counter))
            values += found
            whole = whole and read
    for beside in values:
        _insert(new, "value", beside)
    return whole


def _replace(old: _Damaged, new: RawConnection, table: str) -> bool:
    """Takes a small table over whole; False when it cannot be read to its end."""
    rows, whole = old.rows(
        f"SELECT {', '.join(column.name for column in metadata.tables[table].columns)} FROM {table}"
    )
    if whole:
        new.execute(f"DELETE FROM {table}")
        for row in rows:
            _insert(new, table, row)
    return whole


def _insert(new: RawConnection, table: str, row: tuple[object, ...]) -> None:
    columns = ", ".join(column.name for column in metadata.tables[table].columns)
    marks = ", ".join("?" for _ in row)
    plain = [each if isinstance(each, str | int | bytes) else None for each in row]
    new.execute(f"INSERT OR REPLACE INTO {table}({columns}) VALUES({marks})", plain)


def _count(raw: RawConnection, table: str) -> int:
    return one_number(raw, f"SELECT count(*) FROM {table}")
