"""The page of lists and forms: A4 upright, bound at the left, 第×页 共×页 at the foot (domain.md 9.6)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from lianxin.documents.word.text import Face, Layout, across, add_field, add_run, lay, new_document
from lianxin.documents.word.type_area import POINTS_A_MM

if TYPE_CHECKING:
    from docx.document import Document

_FOOT = Face("宋体", 9)


def form_page(*, lying: bool = False) -> Document:
    """An empty document; the text is 165 mm wide and 259 mm high, 252 by 172 on a page that lies."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    document = new_document()
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if lying else (Mm(210), Mm(297))
    if lying:
        section.orientation = WD_ORIENT.LANDSCAPE
    # The binding edge of a form is 25 mm (domain.md 9.6).
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    section.footer_distance = Mm(9)
    number_pages(document)
    return document


def number_pages(document: Document) -> None:
    """第×页 共×页 at the foot of every page."""
    foot = document.sections[0].footer
    foot.is_linked_to_previous = False
    pages = foot.paragraphs[0]
    lay(pages, Layout(align="center", line=12, size=9))
    for words, told in (("第", "PAGE"), ("页 共", "NUMPAGES"), ("页", "")):
        add_run(pages, words, _FOOT)
        if told:
            add_field(pages, told, _FOOT)


def say(document: Document, words: str, face: Face, layout: Layout) -> None:
    """One paragraph in one face."""
    line = document.add_paragraph()
    lay(line, layout)
    add_run(line, words, face)


def lines_of(text: str, width: float, size: float) -> int:
    """How many lines a text takes in a cell of so many millimetres, with characters of `size` points."""
    fits = max(1.0, (width - 4.2) * POINTS_A_MM / size)
    return sum(max(1, math.ceil(across(line) / fits)) for line in text.split("\n"))
