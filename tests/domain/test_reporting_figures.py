"""Figures and duties of report-back: per level, exact, with the outlook and both ways of the mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain.counts import Facts, Figure
from lianxin.domain.duties.report_duties import report_duties
from lianxin.domain.figures.reporting import reporting_figures
from lianxin.domain.periods import Period
from lianxin.domain.records import Commitment, Evaluation, Mandate, ReportSession, TallyRow, Term, YearReport
from lianxin.domain.rules import load_profile
from lianxin.installed import resource_dir

PROFILE = load_profile((resource_dir() / "profiles" / "national.json").read_text("utf-8"))
YEAR = Period.parse("2026")
DAY = date(2026, 11, 20)
TERM = Term(uid="t", level="county", ordinal=18, start=date(2021, 12, 20))


def vote(uid: str, first: int, valid: int, *, scheme: str = "three", state: str = "confirmed") -> Evaluation:
    return Evaluation(
        uid=uid, name=uid, day=DAY, scheme=scheme, state=state, issued=valid, returned=valid, valid=valid
    )


def rows(*votes: tuple[str, int]) -> tuple[TallyRow, ...]:
    return tuple(TallyRow(uid=f"{uid}{n}", evaluation=uid, first=n) for uid, n in votes)


def facts(
    *,
    evaluations: Sequence[Evaluation] = (),
    tallies: Sequence[TallyRow] = (),
    commitments: Sequence[Commitment] = (),
    township_shares: bool = False,
) -> Facts:
    people = [Mandate(uid=f"m{n}", person=f"p{n}", level="county") for n in range(5)]
    people += [Mandate(uid=f"w{n}", person=f"w{n}", level="township") for n in range(3)]
    reports = [
        YearReport(uid="r0", person="p0", level="county", year=2026, mode="oral", session="s"),
        YearReport(uid="r1", person="p1", level="county", year=2026, mode="written", submitted=DAY),
        YearReport(uid="r2", person="w0", level="township", year=2026, mode="written", due=date(2026, 11, 1)),
    ]
    held = ReportSession(uid="s", day=date(2026, 11, 2), level="county", held=True)
    return Facts(
        mandates=people, reports=reports, sessions=[held], terms=[TERM], evaluations=evaluations,
        tallies=tallies, commitments=commitments, township_shares=township_shares,
    )  # fmt: skip


def figure(told: list[Figure], key: str) -> Figure:
    return next(each for each in told if each.key == key)


def test_each_level_counts_its_own() -> None:
    told = reporting_figures(YEAR, facts(), PROFILE)
    assert (figure(told, "reported_rate_county").part, figure(told, "reported_rate_county").whole) == (2, 5)
    assert figure(told, "oral_rate_county").value == Fraction(1, 5)
    assert figure(told, "oral_rate_township").value == 0
    covered = figure(told, "oral_covered_county")
    assert covered.shown == "20.0%" and "按比例安排到届满仍有4名轮不到，每年要安排4名" in covered.definition
    assert "没有规定比例" in figure(told, "oral_rate_township").definition


def test_the_mean_by_meetings_and_by_ballots_differ() -> None:
    votes = [
        vote("a", 40, 50),
        vote("b", 10, 10),
        vote("c", 30, 30, scheme="four"),
        vote("d", 9, 9, state="planned"),
    ]
    told = reporting_figures(
        YEAR, facts(evaluations=votes, tallies=rows(("a", 40), ("b", 10), ("c", 30), ("d", 9))), PROFILE
    )
    assert figure(told, "ballot_satisfied_mean").value == Fraction(9, 10)
    assert figure(told, "ballot_satisfied_weighted").value == Fraction(50, 60)
    enough = figure(told, "ballots_enough_rate")
    assert (enough.part, enough.whole, enough.uids) == (1, 3, ("a",))


def test_of_a_vote_in_aspects_what_speaks_for_the_whole_counts() -> None:
    told = [
        TallyRow(uid="1", evaluation="a", first=10, aspect="联系群众"),
        TallyRow(uid="2", evaluation="a", first=45, aspect="总体评价"),
    ]
    found = reporting_figures(YEAR, facts(evaluations=[vote("a", 45, 50)], tallies=told), PROFILE)
    assert figure(found, "ballot_satisfied_mean").value == Fraction(45, 50)
    parts = reporting_figures(YEAR, facts(evaluations=[vote("a", 45, 50)], tallies=told[:1]), PROFILE)
    assert figure(parts, "ballot_satisfied_mean").value == Fraction(10, 50), "aspects alone are all there is"


def test_promises_kept() -> None:
    promises = [
        Commitment(uid=state, person="p0", year=2026, what="走访", state=state)
        for state in ("done", "partly", "undone", "open")
    ]
    told = figure(reporting_figures(YEAR, facts(commitments=promises), PROFILE), "commitments_rate")
    assert (told.shown, told.uids) == ("25.0%", ("done",))


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8))
def test_no_mean_passes_a_hundred(counts: list[tuple[int, int]]) -> None:
    votes = [vote(str(place), min(pair), max(pair)) for place, pair in enumerate(counts)]
    told = reporting_figures(
        YEAR,
        facts(evaluations=votes, tallies=rows(*((str(at), min(pair)) for at, pair in enumerate(counts)))),
        PROFILE,
    )
    for key in ("ballot_satisfied_mean", "ballot_satisfied_weighted"):
        value = figure(told, key).value
        assert value is None or 0 <= value <= 1


@pytest.mark.parametrize(("today", "standing"), [(DAY, "on_track"), (date(2027, 1, 2), "behind")])
def test_duties_of_a_year(today: date, standing: str) -> None:
    told = {each.key: each for each in report_duties(2026, facts(), profile=PROFILE, today=today)}
    assert set(told) == {"reported_county", "oral_county", "reported_township"}
    assert (told["reported_county"].shown, told["reported_county"].standing) == ("2 / 5 名", standing)
    assert (told["oral_county"].shown, told["oral_county"].standing) == ("1 / 1 名", "met")
    assert told["reported_township"].due_text.startswith("1名书面述职超期未交")
    assert told["reported_township"].standing == "behind"


def test_township_shares_are_a_duty_once_the_office_says_so() -> None:
    told = {
        each.key: each
        for each in report_duties(2026, facts(township_shares=True), profile=PROFILE, today=DAY)
    }
    assert (told["oral_township"].shown, told["oral_township"].due_text) == (
        "0 / 1 名",
        "已安排0名，还要安排1名，12月31日前",
    )
