"""The 月报表: a sheet for the chair to read and sign, and one row for the county to copy (domain.md 4.13, 6.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lianxin.documents.workbooks.charts import Chart, Series
from lianxin.documents.workbooks.looks import Look
from lianxin.documents.workbooks.writer import Row, Sheet, Value, address, letters, sheet_name, workbook_bytes

NAME_PREFIX = "figure_"
"""Before every figure's key in the names of cells, so that no key can be read as an address such as A1."""
NO_FIGURE = "—"
RETURN_SHEET, ROW_SHEET, CHART_SHEET = "月报表", "汇总行", "图"
_WIDTHS = (5.0, 21.0, 6.5, 10.0, 51.0)
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,80}")


class BadFigureKey(ValueError):
    """A figure whose key cannot name a cell, or stands twice."""

    def __init__(self, key: str) -> None:
        super().__init__(f"指标代号“{key}”不能用作单元格名称，月报表没有生成；您的数据没有改动。")
        self.key = key


@dataclass(frozen=True)
class ReturnColumn:
    """One figure of the return. `key` names its cell (`figure_` + key) and its total in the manifest.

    `value` is a whole number, ready words such as 84.6%, or None where there is nothing to divide by.
    """

    key: str
    label: str
    value: int | str | None
    definition: str = ""
    unit: str = ""


@dataclass(frozen=True)
class ReturnChart:
    """One table of the sheet 图 with its chart: what stands below each bar, and one list of numbers per colour."""

    title: str
    names: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]
    lying: bool = False


@dataclass(frozen=True)
class SignatureLine:
    """What stands at the foot; what is empty is left blank to be written by hand."""

    reporting_office: str
    chair: str = ""
    filled_by: str = ""
    phone: str = ""
    filled_on: str = ""


def monthly_return_xlsx(
    columns: Sequence[ReturnColumn],
    *,
    title: str,
    office_name: str,
    period_words: str,
    reconciliation: str,
    notes: Sequence[str] = (),
    signature: SignatureLine,
    charts: Sequence[ReturnChart] = (),
) -> bytes:
    """The signed return: every figure with its definition, the line that must add up, notes, and the foot.

    `reconciliation` is the printed line 收集 = 当场答复 + …; `period_words` such as 2026年11月. Raises BadFigureKey.
    """
    _check_keys(columns)
    sheets = (
        _return_sheet(columns, title, office_name, period_words, reconciliation, notes, signature),
        _row_sheet(columns, office_name, period_words),
        *((chart_sheet(charts, name=CHART_SHEET),) if charts else ()),
    )
    return workbook_bytes(sheets, title=title, author=office_name)


def _check_keys(columns: Sequence[ReturnColumn]) -> None:
    seen: set[str] = set()
    for column in columns:
        # Names of cells do not tell capital from small letters.
        if not _KEY.fullmatch(column.key) or column.key.casefold() in seen:
            raise BadFigureKey(column.key)
        seen.add(column.key.casefold())


def _return_sheet(
    columns: Sequence[ReturnColumn],
    title: str,
    office_name: str,
    period_words: str,
    reconciliation: str,
    notes: Sequence[str],
    signature: SignatureLine,
) -> Sheet:
    rows = [
        Row((title, "", "", "", ""), (Look.TITLE,) * 5, 36, fixed=True),
        Row((f"填报单位：{office_name}", "", "", "", f"统计期：{period_words}"), _UNDER, 22, fixed=True),
        Row(("序号", "指标", "单位", "数值", "指标说明"), (Look.HEAD,) * 5, 24, fixed=True),
    ]
    names: dict[str, str] = {}
    figures_end = len(rows) + len(columns)
    for at, column in enumerate(columns, 1):
        rows.append(_figure_row(at, column))
        names[NAME_PREFIX + column.key] = address(len(rows), 4)
    merges = ["A1:E1", "A2:D2"]
    for text in (f"勾稽关系：{reconciliation}" if reconciliation else "", *notes):
        if text:
            rows.append(Row((text, "", "", "", ""), (Look.SIGN,) * 5, _text_height(text), fixed=True))
            merges.append(f"A{len(rows)}:E{len(rows)}")
    rows.append(Row(("",) * 5, (Look.PLAIN,) * 5, 10, fixed=True))
    first = len(rows) + 1
    for at, right in enumerate(_foot(signature)):
        left = f"填报单位（盖章）：{signature.reporting_office}" if at == 0 else ""
        rows.append(Row((left, "", "", right, ""), _SIGNS, _SIGNATURE, fixed=True))
        merges.append(f"D{len(rows)}:E{len(rows)}")
    merges.append(f"A{first}:C{len(rows)}")
    whole = sum(row.height or 0 for row in rows) <= _ONE_PAGE
    return Sheet(
        name=RETURN_SHEET,
        widths=_WIDTHS,
        rows=rows,
        merges=tuple(merges),
        head_rows=_HEAD_ROWS,
        landscape=False,
        one_page=whole,
        names=names,
        breaks=() if whole else _breaks(rows, figures_end),
    )


def _breaks(rows: Sequence[Row], figures_end: int) -> tuple[int, ...]:
    """The last row of each page but the last, the head standing on every one; signatures have figures with them."""
    heights = [row.height or 0 for row in rows]
    head = sum(heights[:_HEAD_ROWS])
    used, found = 0.0, list[int]()
    for at, height in enumerate(heights, 1):
        used += height
        end = min(at - 1, figures_end - _WITH_SIGNATURES)
        if used > _FIRST_PAGE and end > (found[-1] if found else _HEAD_ROWS):
            found.append(end)
            used = head + sum(heights[end:at])
    return tuple(found) or (figures_end - _WITH_SIGNATURES,)


_SIGNS = (*(Look.NOTE_TOP,) * 3, Look.SIGN, Look.SIGN)
_SIGNATURE = 44.0
"""Height of a signature line in points: still 12 mm, and four of them 50 mm for the seal, when some thirty figures
are printed at 85 % to fit on one page (domain.md 9.6)."""
_ONE_PAGE = 890.0
"""Height in points that A4 holds at 85 %; a longer return goes on a second page rather than shrink further."""
_FIRST_PAGE = 780.0
_WITH_SIGNATURES = 6
_HEAD_ROWS = 3
_UNDER = (*(Look.UNDER_LEFT,) * 4, Look.UNDER_RIGHT)


def _figure_row(at: int, column: ReturnColumn) -> Row:
    figure = Look.FIGURE if isinstance(column.value, int) else Look.FIGURE_TEXT
    lines = max(-(-_across(column.definition) // 48), -(-_across(column.label) // 20), 1)
    return Row(
        (at, column.label, column.unit, _shown(column.value), column.definition),
        (Look.ORDER, Look.TEXT, Look.MIDDLE, figure, Look.TEXT),
        max(21.0, lines * 13.5 + 5),
        fixed=True,
    )


def _shown(value: int | str | None) -> Value:
    return NO_FIGURE if value is None or value == "" else value


def _foot(signature: SignatureLine) -> tuple[str, ...]:
    return (
        f"主席签字：{signature.chair}",
        f"填表人：{signature.filled_by}",
        f"电话：{signature.phone}",
        f"填报日期：{signature.filled_on or '　　　　年　　月　　日'}",
    )


def _text_height(text: str) -> float:
    return max(1, -(-_across(text) // 86)) * 16.0 + 6


def _across(text: str) -> int:
    return sum(1 if char < "\u0100" else 2 for char in text)


def _row_sheet(columns: Sequence[ReturnColumn], office_name: str, period_words: str) -> Sheet:
    labels = ("乡镇", "统计期", *(column.label for column in columns))
    values = (office_name, period_words, *(_shown(column.value) for column in columns))
    looks = (
        Look.MIDDLE,
        Look.MIDDLE,
        *(Look.COUNT if isinstance(column.value, int) else Look.MIDDLE for column in columns),
    )
    return Sheet(
        name=sheet_name(ROW_SHEET),
        widths=(14.0, 18.0, *(9.0 for _ in columns)),
        rows=(Row(labels, (Look.HEAD,) * len(labels), 62, fixed=True), Row(values, looks, 40, fixed=True)),
        head_rows=1,
    )


def chart_sheet(charts: Sequence[ReturnChart], *, name: str) -> Sheet:
    """Tables of numbers left, beside each its chart, drawn by the spreadsheet from those very cells."""
    rows: list[Row] = []
    drawn: list[Chart] = []
    for chart in charts:
        top = len(rows)
        rows += _chart_table(chart)
        least = max(_LEAST_ROWS, len(chart.names) + 3)
        rows += [_BLANK] * (top + least - len(rows) + 1)
        drawn.append(_drawn(chart, top, least, name))
    widths = (18.0, 10.0, 10.0, 2.0, *(9.0,) * _CHART_COLUMNS)
    return Sheet(
        name=sheet_name(name), widths=widths, rows=rows, charts=tuple(drawn), landscape=False, one_page=True
    )


_LEAST_ROWS = 15
_CHART_COLUMNS = 9
_BLANK = Row(("",) * 3, (Look.PLAIN,) * 3, 18, fixed=True)


def _chart_table(chart: ReturnChart) -> Iterator[Row]:
    spare = ("",) * (2 - len(chart.series))
    yield Row((chart.title, "", ""), (Look.UNDER_LEFT,) * 3, 22, fixed=True)
    heads = ("", *(label for label, _ in chart.series), *spare)
    yield Row(
        heads,
        tuple(Look.HEAD if at == 0 or word else Look.PLAIN for at, word in enumerate(heads)),
        20,
        fixed=True,
    )
    for at, word in enumerate(chart.names):
        values = tuple(numbers[at] for _, numbers in chart.series)
        looks = (Look.TEXT, *(Look.COUNT,) * len(values), *(Look.PLAIN,) * len(spare))
        yield Row((word, *values, *spare), looks, 18, fixed=True)


def _drawn(chart: ReturnChart, top: int, rows: int, sheet: str) -> Chart:
    first, last = top + 3, top + 2 + len(chart.names)
    series = tuple(
        Series(
            label,
            f"'{sheet}'!$A${first}:$A${last}",
            chart.names,
            f"'{sheet}'!${letters(at)}${first}:${letters(at)}${last}",
            numbers,
        )
        for at, (label, numbers) in enumerate(chart.series, 2)
    )
    return Chart(chart.title, series, top, 4, rows, _CHART_COLUMNS, lying=chart.lying)
