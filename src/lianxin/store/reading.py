"""Reading records: one snapshot, frozen records out, never a row."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar, cast

from sqlalchemy import Connection, func, select

from lianxin.domain.canonical import JsonValue
from lianxin.domain.dictionary import Record, Wire, kinds, merge_units
from lianxin.domain.journal import Entry
from lianxin.domain.streams import belongs_to
from lianxin.domain.values import Shown, shown_record
from lianxin.store import drafts, journal_log, schema, search
from lianxin.store.drafts import Draft
from lianxin.store.projection import read_row, stored_lookup
from lianxin.store.statements import run
from lianxin.store.tables import QUESTION, REMOVED, SEARCH, UID, UNREAD, table_name, table_of

R = TypeVar("R", bound=Record)
Comparison = Literal["=", "!=", "<", "<=", ">", ">=", "in", "empty", "filled"]
_CHUNK = 400
_Asked = tuple[str, list[Wire]]
"""A statement and what stands for its marks."""


@dataclass(frozen=True)
class Condition:
    """One demand on one field, by wire name; `value` is packed (a day as ISO text)."""

    wire: str
    comparison: Comparison
    value: Wire | tuple[Wire, ...] = None


@dataclass(frozen=True)
class Order:
    """Sort by one field; the uid (time of making) breaks ties so that paging is stable."""

    wire: str = UID
    descending: bool = False


@dataclass(frozen=True)
class HistoryLine:
    """One entry of a record as people read it: when, who, why, and the fields it wrote."""

    entry: Entry
    reason: str


class Reading:
    """Questions to one snapshot of the database. Made by `RecordStore.reading`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def get(self, cls: type[R], uid: str) -> R | None:
        """The record, or None when it is unknown or removed."""
        return next(iter(self.by_uid(cls, [uid]).values()), None)

    def by_uid(self, cls: type[R], uids: Sequence[str]) -> dict[str, R]:
        """uid → record for those that are here and not removed, in the order asked."""
        found: dict[str, R] = {}
        for start in range(0, len(uids), _CHUNK):
            asked = Condition(UID, "in", tuple(uids[start : start + _CHUNK]))
            rows = self._rows(_selecting(cls, _wires(cls), [asked]))
            found.update((record.uid, record) for record in cls.unpacked_rows(rows))
        return {uid: found[uid] for uid in uids if uid in found}

    def all(
        self, cls: type[R], *conditions: Condition, order: Order = Order(), limit: int | None = None
    ) -> list[R]:
        """Every record that meets all conditions."""
        return cls.unpacked_rows(self._rows(_selecting(cls, _wires(cls), conditions, order, limit)))

    def children(self, cls: type[R], wire: str, parents: Sequence[str]) -> list[R]:
        """Records whose reference `wire` is one of these uids, oldest first."""
        found: list[R] = []
        for start in range(0, len(parents), _CHUNK):
            part = tuple(parents[start : start + _CHUNK])
            found += self.all(cls, Condition(wire, "in", part))
        return found

    def keys(
        self, cls: type[Record], *conditions: Condition, order: Order = Order(), limit: int | None = None
    ) -> list[str]:
        """The uids of a list of any size, in order; a table shows pages of them. With a limit only the first."""
        return self._texts(_selecting(cls, (UID,), conditions, order, limit))

    def fields(
        self, cls: type[Record], wires: Sequence[str], *conditions: Condition
    ) -> list[tuple[Wire, ...]]:
        """Only these fields, packed, of every record that meets all conditions: for sums over many records."""
        return cast("list[tuple[Wire, ...]]", self._rows(_selecting(cls, wires, conditions)))

    def holds_any(self, cls: type[Record]) -> bool:
        """Whether there is at least one."""
        return bool(self._rows((f'SELECT 1 FROM "{table_name(cls)}" AS r WHERE {_LIVE} LIMIT 1', [])))

    def count(self, cls: type[Record], *conditions: Condition) -> int:
        """How many records meet all conditions."""
        where, told = _where(cls, conditions)
        ((counted,),) = self._rows((f'SELECT count(*) FROM "{table_name(cls)}" AS r{where}', told))
        return cast(int, counted)

    def search(self, words: str, *, kinds: Sequence[str] = (), limit: int = 50) -> list[search.Hit]:
        """The latest records that hold these words anywhere, names by pinyin too."""
        return search.find(self.connection, words, kinds=kinds, limit=limit)

    def holding(self, cls: type[Record], words: str, *, wire: str = UID) -> set[str]:
        """The uid of every record of a kind that holds these words, however many; or of what its `wire` refers to."""
        if search.are_common(self.connection, words):
            rows, told = search.rows_holding(words)
            demand = f'r."{SEARCH}" IN ({rows})'
        else:
            hits = self.search(words, kinds=[cls.KIND], limit=search.FEW + search.MOST_NEW)
            told = [hit.uid for hit in hits]
            demand = f'r."{UID}" IN ({", ".join("?" * len(told))})'
        column, table = _column(cls, wire), table_name(cls)
        text = f'SELECT {column} FROM "{table}" AS r WHERE {_LIVE} AND {column} IS NOT NULL AND {demand}'
        return set(self._texts((text, [*told])))

    def history(self, kind: str, uid: str) -> list[HistoryLine]:
        """Every entry of a record, oldest first."""
        return [
            HistoryLine(entry, reason)
            for entry, reason in journal_log.entries_of_record(self.connection, kind, uid)
        ]

    def counters(self) -> dict[str, int]:
        """How far each stream is written; two snapshots with equal counters hold the same records."""
        return {stream: tip.counter for stream, tip in journal_log.tips(self.connection).items()}

    def written_after(self, counters: Mapping[str, int]) -> list[tuple[str, str]]:
        """(kind, uid) of what was written since a snapshot with these counters, removed records too."""
        return journal_log.records_written_after(self.connection, counters)

    def shown(self, cls: type[Record], uid: str) -> Mapping[str, Shown]:
        """Field by field what stands and which questions are open; empty when unknown."""
        row = read_row(self.connection, cls, uid)
        if row is None:
            return {}
        return shown_record(row.state, merge_units(cls), stored_lookup(self.connection))

    def in_question(self, cls: type[Record]) -> list[tuple[str, tuple[str, ...]]]:
        """uid and fields of the records whose heads differ (待确认)."""
        asked = f'SELECT "{UID}", "{QUESTION}" FROM "{table_name(cls)}" WHERE "{QUESTION}" IS NOT NULL'
        rows = self._rows((asked, []))
        return [(str(uid), tuple(str(names).split())) for uid, names in rows]

    def not_understood(self) -> Mapping[str, int]:
        """Kind → number of records of which a newer desk said what this program cannot show (journal.md).

        They are kept and will be shown after the upgrade; a kind this program does not know counts whole.
        """
        known = {cls.KIND: cls for cls in kinds()}
        found: dict[str, int] = {}
        for kind in journal_log.kinds_written(self.connection):
            if kind in known:
                table = table_of(known[kind])
                asked = select(func.count()).select_from(table).where(table.c[UNREAD].is_not(None))
            else:
                entry = schema.entry
                asked = select(func.count(entry.c.uid.distinct())).where(entry.c.kind == kind)
            counted = int(self.connection.execute(asked).scalar_one())
            if counted:
                found[kind] = counted
        return found

    def removed(self, cls: type[Record]) -> list[str]:
        """The uids in the 回收站 of one kind."""
        rows = self._rows((f'SELECT "{UID}" FROM "{table_name(cls)}" WHERE "{REMOVED}" = 1', []))
        return [str(uid) for (uid,) in rows]

    def owner(self, kind: str, uid: str) -> str | None:
        """The code of the office that owns a record: its creating entry's; None when it is unknown (journal.md).

        What a county wrote on behalf of a township belongs to that township.
        """
        stream = journal_log.stream_of_record(self.connection, kind, uid)
        return None if stream is None else belongs_to(stream)

    def is_own(self, cls: type[Record], uid: str) -> bool:
        """Whether this office owns a record: what a township sent is answered, never edited."""
        return self.owner(cls.KIND, uid) == journal_log.home_org(self.connection)

    def setting(self, name: str) -> JsonValue:
        """A setting of this computer; None when never set."""
        return read_setting(self.connection, name)

    def draft(self, kind: str, key: str) -> Draft | None:
        """The draft kept under this key."""
        return drafts.load_draft(self.connection, kind=kind, key=key)

    def drafts(self, kind: str | None = None) -> list[Draft]:
        """Drafts, newest first."""
        return drafts.list_drafts(self.connection, kind=kind)

    def logged(self, what: Sequence[str], *, limit: int) -> list[tuple[str, str, str]]:
        """(at, what, detail) of the latest lines of these sorts in the log of this computer."""
        log = schema.local_log
        asked = select(log.c.at, log.c.what, log.c.detail).where(log.c.what.in_(what))
        rows = self.connection.execute(asked.order_by(log.c.id.desc()).limit(limit))
        return [(str(at), str(line), str(detail)) for at, line, detail in rows]

    def known_row(self, identity: str) -> tuple[str, str] | None:
        """(kind, uid) that this ledger row became when it was first imported; None for an unknown row."""
        found = self.connection.exec_driver_sql(
            "SELECT kind, uid FROM imported_row WHERE identity = ?", (identity,)
        ).first()
        return None if found is None else (str(found[0]), str(found[1]))

    def import_batches(self) -> list[tuple[str, str, str, str, str, bool]]:
        """(id, kind, file name, at, counts JSON, undone) of the imports, latest first."""
        rows = self.connection.exec_driver_sql(
            "SELECT batch, kind, file_name, at, counts, undone_at FROM batch ORDER BY at DESC, batch DESC"
        )
        return [(str(r[0]), str(r[1]), str(r[2]), str(r[3]), str(r[4]), r[5] is not None) for r in rows]

    def _rows(self, asked: _Asked) -> list[tuple[object, ...]]:
        return run(self.connection, *asked).fetchall()

    def _texts(self, asked: _Asked) -> list[str]:
        """The one column of a statement, in its order.

        Fetched as one value: the driver gives way to other threads before and after each row, and with 100,000 of
        them the window and its worker would do little else than give way to each other.
        """
        text, told = asked
        whole = f"WITH listed(told) AS ({text}) SELECT json_group_array(told) FROM listed"
        ((array,),) = run(self.connection, whole, told).fetchall()
        listed: list[str] = json.loads(str(array))
        return listed


def keys_under(reading: Reading, cls: type[Record], wire: str, parents: Collection[str]) -> set[str]:
    """The uids of all records whose reference `wire` is one of these uids."""
    told, found = list(parents), set[str]()
    for start in range(0, len(told), _CHUNK):
        found.update(reading.keys(cls, Condition(wire, "in", tuple(told[start : start + _CHUNK]))))
    return found


def read_setting(connection: Connection, name: str) -> JsonValue:
    """A setting as JSON; None when never set."""
    found = connection.exec_driver_sql("SELECT value FROM setting WHERE name = ?", (name,)).first()
    if found is None:
        return None
    value: JsonValue = json.loads(str(found[0]))
    return value


_LIVE = f'r."{REMOVED}" = 0'
"""Written out, not bound: only then SQLite knows that the indexes of live rows answer the question."""
_SIGNS: Mapping[Comparison, str] = {
    "=": "= ?", "!=": "IS NOT ?", "<": "< ?", "<=": "<= ?", ">": "> ?", ">=": ">= ?",
    "empty": "IS NULL", "filled": "IS NOT NULL",
}  # fmt: skip


def _wires(cls: type[Record]) -> list[str]:
    """In the order of the specs, and no more: the state the store keeps beside them is longer than they are."""
    return [spec.wire for spec in cls.specs()]


def _column(cls: type[Record], wire: str) -> str:
    # With its table: SQLite takes a quoted name that no column has for a text.
    return f'r."{cls.spec(wire).wire}"'


def _selecting(
    cls: type[Record],
    wires: Sequence[str],
    conditions: Sequence[Condition],
    order: Order | None = None,
    limit: int | None = None,
) -> _Asked:
    """Text and not SQLAlchemy's expressions: building and compiling those took five times the answer itself."""
    where, told = _where(cls, conditions)
    fields = ", ".join(_column(cls, wire) for wire in wires)
    sorted_by = (
        "" if order is None else _ordering(cls, order, sort=limit is None and _sorts(conditions, order))
    )
    text = f'SELECT {fields} FROM "{table_name(cls)}" AS r{where}{sorted_by}'
    return (text, told) if limit is None else (f"{text} LIMIT ?", [*told, limit])


def _where(cls: type[Record], conditions: Iterable[Condition]) -> _Asked:
    demands, told = [_LIVE], list[Wire]()
    for each in conditions:
        column = _column(cls, each.wire)
        if each.comparison == "in":
            values = each.value if isinstance(each.value, tuple) else (each.value,)
            demands.append(f"{column} IN ({', '.join('?' * len(values))})")
            told += values
        elif each.comparison in ("empty", "filled"):
            demands.append(f"{column} {_SIGNS[each.comparison]}")
        elif each.comparison == "=" and each.value is None:
            demands.append(f"{column} IS NULL")
        else:
            demands.append(f"{column} {_SIGNS[each.comparison]}")
            told.append(cast(Wire, each.value))
    return f" WHERE {' AND '.join(demands)}", told


def _sorts(conditions: Sequence[Condition], order: Order) -> bool:
    return bool(conditions) or order.wire == UID


def _ordering(cls: type[Record], order: Order, *, sort: bool) -> str:
    """What to order by. With `sort`, after finding: the index of the order is then not walked for its own sake,
    which in a large table decrypts every row when a condition, or the flag of removal, has to be looked up.
    """
    sign, way = "+" if sort else "", " DESC" if order.descending else ""
    wires = dict.fromkeys((order.wire, UID))
    return " ORDER BY " + ", ".join(f"{sign}{_column(cls, wire)}{way}" for wire in wires)
