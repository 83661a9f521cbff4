"""A form as a template of the office: each cell holds its field, the lines around the tables stay where they were.

The template is made from the empty form, and filled with what the form made by us says; so no field is listed twice.
Lines that a form always has (裁开线, part titles) stand in the template as words; every other line outside its tables is
an item of the list of its place: 表前, 表1后, 表2后 … .
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lianxin.documents.measuring.elements import Element, documents_of
from lianxin.documents.measuring.reading import read_document
from lianxin.documents.templates.carried import Carried, carried_by
from lianxin.documents.templates.filling import Item, Values
from lianxin.documents.templates.form_cells import cell_values, is_named, line_of, take_away, with_fields
from lianxin.documents.word.package import opened, saved
from lianxin.documents.word.text import Face, Layout, add_run, element, lay

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    Xml = BaseOxmlElement

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LINE = "内容"
_BEFORE = "表前"
_SHORT = 3
_GAP = "\u3000"
_SMALL = Face("仿宋_GB2312", 10.5)
_TITLE, _TEXT = "标题", "正文"
_TITLE_FIELD = "{{标题}}"
_ROLES = {
    "title": _TITLE,
    "number": "文号",
    "addressee": "主送",
    "signer": "署名",
    "date": "成文日期",
    "note": "附注",
}
_ROLE_FIELDS = {name: f"{{{{{name}}}}}" for name in _ROLES.values()} | {
    _TEXT: "{{正文.小标题}}{{正文.二级标题}}{{正文.内容}}"
}
_ABOVE, _BELOW = ("文号", "主送"), ("署名", "成文日期", "附注")
_TO_FILL = re.compile(r"[＿：:\d☑□]|　　")
"""What a line has that says something of its own, or that waits for the pen."""


@dataclass(frozen=True)
class MadeForm:
    """A form as we made it: what it holds beside its paragraphs, and the text of each paragraph with its tabs."""

    carried: Carried
    lines: Sequence[str]

    def told(self, elements: Sequence[Element], taken: frozenset[str]) -> Values:
        """What the tables of one of its documents say by their labels, and the lines around them by their places."""
        named = _named_tables(self.carried, _first(elements), _last(elements))
        if not named:
            return {}
        cells = cell_values([table for _number, table in named], taken)
        return {**self._by_place(elements, [number for number, _table in named]), **cells}

    def _by_place(self, elements: Sequence[Element], places: Sequence[int]) -> dict[str, list[Item]]:
        own = [each for each in elements if each.role not in ("title", "blank")]
        whole, last = whole_tables(self.carried), _last(elements)
        begins = [each.paragraph.number for each in own]
        lines: dict[str, list[Item]] = {_place_name(at): [] for at in range(len(places) + 1)}
        if leading := whole.marks(_first(elements), begins[0] - 1 if own else last):
            lines[_place(begins[0] if own else last + 1, places)].append({LINE: leading})
        for number, end in zip(begins, [each - 1 for each in begins[1:]] + [last] * bool(own), strict=True):
            lines[_place(number, places)].append({LINE: self.lines[number - 1]})
            if marks := whole.marks(number, end):
                # A line of its own: the template may have the words already.
                lines[_place(end + 1, places)].append({LINE: marks})
        return lines


def made_form(content: bytes) -> MadeForm:
    """Reads a form of ours."""
    paragraphs = _body(opened(content)).iterchildren(f"{_W}p")
    return MadeForm(carried_by(content), tuple(line_of(each) for each in paragraphs))


def whole_tables(carried: Carried) -> Carried:
    """Only the tables that no label tells; the others are told cell by cell."""
    left = {
        number: rest
        for number, tables in carried.tables.items()
        if (rest := [table for table in tables if not is_named(table)])
    }
    return replace(carried, tables=left)


def without_lines_of(template: bytes, told: Values) -> Values:
    """The values without those lines that stand in the template as words, so that nothing is said twice."""
    words = {line_of(each).strip() for each in _body(opened(template)).iter(f"{_W}p")}
    return {
        name: value
        if isinstance(value, str) or not _is_place(name)
        else [item for item in value if not _stands_in(item[LINE].strip(), words)]
        for name, value in told.items()
    }


def _stands_in(line: str, words: set[str]) -> bool:
    """Whether a line is one of these, or the beginning of one: an empty form explains some of its headings."""
    return line in words or (len(line) > _SHORT and any(each.startswith(line) for each in words))


def form_template(example: bytes, taken: frozenset[str], *, whole: bool = False) -> bytes:
    """The empty form with {{fields}} in its cells and lists of lines around them; of several documents the first.

    With `whole`, and where no label tells a table, the tables are left out: they come with the text.
    """
    document, carried = opened(example), carried_by(example)
    elements = next(documents_of(read_document(example).paragraphs))
    blocks = _of_first(list(_body(document).iterchildren()), _last(elements))
    named = [table for table in blocks if table.tag == f"{_W}tbl" and is_named(table) and not whole]
    for table in blocks:
        if table.tag == f"{_W}tbl" and table not in named:
            take_away(table)
    with_fields(named, taken)
    places = [number for number, _table in _named_tables(carried, 0, _last(elements))] if named else []
    paragraphs = [block for block in blocks if block.tag == f"{_W}p"]
    if named:
        _say_places(document, paragraphs, elements, places)
    else:
        _say_roles(document, paragraphs, elements)
    return saved(document)


def _of_first(blocks: Sequence[Xml], last: int) -> Sequence[Xml]:
    """The blocks of the first document; those of the others go."""
    kept: list[Xml] = []
    seen = 0
    for block in blocks:
        seen += block.tag == f"{_W}p"
        if seen <= last or block.tag == f"{_W}sectPr":
            kept.append(block)
        else:
            take_away(block)
    return kept


def _say_places(
    document: Document, paragraphs: Sequence[Xml], elements: Sequence[Element], places: Sequence[int]
) -> None:
    """A field for the title, and one for the lines of each place; what is the same on every form stays as it is."""
    said: set[str] = set()
    last: dict[str, Xml] = {}
    for each in elements:
        held = paragraphs[each.paragraph.number - 1]
        name = _TITLE if each.role == "title" else _place(each.paragraph.number, places)
        last[name] = held
        if each.role == "blank" or (
            name not in (_TITLE, _BEFORE) and not _TO_FILL.search(each.paragraph.text)
        ):
            continue
        _put_once(held, name, _TITLE_FIELD if name == _TITLE else f"{{{{{name}.{LINE}}}}}", said)
    for at in range(len(places) + 1):
        name = _place_name(at)
        if name not in said:
            above = last.get(name, last[_TITLE] if at == 0 else paragraphs[-1])
            _add_line(document, above, f"{{{{{name}.{LINE}}}}}")


def _say_roles(document: Document, paragraphs: Sequence[Xml], elements: Sequence[Element]) -> None:
    """A field for every part of the document; parts the example lacks have theirs below the title or at the end."""
    said: set[str] = set()
    for each in elements:
        if each.role != "blank":
            name, held = _ROLES.get(each.role, _TEXT), paragraphs[each.paragraph.number - 1]
            _put_once(held, name, _between_gaps(line_of(held), _ROLE_FIELDS[name]), said)
    title = next(paragraphs[each.paragraph.number - 1] for each in elements if each.role == "title")
    for name in (*reversed(_BELOW), _TEXT):
        if name not in said:
            _add_line(document, paragraphs[-1], _ROLE_FIELDS[name])
    if words := "".join(_ROLE_FIELDS[name] for name in _ABOVE if name not in said):
        _add_line(document, title, words)


def _between_gaps(line: str, words: str) -> str:
    """The words between the gaps a line begins and ends with: by these it was moved in."""
    bare = line.strip(_GAP)
    before, _, after = line.partition(bare)
    return f"{before}{words}{after}"


def _put_once(held: Xml, name: str, words: str, said: set[str]) -> None:
    if name in said:
        take_away(held)
        return
    said.add(name)
    _put(held, words)


def _named_tables(carried: Carried, first: int, last: int) -> list[tuple[int, Xml]]:
    """The tables told by labels, each with the number of the paragraph above it."""
    return [
        (number, table)
        for number in sorted(carried.tables)
        if first <= number <= last
        for table in carried.tables[number]
        if is_named(table)
    ]


def _place(number: int, places: Sequence[int]) -> str:
    return _place_name(sum(above < number for above in places))


def _place_name(at: int) -> str:
    return f"表{at}后" if at else _BEFORE


def _is_place(name: str) -> bool:
    return name == _BEFORE or bool(re.fullmatch(r"表\d+后", name))


def _first(elements: Sequence[Element]) -> int:
    return min((each.paragraph.number for each in elements), default=0)


def _last(elements: Sequence[Element]) -> int:
    return max((each.paragraph.number for each in elements), default=0)


def _put(paragraph: Xml, words: str) -> None:
    runs = [run for run in paragraph.iterchildren(f"{_W}r") if run.find(f"{_W}t") is not None]
    for run in runs[1:]:
        take_away(run)
    for held in list(runs[0].iterchildren(f"{_W}t", f"{_W}tab", f"{_W}br")):
        take_away(held)
    text = element("w:t")
    text.text = words
    runs[0].append(text)


def _add_line(document: Document, above: Xml, words: str) -> None:
    paragraph = document.add_paragraph()
    lay(paragraph, Layout(align="left", line=16, size=10.5))
    add_run(paragraph, words, _SMALL)
    above.addnext(paragraph._p)


def _body(document: Document) -> Xml:
    body: Xml = document.element.body
    return body
