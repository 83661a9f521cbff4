"""An official document in a layout the office made itself: what ours says, told by its elements, fills the template.

The elements are read from the document we make, so that no field is listed a second time: the built-in layout and a
template of the office always say the same.
"""

from __future__ import annotations

import copy
import io
import itertools
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from lianxin.documents.carried import Carried, carried_by
from lianxin.documents.form_page import number_pages
from lianxin.documents.imprint import add_imprint
from lianxin.documents.letterhead import letter_page
from lianxin.documents.measuring.elements import Element, documents_of
from lianxin.documents.measuring.faces import HEITI, KAITI, Family
from lianxin.documents.measuring.reading import Run, read_document
from lianxin.documents.meeting_summary import add_summary_head
from lianxin.documents.official import (
    BODY,
    CHARACTERS_A_LINE,
    FIRST_LEVEL,
    SECOND_LEVEL,
    add_blank,
    add_sealed_signature,
    add_text,
    add_title,
    official_page,
)
from lianxin.documents.package import unzipped, zipped
from lianxin.documents.paper_form import FORM_TITLE, SMALL, form_page, form_title
from lianxin.documents.person_names import name_lines
from lianxin.documents.red_head import LINES_ABOVE_TITLE
from lianxin.documents.templates import Item, Values, fill_template
from lianxin.documents.word import Layout, Piece, across, begin_anew, document_bytes

if TYPE_CHECKING:
    from docx.document import Document

_TEXT, _ATTACHED, _NAMES = "正文", "附件", "名单"
Look = Literal["document", "letter", "summary", "form"]
_ROLES = {
    "标题": "title",
    "文号": "number",
    "主送": "addressee",
    "署名": "signer",
    "成文日期": "date",
    "附注": "note",
}
_OF_SUMMARY = ("标志", "期号", "印发机关", "印发日期", "分送")
_LINE: Item = {"小标题": "", "二级标题": "", "内容": ""}
_NAMED: Item = {"类别": "", "姓名": ""}
_ISSUE = re.compile(r"第.{0,4}期")
_ISSUED = re.compile(r"(.*?)(\d{4}年\d{1,2}月\d{1,2}日)")
_APART = ("title", "number", "addressee", "signer", "date", "note", "blank", "annex")


def field_names() -> Values:
    """The fields every official document has, without their values."""
    return {
        **dict.fromkeys((*_ROLES, *_OF_SUMMARY), ""),
        _TEXT: [_LINE],
        _ATTACHED: [{"说明": ""}],
        _NAMES: [_NAMED],
    }


def _told_by(official: bytes, carried: Carried) -> tuple[Values, ...]:
    documents = documents_of(read_document(official).paragraphs)
    return tuple(_values(elements, carried) for elements in documents if elements[0].role != "annex")


def fill_own(template: bytes, official: bytes, more: Sequence[Mapping[str, str]]) -> bytes:
    """The template filled with what our document says and with `more` fields, those of each document of the file.

    Raises TemplateProblem, NotMeasurable.
    """
    own = itertools.chain(more, itertools.repeat(more[-1] if more else {}))
    carried = carried_by(official)
    filled = [
        fill_template(template, {**fields, **values})
        for fields, values in zip(own, _told_by(official, carried), strict=False)
    ]
    return carried.put_into(filled[0] if len(filled) == 1 else _one_after_the_other(filled))


def shipped_template(issuer: str, day: date, *, look: Look) -> bytes:
    """Our own layout as a template, for the office to change: a letter has the red mark of the sender, a summary its
    own.
    """
    if look == "summary":
        return _shipped_summary(issuer)
    if look == "form":
        return _shipped_form(issuer)
    number, letter = "{{文号}}", look == "letter"
    document = letter_page(issuer, number=number) if letter else official_page()
    if letter:
        add_blank(document, LINES_ABOVE_TITLE)
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
    add_text(document, [Piece(f"{{{{{_ATTACHED}.说明}}}}", BODY)], Layout(align="left", left=2))
    add_sealed_signature(document, issuer, day)
    for paragraph, field in zip(document.paragraphs[-2:], ("署名", "成文日期"), strict=True):
        # Placed as the name of this office asks; a template has one office only.
        paragraph.runs[0].text = f"{{{{{field}}}}}"
    if letter:
        document.sections[0].first_page_header.paragraphs[0].runs[0].text = "{{署名}}"
    add_text(document, [Piece("{{附注}}", BODY)])
    return document_bytes(document, title="文书模板", author=issuer)


def _shipped_form(issuer: str) -> bytes:
    """A form is its title, its tables and the few lines around them; the tables keep their own widths."""
    from docx.shared import Mm

    document = form_page()
    number_pages(document)
    # A form fills its page: lines that stay empty may take no more room than its own had.
    section = document.sections[0]
    section.top_margin, section.bottom_margin, section.footer_distance = Mm(10), Mm(12), Mm(5)
    form_title(document, "{{标题}}", FORM_TITLE, 28)
    add_text(document, [Piece("{{文号}}{{主送}}", SMALL)], Layout(align="left", line=14, size=10.5))
    words = "".join(f"{{{{{_TEXT}.{name}}}}}" for name in _LINE)
    add_text(document, [Piece(words, SMALL)], Layout(align="left", line=14, size=10.5))
    add_text(
        document, [Piece("{{署名}}　{{成文日期}}{{附注}}", SMALL)], Layout(align="right", line=14, size=10.5)
    )
    return document_bytes(document, title="文书模板", author=issuer)


def _shipped_summary(issuer: str) -> bytes:
    document = official_page()
    add_summary_head(document, "{{标志}}", "{{期号}}", "{{印发机关}}", "{{印发日期}}")
    add_blank(document)
    add_title(document, "{{标题}}")
    add_blank(document)
    add_text(
        document,
        [
            Piece(f"{{{{{_TEXT}.小标题}}}}", FIRST_LEVEL),
            Piece(f"{{{{{_TEXT}.二级标题}}}}", SECOND_LEVEL),
            Piece(f"{{{{{_TEXT}.内容}}}}", BODY),
        ],
    )
    add_blank(document)
    pieces = [Piece(f"{{{{{_NAMES}.类别}}}}：", FIRST_LEVEL), Piece(f"{{{{{_NAMES}.姓名}}}}", BODY)]
    add_text(document, pieces, Layout(align="left", left=5, hanging=3))
    add_imprint(document, ("{{分送}}", "{{印发机关}}\t{{印发日期}}印发"), even=False)
    return document_bytes(document, title="文书模板", author=issuer)


def _values(elements: Sequence[Element], carried: Carried) -> Values:
    def said(role: str, between: str) -> str:
        return between.join(each.paragraph.text for each in elements if each.role == role)

    values: dict[str, str | Sequence[Item]] = {
        name: said(role, "\n" if role == "title" else "") for name, role in _ROLES.items()
    }
    # A number of our own register, such as 2026-DB0003, is none of the standard's.
    values["文号"] = said("number", "") or said("mark", "")
    summary = _of_summary([each.paragraph.text for each in elements if each.role == "mark"])
    values.update(summary)
    apart: tuple[str, ...] = (*_APART, "attachment", "mark")
    if summary["标志"]:
        # Only a summary has these places; in other documents a copy stands among the text.
        values["文号"] = ""
        apart = (*apart, "list", "copies")
    listed = [each.paragraph.text.partition("：") for each in elements if each.role == "list"]
    values[_NAMES] = [
        {"类别": kind, "姓名": _whole_names(names, across(f"{kind}：") + 2)}
        for kind, _, names in listed
        if summary["标志"]
    ]
    copies = (each.paragraph.text for each in elements if each.role == "copies")
    values["分送"] = next((words for words in copies if summary["标志"]), "")
    values[_TEXT] = _lines(elements, apart, carried)
    attached = [each.paragraph.text for each in elements if each.role == "attachment"]
    # The names stand below one another, behind the word 附件.
    values[_ATTACHED] = [{"说明": f"{'　　　' if at else ''}{text}"} for at, text in enumerate(attached)]
    return values


def _whole_names(names: str, left: float) -> str:
    """The names in lines that cut none of them; `left` characters of a line are taken by what stands before."""
    return "\n".join(name_lines(names.split("、"), CHARACTERS_A_LINE - left - 1))


def _of_summary(marks: Sequence[str]) -> dict[str, str]:
    """Mark, issue and issuer of a 纪要 from the lines above its title; all empty for another document."""
    issue = next((text for text in marks if _ISSUE.fullmatch(text)), "")
    told = dict.fromkeys(_OF_SUMMARY, "")
    if issue:
        issued = next((found for text in marks if (found := _ISSUED.fullmatch(text))), None)
        told["标志"], told["期号"] = marks[0], issue
        if issued is not None:
            told["印发机关"], told["印发日期"] = issued[1].strip(), issued[2]
    return told


def _lines(elements: Sequence[Element], apart: Sequence[str], carried: Carried) -> list[Item]:
    """The paragraphs of the text, each with the marks of the tables that follow before the next one."""
    own = [each for each in elements if each.role not in apart]
    last = max((each.paragraph.number for each in elements), default=0)
    ends = [each.paragraph.number - 1 for each in own[1:]] + [last]
    first = min((each.paragraph.number for each in elements), default=0)
    # A form has its table right behind the title, before any text of its own.
    leading = carried.marks(first, own[0].paragraph.number - 1 if own else last)
    lines: list[Item] = [{**_LINE, "内容": leading}] if leading else []
    for element, end in zip(own, ends, strict=True):
        line = _line(element)
        lines.append({**line, "内容": line["内容"] + carried.marks(element.paragraph.number, end)})
    return lines


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
