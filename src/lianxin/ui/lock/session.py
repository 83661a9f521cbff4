"""Windows was locked (Win+L, the lid): the ledger locks with it. Elsewhere there is nothing to listen to."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray
from PySide6.QtWidgets import QApplication, QWidget

_SESSION_CHANGE, _SESSION_LOCK = 0x02B1, 0x7


class SessionWatch(QAbstractNativeEventFilter):
    """Calls `locked` when Windows says that this session was locked."""

    def __init__(self, locked: Callable[[], None]) -> None:
        super().__init__()
        self._locked = locked

    def nativeEventFilter(
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        if sys.platform == "win32" and event_type == b"windows_generic_MSG":
            from ctypes.wintypes import MSG

            told = MSG.from_address(int(message))
            if (told.message, told.wParam) == (_SESSION_CHANGE, _SESSION_LOCK):
                self._locked()
        return False, 0


def watch_session(window: QWidget, locked: Callable[[], None]) -> SessionWatch | None:
    """Listens for this window; None where there is nothing to listen to. Keep the answer."""
    application = QApplication.instance()
    if application is None or not _told_of(int(window.winId()) if sys.platform == "win32" else 0):
        return None
    watch = SessionWatch(locked)
    application.installNativeEventFilter(watch)
    return watch


def _told_of(window_id: int) -> bool:
    """Whether Windows tells this window of its session."""
    if sys.platform != "win32":
        return False
    else:
        import ctypes

        return bool(ctypes.windll.wtsapi32.WTSRegisterSessionNotification(window_id, 0))
