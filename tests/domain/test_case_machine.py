"""The track of 群众意见 as a machine: any course the table allows keeps every record and comes out the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from lianxin.domain import codes
from lianxin.domain.casework.promises import promises_of
from lianxin.domain.casework.standing import CASE_STATE, OPEN_STATES, CaseState, state_of, under_rules
from lianxin.domain.casework.step_checks import refusal
from lianxin.domain.casework.steps import FURTHER_KINDS, Act, Further, StepRecord, act_of, allowed, words_of
from lianxin.domain.counts import Facts
from lianxin.domain.figures.of_period import Figures, Period, figures
from lianxin.domain.records import (
    ArchiveOpening,
    Archiving,
    Assignment,
    ChairReview,
    Extension,
    HandBack,
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

    @rule(number=st.sampled_from(["Z109-WS·2026-D10-RDB-0001", "Z000-WS·2026-D10-RDB-0001", ""]))
    def archive_or_open(self, number: str) -> None:
        if number:
            self.try_step(Archiving(uid=self.uid(), opinion="o1", day=self.today, number=number))
        else:
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
