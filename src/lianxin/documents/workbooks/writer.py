"""A small writer of .xlsx: text is always text, equal input gives equal bytes, and long tables are quick.

Only what our papers need: text, numbers, days, a fixed set of looks, merged cells, frozen and repeated
heads, named cells. No formula can be written, whatever a text begins with (ECMA-376 part 1, chapter 18).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from lianxin.documents.word.package import CONTENT_TYPES, CORE_PROPERTIES, core_properties, printable, zipped
from lianxin.documents.workbooks.cell_rules import CellRule, rules_xml
from lianxin.documents.workbooks.charts import Chart, chart_xml, drawing_xml
from lianxin.documents.workbooks.looks import STYLES, Look

Value = str | int | Decimal | date | None

CELL_LIMIT = 32_767
"""Most UTF-16 units a cell holds; Excel calls a file with more damaged."""
EXACT_DIGITS = 10**15
"""Whole numbers from here on lose digits in a spreadsheet, so they are written as text."""
CONTINUED = "续文"
_KEPT = 32_000
_EPOCH = date(1899, 12, 30)
_SAFE_SERIAL = 61
_ODD = re.compile(r"_x[0-9A-Fa-f]{4}_")
_BARRED_IN_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True)
class Row:
    """One row: values and their looks side by side; height in points, or left to the spreadsheet.

    A height that is not `fixed` is an estimate: a program that can measure text measures it again.
    """

    values: tuple[Value, ...]
    looks: tuple[Look, ...]
    height: float | None = None
    fixed: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet. Widths in characters; `merges` and `names` hold cell addresses such as A1:C1 and B4.

    `breaks` are rows after which a new printed page begins.
    """

    name: str
    widths: tuple[float, ...]
    rows: Sequence[Row]
    merges: tuple[str, ...] = ()
    head_rows: int = 0
    filtered: str = ""
    landscape: bool = True
    one_page: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    charts: tuple[Chart, ...] = ()
    breaks: tuple[int, ...] = ()
    rules: tuple[CellRule, ...] = ()


def workbook_bytes(sheets: Sequence[Sheet], *, title: str, author: str) -> bytes:
    """The .xlsx of these sheets. A text over the limit goes on in a further sheet, and its cell says so."""
    texts = _Texts()
    bodies = [_sheet_xml(sheet, texts) for sheet in sheets]
    every = list(sheets)
    if texts.long:
        last = _continuation(texts.long)
        every.append(last)
        bodies.append(_sheet_xml(last, texts))
    parts = {f"xl/worksheets/sheet{at}.xml": body.encode() for at, body in enumerate(bodies, 1)}
    parts["xl/sharedStrings.xml"] = texts.xml().encode()
    parts["xl/styles.xml"] = STYLES.encode()
    parts["xl/workbook.xml"] = _workbook_xml(every).encode()
    parts["xl/_rels/workbook.xml.rels"] = _workbook_relations(len(every)).encode()
    parts["_rels/.rels"] = _PACKAGE_RELATIONS.encode()
    drawn = _drawn(every)
    parts |= drawn
    parts[CONTENT_TYPES] = _content_types(len(every), drawn).encode()
    parts[CORE_PROPERTIES] = core_properties(title, author)
    return zipped(parts)


def _drawn(sheets: Sequence[Sheet]) -> dict[str, bytes]:
    """The parts of every chart: drawing N belongs to sheet N, charts are counted through the workbook."""
    parts: dict[str, str] = {}
    count = 0
    for at, sheet in enumerate(sheets, 1):
        if not sheet.charts:
            continue
        targets = []
        for chart in sheet.charts:
            count += 1
            parts[f"xl/charts/chart{count}.xml"] = chart_xml(chart)
            targets.append(("chart", f"../charts/chart{count}.xml"))
        parts[f"xl/drawings/drawing{at}.xml"] = drawing_xml(sheet.charts)
        parts[f"xl/drawings/_rels/drawing{at}.xml.rels"] = _relations(targets)
        drawing = [("drawing", f"../drawings/drawing{at}.xml")]
        parts[f"xl/worksheets/_rels/sheet{at}.xml.rels"] = _relations(drawing)
    return {name: part.encode() for name, part in parts.items()}


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{at}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'{_XML}<Relationships xmlns="{_RELATIONS}">{listed}</Relationships>'


def address(row: int, column: int) -> str:
    """A1 for row 1, column 1."""
    return f"{letters(column)}{row}"


def letters(column: int) -> str:
    """The letters of a column: 1 → A, 27 → AA."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def utf16_length(text: str) -> int:
    """Length as a spreadsheet counts it: characters beyond U+FFFF are two."""
    return len(text) if text.isascii() else len(text) + sum(char > "\uffff" for char in text)


def sheet_name(label: str) -> str:
    """A name a sheet may have: 31 characters, none that addresses use."""
    return _BARRED_IN_NAME.sub("", printable(label)).strip("'\n\t ")[:31] or "表"


@dataclass
class _Texts:
    """The shared texts of a workbook, and those too long for their cells."""

    places: dict[str, int] = field(default_factory=dict)
    used: int = 0
    long: list[tuple[str, str, str]] = field(default_factory=list)
    known: dict[Value, str] = field(default_factory=lambda: {None: "/>", "": "/>"})
    """What follows the look of a cell, by its value: of a ledger's words, days and counts most come again."""

    def place(self, text: str, sheet: str, cell: str) -> int:
        """The number of this text; a text over the limit leaves its head here and its rest for 续文."""
        clean = printable(text)
        if len(clean) * 2 > CELL_LIMIT and utf16_length(clean) > CELL_LIMIT:
            head, rest = _split(clean)
            self.long.append((sheet, cell, rest))
            clean = f"{head}……（文字太长，余下部分见“{CONTINUED}”表：{sheet} {cell}）"
            return self.places.setdefault(clean, len(self.places))
        return self.places.setdefault(clean, len(self.places))

    def xml(self) -> str:
        # One text after another would be escaped slowly; no text holds the mark that parts them.
        items = _escaped("\0".join(self.places)).replace("\0", f"{_TEXT_END}{_TEXT}")
        return (
            f'{_XML}<sst xmlns="{_MAIN}" count="{self.used}" uniqueCount="{len(self.places)}">'
            + (f"{_TEXT}{items}{_TEXT_END}" if self.places else "")
            + "</sst>"
        )


def _escaped(text: str) -> str:
    if "_x" in text:
        # _x0041_ in the file would be read as the letter A.
        text = _ODD.sub(lambda match: f"_x005F{match[0]}", text)
    return escape(text)


def _split(text: str) -> tuple[str, str]:
    """Head of at most the kept length in UTF-16 units, and the rest."""
    end = _KEPT
    while utf16_length(text[:end]) > _KEPT:
        end -= max(1, (utf16_length(text[:end]) - _KEPT) // 2)
    return text[:end], text[end:]


def _continuation(long: Sequence[tuple[str, str, str]]) -> Sheet:
    head = Row(("所在表", "单元格", "第几段", "接上文"), (Look.HEAD,) * 4)
    return Sheet(CONTINUED, (14, 9, 8, 90), (head, *_pieces(long)), head_rows=1)


def _pieces(long: Sequence[tuple[str, str, str]]) -> Iterator[Row]:
    for sheet, cell, rest in long:
        piece = 1
        while rest:
            text, rest = _split(rest) if utf16_length(rest) > _KEPT else (rest, "")
            yield Row((sheet, cell, piece, text), (Look.MIDDLE, Look.MIDDLE, Look.COUNT, Look.TEXT))
            piece += 1


def _sheet_xml(sheet: Sheet, texts: _Texts) -> str:
    view = f'<selection activeCell="A{sheet.head_rows + 1}" sqref="A{sheet.head_rows + 1}"/>'
    if sheet.head_rows:
        view = (
            f'<pane ySplit="{sheet.head_rows}" topLeftCell="A{sheet.head_rows + 1}" activePane="bottomLeft"'
            f' state="frozen"/><selection pane="bottomLeft" activeCell="A{sheet.head_rows + 1}"'
            f' sqref="A{sheet.head_rows + 1}"/>'
        )
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width:g}" customWidth="1"/>'
        for at, width in enumerate(sheet.widths, 1)
    )
    rows = "".join(_rows_xml(sheet, texts))
    texts.used += rows.count(_SHARED)
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in sheet.merges)
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView showGridLines="0" workbookViewId="0">{view}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="18"/><cols>{columns}</cols><sheetData>{rows}</sheetData>'
        + (f'<autoFilter ref="{sheet.filtered}"/>' if sheet.filtered else "")
        + (f'<mergeCells count="{len(sheet.merges)}">{merged}</mergeCells>' if merged else "")
        + rules_xml(sheet.rules)
        + _page_xml(sheet)
        + _breaks_xml(sheet.breaks)
        + (f'<drawing xmlns:r="{_RELATION}" r:id="rId1"/>' if sheet.charts else "")
        + "</worksheet>"
    )


def _page_xml(sheet: Sheet) -> str:
    """A4 with a binding edge of 25 mm: at the left in portrait, at the top in landscape (domain.md 9.6)."""
    left, top = ("0.47", "0.98") if sheet.landscape else ("0.98", "0.6")
    return (
        f'<printOptions horizontalCentered="1"/><pageMargins left="{left}" right="0.47" top="{top}"'
        ' bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" fitToWidth="1"'
        f' fitToHeight="{int(sheet.one_page)}" orientation="{"landscape" if sheet.landscape else "portrait"}"/>'
        "<headerFooter><oddFooter>&amp;C&amp;9第&amp;P页 共&amp;N页</oddFooter></headerFooter>"
    )


def _breaks_xml(breaks: Sequence[int]) -> str:
    if not breaks:
        return ""
    listed = "".join(f'<brk id="{row}" max="16383" man="1"/>' for row in breaks)
    return f'<rowBreaks count="{len(breaks)}" manualBreakCount="{len(breaks)}">{listed}</rowBreaks>'


def _rows_xml(sheet: Sheet, texts: _Texts) -> Iterator[str]:
    """Each row; what is the same in every row of one sequence of looks is put together once."""
    known, looks, columns = texts.known, None, _columns(())
    for at, row in enumerate(sheet.rows, 1):
        if row.looks is not looks:
            looks, columns = row.looks, _columns(row.looks)
        height = f' ht="{row.height:g}"' + (' customHeight="1"' if row.fixed else "") if row.height else ""
        cells = [
            f"{start}{at}{style}{known.get(value) or _rest_xml(value, letter, at, sheet.name, texts)}"
            for value, (start, style, letter) in zip(row.values, columns, strict=True)
        ]
        yield f'<row r="{at}"{height}>{"".join(cells)}</row>'


def _columns(looks: Sequence[Look]) -> list[tuple[str, str, str]]:
    """For each column what stands before the number of a row and what behind it, and its letters."""
    return [
        (f'<c r="{letters(column)}', f'" s="{look.number}"', letters(column))
        for column, look in enumerate(looks, 1)
    ]


def _rest_xml(value: Value, letter: str, at: int, sheet: str, texts: _Texts) -> str:
    """A cell behind its look; kept for the next cell of this value, but for a text that goes on elsewhere."""
    digits, long = _digits(value), len(texts.long)
    if digits:
        rest = f"><v>{digits}</v></c>"
    else:
        text = value.isoformat() if isinstance(value, date) else str(value)
        rest = f"{_SHARED}{texts.place(text, sheet, f'{letter}{at}')}</v></c>"
    if len(texts.long) == long:
        texts.known[value] = rest
    return rest


def _digits(value: Value) -> str:
    """What a cell holds as a number; "" for text, and for what a spreadsheet would not hold exactly."""
    if isinstance(value, date):
        serial = value.toordinal() - _EPOCH.toordinal()
        return str(serial) if serial >= _SAFE_SERIAL else ""
    if value is None or isinstance(value, str) or not -EXACT_DIGITS < value < EXACT_DIGITS:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(int(value))


def _workbook_xml(sheets: Sequence[Sheet]) -> str:
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{at}" r:id="rId{at}"/>'
        for at, sheet in enumerate(sheets, 1)
    )
    names = "".join(_names_xml(sheet, at) for at, sheet in enumerate(sheets))
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{listed}</sheets>"
        + (f"<definedNames>{names}</definedNames>" if names else "")
        + "</workbook>"
    )


def _names_xml(sheet: Sheet, at: int) -> str:
    quoted = escape("'" + sheet.name.replace("'", "''") + "'")
    found = ""
    if sheet.filtered:
        area = re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", sheet.filtered)
        found += (
            f'<definedName name="_xlnm._FilterDatabase" localSheetId="{at}" hidden="1">{quoted}!{area}'
            "</definedName>"
        )
    if sheet.head_rows:
        found += (
            f'<definedName name="_xlnm.Print_Titles" localSheetId="{at}">{quoted}!$1:${sheet.head_rows}'
            "</definedName>"
        )
    for name, cell in sorted(sheet.names.items()):
        fixed = re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", cell)
        found += f"<definedName name={quoteattr(name)}>{quoted}!{fixed}</definedName>"
    return found


def _workbook_relations(sheets: int) -> str:
    listed = "".join(
        f'<Relationship Id="rId{at}" Type="{_RELATION}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, sheets + 1)
    )
    return (
        f'{_XML}<Relationships xmlns="{_RELATIONS}">{listed}'
        f'<Relationship Id="rId{sheets + 1}" Type="{_RELATION}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId{sheets + 2}" Type="{_RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>"
    )


def _content_types(sheets: int, drawn: Iterable[str]) -> str:
    listed = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_SHEET_ML}.worksheet+xml"/>'
        for at in range(1, sheets + 1)
    )
    for name in drawn:
        form = next((form for folder, form in _DRAWN_FORMS.items() if name.startswith(folder)), "")
        listed += f'<Override PartName="/{name}" ContentType="{form}"/>' if form else ""
    return (
        f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_ML}.sheet.main+xml"/>{listed}'
        f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET_ML}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_SHEET_ML}.sharedStrings+xml"/>'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHARED = ' t="s"><v>'
_TEXT, _TEXT_END = '<si><t xml:space="preserve">', "</t></si>"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_SHEET_ML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DRAWN_FORMS: Mapping[str, str] = {
    "xl/charts/chart": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    "xl/drawings/drawing": "application/vnd.openxmlformats-officedocument.drawing+xml",
}
_PACKAGE_RELATIONS = (
    f'{_XML}<Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="rId1" Type="{_RELATION}/officeDocument" Target="xl/workbook.xml"/>'
    '<Relationship Id="rId2" Target="docProps/core.xml"'
    ' Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"/>'
    "</Relationships>"
)
