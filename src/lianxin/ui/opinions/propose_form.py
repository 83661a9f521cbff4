"""登记代表议案建议: the sheet a deputy's suggestion or bill is taken in on, anew or out of an opinion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lianxin.domain import codes
from lianxin.domain.casework.suggestion_checks import UNFIT_SOURCE, least_signers, looks_like_several
from lianxin.domain.records import Opinion, Suggestion
from lianxin.office.case_papers.case_file import CaseFile
from lianxin.office.desk import Desk, current_term
from lianxin.office.numbers import short_number
from lianxin.office.suggestions import suggestion as suggestions
from lianxin.ui.form import FormFields
from lianxin.ui.opinions.act_form import ActForm, ChoiceRow, Done
from lianxin.ui.opinions.further_forms import subject_of
from lianxin.ui.opinions.joint_fields import JointFields
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces import label

MATTER = ("title", "words", ("category", "village"))
LABELS = {"words": "案由", "title": "标题", "person": "领衔代表", "registered": "提出日期"}
SESSION = (("term", "session"), "delegation")
INQUIRY = ("target", "question")
BESIDE = ("basis", "proposal", "wished_unit", "one_matter", "remark")


class ProposeForm(ActForm):
    """登记代表议案建议; with `file` an opinion becomes one (转为代表建议)."""

    def __init__(self, office: Desk, lookup: Lookup, key: str, file: CaseFile | None = None) -> None:
        heading = "转为代表建议" if file else "登记代表议案建议"
        super().__init__(heading, subject_of(file) if file else "", kind=Suggestion.KIND, key=key)
        self._office, self._file, self._lookup = office, file, lookup
        self.sort = ChoiceRow("form", "类型", _choices(codes.SUGGESTION_FORM))
        self.when = ChoiceRow("occasion", "提出时间", _choices(codes.SUGGESTION_TIME))
        self.session = self._beside_fields(SESSION)
        self.who = FormFields(
            Opinion, ["person", "registered"], today=office.today, lookup=lookup, labels=LABELS
        )
        self.joint = JointFields(office, lookup)
        self.what = FormFields(
            Opinion, list(MATTER), today=office.today, lookup=lookup, offer_new=("village",), labels=LABELS,
            tall={"words": 2},
        )  # fmt: skip
        self.inquiry = self._beside_fields(INQUIRY)
        self.beside = self._beside_fields(BESIDE)
        self.unfit = ChoiceRow("unfit", "不受理情形（核对）", _choices(codes.UNFIT))
        self._several = label("", "doubt", wrap=True)
        self._several.hide()
        self.beside.draft_due.connect(self._look)
        for part in (
            self.sort,
            self.when,
            self.session,
            self.who,
            *self.joint.parts,
            self.what,
            self.inquiry,
        ):
            self.add_part(part)
        self.add_part(self.beside)
        self.add(self._several)
        self.add_part(self.unfit)
        self.add(label(UNFIT_SOURCE, "soft", wrap=True))
        self.finish_parts()

    def _beside_fields(self, wires: tuple[str | tuple[str, ...], ...]) -> FormFields[Suggestion]:
        return FormFields(
            Suggestion, list(wires), today=self._office.today, lookup=self._lookup,
            offer_new=("wished_unit",), tall={"basis": 2, "proposal": 3, "remark": 1, "question": 2},
            labels={"wished_unit": "希望承办"},
        )  # fmt: skip

    def start(self) -> None:
        today = self._office.today()
        self.sort.set_value("suggestion")
        self.when.set_value("between")
        self.who.set_typed({"registered": today.isoformat()})
        with self._office.store.reading() as reading:
            term = current_term(reading, "township", today)
        self.session.set_typed({"term": term.uid if term else ""})
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
        form = codes.SUGGESTION_FORM.label_of(self.sort.value())
        self.joint.set_hint(f"{form}连领衔至少{rule.shown}" if rule.value > 1 else "")
        self.session.setVisible(self.when.value() == "in_session")
        self.inquiry.setVisible(self.sort.value() == "inquiry")

    def focus_first(self) -> None:
        self.who.focus_first()

    def save(self) -> Done | None:
        if not (self.sort.check() and self.when.check()):
            return None
        joint = self.joint.read()
        wrong = [self._shown(part) for part in (self.session, self.inquiry)]
        wrong_who = self.who.problems(also={"title": "x", "words": "x"})
        self.who.show_problems(wrong_who)
        if joint is None or wrong_who or any(wrong):
            return None
        matter = self.what.read("", also={**self.who.typed(), "track": "suggestion"})
        beside = self.beside.read("", also=self._chosen()) if matter is not None else None
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

    def _shown(self, part: FormFields[Suggestion]) -> bool:
        """Whether something on a part that is on screen cannot be read; says so beside the field."""
        wrong = part.problems(also={"opinion": "x"}) if not part.isHidden() else {}
        part.show_problems(wrong)
        return bool(wrong)

    def _chosen(self) -> dict[str, str]:
        """What is typed outside the last part; a session is not asked for between sessions."""
        chosen = {"form": self.sort.value(), "occasion": self.when.value(), "opinion": "x"}
        for part in (self.session, self.inquiry):
            chosen |= {} if part.isHidden() else part.typed()
        return chosen

    def _store(self, matter: Opinion, beside: Suggestion, joint: list[str]) -> suggestions.Proposed:
        if self._file is None:
            return suggestions.propose(
                self._office, matter=matter, suggestion=beside, signers=joint, draft_key=self.key
            )
        return suggestions.turn_into_suggestion(
            self._office, opinion=self._file.opinion.uid, day=matter.registered, matter=matter,
            suggestion=beside, signers=joint, draft_key=self.key,
        )  # fmt: skip

    def _show(self, problems: Mapping[str, str]) -> None:
        for part in (self.beside, self.inquiry, self.what, self.who, self.session):
            part.show_problems(problems)
        self.joint.show_problem(problems.get("signers", ""))
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
