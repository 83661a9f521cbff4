"""A matter the county has: whatever arrives in whatever order, one state, and no step of the county out of sight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.domain.casework.referral import COUNTY_HAS_IT, COUNTY_STEP_KINDS, Referral, clock_of, unit_limit
from lianxin.domain.casework.standing import CaseState
from lianxin.domain.casework.steps import StepRecord
from lianxin.domain.records import (
    Assignment,
    CountyAssignment,
    CountyDecision,
    CountyReply,
    CountySupervision,
    Reply,
    Routing,
    Satisfaction,
)
from tests.domain.test_case_machine import PROFILE, START, judged

TODAY = START + timedelta(days=90)


def _step(what: str, uid: str, day: date) -> StepRecord:
    match what:
        case "sent" | "merged" | "withdrawn" | "answered_on_spot" | "taken_apart":
            way = "to_county" if what == "sent" else what
            return Routing(uid=uid, opinion="o1", day=day, route=way, reason="理由")
        case "own":
            return Assignment(uid=uid, opinion="o1", day=day, unit="u1")
        case "paper":
            return Reply(uid=uid, opinion="o1", day=day, result="A")
        case "assigned":
            return CountyAssignment(uid=uid, opinion="o1", day=day, unit="县水利局")
        case "urged":
            return CountySupervision(uid=uid, opinion="o1", day=day)
        case "reply":
            return CountyReply(uid=uid, opinion="o1", day=day, result="A", words="已修复")
        case "returned" | "upward":
            return CountyDecision(
                uid=uid, opinion="o1", day=day, decision=what, reason="理由", destination="市人大"
            )
    return Satisfaction(uid=uid, opinion="o1", day=day, overall=what)


TOWNSHIPS = ("sent", "sent", "own", "paper", "merged", "taken_apart", "withdrawn", "answered_on_spot",
             "satisfied", "unsatisfied")  # fmt: skip
COUNTYS = ("assigned", "urged", "reply", "returned", "upward")


@st.composite
def courses(draw: st.DrawFn) -> list[StepRecord]:
    """Steps of both offices on any days, the referral among them or not."""
    told = draw(st.lists(st.tuples(st.sampled_from(TOWNSHIPS + COUNTYS), st.integers(0, 12)), max_size=9))
    return [
        _step(what, f"01990000-{place:04x}-7000-8000-000000000000", START + timedelta(days=day))
        for place, (what, day) in enumerate(told)
    ]


def _unheeded(state: CaseState) -> set[str]:
    return {each.uid for each in state.referral.unheeded} if state.referral else set()


@given(courses(), st.integers(0, 99))
@settings(max_examples=70, deadline=None)
def test_the_order_of_arrival_does_not_matter_and_both_offices_agree(
    steps: list[StepRecord], seed: int
) -> None:
    state = judged(steps, TODAY)
    other = list(steps)
    Random(seed).shuffle(other)
    assert judged(other, TODAY) == state
    if state.referral is not None:
        assert (state.code == "to_county") == (state.referral.stage in COUNTY_HAS_IT)
        assert state.referral.stage != "answered" or state.code == "answered"


@given(courses())
@settings(max_examples=70, deadline=None)
def test_no_step_of_the_county_is_lost_and_an_unheeded_one_changes_nothing(steps: list[StepRecord]) -> None:
    of_county = [each for each in steps if isinstance(each, COUNTY_STEP_KINDS)]
    state = judged(steps, TODAY)
    assert not of_county or state.referral is not None
    assert _unheeded(state) <= {each.uid for each in of_county}
    for each in of_county:
        without = judged([other for other in steps if other is not each], TODAY)
        if each.uid in _unheeded(state):
            assert (without.code, without.due, without.answered_day) == (
                state.code, state.due, state.answered_day
            )  # fmt: skip


def _of(*told: tuple[str, int]) -> CaseState:
    steps: Sequence[StepRecord] = [
        _step(what, f"01990000-{place:04x}-7000-8000-000000000000", START + timedelta(days=day))
        for place, (what, day) in enumerate(told)
    ]
    return judged(steps, TODAY)


def test_dissatisfaction_with_the_countys_answer_is_the_countys_and_with_the_own_units_the_townships() -> (
    None
):
    county = _of(("sent", 1), ("assigned", 2), ("reply", 3), ("unsatisfied", 4))
    assert county.referral is not None
    assert (county.code, county.referral.stage, county.round, county.referral.rounds) == (
        "to_county",
        "again",
        1,
        1,
    )
    late = _of(("sent", 1), ("reply", 3), ("satisfied", 4), ("unsatisfied", 9))
    assert late.code == "to_county"
    own = _of(("sent", 1), ("reply", 3), ("own", 4), ("paper", 5), ("unsatisfied", 6))
    assert own.code == "redo" and own.referral is not None and own.referral.stage == "taken_back"


def test_a_routing_that_was_undone_leaves_the_countys_steps_in_sight() -> None:
    undone = _of(("assigned", 2), ("reply", 3))
    assert (undone.code, len(_unheeded(undone))) == ("registered", 2)
    corrected = _of(("sent", 5), ("assigned", 2))
    assert corrected.referral is not None and corrected.referral.stage == "assigned"


def test_the_countys_clock_begins_when_the_report_came_and_urgent_matters_have_urgent_days() -> None:
    referral = Referral(sent=START, sent_by="r1")
    came = START + timedelta(days=28)
    clock = clock_of(referral, arrived=came, came_back=came, today=came, profile=PROFILE, urgency="ordinary")
    assert PROFILE.referral_assign and clock.due == PROFILE.limit(came, PROFILE.referral_assign)
    later = clock.due + timedelta(days=3)
    late = clock_of(referral, arrived=came, came_back=came, today=later, profile=PROFILE, urgency="ordinary")
    assert (late.badge, late.tone) == ("超期3天", "late")
    ordinary, urgent = (unit_limit(came, PROFILE, urgency=each) for each in ("ordinary", "urgent"))
    assert urgent < ordinary
    assert unit_limit(came, PROFILE, again=True) == PROFILE.limit(came, PROFILE.redo)
