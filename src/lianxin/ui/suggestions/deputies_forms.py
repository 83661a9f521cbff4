"""The sheets about the deputies of a suggestion: who signs, who is given the reply, what each thinks of it."""

from __future__ import annotations

from datetime import date

from lianxin.domain import codes
from lianxin.domain.casework.suggestion_judging import feedback_rule
from lianxin.domain.dates import show_day
from lianxin.domain.records import Informing, Satisfaction, Signer, Supervision
from lianxin.office.case_papers.case_file import CaseFile
from lianxin.office.desk import Desk
from lianxin.office.suggestions.file import Asked, SuggestionFile
from lianxin.office.suggestions.steps import inform, judge, set_signers
from lianxin.office.suggestions.suggestion import SuggestionRefused
from lianxin.ui.form import FormFields
from lianxin.ui.opinions.act_form import ActForm, ChoiceRow, Done
from lianxin.ui.opinions.further_forms import subject_of
from lianxin.ui.opinions.joint_fields import JointFields
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces import label


class SignersForm(ActForm):
    """联名代表: the line of names is what stands after saving; each has the day on which he signed."""

    def __init__(self, office: Desk, lookup: Lookup, file: CaseFile, told: SuggestionFile) -> None:
        super().__init__("联名代表", subject_of(file), kind=Signer.KIND, key=f"signers-{file.opinion.uid}")
        self._office, self._file, self._told = office, file, told
        self.add(
            label(f"领衔 {told.lead or '未填'}。交办以前可以增减，去掉名字就是退出联名。", "soft", wrap=True)
        )
        self.joint = JointFields(office, lookup)
        self.new_day = FormFields(Signer, ["signed"], today=office.today, labels={"signed": "新联名签名日期"})
        self.days = tuple(
            (
                each.person,
                FormFields(Signer, ["signed"], today=office.today, labels={"signed": f"{name}签名"}),
            )
            for name, each in told.signers
        )
        for part in (*self.joint.parts, self.new_day, *(part for _, part in self.days)):
            self.add_part(part)
        self.finish_parts()

    def start(self) -> None:
        self.joint.start(self._told.joint)
        self.new_day.set_typed({"signed": self._office.today().isoformat()})
        for (_, part), (_, signer) in zip(self.days, self._told.signers, strict=True):
            part.set_record(signer)

    def save(self) -> Done | None:
        people = self.joint.read()
        new = self._day_of(self.new_day)
        known = {person: self._day_of(part) for person, part in self.days}
        if people is None or new is _UNREADABLE or _UNREADABLE in known.values():
            return None
        try:
            changes = set_signers(
                self._office,
                opinion=self._file.opinion.uid,
                signed={uid: known.get(uid, new) for uid in people},
                draft_key=self.key,
            )
        except SuggestionRefused as refused:
            self.joint.show_problem(refused.problems.get("signers", ""))
            raise
        return Done(f"{self._file.number} 联名代表{len(people)}名", changes)

    def _day_of(self, part: FormFields[Signer]) -> date | None:
        read = part.read("", also={"suggestion": "x", "person": "x"})
        return _UNREADABLE if read is None else read.signed


_UNREADABLE = date.min
"""Stands for a day that could not be read; the problem is shown beside it."""


class InformForm(ActForm):
    """答复送代表: to whom, when and how; those who have not been given it yet stand there already."""

    def __init__(self, office: Desk, file: CaseFile, told: SuggestionFile) -> None:
        super().__init__(
            "答复送代表", subject_of(file), kind=Informing.KIND, key=f"inform-{file.opinion.uid}"
        )
        self._office, self._file, self._told = office, file, told
        done = "、".join(f"{name}（{one.shown('means')}）" for name, one in told.informed)
        self.add(label(f"已送 {done}" if done else "领衔代表和每位联名代表各送一份。", "soft", wrap=True))
        self.people = FormFields(Supervision, ["deputies"], today=office.today, labels={"deputies": "送给"})
        self.people.set_hint("deputies", "去掉这次没有送的")
        self.how = FormFields(Informing, ["means", "date", "by"], today=office.today)
        for part in (self.people, self.how):
            self.add_part(part)
        self.finish_parts()

    def start(self) -> None:
        self.people.set_typed({"deputies": "、".join(name for _, name in self._told.to_inform)})
        self.how.set_typed({"date": self._office.today().isoformat(), "means": "written"})

    def save(self) -> Done | None:
        by_name = {name: uid for uid, name in self._told.to_inform}
        words = self.people.value("deputies").replace("，", "、").replace(",", "、").split("、")
        names = [name.strip() for name in words if name.strip()]
        strange = [name for name in names if name not in by_name]
        wrong = f"{'、'.join(strange)}不在待送的代表里" if strange else "" if names else "请写送给了谁"
        self.people.show_problems({"deputies": wrong} if wrong else {})
        step = self.how.read("", also={"opinion": "x", "reply": "x", "person": "x"}) if not wrong else None
        if step is None:
            return None
        changes = inform(
            self._office, opinion=self._file.opinion.uid, people=[by_name[name] for name in names],
            day=step.day, means=step.means, by=step.by, draft_key=self.key,
        )  # fmt: skip
        return Done(f"{self._file.number} 答复已送{len(names)}位代表", changes)


class JudgeForm(ActForm):
    """评价: one deputy at a time, the leading one and each joint one apart; attitude, result and total."""

    def __init__(self, office: Desk, file: CaseFile, told: SuggestionFile) -> None:
        super().__init__("征询代表意见", subject_of(file), kind=Satisfaction.KIND, key=file.opinion.uid)
        self._office, self._file, self._told = office, file, told
        self._inquiry = told.suggestion.form == "inquiry"
        due = told.answers[0].answer.due if told.answers else None
        rule = feedback_rule(office.profile)
        if due is not None:
            self.add(
                label(
                    f"{show_day(due)}前反馈（答复后{rule.shown}），逾期的不计入按期满意率。",
                    "soft",
                    wrap=True,
                )
            )
        self.who = ChoiceRow("person", "征询对象", [self._choice(each) for each in told.answers])
        words = [(code.code, code.label) for code in codes.SATISFACTION.codes]
        self.overall = ChoiceRow("overall", "总评", words)
        self.attitude = ChoiceRow("attitude", "对办理态度", words[:3], required=False)
        self.outcome = ChoiceRow("outcome", "对办理结果", words[:3], required=False)
        self.form = FormFields(
            Satisfaction, ["date", "means", "words", "by"], today=office.today, tall={"words": 2}
        )
        self._after = label("", "soft", wrap=True)
        self.add_part(self.who)
        self.add_part(self.attitude)
        self.add_part(self.outcome)
        self.add_part(self.overall)
        self.add(self._after)
        self.add_part(self.form)
        self.finish_parts()

    def start(self) -> None:
        waiting = [each.answer.person for each in self._told.answers if not each.answer.judged]
        first = waiting or [each.answer.person for each in self._told.answers]
        self.who.set_value(first[0] if first else "")
        self.form.set_typed({"date": self._office.today().isoformat(), "means": "written"})
        self.arrange()

    def arrange(self) -> None:
        lead = self.who.value() == self._file.opinion.person
        word = self.overall.value()
        for row in (self.attitude, self.outcome):
            row.setVisible(word != "unreached")
        self._after.setText(self._what_follows(lead, word))
        self._after.setVisible(bool(self._after.text()))

    def save(self) -> Done | None:
        if not (self.who.check() and self.overall.check()):
            return None
        word = self.overall.value()
        reached = word != "unreached"
        also = {
            "opinion": self._file.opinion.uid, "person": self.who.value(), "overall": word,
            "attitude": self.attitude.value() if reached else "",
            "outcome": self.outcome.value() if reached else "",
        }  # fmt: skip
        asked = self.form.read("", also=also)
        if asked is None:
            return None
        changes = judge(self._office, evaluation=asked, draft_key=self.key)
        name = next(each.name for each in self._told.answers if each.answer.person == asked.person)
        return Done(f"{self._file.number} 已登记{name}的评价：{asked.shown('overall')}", changes)

    def _choice(self, asked: Asked) -> tuple[str, str]:
        """领衔 龙志明, 向光明（满意）."""
        answer, known = asked.answer, asked.answer.words
        lead = "领衔 " if answer.lead and not self._inquiry else ""
        return answer.person, f"{lead}{asked.name}" + ("" if known == "待征询" else f"（{known}）")

    def _what_follows(self, lead: bool, word: str) -> str:
        """What saving this word will do."""
        if self._inquiry:
            share = self._office.profile.inquiry_again.shown
            return f"提案代表达到{share}不满意的，可以要求再作答复（代表法第二十条）。"
        if not lead:
            return "办结与否按领衔代表的评价，联名代表的评价分别计入满意率。" if word else ""
        if word == "unsatisfied":
            return f"登记后转为待重办（第{self._file.state.round + 1}次），重新交办承办单位。"
        if word == "unreached":
            return f"联系满{self._office.profile.contact_attempts.shown}仍联系不上的，按无法反馈了结。"
        return "登记后办结。" if word else ""
