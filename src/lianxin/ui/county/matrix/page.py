"""各乡镇报送情况: who sent, who is late, what is next with each; one month in full, or the year as marks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from lianxin.county.received.return_files import files_of_return, tables_of_return
from lianxin.county.returns.overview import Overview, Row, overview, period_now, period_shown
from lianxin.county.returns.overview_table import overview_xlsx
from lianxin.county.returns.stamped import tick_stamped, untick_stamped
from lianxin.domain.periods import Period
from lianxin.domain.records import ReceivedFile, StampedPaper, Township
from lianxin.office.access.access_log import note_field
from lianxin.office.desk import Desk
from lianxin.ui.county.matrix.head import MONTH, YEAR, MatrixHead
from lianxin.ui.county.matrix.marks import LEGEND, MarkDelegate
from lianxin.ui.county.matrix.panel import MatrixPanel
from lianxin.ui.county.matrix.sources import (
    MatrixFilter,
    MonthSource,
    YearSource,
    column_of_month,
    month_column,
)
from lianxin.ui.county.matrix.township_form import TownshipForm
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head, Page
from lianxin.ui.pieces import Act, Card, EmptyState, TwoPanes, button, label
from lianxin.ui.printing import paper_folder, print_beside
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.theme import px
from lianxin.ui.written import tell_written

_PAUSE_MS = 120
"""How long arrows must rest before another period is read: a key that is held down asks once."""
_NO_TOWN = (
    "还没有登记乡镇",
    "先把县里的乡镇登记进来；用本程序的乡镇，也可以在“设置与密钥”里直接签发登记申请。",
    "登记乡镇",
)
_NONE_KEPT = EmptyWords("没有这样的乡镇", "换一个筛选再看。", "看全部")


class MatrixPage(Page):
    """Left the townships, right the chosen return; arrows go from month to month."""

    def __init__(self, window: Window, office: Desk, drafts: DraftKeeper) -> None:
        super().__init__(window)
        self.office = office
        self._period: Period | None = None
        self._present: Period | None = None
        self._told: Overview | None = None
        self._view = MONTH
        self._wanted = self._chosen_code = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._soon.timeout.connect(self.refresh)
        self.top = MatrixHead()
        self.filter = MatrixFilter()
        self.month = RecordList(
            MonthSource(), name="各乡镇这一期", unit="个乡镇", framed=False, empty=_NONE_KEPT,
            filter_hint="找乡镇  Ctrl+F",
        )  # fmt: skip
        self.year = RecordList(
            YearSource(), name="各乡镇全年", unit="个乡镇", framed=False, empty=_NONE_KEPT,
            filter_hint="找乡镇  Ctrl+F",
        )  # fmt: skip
        self.panel = MatrixPanel()
        self.form = TownshipForm(window, office, drafts)
        self.empty = EmptyState(*_NO_TOWN)
        self._lay_out()
        self._connect()
        self.follow()

    def head(self) -> Head:
        """The morning goes on with 接收报送."""
        others = (
            Act("登记乡镇", self.register, hint="不用本程序的乡镇也登记在这里"),
            Act("打印、导出 Excel", self.print_now, "Ctrl+P", needs="look"),
        )
        return Head(
            "各乡镇报送情况", Act("接收报送", lambda: self.desk.go("receive"), "F2", needs="look"), others
        )

    def refresh(self) -> None:
        """Read the period looked at, on the worker of readings."""
        office, wanted = self.office, self._period

        def work() -> tuple[Period, Overview]:
            present = period_now(office)
            return present, overview(office, wanted or present)

        self.read(work, lambda found: self._show(*found))

    def focus_first(self) -> None:
        """The townships."""
        self._list().setFocus()

    def open_record(self, kind: str, uid: str) -> None:
        """A township, or the stamped paper of one with its period."""
        with self.office.store.reading() as reading:
            paper = reading.get(StampedPaper, uid) if kind == StampedPaper.KIND else None
            town = reading.get(Township, uid) if kind == Township.KIND else None
        if paper is not None:
            self._period = period_shown(self.office, paper.period)
        self._wanted = paper.code if paper is not None else town.code if town is not None else ""
        self.refresh()
        self.panes.show_right()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self._list().focus_filter()

    def go_back(self) -> bool:
        """Esc: from the form to the return, from the return to the list."""
        if self._right.currentWidget() is self.form:
            self._show_form(False)
            return True
        return self.panes.go_back()

    def print_now(self) -> None:
        """Ctrl+P: the table as it is shown, as a workbook."""
        told, source = self._told, self._source()
        if told is None or not told.rows:
            self.desk.tell("还没有登记乡镇，没有可打印的。")
            return
        keys = [self._list().model.key_at(at) for at in range(self._list().shown_count())]
        rows = [row for key in keys if (row := source.row(key)) is not None]
        office, year = self.office, self._view == YEAR
        print_beside(
            self.desk, "正在生成各乡镇报送情况", lambda: overview_xlsx(office, told, rows, year=year),
            paper_folder(), owner=self, personal=False,
        )  # fmt: skip

    def look_at(self, period: Period) -> None:
        """Show another period; what is under way for the one before is let go."""
        self._period = period
        self._soon.start()

    def show_view(self, view: str) -> None:
        """One month in full, or the year as marks."""
        words = self._list().filter_words()
        self._view = view
        self.top.show_view(view)
        self._legend.setVisible(view == YEAR)
        self._list().set_filter(words)
        self._list().add_tool(self.filter)
        self._fill()
        self.focus_first()

    def register(self) -> None:
        """登记乡镇: a new one in the form at the right."""
        self.form.begin_new()
        self._show_form(True)

    def edit(self) -> None:
        """The record of the chosen township; one that only has an enrolled desk gets its first."""
        row = self._row()
        if row is None:
            return
        if not row.town.uid or not self.form.open(row.town.uid):
            self.form.begin_new()
            self.form.form.set_typed({"code": row.town.code, "name": row.town.name, "way": row.town.way})
        self._show_form(True)

    def tick(self, yes: bool) -> None:
        """盖章件已收, or not after all."""
        row = self._row()
        if row is None:
            return
        shown = row.shown
        changes = tick_stamped(self.office, shown) if yes else untick_stamped(self.office, shown)
        words = "盖章件已收" if yes else "已取消盖章件已收"
        tell_written(
            self.desk,
            self.office,
            f"{row.town.name} {shown.period.label}：{words}",
            changes,
            shown=self.refresh,
        )

    def overview_shown(self) -> Overview | None:
        """What is on screen."""
        return self._told

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A row is chosen as a whole, so the arrows to the sides are free for the months.
        if (
            watched is self.month.view
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
        ):
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
            if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self._step(step)
                return True
        return super().eventFilter(watched, event)

    # ---- what is shown

    def _show(self, present: Period, told: Overview) -> None:
        self._present, self._told, self._period = present, told, told.period
        self.top.show_overview(told, present=present)
        self._lists.setCurrentWidget(self._list() if told.rows else self.empty)
        self._fill()

    def _fill(self) -> None:
        told = self._told
        if told is None:
            return
        chosen, self._wanted = self._wanted or self._list().current_key() or self._chosen_code, ""
        kept = self.filter.code()
        source = MonthSource(told, kept) if self._view == MONTH else YearSource(told, kept)
        self.filter.show_counts(source.counts())
        shown = self._list()
        if told.rows:
            # Before it is filled: columns are fitted to the room there is.
            self._lists.setCurrentWidget(shown)
        shown.set_source(source)
        first = shown.model.key_at(0)
        shown.select(chosen if shown.model.row_of(chosen) >= 0 else first)
        if shown is self.year:
            self._mark_month()
        self._picked(shown.current_key())

    def _mark_month(self) -> None:
        """Put the frame on the cell of the period, and follow where it is moved."""
        view, told = self.year.view, self._told
        row = view.currentIndex().row()
        if told is not None and told.period.months == 1 and row >= 0:
            spot = self.year.model.index(row, column_of_month(told.period.first_month % 12 + 1))
            view.setCurrentIndex(spot)
            # The names stay on screen as long as the month does, too.
            view.horizontalScrollBar().setValue(0)
            view.scrollTo(spot)
        view.selectionModel().currentChanged.connect(self._cell)

    def _cell(self, now: QModelIndex, _before: QModelIndex) -> None:
        month, told = month_column(now.column()), self._told
        if month is None or told is None:
            return
        wanted = next(
            each for each in told.columns if each.months == 1 and each.first_month % 12 == month - 1
        )
        if wanted != (self._period or told.period):
            self.look_at(wanted)

    def _picked(self, code: str) -> None:
        told, row = self._told, self._source().row(code)
        if told is None or row is None:
            self.panel.show_nothing()
            return
        self._chosen_code = code
        files = files_of_return(self.office, row.town, told.period.code)
        tables = tables_of_return(self.office, row.town, told.period.code)
        with self.office.store.reading() as reading:
            township = reading.get(Township, row.town.uid) if row.town.uid else None
        self.panel.show_row(told, row, files, tables, township)

    def _step(self, by: int) -> None:
        now = self._period or self._present
        if now is None:
            return
        months = 12 if self._view == YEAR else 1
        start = now.first_month if now.months == 1 or by < 0 else now.first_month + now.months - 1
        self.look_at(Period(start + by * months, 1, now.cutoff))

    def _back_to_present(self) -> None:
        self._period = None
        self.refresh()

    # ---- what is done

    def _keep(self) -> None:
        self._fill()

    def _copy(self, words: str) -> None:
        if words:
            QGuiApplication.clipboard().setText(words)
            self.desk.tell("已复制，可以粘贴到工作群或短信里。")

    def _disclosed(self, wire: str) -> None:
        row = self._row()
        if row is not None:
            note_field(self.office, Township, row.town.uid, wire)

    def _show_form(self, shown: bool) -> None:
        self._right.setCurrentWidget(self.form if shown else self.panel)
        if shown:
            self.panes.show_right()
            self.form.form.focus_first()

    def _stored(self, _uid: str) -> None:
        self._show_form(False)
        self.refresh()

    def _next_town(self) -> None:
        if not self.form.uid:
            self._show_form(True)

    def _list(self) -> RecordList:
        return self.month if self._view == MONTH else self.year

    def _source(self) -> MonthSource | YearSource:
        source = self._list().model.source
        assert isinstance(source, MonthSource | YearSource)
        return source

    def _row(self) -> Row | None:
        return self._source().row(self._list().current_key())

    # ---- how it is put together

    def _lay_out(self) -> None:
        for at in range(1, 13):
            self.year.view.setItemDelegateForColumn(column_of_month(at), MarkDelegate(self.year.view))
        self._lists = QStackedWidget()
        for part in (self.month, self.year, self.empty):
            self._lists.addWidget(part)
        self._legend = label(LEGEND, "soft", wrap=True)
        self._legend.hide()
        left = Card()
        left.body.setContentsMargins(px(12), px(8), px(12), px(6))
        self.month.add_tool(self.filter)
        left.add(self._lists, 1)
        left.add(self._legend)
        back = button("返回", "link", act=lambda: self._show_form(False), hint="Esc；填了没有保存的会留着")
        self.form.foot.insertWidget(2, back)
        self._right = QStackedWidget()
        for each in (self.panel, self.form):
            self._right.addWidget(each)
        self.panes = TwoPanes(
            left, self._right, names=("各乡镇", "这个乡镇"), shares=(5, 2), least=(600, 320)
        )
        self.body.addWidget(self.top)
        self.body.addWidget(self.panes, 1)

    def _connect(self) -> None:
        self.top.stepped.connect(self._step)
        self.top.chosen.connect(self._chosen)
        self.top.turned.connect(self.show_view)
        self.top.copied.connect(self._copy)
        self.top.present_asked.connect(self._back_to_present)
        self.top.register_asked.connect(self._register_stranger)
        self.filter.changed.connect(self._keep)
        self.empty.acted.connect(self.register)
        for each in (self.month, self.year):
            each.picked.connect(self._picked)
            each.opened.connect(self._opened)
            each.empty_acted.connect(self.filter.clear)
        self.month.view.installEventFilter(self)
        self.panel.page_asked.connect(self.desk.go)
        self.panel.file_asked.connect(lambda uid: self.desk.open_record(ReceivedFile.KIND, uid))
        self.panel.ticked.connect(self.tick)
        self.panel.copied.connect(self._copy)
        self.panel.edit_asked.connect(self.edit)
        self.panel.disclosed.connect(self._disclosed)
        self.form.stored.connect(self._stored)
        self.form.gone.connect(lambda: self._stored(""))
        # Ctrl+Enter saves and goes on with the next township.
        self.form.form.submitted.connect(self._next_town)

    def _chosen(self, code: str) -> None:
        self._period = period_shown(self.office, code)
        self.refresh()

    def _opened(self, _code: str) -> None:
        self.panes.show_right()

    def _register_stranger(self) -> None:
        """Somebody sent a file and stands in no register: the form begins with what the file says."""
        told = self._told
        if told is None or not told.strangers:
            return
        self.register()
        first = told.strangers[0]
        self.form.form.set_typed({"code": first.code, "name": first.name, "way": "plain"})
