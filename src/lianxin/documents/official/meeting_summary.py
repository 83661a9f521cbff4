"""会议纪要 in the form GB/T 9704-2012 (10.3) gives it: red mark, issue number, lists of who came, 版记 (domain.md 4.12).

The mark stands 35 mm below the upper edge of the type area. A summary bears no seal; its day stands below the mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lianxin.documents.official.imprint import add_imprint
from lianxin.documents.official.page import (
    BODY,
    FIRST_LEVEL,
    add_blank,
    add_body,
    add_text,
    add_title,
    official_page,
)
from lianxin.documents.official.red_head import LINES_ABOVE_TITLE, NUMBER_PITCH, add_issue_line, add_mark
from lianxin.documents.word.person_names import even_name, name_lines
from lianxin.documents.word.text import Layout, Piece, across, add_run, document_bytes, element
from lianxin.documents.word.type_area import CHARACTERS_A_LINE
from lianxin.domain.dates import show_day

if TYPE_CHECKING:
    from docx.document import Document

_HEADING = Layout(first=2, keep=True)


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
    mark = f"{summary.body_name}会议纪要".replace("会议会议", "会议")
    add_summary_head(document, mark, _issue(summary.number), summary.issuer, show_day(summary.day))
    add_blank(document, LINES_ABOVE_TITLE)
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


def _issue(number: int | None) -> str:
    return f"第{number}期" if number else "第　期"


def add_summary_head(document: Document, mark: str, issue: str, issuer: str, day: str) -> None:
    """The mark, the issue number below it, issuer and day on one line, the red line of the whole width."""
    add_mark(document, mark, lines=0)
    add_text(document, [Piece(issue, BODY)], Layout(align="center", line=NUMBER_PITCH, snap=False))
    add_blank(document)
    add_issue_line(document, issuer, day)


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
    """版记: 分送, then who issues and the day; how many were printed (7.4)."""
    copies = f"（共印{summary.copies}份）" if summary.copies else ""
    sent_to = (summary.sent_to or "出席人员，有关单位").rstrip("。")
    add_imprint(document, (f"分送：{sent_to}。{copies}", f"{summary.issuer}\t{show_day(summary.day)}印发"))
