"""评定办法: rules by which counts become a grade. None is shipped in use; without a document number there is none."""

from __future__ import annotations

from functools import partial

from lianxin.domain.records import GradeRule, GradeStep
from lianxin.domain.tally.rates import rule_problems, rule_words, steps_of
from lianxin.office.desk import Desk as Office
from lianxin.office.records import RecordRefused, new_uid
from lianxin.office.scoring.grade_rules import (
    GradeTemplate,
    grade_steps,
    grade_templates,
    remove_grade_rule,
    save_grade_rule,
)
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.failures import Problem
from lianxin.ui.form import FormFields
from lianxin.ui.opinions.act_form import ActForm, Done
from lianxin.ui.opinions.sheets import SheetPage
from lianxin.ui.pages import Desk, Head
from lianxin.ui.pieces import Act, ActFlow, ScrollCard, TwoPanes, label
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.sources import RecordSource
from lianxin.ui.table import Column

_RULE = ("name", "document", "version", "scheme", "base", "from_day", ("active", "ranking"), "source")
_STEP = (("name", "marks", "least"),)
_STEP_LABELS = {"name": "等次", "marks": "前几档", "least": "达到%"}
_NO_RULE = "默认只公布票数和比率，不评等次、不排名次。\n要评等次的，先有本机构的文件，再建办法、启用，并在测评设置里选用。"
_STEPS = 4
"""So many steps stand on the sheet; the published rules have three."""
_COLUMNS = {
    "name": Column("name", "办法名称", width=220, stretch=True),
    "document": Column("document", "文号", width=150),
    "active": Column("active", "在用", width=64),
}


class GradeRulesSection(SheetPage):
    """The rules left; the chosen one in the words that are kept with a result, right. F2 writes a new one."""

    def __init__(self, window: Desk, office: Office, drafts: DraftKeeper | None) -> None:
        super().__init__(window, office, drafts)
        self.list = RecordList(
            RecordSource(office, GradeRule, tuple(_COLUMNS), columns=_COLUMNS), name="评定办法", reads=window.reads,
            empty=EmptyWords(
                "没有评定办法", "默认只公布票数和比率，不评等次。有本机构的文件才按 F2 新建，也可以参照右上角的范本。",
                "新建评定办法",
            ),
        )  # fmt: skip
        self.card = _RuleCard()
        self.right.addWidget(self.card)
        self.panes = TwoPanes(
            self.list, self.right, names=("办法", "这个办法"), shares=(1, 1), least=(380, 400)
        )
        self.body.addWidget(self.panes, 1)
        self.list.picked.connect(self.show_record)
        self.list.opened.connect(self._opened)
        self.list.empty_acted.connect(self.begin_new)
        self.follow((GradeRule.KIND, GradeStep.KIND))

    def head(self) -> Head:
        shipped = tuple(
            Act(f"参照{one.name}", partial(self.begin_new, one), hint=one.source) for one in grade_templates()
        )
        return Head("述职评议", Act("新建评定办法", self.begin_new, "F2"), shipped)

    def refresh(self) -> None:
        self.list.refresh()
        if self.form is None:
            self.show_record(self.shown_uid())

    def open_record(self, kind: str, uid: str) -> None:
        if kind == GradeStep.KIND:
            with self.office.store.reading() as reading:
                step = reading.get(GradeStep, uid)
            uid = step.grade_rule if step is not None else ""
        if not self.list.select(uid):
            self.show_record(uid)
        self.panes.show_right()

    def shown_uid(self) -> str:
        return self.list.current_key()

    def show_record(self, uid: str) -> None:
        with self.office.store.reading() as reading:
            rule = reading.get(GradeRule, uid) if uid else None
            steps = grade_steps(reading, uid) if rule is not None else []
        acts = [Act("修改", partial(self._opened, uid)), Act("删除", partial(self._remove, uid))]
        self.card.show_rule(rule, steps, acts if rule is not None else [])
        if self.form is None:
            self.right.setCurrentWidget(self.card)

    def sheet_saved(self, done: Done) -> None:
        self.list.refresh()
        self.list.select(done.show)
        self.show_record(done.show)
        self.list.setFocus()

    def begin_new(self, template: GradeTemplate | None = None) -> None:
        """F2: a rule of our own, begun from a published one when wanted."""
        self.open_sheet(GradeRuleForm(self.office, None, [], template))

    def _opened(self, uid: str) -> None:
        with self.office.store.reading() as reading:
            rule = reading.get(GradeRule, uid)
            steps = grade_steps(reading, uid)
        if rule is not None:
            self.open_sheet(GradeRuleForm(self.office, rule, steps))

    def _remove(self, uid: str) -> None:
        try:
            changes = remove_grade_rule(self.office, uid)
        except RecordRefused as refused:
            self.desk.problem(Problem(what=f"{refused}。", safe="", code="U350"))
            return
        self.after_write("已删除评定办法", changes)
        self.refresh()


class GradeRuleForm(ActForm):
    """A rule and its steps on one sheet; a step without a name is not there."""

    def __init__(
        self,
        office: Office,
        opened: GradeRule | None,
        steps: list[GradeStep],
        template: GradeTemplate | None = None,
    ) -> None:
        key = opened.uid if opened else f"new-{template.key if template else 'rule'}"
        super().__init__(
            "修改评定办法" if opened else "新建评定办法",
            template.note
            if template
            else "等次从高到低写；达到的百分比按票数精确比较，不按四舍五入后的显示。",
            kind=GradeRule.KIND,
            key=key,
        )
        self._office, self._known, self._template = office, opened, template
        self._standing = steps
        self.rule = FormFields(GradeRule, _RULE, today=office.today, tall={"source": 2})
        self.add_part(self.rule)
        self.steps = [
            FormFields(GradeStep, _STEP, today=office.today, labels=_STEP_LABELS) for _ in range(_STEPS)
        ]
        for form in self.steps:
            self.add_part(form)
        self.finish_parts()

    def start(self) -> None:
        if self._known is not None:
            self.rule.set_record(self._known)
        elif self._template is not None:
            self.rule.set_typed(self._template.rule)
            for form, told in zip(self.steps, self._template.steps, strict=False):
                form.set_typed(told)
        for form, step in zip(self.steps, self._standing, strict=False):
            form.set_record(step)

    def save(self) -> Done | None:
        known = self._known
        rule = self.rule.read_over(known) if known is not None else self.rule.read(new_uid(self._office))
        if rule is None:
            return None
        steps = self._read_steps(rule.uid)
        if steps is None:
            return None
        try:
            changes = save_grade_rule(self._office, rule, steps, opened=known, draft_key=self.key)
        except RecordRefused as refused:
            self.say_problem(str(refused))
            return None
        return Done(f"已保存评定办法“{rule.name}”", changes, show=rule.uid)

    def _read_steps(self, rule: str) -> list[GradeStep] | None:
        found: list[GradeStep] = []
        for form in self.steps:
            if not form.value("name").strip():
                form.show_problems({})
                continue
            step = form.read("new", also={"grade_rule": rule})
            if step is None:
                return None
            found.append(step)
        return found


class _RuleCard(ScrollCard):
    """A rule in the sentence that is kept with every result confirmed by it."""

    def __init__(self) -> None:
        super().__init__("评定办法")
        self._wrong, self._source = label("", "doubt", wrap=True), label("", "soft", wrap=True)
        self._words = label("", wrap=True)
        for widget in (self._wrong, self._words, self._source):
            self.add(widget)
        self.add_stretch()
        self._acts = ActFlow()
        self.foot.addWidget(self._acts, 1)

    def show_rule(self, rule: GradeRule | None, steps: list[GradeStep], acts: list[Act]) -> None:
        """Show a rule, or what rules are for."""
        wrong, told, source = "", _NO_RULE, ""
        if rule is None:
            self.set_heading("评定办法")
        else:
            self.set_heading(rule.name, "在用" if rule.active else "没有启用")
            ordered = steps_of(steps)
            ranking = "\n按最好一档的比率排名次，比率相同的并列。" if rule.ranking else ""
            told = f"{rule_words(rule, ordered)}。{ranking}"
            wrong = "；".join(rule_problems(rule, ordered).values())
            source = f"出处：{rule.source}" if rule.source else ""
        self._words.setText(told)
        self._source.setText(source)
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        self._acts.show_acts(acts)
