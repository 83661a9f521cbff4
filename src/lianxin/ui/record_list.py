"""A whole list on a page: filter box, count, grid, and the faces it has when there is nothing to show."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from lianxin.ui.jobs import Jobs
from lianxin.ui.pages import ListPrinter
from lianxin.ui.pieces.buttons import button
from lianxin.ui.pieces.faces import EmptyState
from lianxin.ui.table import KeyedTableModel, ListSource, Pages, QuickSource, pages_around
from lianxin.ui.table_view import KeyedTableView
from lianxin.ui.theme import px, row_height

FILTER_PAUSE_MS = 180
"""How long typing must rest before the list is asked again."""

_BEGINNING = 60
"""Rows of a list that are shown before all keys are known: more than fit a screen."""

_ON_PAPER = "打印，或存为 Excel：现在列表里的全部（Ctrl+Shift+P）"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class EmptyWords:
    """What an empty list says: what goes here, and one button ("" for none)."""

    title: str = "这里还没有内容"
    sentence: str = ""
    action: str = ""


class FilterBox(QLineEdit):
    """The box for narrowing a list; Down goes into the list, Esc empties it first."""

    left_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class RecordList(QWidget):
    """Show a ListSource. `picked(key)` when another row becomes the chosen one ("" for none), `opened(key)` on
    Enter or double click, `asked(key, column key, screen point)` on right click, `empty_acted` when the button
    of the empty face is pressed, `counted(shown)` after every reading.

    With `reads` the keys are read on that worker, so that a list of any size never holds up the window;
    without it they are read at once. Inside a card use `framed=False`. Call `refresh` to fill it.
    """

    picked = Signal(str)
    opened = Signal(str)
    asked = Signal(str, str, QPoint)
    empty_acted = Signal()
    counted = Signal(int)

    def __init__(
        self,
        source: ListSource,
        *,
        name: str = "",
        empty: EmptyWords | None = None,
        reads: Jobs | None = None,
        filter_hint: str = "筛选  Ctrl+F",
        with_filter: bool = True,
        unit: str = "条",
        framed: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._source, self._reads, self._unit = source, reads, unit
        self._empty = empty or EmptyWords()
        self._sort, self._descending, self._words = "", False, ""
        self._chosen, self._asked_number, self._key_count = "", 0, 0
        self._entering, self._taken_number = False, 0
        self.model = KeyedTableModel(source)
        self.view = KeyedTableView(self.model)
        self.view.setAccessibleName(name or "列表")
        self.view.opened.connect(self.opened)
        self.view.asked.connect(self.asked)
        self.view.selectionModel().currentRowChanged.connect(self._current_changed)
        self.view.horizontalHeader().sectionClicked.connect(self._header_clicked)
        self._face = EmptyState()
        self._face.acted.connect(self._face_acted)
        self._face_means = "empty"
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._face)
        self._filter = FilterBox()
        self._filter.setPlaceholderText(filter_hint)
        self._filter.setAccessibleName(f"筛选{name}")
        self._filter.setClearButtonEnabled(True)
        self._filter.setMaximumWidth(px(260))
        self._filter.textChanged.connect(self._typed)
        self._filter.left_down.connect(self._into_list)
        self._count = button("", "link", act=self._wanted_on_paper, hint=_ON_PAPER, needs="look")
        # Reached by its key: Tab goes from the filter into the list.
        self._count.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(FILTER_PAUSE_MS)
        self._pause.timeout.connect(self._filter_now)
        self._lay_out(with_filter, framed)
        self.setFocusProxy(self.view)

    def refresh(self) -> None:
        """Read the list again; the chosen row, found by its key, and the place on screen stay."""
        self._asked_number += 1
        number = self._asked_number
        if self._reads is None:
            try:
                keys = self._source.keys(self._sort, self._descending, self._words)
            except Exception:
                _log.exception("a list could not be read")
                self._show_error()
                return
            self._take(number, keys)
            return
        if not self.model.rowCount():
            self._show_face("loading", "正在读取…", "", "")
            self._read_beginning(number, self._reads)
        sort, descending, words, source = self._sort, self._descending, self._words, self._source
        top = self.model.key_at(self.view.rowAt(0))

        def work(_progress: object, _cancel: object) -> tuple[Sequence[str], Pages]:
            keys = source.keys(sort, descending, words)
            return keys, pages_around(source, keys, top)

        def done(found: tuple[Sequence[str], Pages]) -> None:
            self._take(number, *found)

        def failed(_wrong: Exception) -> None:
            _log.error("a list could not be read")
            self._show_error()

        self._reads.start(work, title="", done=done, failed=failed, owner=self)

    def _read_beginning(self, number: int, reads: Jobs) -> None:
        """A first screenful while the whole list is still being read."""
        sort, descending, source = self._sort, self._descending, self._source
        if self._words or not isinstance(source, QuickSource):
            return

        def work(_progress: object, _cancel: object) -> tuple[Sequence[str], Pages]:
            keys = source.first_keys(sort, descending, _BEGINNING)
            return keys, pages_around(source, keys, "")

        def done(found: tuple[Sequence[str], Pages]) -> None:
            keys, pages = found
            if keys and number == self._asked_number:
                self.model.set_keys(keys, pages)
                self._stack.setCurrentWidget(self.view)
                self.view.fit_columns()

        def failed(_wrong: Exception) -> None:
            # The whole list is asked for next, and says what is wrong.
            _log.error("the beginning of a list could not be read")

        reads.start(work, title="", done=done, failed=failed, owner=self)

    def set_source(self, source: ListSource) -> None:
        """Show another source with the same columns and read it."""
        self._source = source
        self.model = self.model if self.model.source is source else self._swapped(source)
        self.refresh()

    def sort_by(self, column_key: str, *, descending: bool = False) -> None:
        """Order by a column and read again."""
        self._sort, self._descending = column_key, descending
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        place = next((i for i, c in enumerate(self.model.columns) if c.key == column_key), -1)
        self.view.horizontalHeader().setSortIndicator(place, order)
        self.refresh()

    def filter_words(self) -> str:
        """What the list is narrowed by."""
        return self._words

    def set_filter(self, words: str) -> None:
        """Narrow the list at once, as if typed."""
        self._filter.blockSignals(True)
        self._filter.setText(words)
        self._filter.blockSignals(False)
        self._filter_now()

    def focus_filter(self) -> None:
        """Go to the filter box (Ctrl+F)."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def current_key(self) -> str:
        """The key of the chosen row, "" for none."""
        return self._chosen

    def selected_keys(self) -> list[str]:
        """All chosen keys, top to bottom."""
        return self.view.selected_keys()

    def select(self, key: str) -> bool:
        """Choose the row of a key and bring it on screen; False when the list does not hold it."""
        row = self.model.row_of(key)
        if row < 0:
            return False
        self._mark(row)
        self.view.scrollTo(self._spot(row))
        return True

    def shown_count(self) -> int:
        """How many rows there are."""
        return self.model.rowCount()

    def face(self) -> str:
        """What is shown: rows, empty, nothing, loading or error."""
        return "rows" if self._stack.currentWidget() is self.view else self._face_means

    def fit_rows(self, rows: int) -> None:
        """Be exactly as high as this many rows, without a scroll bar of its own (近期待办 on the first page)."""
        head = max(px(38), self.view.horizontalHeader().sizeHint().height())
        self._stack.setFixedHeight(head + rows * row_height() + 2)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def add_tool(self, widget: QWidget) -> None:
        """Put a widget (chips of states, a small button) at the left of the line above the grid."""
        self._tools.insertWidget(self._tools.indexOf(self._filter), widget)
        self._bar.show()

    def _lay_out(self, with_filter: bool, framed: bool) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        self._bar = QWidget()
        self._tools = QHBoxLayout(self._bar)
        self._tools.setContentsMargins(0, 0, 0, 0)
        self._tools.setSpacing(px(10))
        self._tools.addWidget(self._filter, 1)
        self._tools.addStretch(1)
        self._tools.addWidget(self._count)
        self._filter.setVisible(with_filter)
        frame = QFrame()
        frame.setObjectName("tableframe")
        frame.setProperty("framed", "true" if framed else "false")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(1, px(3), 1, px(3))
        inner.addWidget(self._stack)
        box.addWidget(self._bar)
        box.addWidget(frame, 1)
        # Only now it has a parent: shown before, it would be a window of its own for a moment.
        self._bar.setVisible(with_filter)

    def _wanted_on_paper(self) -> None:
        printer = self.window().findChild(ListPrinter)
        if printer is not None:
            printer.print_list(self)

    def _swapped(self, source: ListSource) -> KeyedTableModel:
        model = KeyedTableModel(source)
        if model.columns != self.model.columns:
            raise ValueError("another source must have the same columns")
        old = self.view.selectionModel()
        self.view.show_model(model)
        old.deleteLater()
        self.view.selectionModel().currentRowChanged.connect(self._current_changed)
        return model

    def _take(self, number: int, keys: Sequence[str], pages: Pages | None = None) -> None:
        if number != self._asked_number:
            return
        chosen, top = self._chosen, self.model.key_at(self.view.rowAt(0))
        chosen_shown = bool(chosen) and self._on_screen(chosen)
        selected = self.view.selected_keys()
        self.model.set_keys(keys, pages)
        self._key_count, self._taken_number = len(keys), number
        if not keys:
            self._show_nothing()
        else:
            self._stack.setCurrentWidget(self.view)
            self.view.fit_columns()
            self._restore(chosen, selected, top, chosen_shown)
        found = f"找到 {len(keys):,} {self._unit}" if self._words else f"共 {len(keys):,} {self._unit}"
        self._count.setText(found)
        self._count.setAccessibleName(f"{found}，打印或存为 Excel")
        self.counted.emit(len(keys))
        if self._entering:
            self._enter()

    def _restore(self, chosen: str, selected: list[str], top: str, chosen_shown: bool) -> None:
        row = self.model.row_of(chosen) if chosen else -1
        top_row = self.model.row_of(top) if top else -1
        if top_row >= 0 and not (chosen_shown and row < 0):
            self.view.scrollTo(self._spot(top_row), self.view.ScrollHint.PositionAtTop)
        if row >= 0:
            self._mark(row)
            if chosen_shown:
                self.view.scrollTo(self._spot(row))
            if len(selected) > 1:
                self._mark_many(selected)
        elif chosen:
            self._chosen = ""
            self.picked.emit("")

    def _spot(self, row: int) -> QModelIndex:
        """A cell of the row that is on screen: the grid does not go to one in a hidden column."""
        columns = range(self.model.columnCount())
        return self.model.index(row, next((at for at in columns if not self.view.isColumnHidden(at)), 0))

    def _mark(self, row: int) -> None:
        # Said outright, for the view's own ways look at the keys that happen to be held down now.
        how = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(
            self._spot(row), how.ClearAndSelect | how.Rows | how.Current
        )

    def _mark_many(self, keys: list[str]) -> None:
        marks = QItemSelection()
        for key in keys:
            row = self.model.row_of(key)
            if row >= 0:
                marks.select(self.model.index(row, 0), self.model.index(row, self.model.columnCount() - 1))
        self.view.selectionModel().select(marks, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _on_screen(self, key: str) -> bool:
        row = self.model.row_of(key)
        first, last = self.view.rowAt(0), self.view.rowAt(self.view.viewport().height() - 1)
        return first <= row and (last < 0 or row <= last)

    def _current_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        key = self.model.key_at(now.row()) if now.isValid() else ""
        if key != self._chosen:
            self._chosen = key
            self.picked.emit(key)

    def _header_clicked(self, place: int) -> None:
        column = self.model.columns[place]
        if column.sortable:
            self.sort_by(column.key, descending=self._sort == column.key and not self._descending)

    def _typed(self, _text: str) -> None:
        self._pause.start()

    def _filter_now(self) -> None:
        self._pause.stop()
        words = self._filter.text().strip()
        if words != self._words:
            self._words = words
            self.refresh()

    def _into_list(self) -> None:
        # The list that is on screen may still be the one before the words.
        self._entering = True
        self._filter_now()
        if self._taken_number == self._asked_number:
            self._enter()

    def _enter(self) -> None:
        self._entering = False
        if self.model.rowCount():
            self.view.setFocus(Qt.FocusReason.TabFocusReason)
            if not self._chosen:
                self._mark(0)

    def _show_nothing(self) -> None:
        if self._chosen:
            self._chosen = ""
            self.picked.emit("")
        if self._words:
            self._show_face("nothing", f"没有找到“{self._words}”", "换个说法，或清空筛选后再看。", "清空筛选")
        else:
            self._show_face("empty", self._empty.title, self._empty.sentence, self._empty.action)

    def _show_error(self) -> None:
        self._show_face(
            "error", "这一列表没有读出来", "已保存的内容没有受影响。请再读一次；若仍不行，请重新打开程序。",
            "再读一次",
        )  # fmt: skip

    def _show_face(self, means: str, title: str, sentence: str, action: str) -> None:
        self._face_means = means
        self._face.set_words(title, sentence, action)
        self._stack.setCurrentWidget(self._face)

    def _face_acted(self) -> None:
        if self._face_means == "nothing":
            self.set_filter("")
        elif self._face_means == "error":
            self.refresh()
        else:
            self.empty_acted.emit()
