"""会议纪要 in the form GB/T 9704-2012 (10.3) gives it: red mark, issue number, lists of who came, 版记 (domain.md 4.12).

The mark stands 35 mm below the upper edge of the type area. A summary bears no seal; its day stands below the mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lianxin.documents.letterhead import RED
from lianxin.documents.official import (
    BODY,
    CHARACTERS_A_LINE,
    FIRST_LEVEL,
    add_blank,
    add_body,
    add_text,
    add_title,
    official_page,
)
from lianxin.documents.person_names import even_name, name_lines
from lianxin.documents.word import Face, Layout, Piece, across, add_run, document_bytes, element, lay, mm
from lianxin.domain.dates import show_day

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

MARK_BELOW_TYPE_AREA = 35.0
"""Millimetres from the upper edge of the type area to the mark (GB/T 9704-2012, 10.3)."""
_TYPE_WIDTH_MM, _TYPE_HEIGHT_MM, _TOP_MM = 156.0, 225.0, 37.0
_MARK_SIZE, _LEAST_MARK = 36.0, 22.0
_POINTS_A_MM = 72 / 25.4
_CLOSING = Face("仿宋_GB2312", 14)
_HEADING = Layout(first=2, keep=True)
_THICK, _THIN = "8", "6"
"""版记: the outer lines are 0.35 mm strong, the inner one 0.25 mm (7.4.1), in eighths of a point of Word."""


@dataclass(frozen=True)
class SummaryItem:
    """One item that was dealt with: the words the meeting heard, and the points of it."""

    title: str
    reporter: str = ""
    points: str = ""


@dataclass(frozen=True)
class MeetingSummary:
    """A summary in words. `opened` is the paragraph on top; `held` what the meeting thought; `decided` its decisions."""

    body_name: str
    title: str
    issuer: str
    day: date
    number: int | None
    opened: str
    items: tuple[SummaryItem, ...] = ()
    held: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    sent_to: str = ""
    copies: int | None = None


def meeting_summary_docx(summary: MeetingSummary) -> bytes:
    """The summary as an official document."""
    document = official_page()
    _head(document, summary)
    add_blank(document)
    add_title(document, summary.title)
    add_blank(document)
    add_body(document, summary.opened)
    _parts(document, summary)
    for label, names in (("出席", summary.present), ("请假", summary.leave), ("列席", summary.guests)):
        add_names(document, label, names)
    _closing(document, summary)
    return document_bytes(document, title=summary.title, author=summary.issuer)


def add_names(document: Document, label: str, names: Sequence[str]) -> None:
    """出席：in 黑体, names behind it; continued lines begin below the first name, no name is cut (10.3)."""
    if not names:
        return
    lead = f"{label}："
    left = 2 + across(lead)
    # A character is kept back: · is drawn as wide as a character by some fonts and half as wide by others.
    lines = name_lines([even_name(name) for name in names], CHARACTERS_A_LINE - left - 1)
    layout = Layout(align="left", left=left, hanging=across(lead))
    paragraph = add_text(document, [Piece(lead, FIRST_LEVEL)], layout)
    for at, line in enumerate(lines):
        run = add_run(paragraph, line, BODY)
        if at:
            run.insert(1, element("w:br"))


def _head(document: Document, summary: MeetingSummary) -> None:
    """The mark, the issue number below it, issuer and day on one line, the red line of the whole width."""
    mark = f"{summary.body_name}会议纪要".replace("会议会议", "会议")
    size = max(min(_MARK_SIZE, _TYPE_WIDTH_MM * _POINTS_A_MM / across(mark)), _LEAST_MARK)
    pitch = size * 1.2
    paragraph = document.add_paragraph()
    lay(paragraph, Layout(align="center", line=pitch, size=size))
    # The mark itself stands there, not the line it is set in.
    leading = (pitch - size) / 2 / _POINTS_A_MM
    _placed(paragraph, top=_TOP_MM + MARK_BELOW_TYPE_AREA - leading, height=pitch / _POINTS_A_MM)
    _red(paragraph, mark, Face("方正小标宋简体", size))
    below = MARK_BELOW_TYPE_AREA * _POINTS_A_MM + pitch
    number = f"第{summary.number}期" if summary.number else "第　期"
    add_text(document, [Piece(number, BODY)], Layout(align="center", before=below))
    add_blank(document)
    line = add_text(
        document, [Piece(f"　{summary.issuer}\t{show_day(summary.day)}", BODY)], Layout(align="left")
    )
    _right_stop(line, BODY.size)
    _red_line(line)


def _parts(document: Document, summary: MeetingSummary) -> None:
    """一、会议听取和审议 二、会议认为 三、会议议定: a part without content is left out."""
    numerals = iter("一二三")
    if summary.items:
        add_text(document, [Piece(f"{next(numerals)}、会议听取和审议了下列事项", FIRST_LEVEL)], _HEADING)
        several = len(summary.items) > 1
        for at, item in enumerate(summary.items, 1):
            by = f"（{item.reporter}汇报）" if item.reporter else ""
            stop = "" if item.title.endswith(("。", "；")) else "。"
            add_body(document, f"{f'{at}. ' if several else ''}{item.title}{by}{stop}")
            if item.points:
                add_body(document, item.points)
    if summary.held:
        add_text(document, [Piece(f"{next(numerals)}、会议认为", FIRST_LEVEL)], _HEADING)
        for words in summary.held:
            add_body(document, words)
    if summary.decided:
        add_text(document, [Piece(f"{next(numerals)}、会议议定", FIRST_LEVEL)], _HEADING)
        several = len(summary.decided) > 1
        for at, words in enumerate(summary.decided, 1):
            add_body(document, f"{f'{at}. ' if several else ''}{words}")
    add_blank(document)


def _closing(document: Document, summary: MeetingSummary) -> None:
    """版记 at the foot of the last page: 分送, then who issues and the day; how many were printed (7.4)."""
    add_blank(document)
    copies = f"（共印{summary.copies}份）" if summary.copies else ""
    sent_to = (summary.sent_to or "出席人员，有关单位").rstrip("。")
    rows = (f"　分送：{sent_to}。{copies}", f"　{summary.issuer}\t{show_day(summary.day)}印发")
    for at, text in enumerate(rows):
        line = add_text(document, [Piece(text, _CLOSING)], Layout(align="left", size=14, keep=at == 0))
        _right_stop(line, _CLOSING.size)
        _lines_around(line, last=at == len(rows) - 1, first=at == 0)


def _right_stop(paragraph: Paragraph, size: float) -> None:
    """What stands behind a tab ends one character before the right edge."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm, Pt

    stop = Mm(_TYPE_WIDTH_MM) - Pt(size)
    paragraph.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.RIGHT)


def _lines_around(paragraph: Paragraph, *, first: bool, last: bool) -> None:
    borders = element("w:pBdr")
    top = _THICK if first else _THIN
    borders.append(element("w:top", {"w:val": "single", "w:sz": top, "w:space": "1", "w:color": "000000"}))
    if last:
        borders.append(
            element("w:bottom", {"w:val": "single", "w:sz": _THICK, "w:space": "1", "w:color": "000000"})
        )
    _put_borders(paragraph, borders)


def _red_line(paragraph: Paragraph) -> None:
    borders = element("w:pBdr")
    # The line stands 4 mm below the line of issuer and day (7.2.7), 11 points.
    borders.append(element("w:bottom", {"w:val": "single", "w:sz": "16", "w:space": "11", "w:color": RED}))
    _put_borders(paragraph, borders)


def _put_borders(paragraph: Paragraph, borders: BaseOxmlElement) -> None:
    properties = paragraph._p.get_or_add_pPr()
    # w:pBdr stands before w:autoSpaceDE in the schema.
    before = properties.find(element("w:autoSpaceDE").tag)
    assert before is not None
    before.addprevious(borders)


def _red(paragraph: Paragraph, text: str, face: Face) -> None:
    properties = add_run(paragraph, text, face)[0]
    # w:color stands before w:sz in the schema.
    properties.insert(1, element("w:color", {"w:val": RED}))


def _placed(paragraph: Paragraph, *, top: float, height: float) -> None:
    """Put the mark into a frame at a fixed place of the first page."""
    frame = element(
        "w:framePr",
        {
            "w:w": mm(_TYPE_WIDTH_MM), "w:h": mm(height), "w:hRule": "exact", "w:wrap": "notBeside",
            "w:vAnchor": "page", "w:hAnchor": "margin", "w:xAlign": "center", "w:y": mm(top),
        },
    )  # fmt: skip
    paragraph._p.get_or_add_pPr().insert(0, frame)
