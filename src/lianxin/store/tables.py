"""Record tables, made from the dictionary: a cache of the journal that may be dropped and projected again."""

# SQLAlchemy's Table is generic in its columns, which only the dictionary knows: Any by the library's default.
# mypy: disable-error-code="explicit-any"
from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Column, Connection, Index, Integer, MetaData, Table, Text

from lianxin.domain.canonical import canonical
from lianxin.domain.dictionary import Record, kinds
from lianxin.store import schema

UID, STATE, REMOVED, QUESTION, SEARCH = "uid", "_state", "_removed", "_question", "_search"
"""Columns beside the fields: the head cache, the removal flag, fields in question, row of the search index."""

_metadata = MetaData()


_made: dict[str, Table] = {}


def table_of(cls: type[Record]) -> Table:
    """The table of one kind: uid, one column per declared field, then the cache columns. No foreign key."""
    table = _made.get(cls.KIND)
    if table is None:
        table = _made[cls.KIND] = _declared_table(cls)
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
        _metadata,
        *columns,
        Column(STATE, Text, nullable=False),
        Column(REMOVED, Integer, nullable=False),
        Column(QUESTION, Text),
        Column(SEARCH, Integer),
        sqlite_strict=True,
    )
    for wire in _indexed(cls):
        Index(f"{table.name}_{wire}", table.c[wire])
    return table


def table_name(cls: type[Record]) -> str:
    """The name of a kind's table."""
    return "r_" + cls.KIND.replace("-", "_")


def _indexed(cls: type[Record]) -> Iterator[str]:
    """What lists are ordered and joined by: days, references, and the printed number."""
    for spec in cls.specs():
        if spec.kind.refers or spec.kind.name == "day" or spec.wire == "number":
            yield spec.wire


def shape_digest(cls: type[Record]) -> str:
    """Changes when the table or the search text of a kind would come out different."""
    told: Sequence[Sequence[str | bool]] = [
        [spec.wire, spec.kind.name, spec.kind.column, spec.search, spec.withheld_able, spec.merge]
        for spec in cls.specs()
    ]
    return hashlib.sha256(canonical([cls.KIND, told])).hexdigest()


def stale_kinds(connection: Connection) -> list[type[Record]]:
    """The kinds whose table is missing or was projected from another shape of the dictionary."""
    rows = connection.exec_driver_sql("SELECT kind, digest FROM dictionary_shape").all()
    stored: Mapping[str, str] = {str(row[0]): str(row[1]) for row in rows}
    return [cls for cls in kinds() if stored.get(cls.KIND) != shape_digest(cls)]


def make_anew(connection: Connection, cls: type[Record]) -> None:
    """Drops and makes one record table, empty, and notes the shape it has now."""
    table = table_of(cls)
    table.drop(connection, checkfirst=True)
    table.create(connection)
    connection.execute(schema.dictionary_shape.delete().where(schema.dictionary_shape.c.kind == cls.KIND))
    connection.execute(schema.dictionary_shape.insert().values(kind=cls.KIND, digest=shape_digest(cls)))
