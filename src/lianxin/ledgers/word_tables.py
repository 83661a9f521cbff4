"""Tables inside a .docx document → cells; merged cells and the paragraphs above each table are kept."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from lianxin.ledgers.cells import BLANK, Cell, Merge, Sheet, text_cell, trimmed
from lianxin.ledgers.refusals import MAX_COLUMNS, MAX_ROWS, LedgerUnreadable, damaged, too_large
from lianxin.ledgers.xlsx import check_package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ABOVE = 6


def read_docx(path: Path) -> tuple[Sheet, ...]:
    """The tables of a .docx document in their order. Raises LedgerUnreadable."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    check_package(path)
    try:
        with zipfile.ZipFile(path) as package:
            root: Element = fromstring(package.read("word/document.xml"))
    except (KeyError, ParseError, DefusedXmlException, zipfile.BadZipFile) as wrong:
        raise damaged(path.name) from wrong
    sheets: list[Sheet] = []
    above: list[str] = []
    body = root.find(f"{_W}body")
    for element in body if body is not None else ():
        if element.tag == f"{_W}p" and (line := _text(element)):
            above.append(line)
        elif element.tag == f"{_W}tbl":
            sheets.append(_table(path, element, f"表{len(sheets) + 1}", tuple(above[-_ABOVE:])))
            above = []
    if not sheets:
        raise LedgerUnreadable(path.name, "文档里没有表格。")
    return tuple(sheets)


def _table(path: Path, table: Element, name: str, above: tuple[str, ...]) -> Sheet:
    rows: list[list[Cell]] = []
    merges: list[Merge] = []
    growing: dict[int, Merge] = {}
    for number, row in enumerate(table.findall(f"{_W}tr"), start=1):
        cells: list[Cell] = [BLANK] * _skipped(row)
        for element in row.iter(f"{_W}tc"):
            column = len(cells) + 1
            span, vertical = _spans(element)
            if vertical == "continue" and column in growing:
                old = growing[column]
                growing[column] = Merge(old.top, old.left, number, old.right)
                cells += [BLANK] * span
                continue
            if column in growing:
                merges.append(growing.pop(column))
            if vertical == "restart" or span > 1:
                growing[column] = Merge(number, column, number, column + span - 1)
            cells += [text_cell(_text(element)), *[BLANK] * (span - 1)]
        rows.append(cells)
        if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
            raise too_large(path.name)
    merges += [m for m in growing.values() if (m.top, m.left) != (m.bottom, m.right)]
    return Sheet(name, trimmed(rows), tuple(merges), above, typed_numbers=False)


def _skipped(row: Element) -> int:
    before = row.find(f"{_W}trPr/{_W}gridBefore")
    return _number(before)


def _spans(cell: Element) -> tuple[int, str]:
    span = max(_number(cell.find(f"{_W}tcPr/{_W}gridSpan")), 1)
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    if merge is None:
        return span, ""
    return span, "restart" if merge.get(f"{_W}val") == "restart" else "continue"


def _number(element: Element | None) -> int:
    text = "" if element is None else element.get(f"{_W}val", "")
    return min(int(text), MAX_COLUMNS) if text.isdigit() else 0


def _text(element: Element) -> str:
    """The text of a paragraph or a cell, its paragraphs joined by line breaks; deleted text left out."""
    paragraphs = [element] if element.tag == f"{_W}p" else list(element.iter(f"{_W}p"))
    lines: list[str] = []
    for paragraph in paragraphs:
        parts: list[str] = []
        for node in paragraph.iter():
            if node.tag == f"{_W}t":
                parts.append(node.text or "")
            elif node.tag in (f"{_W}tab", f"{_W}br"):
                parts.append(" ")
        lines.append("".join(parts))
    return "\n".join(line for line in lines if line.strip()).strip()
