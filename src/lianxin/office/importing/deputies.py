"""A roster's rows as persons and mandates: a person at two levels holds two mandates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from lianxin.domain.dictionary import Record
from lianxin.domain.records import DeputyGroup, District, GroupMember, Mandate, Person, Term
from lianxin.domain.rules import RuleProfile
from lianxin.ledgers.deputies import DeputyRow, Roster, read_roster
from lianxin.ledgers.findings import RefusedRow
from lianxin.ledgers.rows import LedgerRow, Reading
from lianxin.ledgers.workbook import read_workbook
from lianxin.office.desk import current_term
from lianxin.office.importing.intake import Intake
from lianxin.office.importing.roster_rules import region_warnings, seats_warnings
from lianxin.office.importing.understood import Understood
from lianxin.store.reading import Condition


def understand_roster(
    path: Path,
    *,
    today: date,
    profile: RuleProfile,
    overrides: Mapping[str, Mapping[int, str]] | None = None,
    persons: bool = False,
) -> Understood:
    """Reads a roster; nothing is stored. With `persons` it is a list of people: mandates only where it says so."""
    roster = read_roster(read_workbook(path), today=today, overrides=overrides, persons=persons)
    sums = {"persons": len(roster.deputies), "mandates": roster.mandates}

    def take_in(intake: Intake) -> None:
        _Deputies(intake, today, persons=persons).take(roster)
        intake.warnings += seats_warnings(intake.reading, profile) + region_warnings(intake.reading, profile)

    return Understood("person" if persons else "deputies", roster.sheets, roster.refused, sums, take_in)


class _Deputies:
    def __init__(self, intake: Intake, today: date, *, persons: bool) -> None:
        self._intake, self._today, self._persons = intake, today, persons
        self._told: dict[
            str, list[DeputyRow]
        ] = {}  # person uid → rows of this roster that were taken as theirs

    def take(self, roster: Roster) -> None:
        named = Counter((deputy.row.sheet, deputy.name) for deputy in roster.deputies)
        found: list[DeputyRow | RefusedRow] = [*roster.deputies, *roster.refused]
        sheets = {sheet.sheet: place for place, sheet in enumerate(roster.sheets)}
        for each in sorted(found, key=lambda one: (sheets[one.row.sheet], one.row.row)):
            if isinstance(each, RefusedRow):
                self._intake.refuse(each)
                continue
            row = each.row
            if named[row.sheet, each.name] > 1:
                row = _asked(row, named[row.sheet, each.name], each.name)
            self._intake.take(row, partial(self._deputy, each))

    def _deputy(self, row: DeputyRow) -> Sequence[Record]:
        person = self._person(row)
        mandates = [self._mandate(row, person, level) for level in row.levels]
        if row.group:
            self._join(row.group, person)
        return [person, *mandates] if self._persons else mandates

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
            if _may_be_one(known, told) and not self._is_another(known, row):
                told = _filled(known, told)
                break
        self._intake.writing.put(told)
        self._told.setdefault(told.uid, []).append(row)
        return told

    def _is_another(self, known: Person, row: DeputyRow) -> bool:
        """Whether this roster lists the known person already: a second line at the same level is a namesake."""
        if row.identity_number and row.identity_number == known.identity_number:
            return False
        return any(
            each.row.sheet == row.row.sheet and (not row.levels or set(each.levels) & set(row.levels))
            for each in self._told.get(known.uid, ())
        )

    def _mandate(self, row: DeputyRow, person: Person, level: str) -> Mandate:
        uid_of = self._intake.references.uid_of
        term = self._term(level, row.ordinals.get(level))
        told = Mandate(
            uid=self._intake.writing.new_uid(),
            person=person.uid,
            level=level,
            term=term.uid if term else None,
            district=self._district(row.district, level) if row.district else None,
            certificate=row.certificate,
            elected=row.elected,
            station=uid_of("station", row.station) if row.station else None,
        )
        for known in self._intake.reading.children(Mandate, "person", [person.uid]):
            if known.level == level and known.term == told.term and not self._beside(known, told, row):
                told = _filled(known, told)
                break
        self._intake.writing.put(told)
        return told

    def _beside(self, known: Mandate, told: Mandate, row: DeputyRow) -> bool:
        """Whether this very roster gives the person a second seat of the level, in another district: rules ask."""
        earlier = [
            each for each in self._told.get(told.person, ()) if each is not row and known.level in each.levels
        ]
        return (
            bool(earlier) and None not in (known.district, told.district) and known.district != told.district
        )

    def _term(self, level: str, ordinal: int | None) -> Term | None:
        """The congress of the mandate: the one named, made where it is unknown, else the one in office."""
        of_level = "township" if level == "township" else "county"
        if ordinal is None or level not in ("township", "county"):
            return current_term(self._intake.reading, of_level, self._today)
        for term in self._intake.reading.all(Term, Condition("level", "=", of_level)):
            if term.ordinal == ordinal:
                return term
        made = Term(uid=self._intake.writing.new_uid(), level=of_level, ordinal=ordinal, provisional=True)
        self._intake.writing.put(made)
        return made

    def _district(self, name: str, level: str) -> str | None:
        known = self._intake.references.uid_of("district", name, make=False)
        if known is None and level == "county":
            made = District(uid=self._intake.writing.new_uid(), number=name, level="county")
            self._intake.writing.put(made)
        return self._intake.references.uid_of("district", name)

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


def _may_be_one(known: Person, told: Person) -> bool:
    """Whether nothing that both say of a person tells two people of one name apart."""
    pairs = (
        (known.born, told.born),
        (known.sex, told.sex),
        (known.identity_number, told.identity_number),
    )
    return all(one == other for one, other in pairs if one and other)


def _asked(row: LedgerRow, times: int, name: str) -> LedgerRow:
    why = f"本表有{times}行都是“{name}”，同一层级的按不同的人登记，请核对"
    asked = Reading("name", row.place("name"), row.typed.get("name", name), name, why)
    return replace(row, readings=(*row.readings, asked))
