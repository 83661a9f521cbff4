"""The 经过 of a matter: every step in words, oldest first, with the record that says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.domain import codes
from lianxin.domain.casework.course import MOMENT
from lianxin.domain.casework.referral import CountyStep
from lianxin.domain.casework.steps import Further
from lianxin.domain.dates import show_day
from lianxin.domain.dictionary import Record
from lianxin.domain.records import (
    ArchiveOpening,
    Archiving,
    Assignment,
    ChairReview,
    CoHandling,
    Consultation,
    Contact,
    CountyAssignment,
    CountyDecision,
    CountyReply,
    CountySupervision,
    Extension,
    HandBack,
    Informing,
    PromiseResult,
    Routing,
    Ruling,
    Screening,
    Supervision,
    Telling,
)
from lianxin.office.cases.case import Case
from lianxin.office.names import Names
from lianxin.office.numbers import short_number


@dataclass(frozen=True)
class Event:
    """One step of the 经过: its day (None in old ledgers), what it was, in words, and the record that says so."""

    day: date | None
    act: str
    words: str
    record: Record

    @property
    def by(self) -> str:
        """Who took the step, where that was written down."""
        packed = self.record.packed()
        return str(packed.get("by") or packed.get("decided_by") or packed.get("registrar") or "")


def events_of(names: Names, case: Case, contact: Contact | None, joined: Sequence[Contact]) -> list[Event]:
    """Oldest first; steps of one day in the order in which they were written down."""
    steps: list[tuple[date | None, int, Event]] = []
    opinion = case.opinion
    told = opinion.shown("channel") + (
        f"，接待代表{contact.deputies}" if contact and contact.deputies else ""
    )
    steps.append((opinion.registered, 0, Event(opinion.registered, "登记", told, opinion)))
    for other in joined:
        said = f"{short_number(other.number or '')} {other.shown('type')}，{other.persons}人次，合并办理"
        steps.append((other.day, 5, Event(other.day, "来访", said, other)))
    for rank, event in _told(names, case):
        steps.append((event.day, rank, event))
    last = max((day for day, _, _ in steps if day), default=opinion.registered)
    steps.sort(key=lambda step: (step[0] or last, step[1] > 0, step[2].record.uid[:MOMENT], step[1]))
    return [event for _, _, event in steps]


def _told(names: Names, case: Case) -> Iterator[tuple[int, Event]]:
    for routing in case.routings:
        yield 1, Event(routing.day, "分流", _joined(_routed(names, routing), routing.reason), routing)
    for assignment in case.assignments:
        yield 2, Event(assignment.day, "交办", _assigned(names, assignment), assignment)
    for reply in case.replies:
        unit = names.of("unit", reply.unit)
        document = f"（{reply.document}）" if reply.document else ""
        head = "，".join(part for part in (unit, reply.shown("result")) if part) + document
        # Old ledgers hold the class alone where the words belong.
        words = reply.words if reply.words not in (reply.result, reply.shown("result")) else None
        yield 3, Event(reply.day, "答复", _joined(head, words), reply)
    for asked in case.satisfactions:
        attempts = f"，联系{asked.attempts}次" if asked.attempts else ""
        whom = asked.shown("whom") + (names.of("person", asked.person) if asked.whom != "visitor" else "")
        head = f"{asked.shown('means')}征询{whom}：{asked.shown('overall')}{attempts}"
        apart = [
            f"对{what}{codes.SATISFACTION.label_of(word)}"
            for what, word in (("态度", asked.attitude), ("结果", asked.outcome))
            if word
        ]
        yield 4, Event(asked.day, "反馈", _joined("，".join((head, *apart)), asked.words), asked)
    for step in case.further:
        yield _further(names, step)


def _assigned(names: Names, assignment: Assignment) -> str:
    due = f"，期限{show_day(assignment.due)}" if assignment.due else ""
    number = f"（{short_number(assignment.number)}）" if assignment.number else ""
    unit, addressee = names.of("unit", assignment.unit), names.of("unit", assignment.addressee)
    to = f"交{addressee}，由{unit}承办" if addressee and addressee != unit else f"交{unit}"
    why = f"（{assignment.reason}）" if assignment.reason else ""
    return _joined(f"{to}{number}{due}{why}", assignment.demand)


def went(names: Names, routing: Routing) -> str:
    """Where a matter went: 转报县人大, 告知引导：县人民法院, 转交办理：镇规建站 while the chair has not looked yet."""
    to = routing.guided_to or names.of("unit", routing.intended)
    return f"{routing.shown('route')}：{to}" if to else routing.shown("route")


def _routed(names: Names, routing: Routing) -> str:
    """告知引导（涉法涉诉）到县人民法院，当场告知."""
    about = f"（{routing.shown('guidance')}）" if routing.guidance else ""
    to = f"，引导到{routing.guided_to}" if routing.guided_to else ""
    told = f"，{routing.shown('telling')}" if routing.telling else ""
    unit = f"，拟交{names.of('unit', routing.intended)}" if routing.intended else ""
    return f"{routing.shown('route')}{unit}{about}{to}{told}"


def _joined(head: str, words: str | None) -> str:
    return "：".join(part for part in (head, words) if part)


def _further(names: Names, step: Further) -> tuple[int, Event]:
    match step:
        case HandBack():
            words = _joined(f"{names.of('unit', step.unit) or '承办单位'}退回", step.reason)
            return 2, Event(step.day, "退回", words, step)
        case Extension():
            return 2, Event(step.day, "延期", _extended(step), step)
        case Supervision():
            return 2, Event(step.day, "督办", _supervised(step), step)
        case Ruling():
            return 5, Event(step.day, "研究", _joined(f"主席团：{step.shown('decision')}", step.reason), step)
        case Screening():
            unit = names.of("unit", step.unit)
            by = "，".join(part for part in (unit, step.by) if part)
            head = f"{step.shown('stage')}：{step.shown('verdict')}" + (f"（{by}）" if by else "")
            return 1, Event(step.day, "审查", _joined(head, step.words), step)
        case CoHandling():
            return 2, Event(step.day, "协办", _co_handled(names, step), step)
        case Consultation():
            return 2, Event(step.day, "面商", _consulted(names, step), step)
        case Informing():
            words = f"{step.shown('means')}送{names.of('person', step.person)}"
            return 3, Event(step.day, "送达", words, step)
        case Telling():
            number = f"（{short_number(step.number)}）" if step.number else ""
            to = f"，去向{step.destination}" if step.destination else ""
            head = f"{step.shown('means')}告知来访人{number}{to}"
            return 2, Event(step.day, "告知", _joined(head, step.words), step)
        case ChairReview():
            by = f"（{step.by}）" if step.by else ""
            return 2, Event(step.day, "审阅", _joined(f"主席：{step.shown('verdict')}{by}", step.words), step)
        case Archiving():
            return 6, Event(step.day, "归档", f"{step.number}，保管{step.shown('retention')}", step)
        case ArchiveOpening():
            return 7, Event(step.day, "出档", _joined("取消归档", step.reason), step)
        case CountyAssignment() | CountySupervision() | CountyReply() | CountyDecision():
            return _of_county(step)
        case PromiseResult():
            until = f"，改为{show_day(step.until)}" if step.until else ""
            second = f"，{show_day(step.replied)}再次答复" if step.replied else ""
            second += f"，二次评价{step.shown('overall')}" if step.overall else ""
            return 5, Event(
                step.day, "承诺", _joined(f"{step.shown('outcome')}{until}{second}", step.words), step
            )


def _of_county(step: CountyStep) -> tuple[int, Event]:
    """What the county did; the words begin with who did it, for a township reads them among its own steps."""
    match step:
        case CountyAssignment():
            number = f"（{short_number(step.number)}）" if step.number else ""
            due = f"，期限{show_day(step.due)}" if step.due else ""
            why = f"（{step.reason}）" if step.reason else ""
            words = _joined(f"县人大交{step.unit}{number}{due}{why}", step.demand)
            return 2, Event(step.day, "县交办", words, step)
        case CountySupervision():
            to = f"县人大向{step.unit}" if step.unit else "县人大"
            return 2, Event(step.day, "县督办", to + _supervised(step), step)
        case CountyReply():
            document = f"（{step.document}）" if step.document else ""
            head = "，".join(part for part in (step.unit, step.shown("result")) if part) + document
            promised = f"；承诺{step.promise}" if step.promise else ""
            promised += f"，{show_day(step.promised_day)}前" if step.promised_day else ""
            return 3, Event(
                step.day, "县答复", _joined(f"县人大答复 {head}".rstrip(), step.words) + promised, step
            )
        case CountyDecision():
            told = f"县人大转报{step.destination}" if step.decision == "upward" else "县人大退回"
            document = f"（{step.document}）" if step.document else ""
            return 2, Event(step.day, "县处理", _joined(told + document, step.reason), step)


def _extended(step: Extension) -> str:
    decided = step.shown("decision")
    if step.decided:
        decided += f"（{step.decided_by or ''}{show_day(step.decided)}）"
    return _joined(f"申请延至{show_day(step.until)}，{decided}", step.reason)


def _supervised(step: Supervision | CountySupervision) -> str:
    number = f"（{short_number(step.number)}）" if step.number else ""
    head = f"{step.shown('means')}{number}"
    if step.reply_by and not step.answered:
        head += f"，{show_day(step.reply_by)}前回复"
    told = _joined(head, step.demand)
    if step.answered:
        outcome = f"，{step.shown('outcome')}" if step.outcome else ""
        told += "；" + _joined(f"{show_day(step.answered)}回复{outcome}", step.answer)
    return told


def _co_handled(names: Names, step: CoHandling) -> str:
    told = f"{names.of('unit', step.unit)}{step.shown('part')}"
    if step.answered is None:
        return told + (f"，{show_day(step.due)}前答复" if step.due else "，尚未答复")
    result = f"，{step.shown('result')}" if step.result else ""
    return told + "；" + _joined(f"{show_day(step.answered)}答复{result}", step.answer)


def _consulted(names: Names, step: Consultation) -> str:
    """当面答复（镇水务站，长坪村村部）：…；代表意见：…."""
    where = "，".join(part for part in (names.of("unit", step.unit), step.place) if part)
    means = "" if step.means == "face" else f"（{step.shown('means')}）"
    head = step.shown("purpose") + means + (f"（{where}）" if where else "")
    people = f"，参加人{step.participants}" if step.participants else ""
    view = f"；代表意见：{step.view}" if step.view else ""
    return _joined(head + people, (step.words or "").rstrip("。；")) + view
