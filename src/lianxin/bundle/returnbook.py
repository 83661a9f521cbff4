"""Step 10 of verification: the figures people read in the 月报表 are the totals that were signed (E209).

The workbook was checked for what it may hold before; here only its named cells are read, without a spreadsheet
library and within small bounds.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO
from xml.parsers import expat

from lianxin.bundle.codes import Code
from lianxin.bundle.limits import MIB
from lianxin.bundle.verdicts import Refused

RETURN_NAME = "02_月报表.xlsx"
"""The document whose figures are compared; its folder does not matter."""
_PREFIX = "figure_"
_NO_FIGURE = "—"
_LARGEST_PART = 16 * MIB
_CELL = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Total = int | str | None


def check_totals(stream: BinaryIO, totals: Mapping[str, Total], name: str) -> None:
    """Compare every named figure with its total, both ways. Raises Refused (E209) naming the figure."""
    try:
        shown = _named_figures(stream)
    except (zipfile.BadZipFile, expat.ExpatError, KeyError, ValueError, IndexError):
        raise Refused(Code.DOCUMENT_MISMATCH, f"{name}，读不出指标") from None
    told = {key.casefold(): _as_shown(value) for key, value in totals.items()}
    for key in sorted(shown.keys() | told.keys()):
        if shown.get(key) != told.get(key):
            raise Refused(
                Code.DOCUMENT_MISMATCH,
                f"{key[:40]}：报表 {shown.get(key, '没有')}，清单 {told.get(key, '没有')}",
            )


def _as_shown(value: Total) -> str:
    return _NO_FIGURE if value is None or value == "" else str(value)


def _named_figures(stream: BinaryIO) -> dict[str, str]:
    with zipfile.ZipFile(stream) as book:
        workbook = _Workbook()
        workbook.read(_part(book, "xl/workbook.xml"))
        targets = _Targets()
        targets.read(_part(book, "xl/_rels/workbook.xml.rels"))
        texts = _SharedTexts()
        if "xl/sharedStrings.xml" in book.namelist():
            texts.read(_part(book, "xl/sharedStrings.xml"))
        found: dict[str, str] = {}
        for sheet, cells in _by_sheet(workbook.names).items():
            reader = _Cells(frozenset(cells.values()), texts.texts)
            reader.read(_part(book, targets.path(workbook.sheets[sheet])))
            found |= {key: reader.values.get(cell, "") for key, cell in cells.items()}
        return found


def _by_sheet(names: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Sheet → figure key → cell, from defined names. A name that is no single cell raises ValueError."""
    found: dict[str, dict[str, str]] = {}
    for key, place in names.items():
        cell = _CELL.fullmatch(place)
        if cell is None:
            raise ValueError(place)
        sheet = cell[1].replace("''", "'") if cell[1] else cell[2]
        found.setdefault(sheet, {})[key] = cell[3] + cell[4]
    return found


def _part(book: zipfile.ZipFile, name: str) -> bytes:
    if book.getinfo(name).file_size > _LARGEST_PART:
        raise ValueError(name)
    return book.read(name)


class _Part:
    """Reads one XML part; tags and attributes come without their prefix."""

    def read(self, data: bytes) -> None:
        """Parse the part. Raises ExpatError, ValueError."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = lambda tag: self.end(_local(tag))
        parser.CharacterDataHandler = self.text
        parser.Parse(data, True)

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        self.start(_local(tag), {_local(name): value for name, value in attributes.items()})

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Characters inside the current element."""


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


class _Workbook(_Part):
    """Sheet name → relation id, and figure key → place."""

    def __init__(self) -> None:
        self.sheets: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self._key: str | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "sheet":
            self.sheets[attributes["name"]] = attributes["id"]
        elif tag == "definedName" and attributes["name"].casefold().startswith(_PREFIX):
            self._key = attributes["name"].casefold().removeprefix(_PREFIX)
            if self._key in self.names:
                raise ValueError(self._key)
            self.names[self._key] = ""

    def text(self, text: str) -> None:
        if self._key is not None:
            self.names[self._key] += text

    def end(self, tag: str) -> None:
        if tag == "definedName":
            self._key = None


class _Targets(_Part):
    """Relation id → path of a part."""

    def __init__(self) -> None:
        self._targets: dict[str, str] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "Relationship":
            self._targets[attributes["Id"]] = attributes["Target"]

    def path(self, relation: str) -> str:
        """The part of this relation. Raises KeyError."""
        return posixpath.normpath(posixpath.join("/xl", self._targets[relation])).lstrip("/")


class _SharedTexts(_Part):
    """The shared texts in order; phonetic hints are no part of them."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._hint = self._inside = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "si":
            self.texts.append("")
        elif tag == "rPh":
            self._hint = True
        self._inside = tag == "t" and not self._hint

    def text(self, text: str) -> None:
        if self._inside:
            self.texts[-1] += text

    def end(self, tag: str) -> None:
        self._inside = False
        if tag == "rPh":
            self._hint = False


@dataclass
class _Cell:
    kind: str
    raw: str = ""
    formula: bool = False


class _Cells(_Part):
    """The wanted cells of one sheet as text; a formula could show anything, so it counts as no figure."""

    def __init__(self, wanted: frozenset[str], texts: list[str]) -> None:
        self.values: dict[str, str] = {}
        self._wanted, self._texts = wanted, texts
        self._at = ""
        self._cell: _Cell | None = None
        self._inside = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "c" and attributes.get("r") in self._wanted:
            self._at, self._cell = attributes["r"], _Cell(attributes.get("t", "n"))
        elif self._cell is not None and tag == "f":
            self._cell.formula = True
        self._inside = self._cell is not None and tag in ("v", "t")

    def text(self, text: str) -> None:
        if self._inside and self._cell is not None:
            self._cell.raw += text

    def end(self, tag: str) -> None:
        self._inside = False
        if tag == "c" and self._cell is not None:
            if self._at in self.values:
                raise ValueError(self._at)
            self.values[self._at] = self._shown(self._cell)
            self._cell = None

    def _shown(self, cell: _Cell) -> str:
        if cell.formula:
            raise ValueError("formula")
        raw = self._texts[int(cell.raw)] if cell.kind == "s" else cell.raw
        if cell.kind == "n" and raw:
            return str(int(raw)) if raw.lstrip("-").isdigit() else raw
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), raw)
