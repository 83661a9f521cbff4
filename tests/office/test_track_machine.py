"""The track of 群众意见 on a real ledger: whatever is done in whatever order, nothing is lost and the figures of the
journal are those of the tables."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule

from lianxin.domain import codes
from lianxin.domain.casework.steps import FURTHER_KINDS, STEP_KINDS, Further, allowed, words_of
from lianxin.domain.counts import Facts
from lianxin.domain.dictionary import Record
from lianxin.domain.figures.of_period import Figures, figures
from lianxin.domain.journal import project
from lianxin.domain.periods import Period
from lianxin.domain.records import (
    Assignment,
    HandlingUnit,
    Opinion,
    Reply,
    Routing,
    Satisfaction,
)
from lianxin.office.case_papers.case_file import CaseFile, case_file
from lianxin.office.cases import opinions, steps
from lianxin.office.cases.archive import archive, archive_many, open_archive
from lianxin.office.cases.batch import assign_many, supervise_many
from lianxin.office.cases.steps import StepRefused
from lianxin.office.overview import overview
from lianxin.office.records import new_uid, undo_changes
from lianxin.store.check import check
from lianxin.store.writing import Change
from tests.office.counting import figures_of
from tests.office.sealed_town import all_entries
from tests.office.township import new_township

START = date(2026, 3, 2)
YEAR, MARCH = Period.parse("2026"), Period.parse("2026-03")
KINDS: tuple[type[Record], ...] = (Opinion, *STEP_KINDS)
WORDS = st.sampled_from([each.code for each in codes.SATISFACTION.codes])
BACK = st.integers(0, 2)


class TrackMachine(RuleBasedStateMachine):
    """A clerk with a few matters; every act is tried from everywhere."""

    matters = Bundle("matters")

    @initialize()
    def set_up(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.town = new_township(self.folder)
        self.town.clock.at(START)
        self.day = START
        self.desk = self.town.desk
        self.units = [self.town.uid(HandlingUnit, name) for name in ("镇水务站", "镇规建站")]
        self.done: list[tuple[Change, ...]] = []

    def teardown(self) -> None:
        if hasattr(self, "town"):
            self.agree()
            self.town.desk.store.close()
            shutil.rmtree(self.folder)

    # ---- what holds

    def agree(self) -> None:
        journal = self.from_journal()
        with self.desk.store.reading() as reading:
            for cls in KINDS:
                assert {each.uid: each for each in reading.all(cls)} == {
                    each.uid: each for each in journal[cls]
                }, cls.KIND
        for period in (YEAR, MARCH):
            table, anew = figures_of(self.desk, period), self.recomputed(journal, period)
            assert table.reconciliation == anew.reconciliation and not table.reconciliation.difference
            for figure in anew.all:
                if figure.kind in ("opinion", "supervision", "reply"):
                    told = table[figure.key]
                    assert (told.value, sorted(told.uids)) == (figure.value, sorted(figure.uids)), figure.key
                assert figure.unit != "%" or figure.value is None or figure.value <= 1, figure.key
        assert check(self.desk.store).problems == ()
        assert overview(self.desk).to_do.rows() is not None

    def from_journal(self) -> dict[type[Record], list[Record]]:
        """Every record as the entries alone tell it."""
        found: dict[type[Record], list[Record]] = {cls: [] for cls in KINDS}
        named = {cls.KIND: cls for cls in KINDS}
        for (kind, uid), state in project(all_entries(self.town)).items():
            if kind in named and not state.removed:
                cls = named[kind]
                heads = {spec.wire: state.heads.get(spec.wire, ()) for spec in cls.specs()}
                wire = {name: each[-1].value for name, each in heads.items() if each}
                found[cls].append(cls.unpacked({**wire, "uid": uid}))
        return found

    def recomputed(self, journal: dict[type[Record], list[Record]], period: Period) -> Figures:
        further: list[Further] = [
            each for cls in FURTHER_KINDS for each in journal[cls] if isinstance(each, FURTHER_KINDS)
        ]
        facts = Facts(
            opinions=[each for each in journal[Opinion] if isinstance(each, Opinion)],
            routings=[each for each in journal[Routing] if isinstance(each, Routing)],
            assignments=[each for each in journal[Assignment] if isinstance(each, Assignment)],
            replies=[each for each in journal[Reply] if isinstance(each, Reply)],
            satisfactions=[each for each in journal[Satisfaction] if isinstance(each, Satisfaction)],
            further=further,
        )
        return figures(period, facts, profile=self.desk.profile)

    def uids(self) -> set[str]:
        with self.desk.store.reading() as reading:
            return {uid for cls in KINDS for uid in reading.keys(cls)}

    def file(self, matter: str) -> CaseFile:
        found = case_file(self.desk, matter)
        assert found is not None
        return found

    def attempt(self, matter: str, act: Callable[[], tuple[Change, ...]]) -> None:
        """Done, with everything that was there still there; or refused in a sentence, with nothing written."""
        self.town.clock.now += timedelta(seconds=5)
        before, state = self.uids(), self.file(matter).state
        with self.desk.store.reading() as reading:
            counters = reading.counters()
        try:
            changes = act()
        except StepRefused as refused:
            with self.desk.store.reading() as reading:
                assert reading.counters() == counters
            assert str(refused).endswith("。") and "没有" in str(refused)
            if "现在可以" in str(refused):
                for each in allowed(state.code, archived=state.archived is not None):
                    assert words_of(each, state.code) in str(refused)
        else:
            self.done.append(changes)
            assert before <= self.uids()

    # ---- what is done

    @rule(days=st.integers(0, 25))
    def time_passes(self, days: int) -> None:
        self.day += timedelta(days=days)
        self.town.clock.at(self.day)

    @rule(target=matters, group=st.booleans())
    def register(self, group: bool) -> str:
        self.town.clock.now += timedelta(seconds=5)
        opinion = Opinion(
            uid=new_uid(self.desk), title="管子破损", words="断水", registered=self.day, group=group
        )
        return opinions.register_opinion(self.desk, opinion=opinion).opinion.uid

    @rule(
        matter=matters,
        way=st.sampled_from([each.code for each in codes.ROUTE.codes[:7]]),
        unit=st.integers(0, 2),
    )
    def route(self, matter: str, way: str, unit: int) -> None:
        handled = self.units[unit] if way == "assigned" and unit < 2 else None
        self.attempt(
            matter, lambda: opinions.route(self.desk, opinion=matter, way=way, day=self.day, unit=handled)
        )

    @rule(matter=matters, unit=st.integers(0, 1), back=BACK)
    def assign(self, matter: str, unit: int, back: int) -> None:
        day = self.day - timedelta(days=back)
        self.attempt(
            matter,
            lambda: opinions.assign(
                self.desk,
                opinion=matter,
                day=day,
                unit=self.units[unit],
                addressee=self.units[0],
                reason="改派",
            ),
        )

    @rule(matter=matters, back=BACK, promised=st.booleans())
    def reply(self, matter: str, back: int, promised: bool) -> None:
        self.attempt(
            matter,
            lambda: opinions.record_reply(
                self.desk, opinion=matter, day=self.day - timedelta(days=back), result="B", words="在办",
                promise="修好" if promised else None,
                promised_day=self.day + timedelta(days=9) if promised else None,
            ),
        )  # fmt: skip

    @rule(matter=matters, word=WORDS)
    def ask(self, matter: str, word: str) -> None:
        judged = None if word == "unreached" else word
        self.attempt(
            matter,
            lambda: opinions.record_feedback(
                self.desk, opinion=matter, day=self.day, overall=word, attitude=judged, outcome=judged
            ),
        )

    @rule(matter=matters)
    def hand_back(self, matter: str) -> None:
        self.attempt(
            matter, lambda: steps.hand_back(self.desk, opinion=matter, day=self.day, reason="不是我的")
        )

    @rule(matter=matters, days=st.integers(1, 80), decide=st.booleans())
    def extend(self, matter: str, days: int, decide: bool) -> None:
        asked = self.file(matter).pending_extension
        if asked is not None and decide:
            self.attempt(
                matter,
                lambda: steps.decide_extension(
                    self.desk, extension=asked, decision="granted", decided=self.day, decided_by="主席"
                ),
            )
            return
        until = self.day + timedelta(days=days)
        self.attempt(
            matter, lambda: steps.extend(self.desk, opinion=matter, day=self.day, until=until, reason="等料")
        )

    @rule(matter=matters, means=st.sampled_from([each.code for each in codes.SUPERVISION_MEANS.codes]))
    def supervise(self, matter: str, means: str) -> None:
        waiting = self.file(matter).open_supervision
        if waiting is not None:
            self.attempt(
                matter,
                lambda: steps.supervision_answered(
                    self.desk, supervision=waiting, day=self.day, answer="在办", outcome="moving"
                ),
            )
            return
        by = self.day + timedelta(days=7)
        self.attempt(
            matter,
            lambda: steps.supervise(self.desk, opinion=matter, day=self.day, means=means, reply_by=by),
        )

    @rule(matter=matters, decision=st.sampled_from([each.code for each in codes.RULING.codes]))
    def rule_upon(self, matter: str, decision: str) -> None:
        self.attempt(
            matter,
            lambda: steps.rule_upon(
                self.desk, opinion=matter, day=self.day, decision=decision, reason="研究"
            ),
        )

    @rule(matter=matters, verdict=st.sampled_from([each.code for each in codes.CHAIR_VERDICT.codes]))
    def chair_reviews(self, matter: str, verdict: str) -> None:
        self.attempt(
            matter,
            lambda: steps.chair_review(
                self.desk, opinion=matter, day=self.day, verdict=verdict, words="请核实"
            ),
        )

    @rule(matter=matters, again=st.booleans())
    def archive(self, matter: str, again: bool) -> None:
        if again:
            self.attempt(
                matter, lambda: open_archive(self.desk, opinion=matter, day=self.day, reason="补材料")
            )
            return
        self.attempt(
            matter,
            lambda: archive(
                self.desk, opinion=matter, day=self.day, number=f"Z109-{matter}", retention="years10"
            ),
        )

    @rule(matter=matters, into=matters)
    def merge(self, matter: str, into: str) -> None:
        self.attempt(
            matter, lambda: opinions.merge_opinion(self.desk, opinion=matter, into=into, day=self.day)
        )

    @rule(matter=matters, apart=st.booleans())
    def leave_or_return(self, matter: str, apart: bool) -> None:
        act = steps.take_apart if apart else steps.withdraw
        self.attempt(matter, lambda: act(self.desk, opinion=matter, day=self.day, reason="说明"))

    @rule(matter=matters, outcome=st.sampled_from(["kept", "postponed", "dropped"]))
    def keep_promise(self, matter: str, outcome: str) -> None:
        promise = self.file(matter).open_promise
        if promise is not None:
            until = self.day + timedelta(days=20) if outcome == "postponed" else None
            self.attempt(
                matter,
                lambda: steps.keep_promise(
                    self.desk, reply=promise.reply, day=self.day, outcome=outcome, until=until
                ),
            )

    @rule(one=matters, two=matters, act=st.sampled_from(["assign", "supervise", "archive"]))
    def several(self, one: str, two: str, act: str) -> None:
        self.town.clock.now += timedelta(seconds=5)
        both = [one, two]
        if act == "assign":
            done = assign_many(self.desk, opinions=both, unit=self.units[0], day=self.day)
        elif act == "supervise":
            done = supervise_many(self.desk, opinions=both, means="letter", day=self.day, together=True)
        else:
            done = archive_many(
                self.desk, opinions=both, day=self.day, first="Z109-WS·2026-D10-RDB-0001", retention="years10"
            )
        self.done.append(done.changes)
        assert len(done.done) + len(done.left) == len({one, two})

    @rule()
    def take_back(self) -> None:
        """撤销 of the last act brings every matter back to where it stood."""
        if self.done:
            self.town.clock.now += timedelta(seconds=5)
            undo_changes(self.desk, self.done.pop())
            # What lies before may be undone only while nobody went on: that is for the bar, not for this machine.
            self.done.clear()


TrackMachine.TestCase.settings = settings(
    # A real ledger a course: making a found course smaller would take many minutes.
    max_examples=8,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
TestTrackMachine = TrackMachine.TestCase
