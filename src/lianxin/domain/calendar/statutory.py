"""The days off that the law itself names, for years whose arrangements the State Council has not published yet.

全国年节及纪念日放假办法 (2024) §2: which days are off is law, which weekends are worked for them is not known before
the yearly notice; so these years are provisional. The days are data (resources/calendars/statutory.json).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from lianxin.domain.calendar.lunar import LunarTable
from lianxin.domain.calendar.workdays import BadCalendar, Holiday, HolidayYear
from lianxin.domain.canonical import JsonValue, NotCanonical, parse_strict

KIND = "statutory-holidays"


@dataclass(frozen=True)
class StatutoryHoliday:
    """One holiday of the law: `days` off from `before` days before its day, which is solar, lunar or told by year."""

    name: str
    days: int
    before: int = 0
    solar: str = ""
    lunar: tuple[int, int] | None = None
    by_year: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Statutory:
    """The holidays of the law and the first year it holds for."""

    source: str
    since: int
    holidays: tuple[StatutoryHoliday, ...]

    def year(self, year: int, lunar: LunarTable) -> HolidayYear | None:
        """The provisional year; None before the law held, or where a day of it cannot be told."""
        if year < self.since:
            return None
        found = []
        for each in self.holidays:
            day = _day_of(each, year, lunar)
            if day is None:
                return None
            first = day - timedelta(days=each.before)
            found.append(Holiday(each.name, first, first + timedelta(days=each.days - 1)))
        return HolidayYear(year, self.source, tuple(sorted(found, key=lambda holiday: holiday.first)))


def _day_of(each: StatutoryHoliday, year: int, lunar: LunarTable) -> date | None:
    if each.lunar is not None:
        return lunar.civil(year, *each.lunar)
    told = each.solar or dict(each.by_year).get(year, "")
    return date.fromisoformat(f"{year:04d}-{told}") if told else None


def load_statutory(text: str) -> Statutory:
    """Reads the table of the law. Raises BadCalendar."""
    try:
        data = parse_strict(text.encode())
        return _read(data)
    except (NotCanonical, KeyError, TypeError, ValueError) as wrong:
        raise BadCalendar(f"法定节日表读不懂（{wrong}）。") from wrong


def _read(data: JsonValue) -> Statutory:
    top = _mapping(data)
    if top["kind"] != KIND:
        raise ValueError("kind")
    listed = top["holidays"]
    if not isinstance(listed, list):
        raise TypeError("holidays")
    return Statutory(
        str(top["source"]), _whole(top["from"]), tuple(_holiday(_mapping(each)) for each in listed)
    )


def _holiday(told: Mapping[str, JsonValue]) -> StatutoryHoliday:
    lunar = told.get("lunar")
    by_year = _mapping(told.get("solar_by_year", {}))
    return StatutoryHoliday(
        name=str(told["name"]),
        days=_whole(told["days"]),
        before=_whole(told.get("before", 0)),
        solar=str(told.get("solar", "")),
        lunar=(_whole(lunar[0]), _whole(lunar[1])) if isinstance(lunar, list) else None,
        by_year=tuple((int(year), str(day)) for year, day in by_year.items()),
    )


def _mapping(value: JsonValue) -> Mapping[str, JsonValue]:
    if not isinstance(value, dict):
        raise TypeError("mapping")
    return value


def _whole(value: JsonValue) -> int:
    if not isinstance(value, int):
        raise TypeError("number")
    return value
