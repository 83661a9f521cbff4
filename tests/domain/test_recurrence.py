"""Reception days as clerks write them, in every kind of recurrence, with holidays and market days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain import codes
from lianxin.domain.calendar.lunar import load_lunar
from lianxin.domain.calendar.recurrence import days_of, plan, read_recurrence
from lianxin.domain.calendar.workdays import WorkCalendar, load_years
from lianxin.domain.dates import Unreadable
from lianxin.domain.records import ReceptionRule
from lianxin.installed import resource_dir

START, END = date(2026, 11, 1), date(2026, 12, 31)


def rule(recurrence: str, days: str, holidays: str = "as_usual") -> ReceptionRule:
    return ReceptionRule(uid="x", station="s", recurrence=recurrence, days=days, holidays=holidays)


def november(recurrence: str, days: str) -> list[int]:
    return [day.day for day in days_of(rule(recurrence, days), START, date(2026, 11, 30))]


@pytest.mark.parametrize(
    ("recurrence", "days", "found"),
    [
        ("weekly", "周三", [4, 11, 18, 25]),
        ("weekly", "每周一、星期四", [2, 5, 9, 12, 16, 19, 23, 26, 30]),
        ("weekly", "周一三", [2, 4, 9, 11, 16, 18, 23, 25, 30]),
        ("weekly", "7", [1, 8, 15, 22, 29]),
        ("monthly_day", "15", [15]),
        ("monthly_day", "每月5日、二十号", [5, 20]),
        ("monthly_day", "31", []),
        ("monthly_day", "最后一天", [30]),
        ("monthly_weekday", "第2个周三", [11]),
        ("monthly_weekday", "第一个星期一、第三个星期一", [2, 16]),
        ("monthly_weekday", "最后一个周五", [27]),
        ("monthly_weekday", "第五个周日", [29]),
        ("odd_month_day", "15日", [15]),
        ("even_month_day", "15", []),
        ("ending_digit", "4、9", [4, 9, 14, 19, 24, 29]),
        ("ending_digit", "逢四逢九", [4, 9, 14, 19, 24, 29]),
        ("ending_digit", "9、19", [9, 19]),
        ("ending_digit", "5、10", [5, 10, 15, 20, 25, 30]),
        ("market_solar", "逢二七", [2, 7, 12, 17, 22, 27]),
        ("custom", "11月6日、2026-11-20、12月4日", [6, 20]),
        ("custom", "2025-11-06", []),
    ],
)
def test_days_as_typed(recurrence: str, days: str, found: list[int]) -> None:
    assert november(recurrence, days) == found


@pytest.mark.parametrize(
    ("recurrence", "days", "says"),
    [
        ("weekly", "周八", "周三"),
        ("weekly", "", "哪几天"),
        ("monthly_day", "32", "5、20"),
        ("monthly_weekday", "周三", "第2个周三"),
        ("ending_digit", "全天", "4、9"),
        ("custom", "随时", "日期"),
        ("fortnightly", "周三", "规则类型"),
        ("market_lunar", "4、9", "农历"),
    ],
)
def test_what_cannot_be_understood_is_said_in_chinese(recurrence: str, days: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        days_of(rule(recurrence, days), START, END)


LUNAR = load_lunar((resource_dir() / "calendars" / "lunar.json").read_text("utf-8"))
HOLIDAYS = WorkCalendar(load_years((resource_dir() / "calendars" / "holidays.json").read_text("utf-8")))


def lunar_days(days: str, start: date, end: date) -> list[tuple[int, int]]:
    return [(day.month, day.day) for day in days_of(rule("market_lunar", days), start, end, lunar=LUNAR)]


def test_lunar_market_days() -> None:
    # 2026-11-09 is the first day of the tenth lunar month, 2026-12-09 that of the eleventh.
    start, end = date(2026, 11, 9), date(2026, 11, 30)
    assert lunar_days("农历逢四、九", start, end) == [(11, 12), (11, 17), (11, 22), (11, 27)]
    exact = lunar_days("初二、十二、廿二", start, END)
    assert exact[:4] == [(11, 10), (11, 20), (11, 30), (12, 10)]
    assert lunar_days("农历初二初七", start, end) == [(11, 10), (11, 15)]


def test_in_a_month_of_29_days_the_market_of_the_thirtieth_is_lost_or_earlier() -> None:
    # The seventh lunar month of 2026 ends with its 29th day on 2026-09-10.
    start, end = date(2026, 9, 1), date(2026, 9, 11)
    kept = lunar_days("逢五、十", start, end)
    early = lunar_days("逢五、十，小月提前", start, end)
    assert set(early) - set(kept) == {(9, 10)}


def test_days_by_the_twelve_branches_come_every_twelve_days() -> None:
    found = days_of(rule("market_lunar", "逢子、午日赶场"), date(2026, 11, 16), date(2026, 12, 4))
    assert [(day.month, day.day) for day in found] == [(11, 16), (11, 22), (11, 28), (12, 4)]
    assert days_of(rule("market_solar", "鼠场、马场"), START, END) == days_of(
        rule("market_lunar", "子午"), START, END
    )


def test_outside_the_lunar_table_is_said() -> None:
    with pytest.raises(Unreadable, match="1990年到2100年"):
        days_of(rule("market_lunar", "四九"), date(2120, 1, 1), date(2120, 2, 1), lunar=LUNAR)


def test_days_off_are_postponed_cancelled_or_kept() -> None:
    october = (date(2026, 10, 1), date(2026, 10, 31))
    kept, dropped = rule("monthly_day", "5、20"), rule("monthly_day", "5、20", "cancel")
    as_usual = plan(kept, *october, workdays=HOLIDAYS)
    assert [(day.day.day, day.holiday) for day in as_usual.days] == [(5, "国庆节"), (20, "")]
    left = plan(dropped, *october, workdays=HOLIDAYS)
    assert [day.day.day for day in left.days] == [20]
    assert left.cancelled == ((date(2026, 10, 5), "国庆节"),)
    moved = plan(rule("monthly_day", "5、20", "postpone"), *october, workdays=HOLIDAYS)
    assert [(day.day.day, day.instead_of, day.holiday) for day in moved.days] == [
        (8, (date(2026, 10, 5),), "国庆节"),
        (20, (), ""),
    ]


def test_several_days_off_moved_to_one_day_count_once() -> None:
    october = (date(2026, 10, 1), date(2026, 10, 31))
    once = plan(rule("monthly_day", "5、6、8", "postpone"), *october, workdays=HOLIDAYS)
    assert [day.day.day for day in once.days] == [8]
    assert once.days[0].instead_of == (date(2026, 10, 5), date(2026, 10, 6))


def test_a_postponed_day_lands_on_a_working_day() -> None:
    # 2019-06-07 (Friday) was off; the Saturday after it is no holiday, yet nobody works.
    moved = days_of(
        rule("monthly_day", "7", "postpone"), date(2019, 6, 1), date(2019, 6, 30), workdays=HOLIDAYS
    )
    assert moved == [date(2019, 6, 10)]


@given(
    st.sampled_from(["weekly", "ending_digit", "monthly_day", "odd_month_day", "market_lunar"]),
    st.integers(1, 7),
    st.sampled_from(["postpone", "cancel", "as_usual"]),
    st.dates(date(2018, 1, 1), date(2026, 12, 1)),
    st.integers(0, 120),
)
def test_with_holidays_days_never_repeat_never_fall_on_one_and_do_not_depend_on_the_span(
    recurrence: str, number: int, holidays: str, start: date, length: int
) -> None:
    end = start + timedelta(days=length)
    told = rule(recurrence, str(number), holidays)
    found = days_of(told, start, end, lunar=LUNAR, workdays=HOLIDAYS)
    assert found == sorted(set(found)) and all(start <= day <= end for day in found)
    if holidays != "as_usual":
        assert not any(HOLIDAYS.holiday(day) for day in found)
    wide = (start - timedelta(days=60), end + timedelta(days=60))
    wider = days_of(told, *wide, lunar=LUNAR, workdays=HOLIDAYS)
    assert [day for day in wider if start <= day <= end] == found
    bare = days_of(told, wide[0] - timedelta(days=40), wide[1], lunar=LUNAR)
    assert len(wider) <= len(bare), "顺延 counts once"


@given(st.sampled_from([code.code for code in codes.RECURRENCE.codes]), st.text(max_size=12))
def test_any_text_is_understood_or_refused_with_a_sentence(recurrence: str, days: str) -> None:
    try:
        found = read_recurrence(recurrence, days)
    except Unreadable as refused:
        assert str(refused).endswith("。")
    else:
        assert found.numbers or found.nth or found.dates or found.endings


@given(
    st.sampled_from(["weekly", "ending_digit", "monthly_day"]),
    st.integers(1, 7),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 200),
)
def test_days_lie_in_the_span_rise_and_do_not_depend_on_its_edges(
    recurrence: str, number: int, start: date, length: int
) -> None:
    end = start + timedelta(days=length)
    found = days_of(rule(recurrence, str(number)), start, end)
    assert found == sorted(set(found)) and all(start <= day <= end for day in found)
    wider = days_of(rule(recurrence, str(number)), start - timedelta(days=40), end + timedelta(days=40))
    assert [day for day in wider if start <= day <= end] == found
