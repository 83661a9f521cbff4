"""Paper forms on one A4 page: titles and rows of a label and what stands beside it, empty where a pen goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from lianxin.documents.word.form_table import FormCell, FormRow
from lianxin.documents.word.text import Face, Layout, Piece, across, add_run, lay, new_document
from lianxin.documents.word.type_area import POINTS_A_MM

if TYPE_CHECKING:
    from docx.document import Document

WIDTH, LABEL = 172.0, 26.0
"""Of a form and of its labels, in millimetres."""
FORM_TITLE, PART_TITLE = Face("方正小标宋简体", 20), Face("方正小标宋简体", 15)
SMALL = Face("仿宋_GB2312", 10.5)
_HEAD, _TEXT = Face("黑体", 10.5), Face("仿宋_GB2312", 12)
_LINE = 19.0
"""Points from line to line of the text."""
_PEN_LINE = 9.0
"""Millimetres from line to line where a pen writes."""


def form_page() -> Document:
    """An empty A4 page with the binding edge of a form at the left."""
    from docx.shared import Mm

    document = new_document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    # The binding edge of a form is 25 mm (domain.md 9.6).
    section.left_margin, section.right_margin = Mm(25), Mm(13)
    section.top_margin, section.bottom_margin = Mm(12), Mm(12)
    section.footer_distance = Mm(5)
    return document


def form_title(document: Document, words: str, face: Face, line: float) -> None:
    """A title in the middle; `line` is its pitch in points."""
    title = document.add_paragraph()
    lay(title, Layout(align="center", line=line, size=face.size))
    add_run(title, words, face)


def label_cell(words: str) -> FormCell:
    """The cell of a label; a line break in the words is kept."""
    lines = tuple((Piece(line, _HEAD),) for line in words.split("\n"))
    return FormCell(LABEL, lines, Layout(align="center", line=14, size=10.5))


def pair(one: str, first: str, other: str, second: str, height: float) -> FormRow:
    """Two labels with their values on one line, at least so many millimetres high."""
    rest = WIDTH / 2 - LABEL
    cells = (label_cell(one), value_cell(first, rest), label_cell(other), value_cell(second, rest))
    needed = max(_lines(first, rest), _lines(second, rest)) * 14.5 / POINTS_A_MM + 2
    return FormRow(max(height, needed), cells)


def value_cell(text: str, width: float) -> FormCell:
    """The cell of a short value, `width` in millimetres."""
    return FormCell(width, ((Piece(text, SMALL),),), Layout(align="left", line=14.5, size=10.5))


def long(
    head: str,
    text: str,
    *,
    least: float,
    most: float = 220.0,
    vertical: Literal["top", "center"] = "top",
    grows: bool = False,
    ruled: bool = False,
) -> FormRow:
    """A label and a text over the whole width, as high as the text asks within these millimetres.

    One that `grows` has no upper limit: for sheets that may go on on a second page. One that is `ruled` and has no
    text has lines to write on.
    """
    width = WIDTH - LABEL
    if ruled and not text:
        return FormRow(least, (label_cell(head), _to_write_on(width, least)))
    lines = tuple((Piece(line, _TEXT),) for line in text.split("\n"))
    needed = sum(_lines(line, width, 12) for line in text.split("\n")) * _LINE / POINTS_A_MM + 3
    cell = FormCell(width, lines, Layout(align="left", line=_LINE, size=12), vertical=vertical)
    if grows:
        return FormRow(least, (label_cell(head), cell), grows=True)
    return FormRow(min(max(least, needed), most), (label_cell(head), cell))


def _to_write_on(width: float, height: float) -> FormCell:
    lines = max(1, round(height / _PEN_LINE))
    layout = Layout(align="left", line=height / lines * POINTS_A_MM - 1, size=12)
    return FormCell(width, ((),) * lines, layout, vertical="top", ruled=True)


def _lines(text: str, width: float, size: float = 10.5) -> int:
    """How many lines a text takes in a cell of this width in millimetres."""
    # A number or a stop that may not begin a line leaves up to a character of it empty.
    room = max((width - 3) * POINTS_A_MM / size - 1, 1)
    return max(1, -(-int(across(text) * 10) // int(room * 10)))
