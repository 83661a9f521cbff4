"""代表 of the whole county: every mandate by level and township, and one person in several levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lianxin.county.certificates.register import county_office
from lianxin.county.townships.belonging import belonging
from lianxin.county.townships.names import towns_in
from lianxin.county.units import units_in
from lianxin.documents.workbooks.ledger import Column, table_xlsx
from lianxin.documents.workbooks.looks import Look
from lianxin.domain.checks import mask_phone
from lianxin.domain.codes import LEVEL
from lianxin.domain.handed_down import linked_to
from lianxin.domain.records import Mandate, Person, SamePerson
from lianxin.domain.same_person import Known, Likely, Seat, groups_of, likely_same, not_nested
from lianxin.domain.streams import COUNTY_DIGITS
from lianxin.office.desk import Desk
from lianxin.store.owners import own_of
from lianxin.store.reading import Reading
from lianxin.store.search import readings_of
from lianxin.store.writing import Change

SAME, DIFFERENT = "same", "different"


@dataclass(frozen=True)
class DeputyRow:
    """One mandate: who, at which level, who tells of it. `phone` is masked; `also` are the person's other levels."""

    uid: str
    person: str
    name: str
    sex: str
    level: str
    town: str
    code: str
    delegation: str
    work: str
    phone: str
    state: str
    serving: bool
    also: str

    @property
    def level_label(self) -> str:
        """县, 乡 …"""
        return LEVEL.label_of(self.level)


@dataclass(frozen=True)
class Question:
    """Two people who may be one; `hint` is what 选举法 §48 says if they are."""

    likely: Likely
    one: str
    other: str
    hint: str


@dataclass(frozen=True)
class Decided:
    """What the county decided of two people."""

    record: SamePerson
    one: str
    other: str


@dataclass(frozen=True)
class CountyDeputies:
    """The merged roster, the open questions (the surest first), what was decided, and hints by person."""

    rows: tuple[DeputyRow, ...]
    questions: tuple[Question, ...]
    decided: tuple[Decided, ...]
    hints: Mapping[str, str]

    def of(self, person: str) -> tuple[DeputyRow, ...]:
        """Every mandate of a person, of those confirmed to be the same too."""
        group = self.together.get(person, frozenset({person}))
        return tuple(row for row in self.rows if row.person in group)

    @property
    def together(self) -> Mapping[str, frozenset[str]]:
        """uid of a person → all confirmed to be that person."""
        return groups_of(
            (each.record.one, each.record.other) for each in self.decided if each.record.verdict == SAME
        )

    @property
    def towns(self) -> tuple[tuple[str, str], ...]:
        """(name, code) of who tells of deputies."""
        return tuple(sorted({(row.town, row.code) for row in self.rows}, key=lambda each: each[1]))


def county_deputies(desk: Desk) -> CountyDeputies:
    """Everything the page shows, from one snapshot. Raises NotThisOffice at a township."""
    county = county_office(desk)
    with desk.store.reading() as reading:
        people = {each.uid: each for each in reading.all(Person)}
        mandates = reading.all(Mandate)
        owners = _units(desk, reading, Person)
        of_mandate = _units(desk, reading, Mandate)
        names = towns_in(reading)
        answers = own_of(reading.connection, SamePerson, reading.all(SamePerson))
    town_of = {code: names.name(code) for code in {*owners.values(), *of_mandate.values()}}
    town_of[county.code] = "县人大"
    answers = [each for each in answers if each.one in people and each.other in people]
    groups = groups_of((each.one, each.other) for each in answers if each.verdict == SAME)
    seats = _seats(mandates, of_mandate, town_of)
    held: dict[str, list[Mandate]] = {}
    for each in mandates:
        held.setdefault(each.person, []).append(each)
    rows = [
        _row(each, people.get(each.person), of_mandate.get(each.uid, ""), town_of, _also(each, groups, held))
        for each in mandates
    ]
    order = {code.code: place for place, code in enumerate(LEVEL.codes)}
    rows.sort(key=lambda row: (order.get(row.level, 99), row.code, row.name))
    settled = {frozenset({each.one, each.other}) for each in answers}
    told = {uid: _told(people[uid], town_of.get(owners.get(uid, ""), "")) for uid in people}
    links = _links(people, held, town_of)
    known = [_known(each, owners.get(uid, ""), links[uid]) for uid, each in people.items() if uid in held]
    questions = [
        Question(
            each,
            told[each.one],
            told[each.other],
            not_nested([*_of(seats, each.one), *_of(seats, each.other)]),
        )
        for each in likely_same(known)
        if each.pair not in settled and each.other not in groups.get(each.one, ())
    ]
    decided = [
        Decided(each, told[each.one], told[each.other])
        for each in sorted(answers, key=lambda each: (each.day, each.uid), reverse=True)
    ]
    return CountyDeputies(tuple(rows), tuple(questions), tuple(decided), _hints(people, groups, seats))


def decide_same(desk: Desk, likely: Likely, *, same: bool) -> tuple[Change, ...]:
    """同一人 or 不是同一人: an own record that points at both; what townships wrote stays as it is."""
    county_office(desk)
    with desk.store.writing(reason="同一人认定") as writing:
        reading = Reading(writing.connection)
        held = next(
            (
                each
                for each in reading.all(SamePerson)
                if {each.one, each.other} == likely.pair and reading.is_own(SamePerson, each.uid)
            ),
            None,
        )
        writing.put(
            SamePerson(
                uid=held.uid if held else writing.new_uid(),
                one=likely.one,
                other=likely.other,
                verdict=SAME if same else DIFFERENT,
                day=desk.today(),
                reasons="、".join((*likely.reasons, *likely.against))[:200],
            )
        )
        return tuple(writing.changes)


def take_decision_back(desk: Desk, uid: str) -> tuple[Change, ...]:
    """The decision is taken away; the two are asked about again."""
    county_office(desk)
    with desk.store.writing(reason="撤回同一人认定") as writing:
        writing.remove(SamePerson, uid)
        return tuple(writing.changes)


def narrowed(
    rows: Sequence[DeputyRow], *, level: str = "", code: str = "", words: str = "", serving: bool = False
) -> list[DeputyRow]:
    """The rows of a level and a township whose name, work or delegation holds the words, pinyin too."""
    return [
        row
        for row in rows
        if (not level or row.level == level)
        and (not code or row.code == code)
        and (not serving or row.serving)
        and _answers(row, words.strip())
    ]


def _answers(row: DeputyRow, words: str) -> bool:
    if words in f"{row.name} {row.work} {row.delegation} {row.town}":
        return True
    letters = words.casefold()
    return letters.isascii() and any(letters in spoken for spoken in _spoken(row.name))


@lru_cache(maxsize=20_000)
def _spoken(name: str) -> tuple[str, ...]:
    return tuple(readings_of(name))


def deputies_xlsx(desk: Desk, rows: Sequence[DeputyRow]) -> bytes:
    """The roster as it is shown, phones masked."""
    office = county_office(desk)
    columns = (
        Column("序号", Look.ORDER), Column("层级", Look.MIDDLE), Column("姓名", Look.MIDDLE), Column("性别", Look.MIDDLE),
        Column("报送单位", Look.MIDDLE), Column("代表团", Look.TEXT, 1), Column("工作单位及职务", Look.TEXT, 2),
        Column("联系电话", Look.MIDDLE), Column("状态", Look.MIDDLE), Column("其他层级", Look.TEXT, 1),
    )  # fmt: skip
    body = [
        (
            at, row.level_label, row.name, row.sex, row.town, row.delegation, row.work, row.phone, row.state,
            row.also,
        )
        for at, row in enumerate(rows, 1)
    ]  # fmt: skip
    return table_xlsx(
        columns, body, title="全县各级人大代表名册", office_name=office.name, label="代表", note="电话已遮盖"
    )


def _units(desk: Desk, reading: Reading, cls: type[Person] | type[Mandate]) -> dict[str, str]:
    units, today = units_in(reading), desk.today()
    return {uid: units.unit_on(code, today) for uid, code in belonging(reading, cls).items()}


def _row(
    mandate: Mandate, person: Person | None, code: str, towns: Mapping[str, str], also: str
) -> DeputyRow:
    return DeputyRow(
        uid=mandate.uid,
        person=mandate.person,
        name=person.name if person else "（人员未报）",
        sex=person.shown("sex") if person else "",
        level=mandate.level,
        town=towns.get(code, ""),
        code=code,
        delegation=mandate.delegation or "",
        work=(person.work or "") if person else "",
        phone=mask_phone(person.phone) if person and person.phone else "",
        state=mandate.shown("state"),
        serving=mandate.state == "serving",
        also=also,
    )


def _also(mandate: Mandate, groups: Mapping[str, frozenset[str]], levels: Mapping[str, list[Mandate]]) -> str:
    """The other levels of the same person, in their order."""
    group = groups.get(mandate.person, frozenset({mandate.person}))
    found = {each.level for uid in group for each in levels.get(uid, ()) if each.uid != mandate.uid}
    return "、".join(code.label for code in LEVEL.codes if code.code in found)


def _seats(
    mandates: Sequence[Mandate], owners: Mapping[str, str], towns: Mapping[str, str]
) -> Mapping[str, list[Seat]]:
    found: dict[str, list[Seat]] = {}
    for each in mandates:
        if each.state == "serving":
            code = owners.get(each.uid, "")
            town = towns.get(code, "") if len(code) > COUNTY_DIGITS else ""
            found.setdefault(each.person, []).append(Seat(each.level, town))
    return found


def _of(seats: Mapping[str, list[Seat]], uid: str) -> list[Seat]:
    return seats.get(uid, [])


def _hints(
    people: Mapping[str, Person], groups: Mapping[str, frozenset[str]], seats: Mapping[str, list[Seat]]
) -> dict[str, str]:
    """Person → the hint of 选举法 §48, for whoever was confirmed to be one."""
    found = {}
    for uid in people:
        group = groups.get(uid, frozenset({uid}))
        hint = not_nested([seat for each in group for seat in _of(seats, each)])
        if hint:
            found[uid] = hint
    return found


def _links(
    people: Mapping[str, Person], held: Mapping[str, Sequence[Mandate]], towns: Mapping[str, str]
) -> Mapping[str, frozenset[str]]:
    """Person → townships that a delegation or the address names."""
    named = {code: name for code, name in towns.items() if len(code) > COUNTY_DIGITS}
    found = {}
    for uid, mandates in held.items():
        person = people.get(uid)
        places = {each.delegation for each in mandates} | ({person.address} if person is not None else set())
        told = [place for place in places if place]
        found[uid] = frozenset(code for code, name in named.items() if told and linked_to(name, *told))
    return found


def _known(person: Person, owner: str, linked: frozenset[str]) -> Known:
    return Known(
        person.uid, owner, person.name, person.sex or "", person.born or "", person.phone or "", person.work or "",
        linked,
    )  # fmt: skip


def _told(person: Person, town: str) -> str:
    parts = (person.shown("sex"), person.work, mask_phone(person.phone) if person.phone else "")
    return f"{town}：{person.name}" + "".join(f" · {part}" for part in parts if part)
