"""Papers of referred matters: 交办单 and 督办函 to the county unit, the letter to the township, the list as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from lianxin.county.referrals.referred import Referred, in_order, referred_matters, sent_up
from lianxin.county.townships.names import towns_in
from lianxin.documents.forms.matter_sheet import Handover, handover_docx
from lianxin.documents.official.page import NUMBER_TO_FILL
from lianxin.documents.official.referral_letter import ReferralLetter, referral_letter_docx
from lianxin.documents.official.supervision_letter import (
    PressedMatter,
    SupervisionLetter,
    supervision_letters_docx,
)
from lianxin.domain.casework.referral import CountyStep
from lianxin.domain.codes import CATEGORY, SATISFACTION
from lianxin.domain.dates import show_day
from lianxin.domain.records import (
    CountyAssignment,
    CountyDecision,
    CountyReply,
    CountySupervision,
    Office,
    Opinion,
    Routing,
)
from lianxin.office.desk import Desk, office_of
from lianxin.office.numbers import short_number
from lianxin.office.paperwork.outgoing_numbers import number_about
from lianxin.office.paperwork.paper import Asked, NoSuchMatter, Paper, of_one
from lianxin.store.reading import Reading

S = TypeVar("S", bound=CountyStep)
_ASK = "请你单位及时向反映人反馈，并将反映人评价随下次报送件报我单位。"


def county_handovers(desk: Desk, uids: Sequence[str]) -> tuple[str, bytes]:
    """The 交办单 of the latest county assignment of each matter, a page each. Raises NoSuchMatter for none."""
    with desk.store.reading() as reading:
        found = [step for uid in uids if (step := _latest(reading, CountyAssignment, uid)) is not None]
        if not found:
            raise NoSuchMatter("这件转报事项还没有交办，没有交办单可打印。请先“交办”。")
        told = [_handover(desk, reading, step) for step in found]
    also = f"等{len(told)}件" if len(told) > 1 else ""
    return f"转报事项交办单_{told[0].number}{also}.docx", handover_docx(*told)


def county_letters(desk: Desk, uids: Sequence[str]) -> tuple[str, bytes]:
    """The latest 督办函 about each matter. Raises NoSuchMatter for none."""
    with desk.store.reading() as reading:
        found = [step for uid in uids if (step := _latest(reading, CountySupervision, uid)) is not None]
        if not found:
            raise NoSuchMatter("还没有督办函可打印。请先“督办”，方式选督办函。")
        told = [_pressing(reading, step) for step in found]
    also = f"等{len(told)}件" if len(told) > 1 else ""
    return f"督办函_{short_number(found[0].number or '')}{also}.docx", supervision_letters_docx(told)


def county_answer(desk: Desk, uid: str) -> tuple[str, bytes]:
    """The letter to the township: the latest reply, or why the matter goes back or on. Raises NoSuchMatter."""
    with desk.store.reading() as reading:
        latest = (_latest(reading, CountyReply, uid), _latest(reading, CountyDecision, uid))
        step = max((each for each in latest if each), key=lambda each: (each.day, each.uid), default=None)
        if step is None:
            raise NoSuchMatter("这件转报事项还没有答复，没有答复可打印。请先“答复乡镇”。")
        letter = _answer(reading, step)
    return f"转报事项{letter.kind}_{letter.matter}.docx", referral_letter_docx(letter)


def referral_ledger(desk: Desk, rows: Sequence[Referred], *, narrowed: str = "") -> bytes:
    """转报事项台账 of these matters in their order; no personal data stand in it."""
    from lianxin.documents.workbooks.ledger import Column, table_xlsx
    from lianxin.documents.workbooks.looks import Look

    with desk.store.reading() as reading:
        office = office_of(reading)
    columns = (
        Column("序号", Look.ORDER), Column("乡镇", Look.MIDDLE), Column("编号", Look.MIDDLE), Column("事项", Look.TEXT, 3),
        Column("类别", Look.MIDDLE), Column("转报日期", Look.DAY), Column("县收到", Look.DAY),
        Column("承办单位", Look.TEXT, 1), Column("交办日期", Look.DAY), Column("办理期限", Look.DAY),
        Column("督办次数", Look.COUNT), Column("答复日期", Look.DAY), Column("办理状态", Look.MIDDLE),
        Column("超期天数", Look.COUNT), Column("满意度", Look.MIDDLE), Column("重办次数", Look.COUNT),
    )  # fmt: skip
    body = [
        (
            at, row.town, row.number, row.title, CATEGORY.label_of(row.category), row.referral.sent, row.arrived,
            row.referral.unit, row.referral.assigned, row.clock.due if row.stage == "assigned" else row.referral.due,
            row.referral.supervised, row.referral.answered, row.referral.label,
            -(row.clock.days_left or 0) if row.late else None,
            SATISFACTION.label_of(row.satisfaction) if row.satisfaction else "", row.referral.rounds,
        )
        for at, row in enumerate(rows, 1)
    ]  # fmt: skip
    title = f"{office.short_name or office.name}转报事项台账" + (f"（{narrowed}）" if narrowed else "")
    return table_xlsx(columns, body, title=title, office_name=office.name, label="转报事项台账")


def outgoing_step(reading: Reading, uid: str) -> CountySupervision | CountyReply | CountyDecision | None:
    """The latest letter of the county about a matter that may bear a 发文字号; None when there is none."""
    found = (
        _latest(reading, CountySupervision, uid),
        _latest(reading, CountyReply, uid),
        _latest(reading, CountyDecision, uid),
    )
    return max((each for each in found if each), key=lambda each: (each.day, each.uid), default=None)


def _latest(reading: Reading, cls: type[S], uid: str) -> S | None:
    """The step itself, or the latest of its kind about a matter; of supervisions only letters."""
    asked = reading.get(cls, uid)
    found = [asked] if asked is not None else reading.children(cls, "opinion", [uid])
    written = [each for each in found if not isinstance(each, CountySupervision) or each.means == "letter"]
    return max(written, key=lambda each: (each.day, each.uid), default=None)


def _matter(reading: Reading, step: CountyStep) -> Opinion:
    opinion = reading.get(Opinion, step.opinion)
    if opinion is None:
        raise NoSuchMatter("这一步的转报事项已经删除，没有生成文件")
    return opinion


def _handover(desk: Desk, reading: Reading, step: CountyAssignment) -> Handover:
    opinion, office, rule = _matter(reading, step), office_of(reading), desk.profile.hand_back
    return Handover(
        number=short_number(step.number or ""),
        unit=step.unit,
        matter=short_number(opinion.number or ""),
        # The unit speaks with the township, which alone speaks with whoever raised the matter.
        raised_by=towns_in(reading).name(step.addressee),
        summary=opinion.words,
        demand=step.demand or "请在期限内办理，并将办理结果书面答复我单位，由乡镇人大向反映人反馈。",
        due=show_day(step.due) if step.due else "",
        issuer=office.name,
        contact=_contact(office),
        day=show_day(step.day),
        hand_back=f"自收到之日起{rule.shown}内" if rule else "及时",
        sheet="转报事项交办单",
        raised_label="转报乡镇",
    )


def _pressing(reading: Reading, step: CountySupervision) -> SupervisionLetter:
    opinion, office = _matter(reading, step), office_of(reading)
    given = max(
        (
            each
            for each in reading.children(CountyAssignment, "opinion", [opinion.uid])
            if each.day <= step.day
        ),
        key=lambda each: (each.day, each.uid),
        default=None,
    )
    due = given.due if given else None
    pressed = PressedMatter(
        title=opinion.title,
        matter=short_number(opinion.number or ""),
        handover=short_number(given.number or "") if given else "",
        due=show_day(due) if due else "",
        overdue=(step.day - due).days if due else 0,
    )
    return SupervisionLetter(
        number=number_about(reading, [step.uid]) or NUMBER_TO_FILL,
        unit=step.unit or "",
        matters=(pressed,),
        demand=step.demand or "",
        reply_by=show_day(step.reply_by) if step.reply_by else "",
        issuer=office.name,
        contact=_contact(office),
        day=step.day,
        teller="乡镇人大",
        raised=f"{towns_in(reading).name(step.addressee)}转报事项",
    )


def _answer(reading: Reading, step: CountyReply | CountyDecision) -> ReferralLetter:
    opinion, office = _matter(reading, step), office_of(reading)
    routings = reading.children(Routing, "opinion", [opinion.uid])
    sent = max((each.day for each in routings if each.route == "to_county"), default=None)
    town = towns_in(reading).name(step.addressee)
    kind, answer, ask = _said(step)
    return ReferralLetter(
        issuer=office.name,
        number=number_about(reading, [step.uid]) or step.document or NUMBER_TO_FILL,
        town=town if "人大" in town else f"{town}人大",
        title=opinion.title,
        matter=short_number(opinion.number or ""),
        sent=show_day(sent) if sent else "",
        answer=answer,
        ask=ask,
        contact=_contact(office),
        day=step.day,
        kind=kind,
    )


def _said(step: CountyReply | CountyDecision) -> tuple[str, tuple[str, ...], str]:
    if isinstance(step, CountyReply):
        result = f"经{step.unit}办理，结果为：{step.shown('result')}。" if step.unit and step.result else ""
        until = f"，{show_day(step.promised_day)}前完成" if step.promised_day else ""
        promise = f"承办单位承诺：{step.promise.rstrip('。')}{until}。" if step.promise else ""
        return "答复", tuple(part for part in (result, _whole(step.words), promise) if part), _ASK
    if step.decision == "upward":
        told = f"该事项不属于我县办理权限，已转报{step.destination}。{_whole(step.reason)}"
        return "答复", (told,), "请你单位先向反映人说明，待上级答复后我单位另行告知。"
    return (
        "回复",
        (f"该事项不属于县级办理，现退回你单位。{_whole(step.reason)}",),
        "请你单位重新梳理分流，并告知反映人。",
    )


def _whole(words: str | None) -> str:
    """Words as a sentence: closed by a full stop."""
    text = (words or "").strip()
    return text if not text or text[-1] in "。！？；" else f"{text}。"


def _contact(office: Office) -> str:
    return " ".join(part for part in (office.clerk, office.phone) if part)


def _one_handover(desk: Desk, uid: str) -> tuple[str, bytes]:
    return county_handovers(desk, [uid])


def _one_letter(desk: Desk, uid: str) -> tuple[str, bytes]:
    return county_letters(desk, [uid])


def _ledger(asked: Asked) -> bytes:
    rows = in_order(referred_matters(asked.desk, asked.reading, sent_up(asked.reading)))
    if asked.period is None:
        return referral_ledger(asked.desk, rows)
    within = [each for each in rows if asked.period.start <= each.referral.sent <= asked.period.end]
    return referral_ledger(asked.desk, within, narrowed=asked.period.label)


REFERRAL_PAPERS = (
    Paper("referral-handover", "转报事项交办单", ".docx", "record", of_one(_one_handover)),
    Paper("referral-supervision", "转报事项督办函", ".docx", "record", of_one(_one_letter), official=True),
    Paper("referral-answer", "转报事项答复", ".docx", "record", of_one(county_answer), official=True),
    Paper("referral-ledger", "转报事项台账", ".xlsx", "period or all", _ledger),
)
"""What the county prints of referred matters."""
