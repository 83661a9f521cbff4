"""年度计划与主题: plans with what the records count of each task, themes with claims, pairs with how often they met."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from lianxin.domain.dictionary import Record
from lianxin.domain.duties.year_plan import progress_of
from lianxin.domain.records import AnnualTheme, ContactPair, Plan, PlanItem, ThemeTask
from lianxin.office.desk import Desk as Office
from lianxin.office.meetings.theme_papers import theme_paper
from lianxin.office.meetings.year_plans import (
    pair_counts,
    plan_progress,
    progress_words,
    theme_told,
    year_facts,
)
from lianxin.office.names import Names
from lianxin.office.papers.record_paper import record_paper
from lianxin.office.paperwork.paper import PapersProblem
from lianxin.store.reading import Order, Reading
from lianxin.ui.activities.theme_links import ThemeLinks
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.form import Line
from lianxin.ui.pages import Desk, Head, Page
from lianxin.ui.pieces.buttons import Act
from lianxin.ui.pieces.chips import ChipRow
from lianxin.ui.pieces.two_panes import TwoPanes
from lianxin.ui.printing import paper_folder, paper_problem, show_paper
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.registers.child_panel import ChildPanel
from lianxin.ui.registers.register_form import RegisterForm
from lianxin.ui.sources import RecordSource
from lianxin.ui.table import Column
from lianxin.ui.theme import px

_KINDS: tuple[tuple[type[Record], str], ...] = (
    (Plan, "年度计划"), (AnnualTheme, "年度主题"), (ContactPair, "联系关系"),
)  # fmt: skip
_PART, _WHOLE, _LINKED = "parts", "facts", "linked"


class YearSection(Page):
    """Three registers of the year beside each other; of plan and theme the parts stand first."""

    def __init__(
        self, window: Desk, office: Office, drafts: DraftKeeper, *, papers: Path | None = None
    ) -> None:
        super().__init__(window)
        self.office, self.papers = office, papers
        self.chips = ChipRow(
            [(cls.KIND, words) for cls, words in _KINDS], name="计划、主题、联系", numbered=False
        )
        self.panels = {cls.KIND: YearPanel(window, office, drafts, cls, words) for cls, words in _KINDS}
        self._stack = QStackedWidget()
        for panel in self.panels.values():
            self._stack.addWidget(panel)
        self.body.addWidget(self.chips)
        self.body.addWidget(self._stack, 1)
        self.chips.chosen.connect(self.choose)
        self.choose(Plan.KIND)
        self.follow(
            ("plan", "plan-item", "annual-theme", "theme-task", "contact-pair", "activity", "meeting", "attendance")
        )  # fmt: skip

    def head(self) -> Head:
        panel = self.panel()
        others = (Act("打印这一条", self.print_now, hint="Ctrl+P"),) if panel.cls is not AnnualTheme else (
            Act("打印主题方案", self.print_now, hint="Ctrl+P", needs="look"),
            Act("打印主题总结", self.print_summary, needs="look"),
        )  # fmt: skip
        return Head("活动与会议", Act(f"登记{panel.words}", panel.begin_new, "F2"), others)

    def panel(self) -> YearPanel:
        """The register on screen."""
        shown = self._stack.currentWidget()
        assert isinstance(shown, YearPanel)
        return shown

    def choose(self, kind: str) -> None:
        """Have this register on screen."""
        self.chips.set_code(kind)
        self._stack.setCurrentWidget(self.panels[kind])
        self.head_changed.emit()
        if self.isVisible():
            self.panel().refresh()

    def refresh(self) -> None:
        self.panel().refresh()

    def open_record(self, kind: str, uid: str) -> None:
        owner, parent = self._owner(kind, uid)
        if owner:
            self.choose(owner)
            self.panel().show_record(parent)

    def focus_first(self) -> None:
        self.panel().list.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_filter(self) -> None:
        self.panel().list.focus_filter()

    def print_now(self) -> None:
        self._print(summary=False)

    def print_summary(self) -> None:
        """主题活动总结 of the chosen theme."""
        self._print(summary=True)

    def go_back(self) -> bool:
        return self.panel().panes.go_back()

    def close_down(self) -> None:
        for panel in self.panels.values():
            panel.keep()

    def _print(self, *, summary: bool) -> None:
        panel = self.panel()
        uid = panel.form.uid
        if not uid:
            self.desk.tell(f"请先在{panel.words}里选一个，再打印。")
            return
        try:
            paper = (
                theme_paper(self.office, uid, summary=summary)
                if panel.cls is AnnualTheme
                else record_paper(self.office, panel.cls, uid)
            )
        except PapersProblem as wrong:
            paper_problem(self.desk, wrong)
            return
        show_paper(self.desk, paper, self.papers or paper_folder(), personal=False)

    def _owner(self, kind: str, uid: str) -> tuple[str, str]:
        with self.office.store.reading() as reading:
            if kind == PlanItem.KIND:
                item = reading.get(PlanItem, uid)
                return (Plan.KIND, item.plan) if item else ("", "")
            if kind == ThemeTask.KIND:
                task = reading.get(ThemeTask, uid)
                return (AnnualTheme.KIND, task.annual_theme) if task else ("", "")
        return (kind, uid) if kind in self.panels else ("", "")


class YearPanel(QWidget):
    """One of the registers: list left; right the parts of the chosen record, or its own fields."""

    def __init__(
        self, window: Desk, office: Office, drafts: DraftKeeper, cls: type[Record], words: str
    ) -> None:
        super().__init__()
        self.cls, self.words, self._office = cls, words, office
        self.list = RecordList(
            _source(office, cls), name=words, reads=window.reads,
            empty=EmptyWords(f"还没有{words}", _HINTS[cls.KIND], f"登记{words}"),
        )  # fmt: skip
        self.form = RegisterForm(window, office, cls, drafts)
        self.parts = _parts(window, office, drafts, cls)
        self.links = ThemeLinks(window, office) if cls is AnnualTheme else None
        tabs = [(_PART, "任务" if cls is Plan else "认领事项"), (_WHOLE, "情况")]
        tabs += [(_LINKED, "活动和实事")] if self.links is not None else []
        self.tabs = ChipRow(tabs, name="看哪一部分", numbered=False)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.form)
        if self.parts is not None:
            self._stack.addWidget(self.parts)
        if self.links is not None:
            self._stack.addWidget(self.links)
        if self.parts is not None:
            self.parts.changed.connect(self._fill)
        right = QWidget()
        box = QVBoxLayout(right)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        box.addWidget(self.tabs)
        box.addWidget(self._stack, 1)
        self.panes = TwoPanes(self.list, right, least=(380, 440), shares=(4, 6), names=("列表", "这一条"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panes)
        self.tabs.chosen.connect(self._show_tab)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self.list.empty_acted.connect(self.begin_new)
        self.form.stored.connect(self._stored)
        self.form.gone.connect(self._gone)
        self._blank()

    def refresh(self) -> None:
        """Read the list again, and the parts of the chosen record."""
        self.list.refresh()
        self._fill()

    def begin_new(self) -> None:
        """F2: an empty form."""
        self.list.view.clearSelection()
        self._blank()
        self.panes.show_right()
        self.form.form.focus_first()

    def show_record(self, uid: str) -> None:
        """Show one record."""
        if not self.list.select(uid):
            self._picked(uid)
        self.panes.show_right()

    def keep(self) -> None:
        """Keep what is typed."""
        self.form.keep()
        if self.parts is not None:
            self.parts.keep()

    def _blank(self) -> None:
        self.form.begin_new()
        self.tabs.hide()
        self._stack.setCurrentWidget(self.form)

    def _picked(self, uid: str) -> None:
        if uid and uid != self.form.uid and self.form.open(uid):
            self.tabs.setVisible(self.parts is not None)
            self._fill()
            self._show_tab(self.tabs.code() or _PART)

    def _opened(self, uid: str) -> None:
        self._picked(uid)
        self.panes.show_right()

    def _show_tab(self, key: str) -> None:
        self.tabs.set_code(key)
        panels: dict[str, QWidget | None] = {_PART: self.parts, _LINKED: self.links}
        self._stack.setCurrentWidget(panels.get(key) or self.form)

    def _fill(self) -> None:
        if self.parts is None or not self.form.uid:
            return
        if self.links is not None:
            self.links.show_theme(self.form.uid)
        with self._office.store.reading() as reading:
            record = reading.get(self.cls, self.form.uid)
            words = ""
            if isinstance(record, Plan):
                words = progress_words(plan_progress(reading, record, self._office.today()))
            elif isinstance(record, AnnualTheme):
                words = theme_told(reading, record, self._office.today()).words
        self.parts.show_parent(self.form.uid, words)

    def _stored(self, uid: str) -> None:
        self.tabs.setVisible(self.parts is not None)
        self.refresh()
        self.list.select(uid)

    def _gone(self) -> None:
        self.list.refresh()
        self._blank()
        self.panes.show_left()


_HINTS = {
    "plan": "计划写好任务和目标次数，完成了几次由活动、会议、接待的记录自动统计。",
    "annual-theme": "每年一个主题（双岗建功）：方案、代表认领、活动和实事、总结都在这里。",
    "contact-pair": "主席、副主席联系代表，代表联系选民，领导包片联系小组；见面次数由记录统计。",
}


def _source(office: Office, cls: type[Record]) -> RecordSource:
    if cls is ContactPair:

        def met(reading: Reading, _names: Names, records: Sequence[Record]) -> Sequence[str]:
            pairs = [each for each in records if isinstance(each, ContactPair)]
            counts = pair_counts(reading, pairs, office.today())
            return [counts.get(each.uid, "") for each in records]

        note = "今年一同参加的会议、活动，或登记的走访次数；斜线后是每年下限"
        return RecordSource(
            office, cls, ("person", "type", "deputy", "group", "household", "met"),
            computed={"met": (Column("met", "今年次数", 84, align="right", sortable=False, note=note), met)},
            columns={
                "person": Column("person", "联系人", 96, stretch=True), "type": Column("type", "联系类型", 130, drop=1),
                "deputy": Column("deputy", "代表", 90), "group": Column("group", "小组", 100, drop=2),
                "household": Column("household", "选民（户）", 96, drop=1),
            },
        )  # fmt: skip
    return RecordSource(
        office, cls, ("year", "name"),
        columns={"year": Column("year", "年度", 76), "name": Column("name", "名称", 160, stretch=True)},
        order=Order("year", True),
    )  # fmt: skip


_ITEM_LINES: tuple[Line, ...] = (
    "what", ("times", "place"), ("start", "due"), "counted", "activity_type", "meeting_type", ("by", "done"), "remark",
)  # fmt: skip
_CLAIM_LINES: tuple[Line, ...] = ("person", "what", "state", "done", "result", "remark")


def _parts(window: Desk, office: Office, drafts: DraftKeeper, cls: type[Record]) -> ChildPanel | None:
    if cls is Plan:
        return ChildPanel(window, office, drafts, PlanItem, "plan", _items(office), _ITEM_LINES)
    if cls is AnnualTheme:
        columns = {
            "person": Column("person", "代表", 90), "what": Column("what", "认领事项", 180, stretch=True),
            "state": Column("state", "完成情况", 84),
        }  # fmt: skip
        source = RecordSource(office, ThemeTask, ("person", "what", "state"), columns=columns)
        return ChildPanel(window, office, drafts, ThemeTask, "annual_theme", source, _CLAIM_LINES)
    return None


def _items(office: Office) -> RecordSource:
    def cells(reading: Reading, records: Sequence[Record]) -> dict[str, tuple[str, str]]:
        items = [each for each in records if isinstance(each, PlanItem)]
        plans = reading.by_uid(Plan, list({each.plan for each in items}))
        facts = {plan.uid: year_facts(reading, plan.year) for plan in plans.values()}
        found: dict[str, tuple[str, str]] = {}
        for item in items:
            if item.plan in plans:
                told = progress_of(item, plans[item.plan].year, facts[item.plan], today=office.today())
                found[item.uid] = (f"{told.done}/{item.times}", told.standing(office.today()))
        return found

    def done(reading: Reading, _names: Names, records: Sequence[Record]) -> Sequence[str]:
        told = cells(reading, records)
        return [told.get(each.uid, ("", ""))[0] for each in records]

    def state(reading: Reading, _names: Names, records: Sequence[Record]) -> Sequence[str]:
        told = cells(reading, records)
        return [told.get(each.uid, ("", ""))[1] for each in records]

    return RecordSource(
        office, PlanItem, ("place", "what", "counted", "made", "state"),
        computed={
            "made": (Column("made", "完成/目标", 84, align="right", sortable=False), done),
            "state": (Column("state", "进展", 92, sortable=False, look="badge"), state),
        },
        columns={
            "place": Column("place", "序号", 54, align="right", drop=2),
            "what": Column("what", "事项", 180, stretch=True),
            "counted": Column("counted", "按什么记", 90, look="soft", drop=1),
        },
        order=Order("place"),
    )  # fmt: skip
