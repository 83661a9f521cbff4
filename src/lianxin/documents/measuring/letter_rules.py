"""信函格式: mark, both red double lines, number below the first, no page number on page one (GB/T 9704-2012, 10.1)."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.documents.measuring.elements import Element
from lianxin.documents.measuring.findings import Deviation, Deviations, millimetres
from lianxin.documents.measuring.head_rules import head_of, mark_deviations, pitch_of
from lianxin.documents.measuring.placed import Border
from lianxin.documents.measuring.reading import Page, Paragraph
from lianxin.documents.word.ink import ink_height, ink_top
from lianxin.documents.word.type_area import POINTS_A_MM

_CLAUSE = "10.1"
_PLACE = "首页页眉"
_FOOT = "首页页脚"
_MARK, _BELOW_MARK, _ABOVE_EDGE, _LENGTH = 30.0, 4.0, 20.0, 170.0
_NUMBER = 14.0
"""Points from the first line to the number: seven eighths of a character of 16 pt."""
_TOLERANCE = 1.0 * POINTS_A_MM
_THICK_ABOVE, _THIN_ABOVE = "thinThick", "thickThin"
"""How the file tells an upper border with the thick or the thin stroke above (ECMA-376, ST_Border)."""


def mark_of_letter(page: Page) -> Paragraph | None:
    """The red mark in the header of the first page, which makes a document a letter."""
    return next((each for each in page.first_header if each.text and each.red), None)


def letter_deviations(elements: Sequence[Element], page: Page) -> Deviations:
    """What deviates in the head and foot of a letter."""
    mark = mark_of_letter(page)
    assert mark is not None
    yield from mark_deviations(_PLACE, mark, _CLAUSE)
    top = _mark_top(mark, page)
    if top is not None:
        yield from _length("发文机关标志位置", "上边缘距上页边", top, _MARK)
    yield from _first_line(elements, page, mark, top)
    yield from _second_line(page)
    if page.first_footer is not None and page.first_footer.page_field:
        yield Deviation(_FOOT, "页码", "首页显示页码", "首页不显示页码", _CLAUSE)


def _mark_top(mark: Paragraph, page: Page) -> float | None:
    pitch = pitch_of(mark, page)
    if mark.frame is None:
        return None
    if mark.frame.anchor == "text":
        return None
    edge = 0.0 if mark.frame.anchor == "page" else page.top
    return edge + mark.frame.top + ink_top(pitch, mark.size)


def _length(what: str, words: str, found: float, asked: float, place: str = _PLACE) -> Deviations:
    if abs(found - asked * POINTS_A_MM) > _TOLERANCE:
        yield Deviation(place, what, f"{words}{millimetres(max(found, 0.1))}", f"{asked:g}毫米", _CLAUSE)


def _lined(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, Border] | None:
    for each in paragraphs:
        border = each.above or each.below
        if border is not None and each.frame is not None:
            return each, border
    return None


def _first_line(elements: Sequence[Element], page: Page, mark: Paragraph, top: float | None) -> Deviations:
    found = _lined(page.first_header)
    if found is None:
        if not any(each.drawn for each in page.first_header):
            yield Deviation(_PLACE, "第一条红色双线", "没有", "标志下4毫米处，上粗下细，长170毫米", _CLAUSE)
        return
    line, border = found
    assert line.frame is not None
    yield from _line(_PLACE, "第一条红色双线", line, border, _THICK_ABOVE, "上粗下细")
    if top is not None:
        below = line.frame.top - (top + ink_height(mark.size))
        yield from _length("第一条红色双线位置", "在标志之下", below, _BELOW_MARK)
    number = next((each for each in head_of(elements) if each.role == "number"), None)
    if number is not None:
        yield from _number(number, page, line.frame.top + border.drawn_weight)


def _number(number: Element, page: Page, line: float) -> Deviations:
    """Flush right, seven eighths of a character below the first line."""
    paragraph = number.paragraph
    if paragraph.align not in ("right", "end") or paragraph.right > 0.3:
        yield Deviation(number.place, "发文字号位置", "没有顶格居右", "顶格居版心右边缘", _CLAUSE)
    pitch = pitch_of(paragraph, page)
    found = page.top + paragraph.before + ink_top(pitch, paragraph.size) - line
    if number.paragraph.number == 1 and abs(found - _NUMBER) > _TOLERANCE:
        told = f"在第一条红线之下{millimetres(max(found, 0.1))}"
        yield Deviation(number.place, "发文字号位置", told, "4.9毫米（三号字高的八分之七）", _CLAUSE)


def _second_line(page: Page) -> Deviations:
    paragraphs = page.first_footer.paragraphs if page.first_footer is not None else ()
    found = _lined(paragraphs)
    if found is None:
        if not any(each.drawn for each in paragraphs):
            asked = "距下页边20毫米，上细下粗，长170毫米"
            yield Deviation(_FOOT, "第二条红色双线", "没有", asked, _CLAUSE)
        return
    line, border = found
    assert line.frame is not None
    yield from _line(_FOOT, "第二条红色双线", line, border, _THIN_ABOVE, "上细下粗")
    above = page.height - line.frame.top - border.drawn_weight
    yield from _length("第二条红色双线位置", "距下页边", above, _ABOVE_EDGE, _FOOT)


def _line(place: str, what: str, line: Paragraph, border: Border, kind: str, words: str) -> Deviations:
    if not border.red:
        yield Deviation(place, f"{what}颜色", "不是红色", "红色", _CLAUSE)
    if not border.kind.startswith(kind):
        yield Deviation(place, what, "不是双线" if "hi" not in border.kind else "粗细相反", words, _CLAUSE)
    assert line.frame is not None
    yield from _length(f"{what}长度", "", line.frame.width, _LENGTH, place)
