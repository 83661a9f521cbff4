"""The track of 群众意见 as a machine: any course the table allows keeps every record and comes out the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from lianxin.domain import codes
from lianxin.domain.casesteps import FURTHER_KINDS, Act, Further, StepRecord, act_of, allowed, words_of
from lianxin.domain.casework import CASE_STATE, OPEN_STATES, CaseState, state_of, under_rules
from lianxin.domain.counts import Facts
from lianxin.domain.figures import Figures, Period, figures
from lianxin.domain.promises import promises_of
from lianxin.domain.records import (
    ArchiveOpening,
    Archiving,
    Assignment,
    ChairReview,
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
    Telling,
)
from lianxin.domain.rules import RuleProfile, load_profile
from lianxin.domain.stepchecks import refusal, unit_refusal

PROFILE = load_profile(
    (Path(__file__).parents[2] / "resources" / "profiles" / "henan.json").read_text(encoding="utf-8")
)
START = date(2026, 3, 2)
YEAR = Period.parse("2026")
DECIDED_WAYS = tuple(
    code.code for code in codes.ROUTE.codes if code.code not in ("merged", "taken_apart", "withdrawn")
)


def later_rules() -> list[RuleProfile]:
    """What a county may send afterwards: every number a matter is judged by is another one."""

    def changed(by: int) -> RuleProfile:
        return replace(
            PROFILE,
            **{
                name: replace(rule, value=max(1, rule.value + by))
                for name, rule in (
                    ("contact_attempts", PROFILE.contact_attempts),
                    ("redo_limit", PROFILE.redo_limit),
                    ("redo", PROFILE.redo),
                    ("opinion_days", PROFILE.opinion_days),
                    ("feedback_days", PROFILE.feedback_days),
                    ("tell_days", PROFILE.tell_days),
                )
            },
        )

    return [changed(1), changed(3), changed(-1)]


LATER = later_rules()


def opinion(track: str = "opinion", *, group: bool = False) -> Opinion:
    return Opinion(uid="o1", title="管子破损", words="断水", registered=START, track=track, group=group)


def judged(
    steps: Sequence[StepRecord],
    today: date,
    matter: Opinion | None = None,
    profile: RuleProfile = PROFILE,
) -> CaseState:
    return state_of(
        matter or opinion(),
        [e for e in steps if isinstance(e, Routing)],
        [e for e in steps if isinstance(e, Assignment)],
        [e for e in steps if isinstance(e, Reply)],
        [e for e in steps if isinstance(e, Satisfaction)],
        further_of(steps),
        today=today,
        profile=profile,
    )


def further_of(steps: Sequence[StepRecord]) -> list[Further]:
    return [e for e in steps if isinstance(e, FURTHER_KINDS)]


def told(steps: Sequence[StepRecord], end: Period = YEAR) -> Figures:
    facts = Facts(
        opinions=[opinion()],
        routings=[e for e in steps if isinstance(e, Routing)],
        assignments=[e for e in steps if isinstance(e, Assignment)],
        replies=[e for e in steps if isinstance(e, Reply)],
        satisfactions=[e for e in steps if isinstance(e, Satisfaction)],
        further=further_of(steps),
    )
    return figures(end, facts, profile=PROFILE)


WHERE_TO: Mapping[Act, Set[str]] = {
    "route": {"routed", "handling", "to_county", "closed", "guided", "converted", "to_tell", "chair"},
    "chair_review": {"routed", "supplement", "presidium"},
    "tell": {"guided"},
    "assign": {"handling", "rehandling"},
    "hand_back": {"returned"},
    "reply": {"answered", "closed"},
    "ask": {"answered", "closed", "unreached", "redo", "presidium", "chair"},
    "rule": {"redo", "closed", "routed", "supplement"},
    "merge": {"merged"},
    "withdraw": {"withdrawn"},
    "take_apart": OPEN_STATES,
}


class CaseMachine(RuleBasedStateMachine):
    """One matter, one clerk: days pass, and any act is tried, allowed or not."""

    @initialize(group=st.booleans())
    def registered(self, group: bool) -> None:
        self.today = START
        self.matter = opinion(group=group)
        self.steps: list[StepRecord] = []
        self.before_merge: tuple[str, str] = ("", "")

    @property
    def state(self) -> CaseState:
        return judged(self.steps, self.today, self.matter)

    def uid(self) -> str:
        return f"{len(self.steps):013d}"

    def try_step(self, step: StepRecord) -> None:
        """What the table allows is taken and leads where the act leads; what it does not is told why."""
        before, act = self.state, act_of(step)
        archived = before.archived is not None
        said = refusal(self.matter, before, step, today=self.today, profile=PROFILE)
        open_now = (act == "keep_promise" and not archived) or act in allowed(before.code, archived=archived)
        if not open_now:
            assert (before.archive_number if archived else before.label) in said and "没有改动" in said
            for each in allowed(before.code, archived=archived):
                assert words_of(each, before.code) in said
            return
        if said:
            return
        if act == "merge":
            self.before_merge = (before.code, before.unit)
        self.steps.append(under_rules(step, self.matter, before, PROFILE))
        after = self.state
        assert after.code in WHERE_TO.get(act, {before.code})
        if act in ("archive", "open_archive"):
            assert (after.archived is not None) == (act == "archive")
        if act == "take_apart":
            assert (after.code, after.unit) == self.before_merge

    @rule(days=st.integers(0, 20))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(
        way=st.sampled_from(DECIDED_WAYS),
        back=st.integers(0, 3),
        telling=st.sampled_from([None, "on_spot", "later"]),
    )
    def route(self, way: str, back: int, telling: str | None) -> None:
        day = self.today - timedelta(days=back)
        self.try_step(
            Routing(uid=self.uid(), opinion="o1", day=day, route=way, telling=telling, reason="不属人大处理")
        )

    @rule()
    def tell(self) -> None:
        self.try_step(Telling(uid=self.uid(), opinion="o1", day=self.today))

    @rule(unit=st.sampled_from("ab"), due=st.none() | st.integers(-3, 40), back=st.integers(0, 3))
    def assign(self, unit: str, due: int | None, back: int) -> None:
        day = self.today - timedelta(days=back)
        limit = None if due is None else day + timedelta(days=due)
        self.try_step(
            Assignment(uid=self.uid(), opinion="o1", day=day, unit=unit, due=limit, reason="改由他办")
        )

    @rule()
    def hand_back(self) -> None:
        self.try_step(HandBack(uid=self.uid(), opinion="o1", day=self.today, reason="不属我单位"))

    @rule(days=st.integers(-5, 60), decision=st.sampled_from(["waiting", "granted", "refused"]))
    def extend(self, days: int, decision: str) -> None:
        decided = self.today if decision != "waiting" else None
        self.try_step(
            Extension(
                uid=self.uid(), opinion="o1", day=self.today, until=self.today + timedelta(days=days),
                reason="等材料", decision=decision, decided=decided, decided_by="主席" if decided else None,
            )
        )  # fmt: skip

    @rule(
        means=st.sampled_from([c.code for c in codes.SUPERVISION_MEANS.codes]),
        days=st.none() | st.integers(-1, 9),
    )
    def supervise(self, means: str, days: int | None) -> None:
        by = None if days is None else self.today + timedelta(days=days)
        self.try_step(Supervision(uid=self.uid(), opinion="o1", day=self.today, means=means, reply_by=by))

    @rule(result=st.sampled_from("ABCD"), back=st.integers(0, 6), promised=st.none() | st.integers(-2, 40))
    def reply(self, result: str, back: int, promised: int | None) -> None:
        day = self.today - timedelta(days=back)
        self.try_step(
            Reply(
                uid=self.uid(), opinion="o1", day=day, result=result, words="原因",
                promise=None if promised is None else "修好",
                promised_day=None if promised is None else day + timedelta(days=promised),
            )
        )  # fmt: skip

    @rule(
        word=st.sampled_from([c.code for c in codes.SATISFACTION.codes]),
        whom=st.sampled_from(["visitor", "visitor", "lead"]),
    )
    def ask(self, word: str, whom: str) -> None:
        self.try_step(Satisfaction(uid=self.uid(), opinion="o1", day=self.today, overall=word, whom=whom))

    @rule(decision=st.sampled_from([c.code for c in codes.RULING.codes]))
    def rule_upon(self, decision: str) -> None:
        self.try_step(
            Ruling(uid=self.uid(), opinion="o1", day=self.today, decision=decision, reason="研究过")
        )

    @rule(way=st.sampled_from(["merged", "taken_apart", "withdrawn"]))
    def leave_or_return(self, way: str) -> None:
        self.try_step(Routing(uid=self.uid(), opinion="o1", day=self.today, route=way, reason="已说明"))

    @rule(verdict=st.sampled_from([c.code for c in codes.CHAIR_VERDICT.codes]))
    def chair_reviews(self, verdict: str) -> None:
        self.try_step(
            ChairReview(uid=self.uid(), opinion="o1", day=self.today, verdict=verdict, words="请核实")
        )

    @rule(number=st.sampled_from(["Z109-WS·2026-D10-RDB-0001", "Z000-WS·2026-D10-RDB-0001"]))
    def archive(self, number: str) -> None:
        self.try_step(Archiving(uid=self.uid(), opinion="o1", day=self.today, number=number))

    @rule()
    def open_archive(self) -> None:
        self.try_step(ArchiveOpening(uid=self.uid(), opinion="o1", day=self.today, reason="补材料"))

    @precondition(lambda self: any(isinstance(s, Reply) and s.promise for s in self.steps))
    @rule(outcome=st.sampled_from([c.code for c in codes.PROMISE_OUTCOME.codes]))
    def look_after_promise(self, outcome: str) -> None:
        promised = next(s.uid for s in self.steps if isinstance(s, Reply) and s.promise)
        until = self.today + timedelta(days=10) if outcome == "postponed" else None
        self.try_step(
            PromiseResult(
                uid=self.uid(), opinion="o1", reply=promised, day=self.today, outcome=outcome, until=until
            )
        )

    @invariant()
    def the_state_makes_sense(self) -> None:
        found = self.state
        assert CASE_STATE.find(found.code) is not None
        assert found.open == (found.closed_day is None) == bool(found.next_act)
        assert found.code in OPEN_STATES or not found.badge
        if found.code in ("closed", "unreached") and found.route in ("assigned", "to_county"):
            asked = [s for s in self.steps if isinstance(s, Satisfaction)]
            assert asked, "closed without asking"
        if found.code in ("handling", "rehandling"):
            assert found.unit and found.handling_due is not None and found.assigned_day is not None
            assert found.handling_due >= found.assigned_day

    @invariant()
    def the_order_of_the_records_tells_nothing(self) -> None:
        assert judged(self.steps[::-1], self.today, self.matter) == self.state

    @invariant()
    def what_is_over_keeps_the_rules_it_was_over_under(self) -> None:
        found = self.state
        if not found.open:
            for profile in LATER:
                assert judged(self.steps, self.today, self.matter, profile) == found

    @invariant()
    def what_is_archived_is_over(self) -> None:
        found = self.state
        assert found.archived is None or not found.open
        assert bool(found.archive_number) == (found.archived is not None)

    @invariant()
    def a_group_is_not_handed_over_past_the_chair(self) -> None:
        handed = any(isinstance(s, Assignment) for s in self.steps)
        looked = any(isinstance(s, ChairReview | Ruling) for s in self.steps)
        # What comes back from the county was looked at there.
        by_county = any(isinstance(s, Routing) and s.route == "to_county" for s in self.steps)
        assert not (self.matter.group and handed) or looked or by_county

    @invariant()
    def the_figures_hold(self) -> None:
        found = told(self.steps)
        assert found.reconciliation.difference == 0
        assert "相差" not in found.reconciliation.text
        for figure in found.all:
            if figure.unit == "%" and figure.value is not None:
                assert 0 <= figure.value <= 1, figure.key
                assert figure.part is not None and figure.whole is not None and figure.part <= figure.whole
        assert found["supervisions"].value == sum(isinstance(s, Supervision) for s in self.steps)

    @invariant()
    def promises_are_none_the_fewer(self) -> None:
        replies = [s for s in self.steps if isinstance(s, Reply)]
        results = [s for s in self.steps if isinstance(s, PromiseResult)]
        assert len(promises_of(replies, results, today=self.today)) == sum(bool(r.promise) for r in replies)


CaseMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestCaseMachine = CaseMachine.TestCase


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
        (HandBack(uid="9", opinion="o1", day=DAY + timedelta(days=20), reason="不是我的"), "退回要在交办后10工作日内"),
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
