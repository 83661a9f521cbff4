"""Records of contact with the public on paper, one form each, blank for the pen or filled in (domain.md 3.11, 4.15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lianxin.documents.word.form_page import number_pages
from lianxin.documents.word.form_table import FormCell, FormRow, add_form
from lianxin.documents.word.paper_form import (
    FORM_TITLE,
    SMALL,
    WIDTH,
    form_page,
    form_title,
    label_cell,
    long,
    pair,
)
from lianxin.documents.word.text import Face, Layout, Piece, add_run, document_bytes, lay, page_break

if TYPE_CHECKING:
    from docx.document import Document

SIGNATURE_HEIGHT = 14.0
"""Millimetres; 12 are the least (domain.md 9.6)."""
_HEAD = Face("黑体", 10.5)
_RULED = 60.0
"""Room of so many millimetres has lines to write on when it is empty."""
_LINE_HEIGHT = 9.0


@dataclass(frozen=True)
class Beside:
    """Two labels with their values on one line, at least so many millimetres high."""

    first: tuple[str, str]
    second: tuple[str, str]
    height: float = 10.0


@dataclass(frozen=True)
class Whole:
    """A label with a text over the whole width; `least` millimetres are kept for the pen."""

    label: str
    text: str = ""
    least: float = 10.0
    short: bool = False


@dataclass(frozen=True)
class Listed:
    """A list: heading, columns with their widths in millimetres, the rows, and empty ones up to `least`."""

    heading: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...] = ()
    least: int = 0
    height: float = _LINE_HEIGHT


@dataclass(frozen=True)
class Signed:
    """Two places to sign beside each other."""

    first: str
    second: str


@dataclass(frozen=True)
class Note:
    """Words over the whole width, such as what a visitor is told of personal data."""

    text: str


FormPart = Beside | Whole | Listed | Signed | Note


@dataclass(frozen=True)
class ContactForm:
    """One form: its title, whose it is, the numbers at its right, what stands on it."""

    title: str
    office: str
    numbers: str
    parts: Sequence[FormPart]


def contact_forms_docx(forms: Sequence[ContactForm]) -> bytes:
    """The forms, each beginning a page; a text that is longer than its place goes on on the next page."""
    document = _page()
    for place, form in enumerate(forms):
        if place:
            page_break(document)
        form_title(document, form.title, FORM_TITLE, 32)
        _under(document, form)
        add_form(document, [row for part in form.parts for row in _rows(part)])
    return document_bytes(document, title=forms[0].title, author=forms[0].office)


def _page() -> Document:
    from docx.shared import Mm

    document = form_page()
    section = document.sections[0]
    section.bottom_margin, section.footer_distance = Mm(16), Mm(7)
    number_pages(document)
    return document


def _under(document: Document, form: ContactForm) -> None:
    """Who keeps it at the left, its numbers at the right."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    line = document.add_paragraph()
    lay(line, Layout(align="left", line=20, size=10.5))
    line.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    add_run(line, f"{form.office}\t{form.numbers}", SMALL)


def _rows(part: FormPart) -> Sequence[FormRow]:
    match part:
        case Beside():
            return (pair(*part.first, *part.second, part.height),)
        case Whole():
            top: Literal["top", "center"] = "center" if part.short else "top"
            ruled = not part.text and part.least >= _RULED
            return (long(part.label, part.text, least=part.least, vertical=top, grows=True, ruled=ruled),)
        case Listed():
            return _list(part)
        case Signed():
            return (pair(part.first, "", part.second, "", SIGNATURE_HEIGHT),)
        case Note():
            layout = Layout(align="both", line=14.5, size=10.5)
            return (FormRow(12, (FormCell(WIDTH, ((Piece(part.text, SMALL),),), layout),), grows=True),)


def _list(part: Listed) -> Sequence[FormRow]:
    middle = Layout(align="center", line=14, size=10.5)
    heading = FormCell(WIDTH, ((Piece(part.heading, _HEAD),),), middle)
    head = tuple(FormCell(wide, label_cell(label).lines, middle) for label, wide in part.columns)
    empty = ("",) * len(part.columns)
    rows = [*part.rows, *(empty for _ in range(len(part.rows), part.least))]
    return (
        FormRow(8, (heading,)),
        FormRow(8, head),
        *(FormRow(part.height, tuple(_cells(part, row)), grows=True) for row in rows),
    )


def _cells(part: Listed, row: Sequence[str]) -> Sequence[FormCell]:
    """The first column is a number and stands in the middle."""
    return [
        FormCell(
            wide,
            tuple((Piece(line, SMALL),) for line in text.split("\n")),
            Layout(align="left" if at else "center", line=14.5, size=10.5),
        )
        for at, (text, (_, wide)) in enumerate(zip(row, part.columns, strict=True))
    ]
