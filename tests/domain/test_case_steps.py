"""Single steps on a matter: what is refused in which words, and what each does to the course."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain.casework.promises import promises_of
from lianxin.domain.casework.standing import CASE_STATE
from lianxin.domain.casework.step_checks import refusal, unit_refusal
from lianxin.domain.casework.steps import Act, StepRecord, allowed, words_of
from lianxin.domain.figures.of_period import Period
from lianxin.domain.records import (
    Assignment,
    Extension,
    HandBack,
    HandlingUnit,
    Opinion,
    PromiseResult,
    Reply,
    Routing,
    Ruling,
    Satisfaction,
    Supervision,
)
from tests.domain.test_case_machine import PROFILE, START, judged, opinion, told


def test_every_state_has_a_row_and_every_act_words() -> None:
    for code in CASE_STATE.codes:
        acts = (*allowed(code.code), *allowed(code.code, "suggestion"))
        for track in ("opinion", "suggestion"):
            assert len(set(allowed(code.code, track))) == len(allowed(code.code, track))
        assert bool(acts) or code.code in ("converted", "to_opinion")
    for act in get_args(Act):
        assert words_of(act, "handling")
    assert {words_of("assign", code.code) for code in CASE_STATE.codes} == {
        "交办", "改派", "退回承办", "重新交办",
    }  # fmt: skip


DAY = START
ROUTED = Routing(uid="1", opinion="o1", day=DAY, route="assigned")
HANDED = Assignment(uid="2", opinion="o1", day=DAY, unit="a")
ANSWERED = Reply(uid="3", opinion="o1", day=DAY + timedelta(days=9), result="A")


def refused(steps: Sequence[StepRecord], step: StepRecord, *, days: int = 40) -> str:
    today = DAY + timedelta(days=days)
    return refusal(opinion(), judged(steps, today), step, today=today, profile=PROFILE)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (Reply(uid="9", opinion="o1", day=DAY - timedelta(days=1), result="A"), "早于登记日期"),
        (Reply(uid="9", opinion="o1", day=DAY + timedelta(days=50), result="A"), "还没有到"),
        (Reply(uid="9", opinion="o1", day=DAY, result="C"), "写明原因"),
        (Assignment(uid="9", opinion="o1", day=DAY + timedelta(days=2), unit="a", due=DAY), "早于交办日期"),
        (HandBack(uid="9", opinion="o1", day=DAY + timedelta(days=20), reason="不是我的"), "退回要在交办后10个工作日内"),
        (Extension(uid="9", opinion="o1", day=DAY, until=DAY, reason="等"), "要晚于现在的期限"),
        (
            Extension(uid="9", opinion="o1", day=DAY, until=DAY + timedelta(days=60), reason="等", decision="granted"),
            "请填写审批人",
        ),
        (Supervision(uid="9", opinion="o1", day=DAY, reply_by=DAY - timedelta(days=1)), "回复期限早于督办日期"),
        (Satisfaction(uid="9", opinion="o1", day=DAY, overall="satisfied"), "不能反馈评价"),
        (Assignment(uid="9", opinion="o1", day=DAY, unit="b"), "改派要写明理由"),
        (Routing(uid="9", opinion="o1", day=DAY, route="withdrawn"), "撤回要写明理由"),
        (Ruling(uid="9", opinion="o1", day=DAY, decision="closed", reason="x"), "不能主席团研究"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_sentence(step: StepRecord, said: str) -> None:
    found = refused([ROUTED, HANDED], step)
    assert said in found and found.endswith("。") and "没有改动" in found


def test_a_date_before_the_step_before_is_named() -> None:
    early = Satisfaction(uid="9", opinion="o1", day=DAY + timedelta(days=3), overall="satisfied")
    assert "早于上一步（2026年3月11日答复）" in refused([ROUTED, HANDED, ANSWERED], early)
    assert refused([ROUTED, HANDED], HandBack(uid="9", opinion="o1", day=DAY, reason="不是")) == ""


def test_a_county_department_is_not_handed_a_matter_by_a_township() -> None:
    county = HandlingUnit(uid="u", name="县水利局", unit_type="county")
    assert "转报县人大" in unit_refusal(county)
    assert unit_refusal(county, track="suggestion") == ""
    assert "没有找到" in unit_refusal(None)
    assert unit_refusal(HandlingUnit(uid="u", name="镇水务站")) == ""


def test_an_extension_moves_the_limit_once_it_is_granted_and_a_new_unit_starts_anew() -> None:
    asked = Extension(
        uid="4", opinion="o1", day=DAY + timedelta(days=5), until=DAY + timedelta(days=60), reason="等"
    )
    today = DAY + timedelta(days=8)
    waiting = judged([ROUTED, HANDED, asked], today)
    assert waiting.next_act.startswith("审批延期") and waiting.handling_due == DAY + timedelta(days=30)
    granted = Extension.unpacked(
        {
            **asked.packed(),
            "uid": "4",
            "decision": "granted",
            "decided": (DAY + timedelta(days=7)).isoformat(),
        }
    )
    assert judged([ROUTED, HANDED, granted], DAY + timedelta(days=6)).handling_due == DAY + timedelta(days=30)
    now = judged([ROUTED, HANDED, granted], today)
    assert (now.handling_due, now.extended) == (DAY + timedelta(days=60), 1)
    other = Assignment(uid="5", opinion="o1", day=today, unit="b")
    anew = judged([ROUTED, HANDED, granted, other], today)
    assert (anew.handling_due, anew.extended) == (today + timedelta(days=30), 0)


def test_handed_back_it_waits_for_another_unit_by_the_rules() -> None:
    back = HandBack(uid="4", opinion="o1", day=DAY + timedelta(days=2), reason="不属我单位")
    found = judged([ROUTED, HANDED, back], DAY + timedelta(days=3))
    assert (found.code, found.label) == ("returned", "已退回待改派")
    assert PROFILE.reassign is not None and found.due == PROFILE.limit(back.day, PROFILE.reassign)


def test_supervision_is_asked_about_until_it_is_answered() -> None:
    letter = Supervision(
        uid="4", opinion="o1", day=DAY + timedelta(days=31), means="letter", reply_by=DAY + timedelta(days=38)
    )
    assert judged([ROUTED, HANDED, letter], DAY + timedelta(days=33)).next_act.startswith("等待督办回复")
    assert judged([ROUTED, HANDED, letter], DAY + timedelta(days=39)).next_act.startswith("再次督办")
    done = Supervision.unpacked(
        {**letter.packed(), "uid": "4", "answered": (DAY + timedelta(days=35)).isoformat()}
    )
    assert judged([ROUTED, HANDED, done], DAY + timedelta(days=36)).supervision_due is None


def test_merged_and_taken_apart_it_goes_on_where_it_stood() -> None:
    merged = Routing(uid="4", opinion="o1", day=DAY + timedelta(days=3), route="merged")
    apart = Routing(uid="5", opinion="o1", day=DAY + timedelta(days=6), route="taken_apart")
    today = DAY + timedelta(days=9)
    assert judged([ROUTED, HANDED, merged], today).code == "merged"
    before, after = judged([ROUTED, HANDED], today), judged([ROUTED, HANDED, merged, apart], today)
    assert (after.code, after.unit, after.handling_due) == (before.code, before.unit, before.handling_due)
    # A past month tells how it stood then, whatever the matter leads to now.
    leads = Opinion.unpacked({**opinion().packed(), "uid": "o1", "merged_into": "o2"})
    assert judged([ROUTED, HANDED, merged], DAY + timedelta(days=1), leads).code == "handling"


def test_after_the_last_round_the_presidium_decides() -> None:
    steps: list[StepRecord] = [ROUTED, HANDED]
    day = DAY
    for turn in range(PROFILE.redo_limit.value + 1):
        steps.append(Reply(uid=f"a{turn}", opinion="o1", day=day, result="B", words="在办"))
        steps.append(Satisfaction(uid=f"b{turn}", opinion="o1", day=day, overall="unsatisfied"))
        day += timedelta(days=5)
        if turn < PROFILE.redo_limit.value:
            steps.append(Assignment(uid=f"c{turn}", opinion="o1", day=day, unit="a"))
    assert judged(steps, day).code == "presidium"
    again = Ruling(uid="d", opinion="o1", day=day, decision="redo", reason="再办一次")
    assert judged([*steps, again], day).code == "redo"
    over = Ruling(uid="d", opinion="o1", day=day, decision="closed", reason="已当面说明")
    closed = judged([*steps, over], day)
    assert (closed.code, closed.closed_day, closed.satisfaction) == ("closed", day, "unsatisfied")


def test_a_promise_comes_back_and_can_be_put_off() -> None:
    promised = Reply(
        uid="r", opinion="o1", day=DAY, promise="修蓄水池", promised_day=DAY + timedelta(days=30)
    )
    (made,) = promises_of([promised], [], today=DAY)
    assert made.open and made.due == DAY + timedelta(days=30)
    later = PromiseResult(
        uid="p", opinion="o1", reply="r", day=DAY + timedelta(days=30), outcome="postponed",
        until=DAY + timedelta(days=90),
    )  # fmt: skip
    (off,) = promises_of([promised], [later], today=DAY + timedelta(days=31))
    assert off.open and off.postponed == 1 and off.due == DAY + timedelta(days=90)
    kept = PromiseResult(
        uid="q", opinion="o1", reply="r", day=DAY + timedelta(days=80), outcome="kept", overall="satisfied"
    )
    (done,) = promises_of([promised], [later, kept], today=DAY + timedelta(days=81))
    assert not done.open and done.closed == kept.day and done.second == "satisfied"


@given(st.lists(st.sampled_from(["A", "B"]), max_size=2))
def test_figures_of_supervision_know_their_period(results: list[str]) -> None:
    letter = Supervision(
        uid="s", opinion="o1", day=date(2026, 4, 1), means="letter", reply_by=date(2026, 4, 8)
    )
    steps: list[StepRecord] = [ROUTED, HANDED, letter]
    steps += [Reply(uid=f"r{n}", opinion="o1", day=date(2026, 4, 9), result=r) for n, r in enumerate(results)]
    april, may = told(steps, Period.parse("2026-04")), told(steps, Period.parse("2026-05"))
    assert (april["letters"].value, may["letters"].value) == (1, 0)
    assert april["supervision_answered_rate"].shown == "0.0%"
    assert may["supervision_answered_rate"].shown == "—"
