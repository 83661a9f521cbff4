"""A roster of deputy groups as groups and their members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from lianxin.domain.dictionary import Record
from lianxin.domain.records import DeputyGroup, GroupMember
from lianxin.domain.rules import RuleProfile
from lianxin.ledgers.findings import RefusedRow
from lianxin.ledgers.groups import GroupRoster, GroupRow, read_groups
from lianxin.ledgers.workbook import read_workbook
from lianxin.office.importing.intake import Intake
from lianxin.office.importing.understood import Understood
from lianxin.store.reading import Condition


def understand_groups(
    path: Path, *, profile: RuleProfile, overrides: Mapping[str, Mapping[int, str]] | None = None
) -> Understood:
    """Reads a roster of groups; nothing is stored."""
    roster = read_groups(read_workbook(path), overrides=overrides)
    sums = {
        "groups": len({row.name for row in roster.rows}),
        "members": len({(row.name, name) for row in roster.rows for name, _ in row.members}),
    }

    def take_in(intake: Intake) -> None:
        _Groups(intake, profile).take(roster)

    return Understood(DeputyGroup.KIND, roster.sheets, roster.refused, sums, take_in)


class _Groups:
    def __init__(self, intake: Intake, profile: RuleProfile) -> None:
        self._intake, self._least = intake, profile.group_members
        self._met: dict[str, str] = {}  # uid → name of the groups this roster speaks of

    def take(self, roster: GroupRoster) -> None:
        found: list[GroupRow | RefusedRow] = [*roster.rows, *roster.refused]
        for each in found:
            if isinstance(each, GroupRow):
                self._intake.take(each.row, partial(self._row, each))
            else:
                self._intake.refuse(each)
        for uid, name in self._met.items():
            size = len(self._intake.reading.children(GroupMember, "group", [uid]))
            if size < self._least.value:
                self._intake.warnings.append(
                    f"{name}只有{size}名成员，不足{self._least.shown}（{self._least.source}）"
                )

    def _row(self, row: GroupRow) -> Sequence[Record]:
        group = self._group(row)
        self._met[group.uid] = group.name
        members = [self._member(group, name, role) for name, role in row.members]
        return members if len(members) == 1 else [group]

    def _group(self, row: GroupRow) -> DeputyGroup:
        writing = self._intake.writing
        group = next(iter(self._intake.reading.all(DeputyGroup, Condition("name", "=", row.name))), None)
        told = group or DeputyGroup(uid=writing.new_uid(), name=row.name)
        told = replace(
            told,
            villages=row.villages or told.villages,
            yearly_least=row.yearly_least if row.yearly_least is not None else told.yearly_least,
        )
        if len(row.members) != 1:
            told = replace(told, remark=row.remark or told.remark)
        writing.put(told)
        return told

    def _member(self, group: DeputyGroup, name: str, role: str) -> GroupMember:
        writing = self._intake.writing
        person = self._intake.references.uid_of("person", name) or ""
        members = self._intake.reading.children(GroupMember, "group", [group.uid])
        known = next((member for member in members if member.person == person), None)
        # A roster that calls somebody a member only does not take the lead away that is known.
        if known is not None and role == "member":
            role = known.role
        told = replace(known or GroupMember(uid=writing.new_uid(), group=group.uid, person=person), role=role)
        writing.put(told)
        return told
