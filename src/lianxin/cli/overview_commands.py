"""`overview`: 各乡镇报送情况 for scripts and for pasting."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from lianxin.bootstrap import App
from lianxin.cli.commands import Run
from lianxin.cli.saying import DONE, CommandProblem, Voice

if TYPE_CHECKING:
    from lianxin.county.returns.overview import Overview, Row
    from lianxin.county.returns.states import Return, Sent
    from lianxin.domain.canonical import JsonValue


def _overview(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.county.certificates.register import county_office
    from lianxin.county.returns.overview import overview, period_now, period_shown
    from lianxin.county.returns.overview_words import detail_line, head_line, missing_line, next_act
    from lianxin.office.trust.trusting import NotThisOffice

    try:
        county_office(app.desk)
    except NotThisOffice as elsewhere:
        raise CommandProblem("这里是乡镇的数据文件夹，各乡镇报送情况在县人大看", code="K301") from elsewhere
    period = period_shown(app.desk, told.period) if told.period else period_now(app.desk)
    found = overview(app.desk, period)
    head, missing = head_line(found), missing_line(found)
    voice.say(head)
    if not told.text:
        voice.say(f"{period.label} {detail_line(found)}".rstrip())
        for row in found.rows:
            said = (row.town.name, row.badge(found.today), row.shown.issue, next_act(found, row).words)
            voice.tell(_line(found, row), "　".join(each for each in said if each))
    voice.tell(_summary(found, head, missing), missing)
    return DONE


def _line(found: Overview, row: Row) -> dict[str, JsonValue]:
    from lianxin.county.returns.overview_words import next_act

    shown, last = row.shown, row.shown.last
    return {
        "org_code": row.town.code,
        "org_name": row.town.name,
        "way": row.town.way,
        **_return(shown),
        "label": row.badge(found.today),
        "late_days": row.late,
        "verified": last is not None and last.taken,
        "merged": last is not None and last.merged,
        "receipt": shown.receipt,
        "stamped": shown.stamped.day.isoformat() if shown.stamped is not None else None,
        "questions": row.questions,
        "last_new": row.last_new.isoformat() if row.last_new else None,
        "next": next_act(found, row).words,
        "files": [_file(each) for each in shown.files],
        "year": {code: each.state for code, each in row.year.items()},
    }


def _return(told: Return) -> dict[str, JsonValue]:
    return {
        "period": told.period.code,
        "state": told.state,
        "sent": told.arrived,
        "seq": told.last.seq or None if told.last is not None else None,
        "source": told.source or None,
        "due": told.due.isoformat() if told.due else None,
    }


def _file(sent: Sent) -> JsonValue:
    return {
        "way": sent.way,
        "seq": sent.seq or None,
        "state": sent.state,
        "code": sent.code,
        "came": sent.came.isoformat(),
        "new": sent.brought[0],
        "changed": sent.brought[1],
        "conflicts": sent.conflicts,
        "receipt": sent.receipt,
    }


def _summary(found: Overview, head: str, missing: str) -> dict[str, JsonValue]:
    asked = found.asked
    arrived = sum(each.shown.arrived for each in asked)
    return {
        "period": found.period.code,
        "townships": len(asked),
        "received": arrived,
        "missing": len(found.missing),
        "waiting": len(asked) - arrived - len(found.missing),
        "line": head,
        "missing_line": missing or None,
        "unregistered": [each.code for each in found.strangers],
    }


COMMANDS: dict[str, Run] = {"overview": _overview}
