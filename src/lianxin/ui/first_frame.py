"""What stands on screen while the program loads: the frame of the start window with its name, nothing to press."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from lianxin.ui.theme import px

FRAME_WIDTH, FRAME_HEIGHT = 860, 680
"""As large as the start window that takes its place."""


class FirstFrame(QWidget):
    """Says that the program is coming; made of as little as a window can be."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("连心")
        self.resize(px(FRAME_WIDTH), px(FRAME_HEIGHT))
        words = QLabel("正在启动…")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box = QVBoxLayout(self)
        box.addWidget(words)
