"""A page of settings: its sections in a rail, the chosen one beside it, each made when it is first chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from lianxin.ui.pages import Desk, Page
from lianxin.ui.pieces.card import Card
from lianxin.ui.theme import px

Maker = tuple[str, Callable[[], QWidget]]
"""The word of a section in the rail, and how the section is made."""

_KEY = Qt.ItemDataRole.UserRole


@runtime_checkable
class _Refreshed(Protocol):
    """A section that reads anew when it comes on screen and when records have changed."""

    def refresh(self) -> None: ...


class SectionsPage(Page):
    """`fixed` sections scroll by themselves, the others within the page; `chapters` are their places in the manual."""

    def __init__(self, window: Desk, *, fixed: frozenset[str], chapters: Mapping[str, str]) -> None:
        super().__init__(window)
        self._fixed, self._chapters = fixed, chapters
        self._makers: dict[str, Maker] = {}
        self._made: dict[str, QWidget] = {}
        self._frames: dict[str, QWidget] = {}
        self.rail = QListWidget()
        self.rail.setObjectName("sidelist")
        self.rail.setAccessibleName("设置的各部分")
        self._stack = QStackedWidget()
        self._lay_out()
        self.rail.currentItemChanged.connect(self._chosen)

    def offer(self, sections: Mapping[str, Maker]) -> None:
        """Put sections into the rail by their keys; the first one is shown first."""
        self._makers.update(sections)
        for key, (words, _) in sections.items():
            item = QListWidgetItem(words)
            item.setData(_KEY, key)
            self.rail.addItem(item)

    def offers(self, key: str) -> bool:
        """Whether there is such a section."""
        return key in self._makers

    def refresh(self) -> None:
        if self.section() is None:
            self.choose(next(iter(self._makers)))
        else:
            self._refresh_section()

    def choose(self, key: str) -> None:
        """Show a section. ValueError for one there is not."""
        self.rail.setCurrentRow(list(self._makers).index(key))

    def section(self) -> QWidget | None:
        """The section that is shown."""
        return self._made.get(self._key())

    def sections(self) -> list[QWidget]:
        """Those made so far."""
        return list(self._made.values())

    def chapter(self) -> str:
        return self._chapters.get(self._key(), "")

    def focus_first(self) -> None:
        self.rail.setFocus(Qt.FocusReason.OtherFocusReason)

    def _key(self) -> str:
        item: QListWidgetItem | None = self.rail.currentItem()
        return "" if item is None else str(item.data(_KEY))

    def _lay_out(self) -> None:
        card = Card()
        card.body.setContentsMargins(px(2), px(6), px(2), px(6))
        card.add(self.rail, 1)
        card.setFixedWidth(px(168))
        line = QHBoxLayout()
        line.setSpacing(px(12))
        line.addWidget(card)
        line.addWidget(self._stack, 1)
        self.body.addLayout(line, 1)

    def _chosen(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is None:
            return
        key = str(item.data(_KEY))
        if key not in self._made:
            made = self._makers[key][1]()
            self._made[key] = made
            self._frames[key] = made if key in self._fixed else _scrolling(made)
            self._stack.addWidget(self._frames[key])
        self._stack.setCurrentWidget(self._frames[key])
        self._refresh_section()
        self.head_changed.emit()

    def _refresh_section(self) -> None:
        shown: object = self.section()
        if isinstance(shown, _Refreshed):
            shown.refresh()


def _scrolling(widget: QWidget) -> QScrollArea:
    frame = QScrollArea()
    frame.setWidgetResizable(True)
    frame.setFrameShape(QFrame.Shape.NoFrame)
    frame.setWidget(widget)
    widget.setObjectName("page")
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return frame
