"""The sheet an act on a matter is filled in on: parts in paper order, a draft as you type, saved by Ctrl+Enter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lianxin.domain.canonical import JsonValue
from lianxin.domain.dictionary import Record
from lianxin.office.cases.steps import StepRefused
from lianxin.store.writing import Change
from lianxin.ui.form import DRAFT_PAUSE_MS, FormFields, line_up
from lianxin.ui.pieces import Act, ChipRow, Choice, ScrollCard, act_button, button, label
from lianxin.ui.theme import px


@dataclass(frozen=True)
class Done:
    """What a saved sheet did: the words for the quiet bar, what was written, and the matter to show then."""

    words: str
    changes: tuple[Change, ...]
    show: str = ""


class ChoiceRow(QWidget):
    """A field of a few words with the keys 1 to 9, for choices too long for a form's own chips."""

    changed = Signal(str)
    finished = Signal()
    submitted = Signal()

    def __init__(
        self, wire: str, words: str, choices: Sequence[Choice], *, required: bool = True, many: bool = False
    ) -> None:
        super().__init__()
        self.wire, self._words, self._required = wire, words, required
        name = f"{words}{'，必填' if required else ''}"
        self.row = ChipRow(choices, name=name, may_clear=not required, many=many)
        self.row.chosen.connect(self._chosen)
        self.row.installEventFilter(self)
        self.setFocusProxy(self.row)
        head = QHBoxLayout()
        head.setSpacing(px(2))
        head.addWidget(label(words))
        head.addWidget(label("*" if required else "", "late"))
        head.addStretch(1)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(3))
        box.addLayout(head)
        box.addWidget(self.row)
        box.addWidget(self._problem)

    def value(self) -> str:
        """The chosen code, "" for none; comma-joined codes when several may be on."""
        return self.row.code()

    def set_value(self, code: str) -> None:
        """Choose without telling anybody."""
        self.row.set_code(code)

    def check(self) -> bool:
        """Whether something is chosen where it must be; says so beside the row otherwise."""
        wrong = self._required and not self.value()
        self._problem.setText(f"！请选择{self._words}" if wrong else "")
        self._problem.setVisible(wrong)
        return not wrong

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.row and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                return False
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            (self.submitted if held else self.finished).emit()
            return True
        return False

    def _chosen(self, code: str) -> None:
        self._problem.hide()
        self.changed.emit(code)


Part = ChoiceRow | FormFields[Record]


class ActForm(ScrollCard):
    """Base of every sheet. Put parts in with `add_part`; override `save`.

    `done(Done)` after a save, `closed` when the clerk went back, `draft_due` when typed() should be kept.
    `kind` and `key` name the draft. `new_wanted(part, wire, name)` when a village or unit is to be added by name.
    """

    done = Signal(object)
    closed = Signal()
    draft_due = Signal()
    history_asked = Signal(str, QPoint)
    new_wanted = Signal(object, str, str)
    disclosed = Signal(str)

    def __init__(self, heading: str, subject: str, *, kind: str, key: str, save_words: str = "保存") -> None:
        super().__init__(heading)
        self.kind, self.key, self._save_words = kind, key, save_words
        self.parts: list[Part] = []
        self.changed_by_hand = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DRAFT_PAUSE_MS)
        self._pause.timeout.connect(self.draft_due)
        if subject:
            self.add(label(subject, "soft", wrap=True))
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        # Outside what scrolls: whoever saves on a small screen must see why nothing happened.
        self.body.insertWidget(self.body.indexOf(self.foot), self._problem)
        self._note = label("", "soft")
        self.foot.addWidget(act_button(Act(save_words, self.submit, "Ctrl+Enter", needs="register")))
        self.foot.addWidget(button("返回  Esc", act=self._close))
        self.foot.addStretch(1)
        self.foot.addWidget(self._note)

    def save(self) -> Done | None:
        """Store what is typed; None, with the problems shown, when it cannot be stored yet."""
        raise NotImplementedError

    def start(self) -> None:
        """Fill in what is known already. Called before a draft is put back."""

    def add_part(self, part: ChoiceRow | FormFields[Record]) -> None:
        """Put a part below the others; Enter leads from one to the next."""
        self.parts.append(part)
        self.add(part)
        part.changed.connect(self._changed)
        part.submitted.connect(self.submit)
        part.finished.connect(self._finished)
        if isinstance(part, FormFields):
            part.draft_due.connect(self.draft_due)
            part.new_wanted.connect(self._new_wanted)

    def finish_parts(self) -> None:
        """Close the sheet below its last part, all labels in one line."""
        line_up(*(part for part in self.parts if isinstance(part, FormFields)))
        self.add_stretch()

    def typed(self) -> dict[str, JsonValue]:
        """What is typed, as drafts keep it: of a record that stands already only what differs."""
        found: dict[str, JsonValue] = {}
        for place, part in enumerate(self.parts):
            if isinstance(part, ChoiceRow):
                found[f"{place}.{part.wire}"] = part.value()
            else:
                found.update({f"{place}.{wire}": text for wire, text in part.changes().items()})
        return found

    def set_typed(self, typed: Mapping[str, JsonValue]) -> None:
        """Put a draft back."""
        for place, part in enumerate(self.parts):
            mine = {
                name.partition(".")[2]: str(text)
                for name, text in typed.items()
                if name.partition(".")[0] == str(place)
            }
            if isinstance(part, ChoiceRow):
                part.set_value(mine.get(part.wire, part.value()))
            else:
                part.set_typed(mine)
        self.arrange()

    def arrange(self) -> None:
        """Show and hide parts by what is chosen."""

    def focus_first(self) -> None:
        """Go to the first field."""
        if self.parts:
            self._focus(self.parts[0])

    def submit(self) -> None:
        """Save, as Ctrl+Enter does."""
        self._pause.stop()
        self.say_problem("")
        try:
            told = self.save()
        except StepRefused as refused:
            # Nothing was written, what is typed stays: the sentence says what is allowed instead.
            self.say_problem(str(refused))
            return
        if told is not None:
            self.done.emit(told)

    def say_problem(self, words: str) -> None:
        """Say above the buttons what stands in the way, "" for nothing."""
        self._problem.setText(f"！{words}" if words else "")
        self._problem.setVisible(bool(words))

    def problem(self) -> str:
        """The sentence above the buttons."""
        return self._problem.text().removeprefix("！")

    def note(self, words: str) -> None:
        """Say something small beside the buttons (草稿已存)."""
        self._note.setText(words)

    def note_words(self) -> str:
        """What the note says."""
        return self._note.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.foot_button().hasFocus():
            # A button of the house takes no Enter by itself.
            self.submit()
        else:
            super().keyPressEvent(event)

    def _close(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self.draft_due.emit()
        self.closed.emit()

    def _changed(self, _what: str) -> None:
        if isinstance(self.sender(), ChoiceRow):
            self.arrange()
        self.changed_by_hand = True
        self._pause.start()

    def _new_wanted(self, wire: str, words: str) -> None:
        self.new_wanted.emit(self.sender(), wire, words)

    def _finished(self) -> None:
        sender = self.sender()
        place = next((at for at, part in enumerate(self.parts) if part is sender), -1)
        for part in self.parts[place + 1 :]:
            if not part.isHidden():
                self._focus(part)
                return
        # Past the last field the button waits for one more Enter: nothing is stored by accident.
        self.foot_button().setFocus(Qt.FocusReason.TabFocusReason)

    def foot_button(self) -> QWidget:
        """The button that saves."""
        item = self.foot.itemAt(0)
        widget = item.widget() if item is not None else None
        assert widget is not None
        return widget

    def _focus(self, part: Part) -> None:
        if isinstance(part, ChoiceRow):
            part.row.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            part.focus_first()


"""Makes the sheet of an act when it is asked for."""
