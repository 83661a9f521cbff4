"""Returns of all townships in one workbook: a row a township and the sum, definitions, differences, native charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lianxin.documents.workbooks.looks import Look
from lianxin.documents.workbooks.monthly_return import ReturnChart, chart_sheet
from lianxin.documents.workbooks.writer import Row, Sheet, Value, address, letters, workbook_bytes

TABLE_SHEET, SAID_SHEET, LINES_SHEET = "分乡镇统计", "指标说明", "勾稽关系"
DIFFERENCE_SHEET, CHART_SHEET, TOWN_CHART_SHEET = "定稿与现数", "图", "各乡镇图"
_MOST_ACROSS = 14
"""Figures side by side on one printed page; what is more goes on a further sheet, names of townships repeated."""


_ONE_PAGE = 28
"""Townships that stand on one printed page and are still read easily."""


@dataclass(frozen=True)
class TownColumn:
    """One figure: its heading, unit, definition, a value for every township, and the county's."""

    label: str
    unit: str
    definition: str
    values: tuple[Value, ...]
    whole: Value


@dataclass(frozen=True)
class TownBook:
    """All that the workbook shows. `lines` are the reconciliation lines (name, line), the sum last.

    `differences` are rows 乡镇, 指标, 定稿, 现数, 可能的原因; None leaves the sheet out.
    """

    title: str
    office: str
    period_words: str
    towns: tuple[str, ...]
    columns: tuple[TownColumn, ...]
    lines: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    charts: tuple[ReturnChart, ...]
    town_charts: tuple[ReturnChart, ...] = ()
    differences: tuple[tuple[str, ...], ...] | None = None


def town_returns_xlsx(book: TownBook) -> bytes:
    """The workbook; text is text and nothing is a formula."""
    parts = [
        book.columns[start : start + _MOST_ACROSS] for start in range(0, len(book.columns), _MOST_ACROSS)
    ]
    sheets = [_table(book, part, at, len(parts)) for at, part in enumerate(parts, 1)]
    sheets += [_lines(book), _said(book)]
    if book.differences is not None:
        sheets.append(_differences(book, book.differences))
    for name, charts in ((CHART_SHEET, book.charts), (TOWN_CHART_SHEET, book.town_charts)):
        if charts:
            sheets.append(chart_sheet(charts, name=name))
    return workbook_bytes(sheets, title=book.title, author=book.office)


def _table(book: TownBook, columns: Sequence[TownColumn], at: int, of: int) -> Sheet:
    width = len(columns) + 2
    name = TABLE_SHEET if of == 1 else f"{TABLE_SHEET}{at}"
    part = f"（{at}/{of}）" if of > 1 else ""
    rows = [
        _across(f"{book.title}{part}", width, Look.TITLE, 34),
        _across(f"{book.office}　统计期：{book.period_words}", width, Look.UNDER_LEFT, 22),
        Row(("序号", "乡镇", *(each.label for each in columns)), (Look.HEAD,) * width, 58, fixed=True),
    ]
    for place, town in enumerate(book.towns):
        values = tuple(each.values[place] for each in columns)
        rows.append(_row((place + 1, town), values))
    rows.append(_row(("", "全县"), tuple(each.whole for each in columns)))
    merges = [f"A{row}:{letters(width)}{row}" for row in (1, 2)]
    for note in book.notes:
        rows.append(_across(note, width, Look.SIGN, 20))
        merges.append(f"A{len(rows)}:{letters(width)}{len(rows)}")
    last = 3 + len(book.towns)
    return Sheet(
        name, (5.5, 11.0, *(9.0,) * len(columns)), rows, tuple(merges), head_rows=3,
        filtered=f"B3:{address(last, width)}", one_page=len(book.towns) <= _ONE_PAGE,
    )  # fmt: skip


def _row(head: tuple[Value, Value], values: Sequence[Value]) -> Row:
    looks = (Look.COUNT if isinstance(value, int) else Look.FIGURE_TEXT for value in values)
    first = Look.ORDER if isinstance(head[0], int) else Look.MIDDLE
    plain = tuple(Look.MIDDLE if look is Look.FIGURE_TEXT else look for look in looks)
    return Row((*head, *values), (first, Look.TEXT, *plain), 20, fixed=True)


def _across(text: str, width: int, look: Look, height: float) -> Row:
    return Row((text, *("",) * (width - 1)), (look,) * width, height, fixed=True)


def _lines(book: TownBook) -> Sheet:
    head = Row(("乡镇", "收集意见的去向（两边应当相等）"), (Look.HEAD, Look.HEAD), 22, fixed=True)
    rows = [head, *(Row(line, (Look.TEXT, Look.TEXT), _height(line[1], 150)) for line in book.lines)]
    return Sheet(LINES_SHEET, (12.0, 110.0), rows, head_rows=1)


def _said(book: TownBook) -> Sheet:
    head = Row(("指标", "单位", "怎么算"), (Look.HEAD,) * 3, 22, fixed=True)
    rows = [
        head,
        *(
            Row(
                (each.label, each.unit, each.definition),
                (Look.TEXT, Look.MIDDLE, Look.TEXT),
                _height(each.definition, 90),
            )
            for each in book.columns
        ),
    ]
    return Sheet(SAID_SHEET, (22.0, 7.0, 92.0), rows, head_rows=1)


def _differences(book: TownBook, lines: Sequence[tuple[str, ...]]) -> Sheet:
    heads = ("乡镇", "指标", "定稿数", "现数", "可能的原因")
    rows = [Row(heads, (Look.HEAD,) * 5, 22, fixed=True)]
    looks = (Look.TEXT, Look.TEXT, Look.MIDDLE, Look.MIDDLE, Look.TEXT)
    rows += [Row(line, looks, _height(line[4], 64)) for line in lines]
    if not lines:
        rows.append(Row(("没有不一致", "", "", "", ""), looks))
    return Sheet(DIFFERENCE_SHEET, (12.0, 24.0, 10.0, 10.0, 66.0), rows, head_rows=1)


def _height(text: str, width: int) -> float:
    across = sum(1 if char < "\u0100" else 2 for char in text)
    return max(1, -(-across // width)) * 15.0 + 5
