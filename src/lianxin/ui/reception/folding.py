"""Two columns that stand below each other where the window is narrow (150 % on a small screen)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QGridLayout, QScrollArea, QWidget

from lianxin.ui.theme import px

_NARROW_BELOW, _TIGHT_BELOW = 900, 1000
_SIDE_LEAST, _LIST_LEAST = 430, 260


class Folding(QObject):
    """Lays out `top` and `rest` left, `side` right; narrow: below each other, and the page follows the focus."""

    def __init__(
        self, page: QWidget, grid: QGridLayout, rest: QWidget, side: QWidget, *, top: QWidget | None = None
    ) -> None:
        super().__init__(page)
        self._page, self._grid = page, grid
        self._top, self._rest, self._side = top, rest, side
        self._narrow: bool | None = None
        grid.setHorizontalSpacing(px(14))
        grid.setVerticalSpacing(px(8))
        page.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        self._arrange(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() == QEvent.Type.Resize:
            area = self._area()
            width = area.viewport().width() if area is not None else self._page.width()
            self._arrange(width < px(_NARROW_BELOW))
            if not self._narrow:
                # The form cannot be narrower than its fields, the list leaves out columns.
                tight = width < px(_TIGHT_BELOW)
                self._grid.setColumnStretch(0, 1 if tight else 8)
                self._grid.setColumnStretch(1, 1 if tight else 7)
        return False

    def narrow(self) -> bool:
        """Whether everything stands below each other now."""
        return bool(self._narrow)

    def _arrange(self, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for widget in (self._top, self._rest, self._side):
            if widget is not None:
                self._grid.removeWidget(widget)
        if self._top is not None:
            self._grid.addWidget(self._top, 0, 0)
        if narrow:
            # A page with a head of its own is about what is being written; the other is a list first.
            order = (self._side, self._rest) if self._top is not None else (self._rest, self._side)
            for row, widget in enumerate(order, 1):
                self._grid.addWidget(widget, row, 0)
        else:
            self._grid.addWidget(self._rest, 1, 0)
            self._grid.addWidget(self._side, 0, 1, 2, 1)
        self._grid.setColumnStretch(0, 8)
        self._grid.setColumnStretch(1, 0 if narrow else 7)
        self._grid.setRowStretch(1, 1)
        self._side.setMinimumHeight(px(_SIDE_LEAST) if narrow else 0)
        self._rest.setMinimumHeight(px(_LIST_LEAST) if narrow else 0)

    def _area(self) -> QScrollArea | None:
        viewport = self._page.parentWidget()
        area = viewport.parentWidget() if viewport is not None else None
        return area if isinstance(area, QScrollArea) else None

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        area = self._area()
        if self._narrow and area is not None and now is not None and self._page.isAncestorOf(now):
            area.ensureWidgetVisible(now, 0, px(60))
