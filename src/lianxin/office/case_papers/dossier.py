"""The 一件一档 of matters: everything known of one, put together for paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lianxin.documents.forms.dossier import Dossier, DossierFile, DossierStep, dossier_docx
from lianxin.domain import codes
from lianxin.domain.dates import show_day, show_day_numeric
from lianxin.office.attaching import attachments_of
from lianxin.office.case_papers.case_file import CaseFile, case_file
from lianxin.office.desk import Desk, office_of
from lianxin.office.numbers import short_number
from lianxin.office.paperwork.paper import Asked, NoSuchMatter, Paper, PapersProblem
from lianxin.office.paperwork.templates import own_look


def dossiers(desk: Desk, uids: Sequence[str]) -> tuple[str, bytes]:
    """File name and content of the dossiers of these matters. Raises NoSuchMatter when none of them is here."""
    files = [file for uid in uids if (file := case_file(desk, uid)) is not None]
    if not files:
        raise NoSuchMatter("没有找到这件意见，没有生成文件。请在列表里重新选择。")
    also = f"等{len(files)}件" if len(files) > 1 else ""
    shipped = dossier_docx([_dossier(desk, file) for file in files])
    with desk.store.reading() as reading:
        made = own_look(desk, reading, "dossier", shipped, [file.opinion.uid for file in files])
    return f"一件一档_{files[0].number or show_day(files[0].opinion.registered)}{also}.docx", made


def _dossier(desk: Desk, file: CaseFile) -> Dossier:
    owners = {file.opinion.uid: "登记"}
    if file.contact is not None:
        owners[file.contact.uid] = "来访登记"
    owners |= {event.record.uid: event.act for event in file.events if event.record is not file.opinion}
    with desk.store.reading() as reading:
        office = office_of(reading)
        kept = attachments_of(reading, list(owners))
    held = Counter(each.owner for each in kept)
    return Dossier(
        number=file.number or file.opinion.number or "",
        facts=tuple(_facts(file)),
        words=file.opinion.words,
        request=(file.contact.request if file.contact else "") or "",
        steps=tuple(
            DossierStep(
                day=show_day_numeric(event.day) if event.day else "日期未记",
                act=event.act,
                words=event.words,
                by=event.by,
                files=held[event.record.uid],
            )
            for event in file.events
        ),
        files=tuple(
            DossierFile(
                each.name or "（已清除）", owners[each.owner], each.caption or "", show_day_numeric(each.day)
            )
            for each in kept
        ),
        issuer=office.name,
        day=show_day(desk.today()),
    )


def _facts(file: CaseFile) -> Iterator[tuple[str, str]]:
    opinion, state = file.opinion, file.state
    yield "标题", opinion.title
    yield "办理状态", state.label
    yield "登记日期", show_day(opinion.registered)
    yield "来源", file.source_line.partition(" ")[2] or opinion.shown("channel")
    yield "反映人", file.visitor_line(masked=False) or "未登记"
    yield "村（社区）", file.village
    yield "类别", opinion.shown("category")
    yield "性质", f"{opinion.shown('nature')}，{opinion.shown('urgency')}"
    marks = [word for word, yes in (("集体", opinion.group), ("涉密敏感", opinion.confidential)) if yes]
    yield "公开", "，".join([opinion.shown("openness"), *marks])
    yield "登记人", opinion.registrar or ""
    yield "承办单位", file.unit.name if file.unit else ""
    yield "办理期限", show_day(state.handling_due) if state.handling_due else ""
    yield "办理结果", codes.RESULT.label_of(state.result) if state.result else ""
    judged = codes.SATISFACTION.label_of(state.satisfaction) if state.satisfaction else ""
    again = f"（重办{state.round}次）" if state.round else ""
    yield "满意度", judged + again
    yield "办结日期", show_day(state.closed_day) if state.closed_day else ""
    yield "档号", state.archive_number
    if file.merged:
        yield "合并来的", "；".join(f"{short_number(each.number or '')} {each.title}" for each in file.merged)
    if file.main:
        yield "合并到", f"{short_number(file.main.number or '')} {file.main.title}"
    for link in file.linked:
        yield "关联", link.words


def _paper(asked: Asked) -> bytes:
    assert asked.uid is not None
    try:
        return dossiers(asked.desk, [asked.uid])[1]
    except NoSuchMatter as missing:
        raise PapersProblem(str(missing)) from missing


DOSSIER_PAPERS = (Paper("dossier", "一件一档", ".docx", "record", _paper),)
