"""Human numbers: blocks of desks never meet, nothing is given twice, gaps stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain.numbering import (
    Number,
    NumbersUsedUp,
    blocks_of,
    code9_of,
    desk_of,
    document_number,
    next_number,
    next_serial,
    read_number,
)

CODE = "433130102"
DESKS = st.integers(1, 40)


def test_the_form_of_a_number() -> None:
    assert str(Number(CODE, 2026, "YJ", 37)) == "433130102-2026-YJ0037"
    assert str(Number(CODE, 2026, "JF", 12345)) == "433130102-2026-JF12345"
    assert document_number("龙镇人意", 2026, 37) == "龙镇人意〔2026〕37号"
    assert code9_of("433130102000") == CODE and code9_of("433130") == "433130000"


@pytest.mark.parametrize(
    "text", ["", "2026-0431", "433130102-2026-YJ37", "433130102-26-YJ0037", "县收〔2026〕3号"]
)
def test_other_numbers_are_not_ours(text: str) -> None:
    assert read_number(text) is None


@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.integers(1900, 2100), st.integers(1, 10**8))
def test_a_number_read_back_is_the_same(code: str, year: int, serial: int) -> None:
    number = Number(code, year, "YJ", serial)
    assert read_number(str(number)) == number


def test_each_class_and_year_counts_for_itself() -> None:
    known = [f"{CODE}-2026-YJ0037", f"{CODE}-2025-YJ0900", f"{CODE}-2026-JB0002", "手写3号"]
    assert str(next_number(known, CODE, 2026, "YJ")) == f"{CODE}-2026-YJ0038"
    assert str(next_number(known, CODE, 2026, "HY")) == f"{CODE}-2026-HY0001"
    assert str(next_number(known, CODE, 2026, "YJ", desk=2)) == f"{CODE}-2026-YJ5001"
    assert str(next_number(known, CODE, 2026, "YJ", desk=3)) == f"{CODE}-2026-YJ6001"


def test_after_a_restored_copy_a_hundred_are_left_out() -> None:
    assert next_serial([37], jumped=True) == 138
    assert next_serial([], 2, jumped=True) == 5101
    assert next_serial([138]) == 139


def test_voided_and_missing_serials_are_not_given_again() -> None:
    assert next_serial([1, 2, 9]) == 10


def test_a_full_block_goes_on_in_the_reserve_and_then_says_so() -> None:
    assert next_serial([5000]) == 1_000_001
    assert next_serial([5000, 1_000_001]) == 1_000_002
    assert next_serial([5000], jumped=True) == 1_000_101
    with pytest.raises(NumbersUsedUp, match="编号用完"):
        next_serial([1_999_999])


@given(DESKS, DESKS)
def test_blocks_of_two_desks_never_meet(one: int, two: int) -> None:
    if one != two:
        for mine in blocks_of(one):
            for theirs in blocks_of(two):
                assert mine.stop <= theirs.start or theirs.stop <= mine.start


@given(st.lists(st.tuples(DESKS, st.booleans()), max_size=60))
def test_no_serial_is_ever_given_twice(giving: list[tuple[int, bool]]) -> None:
    used: list[int] = []
    for desk, jumped in giving:
        serial = next_serial(used, desk, jumped=jumped)
        assert serial not in used and any(serial in block for block in blocks_of(desk))
        used.append(serial)


def test_there_is_no_desk_nought() -> None:
    with pytest.raises(ValueError):
        blocks_of(0)


def test_a_desk_is_known_by_where_its_block_begins() -> None:
    for desk in (1, 2, 3, 17, 900):
        assert desk_of(blocks_of(desk)[0].start) == desk
