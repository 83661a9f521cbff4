"""Projecting: what the journal says of a record, written as its row and its place in the search index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from lianxin.domain.canonical import canonical, parse_strict
from lianxin.domain.dictionary import Record, Wire, merge_units
from lianxin.domain.journal import EntryId, RecordState
from lianxin.domain.values import Beside, Kept, Lookup, shown_record
from lianxin.store import search
from lianxin.store.head_cache import pack_state, unpack_state
from lianxin.store.tables import QUESTION, REMOVED, SEARCH, STATE, UID, table_name


@dataclass(frozen=True)
class Row:
    """One row of a record table: shown values by wire name, and the state they come from."""

    values: Mapping[str, Wire]
    state: RecordState
    search_row: int | None


@dataclass(frozen=True)
class _Statements:
    wires: tuple[str, ...]
    flags: frozenset[str]
    select: str
    upsert: str


_prepared: dict[str, _Statements] = {}


def _statements(cls: type[Record]) -> _Statements:
    told = _prepared.get(cls.KIND)
    if told is None:
        told = _prepared[cls.KIND] = _made_statements(cls)
    return told


def _made_statements(cls: type[Record]) -> _Statements:
    wires = tuple(spec.wire for spec in cls.specs() if spec.wire != UID)
    flags = frozenset(spec.wire for spec in cls.specs() if spec.kind.name == "yes_no")
    table = f'"{table_name(cls)}"'
    names = [UID, *wires, STATE, REMOVED, QUESTION, SEARCH]
    listed = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" for _ in names)
    return _Statements(
        wires,
        flags,
        f'SELECT {listed} FROM {table} WHERE "{UID}" = ?',
        f"INSERT OR REPLACE INTO {table} ({listed}) VALUES ({marks})",
    )


def read_row(connection: Connection, cls: type[Record], uid: str) -> Row | None:
    """The row of a record, removed or not; None when nothing was ever written under this uid."""
    told = _statements(cls)
    found = connection.exec_driver_sql(told.select, (uid,)).first()
    if found is None:
        return None
    count = len(told.wires)
    values = {wire: _wire(found[1 + at], wire in told.flags) for at, wire in enumerate(told.wires)}
    state = unpack_state(cls.KIND, uid, str(found[1 + count]), values)
    number = found[4 + count]
    return Row(values, state, None if number is None else int(str(number)))


def _wire(value: object, flag: bool) -> Wire:
    if value is None:
        return None
    if flag:
        return bool(value)
    return value if isinstance(value, int) else str(value)


def write_row(
    connection: Connection, cls: type[Record], state: RecordState, search_row: int | None, lookup: Lookup
) -> Row:
    """Writes row and index entry of a record as the state says; returns the row that stands now."""
    told = _statements(cls)
    shown = shown_record(state, merge_units(cls), lookup)
    values: dict[str, Wire] = {wire: shown[wire].value if wire in shown else None for wire in told.wires}
    questions = sorted(name for name, field in shown.items() if field.conflict)
    if state.contested:
        questions.append("_state")
    text = "" if state.removed else search.words_of(cls, values)
    if text or search_row is not None:
        search_row = search.put(connection, cls.KIND, state.uid, text, search_row)
    connection.exec_driver_sql(
        told.upsert,
        (
            state.uid,
            *values.values(),
            pack_state(state, values),
            int(state.removed),
            " ".join(questions) or None,
            search_row,
        ),
    )
    return Row(values, state, search_row)


def stored_lookup(connection: Connection) -> Lookup:
    """Looks values beside entries up in the database."""

    def look(entry: EntryId, field: str) -> Beside | None:
        found = connection.exec_driver_sql(
            "SELECT state, salt, value FROM value WHERE stream = ? AND counter = ? AND field = ?",
            (entry.stream, entry.counter, field),
        ).first()
        if found is None or found[0] == "withheld":
            return None
        if found[0] == "erased":
            return "erased"
        return Kept(str(found[1]), _plain(str(found[2])))

    return look


def put_value(connection: Connection, entry: EntryId, field: str, kept: Kept) -> None:
    """Keeps the value behind a commitment; an erased one stays erased."""
    connection.exec_driver_sql(
        "INSERT INTO value(stream, counter, field, state, salt, value) VALUES(?, ?, ?, 'known', ?, ?) "
        "ON CONFLICT DO UPDATE SET state = 'known', salt = excluded.salt, value = excluded.value "
        "WHERE state = 'withheld'",
        (entry.stream, entry.counter, field, kept.salt, canonical(kept.value).decode()),
    )


def erase_value(connection: Connection, entry: EntryId, field: str) -> None:
    """Takes the value behind a commitment away for good."""
    connection.exec_driver_sql(
        "INSERT INTO value(stream, counter, field, state) VALUES(?, ?, ?, 'erased') "
        "ON CONFLICT DO UPDATE SET state = 'erased', salt = NULL, value = NULL",
        (entry.stream, entry.counter, field),
    )


def _plain(text: str) -> Wire:
    value = parse_strict(text.encode())
    return value if isinstance(value, str | int) else None
