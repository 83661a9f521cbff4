"""The quorum of a meeting in one line, told anew whenever somebody is marked."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from lianxin.office.desk import Desk as Office
from lianxin.office.meetings.record import quorum_now
from lianxin.ui.pieces.buttons import label, set_look


class QuorumLine(QWidget):
    """Hidden for meetings without a quorum."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.words = label("", "heading", wrap=True)
        self.words.setAccessibleName("法定人数")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_meeting(self, uid: str) -> None:
        """Count again."""
        quorum = quorum_now(self._office, uid) if uid else None
        self.setVisible(quorum is not None)
        if quorum is not None:
            mark = "✓ " if quorum.reached else "未达到法定人数："
            self.words.setText(f"{mark}{quorum.words}")
            self.words.setToolTip(quorum.source)
            set_look(self.words, "good" if quorum.reached else "late")
