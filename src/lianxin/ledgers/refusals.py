"""Why a file cannot be read as a ledger, in the clerk's words."""

from __future__ import annotations

MAX_FILE_BYTES = 64 * 2**20
MAX_UNPACKED_BYTES = 768 * 2**20
MAX_ROWS = 200_000
MAX_COLUMNS = 512
MAX_CELLS = 4_000_000


class LedgerUnreadable(Exception):
    """The file is no ledger that can be read; the message says what to do. Nothing was changed."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}：{reason}原有数据没有变化。")
        self.file = file
        self.reason = reason


def too_large(file: str) -> LedgerUnreadable:
    """The file is beyond what a ledger can be, or built to exhaust the machine."""
    return LedgerUnreadable(
        file, f"表格太大或结构异常（超过{MAX_ROWS}行或解开后过大），没有读取。请分成几个文件。"
    )


def damaged(file: str) -> LedgerUnreadable:
    """The file has the right beginning but cannot be read through."""
    return LedgerUnreadable(file, "文件已损坏或没有复制完整。请在 WPS 中打开并另存为 .xlsx，再导入。")


def encrypted(file: str) -> LedgerUnreadable:
    """The file asks for a password."""
    return LedgerUnreadable(file, "文件设有打开密码。请在 WPS 中取消密码并另存为 .xlsx，再导入。")


def wps_only(file: str) -> LedgerUnreadable:
    """WPS's own format."""
    return LedgerUnreadable(file, "这是 WPS 专用格式。请在 WPS 中另存为 .xlsx，再导入。")


def old_word(file: str) -> LedgerUnreadable:
    """A .doc or .wps document."""
    return LedgerUnreadable(file, "这是旧版 Word 或 WPS 文字格式。请在 WPS 中另存为 .docx，再导入。")


def no_workbook(file: str) -> LedgerUnreadable:
    """Nothing that holds a table."""
    return LedgerUnreadable(file, "不是表格文件。能导入的有 .xlsx、.xls、.csv 和 .docx 里的表格。")
