"""代表接待选民登记表: one visit on one page, blank for the pen or filled in from the record (domain.md 4.1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianxin.documents.word.form_table import FormCell, FormRow, add_form
from lianxin.documents.word.text import (
    Face,
    Layout,
    Piece,
    across,
    add_field,
    add_run,
    document_bytes,
    lay,
    new_document,
)
from lianxin.documents.word.type_area import POINTS_A_MM
from lianxin.domain import codes
from lianxin.domain.codes import CodeList
from lianxin.domain.dates import show_day
from lianxin.domain.records import Assignment, Contact, Opinion, Reply, Satisfaction, Visitor

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

TITLE = "代表接待选民登记表"
PRIVACY_NOTICE = (
    "个人信息告知：本表所填个人信息只用于登记、转办和向您反馈所反映的事项，由镇人大专人保管，不向无关人员提供；"
    "您可以匿名，可以要求保密，也可以要求查阅、更正。"
)
CONTINUED = "……（接附页）"
WRITING_LINES = 8
SIGNATURE_HEIGHT = 14.0
"""Millimetres; 12 are the least (domain.md 9.6)."""

_WIDTH = 172.0
_LABEL = 24.0
_TITLE = Face("方正小标宋简体", 20)
_HEAD = Face("黑体", 10.5)
_TEXT = Face("仿宋_GB2312", 12)
_SMALL = Face("仿宋_GB2312", 10.5, latin="仿宋_GB2312")
_TINY = Face("仿宋_GB2312", 9, latin="仿宋_GB2312")
_CATEGORIES = Face("仿宋_GB2312", 9.5, latin="仿宋_GB2312")
_FOOT = Face("宋体", 9, latin="宋体")
_LINE_MM = 8.5
_TICKED, _OPEN = "☑", "□"
_COLUMNS = 4


@dataclass(frozen=True)
class ReceptionSheet:
    """What is known of one visit; a sheet of nothing is the blank form.

    `deputies` such as 周桂兰（县）、龙志明（镇); `company` who came along.
    Steps are those of the first opinion; `went` says where it went when no unit was handed it. Holds personal data: for this office only.
    """

    contact: Contact | None = None
    visitors: tuple[Visitor, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    assignment: Assignment | None = None
    reply: Reply | None = None
    satisfaction: Satisfaction | None = None
    went: str = ""
    deputies: str = ""
    company: str = ""


Names = Callable[[str, str], str]
_Lines = tuple[tuple[Piece, ...], ...]


def reception_form_docx(
    sheet: ReceptionSheet,
    *,
    office_name: str,
    names: Names,
    paper_number: str = "",
    announce_days: int = 3,
) -> bytes:
    """The form on one A4 page, its fields in the order of the screen.

    `paper_number` is the pre-printed 表号 of a blank form. Original words too long for the page go on an annex.
    """
    document = _page(announce_days)
    _head(document, sheet, office_name, paper_number)
    words = sheet.contact.words if sheet.contact else ""
    shown, rest = _fitting(words)
    add_form(document, _rows(sheet, names, shown))
    if rest:
        _annex(document, rest)
    return document_bytes(document, title=TITLE, author=office_name)


def blank_forms_docx(
    paper_numbers: Sequence[str], *, office_name: str, names: Names, announce_days: int = 3
) -> bytes:
    """Blank forms with these 表号, one a page, to be printed in one job."""
    document = _page(announce_days, one_page=True)
    for place, number in enumerate(paper_numbers):
        title = _head(document, ReceptionSheet(), office_name, number)
        title.paragraph_format.page_break_before = place > 0
        add_form(document, _rows(ReceptionSheet(), names, ""))
    return document_bytes(document, title=TITLE, author=office_name)


def _page(announce_days: int, *, one_page: bool = False) -> Document:
    from docx.shared import Mm

    document = new_document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    # The binding edge of a form is 25 mm (domain.md 9.6).
    section.left_margin, section.right_margin = Mm(25), Mm(13)
    section.top_margin, section.bottom_margin = Mm(12), Mm(16)
    section.header_distance, section.footer_distance = Mm(6), Mm(6)
    foot = section.footer
    foot.is_linked_to_previous = False
    steps = foot.paragraphs[0]
    lay(steps, Layout(align="center", line=12, size=9))
    add_run(
        steps,
        f"事前提前{announce_days}天公告、佩戴代表证；事中登记、宣传、解释；"
        "事后分类整理拟办、转交、督办、反馈、归档并报县人大。",
        _FOOT,
    )
    pages = foot.add_paragraph()
    lay(pages, Layout(align="center", line=12, size=9))
    if one_page:
        # Each form stands for itself, however many are printed in one job.
        add_run(pages, "第1页 共1页", _FOOT)
        return document
    add_run(pages, "第", _FOOT)
    add_field(pages, "PAGE", _FOOT)
    add_run(pages, "页 共", _FOOT)
    add_field(pages, "NUMPAGES", _FOOT)
    add_run(pages, "页", _FOOT)
    return document


def _head(document: Document, sheet: ReceptionSheet, office_name: str, paper_number: str) -> Paragraph:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    title = document.add_paragraph()
    lay(title, Layout(align="center", line=30, size=20))
    add_run(title, TITLE, _TITLE)
    under = document.add_paragraph()
    lay(under, Layout(align="left", line=20, size=10.5))
    under.paragraph_format.tab_stops.add_tab_stop(Mm(_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    number = (sheet.contact.number if sheet.contact else None) or "＿＿＿＿＿＿＿＿＿＿"
    paper = (sheet.contact.paper_number if sheet.contact else None) or paper_number
    paper = paper or ("" if sheet.contact else "＿＿＿＿＿＿")
    numbers = f"{Contact.spec('number').label}：{number}" + (f"　表号：{paper}" if paper else "")
    add_run(under, f"{office_name}\t{numbers}", _SMALL)
    return title


def _rows(sheet: ReceptionSheet, names: Names, words: str) -> Sequence[FormRow]:
    contact, reply, assignment = sheet.contact, sheet.reply, sheet.assignment
    unit = names("unit", assignment.unit) if assignment else sheet.went
    due = show_day(assignment.due) if assignment and assignment.due else ""
    return (
        _pair("接待时间", _when(contact), "接待地点", _where(contact, names), 10),
        _pair(
            f"{Contact.spec('deputies').label}\n及级别",
            sheet.deputies or (contact.deputies if contact else "") or "",
            "陪同/记录人",
            _company(sheet),
            12,
        ),
        *_visitor_rows(sheet, names),
        _words_row(words),
        _row(Contact.spec("request").label, _text((contact.request if contact else "") or ""), 13),
        _row(Contact.spec("proposal").label, _text((contact.proposal if contact else "") or ""), 13),
        _category_row({one.category for one in sheet.opinions}),
        _row(Contact.spec("answered").label, _answer(contact), 16),
        _pair("转交单位", unit, Assignment.spec("due").label, due, 10),
        _row(Reply.spec("result").label, _result(reply), 15),
        _row("反馈情况", _feedback(sheet.satisfaction), 13),
        _pair("来访人签名", "", "代表签名", "", SIGNATURE_HEIGHT),
        FormRow(12, (FormCell(_WIDTH, (_piece(_notice(sheet), _SMALL),)),)),
    )


def _visitor_rows(sheet: ReceptionSheet, names: Names) -> tuple[FormRow, FormRow]:
    first = sheet.visitors[0] if sheet.visitors else None
    sex = {first.sex} if first and first.sex else set[str]()
    age = {first.age} if first and first.age else set[str]()
    persons = str(sheet.contact.persons) if sheet.contact else ""
    top = FormRow(
        10,
        (
            _label("来访人", 14, joined="restart"),
            _label("姓名", 12),
            _value(_visitor_names(sheet), 46),
            _label(Visitor.spec("sex").label, 11),
            FormCell(20, (_piece(_ticked(codes.SEX, sex, " "), _SMALL),)),
            _label(Visitor.spec("phone").label, 12),
            _value((first.phone if first else "") or "", 57),
        ),
    )
    bottom = FormRow(
        10,
        (
            _label("", 14, joined="continue"),
            _label("住址", 12),
            _value(_address(first, names), 55),
            _label("年龄", 11),
            FormCell(52, _two_lines(codes.AGE_BAND, age), Layout(align="left", line=12, size=9)),
            _label(Contact.spec("persons").label, 12),
            _value(persons, 16, middle=True),
        ),
    )
    return top, bottom


def _visitor_names(sheet: ReceptionSheet) -> str:
    known = [one.name for one in sheet.visitors if one.name and not one.anonymous]
    shown = "、".join(known[:2])
    if len(known) > 2:
        shown += f"等{len(known)}人"
    if not shown and sheet.visitors and sheet.visitors[0].anonymous:
        shown = "（匿名）"
    return shown + ("（保密）" if any(one.confidential for one in sheet.visitors) else "")


def _address(visitor: Visitor | None, names: Names) -> str:
    if visitor is None:
        return ""
    return visitor.address_in(names("region", visitor.village) if visitor.village else "")


def _company(sheet: ReceptionSheet) -> str:
    recorder = (sheet.contact.recorder if sheet.contact else "") or ""
    return "／".join(part for part in (sheet.company, recorder) if part)


def _when(contact: Contact | None) -> str:
    if contact is None:
        return "　　　年　　月　　日　　时"
    return show_day(contact.day) + (f" {contact.at:%H:%M}" if contact.at else "")


def _where(contact: Contact | None, names: Names) -> str:
    if contact is None:
        return ""
    station = names("station", contact.station) if contact.station else ""
    return station or contact.place or ""


def _answer(contact: Contact | None) -> _Lines:
    ticked = contact.answered if contact else None
    yes, no = _box(ticked is True), _box(ticked is False)
    text = (contact.answer if contact else "") or ""
    return (_piece(f"{yes}是　{no}否　　{Contact.spec('answer').label}：{text}", _TEXT),)


def _result(reply: Reply | None) -> _Lines:
    chosen = {reply.result} if reply and reply.result else set[str]()
    words = (reply.words if reply else "") or ""
    return (_piece(_ticked(codes.RESULT, chosen), _SMALL), _piece(words, _TEXT))


def _feedback(satisfaction: Satisfaction | None) -> _Lines:
    day = show_day(satisfaction.day) if satisfaction and satisfaction.day else "　　年　　月　　日"
    means = {satisfaction.means} if satisfaction else set[str]()
    overall = {satisfaction.overall} if satisfaction else set[str]()
    label = Satisfaction.spec
    return (
        _piece(f"{label('date').label}：{day}　方式：{_ticked(codes.MEANS, means)}", _SMALL),
        _piece(f"{label('overall').label}：{_ticked(codes.SATISFACTION, overall)}", _SMALL),
    )


def _notice(sheet: ReceptionSheet) -> str:
    informed = any(one.informed for one in sheet.visitors)
    return f"{PRIVACY_NOTICE}{_box(informed)}{Visitor.spec('informed').label}"


def _category_row(chosen: set[str]) -> FormRow:
    """The categories in four columns, so that no box is parted from its word."""
    listed = codes.CATEGORY.codes
    deep = -(-len(listed) // _COLUMNS)
    lines = []
    for at in range(deep):
        line = [f"{_box(one.code in chosen)}{one.label}" for one in listed[at::deep]]
        lines.append(_piece("\t".join(line), _CATEGORIES))
    stops = tuple(36.0 * place for place in range(1, _COLUMNS))
    layout = Layout(align="left", line=13.4, size=9.5)
    cell = FormCell(_WIDTH - _LABEL, tuple(lines), layout, stops=stops)
    return FormRow(deep * 13.4 / POINTS_A_MM + 1, (_label("反映事项\n类别", _LABEL), cell))


def _two_lines(listed: CodeList, chosen: set[str]) -> _Lines:
    half = -(-len(listed.codes) // 2)
    return tuple(
        _piece("　".join(f"{_box(one.code in chosen)}{one.label}" for one in part), _TINY)
        for part in (listed.codes[:half], listed.codes[half:])
    )


def _ticked(listed: CodeList, chosen: set[str], between: str = "　") -> str:
    return between.join(f"{_box(one.code in chosen)}{one.label}" for one in listed.codes)


def _box(ticked: bool) -> str:
    return _TICKED if ticked else _OPEN


def _words_row(words: str) -> FormRow:
    spec = Contact.spec("words")
    height = WRITING_LINES * _LINE_MM + 1
    label = _label(f"{spec.label}\n（{spec.note}）", _LABEL)
    if not words:
        blank = FormCell(
            _WIDTH - _LABEL,
            ((),) * WRITING_LINES,
            Layout(align="left", line=_LINE_MM * POINTS_A_MM, size=12),
            vertical="top",
            ruled=True,
        )
        return FormRow(height, (label, blank))
    face, line = _print_of(words)
    lines = tuple(_piece(text, face) for text in words.split("\n"))
    cell = FormCell(_WIDTH - _LABEL, lines, Layout(align="left", line=line, size=face.size), vertical="top")
    return FormRow(height, (label, cell))


_PRINTS = ((_TEXT, 20.0), (_SMALL, 14.5))
"""Faces for the original words with their line pitches, the larger first."""


def _print_of(words: str) -> tuple[Face, float]:
    for face, pitch in _PRINTS[:-1]:
        if not _beyond(words, face, pitch):
            return face, pitch
    return _PRINTS[-1]


def _fitting(words: str) -> tuple[str, str]:
    """The words that fit into the field, and what goes on the annex."""
    face, pitch = _print_of(words)
    at = _beyond(words, face, pitch)
    if not at:
        return words, ""
    kept = _beyond(words, face, pitch, spare=1)
    return words[:kept].rstrip("\n") + CONTINUED, words[kept:]


def _beyond(words: str, face: Face, pitch: float, *, spare: int = 0) -> int:
    """Where the words leave the field, 0 when they do not; lines are taken two characters short of their width.

    Programs differ in what they add between Chinese characters and digits.
    """
    wide = ((_WIDTH - _LABEL - 3) * POINTS_A_MM) // face.size - 2
    most = int(WRITING_LINES * _LINE_MM * POINTS_A_MM // pitch) - spare
    line, width = 1, 0.0
    for at, char in enumerate(words):
        width += across(char)
        if char == "\n" or width > wide:
            line, width = line + 1, 0.0 if char == "\n" else across(char)
        if line > most:
            return at
    return 0


def _annex(document: Document, rest: str) -> None:
    heading = document.add_paragraph()
    lay(heading, Layout(align="left", line=28, size=12))
    heading.paragraph_format.page_break_before = True
    add_run(heading, f"附页：{Contact.spec('words').label}（续）", Face("黑体", 12))
    for line in rest.split("\n"):
        paragraph = document.add_paragraph()
        lay(paragraph, Layout(align="left", line=20, size=12))
        add_run(paragraph, line, _TEXT)


def _pair(label: str, text: str, other: str, more: str, height: float) -> FormRow:
    half = _WIDTH / 2
    return FormRow(
        height,
        (
            _label(label, _LABEL),
            _value(text, half - _LABEL),
            _label(other, _LABEL),
            _value(more, half - _LABEL),
        ),
    )


def _row(label: str, lines: _Lines, height: float) -> FormRow:
    layout = Layout(align="left", line=17, size=10.5)
    return FormRow(height, (_label(label, _LABEL), FormCell(_WIDTH - _LABEL, lines, layout, vertical="top")))


def _label(text: str, width: float, *, joined: str = "") -> FormCell:
    lines = tuple(_piece(line, _HEAD) for line in text.split("\n"))
    layout = Layout(align="center", line=15, size=10.5)
    if joined == "restart":
        return FormCell(width, lines, layout, joined="restart")
    if joined == "continue":
        return FormCell(width, lines, layout, joined="continue")
    return FormCell(width, lines, layout)


def _value(text: str, width: float, *, middle: bool = False) -> FormCell:
    """A value in its cell, in small print (two lines) when a line of normal print is too short for it."""
    face = _TEXT if across(text) * _TEXT.size <= (width - 3) * POINTS_A_MM else _TINY
    layout = Layout(align="center" if middle else "left", line=face.size + 3, size=face.size)
    return FormCell(width, (_piece(text, face),), layout)


def _text(text: str) -> _Lines:
    return (_piece(text, _TEXT if across(text) <= 66 else _SMALL),)


def _piece(text: str, face: Face) -> tuple[Piece, ...]:
    return (Piece(text, face),) if text else ()
