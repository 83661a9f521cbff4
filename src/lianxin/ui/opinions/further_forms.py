"""The sheets of the further steps: 督办, 退回, 延期, 主席团研究, 撤回, 拆开, 承诺; each made from its record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from lianxin.domain import codes
from lianxin.domain.codes import CodeList
from lianxin.domain.dates import show_day
from lianxin.domain.dictionary import Record
from lianxin.domain.records import (
    Extension,
    HandBack,
    PromiseResult,
    Routing,
    Ruling,
    Supervision,
)
from lianxin.office.case_papers.case_file import CaseFile
from lianxin.office.cases import steps
from lianxin.office.desk import Desk
from lianxin.store.writing import Change
from lianxin.ui.form import FormFields
from lianxin.ui.opinions.act_form import ActForm, ChoiceRow, Done
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces import label

Line = str | tuple[str, ...]


def subject_of(file: CaseFile) -> str:
    """The line that says which matter the sheet is about."""
    return f"{file.number}  {file.opinion.title}"


@dataclass(frozen=True)
class Sheet:
    """What a sheet asks: the fields in order; `choice` is asked first, as a row of numbered words.

    `also` are values nobody is asked for; `asked` fields must be filled here though the record could do without.
    """

    heading: str
    cls: type[Record]
    wires: Sequence[Line]
    choice: tuple[str, str, CodeList] | None = None
    chosen: str = ""
    start: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    note: str = ""


Store = Callable[[Record], tuple[Change, ...]]


class StepSheet(ActForm):
    """A sheet of one further step. `store` is the one call that records it, `told` what is said then."""

    def __init__(
        self,
        office: Desk,
        lookup: Lookup,
        file: CaseFile,
        sheet: Sheet,
        *,
        store: Store,
        told: str,
        key: str = "",
    ) -> None:
        key = key or f"{sheet.heading}-{file.opinion.uid}"
        super().__init__(sheet.heading, subject_of(file), kind=sheet.cls.KIND, key=key)
        self._file, self._sheet, self._store, self._told = file, sheet, store, told
        self.choice: ChoiceRow | None = None
        if sheet.note:
            self.add(label(sheet.note, "soft", wrap=True))
        if sheet.choice is not None:
            wire, words, listed = sheet.choice
            choices = [(each.code, each.label) for each in listed.codes if each.code not in sheet.left_out]
            self.choice = ChoiceRow(wire, words, choices)
            self.add_part(self.choice)
        self.form = FormFields(
            sheet.cls, sheet.wires, today=office.today, lookup=lookup, labels=sheet.labels,
            tall={spec.wire: 2 for spec in sheet.cls.specs() if spec.kind.lines},
        )  # fmt: skip
        for wire, words in sheet.hints.items():
            self.form.set_hint(wire, words)
        self.add_part(self.form)
        self.finish_parts()

    def start(self) -> None:
        if self.choice is not None:
            self.choice.set_value(self._sheet.chosen)
        self.form.set_typed(self._sheet.start)

    def save(self) -> Done | None:
        also = {"opinion": self._file.opinion.uid, **self._sheet.also}
        if self.choice is not None:
            if not self.choice.check():
                return None
            also[self.choice.wire] = self.choice.value()
        missing = {
            wire: words for wire, words in self._sheet.asked.items() if not self.form.value(wire).strip()
        }
        if missing:
            self.form.show_problems(missing)
            return None
        record = self.form.read("", also=also)
        if record is None:
            return None
        return Done(f"{self._file.number} {self._told}", self._store(record))


def supervise_sheet(office: Desk, lookup: Lookup, file: CaseFile) -> ActForm:
    """督办: by which means, what is asked for, by when an answer."""
    today, rule = office.today(), office.profile.supervision_reply
    until = office.profile.limit(today, rule) if rule else None
    nth = file.state.supervised + 1
    sheet = Sheet(
        heading=f"督办（第{nth}次）" if nth > 1 else "督办",
        cls=Supervision,
        choice=("means", "督办方式", codes.SUPERVISION_MEANS),
        chosen="phone",
        wires=["demand", ("date", "reply_by"), "deputies", "by"],
        start={"date": today.isoformat(), "reply_by": until.isoformat() if until else ""},
        hints={"reply_by": f"按规则{rule.shown}" if rule else ""},
        note=file.standing or "选“督办函”时编号，可以打印。",
    )

    def store(record: Record) -> tuple[Change, ...]:
        assert isinstance(record, Supervision)
        return steps.supervise(
            office, opinion=record.opinion, day=record.day, means=record.means, demand=record.demand,
            reply_by=record.reply_by, deputies=record.deputies, by=record.by, draft_key=form.key,
        )  # fmt: skip

    form = StepSheet(
        office, lookup, file, sheet, store=store, told="已督办", key=f"supervise-{file.opinion.uid}"
    )
    return form


def supervision_answer_sheet(office: Desk, lookup: Lookup, file: CaseFile) -> ActForm:
    """督办回复: what the unit said to the oldest supervision that is still open."""
    supervision = file.open_supervision
    assert supervision is not None
    asked = f"{show_day(supervision.day)}{supervision.shown('means')}"
    sheet = Sheet(
        heading="督办回复",
        cls=Supervision,
        choice=("outcome", "督办结果", codes.SUPERVISION_OUTCOME),
        chosen="moving",
        wires=["answered", "answer"],
        start={"answered": office.today().isoformat()},
        also={"date": supervision.day.isoformat()},
        asked={"answered": "请填写回复日期"},
        note="：".join(part for part in (asked, supervision.demand) if part),
    )

    def store(record: Record) -> tuple[Change, ...]:
        assert isinstance(record, Supervision) and record.answered is not None
        return steps.supervision_answered(
            office, supervision=supervision, day=record.answered, answer=record.answer,
            outcome=record.outcome, draft_key=form.key,
        )  # fmt: skip

    form = StepSheet(office, lookup, file, sheet, store=store, told="已登记督办回复", key=supervision.uid)
    return form


def hand_back_sheet(office: Desk, lookup: Lookup, file: CaseFile) -> ActForm:
    """登记退回: the unit says it is not its business."""
    rule, assigned = office.profile.hand_back, file.state.assigned_day
    last = show_day(office.profile.limit(assigned, rule)) if rule and assigned else ""
    sheet = Sheet(
        heading="登记退回",
        cls=HandBack,
        wires=["reason", "date", "by"],
        start={"date": office.today().isoformat()},
        note=f"承办单位应在{last}前退回（交办后{rule.shown}内）。"
        if last and rule
        else f"{office.profile.name}规则没有规定退回期限，随时可以退回，写明理由即可。",
    )

    def store(record: Record) -> tuple[Change, ...]:
        assert isinstance(record, HandBack)
        return steps.hand_back(
            office,
            opinion=record.opinion,
            day=record.day,
            reason=record.reason,
            by=record.by,
            draft_key=form.key,
        )

    form = StepSheet(office, lookup, file, sheet, store=store, told="已登记退回，请改派")
    return form


def extension_sheet(office: Desk, lookup: Lookup, file: CaseFile) -> ActForm:
    """延期: asked for by the unit; decided at once or left waiting."""
    due = file.state.handling_due
    sheet = Sheet(
        heading="延期",
        cls=Extension,
        choice=("decision", "审批结果", codes.EXTENSION_DECISION),
        chosen="waiting",
        wires=["until", "reason", "date", ("decided_by", "decided")],
        start={"date": office.today().isoformat()},
        hints={"until": f"现在的期限是{show_day(due)}" if due else ""},
        note="还没有批的选“待审批”，批下来再登记审批结果。",
    )

    def store(record: Record) -> tuple[Change, ...]:
        assert isinstance(record, Extension)
        return steps.extend(
            office, opinion=record.opinion, day=record.day, until=record.until, reason=record.reason,
            decision=record.decision, decided=record.decided, decided_by=record.decided_by, draft_key=form.key,
        )  # fmt: skip

    form = StepSheet(office, lookup, file, sheet, store=store, told="已登记延期")
    return form


def decide_extension_sheet(office: Desk, lookup: Lookup, file: CaseFile) -> ActForm:
    """审批延期: what was decided on the unit's request."""
    asked = file.pending_extension
    assert asked is not None
    sheet = Sheet(
        heading="审批延期",
        cls=Extension,
        choice=("decision", "审批结果", codes.EXTENSION_DECISION),
        chosen="granted",
        left_out=("waiting",),
        wires=["decided_by", "decided"],
        start={"decided": office.today().isoformat()},
        also={"date": asked.day.isoformat(), "until": asked.until.isoformat(), "reason": asked.reason or "—"},
        asked={"decided_by": "延期要经批准，请填写审批人"},
        note=f"申请延至{show_day(asked.until)}：{asked.reason}",
    )

    def store(record: Record) -> tuple[Change, ...]:
        assert isinstance(record, Extension)
        return steps.decide_extension(
            office, extension=asked, decision=record.decision, decided=record.decided or office.today(),
            decided_by=record.decided_by, draft_key=form.key,
        )  # fmt: skip

    form = StepSheet(office, lookup, file, sheet, store=store, told="已登记审批结果", key=asked.uid)
    return form


def ruling_sheet(office: Desk, lookup: Lookup, file: CaseFile) -> ActForm:
    """主席团研究: once more, or closed after explaining; of what the chair sent there whether it is handed over."""
    rounds = file.state.round
    limit = office.profile.redo_limit.shown
    sheet = Sheet(
        heading="主席团研究",
        cls=Ruling,
        choice=("decision", "研究意见", codes.RULING),
        chosen="redo" if rounds else "assign",
        left_out=("assign", "back", "to_suggestion") if rounds else ("redo", "closed", "to_suggestion"),
        wires=["reason", "date", "by"],
        start={"date": office.today().isoformat()},
        note=f"反映人{rounds}次评价不满意，已超过重办次数上限{limit}。"
        if rounds
        else "主席提交主席团研究是否交办。",
    )

    def store(record: Record) -> tuple[Change, ...]:
        assert isinstance(record, Ruling)
        return steps.rule_upon(
            office, opinion=record.opinion, day=record.day, decision=record.decision, reason=record.reason,
            by=record.by, draft_key=form.key,
        )  # fmt: skip

    form = StepSheet(office, lookup, file, sheet, store=store, told="已登记主席团研究意见")
    return form


def leaving_sheet(office: Desk, lookup: Lookup, file: CaseFile, heading: str) -> ActForm:
    """撤回 and 拆开单独办理: when and why."""
    apart = heading != "撤回"
    sheet = Sheet(
        heading=heading,
        cls=Routing,
        wires=["reason", "date", "decided_by"],
        start={"date": office.today().isoformat()},
        also={"route": "taken_apart" if apart else "withdrawn"},
        asked={"reason": f"{heading}要写明理由"},
        labels={"reason": "理由", "date": "日期", "decided_by": "经手人"},
        note="拆开后回到合并前的办理状态，期限照旧。"
        if apart
        else "反映人不再要求办理时用，以后可以重新分流。",
    )

    def store(record: Record) -> tuple[Change, ...]:
        assert isinstance(record, Routing)
        act = steps.take_apart if apart else steps.withdraw
        return act(
            office, opinion=record.opinion, day=record.day, reason=record.reason, by=record.decided_by,
            draft_key=form.key,
        )  # fmt: skip

    form = StepSheet(office, lookup, file, sheet, store=store, told="已拆开单独办理" if apart else "已撤回")
    return form


def promise_sheet(office: Desk, lookup: Lookup, file: CaseFile) -> ActForm:
    """核实承诺: whether what the reply promised was done."""
    promise = file.open_promise
    assert promise is not None
    due = f"，{show_day(promise.due)}前" if promise.due else ""
    sheet = Sheet(
        heading="核实承诺",
        cls=PromiseResult,
        choice=("outcome", "兑现情况", codes.PROMISE_OUTCOME),
        chosen="kept",
        wires=["date", "words", "until", ("replied", "overall"), "by"],
        start={"date": office.today().isoformat()},
        also={"reply": promise.reply.uid},
        note=f"{promise.words}{due}",
    )

    def store(record: Record) -> tuple[Change, ...]:
        assert isinstance(record, PromiseResult)
        return steps.keep_promise(
            office, reply=promise.reply, day=record.day, outcome=record.outcome, until=record.until,
            words=record.words, overall=record.overall, replied=record.replied, by=record.by,
            draft_key=form.key,
        )  # fmt: skip

    form = StepSheet(office, lookup, file, sheet, store=store, told="已核实承诺", key=promise.reply.uid)
    return form
