"""The Chinese fonts of our PDF papers: shipped with the program, embedded as far as they are used (OFL 1.1).

The first holds GBK and Extension A, the second 1,259 rarer characters, those of names among them. What both lack comes
from a font of the computer that has it (Windows brings one for Extension B); what no font has is printed as 〓 and
told, never left blank.
"""

from __future__ import annotations

import functools
import io
import lzma
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from lianxin.installed import resource_dir

FONT, RARE, OF_COMPUTER = "NotoSerifSC", "LianxinRareHan", "RareCharacters"
_FILE, _RARE_FILE = "NotoSerifSC-Regular.ttf.xz", "RareHan-Regular.ttf.xz"
_COMPUTERS = (
    Path("C:/Windows/Fonts/simsunb.ttf"),
    Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"),
)
MISSING = "〓"
"""Stands for a character no font has (the geta mark, as printers set it)."""


@functools.cache
def known_glyphs() -> frozenset[int]:
    """Registers the font once and answers the characters it can draw. Raises MissingPart when it is not there."""
    return _shipped(FONT, _FILE)


@functools.cache
def rare_glyphs() -> frozenset[int]:
    """The same of the font of rare characters."""
    return _shipped(RARE, _RARE_FILE)


@functools.cache
def computers_glyphs() -> frozenset[int]:
    """The same of the computer's own font of rare characters; nothing where there is none."""
    found = next((path for path in _COMPUTERS if path.is_file()), None)
    return _registered(OF_COMPUTER, io.BytesIO(found.read_bytes())) if found is not None else frozenset()


def _shipped(name: str, file: str) -> frozenset[int]:
    packed = (resource_dir() / "fonts" / file).read_bytes()
    return _registered(name, io.BytesIO(lzma.decompress(packed)))


def _registered(name: str, data: io.BytesIO) -> frozenset[int]:
    from reportlab.pdfbase import pdfmetrics, ttfonts

    ttfonts.makeToUnicodeCMap = _told_in_utf16
    font = ttfonts.TTFont(name, data)
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)


def _told_in_utf16(fontname: str, subset: Sequence[int]) -> str:
    """What the characters of an embedded font mean, so that a paper can be searched and copied from (PDF 9.10.3).

    reportlab 5.1.0 writes those beyond the basic plane as five hex digits, which readers take for others.
    """
    meaning = (
        f"<{place:02X}> <{chr(code).encode('utf-16-be', 'surrogatepass').hex().upper()}>"
        for place, code in enumerate(subset)
    )
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap", "/CIDSystemInfo",
            f"<< /Registry ({fontname}) /Ordering ({fontname}) /Supplement 0 >> def", f"/CMapName /{fontname} def",
            "/CMapType 2 def", "1 begincodespacerange", f"<00> <{len(subset) - 1:02X}>", "endcodespacerange",
            f"{len(subset)} beginbfchar", *meaning, "endbfchar", "endcmap",
            "CMapName currentdict /CMap defineresource pop", "end", "end",
        )
    )  # fmt: skip


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
        parts.append(marked if font in (FONT, "") else f'<font name="{font}">{marked}</font>')
    # Wide spaces would be drawn together into one; hard ones stay.
    return "".join(parts).replace("\u3000", "&nbsp;" * 4)


def _font_of(char: str) -> str:
    """The font that draws a character; "" when none does."""
    if ord(char) in known_glyphs() or char < " ":
        return FONT
    if ord(char) in rare_glyphs():
        return RARE
    return OF_COMPUTER if ord(char) in computers_glyphs() else ""
