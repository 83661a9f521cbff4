"""督办函: a letter that presses for one matter or several of a unit, a letter by GB/T 9704 (domain.md 4.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lianxin.documents.official.letterhead import letter_page, next_letter
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

if TYPE_CHECKING:
    from docx.document import Document


@dataclass(frozen=True)
class PressedMatter:
    """One matter of a letter. `handover` is the number of its 交办单, `due` the limit that was given with it."""

    title: str
    matter: str
    handover: str
    due: str
    overdue: int


@dataclass(frozen=True)
class SupervisionLetter:
    """One 督办函 in words, about one matter or several of the same unit."""

    number: str
    unit: str
    matters: tuple[PressedMatter, ...]
    demand: str
    reply_by: str
    issuer: str
    contact: str
    day: date | None
    raised: str = "群众反映事项"
    """Whose matters they are: 群众反映事项, or 代表提出事项 for suggestions."""
    teller: str = "我单位"
    """Who tells whoever raised the matter what became of it."""


def supervision_letters_docx(letters: Sequence[SupervisionLetter]) -> bytes:
    """The letters one after the other, each on a page of its own."""
    first = letters[0]
    document = letter_page(first.issuer, number=first.number)
    for place, letter in enumerate(letters):
        if place:
            next_letter(document, letter.issuer, number=letter.number)
        _letter(document, letter)
    return document_bytes(document, title=f"督办函 {first.number}", author=first.issuer)


def _letter(document: Document, letter: SupervisionLetter) -> None:
    only = letter.matters[0] if len(letter.matters) == 1 else None
    subject = f"“{only.title}”" if only else f"{len(letter.matters)}件{letter.raised}"
    add_blank(document, LINES_ABOVE_TITLE)
    add_title(document, f"关于督促办理{subject}的函")
    add_blank(document)
    add_addressee(document, letter.unit)
    why = "为使反映的问题得到落实，现予督办。"
    if only:
        raised = f"{letter.raised.removesuffix('事项')}的“{only.title}”（编号{only.matter}）"
        add_body(document, f"{raised}{_standing(only)}。{why}")
    else:
        add_body(document, f"下列{len(letter.matters)}件{letter.raised}已交你单位办理。{why}")
        for place, matter in enumerate(letter.matters, 1):
            add_body(document, f"{place}.“{matter.title}”（编号{matter.matter}）{_standing(matter)}。")
    add_body(document, letter.demand or "请你单位抓紧办理，把办理结果和下一步安排书面答复我单位。")
    if letter.reply_by:
        each = "逐件" if not only else ""
        add_body(document, f"请于{letter.reply_by}前{each}书面回复，由{letter.teller}向反映人反馈。")
    add_sealed_signature(document, letter.issuer, letter.day)
    add_note(document, f"联系人：{letter.contact}" if letter.contact else "")


def _standing(matter: PressedMatter) -> str:
    """已交你单位办理（交办单2026-JB0003），办理期限为11月16日，现已超过期限4天."""
    given = f"（交办单{matter.handover}）" if matter.handover else ""
    late = f"，现已超过期限{matter.overdue}天" if matter.overdue > 0 else ""
    limit = f"办理期限为{matter.due}" if matter.due else "请抓紧办理"
    return f"已交你单位办理{given}，{limit}{late}"
