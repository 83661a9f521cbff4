"""The reception days of a ledger with their rota, each looked up or made once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lianxin.domain.records import Mandate, Person, ReceptionDay, Rota
from lianxin.ledgers.titles import surname_addressed
from lianxin.office.importing.intake import Intake
from lianxin.store.reading import Condition, Reading


class ReceptionDays:
    """Finds the day of a date and place, makes it with its rota when it is new."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._days: dict[tuple[date, str | None], ReceptionDay] = {}
        self._planned: dict[str, set[str]] = {}

    def day(self, day: date, place: str | None, deputies: Sequence[str]) -> ReceptionDay:
        """The reception day of this date and place; who received on it is on its rota afterwards."""
        key = (day, place)
        known = self._days.get(key)
        if known is None:
            station = self._intake.references.uid_of("station", place) if place else None
            same_day = self._intake.reading.all(ReceptionDay, Condition("date", "=", day.isoformat()))
            known = next((each for each in same_day if each.station == station), None)
            if known is None:
                known = ReceptionDay(
                    uid=self._intake.writing.new_uid(), day=day, station=station, state="held"
                )
                self._intake.writing.put(known)
            self._days[key] = known
        self._rota(known, deputies)
        return known

    def _rota(self, day: ReceptionDay, deputies: Sequence[str]) -> None:
        planned = self._planned.get(day.uid)
        if planned is None:
            rota = self._intake.reading.children(Rota, "reception_day", [day.uid])
            planned = self._planned[day.uid] = {each.person for each in rota}
        for name in deputies:
            # 王代表 of whom there are two, or none, is nobody's name.
            person = None if surname_addressed(name) else self._intake.references.uid_of("person", name)
            if person is not None and person not in planned:
                planned.add(person)
                self._intake.writing.put(
                    Rota(
                        uid=self._intake.writing.new_uid(),
                        reception_day=day.uid,
                        person=person,
                        attendance="present",
                    )
                )


class Addressed:
    """王代表 → the one deputy of that surname, where there is exactly one."""

    def __init__(self, reading: Reading) -> None:
        people = {mandate.person for mandate in reading.all(Mandate) if mandate.state == "serving"}
        self._names = sorted({person.name for person in reading.by_uid(Person, sorted(people)).values()})

    def name_of(self, written: str) -> str | None:
        """The deputy meant, None when it is no such address or could be several."""
        surname = surname_addressed(written)
        if surname is None:
            return None
        fitting = [name for name in self._names if name.startswith(surname)]
        return fitting[0] if len(fitting) == 1 else None
