""".csv and .txt → cells: UTF-8 with or without mark, UTF-16, GB18030; comma, tab or semicolon."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from lianxin.ledgers.cells import Cell, Sheet, text_cell, trimmed
from lianxin.ledgers.refusals import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, damaged, no_workbook, too_large

_AS_TEXT = re.compile(r'="?([^"]*)"')


def read_delimited(path: Path) -> tuple[Sheet, ...]:
    """The one sheet of a text table. Raises LedgerUnreadable."""
    text = _decoded(path)
    rows: list[list[Cell]] = []
    used = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            used += len(row)
            if len(rows) >= MAX_ROWS or len(row) > MAX_COLUMNS or used > MAX_CELLS:
                raise too_large(path.name)
            rows.append([text_cell(_unwrapped(value)) for value in row])
    except csv.Error as wrong:
        raise damaged(path.name) from wrong
    return (Sheet(path.stem, trimmed(rows), typed_numbers=False),)


def _unwrapped(value: str) -> str:
    """Without the tricks that keep long numbers whole: ="13800138000" and a trailing tab."""
    match = _AS_TEXT.fullmatch(value.strip())
    return match[1] if match and re.fullmatch(r"[\dXx.\- ]+", match[1]) else value.strip("\t")


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if wide else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise no_workbook(path.name)
        return text
    raise no_workbook(path.name)


def _delimiter(text: str) -> str:
    lines = [line for line in text.splitlines()[:30] if line.strip()]
    counts = {sign: sum(line.count(sign) for line in lines) for sign in (",", "\t", ";", "|")}
    best = max(counts, key=lambda sign: counts[sign])
    return best if counts[best] else ","
