"""Reads what a Word document really sets: fonts, sizes, indents and pitches after styles and defaults (ECMA-376-1, 17.7)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lianxin.documents.measuring.findings import NotMeasurable
from lianxin.documents.measuring.placed import (
    Border,
    DrawnLine,
    Frame,
    border_of,
    drawn_lines,
    frame_of,
    holds_picture,
    in_text_box,
    is_red,
)
from lianxin.documents.measuring.styles import (
    Looks,
    W,
    first_set,
    is_on,
    number_of,
    points_of,
    theme_of,
    value_of,
)

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section

    Xml = BaseOxmlElement

_MOST_BYTES = 200 * 2**20
_NO_DOCUMENT = (
    "这个文件不是能读的 Word 文档（.docx），没有测量，文件没有改动。请用 Word 或 WPS 另存为 .docx 再试。"
)


@dataclass(frozen=True)
class Run:
    """A stretch of text in one face. `east` draws Chinese, `latin` digits; sizes and spacing in points.

    `scale` is the width of its characters in per cent.
    """

    text: str
    east: str
    latin: str
    size: float
    bold: bool
    spacing: float
    colour: str
    scale: float = 100.0


@dataclass(frozen=True)
class Paragraph:
    """One paragraph as it is set. Indents in characters of its own size; pitch in points, 0 for that of the grid.

    `before` and `after` are the spaces around it in points, `above` and `below` the lines there. `tab_right` is the
    place of a tab stop that text ends at, in points from the left edge of the type area; `picture` says that a box or a
    picture hangs on it. A pitch that is not fixed is so many `times` that of the grid.
    """

    number: int
    runs: tuple[Run, ...]
    align: str
    first: float
    left: float
    right: float
    pitch: float
    exact: bool
    new_page: bool = False
    before: float = 0.0
    after: float = 0.0
    above: Border | None = None
    below: Border | None = None
    frame: Frame | None = None
    drawn: tuple[DrawnLine, ...] = ()
    tab_right: float = 0.0
    picture: bool = False
    times: float = 1.0

    @property
    def text(self) -> str:
        """The text without spaces at its ends."""
        return "".join(run.text for run in self.runs).strip(" \u3000\t\n")

    @property
    def lead(self) -> float:
        """Characters of empty space the text itself begins with."""
        whole = "".join(run.text for run in self.runs)
        return sum(1.0 if char == "\u3000" else 0.5 for char in whole[: len(whole) - len(whole.lstrip())])

    @property
    def red(self) -> bool:
        """Whether any of it is printed red."""
        return any(is_red(run.colour) for run in self.runs)

    @property
    def size(self) -> float:
        """The size most of its characters have."""
        return _most({run.size: 0 for run in self.runs}, [(run.size, len(run.text)) for run in self.runs])


def _most(start: dict[float, int], weighed: list[tuple[float, int]]) -> float:
    for size, length in weighed:
        start[size] += length
    return max(start, key=lambda size: start[size]) if start else 0.0


@dataclass(frozen=True)
class Footer:
    """A footer: its paragraphs, and how its page number is written ("split", "one run", "simple", "")."""

    kind: str
    paragraphs: tuple[Paragraph, ...]
    page_field: str


@dataclass(frozen=True)
class Page:
    """Paper and margins of a section, in points. `grid_pitch` is 0 without a grid of lines.

    `first_apart` says that the first page has a header and footer of its own: `first_header` and `first_footer`.
    """

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    footer_distance: float
    grid_pitch: float
    footers: tuple[Footer, ...] = field(default=())
    header_distance: float = 0.0
    first_apart: bool = False
    first_header: tuple[Paragraph, ...] = ()
    first_footer: Footer | None = None


@dataclass(frozen=True)
class Measured:
    """Everything of a document that is measured; text in tables is left out."""

    pages: tuple[Page, ...]
    paragraphs: tuple[Paragraph, ...]
    even_footers: bool


def read_document(content: bytes) -> Measured:
    """Reads a .docx. Raises NotMeasurable for anything else, and for one that unpacks to more than 200 MiB."""
    from docx import Document as open_document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(member.file_size for member in packed.infolist()) > _MOST_BYTES:
                raise NotMeasurable(_NO_DOCUMENT)
        document, theme = open_document(io.BytesIO(content)), theme_of(content)
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError) as wrong:
        raise NotMeasurable(_NO_DOCUMENT) from wrong
    looks = Looks(document.styles.element, theme)
    body = document.element.body
    paragraphs = tuple(_paragraphs(body, looks))
    pages = tuple(_page(section._sectPr, section, looks) for section in document.sections)
    return Measured(pages, paragraphs, document.settings.odd_and_even_pages_header_footer)


def _paragraphs(body: Xml, looks: Looks) -> Iterator[Paragraph]:
    breaks = False
    for number, held in enumerate(body.iterchildren(f"{W}p"), 1):
        made = _paragraph(held, number, looks, new_page=breaks)
        broken = any(each.get(f"{W}type") == "page" for each in held.iter(f"{W}br"))
        breaks = broken or held.find(f"{W}pPr/{W}sectPr") is not None
        if broken and made.text:
            made, breaks = _paragraph(held, number, looks, new_page=True), False
        yield made


def _paragraph(held: Xml, number: int, looks: Looks, *, new_page: bool = False) -> Paragraph:
    properties = held.find(f"{W}pPr")
    chain = looks.paragraph_chain(properties)
    runs = tuple(_runs(held, properties, looks))
    size = _most({run.size: 0 for run in runs}, [(run.size, len(run.text)) for run in runs]) or 16.0
    rule = first_set(chain, "spacing", "lineRule")
    line = first_set(chain, "spacing", "line")
    exact = rule == "exact"
    hanging = _indent(chain, "hanging", size)
    return Paragraph(
        number,
        runs,
        first_set(chain, "jc") or "both",
        _indent(chain, "firstLine", size) - hanging,
        _indent(chain, "left", size) or _indent(chain, "start", size),
        _indent(chain, "right", size) or _indent(chain, "end", size),
        points_of(line) if exact and line else 0.0,
        exact,
        new_page or is_on(chain, "pageBreakBefore"),
        points_of(first_set(chain, "spacing", "before") or "0"),
        points_of(first_set(chain, "spacing", "after") or "0"),
        border_of(properties, "top"),
        border_of(properties, "bottom"),
        frame_of(properties),
        tuple(drawn_lines(held)),
        _tab_right(properties),
        holds_picture(held),
        number_of(line, 240) / 240 if rule in ("", "auto") else 1.0,
    )


def _tab_right(properties: Xml | None) -> float:
    stops = [] if properties is None else properties.findall(f"{W}tabs/{W}tab")
    return max(
        (points_of(each.get(f"{W}pos") or "0") for each in stops if each.get(f"{W}val") in ("right", "end")),
        default=0.0,
    )


def _indent(chain: list[Xml], name: str, size: float) -> float:
    characters = first_set(chain, "ind", f"{name}Chars")
    if characters and characters.lstrip("-").isdigit() and int(characters):
        return int(characters) / 100
    return points_of(first_set(chain, "ind", name)) / size


def _runs(paragraph: Xml, properties: Xml | None, looks: Looks) -> Iterator[Run]:
    for run in paragraph.iter(f"{W}r"):
        text = "".join(part.text or "" for part in run.iterchildren(f"{W}t"))
        if not text or in_text_box(run):
            continue
        chain = looks.run_chain(run.find(f"{W}rPr"), properties)
        yield Run(
            text,
            looks.font(chain, "eastAsia"),
            looks.font(chain, "ascii"),
            number_of(first_set(chain, "sz"), 20) / 2,
            is_on(chain, "b"),
            points_of(first_set(chain, "spacing")),
            first_set(chain, "color").upper(),
            number_of(first_set(chain, "w"), 100),
        )


def _page(properties: Xml, section: Section, looks: Looks) -> Page:
    grid = properties.find(f"{W}docGrid")
    pitch = 0.0
    kind = "" if grid is None else grid.get(f"{W}type") or ""
    if grid is not None and kind in ("lines", "linesAndChars", "snapToChars"):
        pitch = points_of(grid.get(f"{W}linePitch") or "0")
    footers = [("odd", section.footer), ("even", section.even_page_footer)]
    return Page(
        width=_length(properties, "pgSz", "w"),
        height=_length(properties, "pgSz", "h"),
        top=_length(properties, "pgMar", "top"),
        bottom=_length(properties, "pgMar", "bottom"),
        left=_length(properties, "pgMar", "left") + _length(properties, "pgMar", "gutter"),
        right=_length(properties, "pgMar", "right"),
        footer_distance=_length(properties, "pgMar", "footer"),
        grid_pitch=pitch,
        footers=tuple(
            _footer(kind, footer._element, looks)
            for kind, footer in footers
            if not footer.is_linked_to_previous
        ),
        header_distance=_length(properties, "pgMar", "header"),
        first_apart=section.different_first_page_header_footer,
        first_header=_first_header(section, looks),
        first_footer=_first_footer(section, looks),
    )


def _first_header(section: Section, looks: Looks) -> tuple[Paragraph, ...]:
    header = section.first_page_header
    if not section.different_first_page_header_footer or header.is_linked_to_previous:
        return ()
    held = header._element.iterchildren(f"{W}p")
    return tuple(_paragraph(each, at, looks) for at, each in enumerate(held, 1))


def _first_footer(section: Section, looks: Looks) -> Footer | None:
    footer = section.first_page_footer
    if not section.different_first_page_header_footer or footer.is_linked_to_previous:
        return None
    return _footer("first", footer._element, looks)


def _length(properties: Xml, name: str, attribute: str) -> float:
    return points_of(value_of(properties, name, attribute) or "0")


def _footer(kind: str, holder: Xml, looks: Looks) -> Footer:
    paragraphs = tuple(_paragraph(held, at, looks) for at, held in enumerate(holder.iter(f"{W}p"), 1))
    return Footer(kind, paragraphs, _page_field(holder))


def _page_field(holder: Xml) -> str:
    """How the number of the page is put in: WPS shows only fields whose parts stand in runs of their own."""
    for simple in holder.iter(f"{W}fldSimple"):
        if "PAGE" in (simple.get(f"{W}instr") or "").upper().split():
            return "simple"
    for run in holder.iter(f"{W}r"):
        written = "".join(part.text or "" for part in run.iterchildren(f"{W}instrText"))
        if "PAGE" in written.upper().split():
            return "one run" if run.find(f"{W}fldChar") is not None else "split"
    return ""
