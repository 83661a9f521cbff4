"""Where the text of an official document ends: counted from its paragraphs, since no program has laid them out yet.

The page of the standard has lines of one pitch, so the count is that of any program but for a line at the edge of a
page.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianxin.documents.word.text import TWIPS_A_POINT, across, element
from lianxin.documents.word.type_area import CHARACTERS_A_LINE, LINE_TWIPS, PAGE_POINTS

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

_EARLY = 4.0
"""Points by which lines are shorter on the average, since no line begins with a stop."""


@dataclass(frozen=True)
class _Line:
    """One line with the space around it, in points; a `kept` one stands on the page of the next line."""

    height: float
    kept: bool = False
    new_page: bool = False


def end_of(document: Document) -> tuple[int, float]:
    """The page on which the text ends and how many points of it are taken."""
    page, used = 1, 0.0
    for together in _kept_together(document):
        if together[0].new_page:
            page, used = page + 1, 0.0
            continue
        height = sum(line.height for line in together)
        if used and used + height > PAGE_POINTS:
            page, used = page + 1, 0.0
        used += height
    return page, used


def _kept_together(document: Document) -> Iterator[list[_Line]]:
    held: list[_Line] = []
    for line in _lines(document):
        held.append(line)
        if not line.kept:
            yield held
            held = []
    if held:
        yield held


def _lines(document: Document) -> Iterator[_Line]:
    from docx.oxml.ns import qn

    for paragraph in document.paragraphs:
        if paragraph._p.findall(f".//{qn('w:br')}[@{qn('w:type')}='page']"):
            yield _Line(0.0, new_page=True)
            continue
        before, pitch, after, count = _measured(paragraph)
        for at in range(count):
            last = at == count - 1
            space = (before if at == 0 else 0.0) + (after if last else 0.0)
            yield _Line(pitch + space, kept=last and bool(paragraph.paragraph_format.keep_with_next))


def _measured(paragraph: Paragraph) -> tuple[float, float, float, int]:
    """Points before it, of a line and after it, and its lines; what lies in a frame takes no place in the text."""
    from docx.shared import Length

    layout = paragraph.paragraph_format
    properties = paragraph._p.get_or_add_pPr()
    if properties.find(element("w:framePr").tag) is not None:
        return 0.0, 0.0, 0.0, 0
    before, after, left, right, first = (
        0.0 if told is None else told.pt
        for told in (
            layout.space_before,
            layout.space_after,
            layout.left_indent,
            layout.right_indent,
            layout.first_line_indent,
        )
    )
    pitch = layout.line_spacing.pt if isinstance(layout.line_spacing, Length) else LINE_TWIPS / TWIPS_A_POINT
    width = _character(paragraph)
    room = CHARACTERS_A_LINE * 16.0 - left - right
    lines = sum(
        _lines_in(across(part) * width + (first if at == 0 else 0.0), room)
        for at, part in enumerate(paragraph.text.split("\n"))
    )
    return before, pitch, after + _line_below(properties), lines


def _lines_in(points: float, room: float) -> int:
    """Lines of a text so wide; of several lines some end a character early, before a stop or a number."""
    return 1 if points <= room else math.ceil(points / (room - _EARLY))


def _character(paragraph: Paragraph) -> float:
    """Points of a character of a paragraph, narrowed as its first run is."""
    from docx.oxml.ns import qn

    size = next((run.font.size.pt for run in paragraph.runs if run.font.size is not None), 16.0)
    narrowed = paragraph._p.find(f"{qn('w:r')}/{qn('w:rPr')}/{qn('w:w')}")
    return size * float(narrowed.get(qn("w:val")) or 100) / 100 if narrowed is not None else size


def _line_below(properties: BaseOxmlElement) -> float:
    """Points a line below a paragraph takes with the space before it."""
    from docx.oxml.ns import qn

    line = properties.find(f"{qn('w:pBdr')}/{qn('w:bottom')}")
    if line is None:
        return 0.0
    return float(line.get(qn("w:space")) or 0) + float(line.get(qn("w:sz")) or 0) / 8
