"""述职评议测评表: the ballot, one sheet a voter, nothing on it that could tell who filled it in (domain.md 4.9).

Short ballots are printed several to a page, to be cut apart; a long one takes as many pages as it needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from lianxin.documents.official.page import DAY_TO_FILL
from lianxin.documents.word.form_page import lines_of, say
from lianxin.documents.word.form_table import FormCell, FormRow, add_form
from lianxin.documents.word.text import (
    Face,
    Layout,
    Piece,
    document_bytes,
    new_document,
)
from lianxin.domain.dates import show_day

if TYPE_CHECKING:
    from docx.document import Document

WIDTH, HEIGHT = 180.0, 273.0
"""Of the text of a page, in millimetres; a ballot is not bound, so both sides have the same margin."""
_NAME, _ASPECT = 34.0, 40.0
_TITLE, _UNDER = Face("黑体", 16), Face("宋体", 10.5)
_HEAD, _CELL, _NOTE = Face("黑体", 11), Face("宋体", 12), Face("宋体", 10)
_TITLE_ROOM, _NOTE_LINE, _WORDS_ROOM, _BETWEEN = 15.6, 5.0, 14.2, 7.1
_HEAD_ROW, _ROW, _CLOSEST_ROW = 9.0, 10.0, 6.8
"""Rows of a long ballot stand closer, so that it is one page where that can be."""


@dataclass(frozen=True)
class BallotRow:
    """One line to be marked: whom or what, and in which aspect ("" for the whole)."""

    target: str
    aspect: str = ""


@dataclass(frozen=True)
class BallotPaper:
    """A ballot. `heading` names what is voted on (述职代表, 单位); `grades` are the words above the boxes."""

    title: str
    day: date | None
    place: str
    heading: str
    rows: tuple[BallotRow, ...]
    grades: tuple[str, ...]
    percent: bool = False


def notes_of(paper: BallotPaper) -> tuple[str, ...]:
    """How the sheet is filled in, as the counters will judge it (domain.md 3.19, 4.9)."""
    if paper.percent:
        return (
            "说明：请在“得分”栏填0到100的分数；不填视为弃权，填写看不清的该行无效。",
            "本表不记名，请不要写姓名或做记号。",
        )
    return (
        "说明：在同意的一栏打“√”，每行限选一项；一行选了两项以上的，该行无效；一行都不选的，该行视为弃权。",
        "本表不记名，请不要写姓名或做记号；另行涂改看不清的，该表无效。",
    )


def ballot_paper_docx(paper: BallotPaper) -> bytes:
    """A page of ballots, as many as it holds; print it as often as needed."""
    document = _page()
    for place in range(ballots_a_page(paper)):
        if place:
            _cut_here(document)
        _add_ballot(document, paper)
    return document_bytes(document, title=paper.title, author="")


def ballots_a_page(paper: BallotPaper) -> int:
    """How many ballots of this length stand on one page of A4; 1 for a long one."""
    return max(1, int((HEIGHT + _BETWEEN) // (_height(paper) + _BETWEEN)))


def _height(paper: BallotPaper) -> float:
    return _beside_rows(paper) + sum(row.height for row in _rows(paper))


def _beside_rows(paper: BallotPaper) -> float:
    notes = sum(lines_of(note, WIDTH, _NOTE.size) for note in notes_of(paper)) * _NOTE_LINE
    return _TITLE_ROOM + _HEAD_ROW + notes + _WORDS_ROOM


def _page() -> Document:
    from docx.shared import Mm

    document = new_document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(12)
    return document


def _add_ballot(document: Document, paper: BallotPaper) -> None:
    say(document, paper.title, _TITLE, Layout(align="center", line=24, size=16))
    under = f"{show_day(paper.day) if paper.day else DAY_TO_FILL}{f'　{paper.place}' if paper.place else ''}"
    say(document, under, _UNDER, Layout(align="center", line=16, size=10.5, after=4))
    add_form(document, [_head(paper), *_rows(paper)])
    for note in notes_of(paper):
        say(document, note, _NOTE, Layout(align="left", line=14, size=10))
    blank = "＿" * 42
    say(document, f"意见建议：{blank}", _UNDER, Layout(align="left", line=20, size=10.5))
    say(document, "＿" * 47, _UNDER, Layout(align="left", line=20, size=10.5))


def _cut_here(document: Document) -> None:
    dashes = "┄" * 26
    say(document, f"{dashes}　裁开　{dashes}", Face("宋体", 9), Layout(align="center", line=20, size=9))


def _widths(paper: BallotPaper) -> tuple[float, ...]:
    first = (_NAME, _ASPECT) if _has_aspects(paper) else (_NAME + 16,)
    box = (WIDTH - sum(first)) / len(paper.grades)
    return (*first, *(round(box, 2) for _ in paper.grades))


def _has_aspects(paper: BallotPaper) -> bool:
    return any(row.aspect for row in paper.rows)


def _head(paper: BallotPaper) -> FormRow:
    words = (paper.heading, *(("测评项目",) if _has_aspects(paper) else ()), *paper.grades)
    cells = tuple(_cell(word, width, _HEAD) for word, width in zip(words, _widths(paper), strict=True))
    return FormRow(_HEAD_ROW, cells, head=True)


def _rows(paper: BallotPaper) -> Sequence[FormRow]:
    """Rows of one target stand below one name."""
    widths = _widths(paper)
    made: list[FormRow] = []
    for target, group in groupby(paper.rows, key=lambda row: row.target):
        rows = list(group)
        for place, row in enumerate(rows):
            joined: Literal["", "restart", "continue"] = (
                "" if len(rows) == 1 else "continue" if place else "restart"
            )
            name = "" if joined == "continue" else target
            words = [row.aspect or "总体评价"] if _has_aspects(paper) else []
            cells = [_cell(name, widths[0], _CELL, joined)]
            cells += [
                _cell(word, width, _CELL)
                for word, width in zip([*words, *("" for _ in paper.grades)], widths[1:], strict=True)
            ]
            made.append(FormRow(_row_height(paper, row, widths), tuple(cells)))
    return made


def _row_height(paper: BallotPaper, row: BallotRow, widths: Sequence[float]) -> float:
    room = (HEIGHT - _beside_rows(paper) - 4) / max(1, len(paper.rows))
    least = min(_ROW, max(_CLOSEST_ROW, room))
    words = row.aspect if _has_aspects(paper) else row.target
    lines = lines_of(words, widths[1 if _has_aspects(paper) else 0], _CELL.size)
    return max(least, lines * 5.6 + 1)


def _cell(words: str, width: float, face: Face, joined: Literal["", "restart", "continue"] = "") -> FormCell:
    return FormCell(
        width, ((Piece(words, face),),), Layout(align="center", line=16, size=face.size), joined=joined
    )
