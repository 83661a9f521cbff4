"""What must hold between the fields of report-back records: nothing is done before its day (domain.md 3.18, 3.31)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from lianxin.domain.records import Commitment, Improvement, ReportSession, YearReport

ReportRecord: TypeAlias = ReportSession | YearReport | Commitment | Improvement


def report_problems(record: ReportRecord, today: date) -> Mapping[str, str]:
    """Wire name → Chinese sentence."""
    if isinstance(record, ReportSession):
        return _session(record, today)
    if isinstance(record, YearReport):
        days = {
            "submitted": record.submitted,
            "told_on": record.told_on,
            "handed_out": record.handed_out,
        }
    else:
        days = {"done": record.done}
    return {wire: _not_yet(record, wire) for wire, day in days.items() if day is not None and day > today}


def _session(session: ReportSession, today: date) -> Mapping[str, str]:
    problems: dict[str, str] = {}
    if session.held and session.day > today:
        problems["held"] = "日期还没有到，不能登记为已召开"
    if session.start and session.end and session.end <= session.start:
        problems["end"] = "结束时间应在开始时间之后"
    if session.published and session.published < session.day:
        problems["published"] = "公布日期应在会议当天或以后"
    return problems


def _not_yet(record: ReportRecord, wire: str) -> str:
    return f"{record.spec(wire).label}还没有到，请核对"
