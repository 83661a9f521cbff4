"""Figures: periods to the cut-off day, exact shares, the reconciliation line over any records."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.domain.figures.distributions import by_category, by_channel, by_month, by_village
from lianxin.domain.figures.of_period import (
    MONTH_COLUMNS,
    NOTHING,
    BadPeriod,
    Facts,
    Figures,
    Period,
    cases_at,
    decimal,
    figures,
    paragraph,
    percent,
)
from lianxin.domain.records import (
    Assignment,
    Contact,
    Mandate,
    Opinion,
    ReceptionDay,
    Region,
    Reply,
    Rota,
    Routing,
    Satisfaction,
    Station,
)
from lianxin.domain.rules import load_profile
from tests.domain.any_facts import any_facts

PROFILE = load_profile(
    (Path(__file__).parents[2] / "resources" / "profiles" / "national.json").read_text(encoding="utf-8")
)
NOVEMBER = Period.parse("2026-11")
DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))
CUTOFFS = st.integers(1, 31)


# ---- periods -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cutoff", "start", "end", "label"),
    [
        ("2026-11", 31, date(2026, 11, 1), date(2026, 11, 30), "2026年11月"),
        ("2026-11", 25, date(2026, 10, 26), date(2026, 11, 25), "2026年11月"),
        ("2026-1", 25, date(2025, 12, 26), date(2026, 1, 25), "2026年1月"),
        ("2026-Q4", 25, date(2026, 9, 26), date(2026, 12, 25), "2026年第四季度"),
        ("2026-h2", 31, date(2026, 7, 1), date(2026, 12, 31), "2026年下半年"),
        ("2026", 25, date(2025, 12, 26), date(2026, 12, 25), "2026年"),
        ("2026-03", 30, date(2026, 3, 1), date(2026, 3, 30), "2026年3月"),
        ("2026-01..2026-11", 25, date(2025, 12, 26), date(2026, 11, 25), "2026年1—11月"),
        ("2025-11..2026-2", 31, date(2025, 11, 1), date(2026, 2, 28), "2025年11月—2026年2月"),
        ("2026-04..2026-06", 31, date(2026, 4, 1), date(2026, 6, 30), "2026年第二季度"),
    ],
)
def test_periods_as_typed(text: str, cutoff: int, start: date, end: date, label: str) -> None:
    period = Period.parse(text, cutoff=cutoff)
    assert (period.start, period.end, period.label) == (start, end, label)
    assert Period.parse(period.code, cutoff=cutoff) == period


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-13",
        "2026-Q5",
        "2026年11月",
        "1812",
        "2026-00",
        "26-11",
        "2026-11..2026-01",
        "2001-01..2026-01",
    ],
)
def test_text_that_is_no_period_is_refused_in_chinese(text: str) -> None:
    with pytest.raises(BadPeriod, match="时段"):
        Period.parse(text)


@given(DAYS, CUTOFFS)
def test_every_day_is_counted_in_exactly_one_month(day: date, cutoff: int) -> None:
    month = Period.containing(day, cutoff=cutoff)
    assert day in month and day not in month.before
    following = Period(month.first_month + 1, 1, cutoff)
    assert day not in following and following.start == month.end + timedelta(days=1)


@given(st.integers(2001, 2090), CUTOFFS, st.sampled_from(["{}", "{}-H1", "{}-Q3", "{}-07", "{}-02..{}-11"]))
def test_the_months_of_a_period_tile_it(year: int, cutoff: int, shape: str) -> None:
    period = Period.parse(shape.format(year, year), cutoff=cutoff)
    assert period.parts[0].start == period.start and period.parts[-1].end == period.end
    for one, two in zip(period.parts, period.parts[1:], strict=False):
        assert two.start == one.end + timedelta(days=1)
    assert period.before.end + timedelta(days=1) == period.start
    assert period.year_before.label[4:] == period.label[4:]


# ---- showing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(323, 404), "80.0%"),
        (Fraction(46, 52), "88.5%"),
        (Fraction(46, 54), "85.2%"),
        (Fraction(1, 16), "6.3%"),
        (Fraction(0), "0.0%"),
        (Fraction(1), "100.0%"),
        (None, NOTHING),
    ],
)
def test_shares_are_exact_and_shown_with_one_decimal(value: Fraction | None, shown: str) -> None:
    assert percent(value) == shown


@given(st.fractions(min_value=-50, max_value=500))
def test_a_shown_decimal_is_never_off_by_more_than_half_a_tenth(value: Fraction) -> None:
    assert abs(Fraction(decimal(value)) - value) <= Fraction(1, 20)


# ---- a month by hand ---------------------------------------------------------------------------


def on(number: int, month: int = 11) -> date:
    return date(2026, month, number)


def matter(uid: str, registered: date = date(2026, 11, 2), **more: str) -> Opinion:
    told = {"title": uid, "words": uid, "registered": registered.isoformat(), "category": "02", **more}
    return Opinion.unpacked({"uid": uid, **told})


def month_by_hand() -> Facts:
    return Facts(
        days=[
            ReceptionDay(uid="d1", day=on(5), state="held"),
            ReceptionDay(uid="d2", day=on(15), state="cancelled"),
            ReceptionDay(uid="d3", day=on(19), state="postponed"),
            ReceptionDay(uid="d4", day=on(20), state="held"),
            ReceptionDay(uid="d5", day=on(5, 12), state="planned"),
        ],
        rota=[
            Rota(uid="t1", reception_day="d1", person="p1", attendance="present"),
            Rota(uid="t2", reception_day="d1", person="p2", attendance="substituted", substitute="p3"),
            Rota(uid="t3", reception_day="d4", person="p2", attendance="leave"),
            Rota(uid="t4", reception_day="d4", person="p1", attendance="present"),
            Rota(uid="t5", reception_day="d5", person="p1", attendance="present"),
        ],
        contacts=[
            Contact(uid="c1", channel="reception_day", day=on(5), words="a", persons=3),
            Contact(uid="c2", channel="visit", day=on(6), words="b", persons=1),
            Contact(uid="c3", channel="home_visit", day=on(7), words="c", persons=7, households=3),
            Contact(uid="c4", channel="symposium", day=on(8), words="d", persons=12),
            Contact(uid="c6", channel="symposium", day=on(8), words="f", persons=0),
            Contact(uid="c5", channel="visit", day=on(31, 10), words="e", persons=9),
        ],
        opinions=[
            matter("o1", village="v1"),
            matter("o2", village="v1"),
            matter("o3", category="12"),
            matter("o4"),
            matter("o5", merged_into="o1"),
            matter("o6", on(2, 9)),
            matter("o7", track="suggestion"),
        ],
        routings=[
            Routing(uid="r1", opinion="o1", day=on(3), route="assigned"),
            Routing(uid="r2", opinion="o2", day=on(2), route="answered_on_spot"),
            Routing(uid="r3", opinion="o3", day=on(3), route="to_petition"),
            Routing(uid="r6", opinion="o6", day=on(2, 9), route="assigned"),
        ],
        assignments=[
            Assignment(uid="a1", opinion="o1", day=on(3), unit="u1", due=on(20)),
            Assignment(uid="a6", opinion="o6", day=on(3, 9), unit="u1", due=on(3, 10)),
        ],
        replies=[Reply(uid="p1", opinion="o1", day=on(13), result="A")],
        satisfactions=[Satisfaction(uid="s1", opinion="o1", day=on(14), overall="satisfied")],
        stations=[Station(uid="st1", name="联络站"), Station(uid="st2", name="旧站", state="closed")],
        mandates=[
            Mandate(uid="m1", person="p1", level="township", station="st1"),
            Mandate(uid="m2", person="p1", level="county", station="st1"),
            Mandate(uid="m3", person="p2", level="township"),
            Mandate(uid="m4", person="p3", level="township", state="resigned", state_day=on(1, 12)),
            Mandate(uid="m5", person="p4", level="township", state="died", state_day=on(1, 6)),
        ],
        regions=[Region(uid="v1", name="长坪村")],
    )


HAND_COUNT = {
    "stations": "1",
    "deputies": "3",
    "stationed": "1",
    "stationed_county": "1",
    "stationed_township": "1",
    "stationed_rate": "33.3%",
    "reception_days": "2",
    "reception_days_rate": "66.7%",
    "reception_deputies": "3",
    "rota_rate": "75.0%",
    "participation_rate": "66.7%",
    "contact_persons": "23",
    "received_persons": "4",
    "home_visit_households": "3",
    "home_visit_persons": "7",
    "symposiums": "1",
    "opinions": "4",
    "assigned": "1",
    "answered_on_spot": "1",
    "guided": "1",
    "unrouted": "1",
    "merged": "1",
    "closed": "1",
    "due": "2",
    "due_closed_rate": "50.0%",
    "closed_rate": "50.0%",
    "on_time_rate": "50.0%",
    "reply_rate": "50.0%",
    "average_days": "10.0",
    "overdue": "1",
    "satisfied": "1",
    "satisfaction_rate": "100.0%",
    "asked_rate": "50.0%",
    "result_a": "1",
    "solved_rate": "100.0%",
    "suggestions": "1",
    "suggestions_closed": "0",
}


@pytest.mark.parametrize(("key", "shown"), HAND_COUNT.items())
def test_a_month_counted_by_hand(key: str, shown: str) -> None:
    assert figures(NOVEMBER, month_by_hand(), profile=PROFILE)[key].shown == shown


def test_the_reconciliation_line_is_printed() -> None:
    told = figures(NOVEMBER, month_by_hand(), profile=PROFILE)
    assert told.reconciliation.difference == 0
    assert told.reconciliation.text == (
        "收集4 = 当场答复1 + 转交办理1 + 转报县人大0 + 告知引导1 + 转为代表建议0 + 代表协调解决0"
        " + 撤回0 + 待分流1；另有合并件1"
    )


def test_a_figure_leads_to_the_records_it_counts() -> None:
    told = figures(NOVEMBER, month_by_hand(), profile=PROFILE)
    assert told["overdue"].uids == ("o6",) and told["overdue"].kind == "opinion"
    assert told["contact_persons"].uids == ("c1", "c2", "c3", "c4", "c6")
    assert (told["due_closed_rate"].part, told["due_closed_rate"].whole) == (1, 2)


def test_how_things_stood_at_the_end_of_an_earlier_month() -> None:
    september = figures(Period.parse("2026-09"), month_by_hand(), profile=PROFILE)
    assert (september["opinions"].value, september["overdue"].value) == (1, 0)
    assert september["due_closed_rate"].shown == NOTHING


def test_charts_of_the_month_and_year() -> None:
    facts, year = month_by_hand(), Period.parse("2026")
    months = by_month(year, facts)
    assert [point.value for point in months[8:]] == [0, 9, 23, 0] and months[10].label == "11月"
    shifted = by_month(Period.parse("2026", cutoff=25), facts)
    assert [point.value for point in shifted[8:]] == [0, 0, 32, 0]
    assert [
        (p.label, p.value)
        for p in by_village(NOVEMBER, cases_at(facts, NOVEMBER.end, PROFILE), facts.regions)
    ] == [
        ("未填写", 2),
        ("长坪村", 2),
    ]
    assert [(p.label, p.value) for p in by_category(NOVEMBER, cases_at(facts, NOVEMBER.end, PROFILE))] == [
        ("饮水水利", 3),
        ("社会治安与安全", 1),
    ]
    assert by_channel(NOVEMBER, facts)[0].label == "座谈会"


def test_a_paragraph_to_paste() -> None:
    said = paragraph(figures(NOVEMBER, month_by_hand(), profile=PROFILE), "石牌镇人大")
    assert said.startswith("2026年11月，石牌镇人大开展代表接待日2次，代表参加3人次，联系群众23人次")
    assert "收集意见建议4条：当场答复1条、转交办理1条、告知引导1条、待分流1条" in said
    assert "应办件办结率50.0%" in said


def test_the_empty_office_shows_dashes_not_hundreds() -> None:
    told = figures(NOVEMBER, Facts(), profile=PROFILE)
    assert {figure.shown for figure in told.all} == {"0", NOTHING}
    assert paragraph(told, "石牌镇人大").count(NOTHING) == 2
    assert [figure.key for figure in told.columns()] == list(MONTH_COLUMNS)
    with pytest.raises(KeyError):
        told["没有"]


# ---- any records -------------------------------------------------------------------------------

PERIODS = st.builds(
    Period.parse, st.sampled_from(["2026-09", "2026-11", "2026-Q4", "2026-H2", "2026"]), cutoff=CUTOFFS
)


@settings(max_examples=50)
@given(any_facts(), PERIODS)
def test_collected_is_always_the_sum_of_where_it_went(facts: Facts, period: Period) -> None:
    told = figures(period, facts, profile=PROFILE)
    assert told.reconciliation.difference == 0, told.reconciliation.text
    parts = ("answered_on_spot", "assigned", "to_county", "guided", "to_suggestion", "deputy_solved")
    values = [told[key].value for key in (*parts, "withdrawn", "unrouted")]
    assert sum(value for value in values if isinstance(value, int)) == told["opinions"].value
    assert sum(count for _, count in told.reconciliation.parts) == told.reconciliation.collected


@settings(max_examples=50)
@given(any_facts(), PERIODS)
def test_no_share_passes_a_hundred_and_counts_name_their_records(facts: Facts, period: Period) -> None:
    told = figures(period, facts, profile=PROFILE)
    assert len({figure.key for figure in told.all}) == len(told.all)
    for figure in told.all:
        assert figure.definition.endswith("。") and figure.label
        assert len(set(figure.uids)) == len(figure.uids)
        if figure.unit == "%":
            assert figure.part is not None and figure.whole is not None
            assert 0 <= figure.part <= figure.whole or figure.part == 0
            assert (figure.shown == NOTHING) == (figure.whole == 0)
            assert figure.value is None or 0 <= figure.value <= 1
        elif figure.whole is None and figure.unit in ("件", "条", "个", "名", "次", "项"):
            assert figure.value == len(figure.uids)


@settings(max_examples=50)
@given(any_facts(), CUTOFFS)
def test_what_months_count_adds_up_to_the_year(facts: Facts, cutoff: int) -> None:
    year = Period.parse("2026", cutoff=cutoff)
    whole = figures(year, facts, profile=PROFILE)
    months: list[Figures] = [figures(month, facts, profile=PROFILE) for month in year.parts]
    for key in ("contact_persons", "received_persons", "reception_days", "reception_deputies"):
        values = [month[key].value for month in months]
        assert sum(value for value in values if isinstance(value, int)) == whole[key].value
    assert sum(point.value for point in by_month(year, facts)) == whole["contact_persons"].value
