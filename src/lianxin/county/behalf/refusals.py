"""Why a township's file was not read on its behalf, in the county clerk's words, with the next act."""

from __future__ import annotations

from pathlib import Path

from lianxin.ledgers.cells import Workbook
from lianxin.ledgers.refusals import LedgerUnreadable
from lianxin.ledgers.workbook import read_workbook
from lianxin.store.errors import StoreProblem

_PHOTO = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM")
_PDF = b"%PDF"
_ACT = "请乡镇发表格的原文件；只有纸件的，照着填一份下发的空白工作簿。"


class BehalfRefused(StoreProblem):
    """The file was not taken; nothing has changed. The message says why and what to do."""

    code = "R330"


class OtherTown(BehalfRefused):
    """The file names another township; who is sure may have it taken all the same."""

    code = "R332"


class EmptyLedger(BehalfRefused):
    """A header and nothing beneath it; a ledger that the program itself wrote is so when there was nothing."""


class BehalfUnknown(StoreProblem):
    """No table was read under this number, or it was taken back before."""

    code = "R331"

    def __init__(self, batch: str) -> None:
        super().__init__(f"没有找到编号为 {batch} 的代录，或者已经撤销过；没有改动任何数据。")


def legible(path: Path) -> Workbook:
    """The tables of a township's file. Raises BehalfRefused."""
    try:
        with path.open("rb") as stream:
            start = stream.read(8)
    except OSError as wrong:
        raise BehalfRefused(
            f"{path.name}：文件打不开，可能U盘已拔出或被别的程序占用。没有改动任何数据。"
        ) from wrong
    if start.startswith(_PHOTO):
        raise BehalfRefused(f"{path.name}：这是照片，读不出表格，没有代录，数据没有改动。{_ACT}")
    if start.startswith(_PDF):
        raise BehalfRefused(f"{path.name}：这是 PDF，读不出表格，没有代录，数据没有改动。{_ACT}")
    try:
        found = read_workbook(path)
    except LedgerUnreadable as wrong:
        raise BehalfRefused(f"{path.name}：{wrong.reason}没有代录，数据没有改动。") from wrong
    if not any(cell.text for sheet in found.sheets for row in sheet.rows for cell in row):
        raise BehalfRefused(f"{path.name}：表格是空的，没有代录，数据没有改动。请乡镇填好再发。")
    return found


def unknown_town(code: str) -> BehalfRefused:
    """No township has this code here."""
    return BehalfRefused(
        f"没有区划代码为 {code} 的乡镇，没有代录，数据没有改动。请先登记这个乡镇，再接收一次。"
    )


def no_table(file: str) -> BehalfRefused:
    """No sheet is a ledger or a return."""
    return BehalfRefused(
        f"{file}：没有找到认得出的表头，没有代录，数据没有改动。"
        "请写明台账种类再试，或请乡镇填下发的空白工作簿。"
    )


def no_period(file: str) -> BehalfRefused:
    """Neither the file nor its rows tell the period."""
    return BehalfRefused(f"{file}：看不出是哪个月的，没有代录，数据没有改动。请写明报送期，如 2026-11。")


def no_rows(file: str, *, empty: bool = False) -> BehalfRefused:
    """A header without a row that can be read; `empty` when there is none at all."""
    return (EmptyLedger if empty else BehalfRefused)(
        f"{file}：表头下面没有一行能读出来，没有代录，数据没有改动。请打开核对；确实没有内容的，在报表汇总里填 0。"
    )


def other_town(file: str, town: str, named: str) -> OtherTown:
    """The file speaks of another township."""
    return OtherTown(
        f"{file}：表里写的是{named}，不是{town}，没有代录，数据没有改动。"
        f"请核对选的乡镇；确实是{town}的，请确认后再代录。"
    )


def signed_here(file: str, town: str, period: str) -> BehalfRefused:
    """A signed file of this very period is in the ledger."""
    return BehalfRefused(f"{file}：{town}{period}已经有数字签名的报送件，以它为准，不用代录，数据没有改动。")
