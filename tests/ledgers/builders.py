"""Making small ledgers as clerks would keep them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl

from lianxin.ledgers.receptions import read_receptions
from lianxin.ledgers.visits import ReceptionLedger
from lianxin.ledgers.workbook import read_workbook

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
TODAY = date(2026, 11, 22)
HEADER = (
    "序号",
    "接待时间",
    "接待代表",
    "来访群众",
    "电话",
    "人数",
    "反映问题",
    "处理意见",
    "承办单位",
    "办结时间",
    "备注",
)

Row = Sequence[object]


def sample(word: str) -> Path:
    """The sample ledger whose name has this word."""
    return next(path for path in SAMPLES.glob("*.xlsx") if word in path.name)


def write(path: Path, rows: Sequence[Row], merges: Sequence[str] = (), sheet: str = "Sheet1") -> Path:
    """An .xlsx with these rows, text that begins with "=" kept as text."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is None:
                continue
            cell = page.cell(number, column)
            cell.value = value  # type: ignore[assignment]
            if isinstance(value, str) and value.startswith("="):
                cell.data_type = "s"
    for merge in merges:
        page.merge_cells(merge)
    book.save(path)
    return path


def receptions(
    path: Path, rows: Sequence[Row], merges: Sequence[str] = (), title: str = "2025年台账"
) -> ReceptionLedger:
    """A reception ledger under a title and the usual header, read back."""
    write(path, [[title], HEADER, *rows], merges)
    return read_receptions(read_workbook(path), today=TODAY)


def visit(**cells: object) -> list[object]:
    """One data row; give only the columns that matter."""
    names = (
        "number",
        "day",
        "deputies",
        "visitors",
        "phone",
        "persons",
        "words",
        "handling",
        "unit",
        "closed",
        "remark",
    )
    row: dict[str, object] = {"day": "3月5日", "visitors": "张三", "persons": 1, "words": "路灯不亮", **cells}
    return [row.get(name) for name in names]
