"""下发资料: what the county hands down to all or to chosen townships, in which version, and who has it already.

Each thing is a record in the stream of its readers and travels with the next receipt; a withdrawn one is removed
there as well (bundle-format.md, journal.md "Streams").
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.county.certificates.register import county_office
from lianxin.county.outgoing.receipts import Reach, reach, receipt_towns
from lianxin.domain.codes import HANDED_SUBJECT
from lianxin.domain.dictionary import Record
from lianxin.domain.handed_down import (
    BadHanded,
    OwnLayout,
    RosterLine,
    linked_to,
    pack_categories,
    pack_layout,
    pack_roster,
    pack_theme,
    pack_units,
    typed_categories,
    typed_units,
)
from lianxin.domain.records import CountyHolidays, HandedDown, HandedTo, Mandate, Person
from lianxin.domain.records.handed_down import MOST_TEXT
from lianxin.domain.rules import BadProfile, load_profile
from lianxin.office.desk import Desk
from lianxin.office.handed.county_holidays import handed_out
from lianxin.office.handed.rule_files import NATIONAL, rules_text, shipped_profile
from lianxin.store.owners import own_of
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change, Writing

_UPPER = ("nation", "province", "city", "county")
_ONE_LINE = frozenset({"roster", "certificate"})
"""Subjects of which every township gets its own: together one line of the list."""


@dataclass(frozen=True)
class HandedThing:
    """One thing that stands: what it is, for whom, and how far it came, by the names of the townships.

    `to` is empty for all townships. `has` acknowledged it, `told` have it in a receipt that was written, `waits`
    get it with the next one. `stale`: what it was made from has changed since.
    """

    key: str
    subject: str
    title: str
    version: str
    day: date
    source: str
    to: tuple[str, ...]
    has: tuple[str, ...]
    told: tuple[str, ...]
    waits: tuple[str, ...]
    text: str
    stale: bool = False

    @property
    def subject_label(self) -> str:
        """文书模板, 年度主题 …"""
        return HANDED_SUBJECT.label_of(self.subject)

    @property
    def spread(self) -> str:
        """How many have it, as the list says it."""
        total = len(self.has) + len(self.told) + len(self.waits)
        if not total:
            return "还没有登记的乡镇"
        if len(self.has) == total:
            return f"✓ {total}个乡镇都已收到"
        waits = f"待写回执{len(self.waits)}" if self.waits else f"待确认{len(self.told)}"
        return f"{waits}，已收{len(self.has)}/{total}"


@dataclass(frozen=True)
class Handing:
    """What is to be handed down. `slot` tells things of one subject apart; `codes` is empty for all townships."""

    subject: str
    title: str
    text: str
    slot: str = ""
    source: str = ""
    codes: tuple[str, ...] = ()


def hand_down(desk: Desk, *handings: Handing) -> tuple[Change, ...]:
    """Puts things in, or the next version in the place of the one that stands; () when nothing changes.

    Raises NotThisOffice at a township, BadHanded.
    """
    county_office(desk)
    with desk.store.writing(reason="下发资料") as writing:
        own = _own(Reading(writing.connection))
        for each in handings:
            _put(desk, writing, each, _standing(own, each.subject, each.slot))
        if any(each.subject == "roster" for each in handings):
            _remove_others(writing, own, {each.slot for each in handings if each.subject == "roster"})
        return tuple(change for change in writing.changes if change.outcome != "same")


def withdraw(desk: Desk, key: str) -> tuple[Change, ...]:
    """收回: it goes away at the townships with their next receipt. Raises NotThisOffice, BadHanded when unknown."""
    county_office(desk)
    subject, _, slot = key.partition(" ")
    with desk.store.writing(reason="收回下发资料") as writing:
        reading = Reading(writing.connection)
        found: list[Record] = [*_standing(_own(reading), subject, slot)]
        if subject == "holidays":
            found += [each for each in _own_holidays(reading) if str(each.year) == slot]
        if not found:
            raise BadHanded("这份资料已经收回了，没有改动。")
        for each in found:
            writing.remove(type(each), each.uid)
        return tuple(writing.changes)


def handed_things(desk: Desk) -> tuple[HandedThing, ...]:
    """Everything that stands, by subject. Raises NotThisOffice at a township."""
    county_office(desk)
    with desk.store.reading() as reading:
        towns = receipt_towns(reading, desk.store.now())
        reaches = {code: reach(reading, code) for code in towns}
        groups: dict[tuple[str, str], list[HandedDown]] = {}
        for record in _own(reading):
            slot = "" if record.subject in _ONE_LINE else record.slot or ""
            groups.setdefault((record.subject, slot), []).append(record)
        found = [_thing(reading, key, records, towns, reaches) for key, records in groups.items()]
        found += _holidays(reading, towns, reaches)
    order = {code.code: place for place, code in enumerate(HANDED_SUBJECT.codes)}
    return tuple(sorted(found, key=lambda each: (order.get(each.subject, 99), each.key)))


def rules_handing(desk: Desk) -> Handing:
    """The rules in force here. Raises BadHanded when their file is not in this ledger."""
    with desk.store.reading() as reading:
        text = rules_text(reading)
    if not text or len(text) > MOST_TEXT:
        raise BadHanded("现行规则库的文件不在本机，没有下发。请先在“规则库”里重新导入。")
    try:
        profile = load_profile(text, base=shipped_profile(NATIONAL))
    except BadProfile as wrong:
        raise BadHanded(f"现行规则库读不出来（{wrong}），没有下发。") from wrong
    return Handing("rules", f"{profile.name}（{profile.version}）", text)


def categories_handing(lines: str, source: str = "") -> Handing:
    """Smaller categories, a category a line. Raises BadHanded."""
    found = typed_categories(lines)
    if not found:
        raise BadHanded("还没有填小类，没有下发。")
    return Handing("categories", f"意见小类（{len(found)}项）", pack_categories(found), source=source)


def units_handing(lines: str, source: str = "") -> Handing:
    """Units of the county, one a line. Raises BadHanded."""
    found = typed_units(lines)
    if not found:
        raise BadHanded("还没有填承办单位，没有下发。")
    return Handing("units", f"县直承办单位（{len(found)}个）", pack_units(found), source=source)


def theme_handing(told: Mapping[str, str]) -> Handing:
    """The theme of a year, by wire names of the record 年度主题. Raises BadHanded."""
    year, name = told.get("year", "").strip(), told.get("name", "").strip()
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise BadHanded("请填四位年度，如 2027，没有下发。")
    if not name:
        raise BadHanded("请填主题，没有下发。")
    return Handing(
        "theme", f"{year}年：{name}"[:100], pack_theme({**told, "year": year, "name": name}), slot=year,
        source=told.get("document", ""),
    )  # fmt: skip


def layout_handing(label: str, layout: OwnLayout) -> Handing:
    """A Word template that the office's own check has passed. Raises BadHanded."""
    return Handing("template", label, pack_layout(layout), slot=layout.paper, source=layout.file_name)


def roster_handings(desk: Desk) -> tuple[Handing, ...]:
    """For every township the county's own deputies of upper levels that its name stands beside; each its own."""
    county_office(desk)
    with desk.store.reading() as reading:
        towns = receipt_towns(reading, desk.store.now())
        people = {each.uid: each for each in own_of(reading.connection, Person, reading.all(Person))}
        serving = reading.all(Mandate, Condition("level", "in", _UPPER), Condition("state", "=", "serving"))
        mandates = own_of(reading.connection, Mandate, serving)
    found = []
    for code, town in sorted(towns.items()):
        lines = sorted(set(_linked(town, people, mandates)), key=lambda each: (each.level, each.name))
        if lines:
            title = f"上级代表名册（{town}，{len(lines)}名）"
            found.append(Handing("roster", title, pack_roster(lines), slot=code, codes=(code,)))
    return tuple(found)


def _linked(town: str, people: Mapping[str, Person], mandates: Sequence[Mandate]) -> Iterator[RosterLine]:
    for mandate in mandates:
        person = people.get(mandate.person)
        if person is not None and linked_to(town, mandate.delegation, person.address, person.work):
            yield RosterLine(
                person.name, mandate.level, person.sex or "", person.work or "", mandate.delegation or ""
            )


def _put(desk: Desk, writing: Writing, handing: Handing, standing: Sequence[HandedDown]) -> None:
    kept = {_addressee(each): each for each in standing}
    wanted = handing.codes or ("",)
    version = 1 + max((_number(each.version) for each in kept.values()), default=0)
    for code in kept.keys() - set(wanted):
        writing.remove(type(kept[code]), kept[code].uid)
    for code in wanted:
        before = kept.get(code)
        if before is not None and (before.text, before.title) == (handing.text, handing.title):
            continue
        told = HandedDown(
            uid=before.uid if before is not None else writing.new_uid(),
            subject=handing.subject,
            slot=handing.slot or None,
            title=handing.title,
            version=f"第{version}版",
            day=desk.today(),
            source=handing.source[:200] or None,
            text=handing.text,
        )
        writing.put(told if not code else _for(code, told))


def _for(code: str, told: HandedDown) -> HandedTo:
    return HandedTo.unpacked({**told.packed(), "uid": told.uid, "addressee": code})


def _addressee(record: HandedDown) -> str:
    return record.addressee if isinstance(record, HandedTo) else ""


def _number(version: str | None) -> int:
    digits = "".join(filter(str.isdecimal, version or ""))
    return int(digits) if digits else 0


def _own(reading: Reading) -> list[HandedDown]:
    found: list[HandedDown] = [*own_of(reading.connection, HandedDown, reading.all(HandedDown))]
    return found + own_of(reading.connection, HandedTo, reading.all(HandedTo))


def _own_holidays(reading: Reading) -> list[CountyHolidays]:
    return own_of(reading.connection, CountyHolidays, reading.all(CountyHolidays))


def _standing(own: Sequence[HandedDown], subject: str, slot: str) -> list[HandedDown]:
    return [
        each
        for each in own
        if each.subject == subject and ((each.slot or "") == slot or (not slot and subject in _ONE_LINE))
    ]


def _remove_others(writing: Writing, own: Sequence[HandedDown], slots: Collection[str]) -> None:
    """A roster says who belongs to whom now: a township that is not named any more has none."""
    for each in _standing(own, "roster", ""):
        if (each.slot or "") not in slots:
            writing.remove(type(each), each.uid)


def _thing(
    reading: Reading,
    key: tuple[str, str],
    records: Sequence[HandedDown],
    towns: Mapping[str, str],
    reaches: Mapping[str, Reach],
) -> HandedThing:
    latest = max(records, key=lambda each: (each.day, each.uid))
    codes = {_addressee(each): each for each in records}
    to = tuple(towns.get(code, code) for code in sorted(codes) if code)
    readers = {code: codes.get("") or codes.get(code) for code in towns}
    spread = _spread(
        reading, {code: each for code, each in readers.items() if each is not None}, towns, reaches
    )
    return HandedThing(
        key=" ".join(key).rstrip(),
        subject=latest.subject,
        title=latest.title if len(records) == 1 or key[0] not in _ONE_LINE else _together(records),
        version=latest.version or "",
        day=latest.day,
        source=latest.source or "",
        to=to,
        has=spread["has"],
        told=spread["told"],
        waits=spread["waits"],
        text=latest.text,
        stale=latest.subject == "rules" and latest.text != rules_text(reading),
    )


def _together(records: Sequence[HandedDown]) -> str:
    towns = len({_addressee(each) for each in records})
    return f"{HANDED_SUBJECT.label_of(records[0].subject)}（{towns}个乡镇，{len(records)}份）"


def _holidays(
    reading: Reading, towns: Mapping[str, str], reaches: Mapping[str, Reach]
) -> Iterator[HandedThing]:
    """The years handed out by their own kind of record (放假安排), as things like the others."""
    kept = _own_holidays(reading)
    latest = {each.year: each for each in sorted(kept, key=lambda one: (one.day, one.uid))}
    known = {year.year for year in handed_out(reading)}
    for year, record in sorted(latest.items()):
        count = sum(each.year == year for each in kept)
        spread = _spread(reading, dict.fromkeys(towns, record), towns, reaches)
        yield HandedThing(
            key=f"holidays {year}",
            subject="holidays",
            title=f"{year}年放假安排" + ("" if year in known else "（读不出来）"),
            version=f"第{count}版",
            day=record.day,
            source=record.source,
            to=(),
            has=spread["has"],
            told=spread["told"],
            waits=spread["waits"],
            text=record.text,
        )


def _spread(
    reading: Reading, records: Mapping[str, Record], towns: Mapping[str, str], reaches: Mapping[str, Reach]
) -> Mapping[str, tuple[str, ...]]:
    """Names of the townships by how far the last entry of each one's record came."""
    once = {each.uid: each.KIND for each in records.values()}
    last = {uid: reading.history(kind, uid)[-1].entry for uid, kind in once.items()}
    found: dict[str, list[str]] = {"has": [], "told": [], "waits": []}
    for code, record in records.items():
        entry, known = last[record.uid], reaches[code]
        if known.acknowledged.get(entry.stream, 0) >= entry.counter:
            found["has"].append(towns[code])
        elif known.written.get(entry.stream, 0) >= entry.counter:
            found["told"].append(towns[code])
        else:
            found["waits"].append(towns[code])
    return {name: tuple(names) for name, names in found.items()}
