"""Suggestions: the samples' matters find their category, and alike is what people call alike."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain import codes
from lianxin.domain.categories import similar, suggest_category, trigrams

LIMIT = Fraction(60, 100)


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("长坪村三组饮水管破损,43户断水7天,靠挑水生活", "02"),
        ("饮水管破损", "02"),
        ("感谢代表帮忙协调水渠清淤", "02"),
        ("危房改造补助2300元一直没到账", "06"),
        ("家里宅基地审批2个月没有回音", "06"),
        ("=咨询医保异地报销怎么办", "04"),
        ("村卫生室缺医生,老人看病要走8里路", "04"),
        ("建议在集镇增设垃圾清运车", "09"),
        ("养殖场污水流进灌溉渠", "09"),
        ("土地流转租金拖欠5个月", "08"),
        ("电压不稳,夏天带不动抽水机", "05"),
        ("手机信号差,43户只有一格", "05"),
        ("通村公路塌方8米,校车绕行", "01"),
        ("低保复核结果没有告知本人", "10"),
        ("包工头拖欠工资不给", "11"),
        ("邻里纠纷请求调解", "13"),
        ("村财务公开栏一年没有更新，财务公开不及时", "14"),
        ("窗口工作人员态度差、推诿", "15"),
        ("种粮补贴一卡通没有发放", "16"),
        ("建议修建文化广场", "17"),
    ],
)
def test_the_matters_of_the_samples(words: str, category: str) -> None:
    assert suggest_category(words)[0] == category


@pytest.mark.parametrize("words", ["减速带", "小学门口没有减速带,放学时车多"])
def test_speed_bumps_are_road_or_safety(words: str) -> None:
    assert {"01", "12"} <= set(suggest_category(words))


def test_what_says_nothing_suggests_nothing() -> None:
    assert suggest_category("无") == suggest_category("") == suggest_category("问候一下") == ()


@given(st.text(max_size=60))
def test_suggestions_are_few_known_and_never_the_rest(words: str) -> None:
    found = suggest_category(words)
    assert len(found) <= 3 and len(set(found)) == len(found)
    assert all(codes.CATEGORY.find(code) for code in found)


def test_the_same_matter_in_other_numbers_is_found_and_another_is_not() -> None:
    others = [
        ("same", "长坪村三组饮水管破损，57户断水3天，靠挑水生活"),
        ("near", "长坪村三组饮水管破损多日"),
        ("other", "手机信号差,43户只有一格"),
    ]
    found = similar("长坪村三组饮水管破损,43户断水7天,靠挑水生活", others, LIMIT)
    assert [match.key for match in found] == ["same"] and found[0].share == 1
    wide = similar("长坪村三组饮水管破损,43户断水7天,靠挑水生活", others, Fraction(1, 4))
    assert [match.key for match in wide] == ["same", "near"]


def test_the_limit_itself_is_not_passed() -> None:
    # Three trigrams each, two of them common: 2 of 4.
    assert similar("甲乙丙丁戊", [("x", "")], Fraction(0)) == ()
    found = similar("甲乙丙丁戊", [("x", "甲乙丙丁己")], Fraction(2, 4))
    assert found == ()
    assert similar("甲乙丙丁戊", [("x", "甲乙丙丁己")], Fraction(49, 100))[0].share == Fraction(1, 2)


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_works_both_ways_and_a_text_is_like_itself(one: str, two: str) -> None:
    there = similar(one, [("k", two)], Fraction(0))
    back = similar(two, [("k", one)], Fraction(0))
    assert there == back
    if trigrams(one):
        assert similar(one, [("k", one)], Fraction(99, 100))[0].share == 1
