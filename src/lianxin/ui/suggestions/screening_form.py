"""登记审查: the next of the three looks, with what its verdict asks for."""

from __future__ import annotations

from lianxin.domain import codes
from lianxin.domain.casework.steps import STAGES
from lianxin.domain.records import Opinion, Screening
from lianxin.office.case_papers.case_file import CaseFile
from lianxin.office.desk import Desk
from lianxin.office.suggestions import suggestion as suggestions
from lianxin.ui.form import FormFields
from lianxin.ui.opinions.act_form import ActForm, ChoiceRow, Done
from lianxin.ui.opinions.further_forms import subject_of
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces import label
from lianxin.ui.suggestions.suggestion_lookup import SuggestionLookup

_AFTER = {
    "passed": "",
    "back": "退回领衔代表修改，修改后从人大初审重新开始。",
    "merge": "保存后与选中的那件合并办理，以后可以拆开。",
    "to_opinion": "保存后登记成一件群众意见，另编号办理；这件到此为止，两件互相看得到。",
}


class ScreeningForm(ActForm):
    """One look: 通过, 退回修改, 合并办理 with another one, or 转为群众意见."""

    def __init__(self, office: Desk, lookup: Lookup, file: CaseFile) -> None:
        self.stage = next((each for each in STAGES if each not in file.state.reviewed), STAGES[-1])
        self._words = codes.SCREENING_STAGE.label_of(self.stage)
        uid = file.opinion.uid
        super().__init__(self._words, subject_of(file), kind=Screening.KIND, key=f"screen-{self.stage}-{uid}")
        self._office, self._file = office, file
        self.add(label("三审：人大初审、政府联审、代表协审，都通过后交办。", "soft", wrap=True))
        verdicts = [(each.code, each.label) for each in codes.SCREENING_VERDICT.codes]
        self.verdict = ChoiceRow("verdict", "审查结论", verdicts)
        self._after = label("", "soft", wrap=True)
        self.into = FormFields(
            Opinion, ["merged_into"], today=office.today, lookup=SuggestionLookup(office, lookup, uid),
            labels={"merged_into": "合并到"},
        )  # fmt: skip
        wires = ["words", "by", "date"]
        self.form = FormFields(
            Screening, ["unit", *wires] if self.stage == "government" else wires, today=office.today,
            lookup=lookup, tall={"words": 2}, labels={"by": "协审代表" if self.stage == "deputies" else "审查人"},
        )  # fmt: skip
        self.add_part(self.verdict)
        self.add(self._after)
        for part in (self.into, self.form):
            self.add_part(part)
        self.finish_parts()

    def start(self) -> None:
        self.verdict.set_value("passed")
        self.form.set_typed({"date": self._office.today().isoformat()})
        self.arrange()

    def arrange(self) -> None:
        verdict = self.verdict.value()
        self.into.setVisible(verdict == "merge")
        self._after.setText(_AFTER.get(verdict, ""))
        self._after.setVisible(bool(self._after.text()))

    def save(self) -> Done | None:
        if not self.verdict.check():
            return None
        verdict = self.verdict.value()
        into = self.into.value("merged_into") if verdict == "merge" else ""
        if verdict == "merge" and not into:
            self.into.show_problems({"merged_into": "请选择合并到哪一件"})
            return None
        also = {"opinion": self._file.opinion.uid, "stage": self.stage, "verdict": verdict}
        step = self.form.read("", also=also)
        if step is None:
            return None
        changes = suggestions.screen(
            self._office, opinion=step.opinion, day=step.day, stage=step.stage, verdict=step.verdict,
            by=step.by, unit=step.unit, words=step.words, into=into or None, draft_key=self.key,
        )  # fmt: skip
        said = self._words if verdict == "passed" else f"{self._words}：{step.shown('verdict')}"
        return Done(f"{self._file.number} 已登记{said}", changes, show=into)
