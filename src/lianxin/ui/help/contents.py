"""The left side of the help: what to look for, the chapters with the headings of the one that is open, or the hits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from lianxin.office.manual import Chapter, Hit, Place, chapters, find
from lianxin.ui.pieces.buttons import label
from lianxin.ui.theme import px

_PLACE = Qt.ItemDataRole.UserRole
MOST_HITS = 60


class Contents(QWidget):
    """`chosen(chapter key, heading)` when a line was pressed or gone to."""

    chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.box = QLineEdit()
        self.box.setPlaceholderText("在手册和词汇里找  Ctrl+F")
        self.box.setAccessibleName("在手册里找")
        self.box.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setObjectName("sidelist")
        self.list.setAccessibleName("目录")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.count = label("", "soft")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(6))
        whole.addWidget(self.box)
        whole.addWidget(self.count)
        whole.addWidget(self.list, 1)
        self.count.hide()
        self._open = ""
        self.box.textChanged.connect(self._typed)
        self.box.installEventFilter(self)
        self.list.currentItemChanged.connect(self._gone_to)
        self.list.itemClicked.connect(self._pressed)

    def words(self) -> str:
        """What is looked for."""
        return self.box.text().strip()

    def show_open(self, chapter: str) -> None:
        """Show the headings of the chapter that is open; while hits are shown they stay."""
        self._open = chapter
        if not self.words():
            self._fill([*_lines(chapter)])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.box and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._into_list()
                return True
            if event.key() == Qt.Key.Key_Escape and self.words():
                self.box.clear()
                return True
        return super().eventFilter(watched, event)

    def _into_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def _typed(self, _text: str) -> None:
        words = self.words()
        hits = find(words)
        self.count.setVisible(bool(words))
        self.count.setText(f"找到{len(hits)}处" if hits else "没有找到，换几个字再找")
        if words:
            self._fill([_of_hit(hit) for hit in hits[:MOST_HITS]])
        else:
            self.show_open(self._open)

    def _fill(self, lines: Sequence[tuple[str, Place]]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        self.list.setSpacing(px(3) if self.words() else 0)
        for words, place in lines:
            item = QListWidgetItem(words)
            item.setData(_PLACE, (place.chapter, place.heading))
            self.list.addItem(item)
            if not self.words() and place == Place(self._open):
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def _gone_to(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None and self.list.hasFocus():
            self._pressed(item)

    def _pressed(self, item: QListWidgetItem) -> None:
        chapter, heading = item.data(_PLACE)
        self.chosen.emit(str(chapter), str(heading))


def _lines(opened: str) -> Iterator[tuple[str, Place]]:
    for each in chapters():
        yield each.title, Place(each.key)
        if each.key == opened:
            yield from _headings(each)


def _headings(chapter: Chapter) -> Iterator[tuple[str, Place]]:
    for part in chapter.parts:
        if part.level == 2:
            yield f"　　{part.heading}", Place(chapter.key, part.heading)


def _of_hit(hit: Hit) -> tuple[str, Place]:
    where = f"{hit.title} · {hit.place.heading}" if hit.place.heading else hit.title
    return f"{where}\n{hit.around}", hit.place
