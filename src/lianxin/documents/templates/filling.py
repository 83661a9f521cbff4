"""Fills a Word template that the office made: {{会议名称}} becomes its value, however Word cut it into runs.

`{{名单.姓名}}` speaks of a list: the table row, or the run of neighbouring paragraphs, in which such a field stands is
repeated for every item. A value of several lines makes several paragraphs where the field stands alone, and line
breaks elsewhere. Everything else of the template stays as the office set it.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from lianxin.documents.word.package import printable, saved

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    Xml = BaseOxmlElement

Item: TypeAlias = Mapping[str, str]
Values: TypeAlias = Mapping[str, str | Sequence[Item]]
"""Field name → its text, or list name → its items."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FIELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}|｛｛\s*([^｛｝]*?)\s*｝｝")
_BRACES = re.compile(r"\{\{|\}\}|｛｛|｝｝")
_MOST_BYTES = 50 * 2**20
_OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")
"""How a file of Office 97–2003 begins, and a .docx under a password."""


class TemplateProblem(ValueError):
    """The template cannot be filled; the message says in Chinese where and why. Nothing was made from it."""


def fill_template(template: bytes, values: Values) -> bytes:
    """The template with its fields filled. Raises TemplateProblem: an unknown field, a brace left open, no .docx.

    Empty values leave nothing behind; a list without items takes its row or paragraphs away.
    """
    document = _opened(template)
    for part, words in _parts(document):
        _check(part, words, values)
        _repeat_rows(part, values)
        _repeat_paragraphs(part, values)
        for paragraph in list(part.iter(f"{_W}p")):
            _fill_paragraph(paragraph, values)
        for text in list(part.iter(f"{_W}t")):
            text.text = (text.text or "").translate(_FREED)
            _set_tabs(text)
    return saved(document)


def check_template(template: bytes, values: Values) -> None:
    """Whether a template can be filled with such values; only the names matter. Raises TemplateProblem."""
    for part, words in _parts(_opened(template)):
        _check(part, words, values)


def names_in(template: bytes) -> frozenset[str]:
    """Every name that stands between {{ and }}. Raises TemplateProblem."""
    return frozenset(
        name
        for part, _words in _parts(_opened(template))
        for paragraph in part.iter(f"{_W}p")
        for name in _names(_text(paragraph))
    )


def _opened(template: bytes) -> Document:
    from docx import Document as open_document
    from docx.opc.exceptions import PackageNotFoundError

    if template.startswith(_OLD_OFFICE):
        raise TemplateProblem(
            "模板是旧的 .doc 文件或加了密码，只改后缀名不行；请在 Word 或 WPS 中去掉密码，另存为 .docx。"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as packed:
            if any(name.lower().endswith("vbaproject.bin") for name in packed.namelist()):
                raise TemplateProblem("模板里带有宏，没有使用；请在 Word 或 WPS 中另存为不带宏的 .docx。")
            if sum(member.file_size for member in packed.infolist()) > _MOST_BYTES:
                raise TemplateProblem("模板太大（超过50兆），没有使用。")
            _without_entities(packed)
        return open_document(io.BytesIO(template))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError) as wrong:
        if isinstance(wrong, TemplateProblem):
            raise
        raise TemplateProblem(
            "模板不是能读的 Word 文档（.docx），请在 Word 或 WPS 中另存为 .docx。"
        ) from wrong


def _without_entities(packed: zipfile.ZipFile) -> None:
    """Neither Word nor WPS writes a document type; its entities would be lost or break the filled document."""
    for member in packed.infolist():
        if member.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in packed.read(member):
            raise TemplateProblem(
                f"模板里的 {member.filename} 写有外部定义，不是 Word 或 WPS 存的，请在 Word 或 WPS 中另存为 .docx。"
            )


def _parts(document: Document) -> Iterator[tuple[Xml, str]]:
    """The body, and the headers and footers of every section that has its own."""
    yield document.element.body, "正文"
    for at, section in enumerate(document.sections, 1):
        for header, words in (
            (section.header, "页眉"),
            (section.even_page_header, "双页页眉"),
            (section.first_page_header, "首页页眉"),
            (section.footer, "页脚"),
            (section.even_page_footer, "双页页脚"),
            (section.first_page_footer, "首页页脚"),
        ):
            if not header.is_linked_to_previous:
                yield header._element, f"第{at}节{words}"


def _text(paragraph: Xml) -> str:
    return "".join(part.text or "" for part in _own_texts(paragraph))


def _own_texts(paragraph: Xml) -> Iterator[Xml]:
    """The texts of a paragraph without those of a text box that is anchored in it: these have paragraphs of their own."""
    boxed = {
        text for inner in paragraph.iter(f"{_W}p") if inner is not paragraph for text in inner.iter(f"{_W}t")
    }
    return (text for text in paragraph.iter(f"{_W}t") if text not in boxed)


def _names(text: str) -> Iterator[str]:
    for found in _FIELD.finditer(text):
        yield found[1] if found[1] is not None else found[2]


def _check(part: Xml, words: str, values: Values) -> None:
    for number, paragraph in enumerate(part.iter(f"{_W}p"), 1):
        text = _text(paragraph)
        for name in _names(text):
            if not _known(name, values):
                raise TemplateProblem(
                    f"模板{words}第{number}段写了“{{{{{name}}}}}”，没有这一项。可用的有：{'、'.join(_all_names(values))}。"
                )
        if _BRACES.search(_FIELD.sub("", text)):
            raise TemplateProblem(
                f"模板{words}第{number}段的花括号没有成对：“{text.strip()[:30]}”，请写成“{{{{名称}}}}”。"
            )


def _known(name: str, values: Values) -> bool:
    listed, dot, field = name.partition(".")
    value = values.get(listed)
    if not dot:
        return isinstance(value, str)
    return value is not None and not isinstance(value, str) and (not value or field in value[0])


def _all_names(values: Values) -> Iterator[str]:
    for name, value in values.items():
        if isinstance(value, str):
            yield name
        elif value:
            yield from (f"{name}.{field}" for field in value[0])


def _lists_in(texts: Iterable[str], values: Values) -> str:
    """The name of the list whose fields stand in these texts; "" for none."""
    for text in texts:
        for name in _names(text):
            listed, dot, _field = name.partition(".")
            if dot and not isinstance(values.get(listed), str):
                return listed
    return ""


def _items(values: Values, listed: str) -> Sequence[Item]:
    found = values.get(listed, ())
    return () if isinstance(found, str) else found


def _repeat_rows(part: Xml, values: Values) -> None:
    for row in list(part.iter(f"{_W}tr")):
        inner = {
            paragraph
            for nested in row.iter(f"{_W}tr")
            if nested is not row
            for paragraph in nested.iter(f"{_W}p")
        }
        own = (_text(paragraph) for paragraph in row.iter(f"{_W}p") if paragraph not in inner)
        listed = _lists_in(own, values)
        if listed:
            _repeat([row], listed, values)


def _repeat_paragraphs(part: Xml, values: Values) -> None:
    """Neighbouring paragraphs that speak of one list are repeated together, item by item."""
    block: list[Xml] = []
    spoken = ""
    for paragraph in [*part.iter(f"{_W}p"), None]:
        listed = "" if paragraph is None else _lists_in([_text(paragraph)], values)
        beside = bool(block) and paragraph is not None and block[-1].getnext() is paragraph
        if block and (listed != spoken or not beside):
            _repeat(block, spoken, values)
            block = []
        if listed and paragraph is not None:
            block.append(paragraph)
        spoken = listed


def _repeat(block: Sequence[Xml], listed: str, values: Values) -> None:
    anchor = block[-1]
    for item in reversed(_items(values, listed)):
        fields = {f"{listed}.{name}": text for name, text in item.items()}
        for held in reversed(block):
            made = copy.deepcopy(held)
            anchor.addnext(made)
            # A row holds paragraphs; a paragraph is its own.
            for paragraph in list(made.iter(f"{_W}p")):
                _fill_paragraph(paragraph, fields)
    for held in block:
        parent = held.getparent()
        if parent is not None:
            parent.remove(held)


def _fill_paragraph(paragraph: Xml, values: Values) -> None:
    """Every field of a paragraph, from the last to the first, so that places found before stay right."""
    text = _text(paragraph)
    found = [match for match in _FIELD.finditer(text) if isinstance(values.get(_name(match)), str)]
    for match in reversed(found):
        value = values[_name(match)]
        assert isinstance(value, str)
        lines = [_guarded(printable(line)) for line in value.split("\n")]
        if len(lines) > 1 and match.group(0) == text.strip():
            _as_paragraphs(paragraph, match, lines)
        else:
            _replace(paragraph, match.start(), match.end(), lines)


# Rare characters of names stand at U+E000 to U+F8FF (domain/checks.py); nobody writes on the last plane.
_GUARDS = {ord(brace): 0x10E000 + at for at, brace in enumerate("{}｛｝")}
_FREED = {guard: brace for brace, guard in _GUARDS.items()}


def _guarded(text: str) -> str:
    """Braces of a value stand for themselves: they are hidden until all is filled, so that no value is a field."""
    return text.translate(_GUARDS)


def _name(match: re.Match[str]) -> str:
    return match[1] if match[1] is not None else match[2]


def _as_paragraphs(paragraph: Xml, match: re.Match[str], lines: Sequence[str]) -> None:
    """A field that stands alone in its paragraph takes a paragraph for each line, set alike."""
    for line in reversed(lines[1:]):
        made = copy.deepcopy(paragraph)
        _replace(made, match.start(), match.end(), [line])
        paragraph.addnext(made)
    _replace(paragraph, match.start(), match.end(), [lines[0]])


def _replace(paragraph: Xml, start: int, end: int, lines: Sequence[str]) -> None:
    """Puts lines in place of characters start to end; they look as the first character of the field did."""
    at = 0
    written = False
    for held in list(_own_texts(paragraph)):
        text = held.text or ""
        first, last = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if first >= last:
            continue
        before, after = text[:first], text[last:]
        if written:
            _set_text(held, before + after)
            continue
        written = True
        _set_text(held, before + lines[0] + (after if len(lines) == 1 else ""))
        place = held
        for number, line in enumerate(lines[1:], 1):
            place = _break_after(place)
            place = _text_after(place, line + (after if number == len(lines) - 1 else ""))


def _set_text(held: Xml, text: str) -> None:
    held.text = text
    held.set(_SPACE, "preserve")


def _set_tabs(held: Xml) -> None:
    """A tab of a value is a tab of Word's own: within a text programs show a space, or nothing."""
    first, *others = (held.text or "").split("\t")
    if not others:
        return
    _set_text(held, first)
    place = held
    for words in others:
        tab: Xml = place.makeelement(f"{_W}tab", {})
        place.addnext(tab)
        place = _text_after(tab, words)


def _break_after(place: Xml) -> Xml:
    made: Xml = place.makeelement(f"{_W}br", {})
    place.addnext(made)
    return made


def _text_after(place: Xml, text: str) -> Xml:
    made: Xml = place.makeelement(f"{_W}t", {})
    place.addnext(made)
    _set_text(made, text)
    return made
