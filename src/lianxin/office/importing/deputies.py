"""A roster's rows as persons and mandates: a person at two levels holds two mandates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from lianxin.domain.dictionary import Record
from lianxin.domain.records import DeputyGroup, GroupMember, Mandate, Person
from lianxin.ledgers.deputies import DeputyRow, Roster, read_roster
from lianxin.ledgers.workbook import read_workbook
from lianxin.office.desk import current_term
from lianxin.office.importing.outcome import Intake, Understood
from lianxin.store.reading import Condition

_DEFAULT_LEVEL = "township"
"""The level of a deputy whose row names none: the office's own."""


def understand_roster(
    path: Path, *, today: date, overrides: Mapping[str, Mapping[int, str]] | None = None
) -> Understood:
    """Reads a roster; nothing is stored."""
    roster = read_roster(read_workbook(path), today=today, overrides=overrides)
    sums = {"persons": len(roster.deputies), "mandates": roster.mandates}

    def take_in(intake: Intake) -> None:
        _Deputies(intake, today).take(roster)

    return Understood("deputies", roster.sheets, roster.refused, sums, take_in)


class _Deputies:
    def __init__(self, intake: Intake, today: date) -> None:
        self._intake, self._today = intake, today

    def take(self, roster: Roster) -> None:
        for deputy in roster.deputies:
            self._intake.take(deputy.row, partial(self._deputy, deputy))
        for refused in roster.refused:
            self._intake.refuse(refused)

    def _deputy(self, row: DeputyRow) -> Sequence[Record]:
        person = self._person(row)
        mandates = [self._mandate(row, person, level) for level in row.levels or (_DEFAULT_LEVEL,)]
        if row.group:
            self._join(row.group, person)
        return mandates

    def _person(self, row: DeputyRow) -> Person:
        """The person of this row: the one known by name (and month of birth, where both are known)."""
        told = Person(
            uid=self._intake.writing.new_uid(),
            name=row.name,
            sex=row.sex,
            nation=row.nation,
            born=row.born,
            identity_number=row.identity_number,
            party=row.party,
            schooling=row.schooling,
            work=row.work,
            phone=row.phone,
            address=row.address,
            remark=row.remark,
        )
        for known in self._intake.reading.all(Person, Condition("name", "=", row.name)):
            if not known.born or not row.born or known.born == row.born:
                told = _filled(known, told)
                break
        self._intake.writing.put(told)
        return told

    def _mandate(self, row: DeputyRow, person: Person, level: str) -> Mandate:
        uid_of = self._intake.references.uid_of
        term = current_term(
            self._intake.reading, "township" if level == "township" else "county", self._today
        )
        told = Mandate(
            uid=self._intake.writing.new_uid(),
            person=person.uid,
            level=level,
            term=term.uid if term else None,
            district=uid_of("district", row.district) if row.district else None,
            certificate=row.certificate,
            elected=row.elected,
            station=uid_of("station", row.station) if row.station else None,
        )
        for known in self._intake.reading.children(Mandate, "person", [person.uid]):
            if known.level == level and known.term == told.term:
                told = _filled(known, told)
                break
        self._intake.writing.put(told)
        return told

    def _join(self, group_name: str, person: Person) -> None:
        writing, reading = self._intake.writing, self._intake.reading
        group = next(iter(reading.all(DeputyGroup, Condition("name", "=", group_name))), None)
        if group is None:
            group = DeputyGroup(uid=writing.new_uid(), name=group_name)
            writing.put(group)
        members = reading.children(GroupMember, "group", [group.uid])
        if all(member.person != person.uid for member in members):
            writing.put(GroupMember(uid=writing.new_uid(), group=group.uid, person=person.uid))


R = TypeVar("R", bound=Record)


def _filled(known: R, told: R) -> R:
    """The known record with what the row tells; what the row leaves blank stays."""
    values = {wire: value for wire, value in told.packed().items() if value is not None}
    return type(known).unpacked({**known.packed(), **values, "uid": known.uid})
