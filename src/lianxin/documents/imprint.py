"""版记 at the foot of the last page: to whom copies go, who prints and when (GB/T 9704-2012, 7.4 and 10.1).

A document is printed on both sides and its 版记 ends on the last, even page; that of a letter stands at the foot of its
last page, whichever that is, and has no lines. Where the text ends is counted from the paragraphs themselves: the
page of the standard has lines of one pitch, so the count is that of any program but for a line at the edge of a page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lianxin.documents.official import CHARACTERS_A_LINE, LINE_TWIPS, MARGIN_TOP, add_text
from lianxin.documents.word import (
    TWIPS_A_POINT,
    Face,
    Layout,
    Piece,
    across,
    element,
    lay,
    mm,
    page_break,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

FACE = Face("仿宋_GB2312", 14)
THICK, THIN = "8", "6"
"""The outer lines are 0.35 mm strong, the inner one 0.25 mm (7.4.1), in eighths of a point of Word."""
_TYPE_WIDTH_MM = 156.0
_POINTS_A_MM = 72 / 25.4
_PITCH = LINE_TWIPS / TWIPS_A_POINT
_PAGE_POINTS = 637.8
"""The type area is 225 mm high."""
_ANCHOR = 1.0
"""Points of the empty paragraph the frames hang on."""


def add_imprint(document: Document, rows: Sequence[str], *, even: bool = True, lines: bool = True) -> None:
    """The rows at the foot of the last page; a tab parts what stands at the left from what stands at the right.

    On the last `even` page, or on the page where the text ends; `lines` between the rows and around them.
    """
    if not rows:
        return
    heights = [_lines_of(row) * _PITCH for row in rows]
    page, used = _end_of(document)
    full = used + sum(heights) + _ANCHOR > _PAGE_POINTS
    breaks = int(full) if not even else (1 if page % 2 else 2 * int(full))
    for _ in range(breaks):
        page_break(document)
    for at, row in enumerate(rows):
        line = add_text(document, [Piece(f"　{row}", FACE)], Layout(align="left", size=14, right=1))
        right_stop(line, FACE.size)
        if lines:
            _lines_around(line, first=at == 0, last=at == len(rows) - 1)
        _at_the_foot(line, height=heights[at], below=sum(heights[at:]))
    # What lies in a frame belongs to the paragraph behind it.
    lay(document.add_paragraph(), Layout(line=_ANCHOR, size=1))


def right_stop(paragraph: Paragraph, size: float) -> None:
    """What stands behind a tab ends one character before the right edge."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm, Pt

    stop = Mm(_TYPE_WIDTH_MM) - Pt(size)
    paragraph.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.RIGHT)


def put_borders(paragraph: Paragraph, borders: BaseOxmlElement) -> None:
    """Give a paragraph its lines."""
    properties = paragraph._p.get_or_add_pPr()
    # w:pBdr stands before w:autoSpaceDE in the schema.
    before = properties.find(element("w:autoSpaceDE").tag)
    assert before is not None
    before.addprevious(borders)


def _lines_of(row: str) -> int:
    room = _TYPE_WIDTH_MM * _POINTS_A_MM / FACE.size - 2
    return max(1, math.ceil(across(row.replace("\t", "")) / room))


def _lines_around(paragraph: Paragraph, *, first: bool, last: bool) -> None:
    borders = element("w:pBdr")
    top = THICK if first else THIN
    borders.append(element("w:top", {"w:val": "single", "w:sz": top, "w:space": "1", "w:color": "000000"}))
    if last:
        borders.append(
            element("w:bottom", {"w:val": "single", "w:sz": THICK, "w:space": "1", "w:color": "000000"})
        )
    put_borders(paragraph, borders)


def _at_the_foot(paragraph: Paragraph, *, height: float, below: float) -> None:
    """Put a row into a frame of its own; it begins so many points above the lower edge of the type area."""
    top = (MARGIN_TOP / TWIPS_A_POINT + _PAGE_POINTS - below) / _POINTS_A_MM
    frame = element(
        "w:framePr",
        {
            "w:w": mm(_TYPE_WIDTH_MM), "w:h": mm(height / _POINTS_A_MM), "w:hRule": "exact", "w:wrap": "around",
            "w:vAnchor": "page", "w:hAnchor": "margin", "w:xAlign": "center", "w:y": mm(top),
        },
    )  # fmt: skip
    paragraph._p.get_or_add_pPr().insert(0, frame)


def _end_of(document: Document) -> tuple[int, float]:
    """The page on which the text ends and how many points of it are taken."""
    page, used = 1, 0.0
    for paragraph in document.paragraphs:
        if paragraph._p.findall(f".//{element('w:br').tag}[@{_type_name()}='page']"):
            page, used = page + 1, 0.0
            continue
        before, after, pitch, lines = _measured(paragraph)
        used += before
        for _ in range(lines):
            if used + pitch > _PAGE_POINTS:
                page, used = page + 1, 0.0
            used += pitch
        used += after
    return page, used


def _type_name() -> str:
    from docx.oxml.ns import qn

    return qn("w:type")


def _measured(paragraph: Paragraph) -> tuple[float, float, float, int]:
    """Points before and after it, its pitch and its lines; what lies in a frame takes no place in the text."""
    from docx.shared import Length

    layout = paragraph.paragraph_format
    properties = paragraph._p.get_or_add_pPr()
    if properties.find(element("w:framePr").tag) is not None:
        return 0.0, 0.0, 0.0, 0
    before = layout.space_before.pt if layout.space_before is not None else 0.0
    pitch = layout.line_spacing.pt if isinstance(layout.line_spacing, Length) else _PITCH
    size = next((run.font.size.pt for run in paragraph.runs if run.font.size is not None), 16.0)
    left = layout.left_indent.pt if layout.left_indent is not None else 0.0
    right = layout.right_indent.pt if layout.right_indent is not None else 0.0
    first = layout.first_line_indent.pt if layout.first_line_indent is not None else 0.0
    room = CHARACTERS_A_LINE * 16.0 - left - right
    parts = paragraph.text.split("\n")
    lines = sum(
        max(1, math.ceil((across(part) * size + (max(first, 0.0) if at == 0 else 0.0)) / room))
        for at, part in enumerate(parts)
    )
    after = layout.space_after.pt if layout.space_after is not None else 0.0
    return before, after + _line_below(properties), pitch, lines


def _line_below(properties: BaseOxmlElement) -> float:
    """Points a line below a paragraph takes with the space before it."""
    from docx.oxml.ns import qn

    line = properties.find(f"{qn('w:pBdr')}/{qn('w:bottom')}")
    if line is None:
        return 0.0
    return float(line.get(qn("w:space")) or 0) + float(line.get(qn("w:sz")) or 0) / 8
