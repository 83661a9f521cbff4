"""An official document in a layout the office made itself: what ours says, told by its elements, fills the template.

The elements are read from the document we make, so that no field is listed a second time: the built-in layout and a
template of the office always say the same.
"""

from __future__ import annotations

import copy
import io
import itertools
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from lianxin.documents.letterhead import letter_page
from lianxin.documents.measuring.elements import Element, documents_of
from lianxin.documents.measuring.faces import HEITI, KAITI, Family
from lianxin.documents.measuring.reading import Run, read_document
from lianxin.documents.official import (
    BODY,
    FIRST_LEVEL,
    SECOND_LEVEL,
    add_blank,
    add_sealed_signature,
    add_text,
    add_title,
    official_page,
)
from lianxin.documents.package import unzipped, zipped
from lianxin.documents.templates import Item, Values, fill_template
from lianxin.documents.word import Layout, Piece, begin_anew, document_bytes

if TYPE_CHECKING:
    from docx.document import Document

_TEXT, _ATTACHED = "正文", "附件"
_ROLES = {
    "标题": "title",
    "文号": "number",
    "主送": "addressee",
    "署名": "signer",
    "成文日期": "date",
    "附注": "note",
}
_LINE: Item = {"小标题": "", "二级标题": "", "内容": ""}
_APART = ("title", "number", "addressee", "signer", "date", "note", "blank", "annex")


def field_names() -> Values:
    """The fields every official document has, without their values."""
    return {**dict.fromkeys(_ROLES, ""), _TEXT: [_LINE], _ATTACHED: [{"说明": ""}]}


def told_by(official: bytes) -> tuple[Values, ...]:
    """What each document of a file says, field by field. Raises NotMeasurable."""
    return tuple(_values(elements) for elements in documents_of(read_document(official).paragraphs))


def fill_own(template: bytes, official: bytes, more: Sequence[Mapping[str, str]]) -> bytes:
    """The template filled with what our document says and with `more` fields, those of each document of the file.

    Raises TemplateProblem, NotMeasurable.
    """
    own = itertools.chain(more, itertools.repeat(more[-1] if more else {}))
    filled = [
        fill_template(template, {**fields, **values})
        for fields, values in zip(own, told_by(official), strict=False)
    ]
    return filled[0] if len(filled) == 1 else _one_after_the_other(filled)


def shipped_template(issuer: str, day: date, *, letter: bool) -> bytes:
    """Our own layout as a template, for the office to change; `letter` with the red mark of the sender."""
    number = "{{文号}}"
    document = letter_page(issuer, number=number) if letter else official_page()
    if letter:
        add_blank(document)
    add_title(document, "{{标题}}")
    if not letter:
        add_text(document, [Piece(number, BODY)], Layout(align="center"))
    add_blank(document)
    add_text(document, [Piece("{{主送}}", BODY)], Layout())
    add_text(
        document,
        [
            Piece(f"{{{{{_TEXT}.小标题}}}}", FIRST_LEVEL),
            Piece(f"{{{{{_TEXT}.二级标题}}}}", SECOND_LEVEL),
            Piece(f"{{{{{_TEXT}.内容}}}}", BODY),
        ],
    )
    add_text(document, [Piece(f"{{{{{_ATTACHED}.说明}}}}", BODY)], Layout(first=2))
    add_sealed_signature(document, issuer, day)
    for paragraph, field in zip(document.paragraphs[-2:], ("署名", "成文日期"), strict=True):
        # Placed as the name of this office asks; a template has one office only.
        paragraph.runs[0].text = f"{{{{{field}}}}}"
    if letter:
        document.sections[0].first_page_header.paragraphs[0].runs[0].text = "{{署名}}"
    add_text(document, [Piece("{{附注}}", BODY)])
    return document_bytes(document, title="文书模板", author=issuer)


def _values(elements: Sequence[Element]) -> Values:
    def said(role: str, between: str) -> str:
        return between.join(each.paragraph.text for each in elements if each.role == role)

    values: dict[str, str | Sequence[Item]] = {
        name: said(role, "\n" if role == "title" else "") for name, role in _ROLES.items()
    }
    # A number of our own register, such as 2026-DB0003, is none of the standard's.
    values["文号"] = said("number", "") or said("mark", "")
    values[_TEXT] = [_line(each) for each in elements if each.role not in (*_APART, "attachment", "mark")]
    values[_ATTACHED] = [{"说明": each.paragraph.text} for each in elements if each.role == "attachment"]
    return values


def _line(element: Element) -> Item:
    """A paragraph by its faces: what is set as a heading of the first or second level, and the rest."""
    runs = element.paragraph.runs
    first = _leading(runs, HEITI)
    second = _leading(runs[len(first) :], KAITI)
    rest = runs[len(first) + len(second) :]
    parts = ("".join(run.text for run in part).strip() for part in (first, second, rest))
    return dict(zip(_LINE, parts, strict=True))


def _leading(runs: Sequence[Run], family: Family) -> Sequence[Run]:
    count = 0
    while count < len(runs) and runs[count].east.lower() in family.same:
        count += 1
    return runs[:count]


def _one_after_the_other(filled: Sequence[bytes]) -> bytes:
    """Several fillings of one template as one document: they share its styles, headers and pictures."""
    from docx import Document as open_document

    whole: Document = open_document(io.BytesIO(filled[0]))
    body = whole.element.body
    for each in filled[1:]:
        begin_anew(whole)
        other: Document = open_document(io.BytesIO(each))
        for block in other.element.body.iterchildren():
            if not block.tag.endswith("}sectPr"):
                body.insert(len(body) - 1, copy.deepcopy(block))
    held = io.BytesIO()
    whole.save(held)
    return zipped(unzipped(held.getvalue()))
