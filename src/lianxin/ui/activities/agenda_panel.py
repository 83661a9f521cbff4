"""议程: the items of a meeting, one a line; stored when the box is left, kept as a draft until then."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QPlainTextEdit

from lianxin.domain.records import AgendaItem
from lianxin.office.desk import Desk as Office
from lianxin.office.meetings.meeting import agenda_of, set_agenda
from lianxin.store.drafts import DraftElsewhere
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.card import Card
from lianxin.ui.written import tell_written


class AgendaPanel(Card):
    """Shows and keeps the agenda of one meeting. `changed` after every write."""

    changed = Signal()

    def __init__(self, window: Desk, office: Office, drafts: DraftKeeper) -> None:
        super().__init__("议程")
        self._window, self._office, self._drafts, self._meeting = window, office, drafts, ""
        self.box = QPlainTextEdit()
        self.box.setAccessibleName("议程，一行一项")
        self.box.setPlaceholderText(
            "一行一项，如\n听取和审议镇人民政府工作报告\n听取和审议镇人大主席团工作报告"
        )
        self.box.setTabChangesFocus(True)
        self.box.installEventFilter(self)
        self.box.textChanged.connect(self._keep_draft)
        self.setFocusProxy(self.box)
        self.add_tool(button("保存议程", act=self.keep))
        self.add(label("一行一项，回车换行；离开这里就保存。", "soft"))
        self.add(self.box, 1)

    def show_meeting(self, uid: str) -> None:
        """Show the agenda of this meeting; what is typed in the one before is kept first."""
        if uid == self._meeting:
            self.refresh()
            return
        self.keep()
        # While no meeting is shown, what is put into the box is nobody's typing.
        self._meeting = ""
        self.box.setReadOnly(False)
        self._show_stored(uid)
        self._meeting = uid
        self._take_up_draft()

    def refresh(self) -> None:
        """Read the agenda again, unless somebody is typing in it."""
        if self._meeting and not self.box.hasFocus():
            self._show_stored(self._meeting)

    def keep(self) -> None:
        """Store what is typed."""
        titles = self._typed()
        if not self._meeting or titles == self._stored(self._meeting):
            return
        changes = set_agenda(self._office, self._meeting, titles)
        tell_written(self._window, self._office, f"议程已保存，{len(titles)}项", changes, shown=self._shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.box and event.type() == QEvent.Type.FocusOut:
            self.keep()
        return super().eventFilter(watched, event)

    def _typed(self) -> list[str]:
        return [line.strip() for line in self.box.toPlainText().split("\n") if line.strip()]

    def _stored(self, meeting: str) -> list[str]:
        with self._office.store.reading() as reading:
            return [item.title for item in agenda_of(reading, meeting)]

    def _show_stored(self, meeting: str) -> None:
        self.box.setPlainText("\n".join(self._stored(meeting)))

    def _shown(self) -> None:
        self._show_stored(self._meeting)
        self.changed.emit()

    @property
    def _key_of_draft(self) -> str:
        return f"agenda-{self._meeting}"

    def _keep_draft(self) -> None:
        """At every change: a power cut does not wait until the box is left."""
        if not self._meeting:
            return
        if self._typed() == self._stored(self._meeting):
            self._drafts.forget(AgendaItem.KIND, self._key_of_draft)
            return
        try:
            self._drafts.keep(AgendaItem.KIND, self._key_of_draft, {"text": self.box.toPlainText()})
        except DraftElsewhere as elsewhere:
            self.box.setReadOnly(True)
            self._window.tell(str(elsewhere))

    def _take_up_draft(self) -> None:
        drafts = self._drafts.left(AgendaItem.KIND)
        draft = next((each for each in drafts if each.key == self._key_of_draft), None)
        if draft is not None:
            self.box.setPlainText(str(draft.payload.get("text") or ""))
