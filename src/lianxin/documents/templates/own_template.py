"""An official document in a layout the office made itself: what ours says, told by its elements, fills the template.

The elements are read from the document we make, so that no field is listed a second time: the built-in layout and a
template of the office always say the same.
"""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from lianxin.documents.measuring.elements import APPROVER, Element, documents_of
from lianxin.documents.measuring.faces import HEITI, KAITI, Family
from lianxin.documents.measuring.reading import Paragraph, Run, read_document
from lianxin.documents.official.imprint import add_imprint
from lianxin.documents.official.letterhead import letter_page
from lianxin.documents.official.meeting_summary import add_summary_head
from lianxin.documents.official.page import (
    BODY,
    FIRST_LEVEL,
    SECOND_LEVEL,
    add_blank,
    add_sealed_signature,
    add_text,
    add_title,
    official_page,
)
from lianxin.documents.official.red_head import LINES_ABOVE_TITLE, file_page
from lianxin.documents.templates.carried import Carried
from lianxin.documents.templates.filling import Item, Values, fill_template, names_in
from lianxin.documents.templates.form_template import LINE, made_form, whole_tables, without_lines_of
from lianxin.documents.word.form_page import number_pages
from lianxin.documents.word.package import opened, saved
from lianxin.documents.word.paper_form import FORM_TITLE, form_page, form_title
from lianxin.documents.word.person_names import name_lines
from lianxin.documents.word.text import Face, Layout, Piece, across, begin_anew, document_bytes
from lianxin.documents.word.type_area import CHARACTERS_A_LINE

if TYPE_CHECKING:
    from docx.document import Document

_TEXT, _ATTACHED, _NAMES = "正文", "附件", "名单"
Look = Literal["document", "file", "upward", "letter", "summary", "form"]
"""How an official document begins: with its title, with the 版头 of a 文件, of one that goes up, of a letter, of a 纪要."""
_ROLES = {
    "标题": "title",
    "文号": "number",
    "主送": "addressee",
    "署名": "signer",
    "成文日期": "date",
    "附注": "note",
}
_OF_HEAD = ("标志", "期号", "签发人", "印发机关", "印发日期", "分送")
_LINE: Item = {"小标题": "", "二级标题": "", "内容": ""}
_NAMED: Item = {"类别": "", "姓名": ""}
_ISSUE = re.compile(r"第.{0,4}期")
_ISSUED = re.compile(r"(.*?)([\d\u3000]*年[\d\u3000]+月[\d\u3000]+日)")
_APART = ("title", "number", "addressee", "signer", "date", "note", "blank", "annex")


def field_names() -> Values:
    """The fields every official document has, without their values."""
    return {
        **dict.fromkeys((*_ROLES, *_OF_HEAD), ""),
        _TEXT: [_LINE],
        _ATTACHED: [{"说明": ""}],
        _NAMES: [_NAMED],
    }


_FORM_HEAD, _FORM_TEXT = Face("黑体", 12), Face("仿宋_GB2312", 12)
FIELDS = frozenset(field_names())
"""The names that stand for themselves in every template: a cell with such a label has another one."""


def fill_own(
    template: bytes, official: bytes, more: Sequence[Mapping[str, str]], *, cells: Values | None = None
) -> bytes:
    """The template filled with what our document says and with `more` fields, those of each document of the file.

    `cells` are the names a form's cells can have. A template that names any of them places the tables itself; in
    another one they stand where they are in our document. Raises TemplateProblem, NotMeasurable.
    """
    own = itertools.chain(more, itertools.repeat(more[-1] if more else {}))
    form = made_form(official)
    placed = cells if cells is not None and _names_any(template, cells) else {}
    carried = whole_tables(form.carried) if placed else form.carried
    filled = []
    for fields, elements in zip(own, _documents(official), strict=False):
        values = {**fields, **placed, **_values(elements, carried)}
        if placed:
            values |= without_lines_of(template, form.told(elements, FIELDS))
        filled.append(fill_template(template, values))
    return carried.put_into(filled[0] if len(filled) == 1 else _one_after_the_other(filled))


def cell_names(example: bytes) -> Values:
    """The names that the cells of a form have, and the places of its lines, without what they say."""
    form, elements = made_form(example), next(_documents(example))
    return {
        name: "" if isinstance(value, str) else [dict.fromkeys(value[0] if value else (LINE,), "")]
        for name, value in form.told(elements, FIELDS).items()
    }


def _documents(official: bytes) -> Iterator[Sequence[Element]]:
    for paragraphs in _by_title(read_document(official).paragraphs):
        yield from (elements for elements in documents_of(paragraphs) if elements[0].role != "annex")


def _by_title(paragraphs: Sequence[Paragraph]) -> Iterator[Sequence[Paragraph]]:
    """A form of several records begins each with the same line at the top of a page, however small it is set."""
    title = next((each.text for each in paragraphs if each.text), "")
    begun = 0
    for at, paragraph in enumerate(paragraphs):
        if (
            at > begun
            and paragraph.new_page
            and title == next((e.text for e in paragraphs[at:] if e.text), "")
        ):
            yield paragraphs[begun:at]
            begun = at
    yield paragraphs[begun:]


def _names_any(template: bytes, cells: Values) -> bool:
    own = frozenset(cells) - FIELDS
    return any(name.partition(".")[0] in own for name in names_in(template))


def shipped_template(issuer: str, day: date, *, look: Look) -> bytes:
    """Our own layout as a template, for the office to change: a letter has the red mark of the sender, a summary its
    own.
    """
    if look == "summary":
        return _shipped_summary(issuer)
    if look == "form":
        return _shipped_form(issuer)
    document = _shipped_page(issuer, look)
    add_title(document, "{{标题}}")
    if look == "document":
        add_text(document, [Piece("{{文号}}", BODY)], Layout(align="center"))
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
    add_text(document, [Piece("{{附注}}", BODY)])
    if look in ("file", "upward"):
        add_imprint(document, ("{{印发机关}}\t{{印发日期}}印发",), even=False)
    return document_bytes(document, title="文书模板", author=issuer)


def _shipped_page(issuer: str, look: Look) -> Document:
    """The page down to the title. The mark is set in the size that the name of this office asks."""
    number = "{{文号}}"
    if look == "letter":
        document = letter_page(issuer, number=number)
        document.sections[0].first_page_header.paragraphs[0].runs[0].text = "{{署名}}"
        add_blank(document, LINES_ABOVE_TITLE)
        return document
    if look in ("file", "upward"):
        document = file_page(issuer, number=number, approver="{{签发人}}" if look == "upward" else None)
        document.paragraphs[0].runs[0].text = "{{标志}}"
        return document
    return official_page()


def _shipped_form(issuer: str) -> bytes:
    """A paper of headings and tables: its title, its lines, the tables behind them with their own widths."""
    from docx.shared import Mm

    document = form_page()
    number_pages(document)
    section = document.sections[0]
    section.left_margin, section.right_margin = Mm(25), Mm(15)
    section.top_margin, section.bottom_margin, section.footer_distance = Mm(18), Mm(18), Mm(9)
    form_title(document, "{{标题}}", FORM_TITLE, 30)
    heading, second, text = (f"{{{{{_TEXT}.{name}}}}}" for name in _LINE)
    for pieces, align in (
        ([Piece("{{文号}}{{主送}}", _FORM_TEXT)], "left"),
        ([Piece(heading, _FORM_HEAD), Piece(second + text, _FORM_TEXT)], "left"),
        ([Piece("{{署名}}", _FORM_TEXT)], "right"),
        ([Piece("{{成文日期}}{{附注}}", _FORM_TEXT)], "right"),
    ):
        add_text(document, pieces, Layout(align="left" if align == "left" else "right", line=20, size=12))
    return document_bytes(document, title="文书模板", author=issuer)


def _shipped_summary(issuer: str) -> bytes:
    document = official_page()
    add_summary_head(document, f"{issuer}会议纪要", "{{期号}}", "{{印发机关}}", "{{印发日期}}")
    document.paragraphs[0].runs[0].text = "{{标志}}"
    add_blank(document, LINES_ABOVE_TITLE)
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
    numbers = [each.number for each in elements if each.role == "number"]
    # A number of our own register, such as 2026-DB0003, is none of the standard's.
    values["文号"] = "".join(numbers) or said("mark", "")
    head = _of_head(elements)
    values.update(head)
    apart: tuple[str, ...] = (*_APART, "attachment", "mark")
    if head["标志"]:
        # Only what has a head has these places too; in other documents a copy stands among the text.
        values["文号"] = "".join(numbers)
        apart = (*apart, "list", "copies") if head["期号"] else (*apart, "copies")
    listed = [each.paragraph.text.partition("：") for each in elements if each.role == "list"]
    values[_NAMES] = [
        {"类别": kind, "姓名": _whole_names(names, across(f"{kind}：") + 2)}
        for kind, _, names in listed
        if head["期号"]
    ]
    values[_TEXT] = _lines(elements, apart, carried)
    attached = [each.paragraph.text for each in elements if each.role == "attachment"]
    # The names stand below one another, behind the word 附件.
    values[_ATTACHED] = [{"说明": f"{'　　　' if at else ''}{text}"} for at, text in enumerate(attached)]
    return values


def _whole_names(names: str, left: float) -> str:
    """The names in lines that cut none of them; `left` characters of a line are taken by what stands before."""
    return "\n".join(name_lines(names.split("、"), CHARACTERS_A_LINE - left - 1))


def _of_head(elements: Sequence[Element]) -> dict[str, str]:
    """Mark and issue above the title of a 纪要 or a 文件, who signed it, who issues it; all empty for another document."""
    marks = [each.paragraph for each in elements if each.role == "mark"]
    told = dict.fromkeys(_OF_HEAD, "")
    if not any(mark.red for mark in marks):
        return told
    copies = [each.paragraph.text for each in elements if each.role == "copies"]
    signed = (APPROVER.search(each.paragraph.text) for each in elements if each.role == "number")
    told["标志"] = marks[0].text
    told["期号"] = next((mark.text for mark in marks if _ISSUE.fullmatch(mark.text)), "")
    told["签发人"] = next((found["name"].strip() for found in signed if found), "")
    told["分送"] = next((words for words in copies if not _ISSUED.match(words)), "")
    issued = (_ISSUED.match(words) for words in (*(mark.text for mark in marks), *copies))
    for found in issued:
        if found is not None:
            told["印发机关"], told["印发日期"] = found[1].strip(), found[2]
            break
    return told


def _lines(elements: Sequence[Element], apart: Sequence[str], carried: Carried) -> list[Item]:
    """The paragraphs of the text, each with the marks of the tables that follow before the next one."""
    own = [each for each in elements if each.role not in apart]
    last = max((each.paragraph.number for each in elements), default=0)
    ends = [each.paragraph.number - 1 for each in own[1:]] + [last] * bool(own)
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
    heading, second_heading, text = ("".join(run.text for run in part) for part in (first, second, rest))
    # The gap between a heading and what stands behind it is their own; that before a paragraph is its layout's.
    text = text.rstrip() if heading or second_heading else text.strip()
    return dict(zip(_LINE, (heading.strip(), second_heading.strip(), text), strict=True))


def _leading(runs: Sequence[Run], family: Family) -> Sequence[Run]:
    count = 0
    while count < len(runs) and runs[count].east.lower() in family.same:
        count += 1
    return runs[:count]


def _one_after_the_other(filled: Sequence[bytes]) -> bytes:
    """Several fillings of one template as one document: they share its styles, headers and pictures."""
    whole = opened(filled[0])
    body = whole.element.body
    for each in filled[1:]:
        begin_anew(whole)
        for block in opened(each).element.body.iterchildren():
            if not block.tag.endswith("}sectPr"):
                body.insert(len(body) - 1, copy.deepcopy(block))
    return saved(whole)
