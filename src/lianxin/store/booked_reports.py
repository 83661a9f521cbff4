"""The book of received files as one long list of reports, for a view over all townships and months."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from lianxin.domain.canonical import JsonValue
from lianxin.store.statements import run


@dataclass(frozen=True)
class BookedReport:
    """One report (or 普通报送) as booked. `state` as in `received`; `verdict` and `code` are what was said of it.

    `brought` counts the records it made or changed here; `came` is our time of reception.
    """

    place: str
    bundle_id: str
    digest: str
    org: str
    org_name: str
    replica: str
    seq: int
    plain: bool
    period: str
    state: str
    came: datetime
    verdict: str
    code: str
    brought: tuple[int, int]
    conflicts: int


def booked_reports(connection: Connection) -> list[BookedReport]:
    """Every report in the order in which they came, in one walk and without what each holds of the journal."""
    rows = run(
        connection,
        "SELECT place, bundle_id, digest, org, replica, seq, kind, period, state, received_at, verdict FROM received"
        " WHERE kind IN ('report', 'plain') ORDER BY received_at, place",
    )
    return [_report(row) for row in rows]


def any_report(connection: Connection, period: str) -> bool:
    """Whether anybody sent something for this period, whatever became of it."""
    asked = "SELECT 1 FROM received WHERE kind IN ('report', 'plain') AND period = ? LIMIT 1"
    return run(connection, asked, (period,)).fetchone() is not None


def _report(row: tuple[object, ...]) -> BookedReport:
    place, bundle_id, digest, org, replica, seq, kind, period, state, came, told = (str(each) for each in row)
    said: Mapping[str, JsonValue] = json.loads(told)
    return BookedReport(
        place,
        bundle_id,
        digest,
        org,
        str(said.get("org_name") or ""),
        replica,
        int(seq),
        kind == "plain",
        period,
        state,
        datetime.fromisoformat(came),
        str(said.get("verdict")).lower(),
        str(said.get("code")),
        (_count(said, "new"), _count(said, "changed")),
        _count(said, "conflicts"),
    )


def _count(said: Mapping[str, JsonValue], name: str) -> int:
    value = said.get(name)
    return value if isinstance(value, int) else 0
