"""One door for every file format a ledger may come in: known by its first bytes, not by its name."""

from __future__ import annotations

import zipfile
from pathlib import Path

from lianxin.ledgers import refusals
from lianxin.ledgers.cells import Workbook
from lianxin.ledgers.delimited import read_delimited
from lianxin.ledgers.refusals import LedgerUnreadable
from lianxin.ledgers.word_tables import read_docx
from lianxin.ledgers.xls import read_xls
from lianxin.ledgers.xlsx import read_xlsx

_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_TEXT_ENDINGS = {".csv", ".txt", ".tsv"}


def read_workbook(path: Path) -> Workbook:
    """Read .xlsx, .xls, .csv or the tables of a .docx. Raises LedgerUnreadable with a Chinese sentence."""
    file, ending = path.name, path.suffix.lower()
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            start = stream.read(512)
    except OSError as wrong:
        raise LedgerUnreadable(file, "文件打不开，可能不存在或正被别的程序独占。") from wrong
    if ending in (".et", ".ett"):
        raise refusals.wps_only(file)
    if ending in (".doc", ".wps", ".wpt"):
        raise refusals.old_word(file)
    if size == 0:
        raise LedgerUnreadable(file, "文件是空的，没有内容。")
    if size > refusals.MAX_FILE_BYTES:
        raise refusals.too_large(file)
    if start.startswith(b"PK\x03\x04"):
        return _package(path)
    if start.startswith(_COMPOUND):
        return _compound(path)
    if start.lstrip(b"\xef\xbb\xbf\r\n\t ")[:1] == b"<":
        raise LedgerUnreadable(file, "内容是网页，不是真正的表格。请在 WPS 中打开并另存为 .xlsx，再导入。")
    if ending in _TEXT_ENDINGS:
        return Workbook(file, "csv", read_delimited(path))
    raise refusals.no_workbook(file)


def _package(path: Path) -> Workbook:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, OSError) as wrong:
        raise refusals.damaged(path.name) from wrong
    if "word/document.xml" in names:
        return Workbook(path.name, "docx", read_docx(path))
    if "xl/workbook.xml" in names:
        return Workbook(path.name, "xlsx", read_xlsx(path))
    if "content.xml" in names or "xl/workbook.bin" in names:
        raise LedgerUnreadable(path.name, "这种表格格式不能直接读。请在 WPS 中另存为 .xlsx，再导入。")
    raise refusals.no_workbook(path.name)


def _compound(path: Path) -> Workbook:
    raw = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in raw:
        raise refusals.encrypted(path.name)
    if "WordDocument".encode("utf-16-le") in raw:
        raise refusals.old_word(path.name)
    return Workbook(path.name, "xls", read_xls(path))
