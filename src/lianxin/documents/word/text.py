"""Pieces of Word text with a Chinese and a Latin font on every run, and deterministic bytes at the end."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lianxin.documents.word.package import CORE_PROPERTIES, core_properties, printable, unzipped, zipped

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

DIGITS = "Times New Roman"
TWIPS_A_POINT = 20
TWIPS_A_MM = 1440 / 25.4


@dataclass(frozen=True)
class Face:
    """A font with its size in points. `east` draws Chinese characters, `latin` letters and digits.

    `tight` draws the characters together, in twips; `narrow` is their width in per cent.
    """

    east: str
    size: float
    latin: str = DIGITS
    bold: bool = False
    tight: int = 0
    narrow: int = 100


@dataclass(frozen=True)
class Piece:
    """Text in one face."""

    text: str
    face: Face


@dataclass(frozen=True)
class Layout:
    """How a paragraph lies. Indents in characters of `size` points; `line` is the exact line pitch in points.

    Without `snap` the line keeps off the grid of the page, which some programs centre even an exact line in.
    """

    align: Literal["left", "center", "right", "both"] = "both"
    first: float = 0
    left: float = 0
    right: float = 0
    hanging: float = 0
    line: float = 28.95
    size: float = 16
    before: float = 0
    after: float = 0
    keep: bool = False
    snap: bool = True


def element(tag: str, attributes: Mapping[str, str] | None = None) -> BaseOxmlElement:
    """A new element such as w:rFonts, its attributes given with their prefixes."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    made = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name), value)
    return made


def add_run(paragraph: Paragraph, text: str, face: Face) -> BaseOxmlElement:
    """Append text; both fonts stand on the run itself, so that no program falls back to a style of its own."""
    run = paragraph.add_run(printable(text))
    properties = run._r.get_or_add_rPr()
    for part in face_properties(face):
        properties.append(part)
    return run._r


def face_properties(face: Face) -> list[BaseOxmlElement]:
    """The children of w:rPr for a face, in the order of the schema."""
    size = {"w:val": str(round(face.size * 2))}
    found = [fonts(face)]
    if face.bold:
        found.append(element("w:b"))
    if face.tight:
        found.append(element("w:spacing", {"w:val": str(-face.tight)}))
    if face.narrow != 100:
        found.append(element("w:w", {"w:val": str(face.narrow)}))
    return [*found, element("w:sz", size), element("w:szCs", size)]


def fonts(face: Face) -> BaseOxmlElement:
    """The w:rFonts of a face. The hint makes “ ” and — Chinese, as they are in Chinese text."""
    return element(
        "w:rFonts",
        {"w:ascii": face.latin, "w:hAnsi": face.latin, "w:eastAsia": face.east, "w:hint": "eastAsia"},
    )


def lay(paragraph: Paragraph, layout: Layout) -> None:
    """Give a paragraph its layout; line pitch is exact, so that pages hold the number of lines they should."""
    properties = paragraph._p.get_or_add_pPr()
    for old in list(properties):
        properties.remove(old)
    if layout.keep:
        properties.append(element("w:keepNext"))
    # No gaps of a program's own between Chinese characters and digits: 2026年, not 2026 年.
    for off in ("w:widowControl", "w:autoSpaceDE", "w:autoSpaceDN"):
        properties.append(element(off, {"w:val": "0"}))
    if not layout.snap:
        properties.append(element("w:snapToGrid", {"w:val": "0"}))
    properties.append(
        element(
            "w:spacing",
            {
                "w:before": _twips(layout.before),
                "w:after": _twips(layout.after),
                "w:line": _twips(layout.line),
                "w:lineRule": "exact",
            },
        )
    )
    indents = _indents(layout)
    if indents:
        properties.append(element("w:ind", indents))
    properties.append(element("w:jc", {"w:val": layout.align}))


def _indents(layout: Layout) -> dict[str, str]:
    """Each indent in hundredths of a character, and in twips for programs that do not know characters."""
    found: dict[str, str] = {}
    for name, characters in (("left", layout.left), ("right", layout.right)):
        if characters:
            found[f"w:{name}Chars"] = str(round(characters * 100))
            found[f"w:{name}"] = _twips(characters * layout.size)
    for name, characters in (("firstLine", layout.first), ("hanging", layout.hanging)):
        if characters:
            found[f"w:{name}Chars"] = str(round(characters * 100))
            found[f"w:{name}"] = _twips(characters * layout.size)
    return found


def _twips(points: float) -> str:
    return str(round(points * TWIPS_A_POINT))


def mm(millimetres: float) -> str:
    """Millimetres as whole twips, as Word's attributes want them."""
    return str(round(millimetres * TWIPS_A_MM))


def add_field(paragraph: Paragraph, instruction: str, face: Face, shown: str = "1") -> None:
    """A field in five runs: one-run fields are invisible in WPS (domain.md 4.14)."""
    for kind in ("begin", "instruction", "separate", "shown", "end"):
        run = add_run(paragraph, shown if kind == "shown" else "", face)
        if kind == "instruction":
            text = element("w:instrText", {"xml:space": "preserve"})
            text.text = f" {instruction} "
            run.append(text)
        elif kind != "shown":
            run.append(element("w:fldChar", {"w:fldCharType": kind}))


def new_document() -> Document:
    """An empty document without the template's own styles of headings, its picture and its first paragraph."""
    from docx import Document as open_template
    from docx.opc.constants import RELATIONSHIP_TYPE

    document = open_template()
    relations = document.part.package.rels
    for key in [key for key, held in relations.items() if held.reltype.endswith("/thumbnail")]:
        relations.pop(key)
    for key in [
        key for key, held in document.part.rels.items() if held.reltype == RELATIONSHIP_TYPE.CUSTOM_XML
    ]:
        document.part.rels.pop(key)
    return document


def page_break(document: Document) -> None:
    """The next paragraph begins a page."""
    paragraph = document.add_paragraph()
    lay(paragraph, Layout(line=1, size=1))
    run = element("w:r")
    run.append(element("w:br", {"w:type": "page"}))
    paragraph._p.append(run)


def begin_page(document: Document) -> None:
    """An empty line at the head of a page: unlike a break it takes no room on the page before, however full that is."""
    paragraph = document.add_paragraph()
    lay(paragraph, Layout(line=1, size=1))
    paragraph.paragraph_format.page_break_before = True


def begin_anew(document: Document) -> None:
    """Another document in the same file: a first page of its own, its pages counted from one."""
    from docx.enum.section import WD_SECTION

    properties = document.add_section(WD_SECTION.NEW_PAGE)._sectPr
    counted = element("w:pgNumType", {"w:start": "1"})
    for old in properties.findall(counted.tag):
        properties.remove(old)
    # w:pgNumType stands before w:cols in the schema.
    columns = properties.find(element("w:cols").tag)
    if columns is None:
        properties.append(counted)
    else:
        columns.addprevious(counted)


def document_bytes(document: Document, *, title: str, author: str) -> bytes:
    """The .docx, equal for equal content: no times, no editor's name, members in one order."""
    held = io.BytesIO()
    document.save(held)
    parts = unzipped(held.getvalue())
    parts[CORE_PROPERTIES] = core_properties(title, author)
    return zipped(parts)


def across(text: str) -> float:
    """Width of a text in Chinese characters; what is ASCII takes half of one."""
    return sum(0.5 if char < "\u0100" else 1 for char in text)


def narrowed(text: str, room: float, *, least: int = 60) -> int:
    """Per cent by which a text of one line is narrowed to fit so many characters; 100 where it fits."""
    return max(least, min(100, int(room / max(across(text), 1) * 100)))
