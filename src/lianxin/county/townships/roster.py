"""The townships of this county: its own list and the enrolled desks as one, for every page that lists them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from lianxin.domain.on_behalf import period_of
from lianxin.domain.records import Enrolment, Township
from lianxin.domain.rules import MONTH_END
from lianxin.domain.unit_changes import UnitChanges
from lianxin.office.desk import office_of
from lianxin.office.trust.trusting import code_changes, enrolments
from lianxin.store.owners import owners_of_kind
from lianxin.store.reading import Reading
from lianxin.store.received import received_files

_LAST = 1_000_000


@dataclass(frozen=True)
class Town:
    """One township that reports. `way` is a code of REPORTING_WAY; `former` are the codes it goes on for.

    It is expected to report from `since` until `until`, both inclusive; None where nobody wrote a day down.
    """

    code: str
    name: str
    way: str
    since: date | None = None
    until: date | None = None
    contact: str = ""
    phone: str = ""
    enrolled: bool = False
    former: frozenset[str] = frozenset()
    uid: str = ""

    @property
    def codes(self) -> frozenset[str]:
        """Every code under which its files and records are found."""
        return self.former | {self.code}

    def reports_at(self, day: date) -> bool:
        """Whether it exists on this day: a return is asked of those that exist on the last day it counts."""
        return (self.since is None or self.since <= day) and (self.until is None or self.until >= day)

    def reports_in(self, start: date, end: date) -> bool:
        """Whether it existed on some day of a span, both days inclusive."""
        return (self.since is None or self.since <= end) and (self.until is None or self.until >= start)


def roster(reading: Reading, day: date) -> tuple[Town, ...]:
    """The townships that report on a day, in the register's order: their own records united with enrolled desks.

    A code that was replaced by then stands under the one that goes on for it. A desk that was enrolled needs no
    record; one whose certificates were all revoked stays, for its township still has to report.
    """
    return tuple(each for each in roster_ever(reading, day) if each.reports_at(day))


def roster_ever(reading: Reading, day: date) -> tuple[Town, ...]:
    """The same with townships that ended or begin later; codes as they stand on this day."""
    units = UnitChanges.of(code_changes(reading))
    goes_on = units.goes_on(day)
    listed = _listed(reading)
    desks = {each.code: each for each in enrolments(reading) if each.role == "desk"}
    found = {}
    for code in sorted({*listed, *desks, *goes_on.values()} - set(goes_on)):
        former = frozenset(old for old, new in goes_on.items() if new == code)
        town = _town(code, listed.get(code), desks.get(code), former)
        begins = units.begins(code)
        # A unit that came to be by a change is asked for nothing before that day; one merged into was there before.
        later = begins is not None and begins > day and town.since is None
        new = later and begins is not None and not _was_there(reading, town, begins, desks.get(code))
        found[code] = replace(town, since=begins) if new else town
    positions = {code: each.position or _LAST for code, each in listed.items()}
    return tuple(sorted(found.values(), key=lambda each: (positions.get(each.code, _LAST), each.code)))


def _was_there(reading: Reading, town: Town, day: date, desk: Enrolment | None) -> bool:
    """It was enrolled before the day, or sent a return of a period that was over by then (a change noted later)."""
    if desk is not None and desk.issued < day:
        return True
    files = received_files(reading.connection, "accepted", org=town.code)
    periods = (period_of(each.period, cutoff=MONTH_END) for each in files)
    return any(period is not None and period.end < day for period in periods)


def _town(code: str, listed: Township | None, desk: Enrolment | None, former: frozenset[str]) -> Town:
    called = (desk.place or desk.name) if desk is not None else code
    if listed is None:
        return Town(code, called, "signed", enrolled=desk is not None, former=former)
    return Town(
        code,
        listed.name or called,
        listed.way,
        since=listed.since,
        until=listed.until,
        contact=listed.contact or "",
        phone=listed.phone or "",
        enrolled=desk is not None,
        former=former,
        uid=listed.uid,
    )


def _listed(reading: Reading) -> dict[str, Township]:
    """This county's own records by code, the latest for each; what a township wrote under this kind is none."""
    own, owners = office_of(reading).code, owners_of_kind(reading.connection, Township.KIND)
    found = (each for each in reading.all(Township) if owners.get(each.uid) == own)
    return {each.code: each for each in sorted(found, key=lambda each: each.uid)}
