"""The roster as the page shows it: lists of people by level, group and district, and one deputy whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.domain.checks import mask_phone
from lianxin.domain.codes import LEVEL
from lianxin.domain.records import (
    Contact,
    DeputyGroup,
    District,
    GroupMember,
    Mandate,
    Opinion,
    Person,
    ReceptionDay,
    Rota,
)
from lianxin.office.desk import Desk
from lianxin.office.names import Names
from lianxin.store.reading import Condition, Order, Reading

ALL, ENDED, NO_STATION = "all", "ended", "no-station"
"""Filters that are no level: everybody in office, those whose mandates have all ended, those without a station."""

_MOST_CONTACTS = 40


@dataclass(frozen=True)
class RosterFilter:
    """What the roster is narrowed by; `level` is a level code or ALL, ENDED, NO_STATION."""

    level: str = ALL
    group: str = ""
    district: str = ""


@dataclass(frozen=True)
class Roster:
    """The people of a list in order and how many there are under each chip."""

    uids: Sequence[str]
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Line:
    """One person of the roster as the list shows it; the telephone masked."""

    name: str
    sex: str
    levels: str
    district: str
    work: str
    phone: str
    station: str


@dataclass(frozen=True)
class Membership:
    """One group this person is in: the membership, the group, its name and how many are in it."""

    member: GroupMember
    group: DeputyGroup
    size: int


@dataclass(frozen=True)
class Duty:
    """One thing the deputy did: when, what, in words, and the record to open."""

    day: date
    act: str
    words: str
    kind: str
    uid: str


@dataclass(frozen=True)
class DeputyFile:
    """One deputy whole, as the right side of the page shows it."""

    person: Person
    mandates: tuple[Mandate, ...]
    mandate_lines: tuple[str, ...]
    groups: tuple[Membership, ...]
    duties: tuple[Duty, ...]
    receptions: int
    contacts: int

    @property
    def levels(self) -> str:
        """县、乡 of the mandates held now."""
        return levels_of(self.mandates)


# ---- the list --------------------------------------------------------------------------------------


def roster(
    reading: Reading,
    chosen: RosterFilter,
    *,
    words: str = "",
    sort: str = "",
    descending: bool = False,
) -> Roster:
    """The people who hold or held a mandate and meet the filter; the counts go by every filter but the chip."""
    by_person = _mandates_by_person(reading)
    uids = _people(reading, set(by_person), sort, descending)
    if chosen.group:
        members = reading.all(GroupMember, Condition("group", "=", chosen.group))
        inside = {member.person for member in members}
        uids = [uid for uid in uids if uid in inside]
    if chosen.district:
        uids = [uid for uid in uids if any(one.district == chosen.district for one in by_person[uid])]
    if words:
        found = found_people(reading, words)
        uids = [uid for uid in uids if uid in found]
    counts = Counter(key for uid in uids for key in _chips(by_person[uid]))
    return Roster([uid for uid in uids if chosen.level in _chips(by_person[uid])], counts)


def _mandates_by_person(reading: Reading) -> dict[str, list[Mandate]]:
    found: dict[str, list[Mandate]] = {}
    for mandate in reading.all(Mandate):
        found.setdefault(mandate.person, []).append(mandate)
    return found


def _people(reading: Reading, wanted: set[str], sort: str, descending: bool) -> list[str]:
    order = Order(sort, descending) if sort in ("name", "sex", "work") else Order()
    return [uid for uid in reading.keys(Person, order=order) if uid in wanted]


def _chips(mandates: Sequence[Mandate]) -> set[str]:
    serving = [mandate for mandate in mandates if mandate.state == "serving"]
    if not serving:
        return {ENDED}
    chips = {ALL, *(mandate.level for mandate in serving)}
    return chips if any(mandate.station for mandate in serving) else chips | {NO_STATION}


def found_people(reading: Reading, words: str) -> set[str]:
    """The people who hold these words, or whose district or certificate does."""
    found = {hit.uid for hit in reading.search(words, kinds=[Person.KIND], limit=100_000)}
    mandates = [hit.uid for hit in reading.search(words, kinds=[Mandate.KIND], limit=100_000)]
    districts = [hit.uid for hit in reading.search(words, kinds=[District.KIND], limit=1_000)]
    found.update(mandate.person for mandate in reading.by_uid(Mandate, mandates).values())
    found.update(mandate.person for mandate in reading.children(Mandate, "district", districts))
    return found


def roster_lines(reading: Reading, uids: Sequence[str]) -> dict[str, Line]:
    """The lines of a page of the list, a few questions for all of them."""
    people = reading.by_uid(Person, list(uids))
    held: dict[str, list[Mandate]] = {}
    for mandate in reading.children(Mandate, "person", list(uids)):
        held.setdefault(mandate.person, []).append(mandate)
    names = Names(reading)
    every = [mandate for mandates in held.values() for mandate in mandates]
    names.preload("district", [mandate.district or "" for mandate in every])
    names.preload("station", [mandate.station or "" for mandate in every])
    return {uid: _line(names, person, held.get(uid, [])) for uid, person in people.items()}


def _line(names: Names, person: Person, mandates: Sequence[Mandate]) -> Line:
    serving = [mandate for mandate in mandates if mandate.state == "serving"]
    shown = serving or list(mandates)
    return Line(
        name=person.name,
        sex=person.shown("sex"),
        levels=levels_of(mandates) or "、".join(dict.fromkeys(one.shown("state") for one in mandates)),
        district="、".join(
            dict.fromkeys(name for one in shown if (name := names.of("district", one.district)))
        ),
        work=person.work or "",
        phone=mask_phone(person.phone) if person.phone else "",
        station="、".join(dict.fromkeys(name for one in shown if (name := names.of("station", one.station)))),
    )


def levels_of(mandates: Iterable[Mandate]) -> str:
    """县、乡: the levels of the mandates held now, together, from the highest."""
    held = {mandate.level for mandate in mandates if mandate.state == "serving"}
    return "、".join(code.label for code in LEVEL.codes if code.code in held)


# ---- one deputy ------------------------------------------------------------------------------------


def deputy_file(desk: Desk, uid: str) -> DeputyFile | None:
    """The deputy, or None when the person is not here any more."""
    with desk.store.reading() as reading:
        person = reading.get(Person, uid)
        if person is None:
            return None
        names = Names(reading)
        mandates = sorted(
            reading.children(Mandate, "person", [uid]),
            key=lambda one: (one.state != "serving", _rank(one.level), one.uid),
        )
        lines = [mandate_line(names, mandate) for mandate in mandates]
        groups = _memberships(reading, uid)
        duties = _duties(reading, names, person)
    return DeputyFile(
        person=person,
        mandates=tuple(mandates),
        mandate_lines=tuple(lines),
        groups=tuple(groups),
        duties=tuple(sorted(duties, key=lambda one: (one.day, one.uid), reverse=True)),
        receptions=sum(one.kind == ReceptionDay.KIND for one in duties),
        contacts=sum(one.kind == Contact.KIND for one in duties),
    )


def person_of(desk: Desk, kind: str, uid: str) -> str | None:
    """The person a mandate or membership belongs to, or one member of a group; None when there is none here."""
    with desk.store.reading() as reading:
        if kind == Mandate.KIND:
            mandate = reading.get(Mandate, uid)
            return mandate.person if mandate else None
        if kind == GroupMember.KIND:
            member = reading.get(GroupMember, uid)
            return member.person if member else None
        members = reading.all(GroupMember, Condition("group", "=", uid), limit=1)
    return members[0].person if members else None


def _rank(level: str) -> int:
    return next((place for place, code in enumerate(LEVEL.codes) if code.code == level), len(LEVEL.codes))


def mandate_line(names: Names, mandate: Mandate) -> str:
    """乡人大代表 · 第十九届 · 第1选区 · 在任 · 进石牌镇代表联络站."""
    parts = [
        f"{mandate.shown('level')}人大代表",
        names.of("term", mandate.term),
        names.of("district", mandate.district),
        _state_words(mandate),
        f"进{station}" if (station := names.of("station", mandate.station)) else "",
    ]
    return " · ".join(part for part in parts if part)


def _state_words(mandate: Mandate) -> str:
    if mandate.state == "serving":
        return "在任"
    told = [mandate.shown("state"), mandate.shown("state_day"), mandate.state_document or ""]
    return "，".join(part for part in told if part)


def _memberships(reading: Reading, uid: str) -> list[Membership]:
    own = reading.children(GroupMember, "person", [uid])
    groups = reading.by_uid(DeputyGroup, [member.group for member in own])
    sizes = Counter(member.group for member in reading.children(GroupMember, "group", list(groups)))
    return [
        Membership(member, groups[member.group], sizes[member.group])
        for member in own
        if member.group in groups
    ]


def _duties(reading: Reading, names: Names, person: Person) -> list[Duty]:
    """Reception days on the rota, contacts that name the deputy, opinions he or she raised."""
    rota = reading.children(Rota, "person", [person.uid])
    days = reading.by_uid(ReceptionDay, [place.reception_day for place in rota])
    duties = [
        Duty(
            days[place.reception_day].day,
            "接待日",
            f"{names.of('station', days[place.reception_day].station)} {place.shown('attendance')}".strip(),
            ReceptionDay.KIND,
            place.reception_day,
        )
        for place in rota
        if place.reception_day in days
    ]
    hits = [hit.uid for hit in reading.search(person.name, kinds=[Contact.KIND], limit=400)]
    named = [each for each in reading.by_uid(Contact, hits).values() if names_deputy(each, person.name)]
    duties += [
        Duty(each.day, each.shown("type"), each.words[:40], Contact.KIND, each.uid)
        for each in named[:_MOST_CONTACTS]
    ]
    raised = reading.all(Opinion, Condition("person", "=", person.uid))
    duties += [Duty(each.registered, "反映意见", each.title, Opinion.KIND, each.uid) for each in raised]
    return duties


def names_deputy(contact: Contact, name: str) -> bool:
    """Whether the contact's 接待代表 hold this very name, not one that only begins the same."""
    text = contact.deputies or ""
    for mark in "，,；;/ 　":
        text = text.replace(mark, "、")
    return name in [part.strip() for part in text.split("、")]
