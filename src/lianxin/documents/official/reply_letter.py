"""答复函: the handling unit's answer to the deputies who made a suggestion (domain.md 4.7), ready for the unit's seal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.documents.official.imprint import add_imprint
from lianxin.documents.official.letterhead import letter_page
from lianxin.documents.official.page import (
    add_addressee,
    add_blank,
    add_body,
    add_note,
    add_sealed_signature,
    add_title,
)
from lianxin.documents.official.red_head import LINES_ABOVE_TITLE
from lianxin.documents.word.text import document_bytes


@dataclass(frozen=True)
class ReplyLetter:
    """One 答复函 in words. `result` is the class A to D for the upper right corner, `copies` who gets one as well."""

    unit: str
    document: str
    result: str
    number: str
    form: str
    title: str
    deputies: Sequence[str]
    words: str
    promise: str
    day: date
    contact: str
    copies: Sequence[str] = ()


def reply_letter_docx(letter: ReplyLetter) -> bytes:
    """The letter: thanks, the answer, what is promised until when, the close; sealed by the unit."""
    document = letter_page(
        letter.unit, number=letter.document, corner=f"{letter.result}类" if letter.result else ""
    )
    lead = letter.deputies[0] if letter.deputies else ""
    add_blank(document, LINES_ABOVE_TITLE)
    add_title(document, f"关于{lead}代表第{letter.number}号{letter.form or '建议'}的答复")
    add_blank(document)
    add_addressee(document, f"{'、'.join(letter.deputies)}代表" if letter.deputies else "代表")
    form = letter.form or "建议"
    add_body(document, f"{_you(letter)}提出的“{letter.title}”（{letter.number}号{form}）收悉。现答复如下：")
    add_body(document, letter.words or "（请在此写明办理情况）")
    if letter.promise:
        add_body(document, letter.promise)
    add_body(document, f"感谢{_you(letter)}对我们工作的关心和支持。")
    add_sealed_signature(document, letter.unit, letter.day)
    add_note(document, f"联系人：{letter.contact}" if letter.contact else "")
    add_imprint(
        document, [f"抄送：{'、'.join(letter.copies)}。"] if letter.copies else (), even=False, lines=False
    )
    return document_bytes(document, title=f"答复函 {letter.number}", author=letter.unit)


def _you(letter: ReplyLetter) -> str:
    return "您" if len(letter.deputies) < 2 else "你们"
