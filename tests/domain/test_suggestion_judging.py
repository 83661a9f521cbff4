"""What deputies think of a reply: each asked apart, two rates, and how many of an inquiry's signers decide it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain.casework.suggestion_judging import (
    DeputyAnswer,
    answers_of,
    inquiry_outcome,
    rates_of,
)
from lianxin.domain.records import Satisfaction
from lianxin.domain.rules import Rule
from tests.domain.test_case_machine import PROFILE

REPLIED = date(2026, 3, 2)
TEN_DAYS = replace(PROFILE, deputy_feedback=Rule(10, "日", "试验", "setting"))
WORDS = ("satisfied", "basically", "unsatisfied", "unreached")


def said(person: str, overall: str, after: int, whom: str = "joint") -> Satisfaction:
    return Satisfaction(
        uid=f"{after:03d}{person}", opinion="o", day=REPLIED + timedelta(days=after), overall=overall, person=person,
        whom=whom,
    )  # fmt: skip


def answers(
    evaluations: list[Satisfaction], *, today: int, joint: tuple[str, ...] = ("b", "c")
) -> list[DeputyAnswer]:
    return list(
        answers_of(
            lead="a", joint=joint, replied=REPLIED, evaluations=evaluations,
            today=REPLIED + timedelta(days=today), profile=TEN_DAYS,
        )
    )  # fmt: skip


def test_an_overdue_answer_is_left_out_of_one_rate_and_counted_in_the_other() -> None:
    told = answers([said("a", "satisfied", 5, "lead"), said("b", "satisfied", 12)], today=20)
    assert [each.words for each in told] == ["满意", "满意（逾期）", "逾期未评价"]
    rates = rates_of(told)
    assert (rates.satisfied_in_time, rates.judged_in_time) == (1, 1)
    assert (rates.satisfied, rates.counted) == (2, 3)


def test_nobody_is_late_before_the_day_and_a_new_reply_asks_anew() -> None:
    told = answers([said("a", "unsatisfied", -3, "lead")], today=10)
    assert [each.words for each in told] == ["待征询"] * 3, "what was said of an earlier reply is past"
    assert rates_of(told).counted == 0


def test_the_latest_word_counts_and_an_old_ledger_names_no_person() -> None:
    lead = replace(said("a", "satisfied", 4, "lead"), person=None)
    told = answers([lead, said("b", "unsatisfied", 2), said("b", "basically", 6)], today=9)
    assert [each.words for each in told] == ["满意", "基本满意", "待征询"]


@given(
    words=st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(WORDS), st.integers(0, 30)), max_size=9),
    today=st.integers(0, 40),
)
def test_no_rate_passes_a_hundred_percent(words: list[tuple[str, str, int]], today: int) -> None:
    told = answers([said(*each) for each in words], today=today)
    rates = rates_of(told)
    assert 0 <= rates.satisfied_in_time <= rates.judged_in_time <= rates.counted <= len(told) == 3
    assert rates.satisfied_in_time <= rates.satisfied <= rates.counted


@pytest.mark.parametrize(
    ("against", "content", "total", "outcome"),
    [
        (5, 0, 10, "unsatisfied"),
        (4, 0, 10, ""),
        (4, 6, 10, "satisfied"),
        (0, 5, 10, ""),
        (0, 6, 10, "satisfied"),
        (5, 5, 11, ""),
        (6, 0, 11, "unsatisfied"),
    ],
)
def test_half_of_the_signers_is_enough_to_demand_another_reply(
    against: int, content: int, total: int, outcome: str
) -> None:
    people = [f"p{number}" for number in range(total)]
    words = ["unsatisfied"] * against + ["satisfied"] * content
    given_words = [said(person, word, 1, "signer") for person, word in zip(people, words, strict=False)]
    told = answers_of(
        lead=people[0], joint=people[1:], replied=REPLIED, evaluations=given_words,
        today=REPLIED + timedelta(days=2), profile=TEN_DAYS,
    )  # fmt: skip
    assert inquiry_outcome(told, TEN_DAYS) == outcome
