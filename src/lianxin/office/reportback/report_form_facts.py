"""What the records say of a deputy's year, aspect by aspect, each with the records it was made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from lianxin.domain.counts import attended
from lianxin.domain.kinds import DECIMAL
from lianxin.domain.records import (
    Activity,
    Attendance,
    Commitment,
    Contact,
    Deed,
    Honour,
    Meeting,
    Opinion,
    Person,
    ReceptionDay,
    Rota,
    Signer,
    Suggestion,
)
from lianxin.office.cases.case import cases_of, state_in
from lianxin.office.deputies.roster import names_deputy
from lianxin.office.desk import Desk
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.office.reportback.report_year_view import promises_of
from lianxin.store.reading import Condition, Reading


@dataclass(frozen=True)
class SourceLine:
    """One record a number was made from: when, in words, and what to open."""

    day: date | None
    words: str
    kind: str
    uid: str


@dataclass(frozen=True)
class Told:
    """What one source says of the year: the words for the form, and the records. No words where nothing is known."""

    words: str = ""
    sources: tuple[SourceLine, ...] = ()


@dataclass(frozen=True)
class About:
    """Whose year it is, within one snapshot; the records everybody asks for are read once."""

    desk: Desk
    reading: Reading
    person: Person
    level: str
    year: int

    def has(self, day: date | None) -> bool:
        """Whether a day lies in the year."""
        return day is not None and day.year == self.year


Teller = Callable[[About], Told]
R = TypeVar("R", Activity, Meeting)


def told_of(about: About, source: str) -> Told:
    """What the records of a source say; nothing for a source that is not counted."""
    teller = _TELLERS.get(source)
    return teller(about) if teller else Told()


def _meetings(about: About) -> Told:
    """Meetings the deputy was expected at, came to, or was on leave from."""
    expected = [(each, held) for each, held in _attended(about, Meeting) if held.held and about.has(held.day)]
    if not expected:
        return Told()
    came = sum(each.presence == "present" for each, _ in expected)
    leave = sum(each.presence in _LEAVES for each, _ in expected)
    absent = sum(each.presence == "absent" for each, _ in expected)
    words = f"应出席会议{len(expected)}次，出席{came}次"
    words += f"，请假{leave}次" if leave else ""
    words += f"，缺席{absent}次" if absent else ""
    lines = [
        SourceLine(held.day, f"{held.name}（{each.shown('presence')}）", Meeting.KIND, held.uid)
        for each, held in expected
    ]
    return Told(f"{words}。", _sorted(lines))


_LEAVES = ("sick", "private", "official")


def _activities(*types: str) -> Callable[[About], list[Activity]]:
    def found(about: About) -> list[Activity]:
        return [
            held
            for each, held in _attended(about, Activity)
            if each.presence == "present"
            and held.activity_type in types
            and not held.cancelled
            and about.has(held.day)
        ]

    return found


def _group(about: About) -> Told:
    held = _activities("group")(about)
    return Told(f"参加代表小组活动{len(held)}次。" if held else "", _activity_lines(held))


def _inspection(about: About) -> Told:
    held = _activities("inspection", "research", "law_check")(about)
    parts = [
        f"{label}{count}次"
        for code, label in (("inspection", "视察"), ("research", "专题调研"), ("law_check", "执法检查"))
        if (count := sum(each.activity_type == code for each in held))
    ]
    return Told(f"参加{'、'.join(parts)}。" if parts else "", _activity_lines(held))


def _training(about: About) -> Told:
    held = _activities("training")(about)
    hours = sum((each.hours or Decimal(0) for each in held), Decimal(0))
    told = f"，共{DECIMAL.show(hours)}学时" if hours else ""
    return Told(f"参加学习培训{len(held)}次{told}。" if held else "", _activity_lines(held))


def _contacts(about: About) -> Told:
    """Reception days the deputy was there, and contacts that name him as the one who received."""
    days = _reception_days(about)
    contacts = _contacts_naming(about)
    received = sum(each.persons for each in contacts if each.channel != "home_visit")
    visited = sum(each.households or 1 for each in contacts if each.channel == "home_visit")
    parts = [
        f"参加代表接待日{len(days)}次" if days else "",
        f"接待联系群众{received}人次" if received else "",
        f"走访{visited}户次" if visited else "",
    ]
    words = "，".join(part for part in parts if part)
    names = Names(about.reading)
    lines = [
        SourceLine(day.day, f"接待日 {names.of('station', day.station)}".strip(), ReceptionDay.KIND, day.uid)
        for day in days
    ]
    lines += [
        SourceLine(each.day, f"{each.shown('type')}：{each.words[:40]}", Contact.KIND, each.uid)
        for each in contacts
    ]
    return Told(f"{words}。" if words else "", _sorted(lines))


def _reception_days(about: About) -> list[ReceptionDay]:
    reading, uid = about.reading, about.person.uid
    places = [
        *reading.children(Rota, "person", [uid]),
        *reading.children(Rota, "substitute", [uid]),
    ]
    mine = [each.reception_day for each in places if attended(each) == uid]
    days = reading.by_uid(ReceptionDay, list(dict.fromkeys(mine))).values()
    return [day for day in days if day.state == "held" and about.has(day.day)]


def _contacts_naming(about: About) -> list[Contact]:
    name = about.person.name
    hits = [hit.uid for hit in about.reading.search(name, kinds=[Contact.KIND], limit=100_000)]
    found = about.reading.by_uid(Contact, hits).values()
    return [each for each in found if about.has(each.day) and names_deputy(each, name)]


def _suggestions(about: About) -> Told:
    """Suggestions and bills of the year the deputy leads, with how many are closed, and those signed with others."""
    reading, uid = about.reading, about.person.uid
    led = [
        each
        for each in reading.all(Opinion, Condition("person", "=", uid))
        if each.track in ("suggestion", "bill") and not each.merged_into and about.has(each.registered)
    ]
    states = [state_in(about.desk, case, about.desk.today()) for case in cases_of(reading, led)]
    closed = sum(not state.open for state in states)
    bills = sum(each.track == "bill" for each in led)
    joint = _signed(about)
    parts = [
        f"领衔提出建议{len(led) - bills}件" if len(led) > bills else "",
        f"领衔提出议案{bills}件" if bills else "",
        f"其中已办结{closed}件" if closed else "",
        f"联名{len(joint)}件" if joint else "",
    ]
    words = "，".join(part for part in parts if part)
    return Told(f"{words}。" if words else "", _sorted([_matter_line(each) for each in [*led, *joint]]))


def _signed(about: About) -> list[Opinion]:
    signers = about.reading.children(Signer, "person", [about.person.uid])
    suggestions = about.reading.by_uid(Suggestion, [each.suggestion for each in signers])
    matters = about.reading.by_uid(Opinion, [each.opinion for each in suggestions.values()]).values()
    return [each for each in matters if about.has(each.registered) and each.person != about.person.uid]


def _matter_line(matter: Opinion) -> SourceLine:
    words = f"{short_number(matter.number or '')} {matter.title}".strip()
    return SourceLine(matter.registered, words, Opinion.KIND, matter.uid)


def _deeds(about: About) -> Told:
    found = about.reading.children(Deed, "person", [about.person.uid])
    done = [each for each in found if about.has(each.day)]
    if not done:
        return Told()
    households = sum(each.households or 0 for each in done)
    told = f"，受益{households}户" if households else ""
    what = "；".join(each.what.strip().rstrip("。；") for each in sorted(done, key=lambda one: one.day)[:3])
    lines = [SourceLine(each.day, each.what[:40], Deed.KIND, each.uid) for each in done]
    return Told(f"为民办实事{len(done)}件{told}：{what}。", _sorted(lines))


def _conduct(about: About) -> Told:
    """Honours granted in the year; the rest of this aspect is the deputy's own words."""
    granted = [
        each
        for each in about.reading.children(Honour, "person", [about.person.uid])
        if each.state == "granted" and about.has(each.granted)
    ]
    if not granted:
        return Told()
    words = "、".join(f"{each.authority or ''}{each.shown('type')}" for each in granted)
    lines = [SourceLine(each.granted, each.shown("type"), Honour.KIND, each.uid) for each in granted]
    return Told(f"受到表彰{len(granted)}项：{words}。", _sorted(lines))


def _commitments(about: About) -> Told:
    """The promises of January one by one with what became of each."""
    promises = promises_of(about.reading, about.level, about.year).get(about.person.uid, [])
    if not promises:
        return Told()
    done = sum(each.state == "done" for each in promises)
    head = f"年初承诺{len(promises)}条，完成{done}条。"
    lines = [
        f"{place}. {each.what.rstrip('。')}{f'（{each.target}）' if each.target else ''}：{each.shown('state')}"
        + (f"，{each.evidence.rstrip('。')}" if each.evidence else "")
        + "。"
        for place, each in enumerate(promises, 1)
    ]
    sources = [SourceLine(each.done, each.what[:40], Commitment.KIND, each.uid) for each in promises]
    return Told("\n".join([head, *lines]), tuple(sources))


_TELLERS: Mapping[str, Teller] = {
    "meetings": _meetings,
    "group": _group,
    "contacts": _contacts,
    "suggestions": _suggestions,
    "inspection": _inspection,
    "training": _training,
    "deeds": _deeds,
    "conduct": _conduct,
    "commitments": _commitments,
}


def _attended(about: About, cls: type[R]) -> list[tuple[Attendance, R]]:
    own = about.reading.all(
        Attendance,
        Condition("person", "=", about.person.uid),
        Condition("owner_kind", "=", cls.KIND),
    )
    held = about.reading.by_uid(cls, [each.owner for each in own])
    return [(each, held[each.owner]) for each in own if each.owner in held]


def _activity_lines(held: Iterable[Activity]) -> tuple[SourceLine, ...]:
    return _sorted([SourceLine(each.day, each.topic, Activity.KIND, each.uid) for each in held])


def _sorted(lines: Sequence[SourceLine]) -> tuple[SourceLine, ...]:
    return tuple(sorted(lines, key=lambda each: (each.day or date.min, each.uid)))
