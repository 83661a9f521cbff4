"""Tells the elements of an official document apart: mark, number, title, addressee, headings, closing (GB/T 9704-2012, 7)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lianxin.documents.measuring.reading import Paragraph
from lianxin.domain.numbering import DOCUMENT_NUMBER

Role = Literal[
    "mark", "number", "title", "caption", "addressee", "heading1", "heading2", "heading3", "heading4", "body", "attachment",
    "signer", "date", "note", "list", "copies", "annex", "blank",
]  # fmt: skip

TITLE_LEAST = 18.0
"""A centred line of this size or more is a title; smaller ones are a number or a line of the text."""

BLANK_NUMBER = re.compile(
    r"^[\u4e00-\u9fff]{0,12}(?P<open>[〔\[（(【［])[\s\d]*(?P<close>[〕\]）)】］])\s*号$"
)
"""A number that is to be written by hand."""
_ODD_NUMBER = re.compile(
    r"^[\u4e00-\u9fff]{2,12}[^\u4e00-\u9fff\d]{0,2}\d{2,4}\s*[^\w\s]{0,2}\s*第?\d{1,4}号?$"
)
"""What was meant as a number but is not written as one: 石镇人2026-37."""
APPROVER = re.compile(r"\s*签\s*发\s*人\s*(?P<colon>[：:]?)\s*(?P<name>.*)$")
ISSUE = re.compile(r"^(?:〔\d{4}〕)?第\S{0,4}\s*期$")
DATE = re.compile(r"^(\d{4})年(\d{1,2})月(\d{1,2})日$")
ODD_DATE = re.compile(r"^\d{4}\s*[.．\-－/／—年]\s*\d{1,2}\s*[.．\-－/／—月]\s*\d{1,2}\s*日?$")
"""A day, however it is written."""
_CHINESE_DATE = re.compile(
    r"^[〇○零一二三四五六七八九\d]{4}年[〇一二三四五六七八九十\d]{1,3}月[一二三四五六七八九十\d]{1,3}日$"
)
BLANK_DATE = re.compile(r"^[＿\s]*年[＿\s]*月[＿\s]*日$")
"""A day that is to be written by hand."""
_NUMERALS = "一二三四五六七八九十百"
_HEADINGS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("heading1", re.compile(rf"^([{_NUMERALS}]{{1,3}})([、.．,，])")),
    ("heading2", re.compile(rf"^([（(][{_NUMERALS}]{{1,3}}[）)])([、.．,，]?)")),
    ("heading3", re.compile(r"^(\d{1,2})([.．、])(?!\d)")),
    ("heading4", re.compile(r"^([（(]\d{1,2}[）)])([、.．,，]?)")),
)
LISTS = re.compile(r"^(出席|请假|列席|缺席)[：:]")
ANNEX = re.compile(r"^附件\d{0,2}$")
"""The word alone on the first line of an attachment that is bound with its document (7.3.7)."""
_COPIES = re.compile(r"^(抄送|分送|印发)[：:]|印发$")


@dataclass(frozen=True)
class Element:
    """One paragraph with its part in the document. `mark` is the number of a heading with what follows it."""

    role: Role
    paragraph: Paragraph
    mark: str = ""

    @property
    def number(self) -> str:
        """The 发文字号 without 签发人, who stands in the same line of what goes up."""
        return APPROVER.sub("", self.paragraph.text)

    @property
    def place(self) -> str:
        """Where it is, in words: 第3段“一、时间…”."""
        text = self.paragraph.text
        return f"第{self.paragraph.number}段“{text[:12]}{'…' if len(text) > 12 else ''}”"


def documents_of(paragraphs: Sequence[Paragraph]) -> Iterator[list[Element]]:
    """The documents of a file: a new one begins where a page begins with a title or with the word 附件."""
    current: list[Paragraph] = []
    for at, paragraph in enumerate(paragraphs):
        if paragraph.new_page and current and _begins_document(paragraphs[at:]):
            yield list(_elements(current))
            current = []
        current.append(paragraph)
    if any(paragraph.text for paragraph in current):
        yield list(_elements(current))


def _begins_document(rest: Sequence[Paragraph]) -> bool:
    # A letter has its number above the title.
    first = [paragraph for paragraph in rest if paragraph.text][:2]
    if first and ANNEX.match(first[0].text):
        return True
    return any(each.align == "center" and each.size >= TITLE_LEAST for each in first)


def _elements(paragraphs: Sequence[Paragraph]) -> Iterator[Element]:
    title_from, title_to = _title_of(paragraphs)
    closing = _closing(paragraphs)
    addressed = attached = False
    for at, paragraph in enumerate(paragraphs):
        text = paragraph.text
        role: Role = "body"
        mark = ""
        if not text:
            role = "blank"
        elif at < title_from:
            role = "number" if is_number(text) else "annex" if ANNEX.match(text) else "mark"
        elif title_from <= at < title_to:
            role = "title"
        elif 0 <= at - title_to <= 1 and _is_caption(paragraph):
            role = "caption"
        elif is_number(text) and paragraph.align in ("center", "right"):
            role = "number"
        elif at in closing:
            role = closing[at]
        elif _COPIES.search(text):
            role = "copies"
        elif LISTS.match(text) or (at and _goes_on(paragraphs[at - 1], paragraph)):
            role = "list"
        elif (text.startswith("附件") and len(text) < 60) or (attached and paragraph.left >= 2):
            role = "attachment"
        elif not addressed and _is_addressee(paragraph, below_title=0 <= at - title_to <= 1):
            role, addressed = "addressee", True
        else:
            role, mark = _heading(text)
        attached = role == "attachment"
        addressed = addressed or (role in ("body", "heading1", "heading2") and paragraph.first >= 1)
        yield Element(role, paragraph, mark)


def is_number(text: str) -> bool:
    """Whether a line is a 发文字号, well written or not, or the place of one, with 签发人 or without."""
    told = APPROVER.sub("", text)
    return any(pattern.match(told) for pattern in (DOCUMENT_NUMBER, BLANK_NUMBER, _ODD_NUMBER))


def _title_of(paragraphs: Sequence[Paragraph]) -> tuple[int, int]:
    """From where to where the title goes: centred lines of its size, else a line near the top of its size or centred."""
    begins = next(
        (at for at, each in enumerate(paragraphs) if _is_title(each) and not _is_mark(paragraphs, at)), -1
    )
    if begins >= 0:
        return _whole_title(paragraphs, begins)
    near = [
        at
        for at, each in enumerate(paragraphs[:_NEAR_THE_TOP])
        if each.text and not each.red and not is_number(each.text) and not ISSUE.match(each.text)
    ]
    large = (at for at in near if paragraphs[at].size >= TITLE_LEAST)
    centred = (at for at in near if paragraphs[at].align == "center")
    found = next(itertools.chain(large, centred), -1)
    return _whole_title(paragraphs, found) if found >= 0 else (-1, -1)


def _whole_title(paragraphs: Sequence[Paragraph], found: int) -> tuple[int, int]:
    """The lines that stand close to a line of the title and are as large or in the middle as it is."""

    def belongs(each: Paragraph) -> bool:
        alike = each.size >= TITLE_LEAST or (each.align == "center" and each.size == paragraphs[found].size)
        told = is_number(each.text) or _is_caption(each)
        return bool(each.text) and alike and not each.red and not told

    begins = ends = found
    while begins and belongs(paragraphs[begins - 1]):
        begins -= 1
    while ends < len(paragraphs) and (ends == found or belongs(paragraphs[ends])):
        ends += 1
    return begins, ends


_NEAR_THE_TOP = 10


def _is_title(paragraph: Paragraph) -> bool:
    return (
        bool(paragraph.text)
        and paragraph.align == "center"
        and paragraph.size >= TITLE_LEAST
        and not paragraph.red
    )


def _is_mark(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """A mark that is not red is told from a title by the number below it, with the title further below."""
    below = [each for each in paragraphs[at + 1 : at + 1 + _NEAR_THE_TOP] if each.text]
    headed = bool(below) and (is_number(below[0].text) or ISSUE.match(below[0].text) is not None)
    return headed and any(_is_title(each) for each in below[1:])


def _is_caption(paragraph: Paragraph) -> bool:
    """题注 below the title: at which meeting, by whom, when it was passed."""
    text = paragraph.text
    return paragraph.align == "center" and (
        text.startswith("——") or (text[:1] in ("（", "(") and not is_number(text))
    )


_SENTENCE = re.compile(r"[，。]|现将|如下")
_TELLS = re.compile(r"[。\d]|现将|如下|选举|决定|通过|根据|为了?|于")
"""What a sentence has that ends with a colon, and the name of an office has not."""


def _is_addressee(paragraph: Paragraph, *, below_title: bool) -> bool:
    """Whom it is addressed to stands flush left; one that was indented by mistake is told by its place and words."""
    text = paragraph.text
    if not text.endswith(("：", ":")) or len(text) > 60:
        return False
    # 各村（社区），镇直各单位：a comma parts kinds of offices.
    told = below_title and not _TELLS.search(text)
    if paragraph.first < 1:
        return told or not _SENTENCE.search(text)
    return told and "，" not in text


def _goes_on(above: Paragraph, paragraph: Paragraph) -> bool:
    """Names go on below the first one of the line above (10.3)."""
    return above.text.endswith("、") and paragraph.left >= 2 and not paragraph.first


def _heading(text: str) -> tuple[Role, str]:
    for role, pattern in _HEADINGS:
        found = pattern.match(text)
        if found:
            return role, found.group(0)
    return "body", ""


def _closing(paragraphs: Sequence[Paragraph]) -> dict[int, Role]:
    """Signer, date and note by their places: the last date that stands at the right, and what is around it."""
    found: dict[int, Role] = {}
    for at in range(len(paragraphs) - 1, -1, -1):
        paragraph = paragraphs[at]
        if not any(pattern.match(paragraph.text) for pattern in (ODD_DATE, _CHINESE_DATE, BLANK_DATE)):
            continue
        if paragraph.align not in ("right", "end") and paragraph.left < 8 and paragraph.first < 8:
            continue
        found[at] = "date"
        before = at - 1
        if (
            before >= 0
            and 0 < len(paragraphs[before].text) <= 40
            and not paragraphs[before].text.endswith("。")
        ):
            found[before] = "signer"
        after = next((place for place in range(at + 1, len(paragraphs)) if paragraphs[place].text), -1)
        if after > 0 and paragraphs[after].text[0] in "（(" and paragraphs[after].text[-1] in "）)":
            found[after] = "note"
        break
    return found
