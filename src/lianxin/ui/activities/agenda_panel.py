"""议程: the items of a meeting, one a line; stored when the box is left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QPlainTextEdit

from lianxin.office.desk import Desk as Office
from lianxin.office.meetings.meeting import agenda_of, set_agenda
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.card import Card
from lianxin.ui.written import tell_written


class AgendaPanel(Card):
    """Shows and keeps the agenda of one meeting. `changed` after every write."""

    changed = Signal()

    def __init__(self, window: Desk, office: Office) -> None:
        super().__init__("议程")
        self._window, self._office, self._meeting = window, office, ""
        self.box = QPlainTextEdit()
        self.box.setAccessibleName("议程，一行一项")
        self.box.setPlaceholderText(
            "一行一项，如\n听取和审议镇人民政府工作报告\n听取和审议镇人大主席团工作报告"
        )
        self.box.setTabChangesFocus(True)
        self.box.installEventFilter(self)
        self.add(label("一行一项，回车换行；离开这里就保存。", "soft"))
        self.add(self.box, 1)
        self.add(button("保存议程", act=self.keep))

    def show_meeting(self, uid: str) -> None:
        """Show the agenda of this meeting; what is typed in the one before is kept first."""
        if uid != self._meeting:
            self.keep()
            self._meeting = uid
        self.refresh()

    def refresh(self) -> None:
        """Read the agenda again, unless somebody is typing in it."""
        if self._meeting and not self.box.hasFocus():
            self.box.setPlainText("\n".join(self._stored()))

    def keep(self) -> None:
        """Store what is typed."""
        titles = [line.strip() for line in self.box.toPlainText().split("\n") if line.strip()]
        if not self._meeting or titles == self._stored():
            return
        changes = set_agenda(self._office, self._meeting, titles)
        tell_written(self._window, self._office, f"议程已保存，{len(titles)}项", changes, shown=self._shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.box and event.type() == QEvent.Type.FocusOut:
            self.keep()
        return super().eventFilter(watched, event)

    def _stored(self) -> list[str]:
        with self._office.store.reading() as reading:
            return [item.title for item in agenda_of(reading, self._meeting)]

    def _shown(self) -> None:
        self.box.setPlainText("\n".join(self._stored()))
        self.changed.emit()
