"""What the county does with a referred matter: which acts it offers in its stage, and the sheet of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from lianxin.county.referrals.referred import Referred
from lianxin.domain import codes
from lianxin.domain.casework.referral import COUNTY_STEP_KINDS, CountyStep, unit_rule
from lianxin.domain.dates import show_day
from lianxin.domain.dictionary import Record
from lianxin.domain.records import CountyAssignment, CountyDecision, CountyReply, CountySupervision
from lianxin.office.case_papers.case_file import CaseFile
from lianxin.office.cases.county_steps import correct_county_step, take_county_step, urging_answered
from lianxin.office.desk import Desk
from lianxin.store.writing import Change
from lianxin.ui.form import FormFields
from lianxin.ui.opinions.act_form import ActForm, Done
from lianxin.ui.opinions.further_forms import Sheet, StepSheet, subject_of
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces import FlowLayout, button, label
from lianxin.ui.theme import px

ASSIGN, AGAIN, OTHER, REPLY, MORE = "交办", "重新交办", "改派", "答复乡镇", "补充答复"
URGE, URGED, RETURN, UPWARD = "督办", "督办回复", "退回乡镇", "转报上级"
ASK_TOWN = "催乡镇反馈"
_BY_STAGE = {
    "sent": (ASSIGN, RETURN, UPWARD, REPLY),
    "assigned": (REPLY, URGE, OTHER, RETURN, UPWARD),
    "upward": (REPLY, ASSIGN, RETURN),
    "again": (AGAIN, REPLY, URGE, RETURN, UPWARD),
    "answered": (ASK_TOWN, MORE),
}
_FIXED = ("addressee", "opinion", "number")
_MOST_OFFERED = 6


def acts_for(row: Referred) -> tuple[str, ...]:
    """The words of the acts, the next one first."""
    acts = [act for act in _BY_STAGE.get(row.stage, ()) if act != URGE or row.referral.unit]
    if row.late and row.stage == "assigned":
        acts.sort(key=lambda act: act != URGE)
    if open_supervision(row) is not None and row.referral.waiting:
        acts.insert(1, URGED)
    return tuple(acts)


def open_supervision(row: Referred) -> CountySupervision | None:
    """The oldest supervision that is still to be answered."""
    return next((each for each in row.referral.supervisions if each.answered is None), None)


def make_sheet(
    act: str, office: Desk, lookup: Lookup, file: CaseFile, row: Referred, units: Sequence[str]
) -> ActForm:
    """The sheet of an act. `units` are the county units matters were handed to before, the likeliest first."""
    if act in (ASSIGN, AGAIN, OTHER):
        return HandOverForm(office, file, row, act, units)
    if act == URGED:
        return _urged_sheet(office, lookup, file, row)
    makers: dict[str, Callable[[Desk, CaseFile, Referred], Sheet]] = {
        REPLY: partial(_reply, heading=REPLY),
        MORE: partial(_reply, heading=MORE),
        URGE: _urge,
        ASK_TOWN: _ask_town,
        RETURN: _return,
        UPWARD: _upward,
    }
    return _sheet(office, lookup, file, makers[act](office, file, row))


def _sheet(office: Desk, lookup: Lookup, file: CaseFile, sheet: Sheet) -> ActForm:
    def store(record: Record) -> tuple[Change, ...]:
        assert isinstance(record, COUNTY_STEP_KINDS)
        return take_county_step(office, record, draft_key=form.key)

    form = StepSheet(
        office, lookup, file, sheet, store=store, told=f"已{sheet.heading}，随下一份回执告诉乡镇"
    )
    return form


def _reply(office: Desk, _file: CaseFile, row: Referred, *, heading: str) -> Sheet:
    return Sheet(
        heading=heading,
        cls=CountyReply,
        choice=("result", "办理结果", codes.RESULT),
        wires=["words", "promise", ("promised_day", "document"), "unit", ("date", "means"), "by"],
        start={"date": office.today().isoformat(), "unit": row.referral.unit},
        asked={"words": "请写明答复内容，乡镇要据此向反映人反馈"},
        hints={"date": "答复乡镇的日期"},
        note=f"答复随下一份回执到{row.town}，由乡镇向反映人反馈，反馈随乡镇下次报送件回来。",
    )


def _urge(office: Desk, _file: CaseFile, row: Referred) -> Sheet:
    today, rule = office.today(), office.profile.supervision_reply
    until = office.profile.limit(today, rule).isoformat() if rule else ""
    nth = row.referral.supervised + 1
    return Sheet(
        heading=f"督办（第{nth}次）" if nth > 1 else URGE,
        cls=CountySupervision,
        choice=("means", "督办方式", codes.SUPERVISION_MEANS),
        chosen="phone",
        wires=["demand", ("date", "reply_by"), "by"],
        start={"date": today.isoformat(), "reply_by": until},
        hints={"reply_by": f"按规则{rule.shown}" if rule else ""},
        note=f"{row.referral.unit}承办。催办选“电话催办”；选“督办函”时编号，可以打印。",
    )


def _ask_town(office: Desk, _file: CaseFile, row: Referred) -> Sheet:
    answered = show_day(row.referral.answered) if row.referral.answered else ""
    return Sheet(
        heading=ASK_TOWN,
        cls=CountySupervision,
        wires=["demand", ("date", "reply_by"), "by"],
        start={"date": office.today().isoformat(), "demand": "请尽快向反映人反馈，并随下次报送件报来评价"},
        also={"unit": row.town, "means": "phone"},
        note=f"{answered}已答复，{row.town}还没有报来反映人的评价。打过电话，记在这里。",
    )


def _return(office: Desk, _file: CaseFile, row: Referred) -> Sheet:
    return Sheet(
        heading=RETURN,
        cls=CountyDecision,
        wires=["reason", ("date", "by")],
        start={"date": office.today().isoformat()},
        also={"decision": "returned"},
        asked={"reason": "请写明为什么不属于县级办理"},
        note=f"不属于县级办理的退回{row.town}，由乡镇重新分流并告知反映人。",
    )


def _upward(office: Desk, _file: CaseFile, row: Referred) -> Sheet:
    return Sheet(
        heading=UPWARD,
        cls=CountyDecision,
        wires=["destination", "reason", ("date", "document"), "by"],
        start={"date": office.today().isoformat(), "destination": "市人大常委会"},
        also={"decision": "upward"},
        asked={"reason": "请写明为什么转报上级"},
        note=f"{row.town}会看到这件已转报到哪里；上级答复以后再用“答复乡镇”。",
    )


def _urged_sheet(office: Desk, lookup: Lookup, file: CaseFile, row: Referred) -> ActForm:
    supervision = open_supervision(row)
    assert supervision is not None
    asked = f"{show_day(supervision.day)}{supervision.shown('means')}"
    sheet = Sheet(
        heading=URGED,
        cls=CountySupervision,
        choice=("outcome", "督办结果", codes.SUPERVISION_OUTCOME),
        chosen="moving",
        wires=["answered", "answer"],
        start={"answered": office.today().isoformat()},
        also={"date": supervision.day.isoformat()},
        asked={"answered": "请填写回复日期"},
        note="：".join(part for part in (asked, supervision.demand) if part),
    )

    def store(record: Record) -> tuple[Change, ...]:
        assert isinstance(record, CountySupervision) and record.answered is not None
        return urging_answered(
            office, supervision=supervision, day=record.answered, answer=record.answer,
            outcome=record.outcome, draft_key=form.key,
        )  # fmt: skip

    form = StepSheet(office, lookup, file, sheet, store=store, told="已登记督办回复", key=supervision.uid)
    return form


class HandOverForm(ActForm):
    """交办, 改派, 重新交办: to which county unit, until when."""

    def __init__(self, office: Desk, file: CaseFile, row: Referred, act: str, units: Sequence[str]) -> None:
        super().__init__(act, subject_of(file), kind=CountyAssignment.KIND, key=f"{act}-{row.uid}")
        self._office, self._file, self._row, self._act = office, file, row, act
        why = ["reason"] if act != ASSIGN else []
        self.form = FormFields(
            CountyAssignment, ["unit", ("date", "due"), "demand", *why, "by"], today=office.today,
            tall={"demand": 2, "reason": 2}, labels={"reason": "理由"},
        )  # fmt: skip
        if units:
            self.add(label("交办过的单位，点一下就填好：", "soft"))
            offered = QWidget()
            flow = FlowLayout(offered, gap=px(4))
            for unit in units[:_MOST_OFFERED]:
                flow.addWidget(button(unit, "link", act=partial(self._take_unit, unit)))
            self.add(offered)
        self.add_part(self.form)
        self.finish_parts()

    def start(self) -> None:
        today, profile = self._office.today(), self._office.profile
        again = self._row.referral.rounds > 0
        rule = unit_rule(profile, urgency=self._row.urgency, again=again)
        self.form.set_typed(
            {
                "date": today.isoformat(),
                "due": profile.limit(today, rule).isoformat(),
                "unit": self._row.referral.unit if self._act == AGAIN else "",
            }
        )
        urgency = {"urgent": "紧急件", "pressing": "较急件"}.get(self._row.urgency, "")
        self.form.set_hint("due", f"{'' if again else urgency}按规则{rule.shown}")

    def save(self) -> Done | None:
        if self._act == OTHER and not self.form.value("reason").strip():
            self.form.show_problems({"reason": f"{self._act}要写明理由"})
            return None
        read = self.form.read("", also={"opinion": self._row.uid})
        if read is None:
            return None
        changes = take_county_step(self._office, read, draft_key=self.key)
        return Done(f"{self._file.number} 已交{read.unit}办理，随下一份回执告诉{self._row.town}", changes)

    def _take_unit(self, unit: str) -> None:
        self.form.set_value("unit", unit)
        self.form.focus_first()


class CountyStepForm(ActForm):
    """更正: one step of the county's own as it was recorded."""

    def __init__(self, office: Desk, lookup: Lookup, file: CaseFile, step: CountyStep) -> None:
        super().__init__(f"更正{step.LABEL}", subject_of(file), kind=step.KIND, key=step.uid)
        self._office, self._file, self._step = office, file, step
        wires = [spec.wire for spec in step.fields() if spec.wire not in _FIXED]
        self.form: FormFields[Record] = FormFields(
            type(step), wires, today=office.today, lookup=lookup, tall={"words": 3, "remark": 1}
        )
        self.add_part(self.form)
        self.finish_parts()

    def start(self) -> None:
        self.form.set_record(self._step)

    def save(self) -> Done | None:
        read = self.form.read_over(self._step)
        if read is None:
            return None
        assert isinstance(read, COUNTY_STEP_KINDS)
        changes = correct_county_step(self._office, step=read, opened=self._step, draft_key=self.key)
        return Done(f"{self._file.number} 已更正{self._step.LABEL}", changes)
