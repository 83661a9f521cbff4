"""Projecting: what the journal says of a record, written as its row and its place in the search index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from lianxin.domain.canonical import canonical, parse_strict
from lianxin.domain.dictionary import Record, Spec, Wire, merge_units
from lianxin.domain.journal import STATE as STATE_REGISTER
from lianxin.domain.journal import Entry, EntryId, RecordState
from lianxin.domain.values import Beside, Kept, Lookup, Shown, shown_record
from lianxin.store import search
from lianxin.store.head_cache import pack_first, pack_state, unpack_state
from lianxin.store.statements import run, run_many
from lianxin.store.tables import QUESTION, REMOVED, SEARCH, STATE, UID, UNREAD, table_name


@dataclass(frozen=True)
class Row:
    """One row of a record table: shown values by wire name, and the state they come from."""

    values: Mapping[str, Wire]
    state: RecordState
    search_row: int | None
    cache: Mapping[str, Wire]


@dataclass(frozen=True)
class _Shape:
    """What is worked out once per kind."""

    table: str
    fits: Mapping[str, Callable[[Wire], Wire]]
    flags: frozenset[str]
    searched: tuple[str, ...]
    units: Mapping[str, tuple[str, ...]]
    select: str
    select_all: str
    insert: str


_CACHE = (STATE, REMOVED, QUESTION, UNREAD, SEARCH)
_shapes: dict[type[Record], _Shape] = {}


def _shape(cls: type[Record]) -> _Shape:
    told = _shapes.get(cls)
    if told is None:
        told = _shapes[cls] = _made_shape(cls)
    return told


def _made_shape(cls: type[Record]) -> _Shape:
    specs = [spec for spec in cls.specs() if spec.wire != UID]
    table = f'"{table_name(cls)}"'
    names = [UID, *(spec.wire for spec in specs), *_CACHE]
    listed = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" for _ in names)
    return _Shape(
        table,
        {spec.wire: _fitting(spec) for spec in specs},
        frozenset(spec.wire for spec in specs if spec.kind.name == "yes_no"),
        tuple(spec.wire for spec in specs if spec.search),
        merge_units(cls),
        f'SELECT {listed} FROM {table} WHERE "{UID}" = ?',
        f'SELECT {listed} FROM {table} ORDER BY "{UID}"',
        f"INSERT INTO {table} ({listed}) VALUES ({marks})",
    )


def _fitting(spec: Spec) -> Callable[[Wire], Wire]:
    """What the column of a field can hold: the value, or None for one that only another program can read."""
    wanted = bool if spec.kind.name == "yes_no" else int if spec.kind.column == "integer" else str
    kind = spec.kind

    def fit(value: Wire) -> Wire:
        if type(value) is not wanted:
            return None
        try:
            return value if kind.pack(kind.unpack(value)) == value else None
        except (ValueError, TypeError, KeyError):
            return None

    return fit


def columns_of(cls: type[Record], shown: Mapping[str, Shown]) -> dict[str, Wire]:
    """The columns of a record's row: what each field shows, as far as this program can read it."""
    return {wire: fit(shown[wire].value) if wire in shown else None for wire, fit in _shape(cls).fits.items()}


def read_row(connection: Connection, cls: type[Record], uid: str) -> Row | None:
    """The row of a record, removed or not; None when nothing was ever written under this uid."""
    told = _shape(cls)
    found = run(connection, told.select, (uid,)).fetchone()
    return None if found is None else _row(cls, told, found)


def read_rows(connection: Connection, cls: type[Record]) -> Mapping[str, Row]:
    """uid → row of every record of a kind, removed or not; one whose cache is unreadable has an empty state."""
    told = _shape(cls)
    rows: dict[str, Row] = {}
    for found in run(connection, told.select_all):
        try:
            row = _row(cls, told, found)
        except (ValueError, KeyError, TypeError, IndexError):
            row = Row(
                dict.fromkeys(told.fits), RecordState(cls.KIND, str(found[0])), None, dict.fromkeys(_CACHE)
            )
        rows[str(found[0])] = row
    return rows


def _row(cls: type[Record], told: _Shape, found: tuple[object, ...]) -> Row:
    count = len(told.fits)
    values = {wire: _wire(found[1 + at], wire in told.flags) for at, wire in enumerate(told.fits)}
    cache = {name: _wire(found[1 + count + at], False) for at, name in enumerate(_CACHE)}
    state = unpack_state(cls.KIND, str(found[0]), str(cache[STATE]), values)
    number = cache[SEARCH]
    return Row(values, state, number if isinstance(number, int) else None, cache)


def _wire(value: object, flag: bool) -> Wire:
    if value is None:
        return None
    if flag:
        return bool(value)
    return value if isinstance(value, int) else str(value)


def write_row(
    connection: Connection, cls: type[Record], state: RecordState, before: Row | None, lookup: Lookup
) -> bool:
    """Writes row and index entry of a record as the state says; `before` is the row that stands now.

    Answers whether a question about it is open.
    """
    told = _shape(cls)
    shown = shown_record(state, told.units, lookup)
    values = columns_of(cls, shown)
    cache = cache_of(cls, state, shown, values)
    cache[SEARCH] = _write_words(connection, cls, state, values, before)
    if before is None:
        run(connection, told.insert, (state.uid, *values.values(), *cache.values()))
        return cache[QUESTION] is not None
    # Only what is different is named: SQLite rewrites every index of a column that is named.
    changes = [(name, value) for name, value in values.items() if _other(value, before.values[name])]
    changes += [(name, value) for name, value in cache.items() if value != before.cache[name]]
    if changes:
        named = ", ".join(f'"{name}" = ?' for name, _ in changes)
        sql = f'UPDATE {told.table} SET {named} WHERE "{UID}" = ?'
        run(connection, sql, (*(value for _, value in changes), state.uid))
    return cache[QUESTION] is not None


@dataclass(frozen=True)
class FirstRow:
    """What is written of a record of which one `put` is all that is known, made without its state.

    `text` is what the index holds of it.
    """

    cls: type[Record]
    uid: str
    values: Mapping[str, Wire]
    state: str
    text: str


def first_row(cls: type[Record], entry: Entry, kept: Mapping[str, Kept]) -> FirstRow | None:
    """The first row of a record; `kept` are the values beside the entry. None when a value fits no column."""
    told = _shape(cls)
    values: dict[str, Wire] = dict.fromkeys(told.fits)
    for wire, write in entry.fields.items():
        fit = told.fits.get(wire)
        value = write.value if write.commitment is None else kept[wire].value
        if fit is None:
            return None
        if value is not None:
            values[wire] = fit(value)
            if values[wire] is None:
                return None
    return FirstRow(cls, entry.uid, values, pack_first(entry), search.words_of(cls, values))


def write_first_rows(connection: Connection, rows: Sequence[FirstRow]) -> None:
    """What `write_row` writes for these records, many at a time."""
    texts = [(row.cls.KIND, row.uid, row.text) for row in rows if row.text]
    numbers = iter(search.put_new(connection, texts)) if texts else iter(())
    whole: dict[type[Record], list[tuple[Wire, ...]]] = {}
    for row in rows:
        cache = (row.state, 0, None, None, next(numbers) if row.text else None)
        whole.setdefault(row.cls, []).append((row.uid, *row.values.values(), *cache))
    for cls, each in whole.items():
        run_many(connection, _shape(cls).insert, each)


def write_first(connection: Connection, cls: type[Record], entry: Entry, kept: Mapping[str, Kept]) -> bool:
    """Writes the first row of one record. False, with nothing written, when a value fits no column."""
    row = first_row(cls, entry, kept)
    if row is None:
        return False
    write_first_rows(connection, [row])
    return True


def cache_of(
    cls: type[Record], state: RecordState, shown: Mapping[str, Shown], values: Mapping[str, Wire]
) -> dict[str, Wire]:
    """The columns beside the fields as the state says; the row of the index is left open."""
    questions = sorted(name for name, field in shown.items() if field.conflict)
    if state.contested:
        questions.append(STATE_REGISTER)
    unread = sum(1 for name, field in shown.items() if field.value is not None and values.get(name) is None)
    return {
        STATE: pack_state(state, values),
        REMOVED: int(state.removed),
        QUESTION: " ".join(questions) or None,
        UNREAD: unread or None,
        SEARCH: None,
    }


def _write_words(
    connection: Connection,
    cls: type[Record],
    state: RecordState,
    values: Mapping[str, Wire],
    before: Row | None,
) -> int | None:
    number = before.search_row if before else None
    hidden = state.removed
    if (
        before is not None
        and hidden == bool(before.cache[REMOVED])
        and not any(_other(values[wire], before.values[wire]) for wire in _shape(cls).searched)
    ):
        return number
    text = "" if hidden else search.words_of(cls, values)
    if not text and number is None:
        return None
    return search.put(connection, cls.KIND, state.uid, text, number)


def _other(one: Wire, other: Wire) -> bool:
    return one != other or type(one) is not type(other)


def drop_row(connection: Connection, cls: type[Record], uid: str) -> None:
    """Takes row and index entry of a record away: nothing of the journal speaks of it any more."""
    row = read_row(connection, cls, uid)
    if row is None:
        return
    if row.search_row is not None:
        search.drop(connection, row.search_row)
    run(connection, f'DELETE FROM {_shape(cls).table} WHERE "{UID}" = ?', (uid,))


def stored_lookup(connection: Connection) -> Lookup:
    """Looks values beside entries up in the database."""

    def look(entry: EntryId, field: str) -> Beside | None:
        found = run(
            connection,
            "SELECT state, salt, value FROM value WHERE stream = ? AND counter = ? AND field = ?",
            (entry.stream, entry.counter, field),
        ).fetchone()
        return None if found is None else beside_of(*found)

    return look


def beside_of(state: object, salt: object, value: object) -> Beside | None:
    """What one row of the table of values says."""
    if state == "withheld":
        return None
    if state == "erased":
        return "erased"
    return Kept(str(salt), _plain(str(value)))


def put_value(connection: Connection, entry: EntryId, field: str, kept: Kept) -> None:
    """Keeps the value behind a commitment; an erased one stays erased."""
    put_values(connection, [(entry, field, kept)])


def put_values(connection: Connection, values: Iterable[tuple[EntryId, str, Kept]]) -> None:
    """The same for many."""
    run_many(
        connection,
        "INSERT INTO value(stream, counter, field, state, salt, value) VALUES(?, ?, ?, 'known', ?, ?) "
        "ON CONFLICT DO UPDATE SET state = 'known', salt = excluded.salt, value = excluded.value "
        "WHERE state = 'withheld'",
        [
            (entry.stream, entry.counter, field, kept.salt, canonical(kept.value).decode())
            for entry, field, kept in values
        ],
    )


def erase_value(connection: Connection, entry: EntryId, field: str) -> None:
    """Takes the value behind a commitment away for good, and notes that kept files may still hold it."""
    note_still_kept(connection, entry, field)
    run(
        connection,
        "INSERT INTO value(stream, counter, field, state) VALUES(?, ?, ?, 'erased') "
        "ON CONFLICT DO UPDATE SET state = 'erased', salt = NULL, value = NULL",
        (entry.stream, entry.counter, field),
    )


def note_still_kept(connection: Connection, entry: EntryId, field: str) -> None:
    """Notes that a kept file may hold an erased value: what was erased before it came must go from it, too."""
    run(
        connection,
        "INSERT OR IGNORE INTO erased_pending(stream, counter, field) VALUES(?, ?, ?)",
        (entry.stream, entry.counter, field),
    )


def _plain(text: str) -> Wire:
    value = parse_strict(text.encode())
    return value if isinstance(value, str | int) else None
