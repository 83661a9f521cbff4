"""The documents of a sending: cover letter, return, ledgers, all from one snapshot and without personal data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from lianxin.documents.official.cover_letter import CoverLetter, cover_letter_docx
from lianxin.documents.workbooks.ledger import ledger_xlsx
from lianxin.documents.workbooks.monthly_return import (
    ReturnChart,
    ReturnColumn,
    SignatureLine,
    monthly_return_xlsx,
)
from lianxin.documents.workbooks.opinion_ledger import OpinionLine, opinion_ledger_xlsx
from lianxin.domain.casework.standing import CaseState, state_of
from lianxin.domain.counts import Figure
from lianxin.domain.dates import show_day
from lianxin.domain.dictionary import Record
from lianxin.domain.figures.distributions import Charts
from lianxin.domain.figures.of_period import Figures
from lianxin.domain.periods import Period
from lianxin.domain.records import Assignment, Contact, Office, Opinion, ReceptionDay, Reply, Visitor
from lianxin.domain.rules import RuleProfile
from lianxin.office.cases.case import Case, cases_of
from lianxin.office.desk import office_of
from lianxin.office.figuring import Counted, counted_of
from lianxin.office.names import Names
from lianxin.office.sending.redacting import redactor_of
from lianxin.office.trust.county_link import county_name
from lianxin.office.trust.trusting import UNCONFIRMED, enrolled_in
from lianxin.store.reading import Condition, Order, Reading

R = TypeVar("R", bound=Record)

COUNTY = "县人大常委会"
"""Addressee while the office has not said which county people's congress it reports to."""


@dataclass(frozen=True)
class Papers:
    """What goes out, by file name in order, and the figures in it."""

    documents: tuple[tuple[str, bytes], ...]
    figures: Figures
    totals: Mapping[str, int | str | None]
    counts: Mapping[str, int]


def as_made(content: bytes) -> bytes:
    """A letter in the shipped layout."""
    return content


def papers_of(
    reading: Reading,
    period: Period,
    *,
    profile: RuleProfile,
    today: date,
    look: Callable[[bytes], bytes] = as_made,
) -> Papers:
    """Makes every document of one period; equal records give equal bytes. `look` gives the letter the office's own."""
    office = office_of(reading)
    counted = counted_of(reading, period, profile=profile)
    told = counted.told
    opinions = period_records(reading, Opinion, "registered", period)
    days = period_records(reading, ReceptionDay, "date", period)
    contacts = period_records(reading, Contact, "date", period)
    names = Names(reading)
    redactor = redactor_of(reading)
    lines = [
        replace(line, summary=redactor.clean(line.summary), remark=redactor.clean(line.remark))
        for line in opinion_lines(reading, opinions, profile, today)
    ]
    label = f"{office.short_name or office.name}{period.label}"
    files = [
        ("02_月报表.xlsx", return_xlsx(office, counted, today)),
        (
            "03_意见建议台账.xlsx",
            opinion_ledger_xlsx(lines, office_name=office.name, redact=True, title=f"{label}意见建议台账"),
        ),
        (
            "04_接待日台账.xlsx",
            ledger_xlsx(
                ReceptionDay,
                [redactor.cleaned(day) for day in days],
                title=f"{label}接待日台账",
                office_name=office.name,
                redact=True,
                names=names.of,
            ),
        ),
        (
            "05_来访走访台账.xlsx",
            ledger_xlsx(
                Contact,
                [redactor.cleaned(contact) for contact in contacts],
                title=f"{label}来访走访台账",
                office_name=office.name,
                redact=True,
                names=names.of,
            ),
        ),
    ]
    letter = cover_letter(
        replace(office, county_name=county_name(reading) or None),
        period,
        today,
        [name for name, _ in files],
        unconfirmed=unconfirmed(reading),
    )
    return Papers(
        (("01_报送函.docx", look(cover_letter_docx(letter))), *files),
        told,
        {figure.key: return_value(figure) for figure in told.columns()},
        {"opinion": len(opinions), "reception-day": len(days), "contact": len(contacts)},
    )


def cover_letter(
    office: Office, period: Period, today: date, files: Sequence[str], *, unconfirmed: bool = False
) -> CoverLetter:
    """The letter on top; `files` are the names enclosed, `unconfirmed` says so beneath: 根证书未核对."""
    return CoverLetter(
        issuer=office.name,
        addressee=office.county_name or COUNTY,
        period_words=period.label,
        signed=today,
        files=tuple(files),
        contact=office.clerk or "",
        phone=office.phone or "",
        remark=UNCONFIRMED if unconfirmed else "",
    )


def unconfirmed(reading: Reading) -> bool:
    """Whether the county enrolled this office and nobody has compared its root's code yet."""
    held = enrolled_in(reading)
    return held is not None and not held.confirmed


def return_xlsx(office: Office, counted: Counted, today: date) -> bytes:
    """月报表 with every figure named, so that the county can compare it with the signed totals."""
    told, period = counted.told, counted.told.period
    columns = [
        ReturnColumn(figure.key, figure.label, return_value(figure), figure.definition, figure.unit)
        for figure in told.columns()
    ]
    return monthly_return_xlsx(
        columns,
        title=f"{office.short_name or office.name}人大工作月报表"
        if period.months == 1
        else f"{office.short_name or office.name}人大工作报表",
        office_name=office.name,
        period_words=f"{period.label}（{show_day(period.start)}至{show_day(period.end)}）",
        reconciliation=told.reconciliation.text,
        signature=SignatureLine(
            reporting_office=office.name,
            filled_by=office.clerk or "",
            phone=office.phone or "",
            filled_on=show_day(today),
        ),
        charts=return_charts(counted.charts, period),
    )


def return_charts(told: Charts, period: Period) -> list[ReturnChart]:
    """月度趋势 of the year and 类别分布 of the period, as the page shows them; nothing is drawn of nothing."""
    year = period.end.year
    months = tuple(point.label for point in told.months)
    drawn = [
        ReturnChart(f"{year}年各月联系群众人次", months, (("人次", tuple(p.value for p in told.months)),)),
        ReturnChart(
            f"{year}年各月收集和办结意见",
            months,
            (
                ("收集", tuple(each.collected.value for each in told.matters)),
                ("办结", tuple(each.closed.value for each in told.matters)),
            ),
        ),
        ReturnChart(
            f"{period.label}意见按类别",
            tuple(point.label for point in told.categories),
            (("条", tuple(point.value for point in told.categories)),),
            lying=True,
        ),
    ]
    return [chart for chart in drawn if any(any(numbers) for _, numbers in chart.series)]


def return_value(figure: Figure) -> int | str | None:
    """A whole number, or the words of a share; None where there is nothing to divide by."""
    if isinstance(figure.value, int):
        return figure.value
    return None if figure.value is None else figure.shown


def period_records(reading: Reading, cls: type[R], wire: str, period: Period) -> list[R]:
    """The records whose day lies in the period, in order of day."""
    return reading.all(
        cls,
        Condition(wire, ">=", period.start.isoformat()),
        Condition(wire, "<=", period.end.isoformat()),
        order=Order(wire),
    )


def opinion_lines(
    reading: Reading, opinions: Sequence[Opinion], profile: RuleProfile, today: date
) -> list[OpinionLine]:
    """One line a matter with the words of all its steps."""
    names = Names(reading)
    cases = cases_of(reading, opinions)
    sources = [each.contact for each in opinions if each.contact]
    contacts = reading.by_uid(Contact, sources)
    visitors: dict[str, list[Visitor]] = {}
    for visitor in reading.children(Visitor, "contact", sources):
        visitors.setdefault(visitor.contact, []).append(visitor)
    return [_line(names, case, contacts, visitors, profile=profile, today=today) for case in cases]


def _handed(state: CaseState, assignment: Assignment | None) -> date | None:
    """The day a unit was handed the matter, at the county when that has it."""
    if state.county_unit and state.referral is not None:
        return state.referral.assigned
    return assignment.day if assignment else None


def _line(
    names: Names,
    case: Case,
    contacts: Mapping[str, Contact],
    visitors: Mapping[str, Sequence[Visitor]],
    *,
    profile: RuleProfile,
    today: date,
) -> OpinionLine:
    opinion = case.opinion
    state = state_of(
        opinion,
        case.routings,
        case.assignments,
        case.replies,
        case.satisfactions,
        case.further,
        today=today,
        profile=profile,
    )
    source = contacts.get(opinion.contact or "")
    people = visitors.get(opinion.contact or "", ())
    assignment = case.assignments[-1] if case.assignments else None
    reply = case.last_answer
    unit = assignment.unit if assignment else (reply.unit if isinstance(reply, Reply) else None)
    return OpinionLine(
        number=opinion.number or "",
        source=opinion.shown("channel"),
        raised=opinion.registered,
        visitors=tuple(each.name for each in people if each.name),
        persons=source.persons if source else len(people),
        deputies=(names.of("person", opinion.person),) if opinion.person else (),
        village=names.of("region", opinion.village),
        category=opinion.shown("category"),
        summary=opinion.words,
        unit=state.county_unit or names.of("unit", unit),
        assigned=_handed(state, assignment),
        progress=state.label,
        result=reply.shown("result") if reply else "",
        replied=reply.day if reply else None,
        satisfaction=case.satisfactions[-1].shown("overall") if case.satisfactions else "",
        remark=opinion.remark or "",
    )
