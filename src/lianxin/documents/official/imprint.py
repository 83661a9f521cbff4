"""版记 at the foot of the last page: to whom copies go, who prints and when (GB/T 9704-2012, 7.4 and 10.1).

A document is printed on both sides and its 版记 ends on the last, even page; that of a letter stands at the foot of its
last page, whichever that is, and has no lines.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lianxin.documents.official.page import add_text
from lianxin.documents.word.text import (
    TWIPS_A_POINT,
    Face,
    Layout,
    Piece,
    across,
    begin_page,
    element,
    lay,
    mm,
    narrowed,
)
from lianxin.documents.word.text_end import end_of
from lianxin.documents.word.type_area import MARGIN_TOP, PAGE_POINTS, POINTS_A_MM, TYPE_WIDTH_MM

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

FACE = Face("仿宋_GB2312", 14)
THICK, THIN = "8", "6"
"""The outer lines are 0.35 mm strong, the inner one 0.25 mm (7.4.1), in eighths of a point of Word."""
_LABEL = re.compile(r"[抄分]送：")
_ROOM = TYPE_WIDTH_MM * POINTS_A_MM / FACE.size - 2
"""Characters of a row between its ends."""
_AIR = 1.0
"""A stop that may not begin a line takes a character with it."""
_PITCH, _BELOW = 19.0, 6.0
"""Points of a line of 14 pt, and below the last line of a row, so that it stands in the middle of its two lines."""
_DOUBT = 30.0
"""Points by which the count of the text may be short: a line."""
_ANCHOR = 1.0
"""Points of the empty paragraph the frames hang on."""


def add_imprint(document: Document, rows: Sequence[str], *, even: bool = True, lines: bool = True) -> None:
    """The rows at the foot of the last page; a tab parts what stands at the left from what stands at the right.

    On the last `even` page, or on the page where the text ends; `lines` between the rows and around them.
    """
    if not rows:
        return
    heights = [_lines_of(row) * _PITCH + _BELOW for row in rows]
    page, used = end_of(document)
    full = used + sum(heights) + _DOUBT > PAGE_POINTS
    breaks = int(full) if not even else (1 if page % 2 else 2 * int(full))
    for _ in range(breaks):
        begin_page(document)
    for at, row in enumerate(rows):
        line = _row(document, row)
        if lines:
            _lines_around(line, first=at == 0, last=at == len(rows) - 1)
        _at_the_foot(line, height=heights[at], below=sum(heights[at:]))
    # What lies in a frame belongs to the paragraph behind it.
    lay(document.add_paragraph(), Layout(line=_ANCHOR, size=1))


def _row(document: Document, row: str) -> Paragraph:
    """In by a character at both ends; continued lines begin behind the colon (7.4.2)."""
    lead = across(row.partition("：")[0] + "：") if _LABEL.match(row) else 0.0
    layout = Layout(
        align="left",
        size=FACE.size,
        left=1 + lead,
        hanging=lead,
        right=1,
        line=_PITCH,
        after=_BELOW,
        snap=False,
    )
    # What is printed by whom and when stands on one line.
    face = replace(FACE, narrow=narrowed(row, _ROOM - 0.5)) if "\t" in row else FACE
    line = add_text(document, [Piece(row, face)], layout)
    right_stop(line, FACE.size)
    return line


def right_stop(paragraph: Paragraph, size: float) -> None:
    """What stands behind a tab ends one character before the right edge."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm, Pt

    stop = Mm(TYPE_WIDTH_MM) - Pt(size)
    paragraph.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.RIGHT)


def put_borders(paragraph: Paragraph, borders: BaseOxmlElement) -> None:
    """Give a paragraph its lines."""
    properties = paragraph._p.get_or_add_pPr()
    # w:pBdr stands before w:autoSpaceDE in the schema.
    before = properties.find(element("w:autoSpaceDE").tag)
    assert before is not None
    before.addprevious(borders)


def _lines_of(row: str) -> int:
    if "\t" in row:
        return 1
    lead = across(row.partition("：")[0] + "：") if _LABEL.match(row) else 0.0
    return max(1, math.ceil((across(row) - lead) / (_ROOM - lead - _AIR)))


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
    top = (MARGIN_TOP / TWIPS_A_POINT + PAGE_POINTS - below) / POINTS_A_MM
    frame = element(
        "w:framePr",
        {
            "w:w": mm(TYPE_WIDTH_MM), "w:h": mm(height / POINTS_A_MM), "w:hRule": "exact", "w:wrap": "around",
            "w:vAnchor": "page", "w:hAnchor": "margin", "w:xAlign": "center", "w:y": mm(top),
        },
    )  # fmt: skip
    paragraph._p.get_or_add_pPr().insert(0, frame)
