"""What counts for a run or paragraph of a Word document after styles, theme and defaults (ECMA-376-1, 17.7)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

    Xml = BaseOxmlElement

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TWIPS = 20


def theme_of(content: bytes) -> Mapping[str, str]:
    """Theme slot (minorEastAsia …) → font name, for documents that name their fonts through the theme."""
    from docx.oxml.parser import parse_xml

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = [name for name in packed.namelist() if name.startswith("word/theme/")]
        if not names:
            return {}
        theme = parse_xml(packed.read(names[0]))
    found: dict[str, str] = {}
    for part in ("major", "minor"):
        for held in theme.iter(f"{A}{part}Font"):
            latin, east = held.find(f"{A}latin"), held.find(f"{A}ea")
            hans = [each.get("typeface") for each in held.iter(f"{A}font") if each.get("script") == "Hans"]
            found[f"{part}Ascii"] = found[f"{part}HAnsi"] = _typeface(latin)
            found[f"{part}EastAsia"] = _typeface(east) or (hans[0] if hans and hans[0] else "")
    return found


def _typeface(held: Xml | None) -> str:
    return "" if held is None else held.get("typeface") or ""


class Looks:
    """Properties after the chain: run, character style, paragraph style and those it is based on, defaults."""

    def __init__(self, styles: Xml, theme: Mapping[str, str]) -> None:
        self._theme = theme
        self._styles: dict[str, Xml] = {}
        self._normal = ""
        for style in styles.iter(f"{W}style"):
            uid = style.get(f"{W}styleId") or ""
            self._styles[uid] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                self._normal = uid
        self._defaults = styles.find(f"{W}docDefaults")

    def paragraph_chain(self, properties: Xml | None) -> list[Xml]:
        """The w:pPr that count, nearest first."""
        named = value_of(properties, "pStyle") or self._normal
        chain = [] if properties is None else [properties]
        chain += [held for style in self._based(named) if (held := style.find(f"{W}pPr")) is not None]
        return chain + self._default("pPr")

    def run_chain(self, run: Xml | None, paragraph: Xml | None) -> list[Xml]:
        """The w:rPr that count, nearest first."""
        chain = [] if run is None else [run]
        for named in (value_of(run, "rStyle"), value_of(paragraph, "pStyle") or self._normal):
            chain += [held for style in self._based(named) if (held := style.find(f"{W}rPr")) is not None]
        return chain + self._default("rPr")

    def font(self, chain: list[Xml], slot: str) -> str:
        """The font of a slot (ascii, eastAsia)."""
        for properties in chain:
            fonts = properties.find(f"{W}rFonts")
            if fonts is None:
                continue
            themed = fonts.get(f"{W}{slot}Theme")
            if themed:
                return self._theme.get(themed, "")
            named = fonts.get(f"{W}{slot}")
            if named:
                return str(named)
        return ""

    def _based(self, named: str) -> Iterator[Xml]:
        seen: set[str] = set()
        while named and named not in seen and named in self._styles:
            seen.add(named)
            style = self._styles[named]
            yield style
            named = value_of(style, "basedOn")

    def _default(self, part: str) -> list[Xml]:
        if self._defaults is None:
            return []
        held = self._defaults.find(f"{W}{part}Default/{W}{part}")
        return [] if held is None else [held]


def value_of(holder: Xml | None, name: str, attribute: str = "val") -> str:
    """What an element below this one says; "" where it is not there or says nothing."""
    found = None if holder is None else holder.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}{attribute}") or ""


def first_set(chain: list[Xml], name: str, attribute: str = "val") -> str:
    """What the nearest properties say that say anything; "" where none do."""
    for properties in chain:
        found = properties.find(f"{W}{name}")
        if found is not None and found.get(f"{W}{attribute}") is not None:
            return found.get(f"{W}{attribute}") or ""
    return ""


def is_on(chain: list[Xml], name: str) -> bool:
    """Whether a switch such as bold is on: present without a value means yes."""
    for properties in chain:
        found = properties.find(f"{W}{name}")
        if found is not None:
            return (found.get(f"{W}val") or "1") not in ("0", "false", "none")
    return False


def number_of(told: str, usual: float) -> float:
    """A number of a file, with or without its sign for per cent; the usual one for none, or for what is none."""
    try:
        return float(told.removesuffix("%"))
    except ValueError:
        return usual


def points_of(twips: str) -> float:
    """Twips of a file as points; 0 for what is no number."""
    try:
        return float(twips) / _TWIPS
    except ValueError:
        return 0.0
