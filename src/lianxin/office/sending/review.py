"""核对: what is missing or wrong before a period is reported, each with the record it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lianxin.domain.figures.of_period import Figures, figures
from lianxin.domain.meetings.electoral import term_problems
from lianxin.domain.periods import Period
from lianxin.domain.records import Contact, Office, Opinion, ReceptionDay, Rota, Term, Visitor
from lianxin.office.desk import Desk, office_of
from lianxin.office.figuring import facts_of
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.office.trust.county_link import county_name
from lianxin.store.reading import Condition, Reading


@dataclass(frozen=True)
class Finding:
    """One thing to look at; the button of its line leads to the record. None of them stops a sending."""

    kind: str
    uid: str
    sentence: str


def review(desk: Desk, period: Period) -> tuple[Finding, ...]:
    """Everything worth a look before the figures of the period are frozen."""
    with desk.store.reading() as reading:
        told = figures(period, facts_of(reading, period), profile=desk.profile)
        return (
            *_office(reading),
            *_days(reading, period, desk),
            *_contacts(reading, period),
            *_opinions(reading, period, told),
        )


def _office(reading: Reading) -> Iterator[Finding]:
    office = office_of(reading)
    if not county_name(reading):
        yield Finding(Office.KIND, office.uid, "没有填写报送的县人大名称，报送函上会写“县人大常委会”")
    if not office.phone:
        yield Finding(Office.KIND, office.uid, "没有填写值班电话，县人大打不了核对电话")
    terms = [term for term in reading.all(Term) if reading.is_own(Term, term.uid)]
    for term in terms:
        if term.provisional:
            yield Finding(Term.KIND, term.uid, "届次是暂定的，请在设置里核对第几届")
    for term, sentence in term_problems(terms):
        yield Finding(Term.KIND, term.uid, sentence)


def _days(reading: Reading, period: Period, desk: Desk) -> Iterator[Finding]:
    days = _within(reading, period)
    names = Names(reading)
    if not days:
        yield Finding("", "", f"{period.label}没有接待日记录")
    for day in days:
        if day.state in ("planned", "announced") and day.day < desk.today():
            yield Finding(ReceptionDay.KIND, day.uid, f"{names.title(day)} 的接待日没有登记是否开展")
        if day.state == "held" and not reading.children(Rota, "reception_day", [day.uid]):
            yield Finding(ReceptionDay.KIND, day.uid, f"{names.title(day)} 没有登记接待代表")


def _within(reading: Reading, period: Period) -> list[ReceptionDay]:
    return reading.all(
        ReceptionDay,
        Condition("date", ">=", period.start.isoformat()),
        Condition("date", "<=", period.end.isoformat()),
    )


def _contacts(reading: Reading, period: Period) -> Iterator[Finding]:
    contacts = reading.all(
        Contact,
        Condition("date", ">=", period.start.isoformat()),
        Condition("date", "<=", period.end.isoformat()),
    )
    named = {
        visitor.contact for visitor in reading.children(Visitor, "contact", [each.uid for each in contacts])
    }
    for contact in contacts:
        number = short_number(contact.number or "")
        if contact.to_complete:
            yield Finding(Contact.KIND, contact.uid, f"{number} 还是待补全")
        if contact.uid not in named:
            yield Finding(Contact.KIND, contact.uid, f"{number} 没有来访人；没有留姓名的请勾选匿名")


def _opinions(reading: Reading, period: Period, told: Figures) -> Iterator[Finding]:
    if told.reconciliation.difference:
        yield Finding("", "", told.reconciliation.text)
    for uid in told["unrouted"].uids:
        opinion = reading.get(Opinion, uid)
        if opinion is not None:
            yield Finding(
                Opinion.KIND, uid, f"{short_number(opinion.number or '')} {opinion.title} 还没有梳理分流"
            )
    for uid in told["overdue"].uids:
        opinion = reading.get(Opinion, uid)
        if opinion is not None:
            yield Finding(Opinion.KIND, uid, f"{short_number(opinion.number or '')} {opinion.title} 已经超期")
