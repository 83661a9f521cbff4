"""Paper forms of a suggestion: 办理情况征询意见表, a page for every deputy, and 当面答复记录 (domain.md 4.7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianxin.documents.word.form_table import FormRow, add_form
from lianxin.documents.word.paper_form import FORM_TITLE, SMALL, form_page, form_title, long, pair
from lianxin.documents.word.text import Layout, add_run, document_bytes, lay, page_break

if TYPE_CHECKING:
    from docx.document import Document

REQUEST, RECORD = "代表建议办理情况征询意见表", "代表建议当面答复记录"
_BOXES = "□满意　□基本满意　□不满意"
_SIGNED = "签名：　　　　　　　　　　　　年　　月　　日"


@dataclass(frozen=True)
class Subject:
    """What stands on top of either form."""

    number: str
    title: str
    lead: str
    joint: str
    unit: str
    issuer: str


@dataclass(frozen=True)
class OpinionRequest:
    """One form to be filled in by one deputy; `role` is 领衔代表 or 联名代表."""

    subject: Subject
    deputy: str
    role: str
    replied: str
    result: str
    summary: str
    due: str
    back_to: str


def opinion_requests_docx(requests: Sequence[OpinionRequest]) -> bytes:
    """The forms one after the other, a page for every deputy."""
    document = form_page()
    for place, request in enumerate(requests):
        if place:
            page_break(document)
        _request(document, request)
    subject = requests[0].subject
    return document_bytes(document, title=f"{REQUEST} {subject.number}", author=subject.issuer)


def _request(document: Document, request: OpinionRequest) -> None:
    form_title(document, REQUEST, FORM_TITLE, 30)
    _under(
        document,
        f"{request.subject.issuer}　　请于{request.due}前填好" if request.due else request.subject.issuer,
    )
    rows = [
        *_head(request.subject),
        pair(
            "征询对象",
            f"{request.deputy}（{request.role}）" if request.deputy else "",
            "答复日期",
            request.replied,
            10,
        ),
        long("答复摘要", request.summary, least=44, most=60, ruled=True),
        pair("答复类别", request.result, "是否面商", "□答复前见过面　□没有见面", 10),
        long("承办单位\n意见", f"\n\n{_SIGNED}", least=27),
        long("分管领导\n意见", f"\n\n{_SIGNED}", least=27),
        long("对办理\n态度", _BOXES, least=12, vertical="center"),
        long("对办理\n结果", _BOXES, least=12, vertical="center"),
        long("总评", _BOXES, least=12, vertical="center"),
        long("具体意见", f"\n\n\n\n\n代表{_SIGNED}", least=50),
    ]
    add_form(document, rows)
    _under(document, f"填好后交回：{request.back_to}" if request.back_to else "")


@dataclass(frozen=True)
class FaceReply:
    """One 当面答复记录; empty texts leave their fields to the pen."""

    subject: Subject
    day: str
    time: str
    place: str
    participants: str
    words: str
    view: str
    recorder: str


def face_reply_docx(record: FaceReply) -> bytes:
    """The record on one page, signed by the deputies and by the unit."""
    document = form_page()
    form_title(document, RECORD, FORM_TITLE, 30)
    _under(document, record.subject.issuer)
    rows = [
        *_head(record.subject),
        pair("时间", "　".join(part for part in (record.day, record.time) if part), "地点", record.place, 10),
        long("参加人", record.participants, least=16, vertical="center"),
        long("答复内容", record.words, least=96, most=110, ruled=True),
        long(
            "代表意见", f"{record.view}\n\n\n\n{_SIGNED}" if record.view else f"\n\n\n\n\n{_SIGNED}", least=56
        ),
        long("承办单位\n签字", f"\n{_SIGNED}", least=22),
        pair("记录人", record.recorder, "记录日期", record.day, 10),
    ]
    add_form(document, rows)
    return document_bytes(document, title=f"{RECORD} {record.subject.number}", author=record.subject.issuer)


def _head(subject: Subject) -> tuple[FormRow, ...]:
    return (
        pair("建议编号", subject.number, "承办单位", subject.unit, 10),
        long("标题", subject.title, least=12, vertical="center"),
        pair("领衔代表", subject.lead, "联名代表", subject.joint, 10),
    )


def _under(document: Document, words: str) -> None:
    line = document.add_paragraph()
    lay(line, Layout(align="left", line=18, size=10.5))
    add_run(line, words, SMALL)
