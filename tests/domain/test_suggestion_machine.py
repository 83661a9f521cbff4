"""The track of deputies' suggestions as a machine, and what must hold before one is taken in."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from lianxin.domain import codes
from lianxin.domain.casework.standing import CASE_STATE, OPEN_STATES, CaseState
from lianxin.domain.casework.step_checks import refusal
from lianxin.domain.casework.steps import STAGES, StepRecord, act_of, allowed
from lianxin.domain.casework.suggestion_checks import least_signers, looks_like_several, problems_with
from lianxin.domain.counts import Facts
from lianxin.domain.figures.of_period import figures
from lianxin.domain.records import (
    Assignment,
    CoHandling,
    Consultation,
    Informing,
    Opinion,
    Reply,
    Routing,
    Ruling,
    Satisfaction,
    Screening,
    Suggestion,
)
from tests.domain.test_case_machine import PROFILE, START, YEAR, further_of, judged, opinion

MATTER = opinion("suggestion")


class SuggestionMachine(RuleBasedStateMachine):
    """One suggestion: any act is tried on any day; none goes to a unit that was not looked at three times."""

    @initialize()
    def taken_in(self) -> None:
        self.today = START
        self.steps: list[StepRecord] = []

    @property
    def state(self) -> CaseState:
        return judged(self.steps, self.today, MATTER)

    def try_step(self, step: StepRecord) -> None:
        before = self.state
        said = refusal(MATTER, before, step, today=self.today, profile=PROFILE)
        if act_of(step) not in allowed(before.code, "suggestion"):
            assert "这件建议" in said and before.label in said and "没有改动" in said
        elif not said:
            self.steps.append(step)

    def uid(self) -> str:
        return f"{len(self.steps):013d}"

    @rule(days=st.integers(0, 30))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(
        stage=st.sampled_from(STAGES),
        verdict=st.sampled_from([c.code for c in codes.SCREENING_VERDICT.codes]),
    )
    def screen(self, stage: str, verdict: str) -> None:
        self.try_step(
            Screening(
                uid=self.uid(), opinion="o1", day=self.today, stage=stage, verdict=verdict, words="意见"
            )
        )

    @rule()
    def pass_next(self) -> None:
        stage = next((each for each in STAGES if each not in self.state.reviewed), STAGES[0])
        self.try_step(Screening(uid=self.uid(), opinion="o1", day=self.today, stage=stage))

    @rule(unit=st.sampled_from("ab"))
    def assign(self, unit: str) -> None:
        self.try_step(Assignment(uid=self.uid(), opinion="o1", day=self.today, unit=unit, reason="改派"))

    @rule(answered=st.booleans())
    def co_handle(self, answered: bool) -> None:
        done = self.today if answered else None
        self.try_step(CoHandling(uid=self.uid(), opinion="o1", day=self.today, unit="c", answered=done))

    @rule(purpose=st.sampled_from(["before", "reply"]))
    def consult(self, purpose: str) -> None:
        before = self.state
        self.try_step(
            Consultation(uid=self.uid(), opinion="o1", day=self.today, purpose=purpose, words="先修塌方段")
        )
        assert self.state == before, "speaking with a deputy moves nothing"

    @rule()
    def inform(self) -> None:
        before = self.state
        self.try_step(Informing(uid=self.uid(), opinion="o1", day=self.today, reply="r", person="p"))
        assert self.state == before, "nor does giving him the reply"

    @rule()
    def turn(self) -> None:
        self.try_step(
            Ruling(uid=self.uid(), opinion="o1", day=self.today, decision="to_suggestion", reason="理由")
        )
        assert not any(isinstance(step, Ruling) for step in self.steps), "only a bill is turned"

    @rule(result=st.sampled_from("ABCD"))
    def reply(self, result: str) -> None:
        self.try_step(Reply(uid=self.uid(), opinion="o1", day=self.today, result=result, words="原因"))

    @rule(
        word=st.sampled_from([c.code for c in codes.SATISFACTION.codes]),
        whom=st.sampled_from(["visitor", "lead", "joint"]),
    )
    def ask(self, word: str, whom: str) -> None:
        self.try_step(Satisfaction(uid=self.uid(), opinion="o1", day=self.today, overall=word, whom=whom))

    @rule(way=st.sampled_from([c.code for c in codes.ROUTE.codes]))
    def route(self, way: str) -> None:
        before = self.state.code
        self.try_step(Routing(uid=self.uid(), opinion="o1", day=self.today, route=way, reason="理由"))
        if way in ("guided", "to_petition", "to_suggestion", "deputy_solved", "answered_on_spot"):
            assert self.state.code == before, "a deputy's suggestion is handled, never guided away"

    @invariant()
    def three_looks_come_first(self) -> None:
        found = self.state
        assert CASE_STATE.find(found.code) is not None
        assert found.open == (found.closed_day is None) == bool(found.next_act)
        assert found.code in OPEN_STATES or not found.badge
        if found.assigned_day is not None:
            passed = {s.stage for s in self.steps if isinstance(s, Screening) and s.verdict == "passed"}
            assert passed == set(STAGES)
        if found.code == "closed":
            assert any(isinstance(s, Satisfaction) and s.whom == "lead" for s in self.steps)

    @invariant()
    def figures_hold_and_leave_the_opinions_alone(self) -> None:
        facts = Facts(
            opinions=[MATTER],
            routings=[e for e in self.steps if isinstance(e, Routing)],
            assignments=[e for e in self.steps if isinstance(e, Assignment)],
            replies=[e for e in self.steps if isinstance(e, Reply)],
            satisfactions=[e for e in self.steps if isinstance(e, Satisfaction)],
            further=further_of(self.steps),
        )
        told = figures(YEAR, facts, profile=PROFILE)
        assert told["opinions"].value == 0 and told.reconciliation.difference == 0
        for figure in told.all:
            if figure.unit == "%" and figure.value is not None:
                assert 0 <= figure.value <= 1, figure.key


SuggestionMachine.TestCase.settings = settings(max_examples=50, stateful_step_count=25, deadline=None)
TestSuggestionMachine = SuggestionMachine.TestCase


@given(
    form=st.sampled_from([c.code for c in codes.SUGGESTION_FORM.codes]),
    level=st.sampled_from(["township", "county"]),
    signers=st.integers(0, 15),
)
def test_as_many_signers_as_the_rule_asks_are_enough_and_fewer_never(
    form: str, level: str, signers: int
) -> None:
    matter = Opinion(uid="o", title="t", words="w", registered=date(2026, 3, 2), person="p")
    beside = Suggestion(uid="s", opinion="o", form=form, basis="b", proposal="p", target="u", question="q")
    problems = problems_with(matter, beside, signers=signers, level=level, profile=PROFILE)
    enough = signers >= least_signers(form, level, PROFILE).value
    assert ("signers" in problems) == (not enough)
    assert set(problems) <= {"signers"}


def test_two_matters_in_one_are_seen_and_one_is_not() -> None:
    assert looks_like_several("一、修路。二、建桥。") and looks_like_several("请修路。另外，学校缺老师")
    assert not looks_like_several("机耕道破损，请硬化二公里")
