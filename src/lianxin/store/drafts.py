"""Drafts: what is typed and not yet saved, kept outside the journal and owned by one window.

Saving is one statement, cheap enough for every pause in typing. The save of the record deletes the draft
in its own transaction, so there is never both or neither.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from lianxin.domain.canonical import JsonValue
from lianxin.store.errors import StoreProblem
from lianxin.store.statements import run


class DraftElsewhere(StoreProblem):
    """Another window is working on the same record; this one reads only."""

    code = "D140"

    def __init__(self, kind: str, key: str, window: str) -> None:
        self.kind, self.key, self.window = kind, key, window
        super().__init__(
            "这份登记正在另一个窗口填写，这里只能查看，已填的内容没有改动。请到那个窗口继续，或先关闭它。"
        )


_COLUMNS = 'kind, "key", "window", payload, saved_at'
_THIS = 'WHERE kind = ? AND "key" = ?'


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
    kept = run(
        connection,
        f"INSERT INTO draft({_COLUMNS}) VALUES(?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
        " SET payload = excluded.payload, saved_at = excluded.saved_at"
        ' WHERE "window" = excluded."window" RETURNING 1',
        (kind, key, window, _pack(payload), at.isoformat()),
    )
    if not kept.fetchall():
        owner = load_draft(connection, kind=kind, key=key)
        raise DraftElsewhere(kind, key, "" if owner is None else owner.window)


def load_draft(connection: Connection, *, kind: str, key: str) -> Draft | None:
    """The draft of one record, whichever window owns it; None when there is none."""
    rows = run(connection, f"SELECT {_COLUMNS} FROM draft {_THIS}", (kind, key)).fetchall()
    return _draft(*rows[0]) if rows else None


def list_drafts(connection: Connection, *, kind: str | None = None, window: str | None = None) -> list[Draft]:
    """Drafts, newest first, of one kind or one window when given."""
    asked = {name: value for name, value in (("kind", kind), ("window", window)) if value is not None}
    demands = " AND ".join(f'"{name}" = ?' for name in asked) or "TRUE"
    sql = f'SELECT {_COLUMNS} FROM draft WHERE {demands} ORDER BY saved_at DESC, kind, "key"'
    return [_draft(*row) for row in run(connection, sql, tuple(asked.values()))]


def delete_draft(connection: Connection, *, kind: str, key: str) -> bool:
    """Drop a draft, in the transaction that saved its record or because the clerk let it go; True if it was."""
    return bool(run(connection, f"DELETE FROM draft {_THIS} RETURNING 1", (kind, key)).fetchall())


def adopt_draft(connection: Connection, *, kind: str, key: str, window: str, left_by: str) -> Draft | None:
    """Give this window the draft that a closed or killed window left; None when it was not there any more.

    Naming the former owner makes two windows that adopt at once agree on one.
    """
    taken = run(
        connection,
        f'UPDATE draft SET "window" = ? {_THIS} AND "window" = ? RETURNING 1',
        (window, kind, key, left_by),
    )
    return load_draft(connection, kind=kind, key=key) if taken.fetchall() else None


def _pack(payload: Mapping[str, JsonValue]) -> str:
    # Not the wire's strict form: pasted text with half a character must not cost the clerk the draft, and
    # escaping keeps even that.
    return json.dumps(payload, ensure_ascii=True, separators=(",", ":"), sort_keys=True)


def _draft(kind: object, key: object, window: object, payload: object, saved_at: object) -> Draft:
    content: Mapping[str, JsonValue] = json.loads(str(payload))
    return Draft(str(kind), str(key), str(window), content, datetime.fromisoformat(str(saved_at)))
