"""Word papers of a matter: its 办理单 and the 交办单 of handing it to a unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lianxin.documents.forms.matter_sheet import Handover, MatterSheet, handover_docx, matter_sheet_docx
from lianxin.domain.dates import show_day
from lianxin.domain.records import (
    Assignment,
    ChairReview,
    Contact,
    CountyReply,
    Opinion,
    Reply,
    Ruling,
    Visitor,
)
from lianxin.office.case_papers.case_file import CaseFile, case_file
from lianxin.office.desk import Desk, office_of
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.office.paperwork.paper import NoSuchMatter
from lianxin.office.paperwork.templates import own_look
from lianxin.store.reading import Reading

KEPT_BACK = "（反映人要求保密）"


def matter_sheet(desk: Desk, opinion: str) -> tuple[str, bytes]:
    """File name and content of the 办理单. Raises NoSuchMatter."""
    file = case_file(desk, opinion)
    if file is None:
        raise NoSuchMatter(f"没有找到这件意见（{opinion}），没有生成文件")
    with desk.store.reading() as reading:
        shipped = matter_sheet_docx(sheet_of(file), office_name=office_of(reading).name)
        made = own_look(desk, reading, "matter-sheet", shipped, [opinion])
    return f"意见办理单_{file.opinion.number or show_day(file.opinion.registered)}.docx", made


def handover(desk: Desk, uid: str) -> tuple[str, bytes]:
    """File name and content of the 交办单 of an assignment, or of the latest one of a matter. Raises NoSuchMatter."""
    return handovers(desk, [uid])


def handovers(desk: Desk, uids: Sequence[str]) -> tuple[str, bytes]:
    """The 交办单 of several, a page each, those not assigned left out. Raises NoSuchMatter when none is left."""
    with desk.store.reading() as reading:
        found = [assigned for uid in uids if (assigned := _assigned(reading, uid)) is not None]
        known = any(reading.get(Opinion, uid) is not None for uid in uids)
        if not found and not known:
            raise NoSuchMatter(f"没有找到这件意见或交办（{'、'.join(uids)}），没有生成文件")
        if not found:
            raise NoSuchMatter("这件意见还没有交办，没有交办单可打印。请先“交办”。")
        told = [_handover(desk, reading, assigned) for assigned in found]
        made = own_look(desk, reading, "handover", handover_docx(*told), [each.uid for each in found])
    first = found[0]
    also = f"等{len(found)}件" if len(found) > 1 else ""
    return f"交办单_{first.number or show_day(first.day)}{also}.docx", made


def _handover(desk: Desk, reading: Reading, assigned: Assignment) -> Handover:
    opinion = reading.get(Opinion, assigned.opinion)
    if opinion is None:
        raise NoSuchMatter("这张交办单的意见已经删除，没有生成文件")
    office, names = office_of(reading), Names(reading)
    rule = desk.profile.hand_back
    unit, addressee = names.of("unit", assigned.unit), names.of("unit", assigned.addressee)
    return Handover(
        number=short_number(assigned.number or ""),
        unit=f"{addressee}（具体承办：{unit}）" if addressee and addressee != unit else unit,
        matter=short_number(opinion.number or ""),
        raised_by=_raised_by(reading, opinion),
        summary=opinion.words,
        demand=assigned.demand or "请在期限内办理，并将办理结果书面答复我单位，由我单位向反映人反馈。",
        due=show_day(assigned.due) if assigned.due else "",
        issuer=office.name,
        contact=" ".join(part for part in (office.clerk, office.phone) if part),
        day=show_day(assigned.day),
        hand_back=f"自收到之日起{rule.shown}内" if rule else "及时",
    )


def _assigned(reading: Reading, uid: str) -> Assignment | None:
    found = reading.get(Assignment, uid)
    if found is not None:
        return found
    of_matter = reading.children(Assignment, "opinion", [uid])
    return max(of_matter, key=lambda each: (each.day, each.uid), default=None)


def _raised_by(reading: Reading, opinion: Opinion) -> str:
    """Whom the unit has to speak with; a person who asked for it is not named."""
    visitors = reading.children(Visitor, "contact", [opinion.contact]) if opinion.contact else []
    if not visitors:
        return ""
    if any(each.confidential for each in visitors):
        return KEPT_BACK
    first = visitors[0]
    contact = reading.get(Contact, opinion.contact or "")
    people = max(contact.persons if contact else 0, len(visitors))
    also = f"等{people}人" if people > 1 else ""
    return " ".join(part for part in ((first.name or "匿名") + also, first.phone) if part)


def sheet_of(file: CaseFile) -> MatterSheet:
    """What the 办理单 of a matter says."""
    opinion, contact = file.opinion, file.contact
    assigned = file.case.assignments[-1] if file.case.assignments else None
    reply, referral = file.case.last_answer, file.state.referral
    due = assigned.due if assigned else None
    if referral is not None and file.state.county_unit:
        due = referral.due
    asked = file.case.satisfactions[-1] if file.case.satisfactions else None
    steps = [f"{show_day(one.day) if one.day else '日期未记'}　{one.act}　{one.words}" for one in file.events]
    feedback = (
        [show_day(asked.day) if asked.day else "", asked.shown("overall"), asked.words] if asked else []
    )
    return MatterSheet(
        number=opinion.number or "",
        registered=show_day(opinion.registered),
        source=opinion.shown("channel"),
        raised_by=file.visitor_line(masked=False),
        village=file.village,
        category=opinion.shown("category"),
        urgency=opinion.shown("urgency"),
        words=opinion.words,
        request=(contact.request if contact else "") or "",
        unit=file.state.county_unit or (file.unit.name if file.unit else ""),
        due=show_day(due) if due else "",
        steps=tuple(steps),
        result=_result(reply) if reply else "",
        feedback="　".join(part for part in feedback if part),
        chair="\n".join(_decided(file)),
    )


def _decided(file: CaseFile) -> Iterator[str]:
    """What the chair wrote and what the presidium decided, oldest first; otherwise the field waits for the pen."""
    for step in sorted(file.case.further, key=lambda each: (each.day, each.uid)):
        if isinstance(step, ChairReview):
            said = (step.shown("verdict"), step.words)
        elif isinstance(step, Ruling):
            said = (f"主席团：{step.shown('decision')}", step.reason)
        else:
            continue
        yield "　".join(part for part in (show_day(step.day), *said, step.by) if part)


def _result(reply: Reply | CountyReply) -> str:
    # Old ledgers hold the class alone where the words belong.
    words = "" if reply.words in (reply.result, reply.shown("result")) else reply.words
    return "　".join(part for part in (reply.shown("result"), words) if part)
