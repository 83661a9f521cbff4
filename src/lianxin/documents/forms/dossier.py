"""一件一档: one matter on paper in time order, with every step, who took it and why, and the files that belong to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianxin.documents.word.form_page import form_page, lines_of, say
from lianxin.documents.word.form_table import FormCell, FormRow, add_form
from lianxin.documents.word.text import Face, Layout, Piece, document_bytes, page_break

if TYPE_CHECKING:
    from docx.document import Document

TITLE = "意见建议档案（一件一档）"
_TITLE = Face("方正小标宋简体", 20)
_HEAD, _LABEL, _CELL, _TEXT = (
    Face("黑体", 13),
    Face("黑体", 10.5),
    Face("仿宋_GB2312", 10.5),
    Face("仿宋_GB2312", 12),
)
_LINE, _LEAST = 15.0, 8.0
"""Points from line to line, millimetres of the lowest row."""
_FACT_LABEL, _FACT = 24.0, 58.5
_STEPS = (("序号", 10.0), ("日期", 24.0), ("环节", 14.0), ("内容", 85.0), ("经手人", 18.0), ("附件", 14.0))
_FILES = (("序号", 10.0), ("文件名", 58.0), ("属于", 24.0), ("说明", 49.0), ("添加日期", 24.0))


@dataclass(frozen=True)
class DossierStep:
    """One step in words; `files` is how many files belong to it."""

    day: str
    act: str
    words: str
    by: str
    files: int = 0


@dataclass(frozen=True)
class DossierFile:
    """One file that belongs to the matter, to one of its steps or to the visit it was raised in."""

    name: str
    belongs: str
    caption: str
    day: str


@dataclass(frozen=True)
class Dossier:
    """One matter in words; `facts` are (label, value) in paper order. Holds personal data: for this office only."""

    number: str
    facts: tuple[tuple[str, str], ...]
    words: str
    request: str
    steps: tuple[DossierStep, ...]
    files: tuple[DossierFile, ...]
    issuer: str
    day: str


def dossier_docx(dossiers: Sequence[Dossier]) -> bytes:
    """The dossiers one after the other, each beginning on a page of its own."""
    document = form_page()
    for place, dossier in enumerate(dossiers):
        if place:
            page_break(document)
        _dossier(document, dossier)
    first = dossiers[0]
    return document_bytes(document, title=f"{TITLE} {first.number}", author=first.issuer)


def _dossier(document: Document, dossier: Dossier) -> None:
    say(document, TITLE, _TITLE, Layout(align="center", line=32, size=_TITLE.size))
    under = f"{dossier.issuer}　　编号：{dossier.number}"
    say(document, under, _CELL, Layout(align="left", line=20, size=_CELL.size))
    add_form(document, list(_facts(dossier.facts)))
    _heading(document, "一、反映内容（按来访人原话）")
    _paragraphs(document, dossier.words)
    if dossier.request:
        _paragraphs(document, f"诉求：{dossier.request}")
    _heading(document, "二、办理经过")
    add_form(document, [_head(_STEPS), *_steps(dossier.steps)])
    _heading(document, f"三、附件目录（{len(dossier.files)}件）")
    if dossier.files:
        add_form(document, [_head(_FILES), *_files(dossier.files)])
    else:
        _paragraphs(document, "没有附件。")
    say(
        document, f"整理日期：{dossier.day}", _CELL, Layout(align="left", line=20, size=_CELL.size, before=10)
    )
    signed = "整理人（签名）：　　　　　　　　　　　　主席（签名）："
    say(document, signed, _CELL, Layout(align="left", line=24, size=_CELL.size))
    warning = "含个人信息，供本单位存档，不得对外提供。"
    say(document, warning, _CELL, Layout(align="left", line=18, size=_CELL.size))


def _heading(document: Document, words: str) -> None:
    say(document, words, _HEAD, Layout(align="left", line=24, size=_HEAD.size, before=8, after=3, keep=True))


def _paragraphs(document: Document, words: str) -> None:
    for line in words.splitlines() or [""]:
        say(document, line, _TEXT, Layout(align="both", line=21, size=_TEXT.size, first=2))


def _facts(facts: Sequence[tuple[str, str]]) -> Iterator[FormRow]:
    """Two facts a row; one that needs more room than half a row has it alone."""
    waiting: tuple[str, str] | None = None
    for fact in facts:
        if lines_of(fact[1], _FACT, _CELL.size) > 2:
            if waiting:
                yield _pair(waiting, ("", ""))
                waiting = None
            yield _alone(*fact)
        elif waiting:
            yield _pair(waiting, fact)
            waiting = None
        else:
            waiting = fact
    if waiting:
        yield _pair(waiting, ("", ""))


def _pair(one: tuple[str, str], other: tuple[str, str]) -> FormRow:
    cells = [cell for label, text in (one, other) for cell in (_named(label), _cell(_FACT, text))]
    return FormRow(_LEAST, tuple(cells), grows=True)


def _alone(label: str, text: str) -> FormRow:
    width = _FACT_LABEL + 2 * _FACT
    return FormRow(_LEAST, (_named(label), _cell(width, text)), grows=True)


def _named(label: str) -> FormCell:
    middle = Layout(align="center", line=_LINE, size=_LABEL.size)
    return FormCell(_FACT_LABEL, ((Piece(label, _LABEL),),), middle)


def _cell(width: float, text: str, *, centred: bool = False) -> FormCell:
    lay = Layout(align="center" if centred else "left", line=_LINE, size=_CELL.size)
    return FormCell(width, tuple((Piece(line, _CELL),) for line in text.split("\n")), lay)


def _head(columns: Sequence[tuple[str, float]]) -> FormRow:
    middle = Layout(align="center", line=_LINE, size=_LABEL.size)
    cells = tuple(FormCell(width, ((Piece(label, _LABEL),),), middle) for label, width in columns)
    return FormRow(_LEAST, cells, head=True)


def _steps(steps: Sequence[DossierStep]) -> Iterator[FormRow]:
    for place, step in enumerate(steps, 1):
        files = f"{step.files}件" if step.files else ""
        yield _row(_STEPS, (str(place), step.day, step.act, step.words, step.by, files))


def _files(files: Sequence[DossierFile]) -> Iterator[FormRow]:
    for place, file in enumerate(files, 1):
        yield _row(_FILES, (str(place), file.name, file.belongs, file.caption, file.day))


def _row(columns: Sequence[tuple[str, float]], texts: Sequence[str]) -> FormRow:
    cells = [_cell(width, text, centred=width < 30) for text, (_, width) in zip(texts, columns, strict=True)]
    return FormRow(_LEAST, tuple(cells), grows=True)
