"""下发资料 at the township: what came from the county, whether it is in use here, and taking it into use.

The lists of smaller categories count as soon as they came. Everything else waits for the clerk, who may have
something of the same kind already; what is taken becomes a record of this office and can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lianxin.domain.codes import HANDED_SUBJECT
from lianxin.domain.dictionary import Record
from lianxin.domain.handed_down import (
    BadHanded,
    RosterLine,
    UnitLine,
    read_categories,
    read_layout,
    read_roster,
    read_theme,
    read_units,
    shown_categories,
)
from lianxin.domain.records import AnnualTheme, HandedDown, HandedTo, HandlingUnit, Mandate, Person
from lianxin.office.desk import Desk
from lianxin.office.handed.calendars import take_years
from lianxin.office.handed.county_holidays import handed_out, offered_here
from lianxin.office.handed.rule_files import offered_in
from lianxin.office.paperwork.templates import layout_in_use, put_template
from lianxin.office.people_named import naming
from lianxin.office.trust.handed_trust import trust_standing
from lianxin.store.reading import Reading
from lianxin.store.writing import Change, Writing

Standing = Literal["in_use", "offered", "elsewhere", "unreadable", "withdrawn"]
"""`elsewhere`: taken into use in a section of its own (rules). `withdrawn`: the county took it back."""

STANDING_WORDS: Mapping[Standing, str] = {
    "in_use": "✓ 已在用",
    "offered": "待采用",
    "elsewhere": "待启用",
    "unreadable": "读不出来",
    "withdrawn": "县里已收回",
}


@dataclass(frozen=True)
class Came:
    """One thing that came: `words` say what is in it, or why it cannot be used."""

    uid: str
    subject: str
    title: str
    version: str
    day: date
    source: str
    standing: Standing
    words: str

    @property
    def subject_label(self) -> str:
        """文书模板, 年度主题 …"""
        return HANDED_SUBJECT.label_of(self.subject)


def what_came(desk: Desk) -> tuple[Came, ...]:
    """Everything the county handed down to this office, by subject; what it took back stands last."""
    with desk.store.reading() as reading:
        found = [_came(desk, reading, each) for each in _records(reading)]
        found += _years(desk, reading)
        found += _withdrawn(reading)
    order = {code.code: place for place, code in enumerate(HANDED_SUBJECT.codes)}
    return tuple(
        sorted(
            found, key=lambda each: (each.standing == "withdrawn", order.get(each.subject, 99), each.title)
        )
    )


def offered_count(desk: Desk, reading: Reading) -> int:
    """How many things wait to be taken into use, for the first page; rules and holidays are told there by themselves."""
    return sum(_came(desk, reading, each).standing == "offered" for each in _records(reading))


def take_into_use(desk: Desk, uid: str) -> tuple[Change, ...]:
    """采用 one thing; () when it is in use already. Raises BadHanded, TemplateRefused of office.templates.

    What is here already is never overwritten but by the clerk's own act: of the theme of the year the fields the
    county filled in, of lists what is missing.
    """
    with desk.store.reading() as reading:
        record = next((each for each in _records(reading) if each.uid == uid), None)
        years = tuple(year for year in offered_here(reading, desk) if f"holidays {year.year}" == uid)
    if years:
        take_years(desk, years)
        return ()
    if record is None:
        raise BadHanded("这份资料县里已经收回，没有改动。")
    if record.subject == "template":
        layout = read_layout(record.text)
        return put_template(desk, layout.paper, layout.file_name, layout.content)
    with desk.store.writing(reason="采用县人大下发的资料") as writing:
        reading = Reading(writing.connection)
        for made in _plan(reading, record, writing):
            writing.put(naming(writing, made))
        return tuple(writing.changes)


def small_categories(reading: Reading) -> Mapping[str, tuple[str, ...]]:
    """Category code → the county's smaller categories under it; empty where it handed none down."""
    found: dict[str, tuple[str, ...]] = {}
    for record in _records(reading):
        if record.subject == "categories":
            try:
                listed = read_categories(record.text)
            except BadHanded:
                continue
            for each in listed:
                found[each.category] = (*found.get(each.category, ()), each.label)
    return found


def _records(reading: Reading) -> list[HandedDown]:
    """What the county wrote; nobody else can write these kinds (domain/arrival.py)."""
    return [*reading.all(HandedDown), *reading.all(HandedTo)]


def _came(desk: Desk, reading: Reading, record: HandedDown) -> Came:
    standing, words = _standing(desk, reading, record)
    return Came(
        record.uid, record.subject, record.title, record.version or "", record.day, record.source or "", standing,
        words,
    )  # fmt: skip


def _standing(desk: Desk, reading: Reading, record: HandedDown) -> tuple[Standing, str]:
    try:
        match record.subject:
            case "categories":
                return (
                    "in_use",
                    f"登记意见建议时，“小类”里可以选：\n{shown_categories(read_categories(record.text))}",
                )
            case "rules":
                if offered_in(reading, desk.profile) is None:
                    return "in_use", "和本机现行的规则一样。"
                return "elsewhere", "在“规则库”里看有哪些不同，再启用。"
            case "certificate" | "revocations":
                return trust_standing(desk, record)
            case "template":
                layout = read_layout(record.text)
                here = layout_in_use(desk, reading, layout.paper) == layout.content
                return ("in_use" if here else "offered"), f"采用以后，{record.title}按县里的模板打印。"
            case "theme" | "units" | "roster":
                made = tuple(_plan(reading, record, None))
                return ("offered" if made else "in_use"), _content(record, made)
    except BadHanded as wrong:
        return "unreadable", str(wrong)
    return "unreadable", "这类资料本程序还不认识，可能要用新版程序。"


def _content(record: HandedDown, made: Sequence[Record]) -> str:
    if record.subject == "theme":
        told = read_theme(record.text)
        lines = [f"{AnnualTheme.spec(wire).label}：{value}" for wire, value in told.items()]
        return "\n".join(lines)
    if record.subject == "units":
        names = "、".join(each.name for each in read_units(record.text))
        return f"{names}\n" + (
            f"其中{len(made)}个本机还没有，采用后加到承办单位里。" if made else "本机都有了。"
        )
    names = "\n".join(_roster_words(line) for line in read_roster(record.text))
    missing = sum(isinstance(each, Mandate) for each in made)
    return f"{names}\n" + (
        f"其中{missing}名本机还没有，采用后加到代表名册里。" if missing else "本机都有了。"
    )


def _roster_words(line: RosterLine) -> str:
    level = Mandate.spec("level").kind.show(line.level)
    return "　".join(part for part in (line.name, f"{level}人大代表", line.work, line.delegation) if part)


def _plan(reading: Reading, record: HandedDown, writing: Writing | None) -> Iterator[Record]:
    """The records of this office that taking it into use makes or changes; without `writing` they have no uid."""
    uid = writing.new_uid if writing is not None else str
    if record.subject == "theme":
        yield from _theme(reading, read_theme(record.text), uid())
    elif record.subject == "units":
        yield from _units(reading, read_units(record.text), uid)
    elif record.subject == "roster":
        yield from _roster(reading, read_roster(record.text), uid)


def _units(reading: Reading, lines: Sequence[UnitLine], uid: Callable[[], str]) -> Iterator[Record]:
    known = {each.name for each in reading.all(HandlingUnit)}
    for line in lines:
        if line.name not in known:
            yield HandlingUnit(
                uid=uid(), name=line.name, unit_type=line.unit_type, duties=line.duties or None
            )


def _roster(reading: Reading, lines: Sequence[RosterLine], uid: Callable[[], str]) -> Iterator[Record]:
    people = list(reading.all(Person))
    seats = {(each.person, each.level) for each in reading.all(Mandate) if each.state == "serving"}
    for line in lines:
        person = next((each for each in people if _same(each, line)), None)
        if person is None:
            person = Person(uid=uid(), name=line.name, sex=line.sex or None, work=line.work[:80] or None)
            people.append(person)
            yield person
        if (person.uid, line.level) not in seats:
            yield Mandate(
                uid=uid(), person=person.uid, level=line.level, delegation=line.delegation[:40] or None
            )


def _same(person: Person, line: RosterLine) -> bool:
    sexes = {person.sex or line.sex, line.sex or person.sex or ""}
    return person.name == line.name and len(sexes) <= 1


def _theme(reading: Reading, told: Mapping[str, str], uid: str) -> Iterator[AnnualTheme]:
    year = int(told["year"])
    here = next((each for each in reading.all(AnnualTheme) if each.year == year), None)
    packed: dict[str, str | int | bool | None] = {**(here.packed() if here else {})}
    packed |= {wire: value for wire, value in told.items() if wire != "year"}
    made = AnnualTheme.unpacked({**packed, "year": year, "uid": here.uid if here else uid})
    if made != here:
        yield made


def _years(desk: Desk, reading: Reading) -> Iterator[Came]:
    offered = {year.year for year in offered_here(reading, desk)}
    for year in handed_out(reading):
        waits = year.year in offered
        yield Came(
            f"holidays {year.year}", "holidays", f"{year.year}年放假安排", "", desk.today(), year.source,
            "offered" if waits else "in_use",
            "采用以后，期限里的工作日按它算。" if waits else "期限里的工作日已按它算。",
        )  # fmt: skip


def _withdrawn(reading: Reading) -> Iterator[Came]:
    from lianxin.office.records import removed_record

    for cls in (HandedDown, HandedTo):
        for uid in reading.removed(cls):
            gone = removed_record(reading, cls, uid)
            words = (
                "小类不再列出。"
                if gone.subject == "categories"
                else "本机已经采用的不受影响，要停用请在原处改。"
            )
            yield Came(
                uid,
                gone.subject,
                gone.title,
                gone.version or "",
                gone.day,
                gone.source or "",
                "withdrawn",
                words,
            )
