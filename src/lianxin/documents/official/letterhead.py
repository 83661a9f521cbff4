"""信函格式 of GB/T 9704-2012 (10.1): the sender's mark in red, a double line below it and one above the lower edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianxin.documents.official.page import BODY, add_text, official_page
from lianxin.documents.official.red_head import NUMBER_PITCH, RED, add_red, mark_size
from lianxin.documents.word.ink import TIGHT, below_ink, ink_height, ink_top
from lianxin.documents.word.text import (
    TWIPS_A_POINT,
    Face,
    Layout,
    Piece,
    add_run,
    begin_anew,
    element,
    lay,
    mm,
)
from lianxin.documents.word.type_area import LINE_TWIPS, MARGIN_LEFT, MARGIN_TOP, POINTS_A_MM, TYPE_WIDTH_MM

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

MARK_FROM_EDGE, LINE_BELOW_MARK, LINE_FROM_LOWER_EDGE, LINE_LENGTH = 30.0, 4.0, 20.0, 170.0
"""Millimetres: the mark from the upper edge, the first line below it, the second from the lower edge, both long."""
NUMBER_BELOW_LINE = 14 / POINTS_A_MM
"""Seven eighths of the height of a 16 pt character (10.1)."""
_LINE_WEIGHT = 1.6
"""Millimetres both strokes of the double line take with the gap between them."""
_PAGE_HEIGHT_MM = 297.0
_MARK_SIZE = 32.0
THICK_ABOVE, THIN_ABOVE = "thinThickSmallGap", "thickThinSmallGap"
"""As upper borders: the standard of the file names what lies inside first (ECMA-376, ST_Border)."""
_CLASS = Face("黑体", 16)


def letter_page(sender: str, *, number: str, corner: str = "") -> Document:
    """A letter of this sender; `number` stands right below the line, `corner` is written at the upper right.

    The first page bears no page number, as the standard has it for letters.
    """
    document = official_page()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    size, _ = mark_size(sender, _MARK_SIZE)
    pitch = size * TIGHT
    header = section.first_page_header
    header.is_linked_to_previous = False
    mark = header.paragraphs[0]
    lay(mark, Layout(align="center", line=pitch, size=size))
    _placed(mark, top=MARK_FROM_EDGE - ink_top(pitch, size) / POINTS_A_MM, height=pitch / POINTS_A_MM)
    add_red(mark, sender, _MARK_SIZE)
    _line(header.add_paragraph(), top=_first_line(sender), style=THICK_ABOVE)
    if corner:
        told = header.add_paragraph()
        lay(told, Layout(align="right", line=20, size=16))
        _placed(told, top=16, height=8)
        add_run(told, corner, _CLASS)
    lay(header.add_paragraph(), Layout(line=1, size=1))
    footer = section.first_page_footer
    footer.is_linked_to_previous = False
    _line(footer.paragraphs[0], top=_PAGE_HEIGHT_MM - LINE_FROM_LOWER_EDGE - _LINE_WEIGHT, style=THIN_ABOVE)
    lay(footer.add_paragraph(), Layout(line=1, size=1))
    _number(document, sender, number)
    return document


def next_letter(document: Document, sender: str, *, number: str) -> None:
    """Another letter of the same sender in the file, on a first page of its own with pages counted anew."""
    begin_anew(document)
    _number(document, sender, number)


def _number(document: Document, sender: str, number: str) -> None:
    """The type area begins at 37 mm; what stands above the number reaches further down."""
    top = (_first_line(sender) + _LINE_WEIGHT + NUMBER_BELOW_LINE) * POINTS_A_MM
    above = max(0.0, top - ink_top(NUMBER_PITCH, BODY.size) - MARGIN_TOP / TWIPS_A_POINT)
    below = below_ink(LINE_TWIPS / TWIPS_A_POINT, BODY.size) - below_ink(NUMBER_PITCH, BODY.size)
    layout = Layout(align="right", line=NUMBER_PITCH, before=above, after=below, snap=False)
    add_text(document, [Piece(number, BODY)], layout)


def _first_line(sender: str) -> float:
    """Millimetres from the upper edge to the double line below the mark."""
    size, _ = mark_size(sender, _MARK_SIZE)
    return MARK_FROM_EDGE + ink_height(size) / POINTS_A_MM + LINE_BELOW_MARK


def _line(paragraph: Paragraph, *, top: float, style: str) -> None:
    """A red double line of the standard's length, at so many millimetres from the upper edge."""
    lay(paragraph, Layout(line=4, size=1))
    _placed(paragraph, top=top, height=1.4, width=LINE_LENGTH)
    borders = element("w:pBdr")
    borders.append(element("w:top", {"w:val": style, "w:sz": "24", "w:space": "0", "w:color": RED}))
    properties = paragraph._p.get_or_add_pPr()
    # w:pBdr stands after w:framePr and w:widowControl in the schema.
    properties.insert(2, borders)


def _placed(paragraph: Paragraph, *, top: float, height: float, width: float = TYPE_WIDTH_MM) -> None:
    """Put a paragraph into a frame at a fixed place of the page."""
    left = MARGIN_LEFT / 1440 * 25.4 - (width - TYPE_WIDTH_MM) / 2
    properties = paragraph._p.get_or_add_pPr()
    frame = element(
        "w:framePr",
        {
            "w:w": mm(width), "w:h": mm(height), "w:hRule": "atLeast", "w:wrap": "around",
            "w:vAnchor": "page", "w:hAnchor": "page", "w:x": mm(left), "w:y": mm(top),
        },
    )  # fmt: skip
    # w:framePr stands after w:keepNext and before w:widowControl in the schema.
    properties.insert(0, frame)
