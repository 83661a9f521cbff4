"""Public holidays as the county hands them out: they travel with its receipts and count here once taken in."""

from __future__ import annotations

from lianxin.domain.calendar.workdays import KIND, BadCalendar, HolidayYear, load_years, year_as_json
from lianxin.domain.canonical import JsonValue, canonical
from lianxin.domain.records import CountyHolidays
from lianxin.office.desk import Desk, office_of
from lianxin.office.trust.trusting import is_county
from lianxin.store.reading import Reading
from lianxin.store.writing import Change


def hand_out(desk: Desk, year: HolidayYear) -> tuple[Change, ...]:
    """At the county: this year goes to every township with its next receipt; () when it already did as it is.

    Raises ValueError at a township.
    """
    with desk.store.writing(reason="下发放假安排") as writing:
        reading = Reading(writing.connection)
        if not is_county(office_of(reading).office_type):
            raise ValueError("only a county hands out holidays")
        if year in handed_out(reading):
            return ()
        told: dict[str, JsonValue] = {"kind": KIND, "years": [year_as_json(year)]}
        writing.put(
            CountyHolidays(
                uid=writing.new_uid(), year=year.year, day=desk.today(), source=year.source,
                text=canonical(told).decode(),
            )
        )  # fmt: skip
        return tuple(writing.changes)


def handed_out(reading: Reading) -> tuple[HolidayYear, ...]:
    """What the county handed out, the latest of every year; what this program cannot read is left out."""
    found: dict[int, HolidayYear] = {}
    for each in sorted(reading.all(CountyHolidays), key=lambda one: (one.day, one.uid)):
        try:
            found |= {year.year: year for year in load_years(each.text) if year.year == each.year}
        except BadCalendar:
            continue
    return tuple(found[year] for year in sorted(found))


def offered_holidays(desk: Desk) -> tuple[HolidayYear, ...]:
    """Years the county handed out that count otherwise here, or not at all."""
    with desk.store.reading() as reading:
        return offered_here(reading, desk)


def offered_here(reading: Reading, desk: Desk) -> tuple[HolidayYear, ...]:
    """The same in a snapshot at hand."""
    known = {year.year: year.holidays for year in desk.profile.calendar.years}
    return tuple(year for year in handed_out(reading) if known.get(year.year) != year.holidays)
