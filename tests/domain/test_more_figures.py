"""Figures of stations, shares by level, rates with and without late answers, the term, and the year's additions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest

from lianxin.domain import codes
from lianxin.domain.figures.distributions import by_source, matters_by_month
from lianxin.domain.figures.of_period import (
    MONTH_COLUMNS,
    NOTHING,
    QUARTER_COLUMNS,
    YEAR_COLUMNS,
    Facts,
    Figures,
    Period,
    cases_at,
    columns_of,
    figures,
)
from lianxin.domain.figures.opinion import ROUTE_PARTS
from lianxin.domain.figures.station import all_five, built_rate
from lianxin.domain.records import (
    Activity,
    Assignment,
    Evaluation,
    Mandate,
    Meeting,
    PublicityPiece,
    ReceptionDay,
    Reply,
    ReportSession,
    Rota,
    Routing,
    Satisfaction,
    Station,
    StationCheck,
    StationCheckItem,
    Term,
    YearReport,
)
from tests.domain.test_figures import PROFILE, matter, on

NOVEMBER, YEAR = Period.parse("2026-11"), Period.parse("2026")


def shown(facts: Facts, *keys: str, period: Period = NOVEMBER) -> tuple[str, ...]:
    told = figures(period, facts, profile=PROFILE)
    return tuple(told[key].shown for key in keys)


def looked_at(check: str, *, unmet: Sequence[str] = ()) -> list[StationCheckItem]:
    return [
        StationCheckItem(
            uid=f"{check}{place}", station_check=check, item=have.code,
            result="unmet" if have.code in unmet else "met",
        )
        for place, have in enumerate(codes.FIVE_HAVES.codes)
    ]  # fmt: skip


def test_a_station_has_all_five_only_when_every_line_of_its_latest_check_is_met() -> None:
    facts = Facts(
        stations=[Station(uid=f"s{n}", name="站") for n in range(4)],
        checks=[
            StationCheck(uid="a", station="s0", year=2026, day=on(1, 3)),
            StationCheck(uid="b", station="s0", year=2026, day=on(1, 9)),
            StationCheck(uid="c", station="s1", year=2026, day=on(1, 3)),
            StationCheck(uid="d", station="s2", year=2025, day=date(2025, 3, 1)),
        ],
        check_items=[
            *looked_at("a", unmet=["plan"]), *looked_at("b"), *looked_at("c", unmet=["rules"]), *looked_at("d"),
        ],
    )  # fmt: skip
    assert shown(facts, "station_checks", "five_haves_rate") == ("2", "25.0%")
    assert shown(facts, "five_haves_rate", period=Period.parse("2026-06")) == ("0.0%",)


def test_a_check_that_left_one_of_the_five_out_is_not_met() -> None:
    items = looked_at("a")
    assert all_five(items) and not all_five(items[:4]) and not all_five(())
    nearly = StationCheckItem(uid="x", station_check="a", item="place", result="nearly")
    assert not all_five([*items, nearly])


def test_every_five_have_has_three_to_six_lines_to_begin_with() -> None:
    from lianxin.domain.codes.stations import SUB_ITEMS

    assert set(SUB_ITEMS) == {code.code for code in codes.FIVE_HAVES.codes}
    assert all(3 <= len(lines) <= 6 and len(set(lines)) == len(lines) for lines in SUB_ITEMS.values())


def test_the_share_of_townships_with_a_station_is_the_countys_to_tell() -> None:
    towns = {f"{n:03d}": ["s"] if n < 150 else [] for n in range(165)}
    told = built_rate(towns)
    assert (told.value, told.shown) == (Fraction(150, 165), "90.9%") and "乡镇本级不计算" in told.definition
    assert built_rate({}).shown == NOTHING


def test_deputies_at_stations_by_person_by_mandate_and_by_level() -> None:
    facts = Facts(
        mandates=[
            Mandate(uid="m1", person="p1", level="township", station="s"),
            Mandate(uid="m2", person="p1", level="county"),
            Mandate(uid="m3", person="p2", level="township"),
            Mandate(uid="m4", person="p3", level="county", station="s"),
        ]
    )
    keys = ("stationed_rate", "stationed_mandates_rate", "stationed_township_rate", "stationed_county_rate")
    assert shown(facts, *keys) == ("66.7%", "50.0%", "50.0%", "50.0%")
    assert shown(facts, "stationed_nation_rate") == (NOTHING,)


def test_receptions_of_each_deputy_are_an_average_over_all_who_serve() -> None:
    facts = Facts(
        days=[ReceptionDay(uid="d", day=on(5), state="held")],
        rota=[Rota(uid=f"r{n}", reception_day="d", person=f"p{n}", attendance="present") for n in (1, 2, 3)],
        mandates=[Mandate(uid=f"m{n}", person=f"p{n}", level="township") for n in (1, 2, 4, 5)],
    )
    assert shown(facts, "receptions_each", "participation_rate") == ("0.5", "50.0%")


def answered(
    uid: str, day: date, *, result: str = "A", judged: str = "", judged_on: date | None = None
) -> Facts:
    return Facts(
        opinions=[matter(uid, on(1, 10))],
        routings=[Routing(uid=f"r{uid}", opinion=uid, day=on(1, 10), route="assigned")],
        assignments=[Assignment(uid=f"a{uid}", opinion=uid, day=on(2, 10), unit="u", due=on(1))],
        replies=[Reply(uid=f"p{uid}", opinion=uid, day=day, result=result)],
        satisfactions=[Satisfaction(uid=f"s{uid}", opinion=uid, day=judged_on or day, overall=judged)] if judged else [],
    )  # fmt: skip


def together(*parts: Facts) -> Facts:
    return Facts(
        opinions=[each for part in parts for each in part.opinions],
        routings=[each for part in parts for each in part.routings],
        assignments=[each for part in parts for each in part.assignments],
        replies=[each for part in parts for each in part.replies],
        satisfactions=[each for part in parts for each in part.satisfactions],
    )


def test_forms_nobody_returned_lower_only_the_rate_that_counts_them() -> None:
    facts = together(
        answered("o1", on(2), judged="satisfied"),
        answered("o2", on(2), judged="basically"),
        answered("o3", on(2)),
        answered("o4", on(28)),
    )
    keys = ("satisfaction_rate", "satisfaction_wide_rate", "unreturned", "satisfaction_all_rate")
    assert shown(facts, *keys) == ("50.0%", "100.0%", "1", "33.3%")


def test_results_have_shares_with_one_decimal_that_add_up() -> None:
    parts = [answered(f"o{n}", on(3), result=result) for n, result in enumerate("AAAABBC")]
    keys = ("result_a_rate", "result_b_rate", "result_c_rate", "result_d_rate", "solved_rate")
    assert shown(together(*parts), *keys) == ("57.1%", "28.6%", "14.3%", "0.0%", "57.1%")


def test_an_answer_before_the_matter_was_assigned_anew_is_no_answer_now() -> None:
    facts = answered("o1", on(5, 10), judged="unsatisfied", judged_on=on(6, 10))
    again = Assignment(uid="b", opinion="o1", day=on(7, 10), unit="u", due=on(20))
    assert shown(facts, "reply_rate", period=Period.parse("2026-10")) == (NOTHING,)
    more = Facts(
        opinions=facts.opinions, routings=facts.routings, replies=facts.replies,
        satisfactions=facts.satisfactions, assignments=[*facts.assignments, again],
    )  # fmt: skip
    assert shown(more, "reply_rate", "redo_rate", "due") == ("0.0%", NOTHING, "1")


def test_the_closing_rate_of_the_term_leaves_older_matters_out() -> None:
    old = answered("o1", on(5, 10))
    new = answered("o2", on(5), judged="satisfied")
    both = together(old, new)
    begun = Facts(
        opinions=both.opinions, routings=both.routings, replies=both.replies, satisfactions=both.satisfactions,
        assignments=[old.assignments[0], Assignment(uid="x", opinion="o2", day=on(2), unit="u")],
        terms=[Term(uid="t", level="township", ordinal=20, start=on(1))],
    )  # fmt: skip
    assert shown(begun, "closed_rate") == ("100.0%",)
    told = figures(NOVEMBER, begun, profile=PROFILE)["closed_rate"]
    assert (told.part, told.whole) == (1, 1) and "本届（2026年11月1日起）" in told.definition
    assert "历年累计" in figures(NOVEMBER, both, profile=PROFILE)["closed_rate"].definition


def test_every_way_a_matter_can_go_stands_in_the_reconciling_line() -> None:
    told = {route for _, _, routes in ROUTE_PARTS for route in routes}
    assert {code.code for code in codes.ROUTE.codes} - told == {"merged", "taken_apart"}


def test_a_quarter_adds_to_a_month_and_a_year_to_a_quarter() -> None:
    assert columns_of(NOVEMBER) == MONTH_COLUMNS
    assert columns_of(Period.parse("2026-Q4")) == columns_of(Period.parse("2026-H2")) == QUARTER_COLUMNS
    assert columns_of(YEAR) == YEAR_COLUMNS
    assert {"presidium_meetings", "supervised"} <= set(QUARTER_COLUMNS) - set(MONTH_COLUMNS)
    assert {"congresses", "reported_rate", "five_haves_rate"} <= set(YEAR_COLUMNS) - set(QUARTER_COLUMNS)
    told: Figures = figures(YEAR, Facts(), profile=PROFILE)
    assert [figure.key for figure in told.columns()] == list(YEAR_COLUMNS)


def test_what_the_return_asks_of_reports_ballots_activities_meetings_and_pieces() -> None:
    facts = Facts(
        sessions=[
            ReportSession(uid="v1", day=on(10), held=True), ReportSession(uid="v2", day=on(12), held=False),
        ],
        reports=[
            YearReport(uid="y1", person="p1", year=2026, mode="oral", session="v1"),
            YearReport(uid="y2", person="p2", year=2026, mode="oral", session="v2"),
            YearReport(uid="y3", person="p3", year=2026, mode="written", submitted=on(20)),
        ],
        mandates=[Mandate(uid=f"m{n}", person=f"p{n}", level="township") for n in (1, 2, 3, 4)],
        evaluations=[
            Evaluation(uid="e1", name="测评", day=on(10), returned=52, state="confirmed"),
            Evaluation(uid="e2", name="测评", day=on(11), returned=30, state="void"),
        ],
        activities=[
            Activity(uid="x1", activity_type="inspection", topic="视察", day=on(3)),
            Activity(uid="x2", activity_type="training", topic="培训", day=on(4), cancelled=True),
            Activity(uid="x3", activity_type="group", topic="小组", day=on(4)),
        ],
        meetings=[
            Meeting(uid="g1", meeting_type="presidium", name="会", day=on(6), held=True),
            Meeting(uid="g2", meeting_type="congress", name="会", day=on(6), held=False),
        ],
        publicity=[PublicityPiece(uid="n1", title="甲", day=on(9)), PublicityPiece(uid="n2", title="乙")],
    )  # fmt: skip
    keys = (
        "oral_reports",
        "written_reports",
        "reported_rate",
        "ballots",
        "activities",
        "inspections",
        "trainings",
    )
    assert shown(facts, *keys) == ("1", "1", "50.0%", "52", "1", "1", "0")
    assert shown(facts, "presidium_meetings", "congresses", "publicity") == ("1", "0", "1")


def test_collected_and_closed_of_every_month_and_where_they_came_from() -> None:
    facts = together(answered("o1", on(2), judged="satisfied"), answered("o2", on(2)))
    cases = cases_at(facts, YEAR.end, PROFILE)
    trend = matters_by_month(YEAR, cases)
    assert [each.collected.value for each in trend[8:]] == [0, 2, 0, 0]
    assert [each.closed.value for each in trend[8:]] == [0, 0, 1, 0] and trend[10].closed.uids == ("o1",)
    assert [(each.label, each.value) for each in by_source(YEAR, cases)] == [("日常来访", 2)]


@pytest.mark.parametrize("period", [NOVEMBER, YEAR])
def test_without_any_record_every_share_is_a_dash(period: Period) -> None:
    told = figures(period, Facts(), profile=PROFILE)
    assert {figure.shown for figure in told.all if figure.unit == "%"} == {NOTHING}
    assert told.reconciliation.difference == 0
