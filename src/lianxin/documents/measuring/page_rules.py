"""The page: paper, margins, lines, page numbers (GB/T 9704-2012, 5 and 7.5)."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from lianxin.documents.measuring.faces import SONG, face_deviation
from lianxin.documents.measuring.findings import (
    NOT_SAID,
    Deviation,
    Deviations,
    millimetres,
    size_named,
)
from lianxin.documents.measuring.reading import Footer, Measured, Page, Paragraph
from lianxin.documents.word.type_area import POINTS_A_MM, TYPE_WIDTH_MM

_WHOLE = "全文"
_PAPER = (210, 297)
_TOP, _LEFT, _RIGHT, _BOTTOM = 37, 28, 26, 35
_TOLERANCE = 1.0
"""天头 37±1 mm, 订口 28±1 mm (5.2.1); what follows from them for the other two edges is measured as finely."""
_TYPE_HEIGHT = 225 * POINTS_A_MM
LINES, CHARACTERS = 22, 28
TYPE_WIDTH = TYPE_WIDTH_MM * POINTS_A_MM
_FOOTER_LEAST, _FOOTER_MOST = 24.5, 28.5
"""Footer distances in mm that put a 14 pt line about 7 mm below the type area (domain.md 4.14)."""
_PAGE_NUMBER_SIZE = 14


def page_deviations(measured: Measured, apart: Collection[int] = (), *, letter: bool = False) -> Deviations:
    """What deviates in paper, margins and page numbers of each section, and in the pitch of the lines.

    Paragraphs whose number stands `apart` are no lines of the text; only a `letter` has a first page without a number.
    """
    if not measured.pages:
        asked = "A4，天头37毫米，订口28毫米，版心156×225毫米"
        yield Deviation(_WHOLE, "纸张和页边距", NOT_SAID, asked, "5.1、5.2.1")
    many = len(measured.pages) > 1
    for at, page in enumerate(measured.pages, 1):
        place = f"第{at}节" if many else _WHOLE
        yield from _paper(page, place)
        yield from _numbers(page, measured.even_footers, place, first=at == 1)
        if page.first_apart and not letter and at == 1:
            yield from _first_number(page)
    yield from _lines(measured, apart)


def _first_number(page: Page) -> Deviations:
    if page.first_footer is None or not page.first_footer.page_field:
        yield Deviation("首页页脚", "页码", "没有", "首页也有页码（只有信函格式首页不显示）", "7.5")


def _paper(page: Page, place: str) -> Deviations:
    for what, found, asked in (("纸宽", page.width, _PAPER[0]), ("纸高", page.height, _PAPER[1])):
        if abs(found - asked * POINTS_A_MM) > _TOLERANCE * POINTS_A_MM:
            yield Deviation(place, what, millimetres(found), f"{asked}毫米（A4）", "5.1")
    for what, found, asked in (
        ("天头（上边距）", page.top, _TOP),
        ("订口（左边距）", page.left, _LEFT),
        ("右边距", page.right, _RIGHT),
        ("下边距", page.bottom, _BOTTOM),
    ):
        if abs(found - asked * POINTS_A_MM) > _TOLERANCE * POINTS_A_MM + 0.05:
            yield Deviation(place, what, millimetres(found), f"{asked}±1毫米", "5.2.1")


def _lines(measured: Measured, apart: Collection[int]) -> Deviations:
    """22 lines a page, whichever way the pitch is set: exactly on the paragraph or by a grid of lines."""
    grid = measured.pages[0].grid_pitch if measured.pages else 0.0
    for paragraph in measured.paragraphs:
        if not paragraph.text or paragraph.size >= 26 or paragraph.number in apart:
            continue
        pitch = paragraph.pitch or grid * paragraph.times
        if not pitch:
            yield Deviation(_place(paragraph), "行距", "未固定", "固定值28.95磅（每面22行）", "5.2.3")
        elif lines_of(pitch) != LINES:
            yield Deviation(
                _place(paragraph),
                "行距",
                f"{pitch:g}磅（每面{lines_of(pitch)}行）",
                "28.95磅左右（每面22行）",
                "5.2.3",
            )


def lines_of(pitch: float) -> int:
    """How many lines of this pitch (points) fit the 225 mm of the type area; half a point over all is forgiven."""
    return math.floor((_TYPE_HEIGHT + 0.5) / pitch)


def characters_of(size: float, spacing: float) -> int:
    """How many characters fit a line of 156 mm."""
    return math.floor((TYPE_WIDTH + 0.5) / (size + spacing))


def _place(paragraph: Paragraph) -> str:
    return f"第{paragraph.number}段“{paragraph.text[:12]}”"


def _numbers(page: Page, even_footers: bool, place: str, *, first: bool) -> Deviations:
    if not page.footers:
        if first:
            yield Deviation(place, "页码", "没有", "每面都有，四号半角宋体数字，左右各一字线", "7.5")
        return
    distance = page.footer_distance / POINTS_A_MM
    if not _FOOTER_LEAST <= distance <= _FOOTER_MOST:
        yield Deviation(
            place,
            "页脚距边界",
            millimetres(page.footer_distance),
            "25.5毫米左右（一字线距版心下边缘7毫米）",
            "7.5",
        )
    if not even_footers or not any(footer.kind == "even" for footer in page.footers):
        yield Deviation(place, "页码位置", "单页双页相同", "单页居右空一字，双页居左空一字", "7.5")
    for footer in page.footers:
        yield from _page_number(footer, f"{place}{'双页' if footer.kind == 'even' else '单页'}页脚")


def _page_number(footer: Footer, place: str) -> Deviations:
    if footer.page_field in ("", "simple", "one run"):
        yield Deviation(place, "页码", _unsound(footer), "分段写的页码域", "7.5")
        return
    numbered = next((each for each in footer.paragraphs if each.text), None)
    if numbered is None:
        return
    yield from _number_face(numbered, place)
    asked = "left" if footer.kind == "even" else "right"
    actual = {"start": "left", "end": "right"}.get(numbered.align, numbered.align)
    if actual != asked:
        yield Deviation(place, "页码位置", _SIDES.get(actual, actual), f"{_SIDES[asked]}空一字", "7.5")
    elif abs((numbered.left if asked == "left" else numbered.right) - 1) > 0.3:
        indent = numbered.left if asked == "left" else numbered.right
        yield Deviation(place, "页码空格", f"空{indent:.1f}字", f"{_SIDES[asked]}空一字", "7.5")


def _unsound(footer: Footer) -> str:
    if footer.page_field:
        return "写在一个文本块里的页码域，WPS 不显示"
    typed = next((each.text for each in footer.paragraphs if any(char.isdigit() for char in each.text)), "")
    return f"打上去的“{typed}”，每面都一样" if typed else "没有页码"


_SIDES = {"left": "居左", "right": "居右", "center": "居中", "both": "居左"}


def _number_face(numbered: Paragraph, place: str) -> Deviations:
    text = numbered.text
    if not (text.startswith(("—", "－", "–", "-")) and text.endswith(("—", "－", "–", "-"))):
        yield Deviation(place, "页码样式", f"“{text}”", "数字左右各一字线，如“—1—”", "7.5")
    digits: Sequence[float] = [run.size for run in numbered.runs if any(char.isdigit() for char in run.text)]
    if digits and digits[0] != _PAGE_NUMBER_SIZE:
        yield Deviation(place, "页码字号", size_named(digits[0]), size_named(_PAGE_NUMBER_SIZE), "7.5")
    face = next(
        (run.latin or run.east for run in numbered.runs if any(char.isdigit() for char in run.text)), ""
    )
    yield from face_deviation(place, "页码字体", face, SONG, "7.5")
