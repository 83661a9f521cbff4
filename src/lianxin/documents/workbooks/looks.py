"""The looks a cell of our workbooks can have, and the style sheet that holds them."""

from __future__ import annotations

from enum import Enum

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

DAY_FORMAT = 164
_TEXT_FORMAT = 49
_WHOLE_FORMAT = 1
_GENERAL = 0


class Look(Enum):
    """One look; `number` is its place in the style sheet."""

    PLAIN = 0
    TITLE = 1
    UNDER_LEFT = 2
    UNDER_RIGHT = 3
    HEAD = 4
    TEXT = 5
    MIDDLE = 6
    COUNT = 7
    DAY = 8
    FIGURE = 9
    FIGURE_TEXT = 10
    NOTE_TOP = 11
    SIGN = 12
    ORDER = 13
    DECIMAL = 14

    def __init__(self, number: int) -> None:
        self.number = number


# (font, fill, border, number format, horizontal, vertical, wrapped), in the order of Look
_FORMATS: tuple[tuple[int, int, int, int, str, str, bool], ...] = (
    (0, 0, 0, _GENERAL, "general", "center", False),
    (1, 0, 0, _TEXT_FORMAT, "center", "center", True),
    (0, 0, 0, _TEXT_FORMAT, "left", "center", False),
    (0, 0, 0, _TEXT_FORMAT, "right", "center", False),
    (2, 2, 1, _TEXT_FORMAT, "center", "center", True),
    (0, 0, 1, _TEXT_FORMAT, "left", "center", True),
    (0, 0, 1, _TEXT_FORMAT, "center", "center", True),
    (0, 0, 1, _WHOLE_FORMAT, "right", "center", False),
    (0, 0, 1, DAY_FORMAT, "center", "center", False),
    (3, 0, 1, _WHOLE_FORMAT, "right", "center", False),
    (3, 0, 1, _TEXT_FORMAT, "right", "center", False),
    (0, 0, 0, _TEXT_FORMAT, "left", "top", True),
    (0, 0, 0, _TEXT_FORMAT, "left", "center", True),
    (0, 0, 1, _WHOLE_FORMAT, "center", "center", False),
    (0, 0, 1, _GENERAL, "right", "center", False),
)
# (name, points, bold): 10.5 pt is the least a table may have (domain.md 9.6)
_FONTS = (
    ("宋体", 10.5, False),
    ("黑体", 18.0, False),
    ("黑体", 10.5, False),
    ("宋体", 12.0, True),
)


def _font_xml(name: str, points: float, bold: bool) -> str:
    return (
        f'<font>{"<b/>" if bold else ""}<sz val="{points:g}"/><name val="{name}"/><family val="3"/>'
        '<charset val="134"/></font>'
    )


def _format_xml(look: tuple[int, int, int, int, str, str, bool]) -> str:
    font, fill, border, number, horizontal, vertical, wrapped = look
    wrap = ' wrapText="1"' if wrapped else ""
    if border and horizontal == "right":
        wrap += ' indent="1"'
    return (
        f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"'
        ' applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
        f'<alignment horizontal="{horizontal}" vertical="{vertical}"{wrap}/></xf>'
    )


def _styles_xml() -> str:
    edges = "".join(f'<{side} style="thin"><color auto="1"/></{side}>' for side in _SIDES)
    none = "".join(f"<{side}/>" for side in _SIDES)
    return (
        f'{_XML}<styleSheet xmlns="{_MAIN}">'
        f'<numFmts count="1"><numFmt numFmtId="{DAY_FORMAT}" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
        f'<fonts count="{len(_FONTS)}">{"".join(_font_xml(*font) for font in _FONTS)}</fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid">'
        '<fgColor rgb="FFF0F0F0"/><bgColor indexed="64"/></patternFill></fill></fills>'
        f'<borders count="2"><border>{none}<diagonal/></border><border>{edges}<diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(_FORMATS)}">{"".join(_format_xml(look) for look in _FORMATS)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


_SIDES = ("left", "right", "top", "bottom")
STYLES = _styles_xml()
"""xl/styles.xml of every workbook of ours."""
