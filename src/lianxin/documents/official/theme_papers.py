"""Plan and summary of the theme of a year as official documents; parts nobody wrote are left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lianxin.documents.official.event_papers import add_items
from lianxin.documents.official.page import (
    add_blank,
    add_body,
    add_sealed_signature,
    add_title,
)
from lianxin.documents.official.red_head import close_file, issued_page
from lianxin.documents.word.text import document_bytes


def theme_docx(
    title: str, items: Sequence[tuple[str, str]], *, issuer: str, signed: date, basis: str, number: str = ""
) -> bytes:
    """`items` are headings with what stands under them; `basis` is the document the theme comes from."""
    document = issued_page(issuer, number=number)
    add_title(document, title)
    add_blank(document)
    if basis:
        add_body(document, f"根据{basis}，结合本镇实际，制定本方案。")
    add_items(document, items)
    add_sealed_signature(document, issuer, signed)
    if number:
        close_file(document, issuer, signed)
    return document_bytes(document, title=title.replace("\n", ""), author=issuer)
