"""Figures of many townships as one: whatever belongs to whom, the parts are the whole."""

from __future__ import annotations

import dataclasses as dc
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.domain.counts import Facts, Figure
from lianxin.domain.figures.of_period import figures
from lianxin.domain.figures.summed import (
    NOT_TOLD,
    is_count,
    places_of,
    rate_of,
    summed,
    summed_figures,
    told_figures,
    with_told,
)
from lianxin.domain.parted_facts import ROOTS, parted_facts
from lianxin.domain.periods import Period
from lianxin.domain.records import Assignment, Contact, Opinion, Routing
from lianxin.domain.rules import load_profile
from lianxin.installed import resource_dir
from tests.domain.any_facts import any_facts

PROFILE = load_profile((resource_dir() / "profiles" / "national.json").read_text("utf-8"))
PERIOD = Period.parse("2026-Q4")
TOWNS = ("甲", "乙", "丙")
BESIDE_OTHERS = {"participation_rate", "receptions_each"}
"""These look at who stood on the rota of a day; in these facts people of one township stand on days of another."""


def _parity(uid: str) -> int:
    """Stations, their checks, people, their report-backs and the sessions of these hang together by number."""
    return int("".join(filter(str.isdigit, uid)) or 0)


@st.composite
def parted_anyhow(draw: st.DrawFn) -> tuple[Facts, dict[str, dict[str, str]]]:
    """Facts of a county, and a township for every root; what hangs together stays together."""
    facts = dc.replace(draw(any_facts()), terms=())
    towns = st.sampled_from(TOWNS)
    of_people, of_stations = draw(st.tuples(towns, towns)), draw(st.tuples(towns, towns, towns))
    owners: dict[str, dict[str, str]] = {cls.KIND: {} for cls in ROOTS}
    for field in dc.fields(Facts):
        for record in getattr(facts, field.name) or ():
            if record.KIND in ("mandate", "year-report"):
                owners[record.KIND][record.uid] = of_people[_parity(record.person) % 2]
            elif record.KIND == "report-session":
                owners[record.KIND][record.uid] = of_people[_parity(record.uid) % 2]
            elif record.KIND in ("station", "station-check"):
                owners[record.KIND][record.uid] = of_stations[_parity(record.uid) % 3]
            elif record.KIND in owners:
                owners[record.KIND][record.uid] = draw(towns)
    return facts, owners


@settings(max_examples=15, deadline=None)
@given(parted_anyhow())
def test_the_parts_are_the_whole_whatever_belongs_to_whom(
    told: tuple[Facts, dict[str, dict[str, str]]],
) -> None:
    facts, owners = told
    whole = figures(PERIOD, facts, profile=PROFILE)
    parts = [figures(PERIOD, each, profile=PROFILE) for each in parted_facts(facts, owners).values()]
    if not parts:
        return
    together = summed_figures(PERIOD, parts, whole)
    for figure in whole.all:
        if figure.key in BESIDE_OTHERS:
            continue
        found = together[figure.key]
        assert (found.value, found.shown, sorted(found.uids)) == (
            figure.value, figure.shown, sorted(dict.fromkeys(figure.uids))
        ), figure.key  # fmt: skip
    assert dict(together.reconciliation.parts) == dict(whole.reconciliation.parts)
    assert together.reconciliation.difference == 0


def test_every_fact_is_parted() -> None:
    """A list that is added to the facts has to be parted too, or the county would count nothing of it.

    What is no list of its own is the share of each township; and a county reads every matter whole, none as past.
    """
    full = Facts(
        **{field.name: (field.name,) for field in dc.fields(Facts) if field.name != "township_shares"}
    )  # type: ignore[arg-type]
    from lianxin.domain import parted_facts as module

    class Everything(module._Towns):
        def children(self, records, told_of):  # type: ignore[no-untyped-def]
            return module.defaultdict(list, {"甲": list(records)})

    told = module._Split(full, Everything({})).of("甲")
    apart = [field.name for field in dc.fields(Facts) if not getattr(told, field.name)]
    assert sorted(apart) == ["past", "township_shares"]


def test_what_a_step_tells_of_decides_where_it_counts() -> None:
    """A step the county wrote on a township's matter is counted with the matter; a stranger's matter nowhere."""
    facts = Facts(
        opinions=[Opinion(uid=uid, title=uid, words=uid, registered=PERIOD.start) for uid in ("一", "二")],
        routings=[Routing(uid="步", opinion="一", day=PERIOD.start, route="guided")],
        contacts=[Contact(uid="访", channel="visit", day=PERIOD.start, words="问", persons=3)],
    )
    parts = parted_facts(facts, {"opinion": {"一": "甲"}, "contact": {}})
    told = figures(PERIOD, parts["甲"], profile=PROFILE)
    assert (told["opinions"].value, told["guided"].value, told["contact_persons"].value) == (1, 1, 0)


def rate(part: int, whole: int) -> Figure:
    value = Fraction(part, whole) if whole else None
    return Figure("due_closed_rate", "办结率", "%", value, "", "定义。", "opinion", (), part, whole)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=20))
def test_rates_are_counted_again_from_sums(pairs: list[tuple[int, int]]) -> None:
    shares = [rate(min(pair), max(pair)) for pair in pairs]
    found = summed(rate(0, 0), shares)
    of = sum(max(pair) for pair in pairs)
    assert found.value == (Fraction(sum(min(pair) for pair in pairs), of) if of else None)
    assert of or found.shown == "—"
    assert "不是各乡镇比率的平均数" in found.definition


def test_totals_without_records_count_and_say_so() -> None:
    empty = figures(PERIOD, Facts(), profile=PROFILE)
    told = told_figures(
        empty, {"opinions": 6, "assigned": 6, "due_closed_rate": "84.6%"}, source="代录的汇总数"
    )
    assert (told["opinions"].value, told["opinions"].uids) == (6, ())
    assert (told["due_closed_rate"].value, told["due_closed_rate"].shown) == (Fraction(846, 1000), "84.6%")
    assert (told["symposiums"].value, told["symposiums"].shown) == (None, NOT_TOLD)
    assert told.reconciliation.collected == 6 and told.reconciliation.difference == 0
    together = summed_figures(PERIOD, [told, empty], empty)
    assert together["opinions"].value == 6 and is_count(together["opinions"])
    assert "有1个乡镇没有报" in together["due_closed_rate"].definition


def test_the_parts_of_one_return_come_from_one_source() -> None:
    """Ledgers of 普通报送 count; its return tells a 撤回 more and a share of nothing done without its counts."""
    day = PERIOD.start
    facts = Facts(
        opinions=[Opinion(uid=uid, title=uid, words=uid, registered=day) for uid in ("一", "二")],
        routings=[Routing(uid="步", opinion="一", day=day, route="assigned")],
        assignments=[Assignment(uid="交", opinion="一", day=day, unit="所", due=day)],
    )
    counted, empty = figures(PERIOD, facts, profile=PROFILE), figures(PERIOD, Facts(), profile=PROFILE)
    totals = {"opinions": 3, "withdrawn": 1, "due_closed_rate": "0.0%", "symposiums": 4}
    found = with_told(counted, told_figures(empty, totals, source="代录的汇总数"))
    parts = sum(count for _, count in found.reconciliation.parts)
    assert found["opinions"].value == parts == 2 and found["withdrawn"].value == 0
    assert found["symposiums"].value == 4
    assert (found["due_closed_rate"].part, found["due_closed_rate"].whole) == (0, 1)


@given(st.lists(st.none() | st.fractions(0, 1), max_size=12))
def test_ties_share_a_place_and_nothing_has_none(values: list[Fraction | None]) -> None:
    places = places_of(values)
    for value, place in zip(values, places, strict=True):
        if value is None:
            assert place is None
        else:
            assert place == 1 + sum(other > value for other in values if other is not None)


def test_rates_are_read_as_people_write_them() -> None:
    assert [rate_of(text) for text in ("84.6%", "100％", "12.5", "—", "")] == [
        Fraction(846, 1000), Fraction(1), Fraction(25, 2), None, None
    ]  # fmt: skip
