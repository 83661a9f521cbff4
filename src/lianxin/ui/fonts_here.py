"""What this computer will print a document with: substitutes of its fonts, and characters they lack, before it prints."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from lianxin.documents.characters.fonts import font_uses, uses_words
from lianxin.documents.characters.rare_words import missing_words
from lianxin.documents.pdf.pages import PdfPages


def font_words(document: bytes) -> str:
    """One line for the clerk, of a Word file, a workbook or a PDF of ours; empty when every font is there and has every
    character.
    """
    if document.startswith(b"%PDF"):
        return missing_words(PdfPages(document))
    known: dict[str, QRawFont] = {}

    def has(font: str, char: str) -> bool:
        raw = known.setdefault(font, QRawFont.fromFont(QFont(font)))
        return raw.supportsCharacter(ord(char))

    def draws(font: str, char: str) -> bool:
        return has(font, char) if font else any(has(each, char) for each in QFontDatabase.families())

    return uses_words(font_uses(document, frozenset(QFontDatabase.families()), draws))
