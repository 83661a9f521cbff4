"""A return of which only the totals are told: a row a township, or the signed sheet with a line a figure (domain.md 6.4).

Headings are held against the labels letter by letter, marks and brackets apart: 办结 and 办结率 must never be taken
for each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lianxin.domain.checks import fold_text
from lianxin.domain.numerals import plain
from lianxin.ledgers.cells import Sheet, Workbook
from lianxin.ledgers.rows import Problem

RETURN = "return"
"""The kind of ledger a return sheet is called."""
Total = int | str | None
TOWN = "乡镇"
_TOWN_WORDS = frozenset({"乡镇", "乡镇名称", "填报单位", "单位", "报送单位", "乡镇街道"})
_ITEM, _VALUE = frozenset({"指标", "项目", "指标名称"}), frozenset({"数值", "数量", "数字", "本期"})
_LEAST = 4
_MARKS = re.compile(r"[\s()（）\[\]【】〔〕:：、,，./／·\-—_]+")
_COUNT = re.compile(r"(\d{1,9})(?:\.0+)?\s*(?:条|件|次|人次|人|名|个|户次|户|篇|项)?")
_RATE = re.compile(r"\d{1,3}(?:\.\d+)?\s*[%％]")
_NOTHING = frozenset({"—", "-", "－", "/", "无"})


@dataclass(frozen=True)
class Asked:
    """A figure of the return: its key, what may stand above it, and whether it is a share."""

    key: str
    labels: tuple[str, ...]
    share: bool = False


@dataclass(frozen=True)
class ReturnRow:
    """The figures one township told, by key; `town` as written, "" where the sheet has no such column."""

    sheet: str
    row: int
    town: str
    totals: Mapping[str, Total]
    problems: tuple[Problem, ...] = ()


def read_return(workbook: Workbook, asked: Sequence[Asked]) -> tuple[ReturnRow, ...]:
    """Every row of totals of a file; empty when it is no return. A cell that is no number is named and left out."""
    keys = {bare(label): each for each in asked for label in each.labels}
    found: list[ReturnRow] = []
    for sheet in workbook.sheets:
        if not sheet.hidden:
            found += _lying(sheet, keys) or _standing(sheet, keys)
    # The signed sheet and the row to copy say the same twice.
    return tuple({(each.town, tuple(sorted(each.totals.items(), key=str))): each for each in found}.values())


def bare(text: str) -> str:
    """A heading for comparing: without spaces, marks and brackets."""
    return _MARKS.sub("", fold_text(text))


def _lying(sheet: Sheet, keys: Mapping[str, Asked]) -> list[ReturnRow]:
    """A row a township, under one line of headings or two."""
    best: dict[int, Asked] = {}
    at, town_column = 0, 0
    for number in range(1, min(len(sheet.rows), 20) + 1):
        for last in (number, number + 1):
            columns = {
                c: keys[h]
                for c in range(1, sheet.width + 1)
                for h in _headings(sheet, number, last, c)
                if h in keys
            }
            if len(columns) > len(best):
                best, at = columns, last
                town_column = _town_column(sheet, number, last)
    if len(best) < _LEAST:
        return []
    rows = (_row(sheet, number, best, town_column) for number in range(at + 1, len(sheet.rows) + 1))
    return [row for row in rows if row is not None]


def _headings(sheet: Sheet, first: int, last: int, column: int) -> Iterator[str]:
    upper, lower = bare(_over(sheet, first, column)), bare(sheet.cell(last, column).text)
    if first == last:
        yield lower
    else:
        yield from (upper + lower, lower or upper)


def _over(sheet: Sheet, row: int, column: int) -> str:
    origin = sheet.origin(row, column)
    return sheet.cell(*origin).text if origin else sheet.cell(row, column).text


def _town_column(sheet: Sheet, first: int, last: int) -> int:
    named = (c for c in range(1, sheet.width + 1) if set(_headings(sheet, first, last, c)) & _TOWN_WORDS)
    return next(named, 0)


def _row(sheet: Sheet, number: int, columns: Mapping[int, Asked], town_column: int) -> ReturnRow | None:
    town = sheet.cell(number, town_column).text.strip() if town_column else ""
    if bare(town) in ("合计", "总计", "小计", "全县", "全县合计"):
        return None
    cells = {c: sheet.cell(number, c).text for c in columns}
    if not any(_COUNT.fullmatch(plain(text).strip()) for text in cells.values()):
        return None
    return _told(sheet, number, town, [(columns[c], text, c) for c, text in cells.items()])


def _standing(sheet: Sheet, keys: Mapping[str, Asked]) -> list[ReturnRow]:
    """A line a figure: 序号 | 指标 | 单位 | 数值 | 指标说明."""
    for number in range(1, min(len(sheet.rows), 20) + 1):
        heads = {bare(sheet.cell(number, c).text): c for c in range(1, sheet.width + 1)}
        item = next((heads[word] for word in _ITEM if word in heads), 0)
        value = next((heads[word] for word in _VALUE if word in heads), 0)
        if not item or not value:
            continue
        lines = [
            (keys[name], sheet.cell(row, value).text, value, row)
            for row in range(number + 1, len(sheet.rows) + 1)
            if (name := bare(sheet.cell(row, item).text)) in keys
        ]
        if len(lines) >= _LEAST:
            told = [(asked, text, column) for asked, text, column, _ in lines]
            return [_told(sheet, number, _town_above(sheet, number), told)]
    return []


def _town_above(sheet: Sheet, header: int) -> str:
    for number in range(1, header):
        for cell in sheet.rows[number - 1]:
            word, sign, name = plain(cell.text).partition(":")
            if sign and bare(word) in _TOWN_WORDS:
                return name.strip()
    return ""


def _told(sheet: Sheet, number: int, town: str, cells: Sequence[tuple[Asked, str, int]]) -> ReturnRow:
    totals: dict[str, Total] = {}
    problems: list[Problem] = []
    for asked, text, column in cells:
        typed = plain(text).strip()
        if not typed:
            continue
        count = _COUNT.fullmatch(typed)
        if typed in _NOTHING:
            totals[asked.key] = None
        elif asked.share and _RATE.fullmatch(typed):
            totals[asked.key] = typed.replace("％", "%")
        elif count and not asked.share:
            totals[asked.key] = int(count[1])
        else:
            words = f"“{asked.labels[0]}”写的是“{typed[:20]}”，不是数，没有采用"
            problems.append(Problem(asked.key, f"第{number}行第{column}列", words))
    return ReturnRow(sheet.name, number, town, totals, tuple(problems))
