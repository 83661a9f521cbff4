"""会议记录: the record book of one meeting, filled or blank, signed by chair and recorder (domain.md 4.11).

No official document: it keeps the page of forms, so that it can be bound in the book of records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lianxin.documents.word.form_page import form_page, say
from lianxin.documents.word.form_table import FormCell, FormRow, add_form
from lianxin.documents.word.person_names import even_name, name_lines
from lianxin.documents.word.text import Face, Layout, Piece, add_run, document_bytes, lay
from lianxin.documents.word.type_area import POINTS_A_MM

if TYPE_CHECKING:
    from docx.document import Document

_TITLE = Face("方正小标宋简体", 22)
_LABEL = Face("黑体", 12)
_CELL = Face("仿宋_GB2312", 12)
_HEAD = Face("黑体", 14)
_SPEAKER = Face("楷体_GB2312", 14, bold=True)
_TEXT = Face("仿宋_GB2312", 14)
_CELL_LINE, _TEXT_LINE = 17.0, 25.0
_WIDTH, _LABEL_WIDTH, _HALF = 165.0, 24.0, 58.5
_ROOM = _WIDTH - _LABEL_WIDTH
_ROW = 10.0
_RULED_FIRST, _RULED_OTHER, _RULED_HEIGHT = 11, 22, 9.5
"""Lines to write on below the head of a blank record and on its second page, and how high they are in millimetres."""
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class MinutesItem:
    """One item: who reported, who said what in order, how it was voted on, what was decided; all in words."""

    title: str
    reporter: str = ""
    report: str = ""
    speeches: tuple[tuple[str, str], ...] = ()
    vote: str = ""
    decisions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Attending:
    """Names by how they attended; `leave` with reasons (刘青山（住院）), `guests` with posts."""

    present: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    counts: str = ""
    """应到9人，实到7人，请假2人."""


@dataclass(frozen=True)
class Minutes:
    """A meeting as its record tells it. Everything empty is the blank form."""

    title: str = ""
    when: str = ""
    place: str = ""
    chair: str = ""
    recorder: str = ""
    people: Attending = field(default_factory=Attending)
    items: tuple[MinutesItem, ...] = ()
    conclusion: str = ""
    closed: str = ""
    office: str = ""


def minutes_docx(minutes: Minutes | None, *, office: str) -> bytes:
    """The record of a meeting; None makes the blank form, with lines to write on."""
    told = minutes or Minutes()
    document = form_page()
    say(document, "会　议　记　录", _TITLE, Layout(align="center", line=34, size=22, after=6))
    add_form(document, list(_head(told)))
    if not (told.items or told.conclusion):
        # Nothing noted yet, or a blank form: room to write by hand.
        _ruled(document)
    else:
        _add_items(document, told)
    _signatures(document, told)
    return document_bytes(document, title=f"{told.title or '空白'}会议记录", author=office)


def _head(told: Minutes) -> Iterator[FormRow]:
    yield _wide("会议名称", told.title)
    yield _wide("时　　间", told.when)
    yield _wide("地　　点", told.place)
    yield FormRow(
        _ROW,
        (
            _label("主 持 人"), _cell(even_name(told.chair), _HALF),
            _label("记 录 人"), _cell(even_name(told.recorder), _HALF),
        ),
    )  # fmt: skip
    people = told.people
    # On the blank form each line says what belongs there; nobody on leave is nobody on a filled one.
    blank = not told.title
    yield _wide("人　　数", people.counts or "应到　　人　实到　　人　请假　　人　缺席　　人　列席　　人")
    yield _names("出　　席", people.present, least=2 * _ROW)
    yield _names("请　　假", people.leave, note="（姓名、事由）" if blank else "")
    yield _names("缺　　席", people.absent)
    yield _names("列　　席", people.guests, note="（姓名、单位职务）" if blank else "")
    yield _wide(
        "议　　题", "\n".join(f"{at}. {item.title}" for at, item in enumerate(told.items, 1)), least=2
    )


def _wide(label: str, text: str, *, least: int = 1) -> FormRow:
    return FormRow(least * _ROW, (_label(label), _cell(text, _ROOM)), grows=True)


def _names(label: str, names: Sequence[str], *, note: str = "", least: float = _ROW) -> FormRow:
    """Names in lines that end behind a name; nobody yet leaves room to write, with what belongs there."""
    fits = (_ROOM - 3) * POINTS_A_MM / _CELL.size
    lines = name_lines([even_name(name) for name in names], fits) or [note]
    # The least height only: a list of two hundred names goes on on the next page.
    return FormRow(least, (_label(label), _cell("\n".join(lines), _ROOM)), grows=True)


def _label(text: str) -> FormCell:
    return FormCell(_LABEL_WIDTH, ((Piece(text, _LABEL),),), Layout(align="center", line=_CELL_LINE, size=12))


def _cell(text: str, width: float) -> FormCell:
    lines = tuple((Piece(line, _CELL),) for line in text.split("\n"))
    return FormCell(width, lines, Layout(align="left", line=_CELL_LINE, size=12))


def _add_items(document: Document, told: Minutes) -> None:
    _heading(document, "会议内容", before=10)
    for numeral, item in zip(_numerals(), told.items, strict=False):
        _heading(document, f"{numeral}、{item.title}")
        if item.reporter or item.report:
            _speech(document, f"{item.reporter}汇报" if item.reporter else "汇报", item.report)
        if item.speeches:
            _part(document, "讨论发言")
        for speaker, points in item.speeches:
            _speech(document, speaker, points)
        if item.vote:
            _speech(document, "表决", item.vote)
        if item.decisions:
            _part(document, "决定事项")
            for at, decision in enumerate(item.decisions, 1):
                _text(document, f"{at}. {decision}")
        if not (item.report or item.speeches or item.vote or item.decisions):
            _text(document, "（没有记录发言、表决和决定事项）")
    if told.conclusion:
        _heading(document, "会议结论")
        for line in told.conclusion.split("\n"):
            _text(document, line)
    _text(document, f"散会时间：{told.closed or '　　时　　分'}")


def _numerals() -> Iterator[str]:
    for number in range(1, 100):
        tens, ones = divmod(number, 10)
        head = ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" if tens else ""
        yield head + (_NUMERALS[ones - 1] if ones else "")


def _heading(document: Document, text: str, *, before: float = 4) -> None:
    say(document, text, _HEAD, Layout(align="left", line=_TEXT_LINE, size=14, before=before, keep=True))


def _part(document: Document, text: str) -> None:
    say(
        document, f"【{text}】", Face("楷体_GB2312", 14),
        Layout(align="left", first=2, line=_TEXT_LINE, size=14, keep=True),
    )  # fmt: skip


def _speech(document: Document, speaker: str, points: str) -> None:
    """刘青山：… and what follows in paragraphs of its own."""
    first, *others = points.split("\n")
    line = document.add_paragraph()
    lay(line, Layout(first=2, line=_TEXT_LINE, size=14))
    if speaker:
        add_run(line, f"{speaker}：", _SPEAKER)
    add_run(line, first, _TEXT)
    for other in others:
        _text(document, other)


def _text(document: Document, text: str) -> None:
    say(document, text, _TEXT, Layout(first=2, line=_TEXT_LINE, size=14))


def _ruled(document: Document) -> None:
    _heading(document, "会议内容（汇报、讨论发言、表决、决定事项）", before=4)
    blank = FormCell(_WIDTH, (((Piece("", _TEXT)),),))
    add_form(document, [FormRow(_RULED_HEIGHT, (blank,)) for _ in range(_RULED_FIRST + _RULED_OTHER)])
    _text(document, "散会时间：　　时　　分")


def _signatures(document: Document, told: Minutes) -> None:
    say(
        document,
        "主持人（签字）：＿＿＿＿＿＿＿　　记录人（签字）：＿＿＿＿＿＿＿",
        _TEXT,
        Layout(align="center", line=40, size=14, before=10, keep=True),
    )
    say(
        document,
        "记录不得涂改；划改处由主持人、记录人签名。",
        Face("仿宋_GB2312", 10.5),
        Layout(align="center", line=16, size=10.5),
    )
