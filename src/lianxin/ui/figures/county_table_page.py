"""填县里的表: the county's table opened once, what each cell takes corrected in a list, filled by one press."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from lianxin.office.county_workbook import (
    CountyTable,
    CountyTableProblem,
    Tie,
    fill_table,
    keep_table,
    kept_table,
    offered,
    tie_table,
)
from lianxin.office.desk import Desk as Office
from lianxin.office.figuring import last_complete_month
from lianxin.store.files import why_not
from lianxin.ui.asking.files import ask_open
from lianxin.ui.failures import Problem
from lianxin.ui.figures.period_picker import PeriodPicker
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk, Head, Page
from lianxin.ui.pieces.buttons import Act, label
from lianxin.ui.pieces.card import Card
from lianxin.ui.pieces.combo import QuietCombo
from lianxin.ui.pieces.two_panes import TwoPanes
from lianxin.ui.printing import paper_folder, show_paper
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.table import Column

AskOpen = Callable[[QWidget], str]
_COLUMNS = (
    Column("cell", "格子", width=130, sortable=False, drop=1),
    Column("heading", "县里的表头", stretch=True, width=190, sortable=False),
    Column("figure", "填我们的哪个数", stretch=True, width=170, sortable=False),
)
_NOTHING = "（不填）"


class TieSource:
    """A ListSource over the cells of the table."""

    columns: Sequence[Column] = _COLUMNS

    def __init__(self, ties: Sequence[Tie] = (), words: Mapping[str, str] | None = None) -> None:
        self._ties, self._words = {tie.place: tie for tie in ties}, dict(words or {})

    def keys(self, _sort: str, _descending: bool, words: str) -> Sequence[str]:
        """The places of the cells whose heading or figure holds the words."""
        return [
            place
            for place, tie in self._ties.items()
            if words in tie.heading + self._words.get(tie.key, _NOTHING)
        ]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these rows."""
        return [
            [key, self._ties[key].heading, self._words.get(self._ties[key].key, _NOTHING)]
            if key in self._ties
            else [""] * len(_COLUMNS)
            for key in keys
        ]

    def tie(self, place: str) -> Tie | None:
        """One cell."""
        return self._ties.get(place)


class CountyTablePage(Page):
    """`ask_open` asks for the county's file."""

    def __init__(self, window: Desk, office: Office, *, ask_open: AskOpen | None = None) -> None:
        super().__init__(window)
        self.office, self._ask_open = office, ask_open or _ask_open
        self.table: CountyTable | None = None
        self._words: Mapping[str, str] = {}
        self.source = TieSource()
        self.picker = PeriodPicker(last_complete_month(office))
        self.list = RecordList(
            self.source, name="县里的表", unit="格",
            empty=EmptyWords(
                "还没有打开过县里的表", "选县里发的空表（.xlsx 或 .xls），核对一次各格填什么，以后按一下就填好。", "打开县里的表"
            ),
        )  # fmt: skip
        self.figure = QuietCombo("这一格填")
        self._card, self._heading = Card("选一格"), label("左边选一格，在这里改它填哪个数。", wrap=True)
        self._card.add(self._heading)
        self._card.add(self.figure)
        self._card.add(label("改了就保存。县里换了新表，再打开一次即可。", "soft", wrap=True))
        self._card.add_stretch()
        self._panes = TwoPanes(
            self.list, self._card, names=("各格", "这一格"), shares=(3, 2), least=(400, 320)
        )
        self.body.addWidget(self.picker)
        self.body.addWidget(self._panes, 1)
        self.list.empty_acted.connect(self.choose)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(lambda _place: self._panes.show_right())
        self.figure.activated.connect(self._figure_chosen)

    def head(self) -> Head:
        fill = Act("填好这个时段", self.fill, "F2", enabled=self.table is not None)
        return Head("填县里的表", fill, (Act("打开县里的表", self.choose),))

    def refresh(self) -> None:
        self.table = kept_table(self.office)
        self._words = offered(self.office)
        self.figure.clear()
        self.figure.addItem(_NOTHING, "")
        for key, words in self._words.items():
            self.figure.addItem(words, key)
        self._show()

    def focus_filter(self) -> None:
        self.list.focus_filter()

    def print_now(self) -> None:
        if self.table is None:
            self.desk.tell("还没有县里的表，先选好表再打印。")
            return
        self.fill()

    def go_back(self) -> bool:
        if not self._panes.go_back():
            self.desk.go("figures")
        return True

    def choose(self) -> None:
        """Ask for the county's file, and guess its cells."""
        told = self._ask_open(self)
        if not told:
            return
        try:
            self.table = tie_table(self.office, Path(told))
        except CountyTableProblem as wrong:
            self.desk.problem(Problem(what=wrong.message, code=wrong.code))
            return
        except OSError as wrong:
            self.desk.problem(Problem(what=f"没有读到这个文件：{why_not(wrong)}。", code="U531"))
            return
        known = sum(bool(tie.key) for tie in self.table.ties)
        self.desk.saved()
        self.desk.tell(f"认出{known}格，请核对；没有认出的{len(self.table.ties) - known}格不填")
        self._show()

    def fill(self) -> None:
        """A copy filled for the period, opened to be looked at."""
        if self.table is None:
            return
        office, period = self.office, self.picker.period().code

        def work(_progress: Progress, _cancel: Cancel) -> tuple[str, bytes]:
            return fill_table(office, period)

        def done(paper: tuple[str, bytes]) -> None:
            show_paper(self.desk, paper, paper_folder(), personal=False)

        self.desk.jobs.start(work, title="填县里的表", done=done, owner=self)

    def _show(self) -> None:
        chosen = self.list.current_key()
        self.source = TieSource(self.table.ties if self.table is not None else (), self._words)
        self.list.set_source(self.source)
        if chosen:
            self.list.select(chosen)
        self.head_changed.emit()

    def _picked(self, place: str) -> None:
        tie = self.source.tie(place)
        self.figure.setEnabled(tie is not None)
        if tie is not None:
            self._card.set_heading(tie.place)
            self._heading.setText(f"县里的表头：{tie.heading}")
            self.figure.set_value(tie.key)

    def _figure_chosen(self, _index: int) -> None:
        place = self.list.current_key()
        if self.table is not None and place:
            self.table = self.table.with_key(place, self.figure.value())
            keep_table(self.office, self.table)
            self.desk.saved()
            self._show()


def _ask_open(parent: QWidget) -> str:
    return ask_open(parent, "打开县里的表", "Excel 工作簿 (*.xlsx *.xls *.et)")
