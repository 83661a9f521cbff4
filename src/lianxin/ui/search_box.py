"""The one search (Ctrl+K): people, matters, numbers, units, as you type, by keyboard or mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from lianxin.ui.pieces.picklist import Pick, PickList
from lianxin.ui.theme import px

PAUSE_MS = 60
MOST = 40


@dataclass(frozen=True)
class SearchHit:
    """One thing found: `group` is the word of its kind (代表, 意见建议), `second` tells it from its neighbours."""

    kind: str
    uid: str
    title: str
    second: str = ""
    group: str = ""


class SearchService(Protocol):
    """Finds over everything. Called as the person types, so it answers within a few milliseconds."""

    def find(self, words: str, limit: int) -> Sequence[SearchHit]:
        """The best hits, those of one group together."""
        ...


class SearchBox(QLineEdit):
    """`opened(kind, uid)` when a hit was taken."""

    opened = Signal(str, str)

    def __init__(self, service: SearchService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self._hits: dict[str, SearchHit] = {}
        self._list: PickList | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.search_now)
        self.setPlaceholderText("搜人、事、编号、单位  Ctrl+K")
        self.setToolTip("汉字、全拼、拼音首字母都可以，如 lqs 找刘青山")
        self.setAccessibleName("搜索")
        self.setAccessibleDescription("搜人、事、编号、单位，汉字或拼音首字母")
        self.setClearButtonEnabled(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(px(360))
        self.setMinimumWidth(px(170))
        self.textEdited.connect(self._typed)

    def sizeHint(self) -> QSize:
        return QSize(px(320), super().sizeHint().height())

    def results(self) -> PickList:
        """The list below the box."""
        if self._list is None:
            self._list = PickList(self, most_rows=12, least_width=420)
            self._list.picked.connect(self._picked)
        return self._list

    def search_now(self) -> None:
        """Ask the service for what stands in the box."""
        self._pause.stop()
        words = self.text().strip()
        if not words:
            self.results().hide()
            return
        hits = self._service.find(words, MOST)
        self._hits = {f"{hit.kind}\n{hit.uid}": hit for hit in hits}
        picks = [Pick(key, _words(hit), hit.group) for key, hit in self._hits.items()]
        self.results().offer(picks, nothing=f"没有找到“{words}”。换个说法，或用拼音首字母再试。")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.search_now()
        else:
            super().keyPressEvent(event)

    def _typed(self, _text: str) -> None:
        self._pause.start()

    def _picked(self, key: str) -> None:
        hit = self._hits.get(key)
        if hit is not None:
            self.clear()
            self.opened.emit(hit.kind, hit.uid)


def _words(hit: SearchHit) -> str:
    return f"{hit.title}    {hit.second}" if hit.second else hit.title
