"""空白工作簿: what a county hands to townships without the program, so that what comes back can be read whole.

A sheet a kind with its headings, choices to click, and an explanation in front (domain.md 6.4, 7.1). Headings are
those the importer knows, so nothing has to be guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lianxin.documents.workbooks.cell_rules import INLINE_LIMIT, CellRule
from lianxin.documents.workbooks.looks import Look
from lianxin.documents.workbooks.writer import Row, Sheet, Value, address, letters, workbook_bytes

EXPLAINED, CHOICES = "填写说明", "可选项"
ENTRY_ROWS = 60
"""Rows laid out with frames; choices reach further, and the importer reads as many as there are."""
_RULED_ROWS = 500
_HEAD_ROWS = 3
_LOOKS = {"text": Look.TEXT, "choice": Look.MIDDLE, "day": Look.DAY, "count": Look.COUNT}


@dataclass(frozen=True)
class BlankColumn:
    """One column to be filled. `note` says how; `strict` refuses what is not among the choices."""

    label: str
    kind: Literal["text", "choice", "day", "count"] = "text"
    width: float = 12
    choices: tuple[str, ...] = ()
    note: str = ""
    required: bool = False
    strict: bool = True


@dataclass(frozen=True)
class BlankSheet:
    """One kind of record: its name, what belongs on it, its columns, and how many rows are laid out."""

    name: str
    note: str
    columns: tuple[BlankColumn, ...]
    rows: int = ENTRY_ROWS


def blank_workbook_xlsx(
    sheets: Sequence[BlankSheet], *, county: str, town: str = "", period: str = "", notes: Sequence[str]
) -> bytes:
    """The workbook; `town` and `period` stand in the titles when it is made for one, else a line to fill."""
    long_lists = _long_lists(sheets)
    made = [
        _explained(sheets, county, notes),
        *(_entry(sheet, town, period, long_lists) for sheet in sheets),
        *((_choice_sheet(long_lists),) if long_lists else ()),
    ]
    return workbook_bytes(made, title="乡镇报送空白工作簿", author=county)


def _entry(sheet: BlankSheet, town: str, period: str, long_lists: dict[tuple[str, ...], str]) -> Sheet:
    count = len(sheet.columns)
    blanks = ("",) * (count - 1)
    under = f"填报单位：{town or '　　　　　　'}　　报送期：{period or '　　　　年　　月'}　　{sheet.note}"
    rows = [
        Row((f"{town}{period}{sheet.name}", *blanks), (Look.TITLE,) * count, 32, fixed=True),
        Row((under, *blanks), (Look.SIGN,) * count, 34, fixed=True),
        Row(tuple(map(_heading, sheet.columns)), (Look.HEAD,) * count, 30, fixed=True),
    ]
    looks = tuple(_LOOKS[column.kind] for column in sheet.columns)
    rows += [Row((None,) * count, looks, 24, fixed=True)] * sheet.rows
    last = letters(count)
    return Sheet(
        sheet.name,
        tuple(column.width for column in sheet.columns),
        rows,
        merges=(f"A1:{last}1", f"A2:{last}2"),
        head_rows=_HEAD_ROWS,
        rules=tuple(_rules(sheet, long_lists)),
    )


def _heading(column: BlankColumn) -> str:
    return f"{column.label}*" if column.required else column.label


def _rules(sheet: BlankSheet, long_lists: dict[tuple[str, ...], str]) -> Iterator[CellRule]:
    last = _HEAD_ROWS + (sheet.rows if sheet.rows == 1 else _RULED_ROWS)
    for at, column in enumerate(sheet.columns, 1):
        area = f"{address(_HEAD_ROWS + 1, at)}:{address(last, at)}"
        if column.kind == "choice":
            source = long_lists.get(column.choices, column.choices)
            wrong = f"“{column.label}”请从下拉列表里选。"
            yield CellRule(area, "choice", source, column.note, wrong, strict=column.strict)
        elif column.kind == "day":
            yield CellRule(area, "day", (), column.note, "请填日期，如 2026-11-3。")
        elif column.kind == "count":
            yield CellRule(area, "count", (), column.note, "请填整数，没有的填 0。")


def _explained(sheets: Sequence[BlankSheet], county: str, notes: Sequence[str]) -> Sheet:
    rows = [
        Row(("乡镇报送空白工作簿　填写说明", "", "", ""), (Look.TITLE,) * 4, 34, fixed=True),
        *(
            Row((f"{at}．{note}", "", "", ""), (Look.SIGN,) * 4, 18.0 * (1 + len(note) // 52), fixed=True)
            for at, note in enumerate((f"由{county}下发。", *notes), 1)
        ),
        Row(("表", "栏目", "必填", "怎样填"), (Look.HEAD,) * 4, 24, fixed=True),
    ]
    merges = tuple(f"A{at}:D{at}" for at in range(1, len(rows)))
    looks = (Look.MIDDLE, Look.TEXT, Look.MIDDLE, Look.TEXT)
    for sheet in sheets:
        rows.append(Row((sheet.name, "", "", sheet.note), looks))
        for column in sheet.columns:
            if told := _how(column):
                values: tuple[Value, ...] = ("", column.label, "是" if column.required else "", told)
                rows.append(Row(values, looks))
    return Sheet(EXPLAINED, (13, 20, 7, 72), rows, merges=merges, landscape=False)


def _how(column: BlankColumn) -> str:
    kinds = {"choice": "从下拉列表里选", "day": "日期，如 2026-11-3", "count": "整数", "text": ""}
    return "。".join(part for part in (kinds[column.kind], column.note.rstrip("。")) if part)


def _long_lists(sheets: Sequence[BlankSheet]) -> dict[tuple[str, ...], str]:
    """Choices too long to stand with their rule → where they stand on the sheet of choices."""
    found = dict.fromkeys(
        column.choices
        for sheet in sheets
        for column in sheet.columns
        if len(",".join(column.choices)) > INLINE_LIMIT // 2
    )
    return {
        choices: f"'{CHOICES}'!${letters(at)}$2:${letters(at)}${1 + len(choices)}"
        for at, choices in enumerate(found, 1)
    }


def _choice_sheet(long_lists: dict[tuple[str, ...], str]) -> Sheet:
    count, longest = len(long_lists), max(map(len, long_lists))
    head = Row(("下拉列表用到的可选项，不用填", *("",) * (count - 1)), (Look.NOTE_TOP,) * count)
    body = [
        Row(tuple(choices[at] if at < len(choices) else "" for choices in long_lists), (Look.TEXT,) * count)
        for at in range(longest)
    ]
    return Sheet(CHOICES, (24.0,) * count, [head, *body])
