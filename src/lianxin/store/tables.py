"""Record tables, made from the dictionary: a cache of the journal that may be dropped and projected again."""

# SQLAlchemy's Table is generic in its columns, which only the dictionary knows: Any by the library's default.
# mypy: disable-error-code="explicit-any"
from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Column, Connection, Index, Integer, MetaData, Table, Text, text
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from lianxin.domain.canonical import canonical
from lianxin.domain.dictionary import Record, Spec, kinds
from lianxin.store import schema
from lianxin.store.statements import run

UID, STATE, REMOVED, QUESTION, UNREAD, SEARCH = "uid", "_state", "_removed", "_question", "_unread", "_search"
"""Columns beside the fields: head cache, removal flag, fields in question, how many fields this program could
not read (null for none), row of the search index."""

FORM = 5
"""Raised when this program makes the tables of the same dictionary differently; they are then projected anew."""

_made: dict[type[Record], Table] = {}
_told: dict[type[Record], tuple[str, ...]] = {}
_digests: dict[type[Record], str] = {}


def table_of(cls: type[Record]) -> Table:
    """The table of one kind: uid, one column per declared field, then the cache columns. No foreign key."""
    table = _made.get(cls)
    if table is None:
        table = _made[cls] = _declared_table(cls)
    return table


def _declared_table(cls: type[Record]) -> Table:
    columns: list[Column[str] | Column[int]] = [Column(UID, Text, primary_key=True)]
    for spec in cls.specs():
        if spec.wire == UID:
            continue
        if spec.kind.column == "integer":
            columns.append(Column(spec.wire, Integer))
        else:
            columns.append(Column(spec.wire, Text))
    table = Table(
        table_name(cls),
        MetaData(),
        *columns,
        Column(STATE, Text, nullable=False),
        Column(REMOVED, Integer, nullable=False),
        Column(QUESTION, Text),
        Column(UNREAD, Integer),
        Column(SEARCH, Integer),
        sqlite_strict=True,
    )
    _index(cls, table)
    return table


def _index(cls: type[Record], table: Table) -> None:
    """Indexes of live rows only, and where a field is mostly empty of filled ones: each costs a page a save."""
    telling = _telling_rows(cls)
    for spec in _indexed(cls):
        live = f"{REMOVED} = 0" if _is_whole(spec) else f'{REMOVED} = 0 AND "{spec.wire}" IS NOT NULL'
        named = [spec.wire, UID, SEARCH] if spec is telling else [spec.wire, UID]
        Index(f"{table.name}_{spec.wire}", *(table.c[name] for name in named), sqlite_where=text(live))
    Index(f"{table.name}_{REMOVED}", table.c[UID], sqlite_where=text(f"{REMOVED} = 1"))
    for name in (QUESTION, UNREAD):
        Index(f"{table.name}_{name}", table.c[UID], sqlite_where=text(f"{name} IS NOT NULL"))


def table_name(cls: type[Record]) -> str:
    """The name of a kind's table."""
    return _name(cls.KIND)


def _name(kind: str) -> str:
    return "r_" + kind.replace("-", "_")


def _indexed(cls: type[Record]) -> Iterator[Spec]:
    """What lists are ordered and joined by: references, days and the printed number.

    A kind that belongs to a parent is asked for by that alone: its days and numbers would cost every save pages.
    """
    for spec in cls.specs():
        listed = not cls.PARENT and (spec.kind.name == "day" or spec.wire == "number")
        if spec.kind.refers or spec.kind.name == "owner" or listed:
            yield spec


def _is_whole(spec: Spec) -> bool:
    """Whether the index of a field holds all live rows: lists are ordered by it."""
    return spec.required or spec.wire == "number"


def _telling_rows(cls: type[Record]) -> Spec | None:
    """The field whose index also tells the rows of the search index, so that the many records a common word stands
    in are found without reading any (docs/adr/0032): a day if there is one, for of short keys most fit in memory.
    """
    if not any(spec.search for spec in cls.specs()):
        return None
    whole = filter(_is_whole, _indexed(cls))
    return min(whole, key=lambda spec: spec.kind.name != "day", default=None)


def shape_digest(cls: type[Record]) -> str:
    """Changes when the table or the search text of a kind would come out different."""
    digest = _digests.get(cls)
    if digest is None:
        digest = _digests[cls] = _reckoned_shape(cls)
    return digest


def _reckoned_shape(cls: type[Record]) -> str:
    told: Sequence[Sequence[str | bool]] = [
        [
            spec.wire,
            spec.kind.name,
            spec.kind.column,
            spec.kind.refers,
            spec.kind.person_name,
            spec.search,
            spec.required,
            spec.withheld_able,
            spec.merge,
        ]
        for spec in cls.specs()
    ]
    return hashlib.sha256(canonical([cls.KIND, FORM, told])).hexdigest()


def stale_kinds(connection: Connection) -> list[type[Record]]:
    """The kinds whose table is missing or was projected from another shape of the dictionary."""
    stored = _shapes(connection)
    return [cls for cls in kinds() if stored.get(cls.KIND) != shape_digest(cls)]


def retired_kinds(connection: Connection) -> list[str]:
    """Kinds that have a table here but that this program's dictionary does not hold."""
    here = {cls.KIND for cls in kinds()}
    return [kind for kind in _shapes(connection) if kind not in here]


def _shapes(connection: Connection) -> Mapping[str, str]:
    rows = connection.exec_driver_sql("SELECT kind, digest FROM dictionary_shape").all()
    return {str(row[0]): str(row[1]) for row in rows}


def make_anew(connection: Connection, cls: type[Record]) -> None:
    """Drops and makes one record table, empty, and notes the shape it has now."""
    forget(connection, cls.KIND)
    for statement in _making(cls):
        run(connection, statement)
    run(connection, "INSERT INTO dictionary_shape(kind, digest) VALUES (?, ?)", (cls.KIND, shape_digest(cls)))


def _making(cls: type[Record]) -> tuple[str, ...]:
    """The statements that make a table and its indexes; putting them into words costs more than running them."""
    told = _told.get(cls)
    if told is None:
        told = _told[cls] = _in_words(cls)
    return told


def _in_words(cls: type[Record]) -> tuple[str, ...]:
    table, words = table_of(cls), dialect()
    indexes = sorted(table.indexes, key=_index_name)
    return (
        str(CreateTable(table).compile(dialect=words)),
        *(str(CreateIndex(each).compile(dialect=words)) for each in indexes),
    )


def _index_name(index: Index) -> str:
    return str(index.name)


def forget(connection: Connection, kind: str) -> None:
    """Drops the table of a kind; its entries stay in the journal."""
    connection.exec_driver_sql(f'DROP TABLE IF EXISTS "{_name(kind)}"')
    connection.execute(schema.dictionary_shape.delete().where(schema.dictionary_shape.c.kind == kind))
