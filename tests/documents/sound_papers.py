"""Official documents that keep every rule, and hands to damage them with, for the tests of the check."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from functools import cache

from docx import Document as open_document
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from lianxin.documents.official.letterhead import letter_page
from lianxin.documents.official.page import (
    BODY,
    FIRST_LEVEL,
    SECOND_LEVEL,
    add_addressee,
    add_attachments,
    add_blank,
    add_body,
    add_note,
    add_sealed_signature,
    add_text,
    add_title,
)
from lianxin.documents.official.red_head import LINES_ABOVE_TITLE, close_file, file_page
from lianxin.documents.word.text import Piece, document_bytes

LONG = "群众反映的村道破损问题已多次研究，请你单位抓紧办理，并把办理结果和下一步安排书面答复。"


ISSUER = "石牌镇人民代表大会主席团"


@cache
def sound() -> bytes:
    """A document that keeps every rule, with each element the standard speaks of."""
    document = file_page(ISSUER, number="石镇人〔2026〕37号")
    add_title(document, "关于督促办理村道破损问题的函")
    add_blank(document)
    add_addressee(document, "镇水务站")
    add_body(document, LONG)
    add_text(document, [Piece("一、基本情况", FIRST_LEVEL)])
    add_text(document, [Piece("（一）反映时间。", SECOND_LEVEL), Piece(LONG, BODY)])
    add_text(document, [Piece("（二）办理经过。", SECOND_LEVEL), Piece(LONG, BODY)])
    add_body(document, "1.现场查看。")
    add_body(document, "2.座谈。")
    add_text(document, [Piece("二、要求", FIRST_LEVEL)])
    add_body(document, LONG)
    add_attachments(document, ["村道破损照片", "办理经过"])
    add_sealed_signature(document, ISSUER, date(2026, 11, 21))
    add_note(document, "联系人：李明，电话：0743-1234567")
    close_file(document, ISSUER, date(2026, 11, 21), copies=["县人大常委会办公室", "镇党委"])
    return document_bytes(document, title="函", author="石牌镇人大")


@cache
def upward() -> bytes:
    """A report to a higher organ: 签发人 stands beside the number."""
    document = file_page(ISSUER, number="石镇人〔2026〕38号", approver="龙志明")
    add_title(document, "关于决议备案的报告")
    add_blank(document)
    add_addressee(document, "县人大常委会")
    add_body(document, LONG)
    add_sealed_signature(document, ISSUER, date(2026, 11, 21))
    return document_bytes(document, title="报告", author="石牌镇人大")


@cache
def letter() -> bytes:
    """A letter in its own form."""
    document = letter_page(ISSUER, number="石镇人〔2026〕39号")
    add_blank(document, LINES_ABOVE_TITLE)
    add_title(document, "关于督促办理村道破损问题的函")
    add_blank(document)
    add_addressee(document, "镇水务站")
    add_body(document, LONG)
    add_sealed_signature(document, ISSUER, date(2026, 11, 21))
    return document_bytes(document, title="函", author="石牌镇人大")


def changed(change: Callable[[Document], None], whole: bytes | None = None) -> bytes:
    document = open_document(io.BytesIO(whole or sound()))
    change(document)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def starting(document: Document, text: str) -> Paragraph:
    """The paragraph of this text, else the first that begins with it."""
    told = [each for each in document.paragraphs if each.text.strip().startswith(text)]
    return next((each for each in told if each.text.strip() == text), told[0])


def reworded(old: str, new: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        for paragraph in document.paragraphs:
            for run in paragraph.runs:
                run.text = run.text.replace(old, new)

    return change


def face_of(text: str, east: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        fonts = starting(document, text).runs[0]._r.get_or_add_rPr().find(qn("w:rFonts"))
        assert fonts is not None
        fonts.set(qn("w:eastAsia"), east)

    return change


def size_of(text: str, points: float) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        starting(document, text).runs[0].font.size = Pt(points)

    return change


def without_blank_above(text: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        element = starting(document, text)._p
        while (above := element.getprevious()) is not None and not "".join(above.itertext()).strip():
            element.getparent().remove(above)

    return change


def of_paragraph(text: str, name: str, **attributes: str) -> Callable[[Document], None]:
    """Attributes of an element of a paragraph's properties set otherwise; without any the element is gone."""

    def change(document: Document) -> None:
        set_in(starting(document, text), name, attributes)

    return change


def set_in(paragraph: Paragraph, name: str, attributes: dict[str, str]) -> None:
    told = next(paragraph._p.iter(qn(f"w:{name}")))
    if not attributes:
        told.getparent().remove(told)
    for key, value in attributes.items():
        told.set(qn(f"w:{key}"), value)
