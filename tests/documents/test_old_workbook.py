"""Workbooks of Excel 97–2003 filled in place: values arrive, and every record that is none of theirs stays."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
import xlrd
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.documents.county_tables.biff import NotBiff, Put, stream_filled
from lianxin.documents.county_tables.compound_file import CompoundFile, NotACompoundFile
from lianxin.documents.county_tables.county_cells import NotFillable
from lianxin.documents.county_tables.county_fill import cells_to_fill, filled, form_of

TABLE = (Path(__file__).parent / "county_table.xls").read_bytes()
"""A head of two rows, five townships, a row of sums; written by LibreOffice."""
SHEET = "月报汇总"
_CELLS = frozenset({0x0006, 0x0203, 0x00FD, 0x0201, 0x00BE, 0x027E, 0x00BD})
_COUNTS_PLACES = frozenset({0x0085, 0x00FC, 0x003C, 0x00FF, 0x020B, 0x00D7, 0x01C1, 0x0200})


def records(content: bytes) -> list[tuple[int, bytes]]:
    stream, at, found = CompoundFile(content).stream("Workbook"), 0, []
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        found.append((kind, stream[at + 4 : at + 4 + length]))
        at += 4 + length
    return [record for record in found if record != (0, b"")]


def told(content: bytes) -> dict[tuple[int, int], tuple[object, int]]:
    """Value and format of every cell."""
    sheet = xlrd.open_workbook(file_contents=content, formatting_info=True).sheet_by_name(SHEET)
    return {
        (row, column): (sheet.cell(row, column).value, sheet.cell_xf_index(row, column))
        for row in range(sheet.nrows)
        for column in range(sheet.row_len(row))
    }


def test_a_county_table_is_filled_and_stays_the_county_s_own() -> None:
    cells = {cell.address: cell.heading for _, cell in cells_to_fill(TABLE, ["石牌镇"])}
    assert form_of(TABLE) == ".xls" and cells["C6"] == "接待群众 接待日次数（次）"
    asked: list[bool] = []

    def rate(percent: bool) -> float:
        asked.append(percent)
        return 0.548

    values = {
        "B2": lambda _p: "石牌镇人大𠮷",
        "C6": lambda _p: 3,
        "G6": rate,
        "H6": lambda _p: "—",
        "J6": lambda _p: None,
    }
    made = filled(TABLE, {(SHEET, place): value for place, value in values.items()})
    assert made == filled(TABLE, {(SHEET, place): value for place, value in values.items()}) and asked[0]
    before, after = told(TABLE), told(made)
    changed = {place for place in after if after[place] != before.get(place)}
    assert changed == {(1, 1), (5, 2), (5, 6), (5, 7)}
    assert [after[place][0] for place in sorted(changed)] == ["石牌镇人大𠮷", 3, 0.548, "—"]
    assert all(after[place][1] == before[place][1] for place in changed if place in before)


def test_formulas_and_all_that_is_no_cell_stay_and_are_counted_anew() -> None:
    made = filled(TABLE, {(SHEET, "C6"): lambda _p: 3})
    one, other = records(TABLE), records(made)
    plain = [(kind, data) for kind, data in one if kind not in _CELLS | _COUNTS_PLACES]
    assert plain == [(kind, data) for kind, data in other if kind not in _CELLS | _COUNTS_PLACES]
    formulas = [[data for kind, data in every if kind == 0x0006] for every in (one, other)]
    assert len(formulas[0]) == 5
    for kept, new in zip(*formulas, strict=True):
        assert (new[:14], new[16:]) == (kept[:14], kept[16:]) and new[14] & 3 == 3
    first, second = CompoundFile(TABLE), CompoundFile(made)
    assert first.names() == second.names()
    for name in first.names() - {"Root Entry", "Workbook"}:
        assert first.stream(name) == second.stream(name)


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 40), st.integers(0, 12)),
        st.one_of(st.integers(-(10**9), 10**9), st.text(st.characters(exclude_categories=["Cs"], min_codepoint=32), max_size=300)),
        max_size=60,
    )
)  # fmt: skip
def test_any_values_in_any_cells(values: dict[tuple[int, int], int | str]) -> None:
    puts = {place: Put(value, 15) for place, value in values.items()}
    held = CompoundFile(TABLE)
    made = held.with_stream("Workbook", stream_filled(held.stream("Workbook"), {SHEET: puts}))
    before, after = told(TABLE), told(made)
    for place, value in values.items():
        assert after.pop(place)[0] == value
        before.pop(place, None)
    empty = {place for place in after if after[place][0] == "" and place not in before}
    assert {place: after[place] for place in after.keys() - empty} == before


@pytest.mark.parametrize("length", [600, 1_600, 4_000])
def test_a_torn_file_is_refused(length: int) -> None:
    with pytest.raises(NotFillable):
        list(cells_to_fill(TABLE[:length], []))
    with pytest.raises((NotBiff, NotACompoundFile)):
        stream_filled(CompoundFile(TABLE[:length]).stream("Workbook"), {})
