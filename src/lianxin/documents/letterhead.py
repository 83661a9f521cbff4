"""信函格式 of GB/T 9704-2012 (10.1): the sender's mark in red, a double line below it and one above the lower edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianxin.documents.official import BODY, MARGIN_LEFT, MARGIN_TOP, add_text, official_page
from lianxin.documents.word import Face, Layout, Piece, across, add_run, begin_anew, element, lay, mm

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

RED = "FF0000"
MARK_FROM_EDGE, LINE_BELOW_MARK, LINE_FROM_LOWER_EDGE, LINE_LENGTH = 30.0, 4.0, 20.0, 170.0
"""Millimetres: the mark from the upper edge, the first line below it, the second from the lower edge, both long."""
LINES_ABOVE_TITLE = 2
"""Empty lines between what stands last above the title and the title (10.1)."""
_PAGE_HEIGHT_MM, _TYPE_WIDTH_MM = 297.0, 156.0
_MARK_SIZE, _LEAST_MARK, _PITCH = 32.0, 16.0, 1.15
_AIR = 0.5
"""So much of a character is left free, lest a printer's rounding puts the last one on a second line."""
THICK_ABOVE, THIN_ABOVE = "thinThickSmallGap", "thickThinSmallGap"
"""As upper borders: the standard of the file names what lies inside first (ECMA-376, ST_Border)."""
_CLASS = Face("黑体", 16)
_POINTS_A_MM = 72 / 25.4


def letter_page(sender: str, *, number: str, corner: str = "") -> Document:
    """A letter of this sender; `number` stands right below the line, `corner` is written at the upper right.

    The first page bears no page number, as the standard has it for letters.
    """
    document = official_page()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    size, pitch = _mark_size(sender), _mark_size(sender) * _PITCH
    header = section.first_page_header
    header.is_linked_to_previous = False
    mark = header.paragraphs[0]
    lay(mark, Layout(align="center", line=pitch, size=size))
    _placed(mark, top=MARK_FROM_EDGE, height=pitch / _POINTS_A_MM)
    _red(mark, sender, Face("方正小标宋简体", size))
    _line(header.add_paragraph(), top=_first_line(sender), style=THICK_ABOVE)
    if corner:
        told = header.add_paragraph()
        lay(told, Layout(align="right", line=20, size=16))
        _placed(told, top=16, height=8)
        add_run(told, corner, _CLASS)
    lay(header.add_paragraph(), Layout(line=1, size=1))
    footer = section.first_page_footer
    footer.is_linked_to_previous = False
    _line(footer.paragraphs[0], top=_PAGE_HEIGHT_MM - LINE_FROM_LOWER_EDGE, style=THIN_ABOVE)
    lay(footer.add_paragraph(), Layout(line=1, size=1))
    _number(document, sender, number)
    return document


def next_letter(document: Document, sender: str, *, number: str) -> None:
    """Another letter of the same sender in the file, on a first page of its own with pages counted anew."""
    begin_anew(document)
    _number(document, sender, number)


def _number(document: Document, sender: str, number: str) -> None:
    """The type area begins at 37 mm; what stands above the number reaches further down."""
    below = max(0.0, _first_line(sender) + 4 - MARGIN_TOP / 1440 * 25.4) * _POINTS_A_MM
    add_text(document, [Piece(number, BODY)], Layout(align="right", before=below, right=0))


def _mark_size(sender: str) -> float:
    """Points of the mark: as large as a letter has it, smaller for a long name."""
    wide = _TYPE_WIDTH_MM * _POINTS_A_MM / (max(across(sender), 1) + _AIR)
    return max(_LEAST_MARK, min(_MARK_SIZE, int(wide * 2) / 2))


def _first_line(sender: str) -> float:
    """Millimetres from the upper edge to the double line below the mark."""
    return MARK_FROM_EDGE + _mark_size(sender) * _PITCH / _POINTS_A_MM + LINE_BELOW_MARK


def _red(paragraph: Paragraph, text: str, face: Face) -> None:
    properties = add_run(paragraph, text, face)[0]
    # w:color stands before w:sz in the schema.
    properties.insert(1, element("w:color", {"w:val": RED}))


def _line(paragraph: Paragraph, *, top: float, style: str) -> None:
    """A red double line of the standard's length, at so many millimetres from the upper edge."""
    lay(paragraph, Layout(line=4, size=1))
    _placed(paragraph, top=top, height=1.4, width=LINE_LENGTH)
    borders = element("w:pBdr")
    borders.append(element("w:top", {"w:val": style, "w:sz": "24", "w:space": "0", "w:color": RED}))
    properties = paragraph._p.get_or_add_pPr()
    # w:pBdr stands after w:framePr and w:widowControl in the schema.
    properties.insert(2, borders)


def _placed(paragraph: Paragraph, *, top: float, height: float, width: float = _TYPE_WIDTH_MM) -> None:
    """Put a paragraph into a frame at a fixed place of the page."""
    left = MARGIN_LEFT / 1440 * 25.4 - (width - _TYPE_WIDTH_MM) / 2
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
