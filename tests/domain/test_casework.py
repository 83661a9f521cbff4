"""The state of a matter from its steps: every stage, every badge, any order of records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain import codes
from lianxin.domain.casework.standing import (
    CASE_STATE,
    OPEN_STATES,
    STEP_LABELS,
    CaseState,
    due_date,
    one_line,
    state_of,
    to_do,
)
from lianxin.domain.records import Assignment, Opinion, Reply, Routing, Satisfaction
from lianxin.domain.rules import load_profile

PROFILE = load_profile(
    (Path(__file__).parents[2] / "resources" / "profiles" / "national.json").read_text(encoding="utf-8")
)
START = date(2026, 11, 2)
MOMENT = "01930000-0000"
UNITS = {"u1": "镇水务站"}


def day(number: int) -> date:
    return START + timedelta(days=number)


def opinion(**more: object) -> Opinion:
    told: dict[str, object] = {
        "title": "长坪村三组饮水管破损",
        "words": "断水多日",
        "registered": START,
        **more,
    }
    wire = {k: (v.isoformat() if isinstance(v, date) else v) for k, v in told.items()}
    return Opinion.unpacked({"uid": "o1", **wire})  # type: ignore[dict-item]


def routing(number: int, route: str = "assigned") -> Routing:
    return Routing(uid=f"{MOMENT}r{number}{route}", opinion="o1", day=day(number), route=route)


def assignment(number: int, due: int | None = None) -> Assignment:
    return Assignment(
        uid=f"{MOMENT}a{number}",
        opinion="o1",
        day=day(number),
        unit="u1",
        due=None if due is None else day(due),
    )


def reply(number: int, result: str = "A") -> Reply:
    return Reply(uid=f"{MOMENT}p{number}", opinion="o1", day=day(number), result=result)


def asked(number: int | None, overall: str = "satisfied", **more: object) -> Satisfaction:
    made = Satisfaction(
        uid=f"{MOMENT}s{number}{overall}",
        opinion="o1",
        day=None if number is None else day(number),
        overall=overall,
    )
    whom, attempts = more.get("whom", "visitor"), more.get("attempts")
    assert isinstance(whom, str) and (attempts is None or isinstance(attempts, int))
    return Satisfaction(
        uid=made.uid, opinion="o1", day=made.day, overall=overall, whom=whom, attempts=attempts
    )


Events = Sequence[Routing | Assignment | Reply | Satisfaction]


def state(events: Events, today: int, matter: Opinion | None = None) -> CaseState:
    return state_of(
        matter or opinion(),
        [e for e in events if isinstance(e, Routing)],
        [e for e in events if isinstance(e, Assignment)],
        [e for e in events if isinstance(e, Reply)],
        [e for e in events if isinstance(e, Satisfaction)],
        today=day(today),
        profile=PROFILE,
        unit_names=UNITS,
    )


def marks(found: CaseState) -> list[str]:
    return [step.mark for step in found.steps]


def test_a_registered_matter_waits_to_be_routed_within_fifteen_days() -> None:
    found = state([], 0)
    assert (found.label, found.next_act, found.badge, found.open) == ("待分流", "梳理分流", "剩15天", True)
    assert [step.label for step in found.steps] == list(STEP_LABELS)
    assert marks(found) == ["done", "now", "todo", "todo", "todo"]
    assert state([], 15).badge == "今天到期"
    assert state([], 16).badge == "超期1天" and state([], 16).tone == "late"


def test_a_routed_matter_waits_to_be_assigned() -> None:
    found = state([routing(1)], 1)
    assert (found.label, found.next_act) == ("待交办", "交办承办单位")
    assert found.due == day(31)


def test_an_assigned_matter_counts_down_and_is_then_urged() -> None:
    events = [routing(0), assignment(1, due=14)]
    calm, soon, late = state(events, 5), state(events, 10), state(events, 20)
    assert (calm.badge, calm.tone, calm.next_act) == ("剩9天", "calm", "等待答复：镇水务站")
    assert (soon.badge, soon.tone) == ("剩4天", "soon")
    assert (late.badge, late.tone, late.next_act) == ("超期6天", "late", "催办：镇水务站")
    assert late.overdue and late.label == "办理中"
    assert one_line(late, UNITS) == "镇水务站承办，期限11月16日，已超期6天"
    assert marks(late) == ["done", "done", "now", "todo", "todo"]


def test_a_limit_not_typed_follows_the_profile() -> None:
    assert state([assignment(0)], 1).handling_due == day(30)
    assert state([assignment(0)], 1, opinion(urgency="urgent")).handling_due == day(7)
    assert state([assignment(0)], 1, opinion(track="suggestion")).handling_due == date(2027, 2, 2)
    assert due_date(date(2026, 11, 30), PROFILE, track="suggestion") == date(2027, 2, 28)
    assert due_date(date(2026, 11, 30), PROFILE, track="suggestion", hard=True) == date(2027, 5, 30)


def test_an_answer_without_feedback_is_not_closed() -> None:
    found = state([routing(0), assignment(0), reply(10)], 12)
    assert (found.label, found.next_act, found.open) == ("待回访", "11月19日起回访反映人", True)
    assert state([routing(0), assignment(0), reply(10)], 17).next_act == "回访反映人"
    assert found.due == day(25) and found.closed_day is None
    assert marks(found) == ["done", "done", "done", "now", "todo"]


def test_satisfaction_closes() -> None:
    found = state([routing(0), assignment(0), reply(10), asked(12, "basically")], 60)
    assert (found.label, found.open, found.closed_day) == ("已办结", False, day(12))
    assert (found.badge, found.next_act, found.result) == ("", "", "A")
    assert marks(found) == ["done", "done", "done", "done", "skipped"]


def test_an_undated_evaluation_of_an_old_ledger_closes_with_the_reply() -> None:
    assert state([assignment(0), reply(10), asked(None)], 60).closed_day == day(10)


def test_praise_before_an_answer_closes_nothing() -> None:
    assert state([routing(0), assignment(0), asked(3)], 5).label == "办理中"


def test_dissatisfaction_opens_rounds_and_ends_at_the_presidium() -> None:
    events: list[Routing | Assignment | Reply | Satisfaction] = [routing(0), assignment(0), reply(5)]
    events.append(asked(6, "unsatisfied"))
    redo = state(events, 6)
    assert (redo.label, redo.round, redo.next_act) == ("待重办", 1, "重新交办（第1次重办）")
    assert redo.due == date(2026, 12, 8)
    events.append(assignment(6))
    again = state(events, 7)
    assert (again.label, again.handling_due) == ("重办中", date(2026, 12, 8))
    assert marks(again) == ["done", "done", "now", "done", "now"]
    events += [reply(8), asked(9, "unsatisfied"), assignment(10), reply(11)]
    assert state(events, 11).round == 2
    third = [*events, asked(12, "unsatisfied")]
    assert (state(third, 12).label, state(third, 12).round) == ("提交主席团研究", 3)
    closed = state([*events, asked(12)], 12)
    assert (closed.label, closed.round, marks(closed)[-1]) == ("已办结", 2, "done")


def test_two_failed_contacts_end_with_a_trace() -> None:
    once = [assignment(0), reply(5), asked(6, "unreached")]
    assert (state(once, 6).label, state(once, 6).next_act) == ("待回访", "再次联系反映人")
    twice = [*once, asked(8, "unreached")]
    assert (state(twice, 8).label, state(twice, 8).open) == ("无法反馈", False)
    together = [assignment(0), reply(5), asked(6, "unreached", attempts=2)]
    assert state(together, 6).label == "无法反馈"
    assert state([*twice, asked(9)], 9).label == "已办结"


@pytest.mark.parametrize(
    ("route", "label"),
    [
        ("answered_on_spot", "已办结"),
        ("deputy_solved", "已办结"),
        ("guided", "已引导"),
        ("to_petition", "已引导"),
        ("to_suggestion", "已转代表建议"),
        ("merged", "已合并办理"),
        ("withdrawn", "已撤回"),
    ],
)
def test_routes_that_end_the_matter(route: str, label: str) -> None:
    found = state([routing(1, route)], 30)
    assert (found.label, found.open, found.closed_day, found.badge) == (label, False, day(1), "")
    assert marks(found)[:3] == ["done", "done", "skipped"]


def test_a_matter_answered_on_the_spot_reopens_when_the_visitor_is_not_satisfied() -> None:
    events = [routing(0, "answered_on_spot"), asked(5, "unsatisfied")]
    assert state(events, 5).label == "待重办"
    assert state([*events, assignment(6)], 6).label == "重办中"


def test_a_matter_sent_up_waits_for_the_county_without_a_limit_of_ours() -> None:
    found = state([routing(0, "to_county")], 90)
    assert (found.label, found.badge, found.next_act) == ("已转报县人大", "", "等待县人大答复")
    assert state([routing(0, "to_county"), reply(20)], 21).label == "待回访"


def test_merged_into_another_matter_and_taken_apart() -> None:
    assert state([assignment(0)], 3, opinion(merged_into="o9")).label == "已合并办理"
    assert state([routing(0, "merged"), routing(2)], 3).label == "待交办"


def test_the_leading_deputy_decides_on_a_suggestion_and_the_visitor_on_an_opinion() -> None:
    events = [assignment(0), reply(5), asked(6, whom="lead")]
    assert state(events, 6).label == "待回访"
    assert state(events, 6, opinion(track="suggestion")).label == "已办结"
    assert state(events, 6, opinion(person="d1")).label == "已办结"
    assert state([*events[:2], asked(6, "unsatisfied", whom="joint")], 6).label == "待回访"


def test_everything_on_one_day_comes_out_in_order() -> None:
    events = [asked(0), reply(0), assignment(0), routing(0)]
    assert state(events, 0).label == "已办结"
    redo = [reply(3), asked(3, "unsatisfied"), assignment(3), assignment(0), routing(0)]
    assert state(redo, 3).code in ("rehandling", "redo")


def test_the_list_of_what_to_do_first() -> None:
    late = state([assignment(0, due=3)], 9)
    today = state([assignment(0, due=9)], 9)
    done = state([routing(0, "guided")], 9)
    waiting = state([routing(0, "to_county")], 9)
    assert [found.badge for found in to_do([done, today, waiting, late])] == ["超期6天", "今天到期"]


ROUTES = [code.code for code in codes.ROUTE.codes]
SATISFIED = [code.code for code in codes.SATISFACTION.codes]
EVENT = st.one_of(
    st.builds(routing, st.integers(0, 40), st.sampled_from(ROUTES)),
    st.builds(assignment, st.integers(0, 40), st.none() | st.integers(0, 90)),
    st.builds(reply, st.integers(0, 40), st.sampled_from("ABCD")),
    st.builds(asked, st.none() | st.integers(0, 40), st.sampled_from(SATISFIED)),
)
HISTORY = st.lists(EVENT, max_size=12, unique_by=lambda event: event.uid)


@given(HISTORY, st.integers(0, 60))
def test_the_order_in_which_records_arrive_does_not_matter(
    events: list[Routing | Assignment | Reply | Satisfaction], today: int
) -> None:
    shuffled = sorted(events, key=lambda event: event.uid[::-1])
    assert state(events, today) == state(shuffled, today) == state(events[::-1], today)


@given(HISTORY, st.integers(0, 60))
def test_every_history_has_a_state_that_makes_sense(
    events: list[Routing | Assignment | Reply | Satisfaction], today: int
) -> None:
    found = state(events, today)
    assert CASE_STATE.find(found.code) is not None and len(found.steps) == 5
    assert found.open == (found.code in OPEN_STATES)
    assert found.open == (found.closed_day is None)
    assert bool(found.next_act) == found.open
    assert found.badge == "" or found.open
    assert found.overdue == found.badge.startswith("超期")
    for one in (found.routed_day, found.assigned_day, found.answered_day, found.closed_day):
        assert one is None or one <= day(today)


@given(HISTORY, st.integers(0, 40))
def test_what_happens_later_does_not_change_how_things_stood(
    events: list[Routing | Assignment | Reply | Satisfaction], today: int
) -> None:
    until = [event for event in events if event.day is not None and event.day <= day(today)]
    dated = [event for event in events if event.day is not None]
    assert state(dated, today) == state(until, today)
