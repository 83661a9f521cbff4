"""`referred`: the matters townships sent up, where each stands and by when; the acts themselves are `put`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from lianxin.bootstrap import App
from lianxin.cli.commands import Run
from lianxin.cli.saying import DONE, CommandProblem, Voice

if TYPE_CHECKING:
    from datetime import date

    from lianxin.county.referrals.referred import Referred
    from lianxin.domain.canonical import JsonValue


def _referred(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.county.certificates.register import county_office
    from lianxin.county.referrals.referred import ReferredBook, ReferredFilter, first_line, kept
    from lianxin.office.trust.trusting import NotThisOffice

    try:
        county_office(app.desk)
    except NotThisOffice as elsewhere:
        raise CommandProblem("这里是乡镇的数据文件夹，转报事项办理在县人大看", code="K301") from elsewhere
    rows = ReferredBook(app.desk).look()
    voice.say(first_line(rows))
    for row in kept(rows, ReferredFilter(told.stage, told.town, told.unit)):
        said = (row.town, row.number, row.title, row.referral.unit, row.badge, row.next_act)
        voice.tell(_line(row), "　".join(each for each in said if each))
    return DONE


def _line(row: Referred) -> dict[str, JsonValue]:
    referral, clock = row.referral, row.clock
    return {
        "uid": row.uid,
        "org_code": row.code,
        "org_name": row.town,
        "number": row.number,
        "title": row.title,
        "stage": row.stage,
        "label": referral.label,
        "sent": referral.sent.isoformat(),
        "arrived": row.arrived.isoformat(),
        "unit": referral.unit or None,
        "assigned": _day(referral.assigned),
        "due": _day(clock.due),
        "days_left": clock.days_left,
        "supervised": referral.supervised,
        "answered": _day(referral.answered),
        "rounds": referral.rounds,
        "satisfaction": row.satisfaction or None,
        "unheeded": len(referral.unheeded),
        "next": row.next_act or None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


COMMANDS: dict[str, Run] = {"referred": _referred}
