"""In which of our streams a record is written, and whose records may not be written at all (journal.md, "Owner")."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from lianxin.domain.dictionary import ADDRESSEE, Record
from lianxin.domain.journal import Write
from lianxin.domain.records import Office
from lianxin.domain.streams import BEHALF, COUNTY_DIGITS, OFFICE, TO, audience_of, on_behalf, org_of
from lianxin.store import journal_log
from lianxin.store.errors import StoreProblem
from lianxin.store.projection import Row
from lianxin.store.statements import run
from lianxin.store.tables import table_name


class NotOurs(StoreProblem):
    """The record is another office's: it is answered, never edited."""

    code = "D138"

    def __init__(self, label: str, uid: str, owner: str) -> None:
        self.uid, self.owner = uid, owner
        super().__init__(
            f"这条{label}是{owner}登记的，本单位只能看，不能改，没有改动任何数据。需要更正请告诉对方。"
        )


class OnBehalfOnly(StoreProblem):
    """The record was read from a township's table: it changes with that table, never by hand."""

    code = "D139"

    def __init__(self, label: str, uid: str) -> None:
        self.uid = uid
        super().__init__(
            f"这条{label}是按乡镇的表格代录的，不能在这里直接改，没有改动任何数据。"
            "请改正表格后重新代录，或者撤销那一次代录。"
        )


def require_ours(connection: Connection, cls: type[Record], uid: str, ours: str, behalf: str) -> None:
    """Nobody edits a foreign record. `ours` is our code, `behalf` the township written for, "" for nobody.

    Of codes with as many digits as ours only those this office goes on for are ever here. Raises NotOurs,
    OnBehalfOnly.
    """
    if len(ours) > COUNTY_DIGITS and not cls.OF_COUNTY:
        return
    stream = journal_log.stream_of_record(connection, cls.KIND, uid)
    if stream is None:
        return
    if len(org_of(stream)) != len(ours):
        raise NotOurs(cls.LABEL, uid, _called(connection, org_of(stream)))
    audience = audience_of(stream)
    if (on_behalf(audience) or behalf) and audience != audience_for(cls, behalf, None, {}):
        raise OnBehalfOnly(cls.LABEL, uid)


def _called(connection: Connection, code: str) -> str:
    """An office by its name and code; by the code alone while its name is not known here."""
    asked = f'SELECT name FROM "{table_name(Office)}" WHERE code = ? AND name IS NOT NULL'
    found = run(connection, asked, (code,)).fetchone()
    return f"{found[0]}（{code}）" if found else code


def audience_for(cls: type[Record], behalf: str, row: Row | None, fields: Mapping[str, Write]) -> str:
    """Who reads what is written: by the kind, the office it is addressed to, or nobody but this county."""
    if cls.AUDIENCE == TO and not behalf:
        # The office it is addressed to reads it and no other; a record never changes its reader.
        reader = row.values[ADDRESSEE] if row else fields[ADDRESSEE].value
        return f"{TO}-{reader}"
    return f"{BEHALF}-{behalf}" if behalf and cls.AUDIENCE == OFFICE else cls.AUDIENCE
