"""The form of an activity or a meeting: a dictionary form whose fields are shown in groups, made with its list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.domain.dictionary import Record
from lianxin.domain.records import Activity, ActivityStep, Attendance, Meeting
from lianxin.office.desk import Desk as Office
from lianxin.office.lists.list_sources import list_named, list_sources
from lianxin.office.meetings.activities import make_activity, remove_activity
from lianxin.office.meetings.attendance import ListFrom, NobodyThere
from lianxin.office.meetings.meeting import make_meeting, propose, remove_meeting
from lianxin.office.records import Saved
from lianxin.store.writing import Change
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.form import Line
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import label
from lianxin.ui.pieces.combo import QuietCombo
from lianxin.ui.registers.register_form import RegisterForm
from lianxin.ui.theme import px

Groups = Mapping[str, Sequence[Line]]
FACTS = "facts"

ACTIVITY_GROUPS: Groups = {
    FACTS: (
        "type", "topic", ("date", "until"), ("start", "end"), "place", "organiser", "group", "station", "theme",
        "plan_item", ("training_form", "hours"), "lecturer", "duty_days", "cancelled",
    ),
    "content": ("purpose", "agenda", "requirements", "plan", "notes", "summary", "remark"),
    "report": ("report_to", ("report_sent", "report_due"), "feedback", "opinions", "to_county"),
}  # fmt: skip
MEETING_GROUPS: Groups = {
    FACTS: (
        "type", ("date", "until"), "name", ("start", "end"), "place", ("chair", "recorder"), ("term", "ordinal"),
        ("days", "members"), ("notified", "announced"), "group", ("held", "extraordinary", "with_election"),
    ),
    "content": ("purpose", "requirements", "conclusion", "remark"),
    "record": (
        "record_state", ("chair_signed", "recorder_signed"), ("summary_number", "summary_day"),
        ("issued_by", "copies"), "sent_to",
    ),
}  # fmt: skip
_TRAINING = ("training_form", "hours", "lecturer")


class EventForm(RegisterForm):
    """Shows one group of fields at a time; a new record begins with the people of a list that is chosen here."""

    def __init__(
        self, window: Desk, office: Office, cls: type[Record], drafts: DraftKeeper, groups: Groups
    ) -> None:
        lines = [line for group in groups.values() for line in group]
        super().__init__(window, office, cls, drafts, wires=lines)
        self._groups = {
            name: tuple(wire for line in group for wire in ([line] if isinstance(line, str) else line))
            for name, group in groups.items()
        }
        self._shown = FACTS
        self._list_line = QWidget()
        self.people = QuietCombo("应到名单")
        self.people.setMinimumWidth(px(190))
        line = QHBoxLayout(self._list_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label("应到名单", "soft"))
        line.addWidget(self.people, 1)
        self.foot.insertWidget(0, self._list_line)
        self.form.changed.connect(self._field_changed)
        self.save_button.setToolTip("Ctrl+Enter")

    def show_group(self, name: str) -> None:
        """Have this group of fields on screen."""
        self._shown = name
        self._arrange()

    def begin_new(self) -> None:
        super().begin_new()
        self._offer_lists()
        self.show_group(FACTS)

    def open(self, uid: str) -> bool:
        found = super().open(uid)
        self._arrange()
        return found

    def save_and_next(self) -> None:
        # What comes next of an event is its list, not another event.
        self.save()

    def save(self) -> bool:
        if self.form.problems():
            self._show_group_of(next(iter(self.form.problems())))
        return super().save()

    def store(self, record: Record, opened: Record | None) -> Saved:
        if opened is not None:
            return super().store(record, opened)
        try:
            return self._make(record, list_named(self.people.value()))
        except NobodyThere as nobody:
            self._window.tell(nobody.message)
            return self._make(record, None)

    def take_away(self, uid: str) -> tuple[Change, ...]:
        taken = remove_activity if self._cls is Activity else remove_meeting
        return taken(self._office, uid)

    def kinds(self) -> frozenset[str]:
        return super().kinds() | {Attendance.KIND, ActivityStep.KIND}

    def _make(self, record: Record, source: ListFrom | None) -> Saved:
        if isinstance(record, Activity):
            return make_activity(self._office, record, source=source, draft_key=self._key)
        assert isinstance(record, Meeting)
        return make_meeting(self._office, record, source=source, draft_key=self._key)

    def _show_group_of(self, wire: str) -> None:
        for name, wires in self._groups.items():
            if wire in wires and name != self._shown:
                self.show_group(name)

    def _arrange(self) -> None:
        training = self._cls is Activity and self.form.value("type") == "training"
        for name, wires in self._groups.items():
            for wire in wires:
                fits = wire not in _TRAINING or training
                self.form.set_shown(wire, name == self._shown and fits)
        self._list_line.setVisible(not self.uid and self._shown == FACTS)

    def _field_changed(self, wire: str) -> None:
        if wire in ("type", "date") and not self.uid:
            self._propose(with_list=wire == "type")
        if wire == "group" and not self.uid and self.form.value("group"):
            self.people.set_value(f"group:{self.form.value('group')}")
        if wire == "type":
            self._arrange()

    def _propose(self, *, with_list: bool) -> None:
        """A congress or presidium meeting brings its name, its number and its list along; a date changes no list."""
        if self._cls is not Meeting or not self.form.value("type"):
            return
        told = propose(self._office, self.form.value("type"), self._office.today())
        if told.source is not None and with_list:
            self.people.set_value(f"{told.source.kind}:{told.source.key}")
        if told.name and (not self.form.value("name") or self._proposed == self.form.value("name")):
            self._proposed = told.name
            self.form.set_typed(
                {
                    "name": told.name, "term": told.term or "", "ordinal": str(told.ordinal or ""),
                    "members": str(told.members or ""),
                }
            )  # fmt: skip

    _proposed = ""

    def _offer_lists(self) -> None:
        self.people.blockSignals(True)
        self.people.clear()
        self.people.addItem("先不生成，以后再加", "")
        for source in list_sources(self._office):
            self.people.addItem(source.label, source.code)
        self.people.blockSignals(False)
        self._proposed = ""
