"""One matter whole, as the detail beside the list shows it: who, what, where it is, and what happened so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.domain.casework import CaseState, one_line
from lianxin.domain.checks import mask_name, mask_phone
from lianxin.domain.dates import show_day
from lianxin.domain.dictionary import Record
from lianxin.domain.records import (
    Assignment,
    Contact,
    HandlingUnit,
    Opinion,
    Reply,
    Routing,
    Satisfaction,
    Visitor,
)
from lianxin.office.case_states import state_in
from lianxin.office.desk import Desk
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.office.opinions import Case, cases_of
from lianxin.store.reading import Condition, Reading


@dataclass(frozen=True)
class Event:
    """One step of the 经过: its day (None in old ledgers), what it was, in words, and the record that says so."""

    day: date | None
    act: str
    words: str
    record: Record


@dataclass(frozen=True)
class CaseFile:
    """A matter with all that is known of it in one snapshot; names of members of the public are masked apart."""

    opinion: Opinion
    case: Case
    state: CaseState
    contact: Contact | None
    visitors: tuple[Visitor, ...]
    unit: HandlingUnit | None
    village: str
    deputies: str
    events: tuple[Event, ...]
    standing: str
    merged: tuple[Opinion, ...]
    main: Opinion | None
    joined: tuple[Contact, ...] = ()

    @property
    def number(self) -> str:
        """2025-YJ0126."""
        return short_number(self.opinion.number or "")

    def visitor_line(self, *, masked: bool = True) -> str:
        """许** · 大堰村一组 · 150****1185; the first two by name, more by number."""
        told = [_person(visitor, self.village, masked) for visitor in self.visitors[:2]]
        people = max(self.contact.persons if self.contact else 0, len(self.visitors))
        if told and people > len(self.visitors[:2]):
            told.append(f"共{people}人")
        if self.joined:
            told.append(f"另有{len(self.joined)}次来访反映同一件事")
        return "；".join(told)

    @property
    def has_hidden(self) -> bool:
        """Whether the visitor line hides anything."""
        return any(visitor.name or visitor.phone for visitor in self.visitors)

    @property
    def source_line(self) -> str:
        """2025年1月12日 接待日接访 · 接待代表 何金花、田光明."""
        parts = [f"{show_day(self.opinion.registered)} {self.opinion.shown('channel')}"]
        if self.deputies:
            parts.append(self.deputies)
        return " · ".join(parts)


def _person(visitor: Visitor, village: str, masked: bool) -> str:
    name = visitor.name or ("匿名" if visitor.anonymous else "姓名未登记")
    phone = visitor.phone or ""
    if masked and visitor.name:
        name, phone = mask_name(name), mask_phone(phone) if phone else ""
    elif masked and phone:
        phone = mask_phone(phone)
    # The address names the house; a list and a shoulder need the village only.
    place = village if masked else visitor.address or village
    sex = visitor.shown("sex")
    return " · ".join(part for part in (name, sex, place, phone) if part)


def case_file(desk: Desk, uid: str) -> CaseFile | None:
    """The matter, or None when it is not here any more."""
    with desk.store.reading() as reading:
        opinion = reading.get(Opinion, uid)
        return None if opinion is None else _file(desk, reading, opinion)


def _file(desk: Desk, reading: Reading, opinion: Opinion) -> CaseFile:
    names = Names(reading)
    (case,) = cases_of(reading, [opinion])
    contact = reading.get(Contact, opinion.contact) if opinion.contact else None
    visitors = reading.children(Visitor, "contact", [contact.uid]) if contact else []
    state = state_in(desk, case, desk.today())
    deputies = ""
    if opinion.person:
        deputies = f"反映代表 {names.of('person', opinion.person)}"
    elif contact and contact.deputies:
        deputies = f"接待代表 {contact.deputies}"
    unit = reading.get(HandlingUnit, state.unit) if state.unit else None
    joined = reading.children(Contact, "joined", [opinion.uid])
    return CaseFile(
        opinion=opinion,
        case=case,
        state=state,
        contact=contact,
        visitors=tuple(visitors),
        unit=unit,
        village=names.of("region", opinion.village),
        deputies=deputies,
        events=tuple(_events(names, case, contact, joined)),
        standing=one_line(state, {unit.uid: unit.name} if unit else {}),
        merged=tuple(reading.all(Opinion, Condition("merged_into", "=", opinion.uid))),
        main=reading.get(Opinion, opinion.merged_into) if opinion.merged_into else None,
        joined=tuple(joined),
    )


def _events(names: Names, case: Case, contact: Contact | None, joined: Sequence[Contact]) -> list[Event]:
    """Oldest first; steps of one day in the order in which they are taken."""
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
    steps.sort(key=lambda step: (step[0] or last, step[1], step[2].record.uid))
    return [event for _, _, event in steps]


def _told(names: Names, case: Case) -> Iterator[tuple[int, Event]]:
    for routing in case.routings:
        yield 1, Event(routing.day, "分流", _joined(routing.shown("route"), routing.reason), routing)
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
        head = f"{asked.shown('means')}征询{asked.shown('whom')}：{asked.shown('overall')}{attempts}"
        yield 4, Event(asked.day, "反馈", _joined(head, asked.words), asked)


def _assigned(names: Names, assignment: Assignment) -> str:
    due = f"，期限{show_day(assignment.due)}" if assignment.due else ""
    number = f"（{short_number(assignment.number)}）" if assignment.number else ""
    return _joined(f"交{names.of('unit', assignment.unit)}{number}{due}", assignment.demand)


def _joined(head: str, words: str | None) -> str:
    return "：".join(part for part in (head, words) if part)


def matter_of(desk: Desk, kind: str, uid: str) -> str | None:
    """The uid of the matter a step belongs to; None when there is no such step here."""
    cls = next((each for each in STEP_RECORDS if kind == each.KIND), None)
    if cls is None:
        return None
    with desk.store.reading() as reading:
        step = reading.get(cls, uid)
    if isinstance(step, STEP_RECORDS):
        return step.opinion
    return None


def note_disclosure(desk: Desk, what: str) -> None:
    """Logs that personal data were shown in full; the log never leaves this computer."""
    desk.store.note("显示个人信息", what)


def masked_visitors(reading: Reading, opinions: Sequence[Opinion]) -> dict[str, str]:
    """Opinion uid → its visitors as lists show them: 彭**, 彭**等3人, 匿名; a deputy's own matter by his name."""
    contacts = [opinion.contact for opinion in opinions if opinion.contact]
    by_contact: dict[str, list[Visitor]] = {}
    for visitor in reading.children(Visitor, "contact", contacts):
        by_contact.setdefault(visitor.contact, []).append(visitor)
    names = Names(reading)
    names.preload("person", [opinion.person for opinion in opinions if opinion.person])
    return {
        opinion.uid: names.of("person", opinion.person)
        if opinion.person
        else _masked(by_contact.get(opinion.contact or "", []))
        for opinion in opinions
    }


def _masked(visitors: Sequence[Visitor]) -> str:
    if not visitors:
        return ""
    first = visitors[0]
    name = mask_name(first.name) if first.name else "匿名" if first.anonymous else "—"
    return f"{name}等{len(visitors)}人" if len(visitors) > 1 else name


STEP_RECORDS = (Routing, Assignment, Reply, Satisfaction)
"""The records the 经过 is made of, each of which can be corrected."""
