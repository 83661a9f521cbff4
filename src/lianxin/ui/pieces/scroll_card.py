"""A card whose middle scrolls while its heading and its buttons stay: for forms on small screens."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from lianxin.ui.pieces.card import Card
from lianxin.ui.theme import px


class ScrollCard(Card):
    """`add` puts widgets into the scrolling middle; `foot` is the line of buttons below it."""

    def __init__(self, heading: str = "", parent: QWidget | None = None, *, note: str = "") -> None:
        super().__init__(heading, parent, note=note)
        self._inner = QWidget()
        self._inside = QVBoxLayout(self._inner)
        self._inside.setContentsMargins(0, 0, px(8), 0)
        self._inside.setSpacing(px(8))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._inner)
        self._scroll.setMinimumHeight(px(120))
        self.body.addWidget(self._scroll, 1)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(px(8))
        self.body.addLayout(self.foot)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below what is there, inside the scrolling part."""
        self._inside.addWidget(widget, stretch)

    def add_layout(self, layout: QLayout, stretch: int = 0) -> None:
        """Put a layout below what is there, inside the scrolling part."""
        self._inside.addLayout(layout, stretch)

    def add_stretch(self) -> None:
        """Keep what is there at the top."""
        self._inside.addStretch(1)

    def follow_focus_soon(self) -> None:
        """Bring the focused field into sight once what was just added has its place."""
        QTimer.singleShot(0, self, self._follow_focus)

    def bring_soon(self, part: QWidget) -> None:
        """Bring a part into sight once what was just added has its place."""
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(part, 0, px(40)))

    def minimumSizeHint(self) -> QSize:
        # Contents that cannot be narrower than this would be cut off, for there is no bar to the side.
        wanted = self._inner.minimumSizeHint().width() + px(60)
        return QSize(wanted, super().minimumSizeHint().height())

    def _follow_focus(self) -> None:
        self._focus_moved(None, QApplication.focusWidget())

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._inner.isAncestorOf(now):
            self._scroll.ensureWidgetVisible(now, 0, px(40))
