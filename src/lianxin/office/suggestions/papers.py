"""Papers of suggestions: 交办单, 答复函, 征询意见表, 当面答复记录 of one; the ledger and the public report of a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lianxin.documents.forms.matter_sheet import Handover, handover_docx, matter_sheet_docx
from lianxin.documents.forms.suggestion_forms import (
    FaceReply,
    OpinionRequest,
    Subject,
    face_reply_docx,
    opinion_requests_docx,
)
from lianxin.documents.official.page import NUMBER_TO_FILL
from lianxin.documents.official.reply_letter import ReplyLetter, reply_letter_docx
from lianxin.documents.official.suggestion_report import suggestion_report_docx
from lianxin.documents.workbooks.suggestion_ledger import LABEL, suggestion_ledger_xlsx
from lianxin.domain.casework.standing import DEPUTIES_TRACKS
from lianxin.domain.dates import show_day
from lianxin.domain.records import Assignment, Consultation, HandlingUnit, Office, Opinion, Reply
from lianxin.office.case_papers.case_file import case_file
from lianxin.office.case_papers.matter_papers import sheet_of
from lianxin.office.desk import Desk, office_of
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.office.paperwork.blank_forms import (
    blank_face_reply,
    blank_opinion_request,
    blank_suggestion_handover,
)
from lianxin.office.paperwork.paper import Asked, NoSuchMatter, Paper, of_one, or_blank
from lianxin.office.paperwork.templates import in_own_look, own_look
from lianxin.office.sending.papers import period_records
from lianxin.office.suggestions.file import SuggestionFile, matter_of_suggestion, suggestion_file
from lianxin.office.suggestions.lines import suggestion_lines
from lianxin.office.suggestions.reporting import report_of
from lianxin.store.reading import Condition, Order

_SUMMARY = 240
"""Characters of a reply that fit into the form a deputy fills in."""


class _Whole:
    """One suggestion with what its papers ask for."""

    def __init__(self, desk: Desk, uid: str) -> None:
        found = matter_of_suggestion(desk, "suggestion", uid)
        file = case_file(desk, found) if found else None
        if file is None or file.opinion.track not in DEPUTIES_TRACKS:
            raise NoSuchMatter(f"没有找到这件代表议案建议（{uid}），没有生成文件")
        self.desk, self.file = desk, file
        self.told: SuggestionFile = suggestion_file(desk, file)
        with desk.store.reading() as reading:
            self.office: Office = office_of(reading)
            names = Names(reading)
            reply = self.reply
            answering = (reply.unit if reply else None) or file.state.unit
            self.unit: HandlingUnit | None = reading.get(HandlingUnit, answering) if answering else None
            self.addressee = names.of("unit", file.state.addressee or None)

    @property
    def reply(self) -> Reply | None:
        """The latest reply."""
        return max(self.file.case.replies, key=lambda each: (each.day, each.uid), default=None)

    @property
    def unit_name(self) -> str:
        """The unit that answers."""
        return self.unit.name if self.unit else ""

    @property
    def contact(self) -> str:
        """Whom to ask at the office."""
        return " ".join(part for part in (self.office.clerk, self.office.phone) if part)

    @property
    def subject(self) -> Subject:
        """What stands on top of the forms."""
        return Subject(
            number=self.file.number,
            title=self.file.opinion.title,
            lead=self.told.lead,
            joint="、".join(self.told.joint),
            unit=self.unit_name,
            issuer=self.office.name,
        )

    def answered(self) -> Reply:
        """The latest reply. Raises NoSuchMatter without one."""
        if self.reply is None:
            raise NoSuchMatter("这件建议还没有答复，请先“登记答复”，再打印。")
        return self.reply


def suggestion_sheet(desk: Desk, uid: str) -> tuple[str, bytes]:
    """The 代表建议办理单 with everything that happened. Raises NoSuchMatter."""
    whole = _Whole(desk, uid)
    own, told = whole.told.suggestion, whole.told
    joint = f"；联名 {'、'.join(told.joint)}" if told.joint else ""
    words = [whole.file.opinion.words, f"案据：{own.basis}" if own.basis else ""]
    sheet = replace(
        sheet_of(whole.file),
        number=whole.file.number,
        source=told.when,
        raised_by=f"领衔 {told.lead}{joint}",
        words="\n".join(part for part in words if part),
        request=own.proposal or "",
        feedback="\n".join(told.deputies_lines),
        sheet="代表议案办理单" if whole.file.opinion.track == "bill" else "代表建议办理单",
        raised_label="提出代表",
        words_label="案由案据",
        request_label="方案",
    )
    made = matter_sheet_docx(sheet, office_name=whole.office.name)
    return f"{sheet.sheet}_{whole.file.number}.docx", _in_own_look(desk, "suggestion-sheet", made, [uid])


def suggestion_handovers(desk: Desk, uids: Sequence[str]) -> tuple[str, bytes]:
    """The 建议交办单 of each, in three parts on a page; those not handed over are left out. Raises NoSuchMatter."""
    wholes = [_Whole(desk, uid) for uid in uids]
    told = [
        _handover(whole, max(whole.file.case.assignments, key=lambda each: (each.day, each.uid)))
        for whole in wholes
        if whole.file.case.assignments
    ]
    if not told:
        raise NoSuchMatter("这件建议还没有交办，没有交办单可打印。请先“交办”。")
    also = f"等{len(told)}件" if len(told) > 1 else ""
    return f"建议交办单_{told[0].number or told[0].matter}{also}.docx", _in_own_look(
        desk, "suggestion-handover", handover_docx(*told), uids
    )


def _handover(whole: _Whole, assigned: Assignment) -> Handover:
    own, told, profile = whole.file.opinion, whole.told, whole.desk.profile
    co = "、".join(f"{name}（{part.shown('part')}）" for part, name in told.co_handlers)
    unit = f"{whole.unit_name}（主办）" if co else whole.unit_name
    plan = f"方案：{told.suggestion.proposal}" if told.suggestion.proposal else ""
    rule = profile.reply_hard if told.suggestion.hard else profile.reply
    joint = f"；联名 {'、'.join(told.joint)}" if told.joint else ""
    return Handover(
        number=short_number(assigned.number or ""),
        unit="；".join(part for part in (whole.addressee, unit, co) if part),
        matter=whole.file.number,
        raised_by=f"领衔 {told.lead}{joint}",
        summary=f"{own.title}。{own.words} {plan}".strip(),
        demand=assigned.demand
        or f"请与代表沟通、充分听取意见，在{rule.shown}内书面答复领衔和联名代表，并抄送我单位。",
        due=show_day(assigned.due) if assigned.due else "",
        issuer=whole.office.name,
        contact=whole.contact,
        day=show_day(assigned.day),
        hand_back=f"自收到之日起{profile.hand_back.shown}内" if profile.hand_back else "及时",
        sheet="代表建议交办单" if own.track == "suggestion" else "代表议案交办单",
        matter_label="建议编号" if own.track == "suggestion" else "议案编号",
        raised_label="提出代表",
    )


def reply_letter(desk: Desk, uid: str) -> tuple[str, bytes]:
    """The 答复函 of the latest reply, for the unit's seal. Raises NoSuchMatter."""
    whole = _Whole(desk, uid)
    reply, own = whole.answered(), whole.told.suggestion
    phone = own.handler_phone or (whole.unit.phone if whole.unit else "")
    handler = own.handler or (whole.unit.contact if whole.unit else "")
    made = reply_letter_docx(
        ReplyLetter(
            unit=whole.unit_name or "承办单位",
            document=reply.document or NUMBER_TO_FILL,
            result=reply.result or "",
            number=whole.file.number,
            form=own.shown("form"),
            title=whole.file.opinion.title,
            deputies=[name for name in (whole.told.lead, *whole.told.joint) if name],
            words=reply.words or "",
            promise=_promised(reply),
            day=reply.day,
            contact="　".join(part for part in (handler, phone) if part),
            copies=[whole.office.name],
        )
    )
    with desk.store.reading() as reading:
        return f"答复函_{whole.file.number}.docx", own_look(desk, reading, "reply-letter", made, [uid])


def _promised(reply: Reply) -> str:
    if not reply.promise:
        return ""
    until = f"，{show_day(reply.promised_day)}前完成" if reply.promised_day else ""
    return f"{reply.promise.rstrip('。')}{until}。"


def _in_own_look(desk: Desk, paper: str, made: bytes, uids: Sequence[str]) -> bytes:
    with desk.store.reading() as reading:
        return own_look(desk, reading, paper, made, uids)


def opinion_requests(desk: Desk, uid: str) -> tuple[str, bytes]:
    """The 征询意见表 of every deputy who signed, a page each. Raises NoSuchMatter before there is a reply."""
    whole = _Whole(desk, uid)
    reply = whole.answered()
    words = " ".join((reply.words or "").split())
    back_to = " ".join(part for part in (whole.office.short_name or whole.office.name, whole.contact) if part)
    requests = [
        OpinionRequest(
            subject=whole.subject,
            deputy=each.name,
            role="领衔代表" if each.answer.lead else "联名代表",
            replied=show_day(reply.day),
            result=reply.shown("result"),
            summary=words if len(words) <= _SUMMARY else words[: _SUMMARY - 1] + "…",
            due=show_day(each.answer.due) if each.answer.due else "",
            back_to=back_to,
        )
        for each in whole.told.answers
    ]
    if not requests:
        raise NoSuchMatter("这件建议没有领衔和联名代表，没有征询意见表可打印。")
    return f"征询意见表_{whole.file.number}.docx", _in_own_look(
        desk, "opinion-request", opinion_requests_docx(requests), [uid]
    )


def face_reply(desk: Desk, uid: str) -> tuple[str, bytes]:
    """The 当面答复记录 of the latest meeting, or one to be filled in by hand. Raises NoSuchMatter."""
    whole = _Whole(desk, uid)
    met = [step for step in whole.told.consultations if step.means == "face"]
    last = max(met, key=lambda each: (each.purpose == "reply", each.day, each.uid), default=None)
    return f"当面答复记录_{whole.file.number}.docx", _in_own_look(
        desk, "face-reply", face_reply_docx(_face(whole, last)), [uid]
    )


def _face(whole: _Whole, met: Consultation | None) -> FaceReply:
    people = "、".join(name for name in (whole.told.lead, *whole.told.joint) if name)
    if met is None:
        return FaceReply(whole.subject, "", "", "", people, "", "", "")
    return FaceReply(
        subject=whole.subject,
        day=show_day(met.day),
        time=met.shown("time"),
        place=met.place or "",
        participants=met.participants or people,
        words=met.words or "",
        view=met.view or "",
        recorder=met.by or "",
    )


def suggestion_ledger(desk: Desk, uids: Sequence[str], *, narrowed: str = "") -> bytes:
    """The 代表议案建议台账 of these matters, in their order; people stand in it by name."""
    with desk.store.reading() as reading:
        office = office_of(reading)
        matters = list(reading.by_uid(Opinion, uids).values())
        lines = suggestion_lines(desk, reading, matters)
    also = f"（{narrowed}）" if narrowed else ""
    title = f"{office.short_name or office.name}{LABEL}{also}"
    return suggestion_ledger_xlsx(lines, office_name=office.name, title=title)


def _ledger(asked: Asked) -> bytes:
    own = Condition("track", "in", DEPUTIES_TRACKS)
    found = (
        [each for each in period_records(asked.reading, Opinion, "registered", asked.period)
         if each.track in DEPUTIES_TRACKS]
        if asked.period
        else asked.reading.all(Opinion, own, order=Order("registered"))
    )  # fmt: skip
    return suggestion_ledger(
        asked.desk, [each.uid for each in found], narrowed=asked.period.label if asked.period else ""
    )


def _report(asked: Asked) -> bytes:
    assert asked.period is not None
    return suggestion_report_docx(report_of(asked.desk, asked.reading, asked.period))


def _one_handover(desk: Desk, uid: str) -> tuple[str, bytes]:
    return suggestion_handovers(desk, [uid])


SUGGESTION_PAPERS = (
    Paper("suggestion-sheet", "代表建议办理单", ".docx", "record", of_one(suggestion_sheet)),
    Paper(
        "suggestion-handover",
        "代表建议交办单",
        ".docx",
        "record or blank",
        or_blank(of_one(_one_handover), in_own_look("suggestion-handover", blank_suggestion_handover)),
    ),
    Paper("reply-letter", "答复函", ".docx", "record", of_one(reply_letter), official=True),
    Paper(
        "opinion-request",
        "办理情况征询意见表",
        ".docx",
        "record or blank",
        or_blank(of_one(opinion_requests), in_own_look("opinion-request", blank_opinion_request)),
    ),
    Paper(
        "face-reply",
        "当面答复记录",
        ".docx",
        "record or blank",
        or_blank(of_one(face_reply), in_own_look("face-reply", blank_face_reply)),
    ),
    Paper(
        "suggestion-report",
        "代表建议办理情况报告",
        ".docx",
        "period",
        in_own_look("suggestion-report", _report),
        official=True,
    ),
    Paper("suggestion-ledger", "代表议案建议台账", ".xlsx", "period or all", _ledger),
)
"""What `document` and the page can print of suggestions."""
