"""What stands at a fixed place of a page or is drawn on it: frames, lines of paragraphs, drawn lines (ECMA-376-1, 17.3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianxin.documents.measuring.styles import A, W, points_of, value_of

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

    Xml = BaseOxmlElement

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_EMU_A_POINT = 12700
_FROM_PAGE = ("page", "")
_LEAST_RED, _MOST_ELSE = 0xB0, 0x50
_NAMED_REDS = ("RED", "#RED")
_MOST_HEIGHT_OF_A_LINE = 12.0


@dataclass(frozen=True)
class Border:
    """A line above or below a paragraph: its colour, its kind in the file's words, weight and space in points."""

    colour: str
    kind: str
    weight: float
    space: float

    @property
    def red(self) -> bool:
        """Whether it is printed red."""
        return is_red(self.colour)

    @property
    def drawn_weight(self) -> float:
        """Points that it takes with all its strokes: a thick and a thin one with a small gap are half as much again."""
        return self.weight * 1.5 if "Gap" in self.kind else self.weight


@dataclass(frozen=True)
class Frame:
    """The place of a paragraph that is taken out of the text; points. `top` counts from the page or the type area."""

    top: float
    width: float
    anchor: str


@dataclass(frozen=True)
class DrawnLine:
    """A line that was drawn. `top` in points from the upper edge of the page, None where it moves with the text."""

    colour: str
    width: float
    top: float | None

    @property
    def red(self) -> bool:
        """Whether it is printed red."""
        return is_red(self.colour)


def is_red(colour: str) -> bool:
    """Whether a colour of a file (FF0000, #C00000, red) is the red of a mark."""
    told = colour.strip().upper()
    if told in _NAMED_REDS:
        return True
    told = told.lstrip("#")
    if not re.fullmatch(r"[0-9A-F]{6}", told):
        return False
    red, green, blue = (int(told[at : at + 2], 16) for at in (0, 2, 4))
    return red >= _LEAST_RED and max(green, blue) <= _MOST_ELSE


def border_of(properties: Xml | None, side: str) -> Border | None:
    """The line of a paragraph on this side, None for none."""
    line = None if properties is None else properties.find(f"{W}pBdr/{W}{side}")
    kind = "" if line is None else line.get(f"{W}val") or ""
    if line is None or kind in ("", "nil", "none"):
        return None
    colour = (line.get(f"{W}color") or "auto").upper()
    return Border(colour, kind, _number(line.get(f"{W}sz")) / 8, _number(line.get(f"{W}space")))


def frame_of(properties: Xml | None) -> Frame | None:
    """The frame a paragraph stands in."""
    if properties is None or properties.find(f"{W}framePr") is None:
        return None
    top, width = (points_of(value_of(properties, "framePr", name) or "0") for name in ("y", "w"))
    return Frame(top, width, value_of(properties, "framePr", "vAnchor") or "text")


def in_text_box(run: Xml) -> bool:
    """Whether a run stands in a box that is drawn over the text."""
    return any(each.tag == f"{W}txbxContent" for each in run.iterancestors())


def holds_picture(paragraph: Xml) -> bool:
    """Whether a box with text or a picture hangs on a paragraph: a mark may be in it, which is not measured."""
    kinds = (f"{W}txbxContent", f"{A}blip", f"{_V}imagedata", f"{_V}textpath")
    return any(next(paragraph.iter(kind), None) is not None for kind in kinds)


def drawn_lines(paragraph: Xml) -> Iterator[DrawnLine]:
    """The lines that are drawn and hang on a paragraph; what is not as flat as a line is a picture."""
    for anchor in paragraph.iter(f"{_WP}anchor"):
        extent = anchor.find(f"{_WP}extent")
        if extent is None or _number(extent.get("cy")) / _EMU_A_POINT > _MOST_HEIGHT_OF_A_LINE:
            continue
        yield DrawnLine(_colour_in(anchor), _number(extent.get("cx")) / _EMU_A_POINT, _top_of(anchor))
    if next(paragraph.iter(f"{_WP}anchor"), None) is not None:
        # An older drawing beside a newer one is the same line told twice.
        return
    for line in paragraph.iter(f"{_V}line"):
        begins, ends = (_first_number(line.get(name) or "") for name in ("from", "to"))
        yield DrawnLine(line.get("strokecolor") or "", abs(ends - begins), None)


def _colour_in(anchor: Xml) -> str:
    stroke = next(anchor.iter(f"{A}ln"), None)
    found = next((anchor if stroke is None else stroke).iter(f"{A}srgbClr"), None)
    return "" if found is None else found.get("val") or ""


def _top_of(anchor: Xml) -> float | None:
    position = anchor.find(f"{_WP}positionV")
    offset = None if position is None else position.find(f"{_WP}posOffset")
    if position is None or offset is None or position.get("relativeFrom") not in _FROM_PAGE:
        return None
    return _number(offset.text) / _EMU_A_POINT


def _first_number(told: str) -> float:
    found = re.match(r"-?[\d.]+", told.strip())
    scale = {"mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0}
    unit = re.search(r"[a-z]{2}", told.partition(",")[0])
    return float(found[0]) * scale.get(unit[0] if unit else "pt", 1.0) if found else 0.0


def _number(told: str | None) -> float:
    try:
        return float(told or 0)
    except ValueError:
        return 0.0
