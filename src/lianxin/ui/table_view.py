"""How a keyed list looks on the page: the grid, its cells, and what the keyboard does in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QHelpEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from lianxin.ui.pieces.badge import paint_badge, tone_of
from lianxin.ui.table import ALIGNMENTS, Column, KeyedTableModel
from lianxin.ui.theme import colour, colours, px, row_height

_LEAST_STRETCH = 120


class CellDelegate(QStyledItemDelegate):
    """Draws cells: same left edge as the header, long words elided, badges filled, a bar at the chosen row."""

    def __init__(self, columns: tuple[Column, ...], view: QTableView) -> None:
        super().__init__(view)
        self._columns, self._view = columns, view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        used, column = colours(), self._columns[index.column()]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        area = option.rect
        painter.save()
        painter.fillRect(area, colour(used.current if chosen else used.card))
        painter.setPen(QPen(colour(used.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if chosen and index.column() == 0:
            painter.fillRect(area.x(), area.y(), px(4), area.height(), colour(used.current_line))
        words = str(index.data() or "").replace("\n", " ")
        inner = area.adjusted(px(10), 0, -px(10), 0)
        font = self._view.font()
        if column.look == "badge":
            paint_badge(painter, inner, words, tone_of(words), font)
        else:
            painter.setFont(font)
            painter.setPen(colour(used.ink_soft if column.look == "soft" else used.ink))
            # No letter is wider than a square: most cells have room without being measured.
            if not 0 < len(words) * font.pixelSize() <= inner.width():
                words = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, ALIGNMENTS[column.align], words)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        words = str(index.data() or "")
        return QSize(QFontMetrics(self._view.font()).horizontalAdvance(words) + px(22), row_height())

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        words = str(index.data() or "")
        too_long = self.sizeHint(option, index).width() > self._view.columnWidth(index.column())
        if event.type() == QEvent.Type.ToolTip and words and (too_long or "\n" in words):
            QToolTip.showText(event.globalPos(), words, view)
        else:
            QToolTip.hideText()
        return True


class KeyedTableView(QTableView):
    """The grid of a list. `opened(key)` on Enter or double click; `asked(key, column, point)` on right click."""

    opened = Signal(str)
    asked = Signal(str, str, QPoint)

    def __init__(self, model: KeyedTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keyed = model
        self._touched: set[int] = set()
        self._fitting = False
        self.setModel(model)
        self.setItemDelegate(CellDelegate(model.columns, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMinimumHeight(px(160))
        self.customContextMenuRequested.connect(self._asked)
        self.doubleClicked.connect(self._opened)
        upright, head = self.verticalHeader(), self.horizontalHeader()
        upright.hide()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(False)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setMinimumSectionSize(px(48))
        head.sectionResized.connect(self._resized_by_hand)
        self._size_rows()

    def show_model(self, model: KeyedTableModel) -> None:
        """Show another model with the same columns."""
        self._keyed = model
        self.setModel(model)
        self._size_rows()

    def selected_keys(self) -> list[str]:
        """The keys of the chosen rows, top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._keyed.key_at(row) for row in rows]

    def copy_selection(self) -> None:
        """Put the chosen rows, as shown (masked), on the clipboard: cells by tabs, rows by lines."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        lines = ["\t".join(_one_line(cell) for cell in self._keyed.cells(row)) for row in rows]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    def fit_columns(self) -> None:
        """Give each column its width and let the stretching ones share the rest."""
        if not self._keyed.columns:
            return
        self._fitting = True
        widths = {place: self._wanted(place) for place in range(len(self._keyed.columns))}
        hidden = self._dropped(widths)
        fixed, open_columns = 0, []
        for place, column in enumerate(self._keyed.columns):
            self.setColumnHidden(place, place in hidden)
            if place in hidden:
                continue
            if column.stretch and place not in self._touched:
                open_columns.append(place)
            else:
                self.setColumnWidth(place, widths[place])
                fixed += widths[place]
        room = self.viewport().width() - fixed
        for left, place in enumerate(open_columns):
            width = max(widths[place], room // (len(open_columns) - left))
            self.setColumnWidth(place, width)
            room -= width
        self._fitting = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._opened(self.currentIndex())
        elif event.key() == Qt.Key.Key_C and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.copy_selection()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._size_rows()

    def _wanted(self, place: int) -> int:
        if place in self._touched and not self.isColumnHidden(place):
            return self.columnWidth(place)
        column = self._keyed.columns[place]
        if column.stretch:
            return px(max(column.width, _LEAST_STRETCH))
        header = QFontMetrics(self.font()).horizontalAdvance(column.title)
        return max(px(column.width), header + px(36 if column.sortable else 24))

    def _dropped(self, widths: dict[int, int]) -> set[int]:
        may_go = [place for place, column in enumerate(self._keyed.columns) if column.drop]
        may_go.sort(key=lambda place: self._keyed.columns[place].drop)
        hidden: set[int] = set()
        while (
            may_go and sum(w for place, w in widths.items() if place not in hidden) > self.viewport().width()
        ):
            hidden.add(may_go.pop())
        return hidden

    def _size_rows(self) -> None:
        self.verticalHeader().setMinimumSectionSize(row_height())
        self.verticalHeader().setDefaultSectionSize(row_height())

    def _opened(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._keyed.key_at(index.row()))

    def _asked(self, point: QPoint) -> None:
        index = self.indexAt(point)
        if index.isValid():
            column = self._keyed.columns[index.column()].key
            self.asked.emit(self._keyed.key_at(index.row()), column, self.viewport().mapToGlobal(point))

    def _resized_by_hand(self, place: int, _old: int, _new: int) -> None:
        if not self._fitting:
            self._touched.add(place)


def _one_line(cell: str) -> str:
    return cell.replace("\t", " ").replace("\n", " ")
