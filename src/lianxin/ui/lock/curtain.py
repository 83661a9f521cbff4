"""Puts everything that is on screen out of sight and out of reach, and back exactly as it stood."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

LOCKED_TITLE = "连心（已锁定）"
_REACHING = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.Shortcut,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.ContextMenu,
        QEvent.Type.DragEnter,
        QEvent.Type.Drop,
        QEvent.Type.ToolTip,
        QEvent.Type.WhatsThis,
    }
)


class Curtain(QObject):
    """Drawn at once; `draw_back` shows everything again. `door` is the one window that stays in reach.

    What lies beneath is hidden, not closed and not rebuilt: texts, cursors, scroll bars and an open question stay as
    they were, and nothing hidden is painted, read aloud, or answers a key.
    """

    came = Signal()
    """Another window came on screen, perhaps one that lets nothing but itself be reached."""

    def __init__(self, door: QWidget) -> None:
        super().__init__(door)
        self._door = door
        self._hidden: list[QWidget] = []
        self._titles: list[tuple[QWidget, str]] = []
        self._shortcuts: list[QShortcut] = []
        # What an input method holds half typed goes into its field first.
        QGuiApplication.inputMethod().commit()
        self._focus = QApplication.focusWidget()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for window in QApplication.topLevelWidgets():
            if window is not door and window.isVisible():
                self._cover(window)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def draw_back(self) -> None:
        """Show everything as it stood."""
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
        # What the program closed meanwhile is gone.
        for shortcut in filter(isValid, self._shortcuts):
            shortcut.setEnabled(True)
        for window, title in self._titles:
            if isValid(window):
                window.setWindowTitle(title)
        for widget in filter(isValid, self._hidden):
            widget.show()
        if self._focus is not None and isValid(self._focus) and self._focus.isVisible():
            self._focus.activateWindow()
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            self._shown(watched)
        if event.type() not in _REACHING:
            return False
        if isinstance(watched, QShortcut):
            return not self._behind(watched.parent())
        return isinstance(watched, QWidget) and not self._behind(watched)

    def _behind(self, place: QObject | None) -> bool:
        """Whether something belongs to the door."""
        return isinstance(place, QWidget) and (place.window() is self._door)

    def _shown(self, widget: QWidget) -> None:
        """What comes on screen only now is covered too: a window still being made, the answer of a job."""
        if widget.isWindow():
            if not self._of_door(widget):
                self._cover(widget)
                self.came.emit()
        elif any(window is widget.parentWidget() for window, _title in self._titles):
            self._hide(widget)

    def _of_door(self, place: QObject | None) -> bool:
        """Whether a window is the door, or was opened from it."""
        while place is not None and place is not self._door:
            place = place.parent()
        return place is self._door

    def _cover(self, window: QWidget) -> None:
        if not any(window is covered for covered, _title in self._titles):
            self._titles.append((window, window.windowTitle()))
            window.setWindowTitle(LOCKED_TITLE)
        for child in window.children():
            if isinstance(child, QWidget) and not child.isWindow() and not child.isHidden():
                self._hide(child)
        for shortcut in window.findChildren(QShortcut):
            if shortcut.isEnabled():
                shortcut.setEnabled(False)
                self._shortcuts.append(shortcut)

    def _hide(self, widget: QWidget) -> None:
        widget.hide()
        if not any(widget is hidden for hidden in self._hidden):
            self._hidden.append(widget)
