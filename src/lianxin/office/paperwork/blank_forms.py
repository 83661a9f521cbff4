"""Papers of a matter, a vote or a meeting as forms to be written on by hand (domain.md 4.5-4.10, 4.13, 4.15).

They bear no 表号: that is typed in with a visit, and these sheets have the number of their matter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from lianxin.domain.records import Office
from lianxin.domain.tally.arithmetic import grades_of, marks_of
from lianxin.office.desk import office_of
from lianxin.office.paperwork.paper import Asked

if TYPE_CHECKING:
    from lianxin.documents.forms.matter_sheet import Handover
    from lianxin.documents.forms.suggestion_forms import Subject

_DAY = "　　　年　　月　　日"
_WORD, _LINE = "＿＿＿＿＿＿", "＿＿＿＿＿＿＿＿＿＿"
_SCHEME = "three"
_TARGETS = ("", "　") * 3
"""Neighbours differ, or they would be joined to one name with several aspects."""
_SUMMARY_ROWS = 5


def _contact(office: Office) -> str:
    return " ".join(part for part in (office.clerk, office.phone) if part)


def blank_handover(asked: Asked) -> bytes:
    """The 交办单 of a matter in its three parts."""
    from lianxin.documents.forms.matter_sheet import handover_docx

    return handover_docx(_handover(asked))


def blank_suggestion_handover(asked: Asked) -> bytes:
    """The 交办单 of a suggestion in its three parts."""
    from lianxin.documents.forms.matter_sheet import handover_docx

    sheet = replace(
        _handover(asked), sheet="代表建议交办单", matter_label="建议编号", raised_label="提出代表"
    )
    return handover_docx(sheet)


def _handover(asked: Asked) -> Handover:
    from lianxin.documents.forms.matter_sheet import Handover

    office, rule = office_of(asked.reading), asked.desk.profile.hand_back
    return Handover(
        number="", unit="", matter="", raised_by="", summary="", demand="", due=_DAY, issuer=office.name,
        contact=_contact(office), day=_DAY, hand_back=f"自收到之日起{rule.shown}内" if rule else "及时",
    )  # fmt: skip


def blank_supervision_letter(asked: Asked) -> bytes:
    """The 督办函 about one matter."""
    from lianxin.documents.official.page import NUMBER_TO_FILL
    from lianxin.documents.official.supervision_letter import (
        PressedMatter,
        SupervisionLetter,
        supervision_letters_docx,
    )

    office = office_of(asked.reading)
    day = "＿＿＿＿年＿＿月＿＿日"
    letter = SupervisionLetter(
        number=NUMBER_TO_FILL, unit=_LINE, matters=(PressedMatter(_LINE, _WORD, _WORD, day, 0),), demand="",
        reply_by=day, issuer=office.name, contact=_contact(office), day=None, raised="反映事项",
    )  # fmt: skip
    return supervision_letters_docx([letter])


def blank_opinion_request(asked: Asked) -> bytes:
    """The 征询意见表 of one deputy."""
    from lianxin.documents.forms.suggestion_forms import OpinionRequest, opinion_requests_docx

    office = office_of(asked.reading)
    back_to = " ".join(part for part in (office.short_name or office.name, _contact(office)) if part)
    request = OpinionRequest(
        subject=_subject(office), deputy="", role="", replied=_DAY, result="", summary="", due="",
        back_to=back_to,
    )  # fmt: skip
    return opinion_requests_docx([request])


def blank_face_reply(asked: Asked) -> bytes:
    """The 当面答复记录."""
    from lianxin.documents.forms.suggestion_forms import FaceReply, face_reply_docx

    return face_reply_docx(FaceReply(_subject(office_of(asked.reading)), _DAY, "", "", "", "", "", ""))


def _subject(office: Office) -> Subject:
    from lianxin.documents.forms.suggestion_forms import Subject

    return Subject(number="", title="", lead="", joint="", unit="", issuer=office.name)


def blank_ballot(asked: Asked) -> bytes:
    """The 测评表 for six names, three grades and 不了解."""
    from lianxin.documents.forms.ballot_paper import BallotPaper, BallotRow, ballot_paper_docx

    return ballot_paper_docx(
        BallotPaper(
            title=f"{_LINE}测评表", day=None, place="", heading="测评对象",
            rows=tuple(BallotRow(target) for target in _TARGETS),
            grades=(*(mark.label for mark in grades_of(_SCHEME)), "不了解"),
        )
    )  # fmt: skip


def blank_strokes(asked: Asked) -> bytes:
    """The 正字计票单 for six names."""
    from lianxin.documents.forms.tally_sheet import TallySheet, tally_sheet_docx

    return tally_sheet_docx(
        TallySheet(
            title=f"{_LINE}测评", day=None, place=_WORD, heading="测评对象",
            rows=tuple((target, "") for target in _TARGETS),
            marks=tuple(mark.label for mark in marks_of(_SCHEME, unknown=True)),
        )
    )  # fmt: skip


def blank_summary(asked: Asked) -> bytes:
    """The 测评结果汇总表."""
    from lianxin.documents.sheets.result_sheet import blank_summary_docx

    return blank_summary_docx(office=office_of(asked.reading).name, scheme=_SCHEME, rows=_SUMMARY_ROWS)


def blank_of_event(name: str) -> Callable[[Asked], bytes]:
    """The maker of an event's paper with everything but the office left to the pen; plan and summary of an activity."""

    def make(asked: Asked) -> bytes:
        from lianxin.documents.forms.event_lists import event_docx
        from lianxin.documents.official.event_papers import blank_event

        office = office_of(asked.reading)
        meeting = name not in ("event-plan", "event-summary")
        event = blank_event(office.name, _contact(office), meeting=meeting)
        return event_docx(name, event)

    return make
