"""The text: title, addressee, headings, body and their faces, sizes, indents and numbers (GB/T 9704-2012, 7.2, 7.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lianxin.documents.measuring.elements import APPROVER, BLANK_NUMBER, LISTS, Element
from lianxin.documents.measuring.faces import (
    FANGSONG,
    HEITI,
    KAITI,
    XIAOBIAOSONG,
    Family,
    face_deviation,
    plain_deviations,
)
from lianxin.documents.measuring.findings import Deviation, Deviations, Weight, size_named
from lianxin.documents.measuring.page_rules import CHARACTERS, characters_of
from lianxin.documents.measuring.reading import Run
from lianxin.domain.numbering import DOCUMENT_NUMBER

_TITLE_SIZE, _BODY_SIZE = 22.0, 16.0
_BODY = "7.3.3"
_HEADING_FAMILY: dict[str, Family] = {
    "heading1": HEITI,
    "heading2": KAITI,
    "heading3": FANGSONG,
    "heading4": FANGSONG,
}
_HEADING_NAME = {
    "heading1": "一级标题",
    "heading2": "二级标题",
    "heading3": "三级标题",
    "heading4": "四级标题",
}
_BODY_ROLES = ("body", "heading1", "heading2", "heading3", "heading4")


def text_deviations(elements: Sequence[Element]) -> Deviations:
    """What deviates in the elements of one document, from the top."""
    if not any(element.role == "title" for element in elements):
        yield Deviation("全文", "标题", "没有找到居中的标题", "二号小标宋，居中", "7.3.1")
    # 出席, 请假 and 列席 of a 纪要 only: in a notice such a line is body text.
    summary = any(
        each.role in ("mark", "title") and each.paragraph.text.endswith("纪要") for each in elements
    )
    for element in elements:
        if element.role == "list" and summary:
            yield from _list(element)
        elif element.role == "title":
            yield from _title(element)
        elif element.role == "caption":
            yield from _caption(element)
        elif element.role == "number":
            yield from _document_number(element)
        elif element.role == "addressee":
            yield from _addressee(element)
        elif element.role == "annex":
            yield from _annex(element)
        elif element.role in _BODY_ROLES:
            yield from _body(element)
    yield from _levels([element for element in elements if element.role.startswith("heading")])


def _title(element: Element) -> Deviations:
    paragraph = element.paragraph
    yield from _face_and_size(element, XIAOBIAOSONG, "标题", "7.3.1", _TITLE_SIZE)
    if paragraph.align != "center":
        yield Deviation(element.place, "标题位置", "没有居中", "居中", "7.3.1")
    if paragraph.text.endswith(("。", "，", "；")):
        yield Deviation(element.place, "标题末尾", f"有标点“{paragraph.text[-1]}”", "不加标点", "7.3.1")


def _caption(element: Element) -> Deviations:
    """The standard names no face for it: 楷体 is usual, 仿宋 what has no rule."""
    faces = {run.east.casefold() for run in element.paragraph.runs if run.text.strip()}
    usual = KAITI if faces <= KAITI.same else FANGSONG
    yield from _face_and_size(element, usual, "题注", _BODY)


def _document_number(element: Element) -> Deviations:
    number = element.number
    if not APPROVER.search(element.paragraph.text):
        yield from _face_and_size(element, FANGSONG, "发文字号", "7.2.5")
    elif first := element.paragraph.runs[:1]:
        yield from face_deviation(element.place, "发文字号字体", first[0].east, FANGSONG, "7.2.5")
    if (blank := BLANK_NUMBER.match(number)) is not None:
        yield from _brackets(element, blank["open"] + blank["close"])
        return
    found = DOCUMENT_NUMBER.match(number)
    if found is None:
        yield Deviation(
            element.place,
            "发文字号",
            f"“{number}”",
            "代字、六角括号括的年份、顺序号，如“石镇人〔2026〕37号”",
            "7.2.5",
        )
        return
    if found["sign"]:
        yield from _brackets(element, found["open"] + found["close"])
    if len(found["year"]) != 4:
        yield Deviation(element.place, "发文字号的年份", found["year"], "写全四位", "7.2.5")
    if found["nth"] and found["sign"]:
        yield Deviation(element.place, "发文字号", "顺序号前有“第”", "不加“第”字", "7.2.5")
    if found["digits"].startswith("0"):
        yield Deviation(
            element.place, "发文字号", found["digits"], f"{int(found['digits'])}（不编虚位）", "7.2.5"
        )


def _brackets(element: Element, found: str) -> Deviations:
    if found != "〔〕":
        yield Deviation(element.place, "发文字号的括号", found, "六角括号〔〕", "7.2.5")


def _addressee(element: Element) -> Deviations:
    yield from _face_and_size(element, FANGSONG, "主送机关", "7.3.2")
    if element.paragraph.text.endswith(":"):
        yield Deviation(element.place, "主送机关末尾", "半角冒号", "全角冒号“：”", "7.3.2")
    if abs(element.paragraph.first) > 0.3 or element.paragraph.left > 0.3:
        yield Deviation(element.place, "主送机关", "有缩进", "居左顶格", "7.3.2")


def _annex(element: Element) -> Deviations:
    yield from _face_and_size(element, HEITI, "“附件”二字", "7.3.7")
    if element.paragraph.align in ("center", "right") or element.paragraph.first > 0.3:
        yield Deviation(element.place, "“附件”二字", "有缩进或居中", "版心左上角顶格", "7.3.7")


def _list(element: Element) -> Deviations:
    """出席： in 三号黑体, the names after it in 三号仿宋 (10.3)."""
    runs = [run for run in element.paragraph.runs if run.text.strip()]
    ends = next((at for at, run in enumerate(runs, 1) if "：" in run.text or ":" in run.text), 0)
    label = runs[:ends] if LISTS.match(element.paragraph.text) else []
    for part, family, said in ((label, HEITI, "名单的“出席”等字"), (runs[len(label) :], FANGSONG, "名单")):
        for face in dict.fromkeys(run.east for run in part):
            yield from face_deviation(element.place, f"{said}字体", face, family, "10.3")
    for size in dict.fromkeys(run.size for run in runs if run.size != _BODY_SIZE):
        yield Deviation(element.place, "名单字号", size_named(size), size_named(_BODY_SIZE), "10.3")
    yield from plain_deviations(element.place, runs)


def _body(element: Element) -> Deviations:
    paragraph = element.paragraph
    name = _HEADING_NAME.get(element.role, "正文")
    heading, rest = _split(element)
    for part, family, said in (
        (heading, _HEADING_FAMILY.get(element.role, FANGSONG), name),
        (rest, FANGSONG, "正文"),
    ):
        faces = list(dict.fromkeys(run.east for run in part if run.text.strip()))
        for face in faces:
            yield from face_deviation(element.place, f"{said}字体", face, family, _BODY)
    sizes = sorted({run.size for run in paragraph.runs if run.text.strip()} - {_BODY_SIZE})
    for size in sizes:
        yield Deviation(element.place, f"{name}字号", size_named(size), size_named(_BODY_SIZE), _BODY)
    if paragraph.align != "center" and abs(paragraph.first - 2) > 0.15:
        yield Deviation(element.place, "首行缩进", f"{max(paragraph.first, 0):.1f}字", "2字", _BODY)
    if paragraph.left > 0.3 or paragraph.right > 0.3:
        yield Deviation(
            element.place, "左右缩进", f"{max(paragraph.left, paragraph.right):.1f}字", "回行顶格", _BODY
        )
    yield from plain_deviations(element.place, paragraph.runs)
    yield from _characters(element, paragraph.runs)
    yield from _punctuation(element)


def _characters(element: Element, runs: Iterable[Run]) -> Deviations:
    """28 characters a line; 27 is what 16 pt without any tightening gives and is only remarked."""
    counts = {
        characters_of(run.size, run.spacing)
        for run in runs
        if run.size == _BODY_SIZE and len(run.text) > CHARACTERS // 2
    }
    for count in sorted(counts - {CHARACTERS}):
        weight: Weight = "remark" if count == CHARACTERS - 1 else "deviation"
        yield Deviation(element.place, "每行字数", f"{count}字", f"{CHARACTERS}字", "5.2.3", weight)


def _split(element: Element) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """A heading and the text that follows it in the same paragraph: the heading ends with its first sentence or face."""
    runs = tuple(run for run in element.paragraph.runs if run.text.strip())
    if not element.role.startswith("heading") or not runs:
        return (), runs
    if element.role in ("heading3", "heading4"):
        return runs, ()
    first = runs[0].east
    end = next((at for at, run in enumerate(runs) if run.east != first), len(runs))
    return runs[:end], runs[end:]


_RIGHT_AFTER = {"heading1": "、", "heading2": "", "heading3": ".", "heading4": ""}
_RIGHT_FORM = {"heading1": "一、", "heading2": "（一）", "heading3": "1.", "heading4": "（1）"}


def _punctuation(element: Element) -> Deviations:
    if element.role not in _RIGHT_FORM:
        return
    mark = element.mark
    right = mark.endswith(_RIGHT_AFTER[element.role]) and "(" not in mark and ")" not in mark
    if element.role in ("heading2", "heading4"):
        right = right and mark.endswith("）")
    if not right:
        yield Deviation(
            element.place,
            f"{_HEADING_NAME[element.role]}的序号",
            f"“{mark}”",
            f"“{_RIGHT_FORM[element.role]}”的写法",
            _BODY,
        )


def _levels(headings: Sequence[Element]) -> Deviations:
    """Levels in order 一、（一）1.（1）; with two levels 一、 and 1. will do. Numbers of one level follow each other."""
    levels = [int(each.role[-1]) for each in headings]
    used = sorted(set(levels))
    if used and used not in ([1], [1, 2], [1, 3], [1, 2, 3], [1, 2, 3, 4], [3], [3, 4], [2], [2, 3]):
        yield Deviation(
            headings[0].place,
            "标题层次",
            "、".join(f"第{level}级" for level in used),
            "依次为一、（一）1.（1）",
            _BODY,
        )
    counts: dict[int, int] = {}
    for each, level in zip(headings, levels, strict=True):
        for deeper in [known for known in counts if known > level]:
            del counts[deeper]
        value = _value(each.mark)
        expected = counts.get(level, 0) + 1
        if value != expected and value != 1:
            yield Deviation(each.place, "序号", f"第{value}个", f"第{expected}个（前后连续）", _BODY)
        counts[level] = value


_DIGITS = "零一二三四五六七八九"


def _value(mark: str) -> int:
    core = mark.strip("（()）、.．,，")
    if core.isdigit():
        return int(core)
    tens, ten, ones = core.partition("十")
    if not ten:
        return _DIGITS.find(core)
    return (_DIGITS.find(tens) if tens else 1) * 10 + (_DIGITS.find(ones) if ones else 0)


def _face_and_size(
    element: Element, family: Family, what: str, clause: str, asked: float = _BODY_SIZE
) -> Deviations:
    """Every run of an element, each face and each size told once."""
    runs = [run for run in element.paragraph.runs if run.text.strip()]
    for face in dict.fromkeys(run.east for run in runs):
        yield from face_deviation(element.place, f"{what}字体", face, family, clause)
    for size in dict.fromkeys(run.size for run in runs if run.size != asked):
        yield Deviation(element.place, f"{what}字号", size_named(size), size_named(asked), clause)
    yield from plain_deviations(element.place, runs)
