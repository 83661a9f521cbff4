"""Empty lines between the elements, room for the seal, the rows of the 版记 (GB/T 9704-2012, 7.2 to 7.4)."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.documents.measuring.elements import Element
from lianxin.documents.measuring.faces import FANGSONG, face_deviation
from lianxin.documents.measuring.findings import Deviation, Deviations, size_named
from lianxin.documents.measuring.head_rules import head_of
from lianxin.documents.word.type_area import LINE_POINTS

_COPIES_SIZE = 14.0
_ABOVE_TITLE, _BELOW_TITLE = 2, 1
_SEALED_RIGHT = 3.5
"""Characters at the right of the date from which on it is set for a seal: four, or more below a long name."""
_SEAL_ROOM, _UNSEALED_ROOM = (2, 3), (1,)
"""Empty lines above the signer. A seal of 42 mm whose middle lies a little above signer and date is a line below the
text with two; with three it is of 45 mm or larger (7.3.5.1). Without a seal the signer is one line below it (7.3.5.2)."""


def spacing_deviations(elements: Sequence[Element]) -> Deviations:
    """What deviates between the elements of one document, from the top."""
    yield from _above_title(elements)
    yield from _below_title(elements)
    yield from _above_attachments(elements)
    yield from _seal_room(elements)
    for element in elements:
        if element.role == "copies":
            yield from _copies(element)


def _above_title(elements: Sequence[Element]) -> Deviations:
    """Two empty lines between the number of the document and its title (7.3.1, 10.1)."""
    head = head_of(elements)
    title = next((each for each in elements if each.role == "title"), None)
    told = [at for at, each in enumerate(head) if each.role != "blank"]
    if title is None or not told or head[told[-1]].role != "number":
        return
    yield from _empty(title, len(head) - 1 - told[-1], _ABOVE_TITLE, "标题上方", "7.3.1")


def _below_title(elements: Sequence[Element]) -> Deviations:
    """One empty line between the title and whom the document is addressed to (7.3.2)."""
    last = max((at for at, each in enumerate(elements) if each.role == "title"), default=-1)
    after = next((at for at in range(last + 1, len(elements)) if elements[at].role != "blank"), -1)
    if last >= 0 and after > 0 and elements[after].role == "addressee":
        yield from _empty(elements[after], after - last - 1, _BELOW_TITLE, "主送机关上方", "7.3.2")


def _above_attachments(elements: Sequence[Element]) -> Deviations:
    first = next((at for at, each in enumerate(elements) if each.role == "attachment"), 0)
    if first and elements[first].paragraph.text.startswith("附件"):
        yield from _empty(elements[first], _blanks_before(elements, first), 1, "附件说明上方", "7.3.4")


def _seal_room(elements: Sequence[Element]) -> Deviations:
    """The seal covers signer and date and stands clear of the text; without a seal the signer is a line below it."""
    signer = next((at for at, each in enumerate(elements) if each.role == "signer"), 0)
    if not signer or elements[signer].paragraph.new_page:
        return
    room = _blanks_before(elements, signer) + round(elements[signer].paragraph.before / LINE_POINTS)
    date = next((each for each in elements[signer:] if each.role == "date"), None)
    sealed = date is not None and date.paragraph.right >= _SEALED_RIGHT
    if room in _SEAL_ROOM if sealed else room in (*_UNSEALED_ROOM, *_SEAL_ROOM):
        return
    found = f"空{room}行" if room else "没有空行"
    asked = (
        "空二行左右，留出印章的位置，印章顶端上距正文一行之内"
        if sealed
        else "空一行（不盖章）或空出印章的位置，印章顶端上距正文一行之内"
    )
    yield Deviation(elements[signer].place, "署名上方", found, asked, "7.3.5")


def _blanks_before(elements: Sequence[Element], place: int) -> int:
    room = 0
    while place - room > 0 and elements[place - room - 1].role == "blank":
        room += 1
    return room


def _empty(element: Element, found: int, asked: int, what: str, clause: str) -> Deviations:
    """Space set before the paragraph instead of empty lines counts as they do."""
    pitch = element.paragraph.pitch or element.paragraph.size
    lines = found + round(element.paragraph.before / pitch)
    if lines != asked:
        told = f"空{lines}行" if lines else "没有空行"
        yield Deviation(element.place, what, told, f"空{'零一二'[asked]}行", clause)


def _copies(element: Element) -> Deviations:
    run = next((each for each in element.paragraph.runs if each.text.strip()), None)
    if run is None:
        return
    text = element.paragraph.text
    if text[2:3] == ":":
        yield Deviation(element.place, text[:2], "半角冒号", "全角冒号“：”", "7.4.2")
    if text.startswith("抄送") and text[-1] not in "。，、：:":
        yield Deviation(element.place, "抄送末尾", f"“{text[-1]}”", "最后一个机关名称后标句号", "7.4.2")
    yield from face_deviation(element.place, "版记字体", run.east, FANGSONG, "7.4")
    if run.size != _COPIES_SIZE:
        yield Deviation(element.place, "版记字号", size_named(run.size), size_named(_COPIES_SIZE), "7.4")
