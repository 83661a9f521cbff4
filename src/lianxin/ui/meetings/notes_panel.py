"""记录: notes while people speak. `lqs 路要先修` and Enter is a speech; what is typed is kept at every key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from lianxin.domain.meetings.notes import Attendee, Understood, understood
from lianxin.domain.records import Speech
from lianxin.office.desk import Desk as Office
from lianxin.office.meetings.notes import change_note, take_note
from lianxin.office.meetings.record import Said, attendees_of, meeting_record
from lianxin.store.drafts import DraftElsewhere
from lianxin.store.search import readings_plain
from lianxin.store.writing import Change
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.meetings.item_row import ItemRow
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import label
from lianxin.ui.pieces.card import Card
from lianxin.ui.theme import px
from lianxin.ui.written import tell_written

BIG = 20
"""Points of a line at 100 %: read from a lap while somebody speaks."""
_SPEECH = Qt.ItemDataRole.UserRole
_HINT = "姓名首字母加空格，再写要点，如“lqs 路要先修”；回车记下。不写人名就接着上一个人。翻页键换议题，↑ 改上一条。"

_NEW_LINE = "⏎"
"""Stands for a new line of a speech while it is changed in the one line there is."""


class NotesPanel(Card):
    """The notes of one meeting, item by item. `changed` after every write."""

    changed = Signal()

    def __init__(self, window: Desk, office: Office, drafts: DraftKeeper) -> None:
        super().__init__()
        self._window, self._office, self._drafts = window, office, drafts
        self._meeting, self._editing = "", ""
        self._people: list[Attendee] = []
        self._speaker: Attendee | None = None
        self._choice = 0
        self.items = ItemRow()
        self.heading = label("", "heading", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName("已记下的发言")
        self.list.setWordWrap(True)
        self.list.setSpacing(px(3))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setStyleSheet(f"font-size: {px(BIG - 2)}px")
        self.list.setMinimumHeight(px(64))
        self.hint = label(_HINT, "soft", wrap=True)
        self.line = QLineEdit()
        self.line.setAccessibleName("记一条")
        self.line.setPlaceholderText("谁说了什么，回车记下")
        self.line.setStyleSheet(f"font-size: {px(BIG)}px")
        self.line.setMinimumHeight(px(46))
        self.add(self.items)
        self.add(self.heading)
        self.add(self.list, 1)
        self.add(self.hint)
        self.add(self.line)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._typed)
        self.line.installEventFilter(self)
        self.items.turn_with(self.line)
        self.items.turned.connect(self._turned)
        self.list.itemActivated.connect(self._edit)

    def show_meeting(self, uid: str) -> None:
        """Show the notes of this meeting, with the line that was typed and not entered."""
        other = uid != self._meeting
        self._meeting = uid
        if other:
            self._editing, self._speaker = "", None
        self.refresh()
        if other:
            self._take_up_draft()

    def refresh(self) -> None:
        """Read the notes again."""
        record = meeting_record(self._office, self._meeting) if self._meeting else None
        if record is None:
            return
        with self._office.store.reading() as reading:
            self._people = attendees_of(reading, self._meeting)
        self.items.offer([each.item for each in record.items if each.item])
        wanted = self.items.item()
        said = [
            one
            for each in record.items
            if (each.item.uid if each.item else None) == wanted
            for one in each.said
        ]
        self.heading.setText(self.items.title())
        self.heading.setVisible(self.items.is_cut())
        self.list.clear()
        for one in said:
            self._put(one)
        self.list.scrollToBottom()
        self._say()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event.key())
        return super().eventFilter(watched, event)

    def _key(self, key: int) -> bool:
        """Enter notes, Tab takes the next person the letters may mean, Up edits the last, Esc lets editing be."""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Tab and len(self._told().speakers) > 1:
            self._choice += 1
            self._say()
        elif key == Qt.Key.Key_Up and not self.line.text() and self.list.count():
            self._edit(self.list.item(self.list.count() - 1))
        elif key == Qt.Key.Key_Escape and self._editing:
            self._editing = ""
            self.line.clear()
        else:
            return False
        return True

    def _told(self) -> Understood:
        return understood(self.line.text(), self._people, plain=readings_plain)

    def _who(self, told: Understood) -> Attendee | None:
        if told.speakers:
            return told.speakers[self._choice % len(told.speakers)]
        return Attendee(told.unknown[:25]) if told.unknown else None

    def _enter(self) -> None:
        told = self._told()
        who = self._who(told)
        if self._editing:
            self._store_edit(told, who)
        elif told.points:
            points, speaker = told.points, who or self._speaker
            self._write(
                lambda: take_note(
                    self._office, self._meeting, item=self.items.item(), points=points, speaker=speaker,
                    draft_key=self._key_of_draft,
                ),
                f"已记下{speaker.name}的发言" if speaker is not None else "已接着记下",
            )  # fmt: skip
            self._speaker = None
        elif who is not None:
            # The speaker first, what is said on the next line.
            self._speaker = who
            self._empty_line()
            self._keep_draft("")

    def _store_edit(self, told: Understood, who: Attendee | None) -> None:
        uid, points = self._editing, "\n".join(each.strip() for each in told.points.split(_NEW_LINE))
        self._write(
            lambda: change_note(self._office, uid, points=points, speaker=who, draft_key=self._key_of_draft),
            "已改好" if points else "已去掉一条",
        )
        self._editing = ""

    def _write(self, act: Callable[[], tuple[Change, ...]], said: str) -> None:
        changes = act()
        # Only what is stored leaves the line.
        self._empty_line()
        tell_written(self._window, self._office, said, changes, shown=self._shown)

    def _shown(self) -> None:
        self._editing = ""
        self.refresh()
        self.changed.emit()

    def _edit(self, item: QListWidgetItem) -> None:
        with self._office.store.reading() as reading:
            speech = reading.get(Speech, str(item.data(_SPEECH)))
        if speech is None:
            return
        self._editing = speech.uid
        self.line.setText(speech.points.replace("\n", f" {_NEW_LINE} "))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say()

    def _turned(self) -> None:
        self._editing, self._speaker = "", None
        self.refresh()
        self._keep_draft(self.line.text())
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self, text: str) -> None:
        self._choice = 0
        self._say()
        self._keep_draft(text)

    def _say(self) -> None:
        """What the line is understood as, before Enter."""
        told, editing = self._told(), "（修改）" if self._editing else ""
        who = self._who(told)
        if not self.line.text().strip():
            self.hint.setText(f"接着写{self._speaker.name}说的话，回车记下。" if self._speaker else _HINT)
        elif who is not None:
            others = "，Tab 换成" + "、".join(each.name for each in told.speakers if each != who)
            self.hint.setText(f"{editing}{who.name}：{told.points}{others if len(told.speakers) > 1 else ''}")
        else:
            goes_on = self._speaker.name if self._speaker else "接着上一条"
            self.hint.setText(f"{editing or goes_on}：{told.points}")

    def _put(self, one: Said) -> None:
        lead = f"{one.speaker}：" if one.speaker else ""
        item = QListWidgetItem(f"{lead}{one.speech.points}")
        item.setData(_SPEECH, one.speech.uid)
        self.list.addItem(item)

    @property
    def _key_of_draft(self) -> str:
        return f"notes-{self._meeting}"

    def _empty_line(self) -> None:
        self.line.blockSignals(True)
        self.line.clear()
        self.line.blockSignals(False)
        self._choice = 0
        self._say()

    def _keep_draft(self, text: str) -> None:
        """At every key: a line is short, and a power cut does not wait for a pause."""
        if not self._meeting:
            return
        told = {
            "line": text, "item": self.items.item(), "editing": self._editing,
            "speaker": self._speaker.name if self._speaker else "",
        }  # fmt: skip
        try:
            self._drafts.keep(Speech.KIND, self._key_of_draft, told)
        except DraftElsewhere as elsewhere:
            self.line.setReadOnly(True)
            self._window.tell(str(elsewhere))

    def _take_up_draft(self) -> None:
        self._empty_line()
        self.line.setReadOnly(False)
        draft = next((d for d in self._drafts.left(Speech.KIND) if d.key == self._key_of_draft), None)
        if draft is None:
            return
        item, name = draft.payload.get("item"), str(draft.payload.get("speaker") or "")
        self.items.set_item(str(item) if item else None)
        self._speaker = next((each for each in self._people if each.name == name), None) or (
            Attendee(name) if name else None
        )
        self.refresh()
        self._editing = str(draft.payload.get("editing") or "")
        self.line.setText(str(draft.payload.get("line") or ""))
