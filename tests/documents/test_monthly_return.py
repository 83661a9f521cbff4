"""The monthly return: named cells that the manifest can be compared with, the line that adds up, and the foot."""

import io
import re
import zipfile
from itertools import pairwise

import pytest

from lianxin.bundle.filetypes import Content
from lianxin.bundle.limits import Limits
from lianxin.bundle.officefiles import check_office_file
from lianxin.documents.workbooks.monthly_return import (
    BadFigureKey,
    ReturnChart,
    ReturnColumn,
    SignatureLine,
    monthly_return_xlsx,
)
from tests.documents.reading_back import every_byte, first_sheet, opened

COLUMNS = (
    ReturnColumn("received", "接待群众人次", 703, "各渠道人次之和", "人次"),
    ReturnColumn("close_rate", "应办件办结率", "84.6%", "应办结件中已办结的"),
    ReturnColumn("satisfaction", "满意率", None, "没有评价的不算"),
)


def made(columns: tuple[ReturnColumn, ...] = COLUMNS) -> bytes:
    return monthly_return_xlsx(
        columns,
        title="石牌镇人大工作月报表",
        office_name="石牌镇人大",
        period_words="2026年11月",
        reconciliation="收集 3 = 当场答复 1 + 转交 2",
        notes=("统计截止日为每月25日。",),
        signature=SignatureLine("石牌镇人大", filled_by="向光明", phone="0743-6721234"),
    )


def test_every_figure_has_a_named_cell_with_its_value() -> None:
    book = opened(made())
    found = {}
    for name, defined in book.defined_names.items():
        (sheet, cell), *others = defined.destinations
        assert not others
        found[name] = book[sheet][cell].value
    assert found == {"figure_received": 703, "figure_close_rate": "84.6%", "figure_satisfaction": "—"}


def test_labels_definitions_and_the_reconciling_line_are_printed() -> None:
    sheet = first_sheet(made())
    rows = [tuple(row) for row in sheet.iter_rows(min_row=4, max_row=6, values_only=True)]
    assert rows[0] == (1, "接待群众人次", "人次", 703, "各渠道人次之和")
    assert rows[2] == (3, "满意率", None, "—", "没有评价的不算")
    assert sheet["A7"].value == "勾稽关系：收集 3 = 当场答复 1 + 转交 2"
    assert sheet["A8"].value == "统计截止日为每月25日。"


def test_the_foot_has_seal_signature_and_who_filled_it_in_and_room_for_them() -> None:
    sheet = first_sheet(made())
    cells = {str(cell.value): cell for row in sheet.iter_rows(min_row=9) for cell in row if cell.value}
    assert list(cells) == [
        "填报单位（盖章）：石牌镇人大",
        "主席签字：",
        "填表人：向光明",
        "电话：0743-6721234",
        "填报日期：　　　　年　　月　　日",
    ]
    heights = [sheet.row_dimensions[cell.row].height for cell in list(cells.values())[1:]]
    assert all(height * 25.4 / 72 >= 12 for height in heights) and sum(heights) * 25.4 / 72 >= 50
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.print_title_rows) == (
        "portrait",
        1,
        "$1:$3",
    )


def test_the_second_sheet_is_one_row_to_copy() -> None:
    rows = list(opened(made())["汇总行"].iter_rows(values_only=True))
    assert rows == [
        ("乡镇", "统计期", "接待群众人次", "应办件办结率", "满意率"),
        ("石牌镇人大", "2026年11月", 703, "84.6%", "—"),
    ]


def test_no_formula_and_equal_bytes() -> None:
    columns = (ReturnColumn("odd", "=1+1", "=2+2", "@x"),)
    assert made(columns) == made(columns)
    assert not re.search(rb"<f[ >]", every_byte(made(columns)))
    assert first_sheet(made(columns))["B4"].value == "=1+1"


@pytest.mark.parametrize("keys", [("接待",), ("",), ("1a",), ("a b",), ("same", "Same")])
def test_a_key_that_cannot_name_a_cell_is_refused(keys: tuple[str, ...]) -> None:
    with pytest.raises(BadFigureKey, match="月报表没有生成"):
        made(tuple(ReturnColumn(key, "指标", 1) for key in keys))


def test_a_long_return_goes_on_a_second_page_with_its_signatures_together() -> None:
    columns = tuple(ReturnColumn(f"figure{n}", f"指标{n}", n, "说明") for n in range(50))
    sheet = first_sheet(made(columns))
    assert sheet.page_setup.fitToHeight == 0
    (row,) = [each.id for each in sheet.row_breaks.brk]
    assert 3 < row < 3 + 50 - 5
    short = first_sheet(made())
    assert short.page_setup.fitToHeight == 1 and not short.row_breaks.brk


@pytest.mark.parametrize("figures", range(30, 150, 7))
def test_every_page_of_a_long_return_holds_what_is_put_on_it(figures: int) -> None:
    columns = tuple(ReturnColumn(f"figure{n}", f"指标{n}", n, "说明" * (1 + n % 40)) for n in range(figures))
    sheet = first_sheet(made(columns))
    ends = [0, *(each.id for each in sheet.row_breaks.brk), sheet.max_row]
    heights = [float(sheet.row_dimensions[row].height or 0) for row in range(1, sheet.max_row + 1)]
    pages = [sum(heights[start:end]) for start, end in pairwise(ends)]
    assert len(pages) > 1 and ends == sorted(set(ends))
    assert all(used + (sum(heights[:3]) if at else 0) <= 780 for at, used in enumerate(pages))
    assert ends[-2] <= 3 + figures - 6, "signatures stand with figures above them"


def test_charts_are_native_and_stand_on_the_cells_beside_them() -> None:
    drawn = ReturnChart("各月意见", ("1月", "2月"), (("收集", (3, 5)), ("办结", (1, 0))))
    lying = ReturnChart("按类别", ("行路交通", "饮水水利"), (("条", (7, 2)),), lying=True)
    data = monthly_return_xlsx(
        COLUMNS,
        title="月报表",
        office_name="石牌镇人大",
        period_words="2026年",
        reconciliation="",
        signature=SignatureLine("石牌镇人大"),
        charts=(drawn, lying),
    )
    sheet = opened(data)["图"]
    assert [[cell.value for cell in row[:3]] for row in sheet["A2:C4"]] == [
        [None, "收集", "办结"], ["1月", 3, 1], ["2月", 5, 0],
    ]  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        first = package.read("xl/charts/chart1.xml").decode()
        assert "'图'!$B$3:$B$4" in first and "'图'!$C$3:$C$4" in first and 'barDir val="col"' in first
        assert 'barDir val="bar"' in package.read("xl/charts/chart2.xml").decode()
        assert "drawing3.xml" in package.read("xl/worksheets/_rels/sheet3.xml.rels").decode()
    check_office_file(io.BytesIO(data), Content.EXCEL, "月报表.xlsx", Limits())
