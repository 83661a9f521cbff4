"""请假: one line that asks for reason and approval of a leave; Enter writes it, Esc lets it be."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from lianxin.domain import codes
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.chips import ChipRow
from lianxin.ui.theme import px

_APPROVALS = (("approved", "同意"), ("asked", "待审批"), ("refused", "不同意"))


class LeaveLine(QWidget):
    """Hidden until `begin`. `done(presence, reason, approval, approver)` on Enter, `dropped` on Esc."""

    done = Signal(str, str, str, str)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._presence = ""
        self._who = label("", wrap=True)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("请假事由")
        self.reason.setPlaceholderText("请假事由，如 住院、外出务工")
        self.approval = ChipRow(_APPROVALS, name="请假审批")
        self.approver = QLineEdit()
        self.approver.setAccessibleName("批准人")
        self.approver.setPlaceholderText("批准人")
        self.approver.setMaximumWidth(px(110))
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self._who)
        first.addWidget(self.reason, 1)
        second.addWidget(self.approval, 1)
        second.addWidget(self.approver)
        second.addWidget(button("记上", act=self._give, hint="Enter"))
        second.addWidget(button("取消", "link", act=self._drop, hint="Esc"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(4))
        box.addLayout(first)
        box.addLayout(second)
        self.reason.returnPressed.connect(self._give)
        self.approver.returnPressed.connect(self._give)
        self.hide()

    def begin(self, who: str, presence: str, reason: str, approver: str) -> None:
        """Ask for the leave of these people."""
        self._presence = presence
        self._who.setText(f"{who}　{codes.PRESENCE.label_of(presence)}")
        self.reason.setText(reason)
        self.approver.setText(approver or self.approver.text())
        self.approval.set_code("approved")
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reason.selectAll()

    def close_line(self) -> None:
        """Let it be."""
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._drop()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self.reason.setPlaceholderText("请写明事由，再按 Enter")
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.hide()
        self.done.emit(self._presence, reason, self.approval.code() or "asked", self.approver.text().strip())

    def _drop(self) -> None:
        self.hide()
        self.dropped.emit()
