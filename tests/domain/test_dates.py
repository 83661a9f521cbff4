"""Days and months as clerks type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain.dates import (
    Unreadable,
    day_of_serial,
    read_day,
    read_month,
    show_day,
    show_day_numeric,
    show_day_short,
    show_day_weekday,
    show_days,
    show_month,
)

TODAY = date(2026, 11, 22)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))
FULL_FORMS = (
    "{y}.{m}.{d}", "{y}/{m}/{d}", "{y}-{m:02}-{d:02}", "{y}{m:02}{d:02}", "{y}年{m}月{d}日", "{y}年{m}月{d}号",
    "{y}/{m}/{d}上午", "{y}-{m:02}-{d:02} 00:00:00", "{y}/{m}/{d} 9:30", "　{y}年 {m}月 {d}日 ", "'{y}.{m}.{d}",
    "{y}年{m}月{d}日（星期四）", "{y}.{m}.{d}.",
)  # fmt: skip
YEARLESS_FORMS = ("{m}月{d}日", "{m}.{d}", "{m}/{d}", "{m}-{d}", "{m}月{d}号", "{m}月{d}日下午")
FULL_WIDTH = str.maketrans("0123456789.-/", "０１２３４５６７８９．－／")


@given(DAYS, st.sampled_from(FULL_FORMS), st.booleans())
def test_full_days_are_read_in_every_form(day: date, form: str, wide: bool) -> None:
    typed = form.format(y=day.year, m=day.month, d=day.day)
    reading = read_day(typed.translate(FULL_WIDTH) if wide and ":" not in typed else typed, today=TODAY)
    assert reading.day == day
    assert reading.doubt is None


@given(DAYS, st.sampled_from(YEARLESS_FORMS))
def test_days_without_year_take_the_given_year(day: date, form: str) -> None:
    typed = form.format(m=day.month, d=day.day)
    assert read_day(typed, today=TODAY, year=day.year).day == day


@given(DAYS, DAYS)
def test_day_before_the_visit_is_next_years(visit: date, other: date) -> None:
    if (other.month, other.day) == (2, 29):
        return
    read = read_day(f"{other.month}月{other.day}日", today=TODAY, year=visit.year, not_before=visit)
    assert read.day >= visit
    assert read.day.year - visit.year in (0, 1)
    assert (read.doubt is None) == (read.day.year == visit.year)


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused_in_chinese(text: str) -> None:
    try:
        read_day(text, today=TODAY)
    except Unreadable as wrong:
        assert str(wrong)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3.5", date(2026, 3, 5)),
        ("今天", TODAY),
        ("昨天", date(2026, 11, 21)),
        ("前天", date(2026, 11, 20)),
        ("去年12月5日", date(2025, 12, 5)),
        ("二〇二六年三月二十一日", date(2026, 3, 21)),
        ("三月五日", date(2026, 3, 5)),
    ],
)
def test_words_of_clerks(typed: str, day: date) -> None:
    assert read_day(typed, today=TODAY).day == day


@pytest.mark.parametrize(
    "typed", ["", "2025.3", "13.5", "2月30日", "5日", "正月初五", "abc", "20251301", "3月"]
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_day(typed, today=TODAY)


@pytest.mark.parametrize("typed", ["3.5-3.8", "3月5日、12日", "260305", "0305", "25.3.5", "3月5日至8日"])
def test_doubtful_days_are_asked(typed: str) -> None:
    reading = read_day(typed, today=TODAY)
    assert (reading.day.month, reading.day.day) == (3, 5)
    assert reading.doubt


def test_day_alone_needs_the_month_of_the_sheet() -> None:
    assert read_day("5日", today=TODAY, year=2025, month=3).day == date(2025, 3, 5)


def test_serial_numbers() -> None:
    assert day_of_serial(46086).day == date(2026, 3, 5)
    assert day_of_serial(44624, epoch_1904=True).day == date(2026, 3, 5)
    with pytest.raises(Unreadable):
        day_of_serial(12)


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("1959.09", "1959-09"), ("58.10", "1958-10"), ("1958-4", "1958-04"), ("1978年2月", "1978-02"),
        ("197802", "1978-02"), ("1978-02-13", "1978-02"), ("03.5", "2003-05"), ("１９５９．０９", "1959-09"),
        ("1986-01-01 00:00:00", "1986-01"),
    ],
)  # fmt: skip
def test_months_of_birth(typed: str, month: str) -> None:
    assert read_month(typed, today=TODAY).month == month


@pytest.mark.parametrize("typed", ["", "1958", "1958.13", "2027.1", "五十多岁"])
def test_what_is_no_month_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_month(typed, today=TODAY)


def test_two_digit_years_are_asked_and_of_age() -> None:
    assert read_month("08.10", today=TODAY).month == "2008-10"
    assert read_month("09.10", today=TODAY).month == "1909-10"
    assert read_month("09.10", today=TODAY).doubt


def test_days_are_shown_in_one_form() -> None:
    day = date(2026, 11, 21)
    assert show_day(day) == "2026年11月21日"
    assert show_day_short(day) == "11月21日"
    assert show_day_numeric(day) == "2026-11-21"
    assert show_day_weekday(day) == "2026年11月21日（星期六）"
    assert show_month("1959-09") == "1959年9月"
    assert show_days(date(2026, 3, 5), date(2026, 3, 8)) == "2026年3月5日至8日"


@given(DAYS)
def test_shown_days_are_read_back(day: date) -> None:
    assert read_day(show_day(day), today=TODAY).day == day
    assert read_day(show_day_numeric(day), today=TODAY).day == day
