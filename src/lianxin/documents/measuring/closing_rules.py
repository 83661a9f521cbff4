"""The end of a document: attachments, signer and date with room for the seal, note (GB/T 9704-2012, 7.3.4 to 7.3.6)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lianxin.documents.measuring.elements import BLANK_DATE, DATE, ISSUE, Element
from lianxin.documents.measuring.faces import FANGSONG, face_deviation, plain_deviations
from lianxin.documents.measuring.findings import Deviation, Deviations, size_named
from lianxin.documents.word.text import across

_SIZE = 16.0
_SEALED_RIGHT, _UNSEALED_RIGHT = 4.0, 2.0
_LEAST_LEFT = 8.0
"""Characters from the left at which a signature that is not set flush right still stands at the right."""
_ODD_ORDER = re.compile(r"^(?:附件[：:])?\s*(\d+\s*、|[（(]\d+[）)]|[一二三四五六七八九十]+\s*、)")
"""The number of an attachment, not written as 1. before its name."""
_ATTACHMENT = re.compile(r"^附件[：:]\s*(?:\d+\s*[.．]\s*)?\S")


def closing_deviations(elements: Sequence[Element]) -> Deviations:
    """What deviates below the text; a document with a seal and one without are both taken as they are set."""
    for element in elements:
        if element.role == "attachment":
            yield from _attachment(element)
        elif element.role == "note":
            yield from _note(element)
    date = next((at for at, element in enumerate(elements) if element.role == "date"), -1)
    if date < 0:
        roles = {element.role for element in elements}
        # A 纪要 is not sealed; its day stands below the mark, beside who issues it (10.3).
        summary = any(each.role == "mark" and each.paragraph.text.endswith("纪要") for each in elements)
        summary = summary or any(ISSUE.match(each.paragraph.text) for each in elements)
        if "body" in roles and "annex" not in roles and not summary:
            yield Deviation("全文", "成文日期", "没有找到", "右下，如“2026年11月21日”", "7.3.5")
        return
    yield from _date(elements[date])
    signer = next((element for element in elements if element.role == "signer"), None)
    if signer is None:
        yield Deviation(
            elements[date].place, "发文机关署名", "日期上一行没有署名", "署名在成文日期之上", "7.3.5"
        )
        return
    yield from _signer(signer, elements[date])
    yield from _room(elements, elements.index(signer))


def _attachment(element: Element) -> Deviations:
    text = element.paragraph.text
    odd = _ODD_ORDER.match(text)
    if odd is not None:
        yield Deviation(element.place, "附件顺序号", f"“{odd[1]}”", "“1.”的写法，如“附件：1. 名单”", "7.3.4")
    if not _ATTACHMENT.match(text):
        return
    if text.endswith(("。", "；", "，", "、", ";")):
        yield Deviation(element.place, "附件名称末尾", f"有标点“{text[-1]}”", "不加标点", "7.3.4")
    if text.startswith("附件:"):
        yield Deviation(element.place, "附件说明", "半角冒号", "全角冒号“：”", "7.3.4")
    lead = element.paragraph.left + element.paragraph.first
    if abs(lead - 2) > 0.3:
        yield Deviation(element.place, "附件说明", f"左空{max(lead, 0):.1f}字", "左空二字", "7.3.4")
    yield from _face(element, "附件说明", "7.3.4")


def _note(element: Element) -> Deviations:
    paragraph = element.paragraph
    if paragraph.text[0] == "(" or paragraph.text[-1] == ")":
        yield Deviation(element.place, "附注", "半角括号", "全角圆括号", "7.3.6")
    if abs(paragraph.left + paragraph.first - 2) > 0.3:
        yield Deviation(
            element.place,
            "附注",
            f"左空{max(paragraph.left + paragraph.first, 0):.1f}字",
            "左空二字",
            "7.3.6",
        )
    yield from _face(element, "附注", "7.3.6")


def _date(element: Element) -> Deviations:
    found = DATE.match(element.paragraph.text)
    if BLANK_DATE.match(element.paragraph.text):
        return
    if found is None:
        yield Deviation(
            element.place, "成文日期", "汉字或不全的日期", "阿拉伯数字，如“2026年11月21日”", "7.3.5.4"
        )
    elif found[2].startswith("0") or found[3].startswith("0"):
        yield Deviation(element.place, "成文日期", element.paragraph.text, "月、日不编虚位", "7.3.5.4")
    right = element.paragraph.right
    # A signer longer than the date moves the date inwards, so more room at the right is no fault.
    if right < _UNSEALED_RIGHT - 0.3:
        asked = f"{_SEALED_RIGHT:g}字、{_UNSEALED_RIGHT:g}字"
        yield Deviation(
            element.place, "成文日期", f"右空{right:.1f}字", f"右空{asked}（盖章的空四字）", "7.3.5"
        )
    yield from _face(element, "成文日期", "7.3.5")


def _signer(signer: Element, date: Element) -> Deviations:
    """The signer stands centred over the date when sealed, or two characters left of it when not."""
    yield from _face(signer, "发文机关署名", "7.3.5")
    paragraph = signer.paragraph
    if paragraph.align not in ("right", "end") and paragraph.left + paragraph.first < _LEAST_LEFT:
        yield Deviation(signer.place, "发文机关署名", "没有居右", "居右，以成文日期为准居中", "7.3.5.1")
        return
    width, below = across(signer.paragraph.text), across(date.paragraph.text)
    middle = signer.paragraph.right + width / 2
    asked = date.paragraph.right + below / 2
    unsealed = (
        abs(date.paragraph.right + below - 2 - (signer.paragraph.right + width)) < 1
        or abs(signer.paragraph.right - 2) < 0.5
    )
    if abs(middle - asked) > 1 and not unsealed:
        side = "偏右" if middle < asked else "偏左"
        yield Deviation(
            signer.place,
            "发文机关署名",
            f"比成文日期{side}{abs(middle - asked):.1f}字",
            "以成文日期为准居中",
            "7.3.5.1",
        )


def _room(elements: Sequence[Element], signer: int) -> Deviations:
    """The text and its seal stand together: the signature may not begin a page of its own."""
    if elements[signer].paragraph.new_page:
        yield Deviation(
            elements[signer].place, "署名", "另起一面", "与正文同处一面（不得用“此页无正文”）", "7.3.5.5"
        )
    for element in elements:
        if "此页无正文" in element.paragraph.text:
            yield Deviation(
                element.place, "正文", "标“此页无正文”", "调整行距、字距，使印章与正文同处一面", "7.3.5.5"
            )


def _face(element: Element, what: str, clause: str) -> Deviations:
    runs = [each for each in element.paragraph.runs if each.text.strip()]
    for face in dict.fromkeys(run.east for run in runs):
        yield from face_deviation(element.place, f"{what}字体", face, FANGSONG, clause)
    yield from plain_deviations(element.place, runs)
    for size in dict.fromkeys(run.size for run in runs if run.size != _SIZE):
        yield Deviation(element.place, f"{what}字号", size_named(size), size_named(_SIZE), clause)
