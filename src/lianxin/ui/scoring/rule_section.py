"""积分办法: rules copied from published ones, changed item by item, switched on when they are whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.domain.records import ScoreBand, ScoreItem, ScoreRule
from lianxin.domain.scoring.points import RuleBook, rule_problems, rule_words
from lianxin.office.desk import Desk
from lianxin.office.records import StillUsed, remove_record
from lianxin.office.scoring.scores import ScoreProblem, switch_rule
from lianxin.office.scoring.templates import copy_rule, copy_template, templates
from lianxin.store.writing import Change
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.failures import Problem
from lianxin.ui.opinions.act_form import Done
from lianxin.ui.opinions.sheets import SheetPage
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head
from lianxin.ui.pieces import Act, ActFlow, LineSection, ScrollCard, label
from lianxin.ui.pieces.two_panes import TwoPanes
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.scoring.rule_combo import RuleCombo, rule_title
from lianxin.ui.scoring.rule_source import RulePartSource
from lianxin.ui.scoring.score_forms import BandForm, ItemForm, RuleForm, renamed
from lianxin.ui.theme import px

FOLLOWED = ("score-rule", "score-item", "score-band")


class RuleSection(SheetPage):
    """The items and grades of a rule left; the rule in words, and what stands against using it, right."""

    def __init__(
        self,
        window: Window,
        office: Desk,
        drafts: DraftKeeper | None,
        *,
        title: str = "代表",
        targets: tuple[str, ...] = ("deputy",),
    ) -> None:
        super().__init__(window, office, drafts)
        self._title, self._targets = title, targets
        self.rule = RuleCombo(office)
        self.rule.currentIndexChanged.connect(self._rule_chosen)
        self.source = RulePartSource(office)
        self.list = RecordList(
            self.source, name="积分项目", unit="项",
            empty=EmptyWords("还没有积分项目", "从范本建立一个办法，再按本地规定修改；或自己新建。", ""),
        )  # fmt: skip
        self.list.opened.connect(self.edit_part)
        self.list.counted.connect(self._counted)
        self.card = _RuleCard()
        self.right.addWidget(self.card)
        self.panes = TwoPanes(
            self.list, self.right, names=("项目", "这个办法"), shares=(12, 9), least=(420, 380)
        )
        top = QWidget()
        line = QHBoxLayout(top)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(10))
        line.addWidget(self.rule)
        line.addWidget(
            label(
                "双击一项修改。一条记录只计入排在前面的一项，同一类别合计不超过其中最高的上限。",
                "soft",
                wrap=True,
            ),
            1,
        )
        self.body.addWidget(top)
        self.body.addWidget(self.panes, 1)
        self.go_with_list(top)
        self.follow(FOLLOWED)

    def head(self) -> Head:
        shipped = tuple(
            Act(
                f"范本：{one.name.split('（')[-1].rstrip('）')}",
                partial(self.copy_template, one.key),
                hint=one.source,
            )
            for one in templates(*self._targets)
        )
        return Head(self._title, Act("新建办法", self.begin_rule, "F2"), shipped)

    def refresh(self) -> None:
        self.rule.read()
        self._rule_chosen()

    def open_record(self, kind: str, uid: str) -> None:
        with self.office.store.reading() as reading:
            item = reading.get(ScoreItem, uid) if kind == ScoreItem.KIND else None
            band = reading.get(ScoreBand, uid) if kind == ScoreBand.KIND else None
        rule = item.score_rule if item else band.score_rule if band else uid
        self.rule.read()
        self.rule.set_value(rule)
        self._rule_chosen()
        if item or band:
            self.list.select(uid)

    # ---- the rule and its parts -------------------------------------------------------------------

    def shown_uid(self) -> str:
        return self.rule.value()

    def show_record(self, uid: str) -> None:
        self.card.show_book(self.source.book, self._acts())
        self.right.setCurrentWidget(self.card)

    def sheet_saved(self, done: Done) -> None:
        self.refresh()
        self.list.setFocus()

    def _rule_chosen(self) -> None:
        if self.form is None:
            self.source.rule = self.rule.value()
            self.list.refresh()

    def _counted(self, _shown: int) -> None:
        if self.form is None:
            self.show_record(self.shown_uid())

    def _acts(self) -> list[Act]:
        book = self.source.book
        if book is None:
            return []
        on = book.rule.active
        return [
            Act("停用" if on else "启用", self.switch, hint="启用后分数进履职档案和表彰推荐"),
            Act("新增项目", self.begin_item),
            Act("新增等次", self.begin_band),
            Act("修改办法", self.edit_rule),
            Act("复制", self.copy, needs="register"),
            Act("删除所选项", self.remove_part),
        ]

    def begin_rule(self) -> None:
        """F2: a rule of the office's own."""
        self.open_sheet(RuleForm(self.office, None))

    def edit_rule(self) -> None:
        """Correct the rule itself."""
        if self.source.book is not None:
            self.open_sheet(RuleForm(self.office, self.source.book.rule))

    def begin_item(self) -> None:
        """One more item, below the others."""
        book = self.source.book
        if book is not None:
            place = max((item.place for item in book.items), default=0) + 1
            self.open_sheet(ItemForm(self.office, book.rule.uid, None, place))

    def begin_band(self) -> None:
        """One more grade."""
        if self.source.book is not None:
            self.open_sheet(BandForm(self.office, self.source.book.rule.uid, None))

    def edit_part(self, uid: str) -> None:
        """Correct an item or a grade."""
        part = self.source.part(uid)
        if isinstance(part, ScoreItem):
            self.open_sheet(ItemForm(self.office, part.score_rule, part, part.place))
        elif isinstance(part, ScoreBand):
            self.open_sheet(BandForm(self.office, part.score_rule, part))

    def remove_part(self) -> None:
        """Take the chosen item or grade away; it can be brought back."""
        part = self.source.part(self.list.current_key())
        if part is None:
            self.desk.tell("请先在左边选一个项目或等次。")
            return
        try:
            changes = remove_record(self.office, type(part), part.uid)
        except StillUsed as used:
            self.desk.problem(Problem(what=used.message, safe="", code="U345"))
            return
        self.after_write(f"已删除{part.LABEL}", changes)

    def switch(self) -> None:
        """启用 or 停用."""
        book = self.source.book
        if book is not None:
            words = "已停用" if book.rule.active else "已启用"
            self._do(
                f"{words}“{book.rule.name}”",
                partial(switch_rule, self.office, book.rule.uid, on=not book.rule.active),
            )

    def copy_template(self, key: str) -> None:
        """A rule of our own from a published one."""
        uid, changes = copy_template(self.office, key)
        self._made(uid, changes, "已从范本建立积分办法，核对修改以后再启用")

    def copy(self) -> None:
        """The rule copied, for another year or level."""
        book = self.source.book
        if book is not None:
            uid, changes = copy_rule(self.office, book.rule.uid, renamed(book.rule, self.office.today().year))
            self._made(uid, changes, f"已复制“{book.rule.name}”，副本是停用的")

    def _made(self, uid: str, changes: tuple[Change, ...], words: str) -> None:
        self.rule.read()
        self.rule.set_value(uid)
        self.after_write(words, changes)
        self._rule_chosen()

    def _do(self, words: str, act: Callable[[], tuple[Change, ...]]) -> None:
        try:
            changes = act()
        except ScoreProblem as wrong:
            self.desk.problem(Problem(what=str(wrong), code="U346"))
            return
        self.after_write(words, changes)


class _RuleCard(ScrollCard):
    """A rule in words, as it is kept with what is made final by it."""

    def __init__(self) -> None:
        super().__init__()
        self._title = label("", "heading", wrap=True)
        self.body.insertWidget(0, self._title)
        self._wrong, self._note = label("", "doubt", wrap=True), label("", "soft", wrap=True)
        self._words = LineSection("办法全文")
        for widget in (self._wrong, self._note, self._words):
            self.add(widget)
        self.add_stretch()
        self._acts = ActFlow()
        self.foot.addWidget(self._acts, 1)

    def show_book(self, book: RuleBook | None, acts: list[Act]) -> None:
        """Show a rule and what can be done with it; without one, where to begin."""
        self._words.clear()
        self._words.setVisible(book is not None)
        if book is None:
            self._title.setText("还没有积分办法")
            self._wrong.setText("")
            self._note.setText(
                "右上角可以从公开的办法建立一个，再按本地规定修改。积分默认不启用，不启用就不计分。"
            )
        else:
            rule: ScoreRule = book.rule
            self._title.setText(rule_title(rule))
            wrong = rule_problems(book)
            self._wrong.setText(f"启用以前要改：{'；'.join(wrong)}" if wrong else "")
            told = [f"参照：{rule.copied_from}" if rule.copied_from else "", rule.remark or ""]
            self._note.setText("\n".join(words for words in told if words))
            for words in rule_words(book):
                self._words.say(words)
        self._wrong.setVisible(bool(self._wrong.text()))
        self._note.setVisible(bool(self._note.text()))
        self._acts.show_acts(acts)
