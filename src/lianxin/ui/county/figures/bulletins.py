"""通报简报: drafted from the figures, changed here in words, numbered, made as Word and Excel."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.county.figures.bulletin import (
    BulletinProblem,
    bulletin_docx,
    bulletin_xlsx,
    bulletins,
    draft_bulletin,
    number_bulletin,
    numbers_words,
    void_bulletin_number,
)
from lianxin.domain.periods import Period
from lianxin.domain.records import Bulletin
from lianxin.office.desk import Desk as Office
from lianxin.office.paperwork.outgoing_numbers import NumberRefused
from lianxin.store.writing import Change
from lianxin.ui.county.figures.sources import BulletinSource
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.failures import Problem
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pieces import Act, ActFlow, Card, TwoPanes, label
from lianxin.ui.printing import paper_folder, print_beside
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.registers.register_form import RegisterForm
from lianxin.ui.written import tell_written

_EMPTY = EmptyWords(
    "还没有通报简报", "选好统计期，按F2起草：数字和名单自动写好，文字可以改，改好再编号、生成。", "起草通报"
)


class BulletinSection(QWidget):
    """`draft_wanted` when one is to be drafted of the period that is looked at."""

    draft_wanted = Signal()

    def __init__(self, window: Window, office: Office, drafts: DraftKeeper) -> None:
        super().__init__()
        self._window, self._office = window, office
        self._source = BulletinSource()
        self._wanted = ""
        self.numbers = label("", "soft", wrap=True)
        self.list = RecordList(
            self._source,
            name="通报简报",
            unit="份",
            framed=False,
            filter_hint="找标题、期号  Ctrl+F",
            empty=_EMPTY,
        )
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self.list.empty_acted.connect(self.draft_wanted)
        left = Card()
        left.add(self.list, 1)
        left.add(self.numbers)
        self.form = RegisterForm(window, office, Bulletin, drafts)
        # Which figure is ranked is chosen with 排名次 before drafting; its key says nothing to a clerk.
        self.form.form.set_shown("ranked", False)
        self.form.stored.connect(lambda _uid: self.refresh())
        self.form.gone.connect(self.refresh)
        self.acts = ActFlow()
        self.form.body.insertWidget(0, self.acts)
        self.panes = TwoPanes(left, self.form, names=("通报简报", "这一份"), shares=(2, 3), least=(380, 420))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.panes)
        self._show_acts()

    def refresh(self) -> None:
        """Read the list again; the chosen one stays."""
        with self._office.store.reading() as reading:
            self._source = BulletinSource(bulletins(reading))
            self.numbers.setText(numbers_words(reading, self._office.today().year))
        self.list.set_source(self._source)
        if self._wanted:
            self.list.select(self._wanted)
            self._wanted = ""
        elif not self.list.current_key() and self.list.shown_count():
            self.list.select(self.list.model.key_at(0))
        self._show_acts()

    def draft(self, period: Period, *, sort: str, ranked: str) -> None:
        """起草 from the figures of a period, beside the window."""
        office = self._office

        def work(_progress: Progress, _cancel: Cancel) -> tuple[Bulletin, tuple[Change, ...]]:
            return draft_bulletin(office, period, sort=sort, ranked=ranked)

        def done(made: tuple[Bulletin, tuple[Change, ...]]) -> None:
            self._wanted = made[0].uid
            self._told(f"已起草“{made[0].title}”，请改好文字再编号", made[1])
            self.panes.show_right()

        self._window.jobs.start(work, title="正在起草", done=done, owner=self)

    def _opened(self, _key: str) -> None:
        self.panes.show_right()

    def focus_first(self) -> None:
        """The list."""
        self.list.setFocus()

    def go_back(self) -> bool:
        """Esc."""
        return self.panes.go_back()

    def close_down(self) -> None:
        """What is typed stays as a draft."""
        self.form.keep()

    def number(self) -> None:
        """编号: the next issue."""
        uid = self._saved()
        if uid:
            try:
                told, changes = number_bulletin(self._office, uid)
            except (BulletinProblem, NumberRefused) as wrong:
                self._window.problem(Problem(what=str(wrong), code="U560"))
                return
            self._told(f"期号是{told}", changes)

    def void(self) -> None:
        """作废留号: the issue keeps its place in 收发文; the bulletin can be numbered again."""
        uid = self.list.current_key()
        if uid:
            try:
                changes = void_bulletin_number(self._office, uid, reason="通报简报作废")
            except (BulletinProblem, NumberRefused) as wrong:
                self._window.problem(Problem(what=str(wrong), code="U561"))
                return
            self._told("期号已作废留号，不会再编给别的", changes)

    def make_word(self) -> None:
        """The bulletin as Word, shown before it is printed."""
        self._make("docx")

    def make_excel(self) -> None:
        """The figures of the bulletin as a workbook."""
        self._make("xlsx")

    def _make(self, form: str) -> None:
        uid = self._saved()
        if uid:
            office, made = self._office, bulletin_docx if form == "docx" else bulletin_xlsx
            print_beside(
                self._window,
                "正在生成通报",
                lambda: made(office, uid),
                paper_folder(),
                owner=self,
                personal=False,
            )

    def _saved(self) -> str:
        """The chosen bulletin with what is typed saved; "" when it is not."""
        if not self.form.uid or not self.form.save():
            return ""
        return self.form.uid

    def _picked(self, uid: str) -> None:
        if uid and uid != self.form.uid:
            self.form.open(uid)
        self._show_acts()

    def _show_acts(self) -> None:
        listed = self._source.listed(self.list.current_key())
        numbered = listed is not None and bool(listed.number)
        self.acts.show_acts(
            (
                Act("编号", self.number, enabled=listed is not None and not numbered),
                Act("生成 Word", self.make_word, "Ctrl+P", enabled=listed is not None),
                Act("生成 Excel", self.make_excel, enabled=listed is not None),
                Act("期号作废", self.void, enabled=numbered),
            )
        )

    def _told(self, words: str, changes: tuple[Change, ...]) -> None:
        tell_written(self._window, self._office, words, changes, shown=self.refresh)
