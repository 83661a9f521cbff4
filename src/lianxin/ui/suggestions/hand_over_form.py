"""交办 of a suggestion: to which unit, a hard one or not; the limit follows from the rule and is not typed."""

from __future__ import annotations

from datetime import date

from lianxin.domain.dates import show_day
from lianxin.domain.records import Assignment, Suggestion
from lianxin.office.case_papers.case_file import CaseFile
from lianxin.office.desk import Desk
from lianxin.office.suggestions.file import SuggestionFile
from lianxin.office.suggestions.steps import Handlers, hand_over, limit_of
from lianxin.ui.form import FormFields
from lianxin.ui.opinions.act_form import ActForm, ChoiceRow, Done
from lianxin.ui.opinions.further_forms import subject_of
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces import label

_NEEDS_REASON = ("改派", "退回承办")
_AGAIN = (*_NEEDS_REASON, "重新交办")


class HandOverForm(ActForm):
    """交办, 改派, 退回承办, 重新交办 of a suggestion or bill."""

    def __init__(self, office: Desk, lookup: Lookup, file: CaseFile, told: SuggestionFile, act: str) -> None:
        super().__init__(act, subject_of(file), kind=Assignment.KIND, key=file.opinion.uid)
        self._office, self._file, self._told, self._act = office, file, told, act
        profile = office.profile
        self.unit = FormFields(
            Assignment, ["unit"], today=office.today, lookup=lookup, offer_new=("unit",),
            labels={"unit": "主办单位"},
        )  # fmt: skip
        usual, hard = profile.reply, profile.reply_hard
        self.hard = ChoiceRow(
            "hard", "答复期限", [("no", f"一般（{usual.shown}）"), ("yes", f"难办（{hard.shown}）")]
        )
        self.why = FormFields(Suggestion, ["hard_reason"], today=office.today, tall={"hard_reason": 2})
        self.why.set_hint("hard_reason", "涉及面广、处理难度大的，写明理由")
        self.limit = label("", wrap=True)
        self.more = FormFields(
            Assignment, ["demand", "addressee", *(["reason"] if act in _AGAIN else []), "date"],
            today=office.today, lookup=lookup, offer_new=("addressee",), tall={"demand": 2, "reason": 2},
            labels={"reason": "理由"},
        )  # fmt: skip
        self.more.set_hint("addressee", "与主办不同时填")
        self.handlers = FormFields(
            Suggestion, [("handler_head", "handler_post"), ("handler", "handler_phone")], today=office.today
        )
        self.handlers.set_hint("handler_head", "单位报来后再填也可以")
        self.add_part(self.unit)
        self.add_part(self.hard)
        self.add_part(self.why)
        self.add(self.limit)
        for part in (self.more, self.handlers):
            self.add_part(part)
        self.more.changed.connect(self._day_changed)
        self.finish_parts()

    def start(self) -> None:
        state, suggestion = self._file.state, self._told.suggestion
        self.more.set_typed({"date": self._office.today().isoformat()})
        self.hard.set_value("yes" if suggestion.hard else "no")
        self.handlers.set_record(suggestion)
        self.why.set_typed({"hard_reason": suggestion.hard_reason or ""})
        if state.unit and (state.code in ("redo", "answered") or state.round):
            self.unit.set_typed({"unit": state.unit})
            self.more.set_typed({"addressee": state.addressee})
        elif suggestion.wished_unit and not state.unit:
            self.unit.set_typed({"unit": suggestion.wished_unit})
            self.unit.set_hint("unit", "代表希望的承办单位")
        self.arrange()

    def arrange(self) -> None:
        redoing = bool(self._file.state.round)
        self.hard.setVisible(not redoing)
        self.why.setVisible(self._is_hard())
        self._show_limit()

    def save(self) -> Done | None:
        day = self._day()
        also = {"opinion": self._file.opinion.uid, "unit": self.unit.value("unit"), "date": day.isoformat()}
        wrong = [self.unit.problems(also=also), self.more.problems(also=also), self._reason_missing()]
        handlers_wrong = self.handlers.problems(also={"opinion": "x"})
        self.unit.show_problems(wrong[0])
        self.more.show_problems(wrong[1] | wrong[2])
        self.handlers.show_problems(handlers_wrong)
        why = self.why.value("hard_reason").strip()
        lacking = self._is_hard() and not why
        self.why.show_problems({"hard_reason": "请写明为什么难办"} if lacking else {})
        if any(wrong) or handlers_wrong or lacking:
            return None
        step = self.more.read("", also=also)
        own = self.handlers.read("", also={"opinion": "x"})
        if step is None or own is None:
            return None
        changes = hand_over(
            self._office, opinion=step.opinion, day=step.day, unit=step.unit, hard=self._is_hard(),
            hard_reason=why or None, addressee=step.addressee, demand=step.demand, reason=step.reason,
            handlers=Handlers(own.handler_head, own.handler_post, own.handler, own.handler_phone),
            draft_key=self.key,
        )  # fmt: skip
        return Done(f"{self._file.number} 已交{self.unit.row('unit').editor.shown()}办理", changes)

    def _reason_missing(self) -> dict[str, str]:
        if self._act in _NEEDS_REASON and not self.more.value("reason").strip():
            return {"reason": f"{self._act}要写明理由"}
        return {}

    def _is_hard(self) -> bool:
        return self.hard.value() == "yes" and not self._file.state.round

    def _day(self) -> date:
        """The day as typed, or today while it cannot be read."""
        spec, text, today = Assignment.spec("date"), self.more.value("date"), self._office.today()
        try:
            return date.fromisoformat(str(spec.kind.pack(spec.kind.parse(text, today)))) if text else today
        except ValueError:
            return today

    def _day_changed(self, wire: str) -> None:
        if wire == "date":
            self._show_limit()

    def _show_limit(self) -> None:
        profile, redoing = self._office.profile, bool(self._file.state.round)
        rule = profile.redo if redoing else profile.reply_hard if self._is_hard() else profile.reply
        due = limit_of(
            self._office, self._file.opinion, day=self._day(), hard=self._is_hard(), redoing=redoing
        )
        self.limit.setText(f"{show_day(due)}前答复（{rule.shown}）。{rule.source}")
