"""《人大代表述职报告表》: two pages when blank, room to sign, and no word of a long report is lost."""

from __future__ import annotations

import io

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table, _Row
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.documents.forms.report_form import ReportSheet, report_form_docx
from lianxin.domain.report_aspects import NINE

OFFICE = "清江县石牌镇人民代表大会主席团"
TWIPS_A_MM = 1440 / 25.4
PAGE, HEADING = 259.0, 50 * 25.4 / 72


def tables(*sheets: ReportSheet) -> list[Table]:
    return list(Document(io.BytesIO(report_form_docx(sheets, office_name=OFFICE))).tables)


def height(row: _Row) -> float:
    """Millimetres; every row of a form has its height fixed."""
    told = row._tr.find(qn("w:trPr")).find(qn("w:trHeight"))
    assert told.get(qn("w:hRule")) == "exact"
    return int(told.get(qn("w:val"))) / TWIPS_A_MM


def words(row: _Row, at: int = -1) -> str:
    return row.cells[at].text.replace("\n", "")


def sheet(text: str = "", shortcomings: str = "") -> ReportSheet:
    return ReportSheet(tuple((each.name, text) for each in NINE), shortcomings=shortcomings)


def pages(table: Table) -> int:
    """How many pages the rows take; a row is never parted."""
    count, left = 1, PAGE - HEADING
    for row in table.rows:
        if height(row) > left:
            count, left = count + 1, PAGE
        left -= height(row)
    return count


def test_the_blank_form_is_a_sheet_of_two_pages_with_room_to_sign() -> None:
    (table,) = tables(sheet())
    assert pages(table) == 2
    signing = [row for row in table.rows if words(row).endswith("年　　月　　日")]
    assert len(signing) == 3 and all(height(row) >= 12 for row in signing)
    headings = [words(row, 0) for row in table.rows]
    assert headings[3] == "一、出席会议" and "九、年初履职承诺完成情况" in headings


def test_many_forms_are_in_one_file() -> None:
    assert len(tables(sheet("走访"), sheet(), sheet())) == 3


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="述职评议代表，。\n1a", min_size=0, max_size=2000).map(str.strip))
def test_no_word_is_lost_and_no_row_is_higher_than_a_page(text: str) -> None:
    (table,) = tables(sheet("", text))
    own = [row for row in table.rows if words(row, 0).startswith("存在不足及改进措施")]
    assert "".join(words(row) for row in own) == text.replace("\n", "")
    assert all(height(row) <= PAGE for row in table.rows)
