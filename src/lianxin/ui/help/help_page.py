"""帮助: the whole manual in the window, to be searched, leafed through and printed; words and fields behind it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from lianxin.office.manual import Place, chapter
from lianxin.ui.help.contents import Contents
from lianxin.ui.help.manual_view import ManualView
from lianxin.ui.pages import HELP_PLACE, Desk, Head, Page
from lianxin.ui.pieces.buttons import Act, button
from lianxin.ui.pieces.card import Card
from lianxin.ui.pieces.two_panes import TwoPanes
from lianxin.ui.printing import paper_folder, show_paper
from lianxin.ui.theme import px

FIRST = "start.md"


class HelpPage(Page):
    """Contents or hits left, the chapter right; where one was before is one key back."""

    def __init__(self, window: Desk, others: Sequence[Act] = (), *, first: str = FIRST) -> None:
        super().__init__(window)
        self.contents, self.view = Contents(), ManualView()
        self._others, self._first = tuple(others), first
        self._at: Place | None = None
        self._past: list[tuple[Place, int]] = []
        self._future: list[tuple[Place, int]] = []
        self.back = button("后退", "link", act=self.leaf_back, hint="Alt+←")
        self.forth = button("前进", "link", act=self.leaf_forth, hint="Alt+→")
        self._card = Card(" ")
        self._card.add_tool(self.back)
        self._card.add_tool(self.forth)
        self._card.add(self.view, 1)
        left = Card()
        left.body.setContentsMargins(px(8), px(10), px(8), px(8))
        left.add(self.contents, 1)
        self.panes = TwoPanes(left, self._card, names=("目录", "正文"), shares=(2, 5), least=(230, 420))
        self.body.addWidget(self.panes, 1)
        self.contents.chosen.connect(self._chosen)
        self.view.link_wanted.connect(self._follow_link)
        for keys, act in (("Alt+Left", self.leaf_back), ("Alt+Right", self.leaf_forth)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def head(self) -> Head:
        printed = Act("打印这一章", self.print_now, keys="Ctrl+P", needs="look")
        return Head("帮助", None, (*self._others, printed))

    def refresh(self) -> None:
        if self._at is None:
            self.show_place(Place(self._first))

    def open_record(self, kind: str, uid: str) -> None:
        """`Desk.open_record(HELP_PLACE, "backup.md#恢复")` shows that heading."""
        if kind == HELP_PLACE:
            self.show_place(Place.told(uid))

    def show_place(self, place: Place) -> None:
        """Show a chapter or one of its headings, and remember where one was."""
        if self._at is not None:
            self._past.append((self._at, self.view.verticalScrollBar().value()))
            self._future.clear()
        self._show(place)

    def leaf_back(self) -> None:
        """To where one was before."""
        self._leaf(self._past, self._future)

    def leaf_forth(self) -> None:
        """To where one came back from."""
        self._leaf(self._future, self._past)

    def focus_first(self) -> None:
        self.contents.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_filter(self) -> None:
        self.panes.show_left()
        self.contents.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.contents.box.selectAll()

    def go_back(self) -> bool:
        return self.panes.go_back()

    def print_now(self) -> None:
        if self._at is None:
            return
        shown = chapter(self._at.chapter)
        paper = (f"手册_{shown.title}.pdf", self.view.as_pdf(shown.markdown))
        show_paper(self.desk, paper, paper_folder(), personal=False)

    def _leaf(self, taken: list[tuple[Place, int]], kept: list[tuple[Place, int]]) -> None:
        if not taken or self._at is None:
            return
        kept.append((self._at, self.view.verticalScrollBar().value()))
        place, at = taken.pop()
        self._show(place)
        self.view.verticalScrollBar().setValue(at)

    def _show(self, place: Place) -> None:
        shown = chapter(place.chapter)
        if self._at is None or self._at.chapter != place.chapter:
            self._card.set_heading(shown.title)
            self.view.show_markdown(shown.body())
        self._at = place
        self.view.mark(self.contents.words())
        if not (place.heading and self.view.show_heading(place.heading)):
            self.view.verticalScrollBar().setValue(0)
        self.contents.show_open(place.chapter)
        self.back.setEnabled(bool(self._past))
        self.forth.setEnabled(bool(self._future))

    def _chosen(self, key: str, heading: str) -> None:
        self.show_place(Place(key, heading))
        self.panes.show_right()

    def _follow_link(self, words: str) -> None:
        place = Place.told(words)
        here = self._at.chapter if self._at else self._first
        try:
            chapter(place.chapter or here)
        except KeyError:
            self.desk.tell(f"手册里没有这一页：{words}")
            return
        self.show_place(Place(place.chapter or here, place.heading))
