"""The sheets of suggestions: taking in (also from an opinion), the three looks, further units, the four roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lianxin.domain import codes
from lianxin.domain.casesteps import STAGES
from lianxin.domain.dates import show_day
from lianxin.domain.dictionary import Record
from lianxin.domain.records import CoHandling, Opinion, Screening, Suggestion, Supervision
from lianxin.domain.suggestion_checks import least_signers, looks_like_several
from lianxin.office import suggestions
from lianxin.office.case_file import CaseFile
from lianxin.office.desk import Desk
from lianxin.office.numbers import short_number
from lianxin.office.suggestion_file import SuggestionFile, suggestion_file
from lianxin.store.writing import Change
from lianxin.ui.form import FormFields
from lianxin.ui.opinions.act_form import ActForm, ChoiceRow, Done
from lianxin.ui.opinions.further_forms import Sheet, StepSheet, subject_of
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces import label

_MATTER = ("title", "words", ("category", "village"))
_LABELS = {"words": "案由", "title": "标题", "person": "领衔代表", "registered": "提出日期"}
_BESIDE = ("basis", "proposal", "wished_unit", ("one_matter", "hard"), "remark")


class ProposeForm(ActForm):
    """登记代表议案建议; with `file` an opinion becomes one (转为代表建议)."""

    def __init__(self, office: Desk, lookup: Lookup, key: str, file: CaseFile | None = None) -> None:
        heading = "转为代表建议" if file else "登记代表议案建议"
        super().__init__(heading, subject_of(file) if file else "", kind=Suggestion.KIND, key=key)
        self._office, self._file = office, file
        self.sort = ChoiceRow("form", "类型", _choices(codes.SUGGESTION_FORM))
        self.when = ChoiceRow("occasion", "提出时间", _choices(codes.SUGGESTION_TIME))
        self.who = FormFields(
            Opinion, ["person", "registered"], today=office.today, lookup=lookup, labels=_LABELS
        )
        # Names of several deputies in one line; read by the roster when it is saved.
        self.joint = FormFields(
            Supervision, ["deputies"], today=office.today, labels={"deputies": "联名代表"}
        )
        self.what = FormFields(
            Opinion, list(_MATTER), today=office.today, lookup=lookup, offer_new=("village",), labels=_LABELS,
            tall={"words": 2},
        )  # fmt: skip
        self.beside = FormFields(
            Suggestion, list(_BESIDE), today=office.today, lookup=lookup, offer_new=("wished_unit",),
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


class ChangeForm(ActForm):
    """修改: the matter and what makes it a suggestion."""

    def __init__(self, office: Desk, lookup: Lookup, file: CaseFile, told: SuggestionFile) -> None:
        super().__init__("修改", subject_of(file), kind=Suggestion.KIND, key=file.opinion.uid)
        self._office, self._file, self._told = office, file, told
        self.matter = FormFields(
            Opinion, [("person", "registered"), *_MATTER], today=office.today, lookup=lookup,
            offer_new=("village",), labels=_LABELS, tall={"words": 2},
        )  # fmt: skip
        self.beside = FormFields(
            Suggestion,
            ["occasion", ("term", "session"), "delegation", *_BESIDE],
            today=office.today,
            lookup=lookup,
            tall={"basis": 2, "proposal": 3, "remark": 1},
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
    """四方督办: who supervises, who leads the handling, which line follows, which deputies inspect."""

    def __init__(self, office: Desk, lookup: Lookup, file: CaseFile, told: SuggestionFile) -> None:
        super().__init__("四方督办", subject_of(file), kind=Suggestion.KIND, key=f"roles-{file.opinion.uid}")
        self._office, self._file, self._told = office, file, told
        self.form = FormFields(
            Suggestion, ["key_matter", "supervisor", "leader", "branch", "inspecting"], today=office.today,
            lookup=lookup,
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
        return Done(f"{self._file.number} 已记下四方督办", changes)


def screening_sheet(office: Desk, lookup: Lookup, file: CaseFile) -> ActForm:
    """登记审查: the next of the three looks."""
    stage = next((each for each in STAGES if each not in file.state.reviewed), STAGES[-1])
    words = codes.SCREENING_STAGE.label_of(stage)
    wires: list[str | tuple[str, ...]] = ["by", "date", "words"]
    sheet = Sheet(
        heading=words,
        cls=Screening,
        choice=("verdict", "审查结论", codes.SCREENING_VERDICT),
        chosen="passed",
        wires=["unit", *wires] if stage == "government" else wires,
        start={"date": office.today().isoformat()},
        also={"stage": stage},
        labels={"by": "协审代表" if stage == "deputies" else "审查人"},
        note="三审：人大初审、政府联审、代表协审，都通过后交办。",
    )

    def store(record: Record) -> tuple[Change, ...]:
        assert isinstance(record, Screening)
        return suggestions.screen(
            office, opinion=record.opinion, day=record.day, stage=record.stage, verdict=record.verdict,
            by=record.by, unit=record.unit, words=record.words, draft_key=form.key,
        )  # fmt: skip

    key = f"screen-{stage}-{file.opinion.uid}"
    form = StepSheet(office, lookup, file, sheet, store=store, told=f"已登记{words}", key=key)
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


def _choices(listed: codes.CodeList) -> list[tuple[str, str]]:
    return [(each.code, each.label) for each in listed.codes]
