"""Lunar days against two sources of other hands: an ephemeris, and the tables of the Hong Kong Observatory."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain.calendar.lunar import BadLunarTable, LunarTable, day_words, load_lunar
from lianxin.installed import resource_dir

TEXT = (resource_dir() / "calendars" / "lunar.json").read_text("utf-8")
TABLE: LunarTable = load_lunar(TEXT)
DAYS = st.dates(TABLE.first, TABLE.last)
GOLDEN = Path(__file__).parent / "golden"
MIDNIGHT = {(2089, 8), (2097, 7)}
"""New moons within seconds of midnight in Beijing: the Observatory's older tables have the day after or before."""


def months_of(name: str) -> dict[tuple[int, int, bool], date]:
    """(lunar year, month, leap) → first civil day, as another program computed it."""
    found = {}
    for line in (GOLDEN / name).read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        year, *firsts = line.split()
        month = 0
        for first in firsts:
            leap = first.endswith("*")
            month += not leap
            told = date.fromisoformat(f"{year}-{first.rstrip('*')}")
            found[int(year), month, leap] = told.replace(year=told.year + (month > 10 and told.month < 3))
    return found


def test_every_month_begins_when_the_ephemeris_says() -> None:
    golden = months_of("lunar_by_ephemeris.txt")
    assert len(golden) == 1385
    for (year, month, leap), first in golden.items():
        assert TABLE.civil(year, month, 1, leap=leap) == first


def test_every_month_begins_when_the_observatory_says_but_for_two_at_midnight() -> None:
    golden = months_of("lunar_by_observatory.txt")
    differing = {
        key[:2] for key, first in golden.items() if TABLE.civil(key[0], key[1], 1, leap=key[2]) != first
    }
    assert differing == MIDNIGHT
    assert sum(1 for key in golden if key[2]) == sum(1 for month in TABLE.months if month.leap)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 17), "正月初一"),
        (date(2026, 2, 16), "腊月廿九"),
        (date(2025, 1, 29), "正月初一"),
        (date(2025, 7, 25), "闰六月初一"),
        (date(2026, 9, 25), "八月十五"),
        (date(2026, 6, 19), "五月初五"),
        (date(2033, 12, 22), "闰冬月初一"),
        (date(2024, 2, 9), "腊月三十"),
    ],
)
def test_festivals_everybody_knows(day: date, words: str) -> None:
    found = TABLE.on(day)
    assert found is not None and found.words == words


@given(DAYS)
def test_there_and_back(day: date) -> None:
    lunar = TABLE.on(day)
    assert lunar is not None and 1 <= lunar.day <= lunar.length
    assert TABLE.civil(lunar.year, lunar.month, lunar.day, leap=lunar.leap) == day


@given(st.dates(TABLE.first, TABLE.last - timedelta(days=1)))
def test_the_next_day_is_the_next_lunar_day_or_a_first(day: date) -> None:
    one, following = TABLE.on(day), TABLE.on(day + timedelta(days=1))
    assert one is not None and following is not None
    assert following.day == (one.day + 1 if one.day < one.length else 1)


def test_outside_the_table_nothing_is_made_up() -> None:
    assert TABLE.on(TABLE.first - timedelta(days=1)) is None
    assert TABLE.on(TABLE.last + timedelta(days=1)) is None
    assert TABLE.civil(2026, 1, 30) is None or TABLE.civil(2026, 1, 31) is None
    assert TABLE.civil(2026, 6, 1, leap=True) is None
    assert TABLE.first <= date(1990, 1, 1) and TABLE.last >= date(2100, 12, 31)


def test_numbers_of_days_as_they_are_said() -> None:
    assert [day_words(day) for day in (1, 10, 11, 20, 21, 29, 30)] == [
        "初一", "初十", "十一", "二十", "廿一", "廿九", "三十",
    ]  # fmt: skip


def test_a_damaged_table_is_refused() -> None:
    for spoil in (lambda years: years.pop("2050"), lambda years: years["1990"].__setitem__(1, 6)):
        data = json.loads(TEXT)
        spoil(data["years"])
        if "2050" in data["years"]:
            data["years"]["1990"][2] = data["years"]["1990"][2][::-1] + "1"
        with pytest.raises(BadLunarTable, match="重新安装"):
            load_lunar(json.dumps(data))
    with pytest.raises(BadLunarTable):
        load_lunar("[]")
