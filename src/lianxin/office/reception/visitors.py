"""Who came before, what about, and whether the same matter is on the books already (domain.md 3.31, 9.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from lianxin.domain.casework.standing import CaseState, state_of
from lianxin.domain.categories import similar, suggest_category
from lianxin.domain.checks import read_name, read_phone
from lianxin.domain.codes import ROUTE
from lianxin.domain.dates import Unreadable, show_day, show_day_short
from lianxin.domain.records import Contact, HandlingUnit, Opinion, Visitor
from lianxin.office.cases.opinions import Case, cases_of
from lianxin.office.cases.referring import References
from lianxin.office.desk import Desk
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.store.reading import Condition, Order, Reading
from lianxin.store.writing import Change

_MOST_HITS = 400
_MOST_COMPARED = 400
"""The latest of them: asked at every pause in typing, the answer must come within 100 ms."""
_MOST_SHOWN = 3


@dataclass(frozen=True)
class Matter:
    """One opinion in a line: what, when, and what became of it; `joined` when the visit was joined to it (合并办理)."""

    opinion: str
    number: str
    title: str
    day: date
    became: str
    open: bool = False
    joined: bool = False


@dataclass(frozen=True)
class KnownVisitor:
    """A visitor recognised by phone, or by name and village. `times` counts the visits before this one."""

    times: int
    name: str | None
    sex: str | None
    phone: str | None
    village: str | None
    address: str | None
    last_day: date
    last: Matter | None

    def sentence(self, today: date) -> str:
        """第3次来访 · 上次8月14日：灌溉渠漏水 → 镇农业中心 → 已办结."""
        day = show_day_short(self.last_day) if self.last_day.year == today.year else show_day(self.last_day)
        told = f"第{self.times + 1}次来访 · 上次{day}"
        if self.last is None:
            return told
        return f"{told}：{self.last.title} → {self.last.became}"


@dataclass(frozen=True)
class Outcome:
    """Where the matters of one contact went, in words, and how pressing they are."""

    words: str
    badge: str
    opinions: tuple[CaseState, ...] = ()


def known_visitor(
    desk: Desk,
    *,
    phone: str = "",
    name: str = "",
    village: str | None = None,
    address: str = "",
    except_contact: str = "",
) -> KnownVisitor | None:
    """Who this is, by the same phone, or the same name with the same village or address; None for a stranger."""
    phone, name = _clean_phone(phone), _clean_name(name)
    with desk.store.reading() as reading:
        found = {visitor.uid: visitor for visitor in _hits(reading, phone)
                 if phone and visitor.phone == phone}  # fmt: skip
        for visitor in _hits(reading, name) if village or address else ():
            same_place = (village and visitor.village == village) or (address and visitor.address == address)
            if visitor.name == name and same_place:
                found[visitor.uid] = visitor
        visits = [each for each in found.values() if each.contact != except_contact]
        contacts = reading.by_uid(Contact, sorted({each.contact for each in visits}))
        visits = [each for each in visits if each.contact in contacts]
        if not visits:
            return None
        visits.sort(key=lambda each: (contacts[each.contact].day, each.uid), reverse=True)
        last = contacts[visits[0].contact]
        matters = matters_of(desk, reading, [last.uid])
        return KnownVisitor(
            times=len({each.contact for each in visits}),
            name=_first(each.name for each in visits),
            sex=_first(each.sex for each in visits),
            phone=_first(each.phone for each in visits),
            village=_first(each.village for each in visits),
            address=_first(each.address for each in visits),
            last_day=last.day,
            last=matters[0] if matters else None,
        )


def possible_duplicates(
    desk: Desk,
    *,
    words: str,
    category: str = "",
    village: str | None = None,
    day: date,
    except_contact: str = "",
) -> list[Matter]:
    """Matters of the same village and category that sound alike, the likest first; shown, never forced.

    A matter that was merged already is told as the one it is handled with.
    """
    if len(words.strip()) < 4:
        return []
    profile = desk.profile
    since = day - timedelta(days=profile.duplicate_days.value)
    asked = [Condition("registered", ">=", since.isoformat())]
    if category:
        asked.append(Condition("category", "=", category))
    if village:
        asked.append(Condition("village", "=", village))
    with desk.store.reading() as reading:
        others = reading.all(Opinion, *asked, order=Order(descending=True), limit=_MOST_COMPARED)
        others = [each for each in others if not except_contact or each.contact != except_contact]
        limit = Fraction(profile.duplicate_share.value, 100)
        alike = similar(words, ((each.uid, each.words) for each in others), limit)[:_MOST_SHOWN]
        by_uid = {each.uid: each for each in others}
        main = {each.uid: each.merged_into or each.uid for each in others}
        found = dict.fromkeys(main[match.key] for match in alike)
        also = reading.by_uid(Opinion, [uid for uid in found if uid not in by_uid])
        return _matters(desk, reading, [each for uid in found if (each := by_uid.get(uid) or also.get(uid))])


def matters_of(desk: Desk, reading: Reading, contacts: Sequence[str]) -> list[Matter]:
    """The matters that came of these contacts, and those they were joined to."""
    own = _matters(desk, reading, reading.children(Opinion, "contact", contacts))
    joined = [each.joined for each in reading.by_uid(Contact, contacts).values() if each.joined]
    others = _matters(desk, reading, list(reading.by_uid(Opinion, joined).values()))
    return own + [replace(each, joined=True) for each in others]


def _matters(desk: Desk, reading: Reading, opinions: Sequence[Opinion]) -> list[Matter]:
    names = Names(reading)
    today = desk.today()
    found = []
    for case in cases_of(reading, opinions):
        state = _state(desk, case, today)
        parts = dict.fromkeys(
            part for part in (names.of(HandlingUnit.KIND, state.unit or None), state.label) if part
        )
        became = " → ".join(parts)
        opinion = case.opinion
        found.append(
            Matter(opinion.uid, opinion.number or "", opinion.title, opinion.registered, became, state.open)
        )
    return found


def outcomes(desk: Desk, reading: Reading, contacts: Sequence[Contact]) -> dict[str, Outcome]:
    """Contact uid → where it went, for a page of a list at once."""
    opinions = reading.children(Opinion, "contact", [each.uid for each in contacts])
    names, today = Names(reading), desk.today()
    grouped: dict[str, list[CaseState]] = {}
    for case in cases_of(reading, opinions):
        grouped.setdefault(case.opinion.contact or "", []).append(_state(desk, case, today))
    joined = list(reading.by_uid(Opinion, [each.joined for each in contacts if each.joined]).values())
    into = {case.opinion.uid: (case.opinion, _state(desk, case, today)) for case in cases_of(reading, joined)}
    found = {}
    for contact in contacts:
        states = grouped.get(contact.uid, [])
        words = "；".join(dict.fromkeys(_went(names, state) for state in states))
        if contact.joined in into:
            main, state = into[contact.joined]
            states = [*states, state]
            told = f"并入{short_number(main.number or '').partition('-')[2]}"
            words = "；".join(part for part in (words, told) if part)
        if not states:
            words = "当场答复" if contact.answered else "—"
        pressing = [state for state in states if state.open]
        badge = "待补全" if contact.to_complete else _badge(pressing or states)
        found[contact.uid] = Outcome("待补全" if contact.to_complete else words, badge, tuple(states))
    return found


def _badge(states: Sequence[CaseState]) -> str:
    """What is due soonest, by its own badge; otherwise the state."""
    for state in sorted(states, key=lambda each: each.days_left if each.days_left is not None else 10_000):
        return state.badge if state.tone in ("late", "soon") else state.label
    return ""


def _went(names: Names, state: CaseState) -> str:
    if not state.route:
        return "待分流"
    unit = names.of(HandlingUnit.KIND, state.unit or None)
    if state.route == "assigned" and unit:
        return f"转{unit}"
    return ROUTE.label_of(state.route)


def _state(desk: Desk, case: Case, today: date) -> CaseState:
    return state_of(
        case.opinion, case.routings, case.assignments, case.replies, case.satisfactions, case.further,
        today=today, profile=desk.profile,
    )  # fmt: skip


def suggested_categories(words: str) -> tuple[str, ...]:
    """The likeliest categories for what is said, best first."""
    return suggest_category(words)


def add_named(desk: Desk, kind: str, name: str) -> tuple[str, tuple[Change, ...]]:
    """A village or handling unit that was not on the books yet, by its name alone; its uid."""
    with desk.store.writing(reason="登记时新增") as writing:
        uid = References(writing).uid_of(kind, name)
        if uid is None:
            raise ValueError(f"a {kind} cannot be made of a name")
        return uid, tuple(writing.changes)


def _hits(reading: Reading, words: str) -> list[Visitor]:
    if not words:
        return []
    uids = [hit.uid for hit in reading.search(words, kinds=[Visitor.KIND], limit=_MOST_HITS)]
    return list(reading.by_uid(Visitor, uids).values())


def _clean_phone(text: str) -> str:
    try:
        return read_phone(text).phone if text.strip() else ""
    except Unreadable:
        return ""


def _clean_name(text: str) -> str:
    try:
        return read_name(text).name if text.strip() else ""
    except Unreadable:
        return ""


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)
