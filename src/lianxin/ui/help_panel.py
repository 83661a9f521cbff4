"""Help of the page that is shown (F1): a card at the right that does not stand in the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.card import Card
from lianxin.ui.theme import px

KEYS = (
    "F2 新登记 · Enter 下一项 · Ctrl+Enter 保存并登记下一位 · Esc 返回\n"
    "Ctrl+K 搜索 · Ctrl+F 筛选 · Ctrl+P 打印 · Alt+数字 换页 · F1 帮助"
)


class HelpPanel(QWidget):
    """`closed` when the person puts it away."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(px(320))
        self._words = label("", wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._card = Card("帮助")
        self._card.add_tool(button("收起", "link", act=self.closed.emit))
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, px(6), 0)
        box.setSpacing(px(14))
        box.addWidget(self._words)
        box.addWidget(label("按键", "heading"))
        box.addWidget(label(KEYS, wrap=True))
        self._further = QVBoxLayout()
        box.addLayout(self._further)
        box.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self._card.add(scroll, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, px(4), px(20), px(16))
        whole.addWidget(self._card)
        self.hide()

    def offer(self, words: str, act: Callable[[], None]) -> None:
        """A page of the help to go to."""
        self._further.addWidget(button(words, "link", act=act))

    def show_help(self, title: str, words: str) -> None:
        """Show the help of a page."""
        self._card.set_heading(f"帮助 · {title}")
        self._words.setText(words or "这一页还没有写帮助。")
        self.show()
