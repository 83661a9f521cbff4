"""Drafts: what is typed and not yet saved, kept outside the journal and owned by one window.

Saving is one statement, cheap enough for every pause in typing. The save of the record deletes the draft
in its own transaction, so there is never both or neither.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from lianxin.domain.canonical import JsonValue
from lianxin.store.errors import StoreProblem
from lianxin.store.schema import draft as table


class DraftElsewhere(StoreProblem):
    """Another window is working on the same record; this one reads only."""

    code = "D140"

    def __init__(self, kind: str, key: str, window: str) -> None:
        self.kind, self.key, self.window = kind, key, window
        super().__init__(
            "这份登记正在另一个窗口填写，这里只能查看，已填的内容没有改动。请到那个窗口继续，或先关闭它。"
        )


_COLUMNS = (table.c.kind, table.c.key, table.c.window, table.c.payload, table.c.saved_at)


@dataclass(frozen=True)
class Draft:
    """One draft as kept; ``key`` is the record's uid, or the id of a draft of something new."""

    kind: str
    key: str
    window: str
    payload: Mapping[str, JsonValue]
    saved_at: datetime


def save_draft(
    connection: Connection,
    *,
    kind: str,
    key: str,
    window: str,
    payload: Mapping[str, JsonValue],
    at: datetime,
) -> None:
    """Keep what is typed; raises DraftElsewhere when another window owns the draft, which is then untouched."""
    row = {"window": window, "payload": _pack(payload), "saved_at": at.isoformat()}
    statement = insert(table).values(kind=kind, key=key, **row)
    mine = statement.on_conflict_do_update(
        index_elements=[table.c.kind, table.c.key],
        set_={name: statement.excluded[name] for name in ("payload", "saved_at")},
        where=table.c.window == statement.excluded.window,
    )
    if connection.execute(mine).rowcount == 0:
        owner = load_draft(connection, kind=kind, key=key)
        raise DraftElsewhere(kind, key, "" if owner is None else owner.window)


def load_draft(connection: Connection, *, kind: str, key: str) -> Draft | None:
    """The draft of one record, whichever window owns it; None when there is none."""
    row = connection.execute(select(*_COLUMNS).where(_is(kind, key))).one_or_none()
    return None if row is None else _draft(*row)


def list_drafts(connection: Connection, *, kind: str | None = None, window: str | None = None) -> list[Draft]:
    """Drafts, newest first, of one kind or one window when given."""
    statement = select(*_COLUMNS).order_by(table.c.saved_at.desc(), table.c.kind, table.c.key)
    if kind is not None:
        statement = statement.where(table.c.kind == kind)
    if window is not None:
        statement = statement.where(table.c.window == window)
    return [_draft(*row) for row in connection.execute(statement)]


def delete_draft(connection: Connection, *, kind: str, key: str) -> bool:
    """Drop a draft, in the transaction that saved its record or because the clerk let it go; True if it was."""
    return connection.execute(delete(table).where(_is(kind, key))).rowcount > 0


def adopt_draft(connection: Connection, *, kind: str, key: str, window: str, left_by: str) -> Draft | None:
    """Give this window the draft that a closed or killed window left; None when it was not there any more.

    Naming the former owner makes two windows that adopt at once agree on one.
    """
    taken = connection.execute(
        update(table).where(_is(kind, key), table.c.window == left_by).values(window=window)
    )
    return load_draft(connection, kind=kind, key=key) if taken.rowcount else None


def _is(kind: str, key: str) -> ColumnElement[bool]:
    return (table.c.kind == kind) & (table.c.key == key)


def _pack(payload: Mapping[str, JsonValue]) -> str:
    # Not the wire's strict form: pasted text with half a character must not cost the clerk the draft, and
    # escaping keeps even that.
    return json.dumps(payload, ensure_ascii=True, separators=(",", ":"), sort_keys=True)


def _draft(kind: str, key: str, window: str, payload: str, saved_at: str) -> Draft:
    content: Mapping[str, JsonValue] = json.loads(payload)
    return Draft(kind, key, window, content, datetime.fromisoformat(saved_at))
