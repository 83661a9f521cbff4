"""Rule profiles: strict data with sources, and the arithmetic of time limits."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain.rules import (
    BadProfile,
    Rule,
    RuleProfile,
    add_months,
    add_workdays,
    after,
    block_of,
    labels,
    load_profile,
    monday_to_friday,
    next_due,
    rules_of,
)

PROFILES = Path(__file__).parents[2] / "resources" / "profiles"
NATIONAL = (PROFILES / "national.json").read_text(encoding="utf-8")
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


def changed(**rules: object) -> str:
    """The national profile with some of its rules replaced."""
    data = json.loads(NATIONAL)
    data["rules"].update(rules)
    return json.dumps(data, ensure_ascii=False)


@pytest.mark.parametrize("name", ["national", "hunan", "henan"])
def test_shipped_profiles_load_and_name_every_source(name: str) -> None:
    profile = load_profile((PROFILES / f"{name}.json").read_text(encoding="utf-8"))
    assert profile.key == name
    assert len(rules_of(profile)) >= 30
    for _, label, rule in rules_of(profile):
        assert label and len(rule.source) >= 4, label
    assert profile.reply.value == 3 and profile.reply_hard.value == 6


def test_hunan_says_that_it_only_repeats_the_national_rules() -> None:
    hunan = load_profile((PROFILES / "hunan.json").read_text(encoding="utf-8"))
    national = load_profile(NATIONAL)
    assert "暂按国家规定" in hunan.name and not hunan.verified
    assert rules_of(hunan) == rules_of(national)


def test_henan_lets_a_unit_hand_back_within_ten_working_days() -> None:
    henan = load_profile((PROFILES / "henan.json").read_text(encoding="utf-8"))
    assert henan.hand_back is not None and henan.hand_back.shown == "10个工作日"
    assert "第十四条" in henan.hand_back.source
    assert load_profile(NATIONAL).hand_back is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("不是 JSON", "读不懂"),
        ("[]", "规则库文件"),
        (changed(reply={"value": 3, "unit": "日", "source": "某条", "basis": "law"}), "单位"),
        (changed(reply={"value": 0, "unit": "个月", "source": "某条", "basis": "law"}), "1到24"),
        (changed(reply={"value": True, "unit": "个月", "source": "某条", "basis": "law"}), "整数"),
        (changed(reply={"value": 3, "unit": "个月", "source": " ", "basis": "law"}), "source"),
        (changed(reply={"value": 3, "unit": "个月", "source": "某条", "basis": "guess"}), "依据"),
        (changed(reply={"value": 9, "unit": "个月", "source": "某条", "basis": "law"}), "短于"),
        (changed(reply=None), "答复期限"),
        (changed(replly={"value": 3}), "不认识"),
        (
            changed(
                presidium={
                    "value": 1,
                    "unit": "次",
                    "source": "某条",
                    "basis": "law",
                    "cadence": "calendar",
                    "months": 5,
                }
            ),
            "周期",
        ),
        (NATIONAL.replace('"opinion_days"', '"opinion_dayz"', 1), "不认识"),
        (NATIONAL.replace('"verified": true', '"verified": 1'), "verified"),
    ],
)
def test_a_bad_profile_is_refused_in_chinese(text: str, says: str) -> None:
    with pytest.raises(BadProfile, match=says):
        load_profile(text)


def test_a_missing_rule_is_named_by_its_label() -> None:
    data = json.loads(NATIONAL)
    del data["rules"]["ballots"]
    with pytest.raises(BadProfile, match="述职测评人数"):
        load_profile(json.dumps(data))


@given(st.sampled_from(sorted(labels())))
def test_no_rule_can_be_left_out(name: str) -> None:
    data = json.loads(NATIONAL)
    del data["rules"][name]
    with pytest.raises(BadProfile, match="缺少"):
        load_profile(json.dumps(data))


def test_months_end_on_the_last_day_when_the_month_is_shorter() -> None:
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert add_months(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert add_months(date(2026, 12, 31), -1) == date(2026, 11, 30)


@given(DAYS, st.integers(0, 60))
def test_month_arithmetic_lands_in_the_right_month_and_never_later_in_it(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def test_ten_working_days_over_the_national_day_of_2026() -> None:
    holidays = {date(2026, 10, day) for day in range(1, 8)}
    made_up = {date(2026, 9, 20), date(2026, 10, 10)}

    def is_workday(day: date) -> bool:
        return day in made_up or (day.weekday() < 5 and day not in holidays)

    assert add_workdays(date(2026, 9, 28), 10, is_workday) == date(2026, 10, 16)


def test_a_calendar_without_working_days_is_said_and_ends() -> None:
    with pytest.raises(ValueError, match="工作日"):
        add_workdays(date(2026, 1, 1), 1, lambda day: False)


@given(DAYS, st.integers(1, 40))
def test_working_days_counted_back_are_as_many(day: date, count: int) -> None:
    end = add_workdays(day, count, monday_to_friday)
    between = [day + timedelta(days=step) for step in range(1, (end - day).days + 1)]
    assert sum(map(monday_to_friday, between)) == count
    assert monday_to_friday(end)


def made(unit: str, **more: object) -> Rule:
    told = {"value": 1, "unit": unit, "source": "某条", "basis": "law", **more}
    name = {"个月": "reply", "日": "opinion_days", "次": "presidium", "工作日": "hand_back"}[unit]
    profile = load_profile(changed(**{name: told}))
    return {key: rule for key, _, rule in rules_of(profile)}[name]


def test_interval_and_calendar_are_different_kinds_of_rule() -> None:
    every_three_months = made("次", cadence="interval", months=3)
    every_quarter = made("次", cadence="calendar", months=3)
    last = date(2026, 1, 10)
    assert next_due(every_three_months, last) == date(2026, 4, 10)
    assert next_due(every_quarter, last) == date(2026, 6, 30)
    with pytest.raises(ValueError):
        next_due(made("次"), last)


def test_limits_in_every_unit() -> None:
    friday = date(2026, 11, 20)
    assert after(friday, made("日")) == date(2026, 11, 21)
    assert after(friday, made("工作日")) == date(2026, 11, 23)
    assert after(friday, made("个月")) == date(2026, 12, 20)
    with pytest.raises(ValueError):
        after(friday, made("次"))


@given(DAYS, st.sampled_from([1, 2, 3, 4, 6, 12]))
def test_blocks_of_the_calendar_hold_their_day_and_tile_the_year(day: date, months: int) -> None:
    first, last = block_of(day, months)
    assert first <= day <= last
    assert block_of(last + timedelta(days=1), months)[0] == last + timedelta(days=1)
    assert block_of(date(day.year, 12, 31), months)[1] == date(day.year, 12, 31)


def test_profiles_are_frozen() -> None:
    profile = load_profile(NATIONAL)
    assert isinstance(profile, RuleProfile)
    with pytest.raises(AttributeError):
        profile.name = "别的"  # type: ignore[misc]
