"""来访事项告知单: tells a visitor where a matter belongs that this office does not handle (信访工作条例 §23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lianxin.documents.official.page import (
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
from lianxin.documents.word.text import Layout, Piece, document_bytes


@dataclass(frozen=True)
class TellingNotice:
    """One notice in words. `competent` are the days the competent unit has, for information."""

    number: str
    visitor: str
    raised: str
    matter: str
    about: str
    destination: str
    reason: str
    issuer: str
    contact: str
    day: date
    competent: str = ""


def telling_notice_docx(notice: TellingNotice) -> bytes:
    """The notice on one page, with the receipt the visitor signs."""
    document = official_page()
    add_title(document, "来访事项告知单")
    if notice.number:
        add_text(document, [Piece(notice.number, BODY)], Layout(align="center"))
    add_blank(document)
    add_addressee(document, notice.visitor or "来访人")
    add_body(document, f"您于{notice.raised}反映的“{notice.matter}”，我单位已如实登记。")
    about = f"属于{notice.about}，" if notice.about else ""
    where = f"请您向{notice.destination}提出" if notice.destination else "请您向有权处理的机关提出"
    add_body(document, f"经研究，该事项{about}不由人大直接办理。根据《信访工作条例》第二十三条，{where}。")
    if notice.reason:
        add_body(document, f"理由：{notice.reason}")
    add_body(document, notice.competent)
    add_sealed_signature(document, notice.issuer, notice.day)
    add_note(document, f"联系人：{notice.contact}" if notice.contact else "")
    add_blank(document)
    add_body(document, "收件人（签名）：　　　　　　　　　　　年　月　日")
    return document_bytes(document, title=f"来访事项告知单 {notice.number}", author=notice.issuer)
