"""Sheets of suggestions once they are taken in: changing, the four roles, further units, 面商, 议案转建议."""

from __future__ import annotations

from lianxin.domain import codes
from lianxin.domain.dates import show_day
from lianxin.domain.dictionary import Record
from lianxin.domain.records import CoHandling, Consultation, Opinion, Ruling, Suggestion
from lianxin.office.case_papers.case_file import CaseFile
from lianxin.office.desk import Desk
from lianxin.office.suggestions import steps as suggestion_steps
from lianxin.office.suggestions import suggestion as suggestions
from lianxin.office.suggestions.file import SuggestionFile, suggestion_file
from lianxin.store.writing import Change
from lianxin.ui.form import FormFields
from lianxin.ui.opinions.act_form import ActForm, Done
from lianxin.ui.opinions.further_forms import Sheet, StepSheet, subject_of
from lianxin.ui.opinions.propose_form import BESIDE, INQUIRY, LABELS, MATTER, SESSION
from lianxin.ui.pick_editor import Lookup


class ChangeForm(ActForm):
    """修改: the matter and what makes it a suggestion."""

    def __init__(self, office: Desk, lookup: Lookup, file: CaseFile, told: SuggestionFile) -> None:
        super().__init__("修改", subject_of(file), kind=Suggestion.KIND, key=file.opinion.uid)
        self._office, self._file, self._told = office, file, told
        self.matter = FormFields(
            Opinion, [("person", "registered"), *MATTER], today=office.today, lookup=lookup,
            offer_new=("village",), labels=LABELS, tall={"words": 2},
        )  # fmt: skip
        self.beside = FormFields(
            Suggestion,
            ["occasion", *SESSION, *(INQUIRY if told.suggestion.form == "inquiry" else ()), *BESIDE],
            today=office.today,
            lookup=lookup,
            tall={"basis": 2, "proposal": 3, "remark": 1, "question": 2},
            labels={"wished_unit": "希望承办"},
        )
        for part in (self.matter, self.beside):
            self.add_part(part)
        self.finish_parts()

    def start(self) -> None:
        self.matter.set_record(self._file.opinion)
        self.beside.set_record(self._told.suggestion)

    def save(self) -> Done | None:
        matter = self.matter.read_over(self._file.opinion)
        beside = self.beside.read_over(self._told.suggestion) if matter is not None else None
        if matter is None or beside is None:
            return None
        changes = suggestions.change_suggestion(
            self._office, matter=matter, opened=self._file.opinion, suggestion=beside,
            opened_suggestion=self._told.suggestion, draft_key=self.key,
        )  # fmt: skip
        return Done(f"{self._file.number} 已修改", changes, show=matter.uid)


class RolesForm(ActForm):
    """四方督办: who supervises, who leads the handling, which line follows, which deputies inspect; who handles it."""

    def __init__(self, office: Desk, lookup: Lookup, file: CaseFile, told: SuggestionFile) -> None:
        super().__init__(
            "四方督办和承办人员", subject_of(file), kind=Suggestion.KIND, key=f"roles-{file.opinion.uid}"
        )
        self._office, self._file, self._told = office, file, told
        self.form = FormFields(
            Suggestion,
            ["key_matter", "supervisor", "leader", "branch", "inspecting", ("handler_head", "handler_post"),
             ("handler", "handler_phone")],
            today=office.today, lookup=lookup,
        )  # fmt: skip
        for wire, words in (
            ("supervisor", "如人大主席"), ("leader", "如镇长"), ("branch", "如人大副主席、分管副镇长"),
            ("inspecting", "集中视察督办的代表"),
        ):  # fmt: skip
            self.form.set_hint(wire, words)
        self.add_part(self.form)
        self.finish_parts()

    def start(self) -> None:
        self.form.set_record(self._told.suggestion)

    def save(self) -> Done | None:
        read = self.form.read_over(self._told.suggestion)
        if read is None:
            return None
        changes = suggestions.change_suggestion(
            self._office, matter=self._file.opinion, opened=self._file.opinion, suggestion=read,
            opened_suggestion=self._told.suggestion, draft_key=self.key,
        )  # fmt: skip
        return Done(f"{self._file.number} 已记下四方督办和承办人员", changes)


def consult_sheet(office: Desk, lookup: Lookup, file: CaseFile) -> ActForm:
    """面商: before the reply, or the reply given in person; printed as 当面答复记录."""
    told = suggestion_file(office, file)
    sheet = Sheet(
        heading="面商",
        cls=Consultation,
        choice=("purpose", "面商环节", codes.CONSULTED_FOR),
        chosen="before",
        wires=["means", ("date", "time"), "place", "participants", "words", "view"],
        start={
            "date": office.today().isoformat(),
            "participants": "、".join(name for name in (told.lead, *told.joint) if name),
        },
        note="答复前应当与代表联系沟通、充分听取意见（代表法第五十一条）。保存后可以打印当面答复记录。",
    )

    def store(record: Record) -> tuple[Change, ...]:
        assert isinstance(record, Consultation)
        return suggestion_steps.consult(
            office, opinion=record.opinion, day=record.day, purpose=record.purpose, means=record.means,
            start=record.start, place=record.place, participants=record.participants, words=record.words,
            view=record.view, draft_key=form.key,
        )  # fmt: skip

    form = StepSheet(office, lookup, file, sheet, store=store, told="已登记面商")
    return form


def turn_bill_sheet(office: Desk, lookup: Lookup, file: CaseFile) -> ActForm:
    """议案转建议: when the presidium decided so, and why."""
    sheet = Sheet(
        heading="议案转建议",
        cls=Ruling,
        wires=["reason", "date", "by"],
        start={"date": office.today().isoformat()},
        also={"decision": "to_suggestion"},
        labels={"reason": "理由", "date": "决定日期"},
        note="由主席团决定不列入大会议程、转作建议办理的，另编建议编号，原议案编号留着。",
    )

    def store(record: Record) -> tuple[Change, ...]:
        assert isinstance(record, Ruling)
        return suggestion_steps.turn_bill(
            office, opinion=record.opinion, day=record.day, reason=record.reason, by=record.by,
            draft_key=form.key,
        )  # fmt: skip

    form = StepSheet(office, lookup, file, sheet, store=store, told="已转作建议办理")
    return form


def co_handle_sheet(office: Desk, lookup: Lookup, file: CaseFile) -> ActForm:
    """增加协办: a further unit with its own day."""
    rule, today = office.profile.co_handler, office.today()
    until = office.profile.limit(today, rule) if rule else file.state.handling_due
    sheet = Sheet(
        heading="增加协办",
        cls=CoHandling,
        choice=("part", "参与方式", codes.CO_PART),
        chosen="helping",
        wires=["unit", "date", "due"],
        start={"date": today.isoformat(), "due": until.isoformat() if until else ""},
        hints={"due": f"按规则{rule.shown}" if rule else "与主办同日"},
    )

    def store(record: Record) -> tuple[Change, ...]:
        assert isinstance(record, CoHandling)
        return suggestions.add_co_handler(
            office, opinion=record.opinion, day=record.day, unit=record.unit, part=record.part,
            due=record.due, draft_key=form.key,
        )  # fmt: skip

    form = StepSheet(office, lookup, file, sheet, store=store, told="已增加协办单位")
    return form


def co_reply_sheet(office: Desk, lookup: Lookup, file: CaseFile) -> ActForm:
    """登记协办答复: of the further unit that was to answer first."""
    part, name = suggestion_file(office, file).open_parts[0]
    sheet = Sheet(
        heading=f"{name}的{part.shown('part')}答复",
        cls=CoHandling,
        choice=("result", "办理结果", codes.RESULT),
        chosen="A",
        wires=["answered", "answer", "document"],
        start={"answered": office.today().isoformat()},
        also={"date": part.day.isoformat(), "unit": part.unit},
        asked={"answered": "请填写答复日期"},
        note=f"{name}，{show_day(part.due)}前答复" if part.due else name,
    )

    def store(record: Record) -> tuple[Change, ...]:
        assert isinstance(record, CoHandling) and record.answered is not None
        return suggestions.co_reply(
            office, part=part, answered=record.answered, answer=record.answer, result=record.result,
            document=record.document, draft_key=form.key,
        )  # fmt: skip

    form = StepSheet(office, lookup, file, sheet, store=store, told=f"已登记{name}的答复", key=part.uid)
    return form
