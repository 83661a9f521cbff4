"""Reception days as clerks write them, and a rota that is fair."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain import codes
from lianxin.domain.dates import Unreadable
from lianxin.domain.records import Mandate, ReceptionRule
from lianxin.domain.rota import Candidate, Served, Slot, candidates, days_of, plan, propose, read_recurrence

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


def test_lunar_market_days_ask_a_calendar_given_from_outside() -> None:
    def lunar(day: date) -> int:
        # 2026-11-09 is the first day of the tenth lunar month, 2026-12-09 that of the eleventh.
        return (day - date(2026, 11, 9)).days % 30 + 1

    found = days_of(
        rule("market_lunar", "农历逢四、九"), date(2026, 11, 9), date(2026, 11, 30), lunar_day=lunar
    )
    assert [day.day for day in found] == [12, 17, 22, 27]
    exact = days_of(rule("market_lunar", "初二、十二、廿二"), date(2026, 11, 9), END, lunar_day=lunar)
    assert [(day.month, day.day) for day in exact[:4]] == [(11, 10), (11, 20), (11, 30), (12, 10)]


def test_days_off_are_postponed_cancelled_or_kept() -> None:
    def off(day: date) -> bool:
        return date(2026, 10, 1) <= day <= date(2026, 10, 7)

    october = (date(2026, 10, 1), date(2026, 10, 31))
    kept, dropped = rule("monthly_day", "5、20"), rule("monthly_day", "5、20", "cancel")
    assert [day.day for day in days_of(kept, *october, holiday=off)] == [5, 20]
    assert [day.day for day in days_of(dropped, *october, holiday=off)] == [20]
    moved = plan(rule("monthly_day", "5、20", "postpone"), *october, holiday=off)
    assert [(p.day.day, p.instead_of) for p in moved] == [(8, date(2026, 10, 5)), (20, None)]
    once = plan(rule("monthly_day", "5、6、8", "postpone"), *october, holiday=off)
    assert [p.day.day for p in once] == [8]


@given(st.sampled_from([code.code for code in codes.RECURRENCE.codes]), st.text(max_size=12))
def test_any_text_is_understood_or_refused_with_a_sentence(recurrence: str, days: str) -> None:
    try:
        found = read_recurrence(recurrence, days)
    except Unreadable as refused:
        assert str(refused).endswith("。")
    else:
        assert found.numbers or found.nth or found.dates


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


# ---- who is on duty ----------------------------------------------------------------------------


def team(size: int) -> list[Candidate]:
    return [Candidate(f"p{n:02d}", "county" if n % 3 == 0 else "township") for n in range(size)]


def weeks(count: int) -> list[date]:
    return [START + timedelta(weeks=week) for week in range(count)]


def by_day(slots: tuple[Slot, ...]) -> list[set[str]]:
    return [{slot.person for slot in slots if slot.day == day} for day in sorted({s.day for s in slots})]


@given(st.integers(1, 3), st.integers(0, 12), st.integers(1, 30))
def test_a_free_rota_is_fair_and_nobody_serves_twice_running(per_day: int, more: int, count: int) -> None:
    deputies = team(2 * per_day + more)
    slots = propose(weeks(count), deputies, per_day=per_day)
    served = Counter(slot.person for slot in slots)
    times = [served[deputy.person] for deputy in deputies]
    assert sum(times) == count * per_day and max(times) - min(times) <= 1
    groups = by_day(slots)
    assert all(len(group) == per_day for group in groups)
    assert all(not one & two for one, two in itertools.pairwise(groups))


@given(
    st.integers(1, 6),
    st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 7), max_size=3, unique=True)),
    st.sets(st.tuples(st.integers(0, 5), st.integers(0, 9)), max_size=12),
)
def test_manual_choices_and_leave_are_respected(
    size: int, chosen: dict[int, list[int]], leave: set[tuple[int, int]]
) -> None:
    days, deputies = weeks(10), team(size)
    fixed = {days[week]: [f"p{n:02d}" for n in people] for week, people in chosen.items()}
    away = frozenset((f"p{n:02d}", days[week]) for n, week in leave)
    slots = propose(days, deputies, per_day=2, fixed=fixed, away=away)
    for day in days:
        here = [slot for slot in slots if slot.day == day]
        assert [slot.person for slot in here if slot.fixed] == fixed.get(day, [])
        assert len({slot.person for slot in here}) == len(here)
        assert not any((slot.person, day) in away for slot in here if not slot.fixed)
        free = [d for d in deputies if (d.person, day) not in away and d.person not in fixed.get(day, [])]
        assert len(here) == max(len(fixed.get(day, [])), min(2, len(fixed.get(day, [])) + len(free)))


def test_those_who_served_least_come_first_and_levels_are_mixed() -> None:
    deputies = [
        Candidate("a", "township"),
        Candidate("b", "township"),
        Candidate("c", "county"),
        Candidate("d", "township"),
    ]
    history = {
        "b": Served(0),
        "a": Served(4, date(2026, 1, 5)),
        "d": Served(4, date(2026, 2, 5)),
        "c": Served(4),
    }
    first = propose([START], deputies, per_day=2, history=history)
    assert [slot.person for slot in first] == ["b", "c"]


def test_who_was_on_duty_last_time_rests() -> None:
    deputies = [Candidate("a", "township"), Candidate("b", "township"), Candidate("c", "township")]
    history = {"a": Served(1, date(2026, 10, 28)), "b": Served(3, date(2026, 10, 21)), "c": Served(5)}
    assert [slot.person for slot in propose([START], deputies, per_day=1, history=history)] == ["b"]


def test_nobody_is_put_on_the_day_before_their_own_choice() -> None:
    days = weeks(2)
    slots = propose(days, team(3), per_day=1, fixed={days[1]: ["p00"]})
    assert [slot.person for slot in slots] == ["p01", "p00"]


def test_a_deputy_of_two_levels_stands_on_the_rota_once() -> None:
    found = candidates(
        [
            Mandate(uid="1", person="a", level="township"),
            Mandate(uid="2", person="b", level="township", state="resigned"),
            Mandate(uid="3", person="a", level="city"),
            Mandate(uid="4", person="c", level="county"),
        ]
    )
    assert found == (Candidate("a", "city"), Candidate("c", "county"))
