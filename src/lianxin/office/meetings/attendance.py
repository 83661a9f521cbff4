"""The list of an event: who is expected, who came, leave and its approval; for activities and meetings alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from lianxin.domain.counts import persons_in, serving
from lianxin.domain.meetings.attendance import LEAVE, Tally, tally_of
from lianxin.domain.records import Attendance, GroupMember, Mandate, Person
from lianxin.office.deputies.roster import roster_lines
from lianxin.office.desk import Desk
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change, Writing

SourceKind: TypeAlias = Literal["group", "station", "level", "presidium", "all", "copy"]
_GROUP_ROLES = {"leader": "leader", "deputy_leader": "deputy_leader"}


class NobodyThere(ValueError):
    """The list that was to be copied or taken from holds nobody."""

    message = "这份名单里没有在任代表，没有增加人员。"

    def __init__(self) -> None:
        super().__init__(self.message)


class ReasonWanted(ValueError):
    """Leave is asked for with a reason (代表法 §13)."""

    message = "请假要写明事由，出勤没有改动。"

    def __init__(self) -> None:
        super().__init__(self.message)


@dataclass(frozen=True)
class ListFrom:
    """Where expected people come from; `key` is a uid, a level code, or the uid of the event whose list is copied."""

    kind: SourceKind
    key: str = ""


@dataclass(frozen=True)
class Expected:
    """One person to put on a list: a known person, or the name of somebody else."""

    person: str | None = None
    name: str | None = None
    post: str | None = None
    role: str = "member"


@dataclass(frozen=True)
class ListLine:
    """One line of a list as people read it."""

    attendance: Attendance
    name: str
    post: str
    level: str

    @property
    def uid(self) -> str:
        """The uid of the attendance."""
        return self.attendance.uid

    @property
    def leave(self) -> str:
        """陪护家人（同意，陈国强）: reason and approval of a leave, empty otherwise."""
        told = self.attendance
        if told.presence not in LEAVE:
            return told.reason or ""
        approval = told.shown("approval") or "待审批"
        by = f"，{told.approver}" if told.approver else ""
        return f"{told.reason or '未写事由'}（{approval}{by}）"


@dataclass(frozen=True)
class AttendanceList:
    """Everybody on the list of one event, in its order, and the counts."""

    lines: tuple[ListLine, ...]
    tally: Tally


def attendance_list(reading: Reading, owner: str) -> AttendanceList:
    """The list of an event."""
    told = list_of(reading, owner)
    people = roster_lines(reading, [each.person for each in told if each.person])
    lines = []
    for each in told:
        line = people.get(each.person or "")
        lines.append(
            ListLine(
                each,
                name=line.name if line else each.name or "（人员已删除）",
                post=each.post or (line.work or line.district if line else ""),
                level=line.levels if line else "",
            )
        )
    return AttendanceList(tuple(lines), tally_of(told))


def list_of(reading: Reading, owner: str) -> list[Attendance]:
    """The attendances of one event in the order of its list."""
    told = reading.all(Attendance, Condition("owner", "=", owner))
    return sorted(told, key=lambda each: (each.place, each.uid))


def expected_from(reading: Reading, source: ListFrom, on: date) -> list[Expected]:
    """Who would be expected, deputies in office on that day; guests and names of a copied list come along."""
    if source.kind == "copy":
        return [
            Expected(each.person, each.name, each.post, each.role) for each in list_of(reading, source.key)
        ]
    mandates = serving(reading.all(Mandate), on)
    in_office = frozenset(persons_in(mandates))
    if source.kind == "group":
        members = reading.all(GroupMember, Condition("group", "=", source.key))
        leading = sorted(members, key=lambda each: (each.role == "member", each.uid))
        return [
            Expected(each.person, role=_GROUP_ROLES.get(each.role, "member"))
            for each in leading
            if each.person in in_office
        ]
    chosen = [each for each in mandates if _belongs(each, source)]
    return [Expected(person) for person in persons_in(chosen)]


def _belongs(mandate: Mandate, source: ListFrom) -> bool:
    match source.kind:
        case "station":
            return mandate.station == source.key
        case "level":
            return mandate.level == source.key
        case "presidium":
            return mandate.presidium
        case _:
            return True


def add_expected(
    desk: Desk, *, owner_kind: str, owner: str, source: ListFrom, on: date
) -> tuple[Change, ...]:
    """Puts everybody of a list on the event who is not on it yet. Raises NobodyThere."""
    with desk.store.writing(reason="生成应到名单") as writing:
        put_expected(writing, owner_kind, owner, source, on)
        return tuple(writing.changes)


def put_expected(writing: Writing, owner_kind: str, owner: str, source: ListFrom, on: date) -> None:
    """The same inside a transaction. Raises NobodyThere."""
    people = expected_from(Reading(writing.connection), source, on)
    if not people:
        raise NobodyThere
    put_people(writing, owner_kind, owner, people)


def put_people(writing: Writing, owner_kind: str, owner: str, people: Iterable[Expected]) -> list[Attendance]:
    """Adds those who are not on the list yet, at its end; answers what was added."""
    known = list_of(Reading(writing.connection), owner)
    on_it = {each.person or each.name for each in known}
    place = max((each.place for each in known), default=0)
    added: list[Attendance] = []
    for each in people:
        key = each.person or each.name
        if key is None or key in on_it:
            continue
        on_it.add(key)
        place += 1
        attendance = Attendance(
            uid=writing.new_uid(), owner_kind=owner_kind, owner=owner, place=place, person=each.person,
            name=None if each.person else each.name, post=each.post, role=each.role,
        )  # fmt: skip
        writing.put(attendance)
        added.append(attendance)
    return added


def add_named(desk: Desk, *, owner_kind: str, owner: str, names: str, guest: bool) -> tuple[Change, ...]:
    """Adds people by their names, divided by 、 or blanks; who is known is taken as the person known."""
    with desk.store.writing(reason="增加参加人员") as writing:
        people = named_people(Reading(writing.connection), names, role="guest" if guest else "member")
        put_people(writing, owner_kind, owner, people)
        return tuple(writing.changes)


def named_people(reading: Reading, names: str, *, role: str = "member") -> list[Expected]:
    """Names of one cell or line as people; a name two people bear, or nobody, stays a name."""
    from lianxin.ledgers.addresses import split_names

    found: list[Expected] = []
    for name in dict.fromkeys(split_names(names)):
        known = reading.keys(Person, Condition("name", "=", name))
        found.append(
            Expected(known[0], role=role) if len(known) == 1 else Expected(name=name[:25], role=role)
        )
    return found


def mark(
    desk: Desk,
    uids: Sequence[str],
    presence: str,
    *,
    reason: str = "",
    approval: str | None = None,
    approver: str = "",
) -> tuple[Change, ...]:
    """Marks these people; leave wants a reason and waits for approval unless one is given. Raises ReasonWanted."""
    if presence in LEAVE and not reason.strip():
        raise ReasonWanted
    with desk.store.writing(reason="登记出勤") as writing:
        for each in Reading(writing.connection).by_uid(Attendance, uids).values():
            writing.put(
                _marked(desk, each, presence, reason.strip(), approval, approver.strip()), opened=each
            )
        return tuple(writing.changes)


def _marked(
    desk: Desk, each: Attendance, presence: str, reason: str, approval: str | None, approver: str
) -> Attendance:
    if presence not in LEAVE:
        return replace(
            each, presence=presence, reason=reason or None, approval=None, approver=None, approved=None
        )
    decided = approval in ("approved", "refused")
    return replace(
        each,
        presence=presence,
        reason=reason,
        approval=approval or "asked",
        approver=approver or None if decided else None,
        approved=desk.today() if decided else None,
    )


def approve_leave(
    desk: Desk, uids: Sequence[str], *, approval: str, approver: str = ""
) -> tuple[Change, ...]:
    """Says yes or no to leave that was asked for; those without leave are left alone."""
    with desk.store.writing(reason="审批请假") as writing:
        for each in Reading(writing.connection).by_uid(Attendance, uids).values():
            if each.presence in LEAVE:
                told = replace(
                    each, approval=approval, approver=approver.strip() or None, approved=desk.today()
                )
                writing.put(told, opened=each)
        return tuple(writing.changes)


def mark_rest_present(desk: Desk, owner: str) -> tuple[Change, ...]:
    """Everybody who is still unmarked came: the exceptions were typed before."""
    with desk.store.writing(reason="其余都到") as writing:
        for each in list_of(Reading(writing.connection), owner):
            if each.presence == "expected":
                writing.put(replace(each, presence="present"), opened=each)
        return tuple(writing.changes)


def set_role(desk: Desk, uids: Sequence[str], role: str) -> tuple[Change, ...]:
    """组长, 副组长, 列席 …: what these people are at the event."""
    with desk.store.writing(reason="调整身份") as writing:
        for each in Reading(writing.connection).by_uid(Attendance, uids).values():
            writing.put(replace(each, role=role), opened=each)
        return tuple(writing.changes)


def take_off(desk: Desk, uids: Sequence[str]) -> tuple[Change, ...]:
    """Takes people off the list."""
    with desk.store.writing(reason="移出名单") as writing:
        for uid in uids:
            writing.remove(Attendance, uid)
        return tuple(writing.changes)
