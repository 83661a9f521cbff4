"""What this computer will print a document with: substitutes of its fonts, and characters they lack, before it prints."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from lianxin.documents.fonts import font_uses, uses_words


def font_words(document: bytes) -> str:
    """One line for the clerk; empty when every font is there and has every character, or for no Word document."""
    known: dict[str, QRawFont] = {}

    def draws(font: str, char: str) -> bool:
        raw = known.setdefault(font, QRawFont.fromFont(QFont(font)))
        return raw.supportsCharacter(ord(char))

    return uses_words(font_uses(document, frozenset(QFontDatabase.families()), draws))
