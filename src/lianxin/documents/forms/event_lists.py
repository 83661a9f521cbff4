"""签到表 and 桌牌 of a meeting or an activity, of the same `Event` as its other papers (domain.md 4.13, 4.15)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from lianxin.documents.official.event_papers import (
    Event,
    EventPerson,
    agenda_docx,
    notice_docx,
    plan_docx,
    script_docx,
    summary_docx,
    when_words,
)
from lianxin.documents.word.form_page import form_page, lines_of, say
from lianxin.documents.word.form_table import FormCell, FormRow, add_form
from lianxin.documents.word.person_names import even_name
from lianxin.documents.word.text import (
    Face,
    Layout,
    Piece,
    across,
    add_run,
    document_bytes,
    element,
    lay,
    mm,
    new_document,
    page_break,
)
from lianxin.documents.word.type_area import POINTS_A_MM

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

ROWS_A_PAGE = 22
WALK_INS = 2
"""So many rows at least stay empty for people nobody expected."""
_ROW, _HEAD_ROW = 9.8, 9.0
_HEADINGS = ("序号", "姓名", "单位（选区）", "级别", "签名", "备注")
_WIDTHS = (11.0, 27.0, 44.0, 31.0, 32.0, 20.0)
_TITLE, _HEAD, _CELL = Face("黑体", 18), Face("黑体", 11), Face("宋体", 11)
_LEAST_CELL = 8.0

_PLATE_FACE = "方正小标宋简体"
_HALF = 99.0
"""Millimetres: half the width of A4 within its margins. The sheet is folded along the middle."""
_LONG = 285.0
_BIGGEST = 170.0


def sign_in_docx(event: Event) -> bytes:
    """签到表: every page with its title; the last is filled up with empty rows, two at least."""
    document = form_page()
    rows = [*event.people, *(EventPerson("") for _ in range(WALK_INS))]
    rows += [EventPerson("")] * (-len(rows) % ROWS_A_PAGE)
    for first in range(0, len(rows), ROWS_A_PAGE):
        if first:
            page_break(document)
        _add_heading(document, event)
        body = [_row(at + 1, rows[at]) for at in range(first, first + ROWS_A_PAGE)]
        add_form(document, [_head(), *body])
    return document_bytes(document, title=f"{event.title}签到表", author=event.issuer)


def _add_heading(document: Document, event: Event) -> None:
    title = f"{event.title}签到表"
    size = _TITLE.size if across(title) <= 24 else max(12.0, 432 / across(title))
    say(document, title, Face("黑体", round(size * 2) / 2), Layout(align="center", line=26, size=size))
    where = f"　　地点：{event.place}" if event.place else ""
    meta = f"时间：{when_words(event)}{where}"
    small = 11.0 if across(meta) <= 42 else max(8.0, 462 / across(meta))
    say(document, meta, Face("宋体", round(small * 2) / 2), Layout(align="center", line=20, size=small))


def _head() -> FormRow:
    return _cells(_HEADINGS, _HEAD, _HEAD_ROW)


def _row(place: int, person: EventPerson) -> FormRow:
    note = person.note or person.role
    return _cells((str(place), even_name(person.name), person.post, person.level, "", note), _CELL, _ROW)


def _cells(texts: Sequence[str], face: Face, height: float) -> FormRow:
    cells = []
    for text, width in zip(texts, _WIDTHS, strict=True):
        size = _fitting(text, width, face.size, height)
        layout = Layout(align="center", line=size * 1.2, size=size)
        cells.append(FormCell(width, ((Piece(text, Face(face.east, size)),),), layout))
    return FormRow(height, tuple(cells))


def _fitting(text: str, width: float, size: float, height: float) -> float:
    """The size at which a text fits its cell, down to the smallest that can still be read."""
    while size > _LEAST_CELL and lines_of(text, width, size) * size * 1.2 > height * POINTS_A_MM:
        size -= 0.5
    return size


def name_plates_docx(event: Event) -> bytes:
    """桌牌: a sheet a person, the name on both sides once it is folded along the middle.

    The two names lie in two cells whose text is turned by 90° and by 270°, as Word and WPS turn it themselves.
    """
    document = new_document()
    _set_plate_page(document)
    names = [person.name for person in event.people if person.name.strip()]
    for at, name in enumerate(names or [""]):
        if at:
            page_break(document)
        _add_plate(document, name)
    return document_bytes(document, title=f"{event.title}桌牌", author=event.issuer)


def plate_size(name: str) -> float:
    """Points of a name on a plate: as big as the sheet allows, a long name smaller, never on two lines."""
    wide = (_LONG - 20) * POINTS_A_MM / max(1.0, across(even_name(name)))
    return float(int(min(_BIGGEST, wide)))


def _set_plate_page(document: Document) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(6)
    section.top_margin = section.bottom_margin = Mm(5)
    section.header_distance = section.footer_distance = Mm(3)


def _add_plate(document: Document, name: str) -> None:
    table = document.add_table(rows=0, cols=0)
    frame = table._tbl
    frame.tblPr.append(element("w:tblW", {"w:w": mm(2 * _HALF), "w:type": "dxa"}))
    frame.tblPr.append(element("w:jc", {"w:val": "center"}))
    frame.tblPr.append(_fold_line())
    frame.tblPr.append(element("w:tblLayout", {"w:type": "fixed"}))
    row = element("w:tr")
    properties = element("w:trPr")
    properties.append(element("w:trHeight", {"w:val": mm(_LONG), "w:hRule": "exact"}))
    row.append(properties)
    for turned in _BOTH_WAYS:
        frame.tblGrid.append(element("w:gridCol", {"w:w": mm(_HALF)}))
        row.append(_half(turned))
    frame.append(row)
    for cell in table.rows[0].cells:
        paragraph = cell.paragraphs[0]
        size = plate_size(name)
        lay(paragraph, Layout(align="center", line=size * 1.15, size=size))
        add_run(paragraph, even_name(name), Face(_PLATE_FACE, size, latin=_PLATE_FACE))
    lay(document.add_paragraph(), Layout(line=1, size=1))


_BOTH_WAYS = ("tbRl", "btLr")
"""Word and WPS turn the whole text for tbRl; for tbRlV they would stand Chinese characters upright one below the other."""


def _half(turned: str) -> BaseOxmlElement:
    made = element("w:tc")
    properties = element("w:tcPr")
    properties.append(element("w:tcW", {"w:w": mm(_HALF), "w:type": "dxa"}))
    properties.append(element("w:textDirection", {"w:val": turned}))
    properties.append(element("w:vAlign", {"w:val": "center"}))
    made.append(properties)
    made.append(element("w:p"))
    return made


def _fold_line() -> BaseOxmlElement:
    made = element("w:tblBorders")
    made.append(element("w:insideV", {"w:val": "dashed", "w:sz": "4", "w:color": "A0A0A0"}))
    return made


_MAKERS: Mapping[str, Callable[[Event], bytes]] = {
    "event-notice": notice_docx,
    "event-agenda": agenda_docx,
    "chair-script": script_docx,
    "event-plan": plan_docx,
    "event-summary": summary_docx,
    "sign-in-sheet": sign_in_docx,
    "name-plates": name_plates_docx,
}


def event_docx(name: str, event: Event) -> bytes:
    """Any paper of an event by its name. Raises KeyError for an unknown one."""
    return _MAKERS[name](event)
