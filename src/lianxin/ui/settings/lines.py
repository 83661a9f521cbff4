"""Widgets in one line of a section."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.ui.theme import px


def beside(*widgets: QWidget) -> QWidget:
    """Widgets side by side; a button alone is not wider than its words, else the last takes the room."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(px(12))
    for widget in widgets[:-1]:
        line.addWidget(widget)
    line.addWidget(widgets[-1], 1 if len(widgets) > 1 else 0)
    if len(widgets) == 1:
        line.addStretch(1)
    return made
