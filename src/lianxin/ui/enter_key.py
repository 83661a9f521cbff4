"""What Enter means in a form: go on, or save and register the next."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def enter_pressed(event: QEvent) -> Literal["next", "submit", ""]:
    """Tells "next" for Enter alone, "submit" for Ctrl+Enter, "" for everything else (Shift+Enter makes a line)."""
    if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
        return ""
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return ""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if held == Qt.KeyboardModifier.ControlModifier:
        return "submit"
    return "next" if held == Qt.KeyboardModifier.NoModifier else ""
