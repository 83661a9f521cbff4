"""What the form of a visit says about matters: where one went, what one is called, what has become of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from lianxin.domain.casework.course import needs_chair
from lianxin.domain.dates import show_day_short
from lianxin.domain.records import Contact, Opinion
from lianxin.office.cases.registering import Registered
from lianxin.office.desk import Desk as Office
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.office.reception.visitors import matters_of
from lianxin.ui.reception.matter_rows import NO_MATTER, WAY_WORDS
from lianxin.ui.reception.visit_form import Visit


def matter_name(office: Office, uid: str) -> str:
    """2026-YJ0001 三组饮水管破损."""
    with office.store.reading() as reading:
        found = reading.get(Opinion, uid)
    return f"{short_number(found.number or '')} {found.title}" if found else "另一件意见"


def own_matters(office: Office, contact: str) -> str:
    """What became of the matters a registered visit raised, and where to go on with them; "" when it raised none."""
    with office.store.reading() as reading:
        found = [each for each in matters_of(office, reading, [contact]) if not each.joined]
    told = "；".join(f"{short_number(each.number)} {each.became}" for each in found)
    return f"已形成意见：{told}。改派、答复、反馈请到“意见建议办理”。" if told else ""


def registered_words(office: Office, done: Registered, visit: Visit) -> str:
    """已登记 2026-JF0001 田金玉：转镇水务站，期限12月20日."""
    raised = visit.raised
    went = WAY_WORDS[NO_MATTER] if raised is None else WAY_WORDS.get(raised.route, "待分流")
    if raised is not None and raised.unit:
        with office.store.reading() as reading:
            went = f"{'转' if done.due else '拟转'}{Names(reading).of('unit', raised.unit)}"
    elif done.contact.joined:
        went = f"并入 {matter_name(office, done.contact.joined)}"
    due = f"，期限{show_day_short(done.due)}" if done.due else ""
    if done.opinion is not None and needs_chair(done.opinion):
        waits = "，待主席审阅" if raised is not None and raised.route == "assigned" else ""
        due += f"；{'集体来访' if done.opinion.group else '涉密敏感'}{waits}"
    number = short_number(done.contact.number or "")
    return f"已登记 {number} {visit.visitors[0].name or '匿名来访人'}：{went}{due}"


def timed(contact: Contact, began: datetime | None) -> Contact:
    """A new contact with the time at which its form was begun, when that was on its day."""
    if contact.at is None and began is not None and contact.day == began.date():
        return replace(contact, at=began.time().replace(second=0, microsecond=0))
    return contact
