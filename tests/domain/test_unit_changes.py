"""Whatever changes units go through: every code stands under one unit, and periods that ended stay as they were."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.domain.records import CodeChange
from lianxin.domain.unit_changes import UnitChanges, change_problem

CODES = [f"4399011{place:02d}" for place in range(8)]
START = date(2026, 1, 1)
days = st.integers(0, 300).map(lambda day: START + timedelta(days=day))


def change(
    number: int, former: str, code: str, day: date, kind: str = "renamed", until: date | None = None
) -> CodeChange:
    return CodeChange(uid=f"{number:04d}", former=former, code=code, day=day, change=kind, until=until)


@st.composite
def noted(draw: st.DrawFn) -> list[CodeChange]:
    """Any sequence of acts of the clerk; what the rules refuse is not noted."""
    found: list[CodeChange] = []
    for number in range(draw(st.integers(0, 10))):
        made = change(
            number, draw(st.sampled_from(CODES)), draw(st.sampled_from(CODES)), draw(days),
            draw(st.sampled_from(["renamed", "merged", "split"])),
        )  # fmt: skip
        if not change_problem(found, made):
            found.append(made)
    return found


@settings(max_examples=60)
@given(noted(), days, st.lists(st.integers(0, 9), min_size=len(CODES), max_size=len(CODES)))
def test_the_sum_over_units_is_the_sum_of_all(found: list[CodeChange], day: date, counts: list[int]) -> None:
    units = UnitChanges.of(found)
    by_unit: dict[str, int] = {}
    for code, count in zip(CODES, counts, strict=True):
        unit = units.unit_on(code, day)
        by_unit[unit] = by_unit.get(unit, 0) + count
    assert sum(by_unit.values()) == sum(counts)
    assert all(units.unit_on(unit, day) == unit for unit in by_unit), "a unit that stands is nobody else's"


@settings(max_examples=60)
@given(noted(), days)
def test_a_period_that_ended_stays_whatever_is_noted_later(found: list[CodeChange], end: date) -> None:
    then = UnitChanges.of(each for each in found if each.day <= end)
    now = UnitChanges.of(found)
    assert [then.unit_on(code, end) for code in CODES] == [now.unit_on(code, end) for code in CODES]
    assert then.goes_on(end) == now.goes_on(end)


def test_renamed_merged_and_split() -> None:
    day = date(2026, 7, 1)
    units = UnitChanges.of(
        [
            change(1, CODES[0], CODES[4], day),
            change(2, CODES[1], CODES[5], day, "merged"),
            change(3, CODES[2], CODES[5], day, "merged"),
            change(4, CODES[3], CODES[7], day, "split", date(2026, 9, 30)),
            change(5, CODES[3], CODES[6], day, "split", date(2026, 9, 30)),
        ]
    )
    assert [units.unit_on(code, date(2026, 6, 30)) for code in CODES[:4]] == CODES[:4]
    assert [units.unit_on(code, day) for code in CODES[:4]] == [CODES[4], CODES[5], CODES[5], CODES[7]]
    assert units.begins(CODES[5]) == day and units.begins(CODES[0]) is None
    assert units.closed_to_files(CODES[3], date(2026, 9, 30)) is None
    assert units.closed_to_files(CODES[3], date(2026, 10, 1)) is not None
    assert units.closed_to_files(CODES[0], date(2030, 1, 1)) is None


def test_what_cannot_be_noted_is_told() -> None:
    day = date(2026, 7, 1)
    known = [change(1, CODES[0], CODES[1], day), change(2, CODES[2], CODES[3], day, "split")]
    assert "同一个" in change_problem(known, change(3, CODES[5], CODES[5], day))
    assert "已经登记过" in change_problem(known, change(3, CODES[0], CODES[1], day))
    assert "拆分" in change_problem(known, change(3, CODES[0], CODES[4], day))
    assert "生效日期" in change_problem(known, change(3, CODES[2], CODES[4], date(2026, 8, 1), "split"))
    assert "互相指向" in change_problem(known, change(3, CODES[1], CODES[0], day))
    assert "早于" in change_problem(known, change(3, CODES[4], CODES[5], day, until=date(2026, 6, 1)))
    assert change_problem(known, change(3, CODES[2], CODES[4], day, "split")) == ""
