"""When records came: the day of the first file taken in that brought a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from lianxin.store.statements import run

_AT_ONCE = 400


def arrived(connection: Connection, uids: Sequence[str]) -> Mapping[str, date]:
    """uid → local day on which an accepted file first brought the record; nothing for what was written here.

    Kept files know when they were received, so that a rebuilt database answers the same.
    """
    found: dict[str, date] = {}
    for start in range(0, len(uids), _AT_ONCE):
        part = uids[start : start + _AT_ONCE]
        marks = ", ".join("?" for _ in part)
        rows = run(
            connection,
            "SELECT e.uid, min(r.received_at) FROM entry e"
            " JOIN received_range g ON g.stream = e.stream AND e.counter BETWEEN g.first AND g.last"
            " JOIN received r ON r.place = g.place AND r.state = 'accepted'"
            f" WHERE e.uid IN ({marks}) GROUP BY e.uid",
            tuple(part),
        )
        found.update({str(uid): datetime.fromisoformat(str(at)).date() for uid, at in rows})
    return found
