"""What must hold between the fields of a record, beyond each field by itself (domain.md 3.31)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lianxin.domain.dictionary import Record
from lianxin.domain.records import (
    Activity,
    Contact,
    Mandate,
    Meeting,
    Opinion,
    ProjectProgress,
    ReceptionDay,
    Reply,
    Township,
)
from lianxin.domain.report_checks import ReportRecord, report_problems


def problems_of(record: Record, *, today: date) -> Mapping[str, str]:
    """Wire name → Chinese sentence; registration waits for them, a draft never does."""
    if isinstance(record, Contact):
        return _contact(record, today)
    if isinstance(record, Opinion | Reply):
        return _past(record, today)
    if isinstance(record, ReceptionDay):
        return _hours(record)
    if isinstance(record, Activity | Meeting):
        return _event(record, today)
    if isinstance(record, ReportRecord):
        return report_problems(record, today)
    if isinstance(record, Mandate) and record.state != "serving" and record.state_day is None:
        return {"state_day": "代表状态有变化，请填写状态日期"}
    if isinstance(record, ProjectProgress) and (record.percent or 0) > _WHOLE:
        return {"percent": "完成比例不能超过100"}
    return _township(record) if isinstance(record, Township) else {}


_WHOLE = 100


def _contact(contact: Contact, today: date) -> Mapping[str, str]:
    problems: dict[str, str] = {}
    if contact.day > today:
        problems["date"] = "日期还没有到，请核对"
    if contact.persons < 1:
        problems["persons"] = "人次至少是1"
    return problems


def _township(town: Township) -> Mapping[str, str]:
    """A township's code is the first nine of the twelve digits of GB/T 2260 and GB/T 10114."""
    problems: dict[str, str] = {}
    if not (len(town.code) == 9 and town.code.isascii() and town.code.isdigit()):
        problems["code"] = "乡镇的区划代码是9位数字"
    if town.since is not None and town.until is not None and town.until < town.since:
        problems["until"] = "停止报送应在开始报送之后"
    return problems


def _past(record: Opinion | Reply, today: date) -> Mapping[str, str]:
    if isinstance(record, Opinion):
        return {"registered": "登记日期还没有到，请核对"} if record.registered > today else {}
    return {"date": "答复日期还没有到，请核对"} if record.day > today else {}


def _event(event: Activity | Meeting, today: date) -> Mapping[str, str]:
    problems = dict(_hours(event)) if event.until is None else {}
    if event.until is not None and event.until < event.day:
        problems["until"] = "结束日期应在开始日期之后"
    if isinstance(event, Meeting) and event.days is not None and event.days <= 0:
        problems["days"] = "会期应大于0天"
    if isinstance(event, Meeting) and event.held and event.day > today:
        problems["held"] = "会议日期还没有到，不能记为已召开"
    sent = event.report_sent if isinstance(event, Activity) else None
    if isinstance(event, Activity) and sent and event.report_due and event.report_due < sent:
        problems["report_due"] = "反馈期限应在转交日期之后"
    return problems


def _hours(day: ReceptionDay | Activity | Meeting) -> Mapping[str, str]:
    if day.start is not None and day.end is not None and day.end <= day.start:
        return {"end": "结束时间应在开始时间之后"}
    return {}
