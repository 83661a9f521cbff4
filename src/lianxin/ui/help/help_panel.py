"""Help of the page that is shown (F1): its chapter in a card at the right that does not stand in the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lianxin.ui.pages import HELP_PLACE
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.card import Card
from lianxin.ui.theme import px

KEYS = (
    "F2 新登记 · Enter 下一项 · Ctrl+Enter 保存并登记下一位 · Esc 返回\n"
    "Ctrl+K 搜索 · Ctrl+F 筛选 · Ctrl+P 打印 · Ctrl+Shift+P 打印列表 · Alt+数字 换页 · F1 帮助"
)


class HelpPanel(QWidget):
    """`closed` when the person puts it away; `opened(HELP_PLACE, place)` to read on in the manual itself."""

    closed = Signal()
    opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(px(360))
        self._words = label("", wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._place = ""
        self._card = Card("帮助")
        self._card.add_tool(button("收起", "link", act=self.closed.emit))
        self._whole = button("在手册里看，有图", "link", act=self._open)
        self._card.add(self._words)
        self._box = QVBoxLayout()
        self._card.add_layout(self._box, 1)
        self._keys = label(KEYS, "soft", wrap=True)
        self._card.add(self._keys)
        self._further = QHBoxLayout()
        self._further.addWidget(self._whole)
        self._further.addStretch(1)
        self._card.add_layout(self._further)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, px(4), px(20), px(16))
        whole.addWidget(self._card)
        self.hide()

    def offer(self, words: str, act: Callable[[], None]) -> None:
        """A page of the help to go to."""
        self._further.addWidget(button(words, "link", act=act))

    def show_help(self, title: str, words: str, place: str = "") -> None:
        """Show the help of a page: what it says of itself, then its place in the manual."""
        self._card.set_heading(f"帮助 · {title}")
        self._words.setText(words or "这一页还没有写帮助。")
        self._place = place
        self._whole.setVisible(bool(place))
        self._keys.setVisible(not place)
        if place:
            self._show_chapter(place)
        self.show()

    def shown_place(self) -> str:
        """The place of the manual that is shown."""
        return self._place

    def _show_chapter(self, told: str) -> None:
        # The manual is read when somebody asks for help, not when the window starts.
        from lianxin.office.manual import Place, chapter, without_pictures
        from lianxin.ui.help.manual_view import ManualView

        found = self._box.itemAt(0)
        view = found.widget() if found is not None else None
        if not isinstance(view, ManualView):
            view = ManualView()
            view.link_wanted.connect(self._follow)
            self._box.addWidget(view, 1)
        place = Place.told(told)
        found_chapter = chapter(place.chapter)
        text = found_chapter.below(place.heading) if place.heading else found_chapter.body()
        view.show_markdown(f"{without_pictures(text)}\n\n## 按键\n\n{KEYS}")

    def _open(self) -> None:
        self.opened.emit(HELP_PLACE, self._place)

    def _follow(self, place: str) -> None:
        own = self._place.partition("#")[0]
        self.opened.emit(HELP_PLACE, place if not place.startswith("#") else f"{own}{place}")
