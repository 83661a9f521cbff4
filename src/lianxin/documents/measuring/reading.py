"""Reads what a Word document really sets: fonts, sizes, indents and pitches after styles and defaults (ECMA-376-1, 17.7)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lianxin.documents.measuring.findings import NotMeasurable

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

    Xml = BaseOxmlElement

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MOST_BYTES = 200 * 2**20
_TWIPS = 20
_NO_DOCUMENT = (
    "这个文件不是能读的 Word 文档（.docx），没有测量，文件没有改动。请用 Word 或 WPS 另存为 .docx 再试。"
)


@dataclass(frozen=True)
class Run:
    """A stretch of text in one face. `east` draws Chinese, `latin` digits; sizes and spacing in points."""

    text: str
    east: str
    latin: str
    size: float
    bold: bool
    spacing: float
    colour: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph as it is set. Indents in characters of its own size; pitch in points, 0 for that of the grid.

    `before` is the space before it in points, `line_below` the colour of its lower border ("" for none), `drawn`
    whether it holds a drawing.
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
    line_below: str = ""
    drawn: bool = False

    @property
    def text(self) -> str:
        """The text without spaces at its ends."""
        return "".join(run.text for run in self.runs).strip(" \u3000\t\n")

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
    """Paper and margins of a section, in points. `grid_pitch` is 0 without a grid of lines."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    footer_distance: float
    grid_pitch: float
    footers: tuple[Footer, ...] = field(default=())


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
        document = open_document(io.BytesIO(content))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError) as wrong:
        raise NotMeasurable(_NO_DOCUMENT) from wrong
    looks = _Looks(document.styles.element, _theme_of(content))
    body = document.element.body
    paragraphs = tuple(_paragraphs(body, looks))
    pages = tuple(_page(section._sectPr, section, looks) for section in document.sections)
    return Measured(pages, paragraphs, document.settings.odd_and_even_pages_header_footer)


def _theme_of(content: bytes) -> Mapping[str, str]:
    """Theme slot (minorEastAsia …) → font name, for documents that name their fonts through the theme."""
    from docx.oxml.parser import parse_xml

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = [name for name in packed.namelist() if name.startswith("word/theme/")]
        if not names:
            return {}
        theme = parse_xml(packed.read(names[0]))
    found: dict[str, str] = {}
    for part in ("major", "minor"):
        for held in theme.iter(f"{_A}{part}Font"):
            latin, east = held.find(f"{_A}latin"), held.find(f"{_A}ea")
            hans = [each.get("typeface") for each in held.iter(f"{_A}font") if each.get("script") == "Hans"]
            found[f"{part}Ascii"] = found[f"{part}HAnsi"] = _typeface(latin)
            found[f"{part}EastAsia"] = _typeface(east) or (hans[0] if hans and hans[0] else "")
    return found


def _typeface(held: Xml | None) -> str:
    return "" if held is None else held.get("typeface") or ""


class _Looks:
    """Properties after the chain: run, character style, paragraph style and those it is based on, defaults."""

    def __init__(self, styles: Xml, theme: Mapping[str, str]) -> None:
        self._theme = theme
        self._styles: dict[str, Xml] = {}
        self._normal = ""
        for style in styles.iter(f"{_W}style"):
            uid = style.get(f"{_W}styleId") or ""
            self._styles[uid] = style
            if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true"):
                self._normal = uid
        self._defaults = styles.find(f"{_W}docDefaults")

    def paragraph_chain(self, properties: Xml | None) -> list[Xml]:
        """The w:pPr that count, nearest first."""
        named = _value(properties, "pStyle") or self._normal
        chain = [] if properties is None else [properties]
        chain += [held for style in self._based(named) if (held := style.find(f"{_W}pPr")) is not None]
        return chain + self._default("pPr")

    def run_chain(self, run: Xml | None, paragraph: Xml | None) -> list[Xml]:
        """The w:rPr that count, nearest first."""
        chain = [] if run is None else [run]
        for named in (_value(run, "rStyle"), _value(paragraph, "pStyle") or self._normal):
            chain += [held for style in self._based(named) if (held := style.find(f"{_W}rPr")) is not None]
        return chain + self._default("rPr")

    def font(self, chain: list[Xml], slot: str) -> str:
        """The font of a slot (ascii, eastAsia)."""
        for properties in chain:
            fonts = properties.find(f"{_W}rFonts")
            if fonts is None:
                continue
            themed = fonts.get(f"{_W}{slot}Theme")
            if themed:
                return self._theme.get(themed, "")
            named = fonts.get(f"{_W}{slot}")
            if named:
                return str(named)
        return ""

    def _based(self, named: str) -> Iterator[Xml]:
        seen: set[str] = set()
        while named and named not in seen and named in self._styles:
            seen.add(named)
            style = self._styles[named]
            yield style
            named = _value(style, "basedOn")

    def _default(self, part: str) -> list[Xml]:
        if self._defaults is None:
            return []
        held = self._defaults.find(f"{_W}{part}Default/{_W}{part}")
        return [] if held is None else [held]


def _value(holder: Xml | None, name: str, attribute: str = "val") -> str:
    found = None if holder is None else holder.find(f"{_W}{name}")
    return "" if found is None else found.get(f"{_W}{attribute}") or ""


def _first(chain: list[Xml], name: str, attribute: str = "val") -> str:
    for properties in chain:
        found = properties.find(f"{_W}{name}")
        if found is not None and found.get(f"{_W}{attribute}") is not None:
            return found.get(f"{_W}{attribute}") or ""
    return ""


def _on(chain: list[Xml], name: str) -> bool:
    for properties in chain:
        found = properties.find(f"{_W}{name}")
        if found is not None:
            return (found.get(f"{_W}val") or "1") not in ("0", "false", "none")
    return False


def _points(twips: str) -> float:
    try:
        return float(twips) / _TWIPS
    except ValueError:
        return 0.0


def _paragraphs(body: Xml, looks: _Looks) -> Iterator[Paragraph]:
    breaks = False
    for number, held in enumerate(body.iterchildren(f"{_W}p"), 1):
        made = _paragraph(held, number, looks, new_page=breaks)
        broken = any(each.get(f"{_W}type") == "page" for each in held.iter(f"{_W}br"))
        breaks = broken or held.find(f"{_W}pPr/{_W}sectPr") is not None
        if broken and made.text:
            made, breaks = _paragraph(held, number, looks, new_page=True), False
        yield made


def _paragraph(held: Xml, number: int, looks: _Looks, *, new_page: bool = False) -> Paragraph:
    properties = held.find(f"{_W}pPr")
    chain = looks.paragraph_chain(properties)
    runs = tuple(_runs(held, properties, looks))
    size = _most({run.size: 0 for run in runs}, [(run.size, len(run.text)) for run in runs]) or 16.0
    rule = _first(chain, "spacing", "lineRule")
    line = _first(chain, "spacing", "line")
    exact = rule == "exact"
    hanging = _indent(chain, "hanging", size)
    return Paragraph(
        number,
        runs,
        _first(chain, "jc") or "both",
        _indent(chain, "firstLine", size) - hanging,
        _indent(chain, "left", size) or _indent(chain, "start", size),
        _indent(chain, "right", size) or _indent(chain, "end", size),
        _points(line) if exact and line else 0.0,
        exact,
        new_page or _on(chain, "pageBreakBefore"),
        _points(_first(chain, "spacing", "before") or "0"),
        _line_below(properties),
        any(next(held.iter(f"{_W}{name}"), None) is not None for name in ("drawing", "pict")),
    )


def _line_below(properties: Xml | None) -> str:
    line = None if properties is None else properties.find(f"{_W}pBdr/{_W}bottom")
    if line is None or line.get(f"{_W}val") in ("nil", "none"):
        return ""
    return (line.get(f"{_W}color") or "auto").upper()


def _indent(chain: list[Xml], name: str, size: float) -> float:
    characters = _first(chain, "ind", f"{name}Chars")
    if characters and characters.lstrip("-").isdigit() and int(characters):
        return int(characters) / 100
    return _points(_first(chain, "ind", name)) / size


def _runs(paragraph: Xml, properties: Xml | None, looks: _Looks) -> Iterator[Run]:
    for run in paragraph.iter(f"{_W}r"):
        text = "".join(part.text or "" for part in run.iterchildren(f"{_W}t"))
        if not text:
            continue
        chain = looks.run_chain(run.find(f"{_W}rPr"), properties)
        yield Run(
            text,
            looks.font(chain, "eastAsia"),
            looks.font(chain, "ascii"),
            float(_first(chain, "sz") or "20") / 2,
            _on(chain, "b"),
            _points(_first(chain, "spacing")),
            _first(chain, "color").upper(),
        )


def _page(properties: Xml, section: object, looks: _Looks) -> Page:
    from docx.section import Section

    assert isinstance(section, Section)
    grid = properties.find(f"{_W}docGrid")
    pitch = 0.0
    kind = "" if grid is None else grid.get(f"{_W}type") or ""
    if grid is not None and kind in ("lines", "linesAndChars", "snapToChars"):
        pitch = _points(grid.get(f"{_W}linePitch") or "0")
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
    )


def _length(properties: Xml, name: str, attribute: str) -> float:
    return _points(_value(properties, name, attribute) or "0")


def _footer(kind: str, holder: Xml, looks: _Looks) -> Footer:
    paragraphs = tuple(_paragraph(held, at, looks) for at, held in enumerate(holder.iter(f"{_W}p"), 1))
    return Footer(kind, paragraphs, _page_field(holder))


def _page_field(holder: Xml) -> str:
    """How the number of the page is put in: WPS shows only fields whose parts stand in runs of their own."""
    for simple in holder.iter(f"{_W}fldSimple"):
        if "PAGE" in (simple.get(f"{_W}instr") or "").upper().split():
            return "simple"
    for run in holder.iter(f"{_W}r"):
        written = "".join(part.text or "" for part in run.iterchildren(f"{_W}instrText"))
        if "PAGE" in written.upper().split():
            return "one run" if run.find(f"{_W}fldChar") is not None else "split"
    return ""
