"""Tables of paper forms: rows of cells with widths and heights in millimetres, to be filled by hand or printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lianxin.documents.word.text import Layout, Piece, add_run, element, lay, mm

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table
    from docx.text.paragraph import Paragraph


_PLAIN = Layout(align="left", line=15, size=10.5)


@dataclass(frozen=True)
class FormCell:
    """One cell. `lines` are its paragraphs; `ruled` draws a line under each, to write on.

    `stops` are tab stops in millimetres.
    """

    width: float
    lines: tuple[tuple[Piece, ...], ...]
    layout: Layout = _PLAIN
    vertical: Literal["top", "center", "bottom"] = "center"
    ruled: bool = False
    joined: Literal["", "restart", "continue"] = ""
    stops: tuple[float, ...] = ()


@dataclass(frozen=True)
class FormRow:
    """One row of exact height, so that the form is one page whatever stands in it.

    `head`: repeated on every page of a table that runs on. `least`: the height is the least one, for texts a program
    may break otherwise than was reckoned. `grows`: so too, and a long text goes on on the next page.
    """

    height: float
    cells: tuple[FormCell, ...]
    head: bool = False
    grows: bool = False
    least: bool = False


def add_form(document: Document, rows: Sequence[FormRow]) -> None:
    """Append the table; cells of different rows may end anywhere, the grid is made of all their edges."""
    edges = sorted({edge for row in rows for edge in _edges(row)})
    table = document.add_table(rows=0, cols=0)
    frame = table._tbl
    frame.tblPr.append(element("w:tblW", {"w:w": mm(edges[-1]), "w:type": "dxa"}))
    frame.tblPr.append(element("w:jc", {"w:val": "center"}))
    frame.tblPr.append(_borders())
    frame.tblPr.append(element("w:tblLayout", {"w:type": "fixed"}))
    for left, right in zip([0.0, *edges], edges, strict=False):
        frame.tblGrid.append(element("w:gridCol", {"w:w": mm(right - left)}))
    for row in rows:
        frame.append(_row(row, edges))
    for made, row in zip(table.rows, rows, strict=True):
        for held, cell in zip(made._tr.tc_lst, row.cells, strict=True):
            _fill(held, cell, table)
    # A body may not end in a table; the paragraph behind it takes almost no room.
    lay(document.add_paragraph(), Layout(line=1, size=1))


def _edges(row: FormRow) -> list[float]:
    at, found = 0.0, []
    for cell in row.cells:
        at = round(at + cell.width, 2)
        found.append(at)
    return found


def _row(row: FormRow, edges: Sequence[float]) -> BaseOxmlElement:
    made = element("w:tr")
    properties = element("w:trPr")
    if not row.grows:
        properties.append(element("w:cantSplit"))
    rule = "atLeast" if row.grows or row.least else "exact"
    properties.append(element("w:trHeight", {"w:val": mm(row.height), "w:hRule": rule}))
    if row.head:
        properties.append(element("w:tblHeader"))
    made.append(properties)
    before = 0
    for cell, edge in zip(row.cells, _edges(row), strict=True):
        upto = edges.index(edge) + 1
        made.append(_cell(cell, upto - before))
        before = upto
    return made


def _cell(cell: FormCell, span: int) -> BaseOxmlElement:
    made = element("w:tc")
    properties = element("w:tcPr")
    properties.append(element("w:tcW", {"w:w": mm(cell.width), "w:type": "dxa"}))
    if span > 1:
        properties.append(element("w:gridSpan", {"w:val": str(span)}))
    if cell.joined:
        properties.append(element("w:vMerge", {"w:val": cell.joined}))
    margins = element("w:tcMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", {"w:w": mm(1.2), "w:type": "dxa"}))
    properties.append(margins)
    properties.append(element("w:vAlign", {"w:val": cell.vertical}))
    made.append(properties)
    made.append(element("w:p"))
    return made


def _fill(held: BaseOxmlElement, cell: FormCell, table: Table) -> None:
    from docx.oxml.table import CT_Tc
    from docx.oxml.text.paragraph import CT_P
    from docx.shared import Mm
    from docx.text.paragraph import Paragraph

    assert isinstance(held, CT_Tc)
    for at, pieces in enumerate(cell.lines or ((),)):
        mark = held.p_lst[0] if at == 0 else held.add_p()
        assert isinstance(mark, CT_P)
        paragraph = Paragraph(mark, table)
        lay(paragraph, cell.layout)
        _off_the_grid(paragraph)
        if cell.ruled:
            _rule(mark)
        for stop in cell.stops:
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(stop))
        for piece in pieces:
            add_run(paragraph, piece.text, piece.face)


def _off_the_grid(paragraph: Paragraph) -> None:
    """On a page whose lines lie on a grid, those of a table would be as far apart as the page's own."""
    properties = paragraph._p.get_or_add_pPr()
    spacing = properties.find(element("w:spacing").tag)
    assert spacing is not None
    spacing.addprevious(element("w:snapToGrid", {"w:val": "0"}))


def _rule(paragraph: BaseOxmlElement) -> None:
    """Draw a dotted line under the paragraph, also between equal paragraphs."""
    from docx.oxml.text.paragraph import CT_P

    assert isinstance(paragraph, CT_P)
    borders = element("w:pBdr")
    for side in ("bottom", "between"):
        borders.append(
            element(f"w:{side}", {"w:val": "dotted", "w:sz": "4", "w:space": "0", "w:color": "808080"})
        )
    properties = paragraph.get_or_add_pPr()
    # w:pBdr stands after w:widowControl in the schema.
    properties.insert(1, borders)


def _borders() -> BaseOxmlElement:
    made = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        made.append(element(f"w:{side}", {"w:val": "single", "w:sz": "6", "w:color": "000000"}))
    return made
