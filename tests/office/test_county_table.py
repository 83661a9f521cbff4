"""填县里的表: an invented county workbook with merged headings is tied once and filled for any period."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
import xlrd
from openpyxl.styles import Border, Font, Side
from openpyxl.workbook import Workbook

from lianxin.domain.counts import Figure
from lianxin.domain.figures.of_period import Figures
from lianxin.domain.figures.opinion import Reconciliation
from lianxin.domain.periods import Period
from lianxin.domain.records import Contact
from lianxin.office.county_guess import DAY, OFFICE, PERIOD
from lianxin.office.county_workbook import (
    CountyTableProblem,
    fill_table,
    filling,
    keep_table,
    kept_table,
    tie_table,
)
from tests.office.township import Township, new_township


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    with made.desk.store.writing(reason="登记") as writing:
        for day in (3, 9, 20):
            writing.put(
                Contact(
                    uid=writing.new_uid(),
                    channel="visit",
                    day=date(2026, 10, day),
                    words="路灯不亮",
                    persons=day,
                )
            )
    yield made
    made.desk.store.close()


def county_table(town: Township, folder: Path) -> Path:
    """A head of two rows: 联系群众 over two columns, 意见建议 over three; a row for every township."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "汇总表"
    sheet["A1"] = "清江县代表联络站工作情况统计表"
    sheet.merge_cells("A1:H1")
    sheet["A2"], sheet["F2"] = "填报时段：", "填报日期："
    sheet.merge_cells("A3:A4")
    sheet["A3"], sheet["B3"], sheet["D3"], sheet["G3"] = "乡镇", "联系群众", "意见建议办理", "备注"
    sheet.merge_cells("B3:C3")
    sheet.merge_cells("D3:F3")
    sheet.merge_cells("G3:G4")
    for place, words in zip(
        "BCDEF", ("接待日次数（次）", "联系群众人次", "收集条数", "办结件数", "满意率（%）"), strict=True
    ):
        sheet[f"{place}4"] = words
    from lianxin.office.desk import office_of

    with town.desk.store.reading() as reading:
        office = office_of(reading)
    sheet["A5"], sheet["A6"], sheet["A7"] = "响水乡", office.short_name or office.name, "白果镇"
    sheet["C6"].font = Font(name="宋体", size=12, bold=True)
    sheet["C6"].border = Border(left=Side("thick"))
    sheet["F6"].number_format = "0.0%"
    sheet.column_dimensions["C"].width = 23.5
    target = folder / "县里的表.xlsx"
    book.save(target)
    return target


def test_cells_are_known_by_their_headings_in_the_row_of_the_office(town: Township, tmp_path: Path) -> None:
    table = tie_table(town.desk, county_table(town, tmp_path))
    keys = {tie.cell: tie.key for tie in table.ties}
    assert keys["B6"] == "reception_days" and keys["C6"] == "contact_persons"
    assert keys["D6"] == "opinions" and keys["E6"] == "closed" and keys["F6"] == "satisfaction_rate"
    assert keys["B2"] == PERIOD and "B5" not in keys and keys["G6"] == ""
    assert next(tie.heading for tie in table.ties if tie.cell == "D6") == "意见建议办理 收集条数"


def test_filled_for_a_period_the_rest_stays_as_the_county_made_it(town: Township, tmp_path: Path) -> None:
    tie_table(town.desk, county_table(town, tmp_path))
    name, content = fill_table(town.desk, "2026-10")
    assert fill_table(town.desk, "2026-10") == (name, content)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["汇总表"]
    assert name == "县里的表_2026年10月.xlsx"
    assert sheet["C6"].value == 32 and sheet["D6"].value == 0 and sheet["F6"].value == "—"
    assert sheet["B2"].value == "2026年10月" and sheet["C5"].value is None
    assert sheet["C6"].font.bold and sheet["C6"].border.left.style == "thick"
    assert sheet.column_dimensions["C"].width == 23.5
    assert {str(span) for span in sheet.merged_cells.ranges} >= {"A1:H1", "B3:C3", "D3:F3"}


def test_a_guess_is_corrected_and_kept(town: Township, tmp_path: Path) -> None:
    table = tie_table(town.desk, county_table(town, tmp_path))
    keep_table(town.desk, table.with_key("汇总表!G6", OFFICE).with_key("汇总表!C6", ""))
    kept = kept_table(town.desk)
    assert kept is not None and {tie.cell: tie.key for tie in kept.ties}["C6"] == ""
    _, content = fill_table(town.desk, "2026-10")
    sheet = openpyxl.load_workbook(io.BytesIO(content))["汇总表"]
    assert sheet["C6"].value is None and "石牌镇" in str(sheet["G6"].value)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("县里的表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "打不开，可能损坏"),
        ("县里的表.xls", b"<html><table>", "其实是网页，请在 WPS 或 Excel 中打开，另存为 .xlsx"),
        ("县里的表.et", b"", "打不开"),
        ("县里的表.docx", b"PK", "不是 Excel 表格"),
        ("县里的表.xlsx", b"no workbook", "打不开"),
    ],
)
def test_what_cannot_be_filled_says_what_to_do(
    town: Township, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(CountyTableProblem, match=words):
        tie_table(town.desk, file)
    assert kept_table(town.desk) is None


def test_an_old_workbook_is_filled_and_stays_one(town: Township, tmp_path: Path) -> None:
    file = tmp_path / "月报.et"
    file.write_bytes((Path(__file__).parents[1] / "documents" / "county_table.xls").read_bytes())
    table = tie_table(town.desk, file)
    assert {tie.cell: tie.key for tie in table.ties}["D6"] == "received_persons"
    name, content = fill_table(town.desk, "2026-10")
    sheet = xlrd.open_workbook(file_contents=content).sheet_by_index(0)
    assert (name, sheet.cell_value(5, 3), sheet.cell_value(1, 1)) == (
        "月报_2026年10月.xls", 32, "清江县石牌镇人民代表大会主席团",
    )  # fmt: skip


def test_figures_under_each_other_and_months_beside_each_other(town: Township, tmp_path: Path) -> None:
    book = Workbook()
    first, second = book.worksheets[0], book.create_sheet("各月")
    first.append(["序号", "指标", "计量单位", "数量", "备注"])
    for at, row in enumerate((("接待群众", "人次"), ("收集意见", "件"), ("满意率", "%")), 1):
        first.append([at, *row])
    second.append(["指标", *(f"{month}月" for month in range(1, 13)), "合计"])
    for at, words in enumerate(("接待群众（人次）", "收集意见", "座谈会"), 2):
        second.append([words, *[None] * 12, f"=SUM(B{at}:M{at})"])
    file = tmp_path / "两张.xlsx"
    book.save(file)
    keys = {tie.place: tie.key for tie in tie_table(town.desk, file).ties}
    assert [keys[f"Sheet!D{row}"] for row in (2, 3, 4)] == [
        "received_persons",
        "opinions",
        "satisfaction_rate",
    ]
    assert {keys[f"各月!{place}2"] for place in "BKM"} == {"received_persons"}
    filled = openpyxl.load_workbook(io.BytesIO(fill_table(town.desk, "2026-11")[1]))
    assert filled["Sheet"]["D2"].value == 0
    told = [filled["各月"][f"{place}2"].value for place in "JKLM"]
    assert told == [0, 32, 0, None], "a month after the period is not over yet"
    assert filled["各月"]["N2"].value == "=SUM(B2:M2)"


def test_a_share_in_a_cell_of_percent_is_that_share() -> None:
    half = Figure("closed_rate", "办结率", "%", Fraction(1, 2), "50.0%", "", "opinion", ())
    told = Figures(Period.parse("2026-10"), (half,), Reconciliation(0, (), 0))
    assert [filling(told, "closed_rate", percent=percent) for percent in (True, False)] == [0.5, "50.0%"]


def test_a_table_without_a_known_word_is_not_kept(town: Township, tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["甲", "乙", "丙"])
    file = tmp_path / "别的表.xlsx"
    book.save(file)
    with pytest.raises(CountyTableProblem, match="没有认出"):
        tie_table(town.desk, file)
    with pytest.raises(CountyTableProblem, match="还没有打开过"):
        fill_table(town.desk, "2026-10")


def two_headings_and_two_sheets(folder: Path) -> Path:
    """Labels without colons above a head of two rows, headings that are only alike, and a further sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "工作情况"
    sheet["A1"] = "清江县乡镇人大工作情况统计表"
    sheet.merge_cells("A1:K1")
    sheet["A2"], sheet["F2"] = "填报单位", "填报日期"
    heads = {"A3:A4": "序号", "B3:D3": "代表工作", "E3:G3": "意见办理", "H3:I3": "代表建议", "J3:K3": "会议"}
    for area, words in heads.items():
        sheet.merge_cells(area)
        sheet[area[:2]] = words
    lower = (
        "代表总数", "代表小组数", "代表接待日（次）", "收集意见（条）", "办结意见", "满意（%）",
        "建议件数", "办结件数", "人代会次数", "代表小组活动（人次）",
    )  # fmt: skip
    for column, words in zip("BCDEFGHIJK", lower, strict=True):
        sheet[f"{column}4"] = words
    further = book.create_sheet("表二")
    for row in (["单位", "上年累计", "收集意见", "不办结", "接待场所数"], [None] * 5):
        further.append(row)
    target = folder / "两层表头.xlsx"
    book.save(target)
    return target


def test_alike_is_not_the_same_and_what_stands_above_a_table_is_no_heading(
    town: Township, tmp_path: Path
) -> None:
    table = tie_table(town.desk, two_headings_and_two_sheets(tmp_path))
    first = {tie.cell: tie.key for tie in table.ties if tie.sheet == "工作情况"}
    assert first == {
        "B2": OFFICE, "G2": DAY, "A5": "", "B5": "deputies", "C5": "", "D5": "reception_days", "E5": "opinions",
        "F5": "closed", "G5": "satisfaction_rate", "H5": "", "I5": "suggestions_closed", "J5": "congresses", "K5": "",
    }  # fmt: skip
    assert next(tie.heading for tie in table.ties if tie.cell == "F5") == "意见办理 办结意见"
    second = {tie.cell: tie.key for tie in table.ties if tie.sheet == "表二"}
    assert second == {"A2": OFFICE, "B2": "", "C2": "opinions", "D2": "", "E2": ""}
