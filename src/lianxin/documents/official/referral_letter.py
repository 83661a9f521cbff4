"""答复 of a referred matter: the county's letter to the township that sent it up (domain.md 4.7), by GB/T 9704."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
class ReferralLetter:
    """One letter in words. `answer` are its paragraphs, `ask` what the township is to do with it."""

    issuer: str
    number: str
    town: str
    title: str
    matter: str
    sent: str
    answer: tuple[str, ...]
    ask: str
    contact: str
    day: date
    kind: str = "答复"


def referral_letter_docx(letter: ReferralLetter) -> bytes:
    """The letter: what was sent up and when, the answer, what to do now; sealed by the county."""
    document = letter_page(letter.issuer, number=letter.number)
    add_blank(document, LINES_ABOVE_TITLE)
    add_title(document, f"关于“{letter.title}”转报事项的{letter.kind}")
    add_blank(document)
    add_addressee(document, letter.town)
    add_body(
        document,
        f"你单位{letter.sent}转报的“{letter.title}”（编号{letter.matter}）收悉。现{letter.kind}如下：",
    )
    for paragraph in letter.answer or ("（请在此写明办理情况）",):
        add_body(document, paragraph)
    add_body(document, letter.ask)
    add_sealed_signature(document, letter.issuer, letter.day)
    add_note(document, f"联系人：{letter.contact}" if letter.contact else "")
    return document_bytes(document, title=f"转报事项{letter.kind} {letter.matter}", author=letter.issuer)
