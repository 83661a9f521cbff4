"""A page of several sections in one row of chips; each section is a page of its own, made when it is first chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget

from lianxin.ui.pages import Desk, Head, Page
from lianxin.ui.pieces import ChipRow


@dataclass(frozen=True)
class Section:
    """One word of the row of chips, the kinds of record it opens, and how its page is made."""

    key: str
    title: str
    kinds: tuple[str, ...]
    make: Callable[[], Page]


class ShownOnly(QStackedWidget):
    """A stack as high as what is on screen needs, not as the highest of what is in it."""

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint() if self.count() else super().minimumSizeHint()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        return False


class SectionedPage(Page):
    """What the window asks of it is asked of the section on screen."""

    def __init__(self, window: Desk, sections: Sequence[Section], *, name: str) -> None:
        super().__init__(window)
        self._sections = {section.key: section for section in sections}
        self._pages: dict[str, Page] = {}
        self.chips = ChipRow([(each.key, each.title) for each in sections], name=name, numbered=False)
        self.chips.chosen.connect(self.choose)
        self._stack = ShownOnly()
        self.body.addWidget(self.chips)
        self.body.addWidget(self._stack, 1)
        self.choose(next(iter(self._sections)))

    def choose(self, key: str) -> Page:
        """Have this section on screen. KeyError for one that is not here."""
        section = self._sections[key]
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = section.make()
            page.body.setContentsMargins(0, 0, 0, 0)
            page.head_changed.connect(self.head_changed)
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._stack.updateGeometry()
        self.chips.set_code(key)
        self.head_changed.emit()
        return page

    def section(self) -> Page:
        """The section on screen."""
        shown = self._stack.currentWidget()
        assert isinstance(shown, Page)
        return shown

    def head(self) -> Head:
        return self.section().head()

    def open_record(self, kind: str, uid: str) -> None:
        wanted = next((each for each in self._sections.values() if kind in each.kinds), None)
        if wanted is not None:
            self.choose(wanted.key).open_record(kind, uid)

    def focus_first(self) -> None:
        self.section().focus_first()

    def focus_filter(self) -> None:
        self.section().focus_filter()

    def print_now(self) -> None:
        self.section().print_now()

    def go_back(self) -> bool:
        return self.section().go_back()

    def close_down(self) -> None:
        for page in self._pages.values():
            page.close_down()
