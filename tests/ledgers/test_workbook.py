"""File formats: what is read, and what is refused in plain words."""

import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest

from lianxin.ledgers.receptions import read_receptions
from lianxin.ledgers.refusals import LedgerUnreadable
from lianxin.ledgers.refused import refused_workbook
from lianxin.ledgers.workbook import read_workbook
from tests.ledgers.builders import TODAY, receptions, sample, visit, write

FIXTURES = Path(__file__).parent / "fixtures"


def test_xls(tmp_path: Path) -> None:
    book = read_workbook(FIXTURES / "reception.xls")
    assert book.format == "xls"
    ledger = read_receptions(book, today=TODAY)
    assert [v.day for v in ledger.visits] == [
        date(2024, 3, 5), date(2024, 3, 5), date(2024, 3, 10), date(2024, 3, 11)
    ]  # fmt: skip
    assert [v.visitors for v in ledger.visits] == [("王芳",), ("李明",), ("查良",), ("区大",)]
    assert [v.persons for v in ledger.visits] == [2, 3, 2, 1]
    assert ledger.visits[0].phone == "13800138000"
    assert ledger.visits[1].words == "=咨询低保"
    assert ledger.sums[0].agrees


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", "\t"])
def test_csv_in_every_encoding(tmp_path: Path, encoding: str, sign: str) -> None:
    rows = [
        ["接待日期", "姓名", "联系电话", "诉求内容"],
        ["2025/3/5", "王䶮", '="13800138000"', "路，不好走"],
    ]
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(sign.join(row) for row in rows).encode(encoding))
    found = read_receptions(read_workbook(path), today=TODAY).visits
    assert [(v.visitors, v.phone, v.words) for v in found] == [(("王䶮",), "13800138000", "路，不好走")]


def test_docx_tables_with_merged_days(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("石牌镇2025年接待群众登记表")
    table = document.add_table(rows=4, cols=4)
    cells = [
        ["接待时间", "来访群众", "反映问题", "电话"], ["3月5日", "张三", "路灯不亮", "13800138000"],
        ["", "李四", "同上", "无"], ["3月9日", "王五", "水管破损", ""],
    ]  # fmt: skip
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    path = tmp_path / "登记.docx"
    document.save(str(path))
    ledger = read_receptions(read_workbook(path), today=TODAY)
    assert [(v.day.month, v.day.day) for v in ledger.visits] == [(3, 5), (3, 5), (3, 9)]
    assert {v.day.year for v in ledger.visits} == {2025}
    assert ledger.visits[1].words == "路灯不亮"


def _zip(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.et", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "在 WPS 中另存为 .xlsx"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "另存为 .docx"),
        ("a.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("a.xls", b"<html><table></table></html>", "网页"),
        ("a.xlsx", b"", "空的"),
        ("a.xlsx", b"PK\x03\x04broken", "损坏"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600, "损坏"),
        ("a.pdf", b"%PDF-1.7", "不是表格文件"),
        ("a.csv", b"\x00\x01\x02\xff\xff", "不是表格文件"),
    ],
)
def test_what_cannot_be_read_is_told_in_chinese(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(LedgerUnreadable, match=says) as caught:
        read_workbook(path)
    assert "原有数据没有变化" in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnreadable):
        read_workbook(tmp_path / "没有.xlsx")


def test_bombs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entities = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'
    with pytest.raises(LedgerUnreadable):
        read_workbook(_zip(tmp_path / "entities.xlsx", {"xl/workbook.xml": entities}))
    monkeypatch.setattr("lianxin.ledgers.xlsx.MAX_UNPACKED_BYTES", 1_000_000)
    big = _zip(tmp_path / "big.docx", {"word/document.xml": b"<a>" + b" " * 1_000_000 + b"</a>"})
    with pytest.raises(LedgerUnreadable, match="太大"):
        read_workbook(big)


def test_every_cut_of_a_workbook_is_refused_or_read(tmp_path: Path) -> None:
    whole = sample("花名册").read_bytes()
    for cut in range(100, len(whole), len(whole) // 12):
        path = tmp_path / "cut.xlsx"
        path.write_bytes(whole[:cut])
        with pytest.raises(LedgerUnreadable):
            read_workbook(path)


def test_names_do_not_decide_the_format(tmp_path: Path) -> None:
    path = tmp_path / "花名册.xls"
    path.write_bytes(sample("花名册").read_bytes())
    assert read_workbook(path).format == "xlsx"


def test_refused_rows_can_be_corrected_and_imported(tmp_path: Path) -> None:
    rows = [
        visit(handling="交办", unit="民政所"),
        visit(day="某天", words="=问低保", unit="同上", phone="'13800138000"),
        visit(words=None),
    ]
    ledger = receptions(tmp_path / "a.xlsx", rows)
    assert len(ledger.refused) == 2
    path = tmp_path / "未导入.xlsx"
    path.write_bytes(refused_workbook(ledger.refused, ledger.sheets))
    again = read_receptions(read_workbook(path), today=TODAY)
    assert [r.row.cells for r in again.refused] == [
        {**ledger.refused[0].row.cells, "承办单位": "民政所"}, ledger.refused[1].row.cells
    ]  # fmt: skip

    import openpyxl

    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    header = {str(page.cell(3, c).value): c for c in range(1, page.max_column + 1)}
    assert page.cell(4, header["反映问题"]).value == "=问低保"
    assert page.cell(4, header["反映问题"]).data_type == "s"
    page.cell(4, header["接待时间"]).value = "4月1日"
    page.cell(5, header["反映问题"]).value = "路灯"
    book.save(path)
    fixed = read_receptions(read_workbook(path), today=TODAY)
    assert [(v.day, v.words, v.unit) for v in fixed.visits] == [
        (date(2025, 4, 1), "=问低保", "民政所"), (date(2025, 3, 5), "路灯", None)
    ]  # fmt: skip


def test_empty_sheets_hold_nothing(tmp_path: Path) -> None:
    ledger = read_receptions(read_workbook(write(tmp_path / "a.xlsx", [])), today=TODAY)
    assert ledger.visits == () and ledger.sheets[0].heading is None


def test_what_no_cell_can_hold_is_left_out_of_the_refused_rows(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    long = "路灯\x01不亮" + "长" * 40_000
    path.write_text(f"接待时间,来访群众,反映问题\n不是日期,张\x07三,{long}\n", "utf-8")
    ledger = read_receptions(read_workbook(path), today=TODAY)
    path = tmp_path / "未导入.xlsx"
    path.write_bytes(refused_workbook(ledger.refused, ledger.sheets))
    (row,) = read_receptions(read_workbook(path), today=TODAY).refused
    assert row.row.cells["来访群众"] == "张三" and row.row.cells["反映问题"].startswith("路灯不亮长长")
    assert row.row.cells["反映问题"].endswith("……（文字太长，全文在原表里）")
