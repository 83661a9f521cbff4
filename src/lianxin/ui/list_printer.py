"""Which list of a window is printed; what makes papers is loaded when the first one is asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from lianxin.ui.pages import Desk, ListPrinter, Page
from lianxin.ui.record_list import RecordList


class ShownListPrinter(ListPrinter):
    """Prints the lists of a window's pages; `office` and `page` are asked at that moment."""

    def __init__(
        self, window: QObject, desk: Desk, *, office: Callable[[], str], page: Callable[[], Page | None]
    ) -> None:
        super().__init__(window)
        self._desk, self._office, self._page = desk, office, page

    def print_list(self, listed: QWidget | None) -> bool:
        page = self._page()
        found = listed if isinstance(listed, RecordList) else list_on(page) if page is not None else None
        if page is None or found is None:
            return False
        from lianxin.ui.list_paper import print_list
        from lianxin.ui.printing import paper_folder

        title = found.view.accessibleName().removesuffix("列表") or page.head().title
        print_list(self._desk, found, paper_folder(), office=self._office(), title=title)
        return True


def list_on(page: QWidget) -> RecordList | None:
    """The list somebody is at, else the first that is on screen; None where a page has none."""
    at = QApplication.focusWidget()
    while at is not None:
        if isinstance(at, RecordList):
            return at
        at = at.parentWidget()
    return next((each for each in page.findChildren(RecordList) if each.isVisible()), None)
