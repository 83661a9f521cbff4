"""Nobody touched the program for a while: `due` once, until it is touched again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

LOOK_EVERY_MS = 15_000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """`seconds` is a clock that never goes back; `minutes` 0 means never.

    It listens at the windows, not at the application: a filter there would be asked about every event of every
    widget, and cost each start what only a touch has to.
    """

    due = Signal()

    def __init__(self, *, minutes: int, seconds: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._minutes, self._seconds = minutes, seconds
        self._touched_at, self._told = seconds(), False
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._follow)
        self._follow(application.focusWindow())
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def set_minutes(self, minutes: int) -> None:
        """Wait so long from now on."""
        self._minutes = minutes
        self.touch()

    def touch(self) -> None:
        """Somebody is there."""
        self._touched_at, self._told = self._seconds(), False

    def look(self) -> None:
        """Tell when nobody was there for long enough."""
        waited = self._seconds() - self._touched_at
        if self._minutes and not self._told and waited >= self._minutes * 60:
            self._told = True
            self.due.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self.touch()
        return False

    def _follow(self, window: QWindow | None) -> None:
        if window is not None:
            # Installed again it stays one filter.
            window.installEventFilter(self)
