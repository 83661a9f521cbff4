"""The chosen activity or meeting: its form in groups, attendance, steps or agenda, attachments; one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.domain.dictionary import Record
from lianxin.domain.records import Activity, Meeting
from lianxin.office.desk import Desk as Office
from lianxin.office.meetings.activities import activity_file
from lianxin.ui.activities.activity_parts import activity_parts
from lianxin.ui.activities.agenda_panel import AgendaPanel
from lianxin.ui.activities.attendance_panel import AttendancePanel
from lianxin.ui.activities.event_form import ACTIVITY_GROUPS, FACTS, MEETING_GROUPS, EventForm
from lianxin.ui.activities.steps_panel import StepsPanel
from lianxin.ui.attachments import AttachmentStrip
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.meetings.meeting_parts import MeetingParts
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.card import Card
from lianxin.ui.pieces.chips import ChipRow
from lianxin.ui.pieces.scroll_card import ScrollCard
from lianxin.ui.sections import ShownOnly
from lianxin.ui.theme import px


@dataclass(frozen=True)
class Tab:
    """One word of the row above the detail: a group of the form's fields, or a panel of its own."""

    key: str
    title: str


ACTIVITY_TABS = (
    Tab(FACTS, "情况"), Tab("people", "出勤"), Tab("steps", "步骤"), Tab("content", "方案与总结"),
    Tab("report", "报告"), Tab("money", "经费"), Tab("deeds", "实事"), Tab("files", "附件"),
)  # fmt: skip
MEETING_TABS = (
    Tab(FACTS, "情况"), Tab("agenda", "议程"), Tab("people", "出勤"), Tab("notes", "记录"), Tab("votes", "表决"),
    Tab("ballots", "选举票决"), Tab("content", "结论"), Tab("record", "纪要"), Tab("files", "附件"),
)  # fmt: skip


class EventDetail(QWidget):
    """Shows one record of `cls` (Activity or Meeting). `stored(uid)` and `gone` as the form tells them."""

    stored = Signal(str)
    gone = Signal()

    def __init__(self, window: Desk, office: Office, cls: type[Record], drafts: DraftKeeper) -> None:
        super().__init__()
        self._office, self._cls = office, cls
        is_activity = cls is Activity
        self._tabs: Sequence[Tab] = ACTIVITY_TABS if is_activity else MEETING_TABS
        self.form = EventForm(window, office, cls, drafts, ACTIVITY_GROUPS if is_activity else MEETING_GROUPS)
        self.people = AttendancePanel(window, office)
        self.steps = StepsPanel(window, office) if is_activity else None
        self.agenda = AgendaPanel(window, office, drafts) if not is_activity else None
        self._parts = activity_parts(window, office, drafts) if is_activity else {}
        self.meeting = MeetingParts(window, office, drafts) if not is_activity else None
        self.files = AttachmentStrip(window, office, empty="照片、签到表、报告可以拖到这里。")
        self.tabs = ChipRow([(tab.key, tab.title) for tab in self._tabs], name="看哪一部分", numbered=False)
        self._stack = ShownOnly()
        self._panels = self._make_panels()
        for panel in dict.fromkeys(self._panels.values()):
            self._stack.addWidget(panel)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        box.addWidget(self.tabs)
        if self.meeting is not None:
            box.addWidget(self.meeting.quorum)
            self.people.changed.connect(self._people_changed)
        box.addWidget(self._stack, 1)
        self.tabs.chosen.connect(self.show_tab)
        # Arrows go on along the chips; a click goes to where one types.
        self.tabs.clicked.connect(self._go_to)
        self.form.stored.connect(self._stored)
        self.form.gone.connect(self.gone)
        for place, tab in enumerate(self._tabs, 1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{place}"), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(lambda key=tab.key: self._go_to(key))
        self.begin_new()

    @property
    def uid(self) -> str:
        """The record that is shown, "" for a new one."""
        return self.form.uid

    def begin_new(self) -> None:
        """An empty form."""
        self.form.begin_new()
        if self.meeting is not None:
            self.meeting.quorum.show_meeting("")
        self._known(False)
        self.show_tab(FACTS)

    def open(self, uid: str) -> bool:
        """Show a record; False when it is not here any more."""
        if not self.form.open(uid):
            return False
        self._known(True)
        self._fill(uid)
        self.show_tab(self.tabs.code() or FACTS)
        return True

    def refresh(self) -> None:
        """Read again what stands beside the form."""
        if self.uid:
            self._fill(self.uid)

    def show_tab(self, key: str) -> None:
        """Have this part on screen."""
        self.tabs.set_code(key)
        panel = self._panels[key]
        if panel is self.form:
            self.form.show_group(key)
        self._stack.setCurrentWidget(panel)
        self._stack.updateGeometry()

    def tab(self) -> str:
        """The part on screen."""
        return self.tabs.code()

    def keep(self) -> None:
        """Keep what is typed."""
        self.form.keep()
        if self.agenda is not None:
            self.agenda.keep()
        for part in self._parts.values():
            part.keep()
        if self.meeting is not None:
            self.meeting.keep()

    def _go_to(self, key: str) -> None:
        if not self.isVisible() or not self.uid:
            return
        self.show_tab(key)
        if key == "people":
            self.people.focus_list()
        elif self._panels[key] is self.form:
            self.form.form.focus_first()
        else:
            self._panels[key].setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_panels(self) -> dict[str, QWidget]:
        people = Card()
        people.add(self.people, 1)
        files = ScrollCard()
        files.add(self.files)
        files.add_stretch()
        panels: dict[str, QWidget] = {"people": people, "files": files, **self._parts}
        if self.steps is not None:
            panels["steps"] = self.steps
        if self.agenda is not None:
            panels["agenda"] = self.agenda
        if self.meeting is not None:
            panels |= self.meeting.panels
        return {tab.key: panels.get(tab.key, self.form) for tab in self._tabs}

    def _known(self, known: bool) -> None:
        self.tabs.setVisible(known)

    def _fill(self, uid: str) -> None:
        with self._office.store.reading() as reading:
            record = reading.get(self._cls, uid)
        if not isinstance(record, Activity | Meeting):
            return
        self.people.show_owner(record.KIND, uid, record.day)
        self.files.show_owner(record.KIND, uid)
        if self.steps is not None:
            self.steps.show_activity(uid)
        if self.agenda is not None:
            self.agenda.show_meeting(uid)
        if self.meeting is not None:
            self.meeting.show_meeting(uid)
        if self._parts:
            self._fill_parts(uid)

    def _fill_parts(self, uid: str) -> None:
        file = activity_file(self._office, uid)
        if file is None:
            return
        day = file.activity.day.isoformat()
        spent = f"已支出{file.spent}元" if file.expenses else "还没有登记支出"
        self._parts["money"].show_parent(uid, spent, {"date": day})
        about = {"date": day, "theme": file.activity.theme or ""}
        self._parts["deeds"].show_parent(uid, f"这次活动办实事{len(file.deeds)}件", about)

    def _people_changed(self) -> None:
        if self.meeting is not None:
            self.meeting.show_meeting(self.uid)

    def _stored(self, uid: str) -> None:
        fresh = self.tabs.isHidden()
        self._known(True)
        self._fill(uid)
        if fresh:
            self._go_to("people")
            self.show_tab("people")
        self.stored.emit(uid)
