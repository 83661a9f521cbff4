"""登记代表议案建议: the sheet a deputy's suggestion or bill is taken in on, anew or out of an opinion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lianxin.domain import codes
from lianxin.domain.records import Opinion, Suggestion, Supervision
from lianxin.domain.suggestion_checks import least_signers, looks_like_several
from lianxin.office import suggestions
from lianxin.office.case_file import CaseFile
from lianxin.office.desk import Desk
from lianxin.office.numbers import short_number
from lianxin.ui.form import FormFields
from lianxin.ui.opinions.act_form import ActForm, ChoiceRow, Done
from lianxin.ui.opinions.further_forms import subject_of
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces import label

MATTER = ("title", "words", ("category", "village"))
LABELS = {"words": "案由", "title": "标题", "person": "领衔代表", "registered": "提出日期"}
BESIDE = ("basis", "proposal", "wished_unit", ("one_matter", "hard"), "remark")


class ProposeForm(ActForm):
    """登记代表议案建议; with `file` an opinion becomes one (转为代表建议)."""

    def __init__(self, office: Desk, lookup: Lookup, key: str, file: CaseFile | None = None) -> None:
        heading = "转为代表建议" if file else "登记代表议案建议"
        super().__init__(heading, subject_of(file) if file else "", kind=Suggestion.KIND, key=key)
        self._office, self._file = office, file
        self.sort = ChoiceRow("form", "类型", _choices(codes.SUGGESTION_FORM))
        self.when = ChoiceRow("occasion", "提出时间", _choices(codes.SUGGESTION_TIME))
        self.who = FormFields(
            Opinion, ["person", "registered"], today=office.today, lookup=lookup, labels=LABELS
        )
        # Names of several deputies in one line; read by the roster when it is saved.
        self.joint = FormFields(
            Supervision, ["deputies"], today=office.today, labels={"deputies": "联名代表"}
        )
        self.what = FormFields(
            Opinion, list(MATTER), today=office.today, lookup=lookup, offer_new=("village",), labels=LABELS,
            tall={"words": 2},
        )  # fmt: skip
        self.beside = FormFields(
            Suggestion, list(BESIDE), today=office.today, lookup=lookup, offer_new=("wished_unit",),
            tall={"basis": 2, "proposal": 3, "remark": 1}, labels={"wished_unit": "希望承办"},
        )  # fmt: skip
        self.unfit = ChoiceRow("unfit", "不受理情形（核对）", _choices(codes.UNFIT))
        self._several = label("", "doubt", wrap=True)
        self._several.hide()
        self.beside.draft_due.connect(self._look)
        for part in (self.sort, self.when, self.who, self.joint, self.what, self.beside):
            self.add_part(part)
        self.add(self._several)
        self.add_part(self.unfit)
        self.finish_parts()

    def start(self) -> None:
        self.sort.set_value("suggestion")
        self.when.set_value("between")
        self.who.set_typed({"registered": self._office.today().isoformat()})
        if self._file is not None:
            opinion = self._file.opinion
            self.what.set_typed(
                {
                    "title": opinion.title,
                    "words": opinion.words,
                    "category": opinion.category,
                    "village": opinion.village or "",
                }
            )
            self.who.set_typed({"person": opinion.person or ""})
        self.arrange()

    def arrange(self) -> None:
        rule = least_signers(self.sort.value(), "township", self._office.profile)
        several = f"，乡镇{codes.SUGGESTION_FORM.label_of(self.sort.value())}连领衔至少{rule.shown}"
        self.joint.set_hint("deputies", f"姓名用顿号隔开{several if rule.value > 1 else ''}")

    def focus_first(self) -> None:
        self.who.focus_first()

    def save(self) -> Done | None:
        if not (self.sort.check() and self.when.check()):
            return None
        joint = self._joint()
        also = {**self.who.typed(), "track": "suggestion"}
        wrong_who = self.who.problems(also={"title": "x", "words": "x"})
        self.who.show_problems(wrong_who)
        if joint is None or wrong_who:
            return None
        matter = self.what.read("", also=also)
        chosen = {"form": self.sort.value(), "occasion": self.when.value(), "opinion": "x"}
        beside = self.beside.read("", also=chosen) if matter is not None else None
        if matter is None or beside is None or not self.unfit.check():
            return None
        try:
            done = self._store(matter, replace(beside, unfit=self.unfit.value()), joint)
        except suggestions.SuggestionRefused as refused:
            self._show(refused.problems)
            return None
        number = short_number(done.matter.number or "")
        if self._file is not None:
            return Done(
                f"{self._file.number} 已转为代表建议 {number}", done.changes, show=self._file.opinion.uid
            )
        return Done(f"已登记 {number} {done.matter.title}", done.changes, show=done.matter.uid)

    def _store(self, matter: Opinion, beside: Suggestion, joint: list[str]) -> suggestions.Proposed:
        if self._file is None:
            return suggestions.propose(
                self._office, matter=matter, suggestion=beside, signers=joint, draft_key=self.key
            )
        return suggestions.turn_into_suggestion(
            self._office, opinion=self._file.opinion.uid, day=matter.registered, matter=matter,
            suggestion=beside, signers=joint, draft_key=self.key,
        )  # fmt: skip

    def _joint(self) -> list[str] | None:
        with self._office.store.reading() as reading:
            found, strange = suggestions.deputies_named(reading, self.joint.value("deputies"))
        self.joint.show_problems({"deputies": strange} if strange else {})
        return None if strange else found

    def _show(self, problems: Mapping[str, str]) -> None:
        self.what.show_problems(problems)
        self.beside.show_problems(problems)
        self.who.show_problems(problems)
        self.joint.show_problems({"deputies": problems["signers"]} if "signers" in problems else {})
        self.say_problem("；".join(problems.values()) + "，没有登记。填写的内容还在。")

    def _look(self) -> None:
        several = looks_like_several(self.beside.value("proposal")) or looks_like_several(
            self.what.value("words")
        )
        words = "像是写了不止一件事：一件建议只写一件事，几条措施属于同一件事的不必分开。"
        self._several.setText(words if several else "")
        self._several.setVisible(several)


def _choices(listed: codes.CodeList) -> list[tuple[str, str]]:
    return [(each.code, each.label) for each in listed.codes]
