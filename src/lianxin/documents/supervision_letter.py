"""督办函: a letter that presses for a matter, by the page rules of GB/T 9704 (domain.md 4.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lianxin.documents.official import (
    BODY,
    add_addressee,
    add_blank,
    add_body,
    add_note,
    add_sealed_signature,
    add_text,
    add_title,
    official_page,
)
from lianxin.documents.word import Layout, Piece, document_bytes, page_break

if TYPE_CHECKING:
    from docx.document import Document


@dataclass(frozen=True)
class SupervisionLetter:
    """One 督办函 in words. `handover` is the number of the 交办单, `due` the limit that was given with it."""

    number: str
    unit: str
    title: str
    matter: str
    handover: str
    due: str
    overdue: int
    demand: str
    reply_by: str
    issuer: str
    contact: str
    day: date


def supervision_letters_docx(letters: Sequence[SupervisionLetter]) -> bytes:
    """The letters one after the other, each on a page of its own."""
    document = official_page()
    for place, letter in enumerate(letters):
        if place:
            page_break(document)
        _letter(document, letter)
    first = letters[0]
    return document_bytes(document, title=f"督办函 {first.number}", author=first.issuer)


def _letter(document: Document, letter: SupervisionLetter) -> None:
    add_title(document, f"关于督促办理“{letter.title}”的函")
    if letter.number:
        add_text(document, [Piece(letter.number, BODY)], Layout(align="center"))
    add_blank(document)
    add_addressee(document, letter.unit)
    given = f"（交办单{letter.handover}）" if letter.handover else ""
    late = f"，现已超过期限{letter.overdue}天" if letter.overdue > 0 else ""
    limit = f"办理期限为{letter.due}" if letter.due else "请抓紧办理"
    add_body(
        document,
        f"群众反映的“{letter.title}”（编号{letter.matter}）已交你单位办理{given}，{limit}{late}。"
        "为使群众反映的问题得到落实，现予督办。",
    )
    add_body(document, letter.demand or "请你单位抓紧办理，把办理结果和下一步安排书面答复我单位。")
    if letter.reply_by:
        add_body(document, f"请于{letter.reply_by}前书面回复，由我单位向反映人反馈。")
    add_sealed_signature(document, letter.issuer, letter.day)
    add_note(document, f"联系人：{letter.contact}" if letter.contact else "")
