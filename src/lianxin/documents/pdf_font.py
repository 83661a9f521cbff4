"""The Chinese font of our PDF papers: shipped with the program, embedded as far as it is used (OFL 1.1)."""

from __future__ import annotations

import functools
import io
import lzma

from lianxin.installed import resource_dir

FONT = "NotoSerifSC"
_FILE = "NotoSerifSC-Regular.ttf.xz"
MISSING = "〓"
"""Stands for a character the font lacks (geta mark, as printers do), never a blank that nobody notices."""


@functools.cache
def known_glyphs() -> frozenset[int]:
    """Registers the font once and answers the characters it can draw. Raises MissingPart when it is not there."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    packed = (resource_dir() / "fonts" / _FILE).read_bytes()
    font = TTFont(FONT, io.BytesIO(lzma.decompress(packed)))
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)


def drawable(text: str) -> str:
    """The text with every character the font lacks marked, so that nothing vanishes unseen."""
    known = known_glyphs()
    return "".join(char if ord(char) in known or char == "\n" else MISSING for char in text)


def undrawable(text: str) -> tuple[str, ...]:
    """The characters of a text that the font lacks."""
    known = known_glyphs()
    return tuple(dict.fromkeys(char for char in text if ord(char) not in known and char >= " "))
