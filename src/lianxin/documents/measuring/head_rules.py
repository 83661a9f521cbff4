"""版头 of a 文件 or a 纪要: mark, number, who signs, red line, each in its place (GB/T 9704-2012, 7.2 and 10.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lianxin.documents.measuring.elements import APPROVER, ISSUE, Element
from lianxin.documents.measuring.faces import FANGSONG, KAITI, XIAOBIAOSONG, face_deviation
from lianxin.documents.measuring.findings import Deviation, Deviations, millimetres, size_named
from lianxin.documents.measuring.page_rules import TYPE_WIDTH
from lianxin.documents.measuring.placed import is_red
from lianxin.documents.measuring.reading import Page, Paragraph, Run
from lianxin.documents.word.ink import below_ink, ink_bottom, ink_height, ink_top
from lianxin.documents.word.text import across
from lianxin.documents.word.type_area import LINE_POINTS, POINTS_A_MM

_BODY_SIZE, _TITLE_SIZE = 16.0, 22.0
_MARK, _LINE_BELOW, _LINES_BELOW_MARK = 35.0, 4.0, 2
_TOLERANCE = 1.0 * POINTS_A_MM
_NATURAL = 1.3
"""Pitch of a line that nobody fixed, for its size."""
_UPWARD = ("报告", "请示")
_MARK_CLAUSE, _NUMBER_CLAUSE, _APPROVER_CLAUSE, _LINE_CLAUSE = "7.2.4", "7.2.5", "7.2.6", "7.2.7"


@dataclass(frozen=True)
class Span:
    """A length in points as two ways of setting a line would make it: base line at four fifths, or centred."""

    least: float
    most: float

    def off(self, asked: float) -> bool:
        """Whether both ways are further from what is asked than a millimetre."""
        return self.least > asked + _TOLERANCE or self.most < asked - _TOLERANCE

    @property
    def shown(self) -> str:
        """The middle of both in millimetres, in words."""
        return millimetres(max((self.least + self.most) / 2, 0.1))


def head_of(elements: Sequence[Element]) -> list[Element]:
    """What stands above the title."""
    title = next((at for at, each in enumerate(elements) if each.role == "title"), 0)
    return list(elements[:title])


def head_deviations(elements: Sequence[Element], page: Page) -> Deviations:
    """What deviates above the title of a document that is no letter."""
    head = head_of(elements)
    number = next((each for each in head if each.role == "number"), None)
    mark = mark_in(head)
    if mark is None:
        yield from _no_mark(head, number)
        return
    yield from mark_deviations(mark.place, mark.paragraph, _MARK_CLAUSE)
    yield from _mark_place(head, mark, page)
    summary = mark.paragraph.text.endswith("纪要")
    if number is not None:
        yield from _number_place(head, mark, number)
    elif not summary and not any(each.role == "mark" and each is not mark for each in head):
        yield Deviation(mark.place, "发文字号", "没有", "标志下空二行，居中", _NUMBER_CLAUSE)
    yield from _approver(elements, number)
    yield from _red_line(head, mark)


def _no_mark(head: Sequence[Element], number: Element | None) -> Deviations:
    told = number or next((each for each in head if ISSUE.match(each.paragraph.text)), None)
    if told is None:
        return
    if any(each.paragraph.picture for each in head):
        found, asked = "在文本框或图片里，没有量", "上边缘距版心上边缘35毫米，红色小标宋"
        yield Deviation(told.place, "发文机关标志", found, asked, _MARK_CLAUSE, "remark")
        return
    asked = "红色小标宋，发文机关名称加“文件”二字（套印红头纸的除外）"
    yield Deviation(told.place, "发文机关标志", "没有", asked, _MARK_CLAUSE)


def mark_in(head: Sequence[Element]) -> Element | None:
    """The mark of the sender: the first line above the title that is red or larger than a title's."""
    marks = [each for each in head if each.role == "mark"]
    return next((each for each in marks if each.paragraph.red or each.paragraph.size >= _TITLE_SIZE), None)


def mark_deviations(place: str, paragraph: Paragraph, clause: str) -> Deviations:
    """Colour, face, size and place between the edges of a mark."""
    if not all(is_red(run.colour) for run in paragraph.runs if run.text.strip()):
        yield Deviation(place, "发文机关标志颜色", "不是红色", "红色", clause)
    for face in dict.fromkeys(run.east for run in paragraph.runs if run.text.strip()):
        yield from face_deviation(place, "发文机关标志字体", face, XIAOBIAOSONG, clause)
    if paragraph.align != "center":
        yield Deviation(place, "发文机关标志", "没有居中", "居中", clause)
    if paragraph.size <= _TITLE_SIZE and across(paragraph.text) * _TITLE_SIZE < TYPE_WIDTH:
        yield Deviation(
            place, "发文机关标志字号", size_named(paragraph.size), "大于标题的二号，醒目美观", clause
        )
    if _width(paragraph.runs) > TYPE_WIDTH + paragraph.size / 2:
        yield Deviation(
            place, "发文机关标志宽度", millimetres(_width(paragraph.runs)), "不超出版心156毫米", clause
        )


def _width(runs: Sequence[Run]) -> float:
    return sum(across(run.text) * (run.size * run.scale / 100 + run.spacing) for run in runs)


def _mark_place(head: Sequence[Element], mark: Element, page: Page) -> Deviations:
    found = mark_top(head, mark, page)
    if found is not None and found.off(_MARK * POINTS_A_MM):
        yield Deviation(
            mark.place,
            "发文机关标志位置",
            f"上边缘距版心上边缘{found.shown}",
            f"{_MARK:g}毫米",
            _MARK_CLAUSE,
        )


def mark_top(head: Sequence[Element], mark: Element, page: Page) -> Span | None:
    """From the upper edge of the type area to that of the mark; None where a frame hangs on the text."""
    paragraph = mark.paragraph
    pitch = pitch_of(paragraph, page)
    if paragraph.frame is not None:
        if paragraph.frame.anchor == "text":
            return None
        above = paragraph.frame.top - (page.top if paragraph.frame.anchor == "page" else 0.0)
    else:
        before = [each.paragraph for each in head[: head.index(mark)] if each.paragraph.frame is None]
        above = sum(_height(each, page) for each in before) + paragraph.before
    return _inked(above, pitch, paragraph.size, ink_top(pitch, paragraph.size))


def _inked(at: float, pitch: float, size: float, four_fifths: float) -> Span:
    """Where characters of a line begin or end, at points from its top by the one way, by the other."""
    # A centred line has its ink by half of what is free further up.
    centred = four_fifths - 0.3 * (pitch - 1.2 * size)
    return Span(at + min(four_fifths, centred), at + max(four_fifths, centred))


def pitch_of(paragraph: Paragraph, page: Page) -> float:
    """Points of one line of a paragraph: fixed, on the grid of the page, or what its size takes."""
    if paragraph.pitch:
        return paragraph.pitch
    natural = (paragraph.size or _BODY_SIZE) * _NATURAL
    if page.grid_pitch:
        return page.grid_pitch * -(-natural // page.grid_pitch) * paragraph.times
    return natural * paragraph.times


def _height(paragraph: Paragraph, page: Page) -> float:
    line = paragraph.below.space + paragraph.below.drawn_weight if paragraph.below else 0.0
    return paragraph.before + pitch_of(paragraph, page) + paragraph.after + line


def _number_place(head: Sequence[Element], mark: Element, number: Element) -> Deviations:
    """Two lines below the mark, in the middle; with 签发人 beside it at the left."""
    between = head[head.index(mark) + 1 : head.index(number)]
    if mark.paragraph.frame is None and all(each.paragraph.frame is None for each in between):
        lines = _empty_lines(mark.paragraph, [each.paragraph for each in between], number.paragraph)
        if lines != _LINES_BELOW_MARK:
            found = f"标志下空{lines}行" if lines > 0 else "紧接标志"
            yield Deviation(number.place, "发文字号位置", found, "标志下空二行", _NUMBER_CLAUSE)
    paragraph = number.paragraph
    if APPROVER.search(paragraph.text):
        lead = paragraph.lead + max(paragraph.left + paragraph.first, 0.0)
        if abs(lead - 1) > 0.3:
            yield Deviation(number.place, "发文字号位置", f"左空{lead:.1f}字", "居左空一字", _NUMBER_CLAUSE)
    elif paragraph.align != "center":
        yield Deviation(number.place, "发文字号位置", "没有居中", "居中", _NUMBER_CLAUSE)


def _empty_lines(mark: Paragraph, between: Sequence[Paragraph], number: Paragraph) -> int:
    """How many lines of the text would be as far apart as mark and number are, from ink to ink."""
    inner = sum(each.before + (each.pitch or LINE_POINTS) + each.after for each in between)
    above = below_ink(mark.pitch or mark.size * _NATURAL, mark.size) + mark.after
    apart = above + inner + number.before + ink_top(number.pitch or LINE_POINTS, number.size)
    return round((apart + ink_height(_BODY_SIZE)) / LINE_POINTS) - 1


def _approver(elements: Sequence[Element], number: Element | None) -> Deviations:
    """What goes up to a higher organ says who signed it for going out (7.2.6)."""
    title = "".join(each.paragraph.text for each in elements if each.role == "title")
    found = APPROVER.search(number.paragraph.text) if number is not None else None
    if number is None:
        return
    if found is None:
        if title.endswith(_UPWARD):
            asked = "上行文有签发人，居右空一字，与发文字号同一行"
            yield Deviation(number.place, "签发人", "没有", asked, _APPROVER_CLAUSE)
        return
    if found["colon"] != "：":
        yield Deviation(number.place, "签发人", f"“签发人{found['colon']}”", "“签发人：”", _APPROVER_CLAUSE)
    yield from _approver_faces(number)
    paragraph = number.paragraph
    right = (TYPE_WIDTH - paragraph.tab_right) / _BODY_SIZE if paragraph.tab_right else paragraph.right
    if paragraph.tab_right and abs(right - 1) > 0.3:
        yield Deviation(number.place, "签发人位置", f"右空{right:.1f}字", "居右空一字", _APPROVER_CLAUSE)


def _approver_faces(number: Element) -> Deviations:
    runs = [run for run in number.paragraph.runs if run.text.strip()]
    at = next((place for place, run in enumerate(runs) if "签发人" in run.text), 0)
    label, names = runs[at], [*runs[at + 1 :]]
    yield from face_deviation(number.place, "“签发人”三字字体", label.east, FANGSONG, _APPROVER_CLAUSE)
    inside = label.text.partition("签发人")[2].strip("：: ")
    for run in [*names, *([label] if inside else [])]:
        yield from face_deviation(number.place, "签发人姓名字体", run.east, KAITI, _APPROVER_CLAUSE)
    for run in (label, *names):
        if run.size != _BODY_SIZE:
            yield Deviation(
                number.place, "签发人字号", size_named(run.size), size_named(_BODY_SIZE), _APPROVER_CLAUSE
            )
            return


def _red_line(head: Sequence[Element], mark: Element) -> Deviations:
    """The line below the number: red, as wide as the type area, 4 mm below the characters."""
    drawn = [line for each in head for line in each.paragraph.drawn]
    lined = [each for each in head if each.paragraph.below is not None]
    if not drawn and not lined:
        if not any(each.paragraph.picture for each in head):
            asked = "发文字号之下4毫米处一条，与版心等宽"
            yield Deviation(mark.place, "红色分隔线", "没有", asked, _LINE_CLAUSE)
        return
    if drawn:
        if not any(line.red for line in drawn):
            yield Deviation(mark.place, "分隔线颜色", "不是红色", "红色", _LINE_CLAUSE)
        yield from _line_width(mark, drawn[-1].width)
        return
    told = lined[-1]
    border = told.paragraph.below
    assert border is not None
    if not border.red:
        yield Deviation(told.place, "分隔线颜色", "不是红色", "红色", _LINE_CLAUSE)
    indents = (told.paragraph.left + told.paragraph.right) * told.paragraph.size
    yield from _line_width(told, TYPE_WIDTH - indents)
    if told.role == "blank":
        return
    paragraph = told.paragraph
    pitch = paragraph.pitch or LINE_POINTS
    bottom = _inked(0.0, pitch, paragraph.size, ink_bottom(pitch, paragraph.size))
    gap = Span(pitch - bottom.most + border.space, pitch - bottom.least + border.space)
    if gap.off(_LINE_BELOW * POINTS_A_MM):
        found = f"在文字之下{gap.shown}"
        yield Deviation(told.place, "红色分隔线位置", found, f"{_LINE_BELOW:g}毫米", _LINE_CLAUSE)


def _line_width(element: Element, width: float) -> Deviations:
    if abs(width - TYPE_WIDTH) > _TOLERANCE:
        yield Deviation(
            element.place, "红色分隔线长度", millimetres(width), "156毫米（与版心等宽）", _LINE_CLAUSE
        )
