"""What must hold between the fields of a record, beyond each field by itself (domain.md 3.31)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lianxin.domain.dictionary import Record
from lianxin.domain.records import Contact, Mandate, Opinion, ReceptionDay, Reply


def problems_of(record: Record, *, today: date) -> Mapping[str, str]:
    """Wire name → Chinese sentence; registration waits for them, a draft never does."""
    if isinstance(record, Contact):
        return _contact(record, today)
    if isinstance(record, Opinion | Reply):
        return _past(record, today)
    if isinstance(record, ReceptionDay):
        return _hours(record)
    if isinstance(record, Mandate) and record.state != "serving" and record.state_day is None:
        return {"state_day": "代表状态有变化，请填写状态日期"}
    return {}


def _contact(contact: Contact, today: date) -> Mapping[str, str]:
    problems: dict[str, str] = {}
    if contact.day > today:
        problems["date"] = "日期还没有到，请核对"
    if contact.persons < 1:
        problems["persons"] = "人次至少是1"
    return problems


def _past(record: Opinion | Reply, today: date) -> Mapping[str, str]:
    if isinstance(record, Opinion):
        return {"registered": "登记日期还没有到，请核对"} if record.registered > today else {}
    return {"date": "答复日期还没有到，请核对"} if record.day > today else {}


def _hours(day: ReceptionDay) -> Mapping[str, str]:
    if day.start is not None and day.end is not None and day.end <= day.start:
        return {"end": "结束时间应在开始时间之后"}
    return {}
