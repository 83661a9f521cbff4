"""群众来访登记簿: the visits of a period with what became of each, or a blank one (domain.md 4.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from lianxin.documents.forms.visit_register import LABEL, VisitLine, visit_register_docx, visit_register_xlsx
from lianxin.domain.periods import Period
from lianxin.domain.records import Contact, Opinion, Visitor
from lianxin.office.cases.case import Case, cases_of, state_in
from lianxin.office.desk import Desk, office_of
from lianxin.office.names import Names
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem
from lianxin.office.paperwork.templates import in_own_look
from lianxin.store.reading import Condition, Order, Reading

VISITING = ("reception_day", "visit")
"""Channels by which people come to the deputies; the others have records of their own."""
_WAYS = {"answered_on_spot": "当场答复", "deputy_solved": "当场答复", "guided": "引导", "to_petition": "引导"}
_ANSWERED, _HANDED = "当场答复", "转交"
_ANONYMOUS = "（匿名）"
MOST_ON_PAPER = 3_000
"""Some 250 pages: Word and WPS take minutes to lay out a longer table, a workbook does not."""


def visit_lines(desk: Desk, reading: Reading, period: Period) -> list[VisitLine]:
    """The visits of a period in the order of their days, one line each."""
    contacts = reading.all(
        Contact,
        Condition("type", "in", VISITING),
        Condition("date", ">=", period.start.isoformat()),
        Condition("date", "<=", period.end.isoformat()),
        order=Order("date"),
    )
    uids = [each.uid for each in contacts]
    visitors: dict[str, list[Visitor]] = {}
    for visitor in reading.children(Visitor, "contact", uids):
        visitors.setdefault(visitor.contact, []).append(visitor)
    matters: dict[str, list[Case]] = {}
    for case in cases_of(reading, reading.children(Opinion, "contact", uids)):
        matters.setdefault(case.opinion.contact or "", []).append(case)
    joined = reading.by_uid(Opinion, [each.joined for each in contacts if each.joined])
    taken_up = {case.opinion.uid: case for case in cases_of(reading, list(joined.values()))}
    names = Names(reading)
    lines = []
    for contact in contacts:
        cases = list(matters.get(contact.uid, ()))
        if contact.joined in taken_up:
            cases.append(taken_up[contact.joined])
        lines.append(_line(desk, names, contact, visitors.get(contact.uid, ()), cases))
    return lines


def _line(
    desk: Desk, names: Names, contact: Contact, visitors: Sequence[Visitor], cases: Sequence[Case]
) -> VisitLine:
    first = next(iter(visitors), None)
    states = [state_in(desk, case, desk.today()) for case in cases]
    assigned = [case.assignments[-1] for case in cases if case.assignments]
    answers = [answer for case in cases if (answer := case.last_answer) is not None]
    asked = [case.satisfactions[-1] for case in cases if case.satisfactions]
    units = (
        state.county_unit or names.of("unit", case.assignments[-1].unit if case.assignments else None)
        for case, state in zip(cases, states, strict=True)
    )
    routes = [case.routings[-1].route for case in cases if case.routings]
    return VisitLine(
        day=contact.day.isoformat(),
        visitor=_called(visitors),
        sex=first.shown("sex") if first and first.sex else "",
        address=first.address_in(names.of("region", first.village)) if first else "",
        phone=(first.phone if first else "") or "",
        persons=str(contact.persons),
        words=" ".join(contact.words.split()),
        receivers=(contact.deputies or "").replace("、", "\n"),
        handling=_once(_WAYS.get(route, _HANDED) for route in routes)
        or (_ANSWERED if contact.answered else ""),
        unit=_once(units),
        assigned=_days(each.day for each in assigned),
        due=_days(each.due for each in assigned),
        closed=_days(state.closed_day for state in states),
        result=_once(each.shown("result") for each in answers if each.result),
        feedback=_days(each.day for each in asked),
        satisfaction=_once(each.shown("overall") for each in asked),
        remark="要求保密" if any(each.confidential for each in visitors) else "",
    )


def _called(visitors: Sequence[Visitor]) -> str:
    known = [each.name for each in visitors if each.name and not each.anonymous]
    also = f"等{len(known)}人" if len(known) > 2 else ""
    return "、".join(known[:2]) + also or (_ANONYMOUS if visitors else "")


def _once(words: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(word for word in words if word))


def _days(days: Iterable[date | None]) -> str:
    return _once(day.isoformat() for day in days if day)


def _paper(*, word: bool) -> Callable[[Asked], bytes]:
    def made(asked: Asked) -> bytes:
        make = visit_register_docx if word else visit_register_xlsx
        lines = visit_lines(asked.desk, asked.reading, asked.period) if asked.period else []
        if word and len(lines) > MOST_ON_PAPER:
            raise PapersProblem(
                f"这一期有{len(lines):,}次来访，Word 登记簿最多{MOST_ON_PAPER:,}次，没有生成文件。"
                "请选短一些的时段，或做成 Excel"
            )
        span = asked.period.label if asked.period else ""
        return make(lines, office_name=office_of(asked.reading).name, span=span)

    return made


def visit_register(desk: Desk, period: Period | None, *, word: bool) -> tuple[str, bytes]:
    """File name and content of the register of a period, or of the blank one."""
    paper = VISIT_REGISTER_PAPERS[0 if word else 1]
    with desk.store.reading() as reading:
        made = paper.make(Asked(desk, reading, None, period))
    return f"{LABEL}_{period.label if period else '空白'}{paper.ending}", made


VISIT_REGISTER_PAPERS = (
    Paper(
        "visit-register", LABEL, ".docx", "period or blank", in_own_look("visit-register", _paper(word=True))
    ),
    Paper("visit-register-sheet", f"{LABEL}（Excel）", ".xlsx", "period or blank", _paper(word=False)),
)
"""For a period, or blank."""
