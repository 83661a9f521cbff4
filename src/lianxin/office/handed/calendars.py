"""The calendars in force: public holidays that travel with the program, years the office took in, lunar months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from lianxin.domain.calendar.lunar import LunarTable, load_lunar
from lianxin.domain.calendar.statutory import load_statutory
from lianxin.domain.calendar.workdays import BadCalendar, HolidayYear, WorkCalendar, load_years, year_as_json
from lianxin.domain.canonical import canonical
from lianxin.domain.rules import RuleProfile
from lianxin.installed import resource_dir
from lianxin.office.desk import Desk
from lianxin.store.reading import Reading

_SETTING = "holidays"
_MOST_BYTES = 1_000_000
_FOLDER = "calendars"
_YEARS_AHEAD = 10


@cache
def shipped_calendar() -> WorkCalendar:
    """The arrangements that travel with the program (resources/calendars/holidays.json), the law's days after them."""
    years = load_years((resource_dir() / _FOLDER / "holidays.json").read_text("utf-8"))
    return WorkCalendar(years, _provisional(years[-1].year + 1))


def _provisional(first: int) -> tuple[HolidayYear, ...]:
    """The next years as far as the law and the lunar table tell them."""
    law = load_statutory((resource_dir() / _FOLDER / "statutory.json").read_text("utf-8"))
    found = (law.year(year, lunar_table()) for year in range(first, first + _YEARS_AHEAD))
    return tuple(year for year in found if year is not None)


@cache
def lunar_table() -> LunarTable:
    """The lunar months that travel with the program (resources/calendars/lunar.json)."""
    return load_lunar((resource_dir() / _FOLDER / "lunar.json").read_text("utf-8"))


def years_taken_in(reading: Reading) -> tuple[HolidayYear, ...]:
    """The years this office took in from a file or a copied notice."""
    told = reading.setting(_SETTING)
    if not isinstance(told, dict) or not told.get("years"):
        return ()
    return load_years(canonical(told).decode())


def in_force(profile: RuleProfile, reading: Reading) -> RuleProfile:
    """The rules with the calendar this office counts working days by; what it took in goes before."""
    return replace(profile, calendar=shipped_calendar().with_years(years_taken_in(reading)))


def understand_calendar(text: str) -> tuple[HolidayYear, ...]:
    """Reads a table file or the copied text of the yearly notice, whichever it is. Raises BadCalendar."""
    plain = text.strip().removeprefix("\ufeff")
    if not plain:
        raise BadCalendar("没有内容，请粘贴通知全文或选一个文件。")
    if plain.startswith("{"):
        return load_years(plain)
    # Once a year somebody pastes the notice.
    from lianxin.domain.calendar.holiday_notice import read_notice

    return (read_notice(plain),)


def read_calendar_file(path: Path) -> tuple[HolidayYear, ...]:
    """Reads a .json table or a .txt of the notice, in UTF-8 or GBK. Raises BadCalendar, OSError."""
    if path.stat().st_size > _MOST_BYTES:
        raise BadCalendar("这个文件太大，不像放假安排。")
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return understand_calendar(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise BadCalendar("这个文件不是文字文件，请另存为文本（.txt）再试。")


def take_years(desk: Desk, years: Sequence[HolidayYear]) -> WorkCalendar:
    """Keeps these years on this computer, in place of what was known of them; they are in every backup."""
    with desk.store.reading() as reading:
        known = {year.year: year for year in years_taken_in(reading)}
    known |= {year.year: year for year in years}
    _store(desk, tuple(known[year] for year in sorted(known)))
    return shipped_calendar().with_years(known.values())


def forget_year(desk: Desk, year: int) -> WorkCalendar:
    """Back to what travels with the program for this year."""
    with desk.store.reading() as reading:
        kept = tuple(each for each in years_taken_in(reading) if each.year != year)
    _store(desk, kept)
    return shipped_calendar().with_years(kept)


def _store(desk: Desk, years: Sequence[HolidayYear]) -> None:
    desk.store.set_setting(_SETTING, {"kind": "holidays", "years": [year_as_json(year) for year in years]})
    desk.store.note("放假安排", "、".join(f"{year.year}年" for year in years))


@dataclass(frozen=True)
class KnownYear:
    """One year as the settings show it; `own` when this office took it in itself."""

    year: HolidayYear
    own: bool


def known_years(desk: Desk) -> tuple[KnownYear, ...]:
    """The years that are known, latest first."""
    with desk.store.reading() as reading:
        own = {year.year for year in years_taken_in(reading)}
        told = in_force(desk.profile, reading).calendar.years
    return tuple(KnownYear(year, year.year in own) for year in reversed(told))
