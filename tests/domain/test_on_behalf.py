"""Which rows read on behalf of a township count: whatever came first, no day counts twice and none is lost unseen."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain.on_behalf import Row, Table, counted, covers, own_day, rows_read, rows_told
from lianxin.domain.periods import Period
from lianxin.domain.records import Contact, Person

PERIODS = [
    Period.parse(code) for code in ("2026", "2026-H2", "2026-Q3", "2026-Q4", "2026-09", "2026-10", "2026-11")
]
LEDGERS = ("contact", "opinion")
DAYS = st.one_of(st.none(), st.integers(0, 364).map(lambda n: date(2026, 1, 1) + timedelta(days=n)))
ROWS = st.lists(
    st.builds(Row, st.tuples(st.sampled_from(("contact", "station")), st.sampled_from("abcdef")), DAYS),
    max_size=4,
    unique_by=lambda row: row.key,
)


@st.composite
def tables(draw: st.DrawFn) -> list[Table]:
    count = draw(st.integers(0, 5))
    return [
        Table(
            f"t{order}",
            draw(st.sampled_from(LEDGERS)),
            draw(st.sampled_from(PERIODS)),
            order,
            tuple(draw(ROWS)),
            beside=draw(st.booleans()),
            withdrawn=draw(st.booleans()),
        )
        for order in range(count)
    ]


SIGNED = st.lists(st.sampled_from(PERIODS), max_size=3)


@given(tables(), SIGNED)
def test_neither_the_order_nor_repeating_of_files_matters(told: list[Table], signed: list[Period]) -> None:
    wanted = counted(told, signed)
    for order in list(permutations(told))[:6]:
        assert counted(order, [*reversed(signed), *signed]) == wanted


@given(tables(), SIGNED, st.sampled_from(PERIODS))
def test_a_signed_file_takes_out_its_days_and_taking_it_back_brings_them_back(
    told: list[Table], signed: list[Period], coming: Period
) -> None:
    before, after = counted(told, signed), counted(told, [*signed, coming])
    assert after <= before
    for table in told:
        for row in table.rows:
            named_elsewhere = any(
                row.key in {r.key for r in other.rows} for other in told if other is not table
            )
            if row.key in after and not named_elsewhere:
                assert row.day not in coming and not covers(coming, table.period)
            if row.key in before - after and row.day is not None and not named_elsewhere:
                assert row.day in coming or covers(coming, table.period)
    assert counted(told, signed) == before


@given(tables(), SIGNED)
def test_what_was_withdrawn_is_as_if_it_had_never_come(told: list[Table], signed: list[Period]) -> None:
    assert counted(told, signed) == counted([each for each in told if not each.withdrawn], signed)


@given(tables())
def test_of_equal_tables_of_a_period_the_last_one_counts_unless_it_stands_beside(told: list[Table]) -> None:
    for table in told:
        later = [
            each
            for each in told
            if each.order > table.order and each.ledger == table.ledger and each.period == table.period
        ]
        replaced = any(not each.beside and not each.withdrawn for each in later)
        alone = counted([table, *later], [])
        own = {row.key for row in table.rows} - {row.key for each in later for row in each.rows}
        assert not (replaced and own & alone)


def test_a_year_gives_way_for_the_month_that_was_signed_only() -> None:
    rows = (
        Row(("contact", "a"), date(2026, 9, 3)),
        Row(("contact", "b"), date(2026, 10, 3)),
        Row(("region", "v")),
    )
    year = Table("t", "contact", Period.parse("2026"), 0, rows)
    assert counted([year], [Period.parse("2026-10")]) == {("contact", "a"), ("region", "v")}
    assert counted([year], [Period.parse("2026")]) == frozenset()


def test_the_latest_roster_holds_and_a_township_that_signs_has_its_own() -> None:
    first = Table("a", "deputies", Period.parse("2026-01"), 0, (Row(("mandate", "x")), Row(("mandate", "y"))))
    later = Table("b", "deputies", Period.parse("2026-06"), 1, (Row(("mandate", "y")),))
    assert counted([first, later], []) == {("mandate", "y")}
    assert counted([first, later], [Period.parse("2026-02")]) == frozenset()


@given(st.lists(st.builds(Row, st.tuples(st.sampled_from(LEDGERS), st.uuids().map(str)), DAYS)))
def test_rows_are_read_as_they_were_told(rows: list[Row]) -> None:
    assert rows_read(rows_told(rows)) == tuple(rows)


def test_a_visit_has_its_day_and_a_person_none() -> None:
    visit = Contact(uid="u", channel="visit", day=date(2026, 11, 3), words="水管破损", persons=1)
    assert own_day(visit) == date(2026, 11, 3)
    assert own_day(Person(uid="p", name="单志明", born="1970-01")) is None
