"""Which characters of a paper may not print, told where no window knows the fonts of the computer."""

from __future__ import annotations

from lianxin.documents.characters.fonts import lacks_words, rare_characters
from lianxin.documents.pdf.font import MISSING
from lianxin.documents.pdf.pages import NotAPdf, PdfPages

_PLACES = 6


def rare_words(content: bytes) -> str:
    """One sentence on a Word file, a workbook or a PDF of ours; empty when nothing is rare in it."""
    if content.startswith(b"%PDF"):
        try:
            return missing_words(PdfPages(content))
        except NotAPdf:
            return ""
    told = lacks_words("常用字体里", rare_characters(content))
    return f"{told}，请先看一看" if told else ""


def missing_words(pages: PdfPages) -> str:
    """Where a PDF of ours has the sign for a character that no font has."""
    places = pages.words_around(MISSING)
    shown = "、".join(places[:_PLACES]) + (f"等{len(places)}处" if len(places) > _PLACES else "")
    return f"有的字这台电脑的字体里都没有，印成“{MISSING}”：{shown}" if places else ""
