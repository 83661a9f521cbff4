"""The Chinese font of our PDF papers: shipped with the program, embedded as far as it is used (OFL 1.1).

It holds GBK and Extension A. Rarer characters of names come from a font of the computer that has them (Windows
brings one for Extension B); what no font has is printed as 〓 and told, never left blank.
"""

from __future__ import annotations

import functools
import io
import lzma
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from lianxin.installed import resource_dir

FONT, SECOND = "NotoSerifSC", "RareCharacters"
_FILE = "NotoSerifSC-Regular.ttf.xz"
_RARE = (
    Path("C:/Windows/Fonts/simsunb.ttf"),
    Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"),
)
MISSING = "〓"
"""Stands for a character no font has (the geta mark, as printers set it)."""


@functools.cache
def known_glyphs() -> frozenset[int]:
    """Registers the font once and answers the characters it can draw. Raises MissingPart when it is not there."""
    packed = (resource_dir() / "fonts" / _FILE).read_bytes()
    return _registered(FONT, io.BytesIO(lzma.decompress(packed)))


@functools.cache
def rare_glyphs() -> frozenset[int]:
    """The same of the computer's own font of rare characters; nothing where there is none."""
    found = next((path for path in _RARE if path.is_file()), None)
    return _registered(SECOND, io.BytesIO(found.read_bytes())) if found is not None else frozenset()


def _registered(name: str, data: io.BytesIO) -> frozenset[int]:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = TTFont(name, data)
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)


def drawable(text: str) -> str:
    """The text with every character no font has marked, so that nothing vanishes unseen."""
    return "".join(MISSING if _font_of(char) == "" else char for char in text)


def undrawable(text: str) -> tuple[str, ...]:
    """The characters of a text that no font has."""
    return tuple(dict.fromkeys(char for char in text if _font_of(char) == ""))


def markup(text: str) -> str:
    """The text as a paragraph of reportlab reads it, rare characters in the font that has them."""
    parts: list[str] = []
    for font, chars in groupby(drawable(text), key=_font_of):
        marked = escape("".join(chars)).replace("\n", "<br/>")
        parts.append(f'<font name="{SECOND}">{marked}</font>' if font == SECOND else marked)
    # Wide spaces would be drawn together into one; hard ones stay.
    return "".join(parts).replace("\u3000", "&nbsp;" * 4)


def _font_of(char: str) -> str:
    """The font that draws a character; "" when none does."""
    if ord(char) in known_glyphs() or char < " ":
        return FONT
    return SECOND if ord(char) in rare_glyphs() else ""
