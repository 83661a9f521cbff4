"""版头 in red: the sender's mark, the number of the document, who signs it, the line below (GB/T 9704-2012, 7.2).

The mark stands 35 mm below the upper edge of the type area, the number two lines below the mark, the red line 4 mm
below the number. What goes up to a higher organ has its number at the left and 签发人 at the right of that line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from lianxin.documents.official.imprint import add_imprint, put_borders, right_stop
from lianxin.documents.official.page import (
    BODY,
    DAY_TO_FILL,
    SECOND_LEVEL,
    add_blank,
    add_text,
    official_page,
)
from lianxin.documents.word.ink import TIGHT, below_ink, ink_height, ink_top
from lianxin.documents.word.text import (
    TWIPS_A_POINT,
    Face,
    Layout,
    Piece,
    across,
    add_run,
    element,
    lay,
    narrowed,
)
from lianxin.documents.word.type_area import CHARACTERS_A_LINE, LINE_TWIPS, POINTS_A_MM, TYPE_WIDTH_MM
from lianxin.domain.dates import show_day

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

RED = "FF0000"
MARK_BELOW_TYPE_AREA, LINE_BELOW_NUMBER = 35.0, 4.0
"""Millimetres (7.2.4, 7.2.7)."""
LINES_ABOVE_TITLE = 2
"""Empty lines between the red line and the title (7.3.1)."""
_LINES_ABOVE_NUMBER = 2
_LINE_WEIGHT = "16"
"""Two points, in eighths of a point."""
_MARK_SIZE, _LEAST_MARK, _NARROWEST = 44.0, 16.0, 70
_APART = 3.5
"""Characters left free at both ends of a line and between its halves."""
NUMBER_PITCH = BODY.size * TIGHT
_AIR = 0.3
"""So much of a character is left free, lest a printer's rounding puts the last one on a second line."""


def issued_page(issuer: str, *, number: str, approver: str | None = None) -> Document:
    """The page of what is a 文件 once it has a 发文字号; without one it begins with its title, as for a meeting."""
    return file_page(issuer, number=number, approver=approver) if number else official_page()


def file_page(sender: str, *, number: str, approver: str | None = None) -> Document:
    """The page of a 文件 of this sender, down to the empty lines above its title.

    With `approver`, even an empty one, it goes up to a higher organ: 签发人 stands beside the number (7.2.6).
    """
    document = official_page()
    add_mark(document, f"{sender}文件", lines=_LINES_ABOVE_NUMBER)
    if approver is None:
        line = add_text(
            document, [Piece(number, BODY)], Layout(align="center", line=NUMBER_PITCH, snap=False)
        )
    else:
        pieces = [Piece(f"　{number}\t签发人：", BODY), Piece(approver or "　　　", SECOND_LEVEL)]
        line = add_text(document, pieces, Layout(align="left", line=NUMBER_PITCH, snap=False))
        right_stop(line, BODY.size)
    put_red_line(line)
    add_blank(document, LINES_ABOVE_TITLE)
    return document


def close_file(document: Document, issuer: str, day: date | None, *, copies: Sequence[str] = ()) -> None:
    """版记 of a 文件: who gets a copy, who prints it and when (7.4)."""
    told = show_day(day) if day else DAY_TO_FILL.strip()
    rows = [f"抄送：{'、'.join(copies)}。"] if copies else []
    add_imprint(document, [*rows, f"{issuer}\t{told}印发"])


def add_mark(document: Document, mark: str, *, lines: int) -> None:
    """The red mark in its place, and room of so many empty lines below it before a line of `NUMBER_PITCH`."""
    size, _ = mark_size(mark, _MARK_SIZE)
    pitch = size * TIGHT
    above = MARK_BELOW_TYPE_AREA * POINTS_A_MM - ink_top(pitch, size)
    # From ink to ink, as far as it is over so many empty lines of the text.
    apart = (lines + 1) * LINE_TWIPS / TWIPS_A_POINT - ink_height(BODY.size)
    below = apart - below_ink(pitch, size) - ink_top(NUMBER_PITCH, BODY.size)
    paragraph = document.add_paragraph()
    # The page begins with it, and space before a paragraph counts there.
    lay(paragraph, Layout(align="center", line=pitch, size=size, before=above, after=below, snap=False))
    add_red(paragraph, mark, _MARK_SIZE)


def mark_size(mark: str, size: float, width: float = TYPE_WIDTH_MM) -> tuple[float, int]:
    """Points of a mark and the width of its characters in per cent: a long name is first narrowed, then smaller."""
    room = width * POINTS_A_MM
    wide = max(across(mark), 1) + _AIR
    narrow = max(_NARROWEST, min(100, int(room / (wide * size) * 100)))
    fits = int(room / (wide * narrow / 100) * 2) / 2
    return max(_LEAST_MARK, min(size, fits)), narrow


def add_red(paragraph: Paragraph, text: str, largest: float) -> None:
    """The mark as a run: 小标宋 in red."""
    size, narrow = mark_size(text, largest)
    properties = add_run(paragraph, text, Face("方正小标宋简体", size, narrow=narrow))[0]
    # w:color stands before w:w and w:sz in the schema.
    properties.insert(1, element("w:color", {"w:val": RED}))


def add_issue_line(document: Document, issuer: str, day: str) -> None:
    """Who issues it at the left and the day at the right, with the red line below, as a 纪要 has them."""
    room = CHARACTERS_A_LINE - _APART
    face = replace(BODY, narrow=narrowed(issuer + day, room))
    layout = Layout(align="left", line=NUMBER_PITCH, snap=False)
    line = add_text(document, [Piece(f"　{issuer}\t{day}", face)], layout)
    right_stop(line, BODY.size)
    put_red_line(line)


def put_red_line(paragraph: Paragraph) -> None:
    """The red line of the whole width, 4 mm below the characters of this line."""
    space = LINE_BELOW_NUMBER * POINTS_A_MM - below_ink(NUMBER_PITCH, BODY.size)
    borders = element("w:pBdr")
    line = {"w:val": "single", "w:sz": _LINE_WEIGHT, "w:space": str(round(space)), "w:color": RED}
    borders.append(element("w:bottom", line))
    put_borders(paragraph, borders)
