"""Whose records these are: at a county, many offices stand beside each other in one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from sqlalchemy import Connection

from lianxin.domain.dictionary import Record, Wire
from lianxin.domain.streams import BEHALF, belongs_to
from lianxin.store import journal_log
from lianxin.store.projection import read_row
from lianxin.store.statements import run

R = TypeVar("R", bound=Record)


def owners_of_kind(connection: Connection, kind: str) -> Mapping[str, str]:
    """uid → code of the office that owns the record, for every record of a kind, removed ones too.

    A record written on behalf of a township belongs to it (docs/adr/0024).

    Read from the index of the journal in one walk, for a list that is narrowed by office.
    """
    rows = run(
        connection,
        "SELECT uid, min(stream) FROM entry INDEXED BY entry_record WHERE kind = ? GROUP BY uid",
        (kind,),
    )
    return {str(row[0]): belongs_to(str(row[1])) for row in rows}


def own_of(connection: Connection, cls: type[R], records: Iterable[R]) -> list[R]:
    """Those of the records that this office owns, in their order.

    One walk for all of them: at a county the records of every township stand in the same table.
    """
    own = [*records]
    if not own:
        return []
    owners, home = owners_of_kind(connection, cls.KIND), journal_log.home_org(connection)
    return [each for each in own if owners.get(each.uid) == home]


def written_on_behalf(connection: Connection, cls: type[Record], code: str) -> dict[str, Mapping[str, Wire]]:
    """uid → packed values of the records of a kind written on behalf of a township, those that count no more too."""
    rows = run(
        connection,
        "SELECT DISTINCT uid FROM entry INDEXED BY entry_record WHERE kind = ? AND stream LIKE ? ORDER BY uid",
        (cls.KIND, f"%/{BEHALF}-{code}"),
    ).fetchall()
    read = ((str(row[0]), read_row(connection, cls, str(row[0]))) for row in rows)
    return {uid: row.values for uid, row in read if row is not None}


def marked_on_behalf(connection: Connection, kind: str) -> frozenset[str]:
    """The uids of the records of a kind that were written on behalf of a township, to be marked in lists."""
    rows = run(
        connection,
        "SELECT DISTINCT uid FROM entry INDEXED BY entry_record WHERE kind = ? AND stream LIKE ?",
        (kind, f"%/{BEHALF}-%"),
    )
    return frozenset(str(row[0]) for row in rows)


def order_made(connection: Connection, kind: str) -> dict[str, tuple[int, str]]:
    """uid → what grows with the order in which the records of a kind were first written, the same on every copy."""
    rows = run(
        connection,
        "SELECT uid, lamport, stream FROM entry INDEXED BY entry_record WHERE kind = ? ORDER BY lamport DESC, stream DESC",
        (kind,),
    )
    return {str(row[0]): (int(str(row[1])), str(row[2])) for row in rows}
