"""Changing the roster: people and their mandates (a person is not a mandate), groups and their members."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lianxin.domain.codes import LEVEL
from lianxin.domain.meetings.electoral import state_problem, vacancies
from lianxin.domain.records import DeputyGroup, District, GroupMember, Mandate, Person
from lianxin.office.deputies.roster import roster_lines
from lianxin.office.desk import Desk, current_term
from lianxin.office.electing import electoral_problems
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change


class MandateRefused(ValueError):
    """The mandate cannot stand as it is; `wire` names the field, the message says why."""

    def __init__(self, wire: str, words: str) -> None:
        self.wire = wire
        super().__init__(words)


def namesakes(desk: Desk, name: str) -> tuple[tuple[str, str], ...]:
    """(uid, words) of the people who are called so already, so that nobody is registered twice."""
    if not name.strip():
        return ()
    with desk.store.reading() as reading:
        people = reading.all(Person, Condition("name", "=", name.strip()))
        lines = roster_lines(reading, [person.uid for person in people])
    return tuple(
        (uid, " · ".join(part for part in (line.name, line.levels, line.district, line.work) if part))
        for uid, line in lines.items()
    )


def register_deputy(
    desk: Desk, *, person: Person, mandate: Mandate, draft_key: str = ""
) -> tuple[Change, ...]:
    """A new deputy: the person and the first mandate, in one transaction. Raises MandateRefused."""
    with desk.store.writing(reason="登记代表") as writing:
        writing.put(person)
        _check_mandate(desk, Reading(writing.connection), mandate)
        writing.put(replace(mandate, person=person.uid))
        if draft_key:
            writing.forget_draft(Person.KIND, draft_key)
        return tuple(writing.changes)


def add_mandate(desk: Desk, mandate: Mandate, *, draft_key: str = "") -> tuple[Change, ...]:
    """One more mandate of a known person, at another level or in another term. Raises MandateRefused."""
    with desk.store.writing(reason="增加代表资格") as writing:
        _check_mandate(desk, Reading(writing.connection), mandate)
        writing.put(mandate)
        if draft_key:
            writing.forget_draft(Mandate.KIND, draft_key)
        return tuple(writing.changes)


def change_mandate(
    desk: Desk, mandate: Mandate, *, opened: Mandate, draft_key: str = ""
) -> tuple[Change, ...]:
    """A mandate changed in its form, its state with date and document. Raises MandateRefused."""
    with desk.store.writing(reason="修改代表资格") as writing:
        _check_mandate(desk, Reading(writing.connection), mandate)
        if mandate.state != opened.state:
            _check_state(mandate)
        writing.put(mandate, opened=opened)
        if draft_key:
            writing.forget_draft(Mandate.KIND, draft_key)
        return tuple(writing.changes)


def change_mandate_state(
    desk: Desk, mandate: Mandate, *, state: str, day: date | None, document: str | None, draft_key: str = ""
) -> tuple[Change, ...]:
    """在任 → 辞职, 罢免, … with date and document of the announcement (代表法 §62, §63). Raises MandateRefused."""
    changed = replace(mandate, state=state, state_day=day, state_document=document)
    return change_mandate(desk, changed, opened=mandate, draft_key=draft_key)


def _check_state(mandate: Mandate) -> None:
    wrong = state_problem(mandate)
    if wrong is not None:
        raise MandateRefused(*wrong)


def _check_mandate(desk: Desk, reading: Reading, mandate: Mandate) -> None:
    """One person has one mandate per level and term (domain.md 3.6)."""
    if mandate.state == "serving" and mandate.elected is not None and mandate.elected > desk.today():
        raise MandateRefused("elected", "当选日期还没有到，请核对")
    for wire, words in electoral_problems(desk.profile, reading, mandate).items():
        raise MandateRefused(wire, words)


def term_for(desk: Desk, level: str) -> str | None:
    """The uid of the running term of a level, for a new mandate to start with."""
    with desk.store.reading() as reading:
        term = current_term(reading, level, desk.today())
    return term.uid if term else None


def join_group(
    desk: Desk, *, person: str, group: str, role: str = "member", draft_key: str = ""
) -> tuple[Change, ...]:
    """Makes the deputy a member; who is in the group already stays as he or she is."""
    with desk.store.writing(reason="加入代表小组") as writing:
        reading = Reading(writing.connection)
        inside = reading.all(GroupMember, Condition("group", "=", group), Condition("person", "=", person))
        if not inside:
            writing.put(GroupMember(uid=writing.new_uid(), group=group, person=person, role=role))
        elif inside[0].role != role:
            writing.put(replace(inside[0], role=role), opened=inside[0])
        if draft_key:
            writing.forget_draft(GroupMember.KIND, draft_key)
        return tuple(writing.changes)


def leave_group(desk: Desk, *, member: str) -> tuple[Change, ...]:
    """Takes a deputy out of a group."""
    with desk.store.writing(reason="退出代表小组") as writing:
        writing.remove(GroupMember, member)
        return tuple(writing.changes)


def make_group(
    desk: Desk, group: DeputyGroup, *, first: str | None = None, draft_key: str = ""
) -> tuple[Change, ...]:
    """A new group, with this person as its first member when one is given."""
    with desk.store.writing(reason="新建代表小组") as writing:
        writing.put(group)
        if first is not None:
            writing.put(GroupMember(uid=writing.new_uid(), group=group.uid, person=first))
        if draft_key:
            writing.forget_draft(DeputyGroup.KIND, draft_key)
        return tuple(writing.changes)


def group_warning(desk: Desk, name: str, size: int) -> str:
    """现有2名成员，少于3名（依据：…）; empty when there are enough."""
    rule = desk.profile.group_members
    if size >= rule.value:
        return ""
    return f"{name}现有{size}名成员，少于{rule.shown}（依据：{rule.source}）"


def seats_words(desk: Desk) -> str:
    """缺额 of the districts whose seats are known, township before county; "" when every seat is taken."""
    with desk.store.reading() as reading:
        mandates, districts = reading.all(Mandate), reading.all(District)
    told: list[str] = []
    for level in ("township", "county"):
        short = vacancies(mandates, districts, level=level)
        if short:
            names = "、".join(f"{one.name or one.number}{lacking}名" for one, lacking in short)
            told.append(f"{LEVEL.label_of(level)}级缺额：{names}")
    return "；".join(told)
