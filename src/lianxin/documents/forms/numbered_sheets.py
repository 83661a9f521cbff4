"""Several sheets of an empty form in one file, each with its own 表号 at the head of its pages (domain.md 4.15)."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianxin.documents.word.package import opened, saved
from lianxin.documents.word.text import Face, Layout, add_run, begin_anew, lay

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import Part
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import _Header
    from docx.text.paragraph import Paragraph

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FACE = Face("仿宋_GB2312", 10.5)
_FROM_EDGE = 6.0
"""Millimetres from the edge of the paper to the line with the number; the form begins below it."""


@dataclass(frozen=True)
class _Head:
    """What stands in a header of the sheet before any number does, and the part its pictures belong to."""

    part: Part | None
    blocks: Sequence[BaseOxmlElement]


def sheets_docx(sheet: bytes, numbers: Sequence[str], *, pages: int = 1) -> bytes:
    """One Word sheet as many times as there are numbers, an empty one for a sheet without; pages are counted anew.

    `pages` is what one sheet has, shown by programs that do not count the pages of a section themselves.
    """
    document = opened(sheet)
    blocks = [block for block in document.element.body if block.tag != f"{_W}sectPr"]
    copies = [copy.deepcopy(block) for block in blocks]
    heads = _heads_of(document)
    if len(numbers) > 1:
        count_own_pages(document, pages)
    for place, number in enumerate(numbers):
        if place:
            begin_anew(document)
            body = document.element.body
            for block in copies:
                body.insert(len(body) - 1, copy.deepcopy(block))
        if number:
            _number(document, number, heads)
    return saved(document)


def _number(document: Document, number: str, heads: Sequence[_Head]) -> None:
    """表号 at the right above the form, on every page of the last section, which is the sheet's own."""
    from docx.shared import Mm

    section = document.sections[-1]
    section.header_distance = Mm(_FROM_EDGE)
    own = [section.header]
    if section.different_first_page_header_footer:
        own.append(section.first_page_header)
    for head, kept in zip(own, heads, strict=True):
        line = _kept_head(head, kept)
        lay(line, Layout(align="right", line=12, size=_FACE.size))
        add_run(line, f"表号：{number}", _FACE)


def _heads_of(document: Document) -> Sequence[_Head]:
    """What stands in the headers of the sheet before any number does."""
    section = document.sections[0]
    heads = [section.header]
    if section.different_first_page_header_footer:
        heads.append(section.first_page_header)
    return [
        _Head(None, ())
        if head.is_linked_to_previous
        else _Head(head.part, [copy.deepcopy(each) for each in head._element])
        for head in heads
    ]


def _kept_head(head: _Header, kept: _Head) -> Paragraph:
    """The header of a sheet as it is on the first one, and a line below it for the number."""
    if not head.is_linked_to_previous:
        added: Paragraph = head.add_paragraph()
        return added
    head.is_linked_to_previous = False
    line: Paragraph = head.paragraphs[0]
    related = {
        key: head.part.relate_to(told.target_part, told.reltype)
        for key, told in (kept.part.rels.items() if kept.part is not None else ())
        if not told.is_external
    }
    for each in kept.blocks:
        made = copy.deepcopy(each)
        for held in made.iter():
            for name, value in held.attrib.items():
                if str(name).startswith(_R) and value in related:
                    held.set(name, related[str(value)])
        line._p.addprevious(made)
    return line


def count_own_pages(document: Document, pages: int = 1) -> None:
    """共×页 is that of the sheet, not of the whole file."""
    section = document.sections[0]
    for foot in (section.footer, section.first_page_footer, section.even_page_footer):
        counting = False
        for run in foot._element.iter(f"{_W}r") if not foot.is_linked_to_previous else ():
            told, shown = run.find(f"{_W}instrText"), run.find(f"{_W}t")
            if told is not None:
                counting = "NUMPAGES" in (told.text or "")
                told.text = (told.text or "").replace("NUMPAGES", "SECTIONPAGES")
            elif counting and shown is not None:
                shown.text, counting = str(pages), False
