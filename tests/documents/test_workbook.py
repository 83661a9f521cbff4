"""The workbook writer: text stays text, bytes stay equal, nothing is lost to the limit of a cell."""

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lianxin.documents.word.package import FIRST_DAY, printable
from lianxin.documents.workbooks.looks import Look
from lianxin.documents.workbooks.writer import (
    CELL_LIMIT,
    CONTINUED,
    Row,
    Sheet,
    letters,
    utf16_length,
    workbook_bytes,
)
from tests.documents.reading_back import every_byte, first_sheet, opened


def made(*values: str | int | date | None) -> bytes:
    row = Row(values, (Look.TEXT,) * len(values))
    return workbook_bytes([Sheet("表", (10.0,) * len(values), [row])], title="题", author="镇人大")


@given(st.text())
@example('=HYPERLINK("http://x","y")')
@example("+1")
@example("-1")
@example("@SUM(1)")
@example("\t=1")
@example("_x0041_ _xZZZZ_")
@example("a\r\nb\x00\x0b\ud800\uffff")
@example(" 前后有空格 ")
def test_any_text_comes_back_as_text(text: str) -> None:
    packed = made(text)
    cell = first_sheet(packed)["A1"]
    assert cell.data_type != "f"
    assert (cell.value or "") == printable(text)
    assert b"<f>" not in every_byte(packed) and b"<f " not in every_byte(packed)


def test_equal_input_gives_equal_bytes_without_any_time() -> None:
    packed = made("甲", 3, date(2026, 3, 5))
    assert packed == made("甲", 3, date(2026, 3, 5))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert {member.date_time for member in archive.infolist()} == {FIRST_DAY}
        assert {member.create_system for member in archive.infolist()} == {0}
        core = archive.read("docProps/core.xml").decode()
    assert "dcterms" not in core and "镇人大" in core


@pytest.mark.parametrize("length", [CELL_LIMIT - 1, CELL_LIMIT])
def test_a_text_up_to_the_limit_stays_in_its_cell(length: int) -> None:
    packed = made("字" * length)
    assert opened(packed).sheetnames == ["表"]
    assert first_sheet(packed)["A1"].value == "字" * length


@pytest.mark.parametrize("char", ["字", "𠮷"])
def test_a_longer_text_goes_on_in_a_sheet_of_its_own(char: str) -> None:
    text = char * 100_000
    book = opened(made("短", text))
    assert book.sheetnames == ["表", CONTINUED]
    head = str(book["表"]["B1"].value)
    assert utf16_length(head) <= CELL_LIMIT and f"见“{CONTINUED}”表：表 B1" in head
    rows = list(book[CONTINUED].iter_rows(min_row=2, values_only=True))
    assert [row[:3] for row in rows] == [("表", "B1", at) for at in range(1, len(rows) + 1)]
    assert all(utf16_length(str(row[3])) <= CELL_LIMIT for row in rows)
    assert head.split("……（")[0] + "".join(str(row[3]) for row in rows) == text


def test_two_long_texts_are_kept_apart() -> None:
    first, second = "甲" * 40_000, "乙" * 40_000
    rows = list(opened(made(first, second))[CONTINUED].iter_rows(min_row=2, values_only=True))
    assert [(row[1], str(row[3])[0]) for row in rows] == [("A1", "甲"), ("B1", "乙")]


def test_words_that_look_like_escapes_are_escaped_themselves() -> None:
    # openpyxl drops every x005F_ when it reads, so this one is looked at in the file.
    assert b'<t xml:space="preserve">_x005F_x0041__x005F_x005F_</t>' in every_byte(made("_x0041__x005F_"))


def test_numbers_days_and_long_numbers() -> None:
    values = (12, 10**15, date(2026, 11, 21), date(1900, 2, 28), None)
    row = Row(values, (Look.COUNT, Look.COUNT, Look.DAY, Look.DAY, Look.TEXT))
    packed = workbook_bytes([Sheet("表", (10.0,) * 5, [row])], title="题", author="镇人大")
    read = next(first_sheet(packed).iter_rows(values_only=True))
    # Before March 1900 spreadsheets count a day that never was, so such days are text.
    assert read == (12, "1000000000000000", datetime(2026, 11, 21), "1900-02-28", None)


@given(st.integers(1, 18_278))
def test_letters_are_those_of_a_spreadsheet(column: int) -> None:
    from openpyxl.utils import get_column_letter

    assert letters(column) == get_column_letter(column)
