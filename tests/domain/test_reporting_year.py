"""Shares of oral report-backs per level, exact; whose turn it is; whether everybody's comes before the term ends."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain.records import Mandate, ReportSession, Term, YearReport
from lianxin.domain.reporting_year import (
    Asked,
    LevelYear,
    least_of,
    level_year,
    project,
    report_day,
    suggest,
    years_of,
)

DAY = date(2026, 6, 1)
ASKED = Asked(20, 1, "文件", applies=True)
TERM = Term(uid="t", level="township", ordinal=19, start=date(2021, 12, 28))
HELD = ReportSession(uid="s", day=date(2026, 5, 20), held=True)


def mandate(person: str, *, level: str = "township", state: str = "serving") -> Mandate:
    return Mandate(uid=f"m-{level}-{person}", person=person, level=level, state=state)


def report(person: str, year: int = 2026, *, mode: str = "oral", level: str = "township") -> YearReport:
    """One that took place: an oral one of an earlier year tells its day itself."""
    return YearReport(
        uid=f"r-{level}-{person}-{year}", person=person, level=level, year=year, mode=mode,
        session="s" if mode == "oral" and year == 2026 else None,
        told_on=date(year, 5, 1) if year != 2026 else None,
        submitted=date(year, 5, 2) if mode == "written" else None,
    )  # fmt: skip


def year(*mandates: Mandate, reports: tuple[YearReport, ...] = (), level: str = "township") -> LevelYear:
    return level_year(
        level, 2026, mandates=mandates, reports=reports, sessions=[HELD], terms=[TERM], asked=ASKED, day=DAY
    )


def test_levels_are_never_mixed() -> None:
    both = [mandate("甲"), mandate("甲", level="county"), mandate("乙"), mandate("丙")]
    told = (report("甲", level="county"),)
    assert (year(*both, reports=told).whole, len(year(*both, reports=told).oral_done)) == (3, 0)
    county = year(*both, reports=told, level="county")
    assert (county.whole, len(county.oral_done), county.missing) == (1, 1, 0)


def test_an_oral_report_counts_once_its_meeting_was_held() -> None:
    planned = ReportSession(uid="s", day=date(2026, 5, 20))
    assert report_day(report("甲"), [planned]) is None
    assert report_day(report("甲"), [HELD]) == date(2026, 5, 20)
    assert report_day(report("甲", mode="written"), []) == date(2026, 5, 2)
    assert report_day(report("甲", 2024), []) == date(2024, 5, 1)


def test_whose_turn_it_is() -> None:
    people = [mandate(name) for name in "甲乙丙丁戊己庚辛壬"] + [mandate("癸", state="resigned")]
    told = (report("乙", 2022), report("甲", 2023), report("丁", 2022), report("丙", mode="written"))
    found = year(*people, reports=told)
    # The one who leaves does not serve any more and is not counted.
    assert (found.whole, found.quota, found.missing) == (9, 2, 2)
    assert suggest(found) == ("戊", "己")
    # 丙 was decided by hand and stays as decided.
    assert suggest(found, 99) == ("戊", "己", "庚", "辛", "壬", "乙", "丁", "甲")


def test_who_is_known_to_leave_is_not_proposed() -> None:
    going = Mandate(uid="m", person="甲", level="township", state="resigned", state_day=date(2026, 12, 1))
    assert suggest(year(going, mandate("乙"))) == ("乙",)


def test_reports_of_an_earlier_term_do_not_count() -> None:
    found = year(mandate("甲"), reports=(report("甲", 2021),))
    assert not found.deputies[0].oral and found.years_left == 1


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (date(2021, 12, 28), None, (2022, 2026)),
        (date(2022, 1, 5), date(2027, 1, 6), (2022, 2026)),
        (date(2021, 6, 20), None, (2021, 2025)),
        (date(2021, 7, 2), date(2026, 7, 1), (2022, 2025)),
    ],
)
def test_years_of_a_term(start: date, end: date | None, years: tuple[int, int]) -> None:
    found = years_of(Term(uid="t", level="township", ordinal=1, start=start, end=end))
    assert (found[0], found[-1]) == years


def test_the_outlook_says_what_it_takes() -> None:
    found = project([1] * 30 + [0] * 12, quota=9, this_year=4, years=2)
    assert (found.covered, found.reach, found.everybody, found.yearly) == (12, 25, False, 15)
    assert found.words == "本届还有30名没有轮到，还有2年，只按比例安排到届满仍有17名轮不到，每年要安排15名"
    assert project([0] * 3, quota=1, this_year=1, years=3).words == "本届已全部轮到口头述职"
    assert project([2], quota=1, this_year=1, years=1).yearly is None


@given(st.integers(0, 100), st.integers(0, 500))
def test_the_least_number_reaches_the_share_exactly(share: int, whole: int) -> None:
    least = least_of(share, whole)
    if not whole:
        assert least == 0
        return
    assert Fraction(least, whole) >= Fraction(share, 100)
    assert not least or Fraction(least - 1, whole) < Fraction(share, 100)


@given(
    st.lists(st.integers(0, 2), max_size=40),
    st.integers(0, 10),
    st.integers(0, 10),
    st.integers(1, 5),
)
def test_the_outlook_never_promises_too_much(
    short: list[int], quota: int, this_year: int, years: int
) -> None:
    found = project(short, quota=quota, this_year=this_year, years=years)
    assert found.covered <= found.reach <= found.whole == len(short)
    # Every deputy reached beyond those covered takes one report at least out of what there is room for.
    assert found.reach - found.covered <= this_year + quota * (years - 1)
    more = project(short, quota=quota + 1, this_year=this_year + 1, years=years)
    assert more.reach >= found.reach
    if found.yearly is not None:
        assert project(short, quota=found.yearly, this_year=found.yearly, years=years).everybody


@given(
    st.lists(st.sampled_from(["", "oral", "written"]), max_size=30),
    st.integers(0, 100),
    st.lists(st.booleans(), min_size=30, max_size=30),
)
def test_a_suggestion_fills_the_share_when_there_are_enough(
    modes: list[str], share: int, before: list[bool]
) -> None:
    people = [str(place) for place in range(len(modes))]
    told = [report(each, mode=mode) for each, mode in zip(people, modes, strict=True) if mode]
    told += [report(each, 2023) for each, had in zip(people, before, strict=False) if had]
    found = level_year(
        "township", 2026, mandates=[mandate(each) for each in people], reports=told, sessions=[HELD],
        terms=[TERM], asked=Asked(share, 1, "", applies=True), day=DAY,
    )  # fmt: skip
    chosen = suggest(found)
    assert len(set(chosen)) == len(chosen) == min(found.missing, len(found.undecided))
    assert not set(chosen) & {each.person for each in found.deputies if each.mode}
    firsts = [each.person for each in found.undecided if not each.oral]
    # Nobody speaks twice while somebody who could has not spoken yet.
    assert list(chosen[: len(firsts)]) == firsts[: len(chosen)]
    assert len(found.oral) + len(chosen) >= found.quota or len(chosen) == len(found.undecided)
