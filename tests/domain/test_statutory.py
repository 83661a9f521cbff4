"""Years nobody has published yet: the law's own days are off, nothing else is known, and that is said."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from lianxin.domain.calendar.lunar import load_lunar
from lianxin.domain.calendar.statutory import load_statutory
from lianxin.domain.calendar.workdays import BadCalendar, WorkCalendar, load_years
from lianxin.domain.rules import add_workdays

FOLDER = Path(__file__).parents[2] / "resources" / "calendars"
LAW = load_statutory((FOLDER / "statutory.json").read_text("utf-8"))
LUNAR = load_lunar((FOLDER / "lunar.json").read_text("utf-8"))
PUBLISHED = load_years((FOLDER / "holidays.json").read_text("utf-8"))


def calendar(*years: int) -> WorkCalendar:
    found = (LAW.year(year, LUNAR) for year in years)
    return WorkCalendar(PUBLISHED, tuple(year for year in found if year is not None))


def test_thirteen_days_a_year_are_off_by_law() -> None:
    told = LAW.year(2027, LUNAR)
    assert told is not None and "2024年修订" in told.source
    days = {day for holiday in told.holidays for day in holiday.days}
    assert len(days) == 13
    assert {date(2027, 1, 1), date(2027, 2, 5), date(2027, 2, 8), date(2027, 4, 5), date(2027, 5, 2)} <= days
    assert {date(2027, 6, 9), date(2027, 9, 15), date(2027, 10, 1), date(2027, 10, 3)} <= days


@pytest.mark.parametrize("year", [2025, 2026])
def test_what_was_published_holds_every_day_of_the_law(year: int) -> None:
    told = LAW.year(year, LUNAR)
    assert told is not None
    known = WorkCalendar(PUBLISHED)
    assert all(not known.is_workday(day) for holiday in told.holidays for day in holiday.days)


def test_provisional_days_count_and_the_year_stays_unknown() -> None:
    known = calendar(2027)
    assert not known.is_workday(date(2027, 1, 1)) and known.holiday(date(2027, 2, 8)) == "春节"
    assert known.is_workday(date(2027, 1, 4)) and not known.knows(2027)
    assert known.warning(date(2026, 12, 30), date(2027, 1, 5)) == (
        "2027年的放假安排还没有，暂按法定节日和周一至周五计算"
    )
    assert add_workdays(date(2026, 12, 31), 1, known.is_workday) == date(2027, 1, 4)


def test_a_published_year_takes_the_place_of_the_provisional_one() -> None:
    known = calendar(2026, 2027)
    plain = WorkCalendar(PUBLISHED)
    days = [date(2026, 1, 1) + timedelta(days=step) for step in range(365)]
    assert [known.is_workday(day) for day in days] == [plain.is_workday(day) for day in days]
    assert known.warning(date(2026, 1, 1), date(2026, 12, 31)) == ""


def test_years_before_the_law_or_beyond_its_table_are_not_made_up() -> None:
    assert LAW.year(2024, LUNAR) is None
    assert LAW.year(2060, LUNAR) is None
    assert "按周一至周五计算" in calendar(2060).warning(date(2060, 1, 1), date(2060, 1, 2))


@pytest.mark.parametrize(
    "text", ["", "{}", '{"kind": "holidays"}', '{"kind": "statutory-holidays", "from": 2025}']
)
def test_another_table_is_refused(text: str) -> None:
    with pytest.raises(BadCalendar):
        load_statutory(text)
