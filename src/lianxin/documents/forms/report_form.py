"""《人大代表述职报告表》: one deputy's year on two pages, blank for the pen or filled from the records (domain.md 4.8).

Printed and handed out in the district before the meeting (founding document 003-13).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lianxin.documents.word.form_page import form_page, lines_of, say
from lianxin.documents.word.form_table import FormCell, FormRow, add_form
from lianxin.documents.word.text import Face, Layout, Piece, across, document_bytes, page_break
from lianxin.documents.word.type_area import POINTS_A_MM

if TYPE_CHECKING:
    from docx.document import Document

TITLE = "人大代表述职报告表"
SIGNATURE_HEIGHT = 16.0
"""Millimetres; 12 are the least (domain.md 9.6)."""

_WIDTH, _LABEL = 165.0, 28.0
_TEXT_WIDTH = _WIDTH - _LABEL
_TITLE = Face("方正小标宋简体", 20)
_SMALL = Face("仿宋_GB2312", 10.5)
_HEAD = Face("黑体", 10.5)
_TEXT = Face("仿宋_GB2312", 11)
_TINY = Face("仿宋_GB2312", 9)
_PITCH = 16.5
_ROOM = 3.0
_ASPECTS_HEIGHT = 192.0
_LEAST_ASPECT, _LAST_ASPECT = 12.0, 70.0
_SHORTCOMINGS, _OPINION = 62.0, 48.0
_HEAD_CHARACTERS = 6
_MOST_LINES = 34
"""Lines in one row; a longer text goes on in the next row, since a row is never parted between pages."""

_SIGNED = "　　　　年　　月　　日"


@dataclass(frozen=True)
class ReportSheet:
    """One deputy's form. Empty texts leave room for the pen; `aspects` are (name, text) in their order."""

    aspects: tuple[tuple[str, str], ...]
    year: int | None = None
    mode: str = ""
    term: str = ""
    district: str = ""
    name: str = ""
    sex: str = ""
    age: str = ""
    party: str = ""
    work: str = ""
    elected: str = ""
    level: str = ""
    shortcomings: str = ""
    group_opinion: str = ""
    presidium_opinion: str = ""


def report_form_docx(sheets: Sequence[ReportSheet], *, office_name: str) -> bytes:
    """The forms, each on pages of its own, in one file."""
    document = form_page()
    for place, sheet in enumerate(sheets):
        if place:
            page_break(document)
        _add(document, sheet, office_name)
    return document_bytes(document, title=TITLE, author=office_name)


def _add(document: Document, sheet: ReportSheet, office_name: str) -> None:
    say(document, TITLE, _TITLE, Layout(align="center", line=30, size=20))
    year = f"{sheet.year}年度" if sheet.year else "　　　　年度"
    how = f"{sheet.mode}述职" if sheet.mode else "□口头述职　□书面述职"
    level = f"　{sheet.level}" if sheet.level else ""
    say(document, f"{year}　{how}{level}", _SMALL, Layout(align="center", line=20, size=10.5))
    add_form(document, list(_rows(sheet, office_name)))


def _rows(sheet: ReportSheet, office_name: str) -> Iterator[FormRow]:
    yield from _who(sheet)
    least = max(_LEAST_ASPECT, _ASPECTS_HEIGHT / max(1, len(sheet.aspects) - 1))
    for place, (name, text) in enumerate(sheet.aspects):
        last = place == len(sheet.aspects) - 1
        heading = f"{_numeral(place + 1)}、{name}"
        yield from _block(heading, text, _LAST_ASPECT if last else least)
    yield from _block("存在不足及\n改进措施", sheet.shortcomings, _SHORTCOMINGS)
    yield FormRow(SIGNATURE_HEIGHT, (_head("代表签名"), _signing(_SIGNED)))
    yield from _opinion("代表小组意见", sheet.group_opinion, f"组长签名：　　　　　　{_SIGNED}")
    yield from _opinion("主席团意见", sheet.presidium_opinion, f"（{office_name}盖章）{_SIGNED}")


def _who(sheet: ReportSheet) -> Iterator[FormRow]:
    yield _line(("届次", sheet.term, 37), ("选区", sheet.district, 37), ("姓名", sheet.name, 37))
    yield _line(("性别", sheet.sex, 37), ("年龄", sheet.age, 37), ("政治面貌", sheet.party, 37))
    yield _line(("单位职务", sheet.work, 92), ("当选时间", sheet.elected, 37))


def _line(*facts: tuple[str, str, float]) -> FormRow:
    cells: list[FormCell] = []
    for label, text, width in facts:
        cells += [_head(label, 18.0), _fact(text, width)]
    return FormRow(10, tuple(cells))


def _fact(text: str, width: float) -> FormCell:
    """A value on one line where it fits, in small print where it does not."""
    fits = across(text) * _TEXT.size <= (width - 3) * POINTS_A_MM
    face = _TEXT if fits else _TINY
    return FormCell(width, _pieces(text, face), Layout(align="center", line=face.size + 3, size=face.size))


def _block(heading: str, text: str, least: float) -> Iterator[FormRow]:
    """A heading with room beside it for a text: as high as the text needs, not lower than the blank form has it."""
    for place, part in enumerate(_parts(text)):
        head = _head(heading if place == 0 else f"{heading}（续）")
        yield FormRow(max(_height(part), least if place == 0 else 0.0), (head, _writing(part)))


def _opinion(heading: str, text: str, signing: str) -> Iterator[FormRow]:
    """Room for an opinion with the line for its signature or seal, under one heading."""
    for place, part in enumerate(_parts(text)):
        joined = (
            replace(_head(heading), joined="restart") if place == 0 else replace(_head(""), joined="continue")
        )
        least = _OPINION - SIGNATURE_HEIGHT if place == 0 else 0.0
        yield FormRow(max(_height(part), least), (joined, _writing(part)))
    yield FormRow(SIGNATURE_HEIGHT, (replace(_head(""), joined="continue"), _signing(signing)))


def _writing(text: str) -> FormCell:
    layout = Layout(align="left", line=_PITCH, size=_TEXT.size)
    return FormCell(_TEXT_WIDTH, _pieces(text, _TEXT), layout, vertical="top")


def _height(text: str) -> float:
    return _lines(text) * _PITCH / POINTS_A_MM + _ROOM if text else 0.0


def _lines(text: str) -> int:
    """The lines a text takes, a character short of their width: none begins with a comma."""
    return lines_of(text, _TEXT_WIDTH - _TEXT.size / POINTS_A_MM, _TEXT.size)


def _parts(text: str) -> list[str]:
    """The text in parts that each fit into one row."""
    parts: list[str] = []
    lines: list[str] = []
    for line in _cut_lines(text):
        if lines and _lines("\n".join([*lines, line])) > _MOST_LINES:
            parts.append("\n".join(lines))
            lines = []
        lines.append(line)
    return [*parts, "\n".join(lines)]


def _cut_lines(text: str) -> Iterator[str]:
    """The paragraphs; one too long for a row is cut."""
    most = int((_TEXT_WIDTH - 4.2) * POINTS_A_MM / _TEXT.size - 1) * (_MOST_LINES - 1)
    for line in text.split("\n"):
        for at in range(0, max(1, len(line)), most):
            yield line[at : at + most]


def _head(words: str, width: float = _LABEL) -> FormCell:
    return FormCell(width, _pieces(_even(words), _HEAD), Layout(align="center", line=15, size=10.5))


def _even(words: str) -> str:
    """A heading in lines of its column; in shorter ones where a single character would be left for the last."""
    if "\n" in words:
        return words
    each = _HEAD_CHARACTERS
    if len(words) > each and len(words) % each == 1:
        each = -(-len(words) // (len(words) // each + 1))
    return "\n".join(words[at : at + each] for at in range(0, len(words), each))


def _signing(words: str) -> FormCell:
    return FormCell(
        _TEXT_WIDTH, _pieces(words, _SMALL), Layout(align="right", line=15, size=10.5), vertical="bottom"
    )


def _pieces(text: str, face: Face) -> tuple[tuple[Piece, ...], ...]:
    return tuple((Piece(line, face),) if line else () for line in text.split("\n"))


def _numeral(number: int) -> str:
    digits = "一二三四五六七八九十"
    return digits[number - 1] if number <= 10 else f"十{digits[number - 11]}"
