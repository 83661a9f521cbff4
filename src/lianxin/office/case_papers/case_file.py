"""One matter whole, as the detail beside the list shows it: who, what, where it is, and what happened so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lianxin.domain import codes
from lianxin.domain.casework.promises import Promise, promises_of
from lianxin.domain.casework.standing import CaseState, one_line
from lianxin.domain.casework.steps import STEP_KINDS
from lianxin.domain.checks import mask_name, mask_phone
from lianxin.domain.dates import show_day
from lianxin.domain.records import (
    Contact,
    Deed,
    Extension,
    HandlingUnit,
    Opinion,
    PromiseResult,
    Suggestion,
    Supervision,
    Visitor,
)
from lianxin.office.access.access_log import note_access
from lianxin.office.case_papers.case_events import Event, events_of
from lianxin.office.cases.case import Case, cases_of, state_in
from lianxin.office.desk import Desk, office_of
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.office.returned import returned_words
from lianxin.store.reading import Condition, Reading


@dataclass(frozen=True)
class Linked:
    """Another record this matter leads to or comes from: what it is to the matter, its kind, its uid."""

    words: str
    kind: str
    uid: str


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
    promises: tuple[Promise, ...] = ()
    addressee: str = ""
    linked: tuple[Linked, ...] = ()
    returned: str = ""

    @property
    def next_act(self) -> str:
        """What is to be done next, with the unit by its name."""
        name = self.unit.name if self.unit else ""
        return self.state.next_act.replace("承办单位", name, 1) if name else self.state.next_act

    @property
    def follow_up(self) -> tuple[str, ...]:
        """Lines on what was done to get the matter on: whom it was handed to, supervision, extension, judgement."""
        state, lines = self.state, [self.returned] if self.returned else []
        if self.addressee and self.unit and self.addressee != self.unit.name:
            lines.append(f"交办对象 {self.addressee}，具体承办 {self.unit.name}")
        moved = [f"督办{state.supervised}次"] if state.supervised else []
        moved += [f"已延期{state.extended}次"] if state.extended else []
        moved += [f"重办{state.round}次"] if state.round else []
        moved += [f"代表评价{codes.SATISFACTION.label_of(state.deputies_satisfaction)}"] * bool(
            state.deputies_satisfaction
        )
        if moved:
            lines.append(" · ".join(moved))
        lines += [
            f"承诺 {promise.words}" + (f"，{show_day(promise.due)}前" if promise.due else "")
            for promise in self.promises
            if promise.open
        ]
        return tuple(lines)

    intended_unit: str = ""
    """The unit the matter is to be handed to once the chair has agreed."""

    @property
    def pending_extension(self) -> Extension | None:
        """The request for more time nobody decided on yet."""
        waiting = [s for s in self.case.further if isinstance(s, Extension) and s.decision == "waiting"]
        return waiting[-1] if waiting and self.state.extension_asked else None

    @property
    def open_supervision(self) -> Supervision | None:
        """The oldest supervision that is still to be answered."""
        return next((s for s in self.case.further if isinstance(s, Supervision) and s.answered is None), None)

    @property
    def open_promise(self) -> Promise | None:
        """The promise to be looked after next."""
        return next((promise for promise in self.promises if promise.open), None)

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
        events=tuple(events_of(names, case, contact, joined)),
        standing=one_line(state, {unit.uid: unit.name} if unit else {}),
        merged=tuple(reading.all(Opinion, Condition("merged_into", "=", opinion.uid))),
        main=reading.get(Opinion, opinion.merged_into) if opinion.merged_into else None,
        joined=tuple(joined),
        promises=promises_of(
            case.replies, [s for s in case.further if isinstance(s, PromiseResult)], today=desk.today()
        ),
        addressee=names.of("unit", state.addressee or None),
        intended_unit=_intended(names, case),
        linked=tuple(_linked(reading, names, opinion)),
        returned=returned_words(reading, opinion.uid),
    )


def _intended(names: Names, case: Case) -> str:
    last = max(case.routings, key=lambda each: (each.day, each.uid), default=None)
    return names.of("unit", last.intended) if last else ""


def chair_of(desk: Desk) -> str:
    """The name of the office's chair, "" while nobody is entered."""
    with desk.store.reading() as reading:
        return Names(reading).of("person", office_of(reading).chair)


def _linked(reading: Reading, names: Names, opinion: Opinion) -> Iterator[Linked]:
    """The suggestion a matter became or came of, and the deeds that settled it."""
    own = reading.children(Suggestion, "opinion", [opinion.uid])
    for suggestion in reading.children(Suggestion, "source", [opinion.uid]):
        yield Linked(
            f"转为代表建议 {_called(reading, suggestion.opinion)}", Suggestion.KIND, suggestion.opinion
        )
    for suggestion in reading.children(Suggestion, "became", [opinion.uid]):
        yield Linked(
            f"由代表建议转来 {_called(reading, suggestion.opinion)}", Suggestion.KIND, suggestion.opinion
        )
    for suggestion in own:
        if suggestion.source:
            yield Linked(
                f"来自群众意见 {_called(reading, suggestion.source)}", Opinion.KIND, suggestion.source
            )
        if suggestion.became:
            yield Linked(
                f"转成群众意见 {_called(reading, suggestion.became)}", Opinion.KIND, suggestion.became
            )
    for deed in reading.children(Deed, "opinion", [opinion.uid]):
        number = short_number(deed.number or "")
        yield Linked(f"办实事 {number} {names.of('person', deed.person)}", Deed.KIND, deed.uid)


def _called(reading: Reading, matter: str) -> str:
    found = reading.get(Opinion, matter)
    return f"{short_number(found.number or '')} {found.title}" if found else "（已删除）"


def matter_of(desk: Desk, kind: str, uid: str) -> str | None:
    """The uid of the matter a step belongs to; None when there is no such step here."""
    cls = next((each for each in STEP_KINDS if kind == each.KIND), None)
    if cls is None:
        return None
    with desk.store.reading() as reading:
        step = reading.get(cls, uid)
    packed = step.packed().get("opinion") if step is not None else None
    return packed if isinstance(packed, str) else None


def note_disclosure(desk: Desk, what: str) -> None:
    """Notes that personal data are shown in full. Raises NotAllowed."""
    note_access(desk, what)


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
