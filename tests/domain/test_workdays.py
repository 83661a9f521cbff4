"""Working days: the published tables, years nobody published yet, and the notice read as it is printed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain.calendar.holiday_notice import as_notice_line, read_notice
from lianxin.domain.calendar.workdays import (
    MONDAY_TO_FRIDAY,
    BadCalendar,
    Holiday,
    HolidayYear,
    WorkCalendar,
    load_years,
    year_as_json,
)
from lianxin.domain.rules import Rule, RuleProfile, add_months, add_workdays, load_profile
from lianxin.installed import resource_dir

TABLE = (resource_dir() / "calendars" / "holidays.json").read_text("utf-8")
CALENDAR = WorkCalendar(load_years(TABLE))
DAYS = st.dates(date(2018, 1, 1), date(2026, 12, 20))
NOTICE_2026 = """国务院办公厅关于2026年部分节假日安排的通知
国办发明电〔2025〕7号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。"""
NOTICE_2019 = """国务院办公厅关于2019年
部分节假日安排的通知
国办发明电〔2018〕15号
一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。
二、春节：2月4日至10日放假调休，共7天。2月2日（星期六）、2月3日（星期日）上班。
三、清明节：4月5日放假，与周末连休。
四、劳动节：5月1日放假。
五、端午节：6月7日放假，与周末连休。
六、中秋节：9月13日放假，与周末连休。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。"""


def test_ten_working_days_over_the_national_day_of_2026() -> None:
    assert add_workdays(date(2026, 9, 28), 10, CALENDAR.is_workday) == date(2026, 10, 16)


def test_three_months_from_the_end_of_november() -> None:
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("day", "worked", "holiday", "worked_for"),
    [
        (date(2026, 10, 1), False, "国庆节", ""),
        (date(2026, 10, 10), True, "", "国庆节"),
        (date(2026, 10, 11), False, "", ""),
        (date(2026, 2, 23), False, "春节", ""),
        (date(2018, 12, 29), True, "", "元旦"),
        (date(2020, 1, 31), False, "春节", ""),
        (date(2026, 11, 20), True, "", ""),
    ],
)
def test_days_of_the_published_years(day: date, worked: bool, holiday: str, worked_for: str) -> None:
    told = CALENDAR
    assert (told.is_workday(day), told.holiday(day), told.worked_for(day)) == (worked, holiday, worked_for)


def test_every_shipped_year_says_where_it_was_published_and_has_the_seven_holidays() -> None:
    assert [year.year for year in CALENDAR.years] == list(range(2018, 2027))
    for year in CALENDAR.years:
        assert f"国务院办公厅关于{year.year}年部分节假日安排的通知（国办发明电〔" in year.source
        named = "".join(each.name for each in year.holidays)
        assert all(name in named for name in ("元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆"))
        off = [day for each in year.holidays for day in each.days]
        # The law gave eleven days off until 2024 and thirteen since; weekends and exchanged days come on top.
        assert len(off) >= 11
        assert all(day.weekday() >= 5 for each in year.holidays for day in each.work)


def test_a_missing_year_is_said_and_counted_monday_to_friday() -> None:
    assert CALENDAR.warning(date(2026, 11, 1), date(2027, 3, 1)) == (
        "2027年的放假安排还没有，按周一至周五计算"
    )
    assert CALENDAR.warning(date(2026, 1, 1), date(2026, 12, 31)) == ""
    assert add_workdays(date(2027, 9, 27), 5, CALENDAR.is_workday) == date(2027, 10, 4)


@given(DAYS, st.integers(1, 40))
def test_working_days_counted_back_are_as_many(day: date, count: int) -> None:
    end = add_workdays(day, count, CALENDAR.is_workday)
    between = [day + timedelta(days=step) for step in range(1, (end - day).days + 1)]
    assert sum(map(CALENDAR.is_workday, between)) == count and CALENDAR.is_workday(end)


@given(DAYS, st.integers(1, 20), st.integers(1, 20))
def test_working_days_add_up(day: date, one: int, more: int) -> None:
    def add(start: date, count: int) -> date:
        return add_workdays(start, count, CALENDAR.is_workday)

    assert add(add(day, one), more) == add(day, one + more)


@given(DAYS)
def test_a_day_is_a_holiday_or_worked_for_one_never_both(day: date) -> None:
    assert not (CALENDAR.holiday(day) and CALENDAR.is_workday(day))
    assert not (CALENDAR.worked_for(day) and not CALENDAR.is_workday(day))


def test_time_limits_in_working_days_follow_the_calendar() -> None:
    text = (resource_dir() / "profiles" / "national.json").read_text("utf-8")
    profile: RuleProfile = replace(load_profile(text), calendar=CALENDAR)
    ten = Rule(value=10, unit="工作日", source="某条", basis="setting")
    assert profile.limit(date(2026, 9, 28), ten) == date(2026, 10, 16)
    assert replace(profile, calendar=MONDAY_TO_FRIDAY).limit(date(2026, 9, 28), ten) == date(2026, 10, 12)
    months = Rule(value=3, unit="个月", source="某条", basis="law")
    assert profile.limit(date(2026, 11, 30), months) == date(2027, 2, 28)


# ---- the notice as it is printed ------------------------------------------------------------------


def test_the_notice_of_2026_gives_the_shipped_year() -> None:
    assert read_notice(NOTICE_2026) == next(year for year in CALENDAR.years if year.year == 2026)


def test_the_notice_of_2019_without_its_later_change() -> None:
    read = read_notice(NOTICE_2019)
    assert read.source == "国务院办公厅关于2019年部分节假日安排的通知（国办发明电〔2018〕15号）"
    assert read.holidays[0] == Holiday("元旦", date(2018, 12, 30), date(2019, 1, 1), (date(2018, 12, 29),))
    assert read.holidays[3] == Holiday("劳动节", date(2019, 5, 1), date(2019, 5, 1))


def test_a_day_given_in_exchange_belongs_to_the_holiday() -> None:
    changed = NOTICE_2026.replace(
        "1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。", "1月1日放假，1月2日（周五）补休。"
    )
    assert read_notice(changed).holidays[0] == Holiday("元旦", date(2026, 1, 1), date(2026, 1, 2))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("共7天", "共8天", "共8天"),
        ("10月1日（周四）", "10月1日（周五）", "不是周五"),
        ("2026年部分节假日安排", "2027年部分节假日安排", "不是周"),
        ("关于2026年部分节假日安排的通知", "放假通知", "没有找到"),
        ("4月4日（周六）至6日（周一）放假", "另行通知", "清明节"),
        ("6月19日（周五）", "6月31日（周五）", "不存在"),
    ],
)
def test_a_slip_in_copying_is_found(old: str, new: str, says: str) -> None:
    with pytest.raises(BadCalendar, match=says):
        read_notice(NOTICE_2026.replace(old, new))


def test_an_arrangement_in_one_line() -> None:
    lines = [as_notice_line(each) for each in read_notice(NOTICE_2026).holidays]
    assert lines[1] == "春节：2月15日至23日放假，共9天；2月14日、2月28日上班"
    assert lines[2] == "清明节：4月4日至6日放假，共3天"


@given(st.text(max_size=300))
def test_any_text_is_a_notice_or_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadCalendar, match="没有变"):
        read_notice(text)
    with pytest.raises(BadCalendar, match="没有变"):
        load_years(text)


# ---- the table as a file --------------------------------------------------------------------------


def spoilt(**more: object) -> str:
    holiday = {"name": "元旦", "from": "2027-01-01", "to": "2027-01-03", "work": [], **more}
    return json.dumps(
        {"kind": "holidays", "years": [{"year": 2027, "source": "某通知", "holidays": [holiday]}]}
    )


def test_a_file_adds_a_year_and_replaces_one() -> None:
    (year,) = load_years(spoilt(work=["2027-01-10"]))
    more = CALENDAR.with_years([year])
    assert more.holiday(date(2027, 1, 2)) == "元旦" and more.is_workday(date(2027, 1, 10))
    assert more.warning(date(2026, 1, 1), date(2027, 12, 31)) == ""
    again = HolidayYear(2027, "更正", (Holiday("元旦", date(2027, 1, 1), date(2027, 1, 1)),))
    assert more.with_years([again]).holiday(date(2027, 1, 2)) == ""


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"to": "2026-12-31"}, "核对"),
        ({"to": "2027-02-01"}, "核对"),
        ({"from": "2027-13-01"}, "2027-13-01"),
        ({"from": 5}, "核对"),
        ({"work": ["2027-01-02"]}, "又放假又上班"),
        ({"work": "2027-01-09"}, "一列"),
        ({"name": ""}, "name"),
        ({"from": "2025-01-01", "to": "2025-01-01"}, "不在这一年"),
    ],
)
def test_a_table_that_cannot_be_true_is_refused(more: dict[str, object], says: str) -> None:
    with pytest.raises(BadCalendar, match=says):
        load_years(spoilt(**more))


def test_a_year_twice_is_refused() -> None:
    data = json.loads(spoilt())
    data["years"] *= 2
    with pytest.raises(BadCalendar, match="两次"):
        load_years(json.dumps(data))


def test_a_table_reads_back_as_it_was_written() -> None:
    told = json.dumps({"kind": "holidays", "years": [year_as_json(year) for year in CALENDAR.years]})
    assert load_years(told) == CALENDAR.years
