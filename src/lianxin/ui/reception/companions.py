"""Who else came: one line a person below the first visitor, for the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from lianxin.domain.records import Visitor
from lianxin.ui.editors import Editor, LineEditor
from lianxin.ui.enter_key import enter_pressed
from lianxin.ui.pick_editor import Lookup, PickEditor, ref_find, ref_name
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.theme import px
from lianxin.ui.understanding import typed_of, understand

_WIRES = ("name", "sex", "phone", "village", "address")
_SEXES = {"1": "男", "2": "女"}
_NEW = "+"
"""Begins the key of a line whose person is not registered yet; other keys are uids of visitors."""
GONE = "gone"
LOOSE = "~"


class VisitorLine(QWidget):
    """姓名 性别 电话 村 住址 of one person. A village not on the books is the beginning of the address."""

    def __init__(self, key: str, lookup: Lookup) -> None:
        super().__init__()
        self.key = key
        self._sex = LineEditor(width=46, placeholder="性别")
        self._village = PickEditor(ref_find(lookup, "region"), ref_name(lookup, "region"), placeholder="村")
        self.editors: dict[str, Editor] = {
            "name": LineEditor(width=84, placeholder="姓名"),
            "sex": self._sex,
            "phone": LineEditor(width=116, placeholder="电话"),
            "village": self._village,
            "address": LineEditor(placeholder="住址"),
        }
        words = {spec.wire: spec.label for spec in Visitor.fields()}
        self.drop = button("×", "link", hint="去掉这一位（Ctrl+D）")
        self.drop.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.drop.setAccessibleName("去掉这一位")
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        line = QHBoxLayout()
        line.setSpacing(px(4))
        for wire, editor in self.editors.items():
            editor.control.setAccessibleName(f"同来的人 {words[wire]}")
            line.addWidget(editor, {"village": 2, "address": 3}.get(wire, 0))
        line.addWidget(self.drop)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(2))
        box.addLayout(line)
        box.addWidget(self._problem)

    def typed(self) -> dict[str, str]:
        """What is typed, by wire name."""
        found = {wire: editor.text() for wire, editor in self.editors.items()}
        found["sex"] = _SEXES.get(found["sex"].strip(), found["sex"])
        if self._village.loose_words():
            found["village" + LOOSE] = self._village.loose_words()
        return found

    def told(self) -> dict[str, str]:
        """The same, ready to be read as a Visitor."""
        typed = self.typed()
        loose = typed.pop("village" + LOOSE, "")
        typed["address"] = loose + typed["address"] if loose not in typed["address"] else typed["address"]
        return typed

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put a draft back; what it does not name stays."""
        for wire, editor in self.editors.items():
            if wire in typed:
                text = typed[wire]
                editor.set_text({"male": "男", "female": "女"}.get(text, text) if wire == "sex" else text)
        if typed.get("village" + LOOSE):
            self._village.set_loose_words(typed["village" + LOOSE])

    def blank(self) -> bool:
        """Whether nothing is typed."""
        return not any(text.strip() for text in self.typed().values())

    def problems(self, today: date) -> dict[str, str]:
        """Wire name → what is wrong with it."""
        found = Visitor.parse({**self.told(), "contact": "-"}, uid="", today=today).problems
        return {wire: words for wire, words in found.items() if wire in self.editors}

    def doubts(self, today: date) -> list[str]:
        """What should be looked at once more, such as a telephone number that is too short."""
        told = self.told()
        found = [
            understand(Visitor, Visitor.spec(wire), told[wire], today=today).doubt for wire in self.editors
        ]
        return [words for words in found if words]

    def show_problems(self, problems: Mapping[str, str], doubts: Sequence[str] = ()) -> None:
        """Write them below the line and mark the fields."""
        lines = [f"！{words}" for words in problems.values()] + [f"请核对：{words}" for words in doubts]
        self._problem.setText("；".join(lines))
        self._problem.setVisible(bool(lines))
        for wire, editor in self.editors.items():
            editor.set_wrong(wire in problems)

    def problem(self) -> str:
        """What is said below the line."""
        return self._problem.text()


class Companions(QWidget):
    """The lines. `changed` on every edit, `finished` on Enter in an empty line or after the last one, `submitted`
    on Ctrl+Enter, `dropped(key, typed)` when a line was taken away (to be offered back), `grown` when one was added.
    """

    changed = Signal()
    draft_due = Signal()
    finished = Signal()
    submitted = Signal()
    dropped = Signal(str, object)
    grown = Signal()

    def __init__(self, lookup: Lookup, today: Callable[[], date]) -> None:
        super().__init__()
        self._lookup, self._today = lookup, today
        self._lines: list[VisitorLine] = []
        self._gone: set[str] = set()
        self._next = 1
        self._box = QVBoxLayout()
        self._box.setSpacing(px(6))
        head = label("同来的人")
        head.setFixedWidth(px(80))
        head.setContentsMargins(0, px(8), 0, 0)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(self._box, 1)
        self.hide()

    def lines(self) -> tuple[VisitorLine, ...]:
        """The lines that say something, in order."""
        return tuple(line for line in self._lines if not line.blank())

    def typed(self) -> dict[str, str]:
        """What is typed, by line key and wire name, with the lines of known visitors that were taken away."""
        found = {f"{line.key}.{wire}": text for line in self._lines for wire, text in line.typed().items()}
        return found | {f"{key}.{GONE}": "是" for key in self._gone}

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put a draft back; lines it names and that are not there yet are added."""
        told: dict[str, dict[str, str]] = {}
        for name, text in typed.items():
            key, _, wire = name.rpartition(".")
            told.setdefault(key, {})[wire] = text
        for key, mine in told.items():
            if mine.get(GONE):
                self._take_away(key)
            elif key:
                self._line(key).set_typed(mine)
        self._show()

    def show_visitors(self, visitors: tuple[Visitor, ...]) -> None:
        """The registered visitors after the first."""
        self.clear()
        for visitor in visitors:
            self._line(visitor.uid).set_typed(typed_of(visitor))
        self._show()

    def clear(self) -> None:
        """No lines."""
        for line in list(self._lines):
            self._remove(line)
        self._gone, self._next = set(), 1
        self._show()

    def add_one(self) -> None:
        """One more person: an empty line takes the focus."""
        line = next((each for each in self._lines if each.blank()), None) or self._line(self._new_key())
        self._show()
        line.editors["name"].enter()
        self.grown.emit()

    def focus_first(self) -> None:
        """Go to the first line."""
        if self._lines:
            self._lines[0].editors["name"].enter()

    def drop_focused(self) -> bool:
        """Take the line in which the focus is away; False when it is in none."""
        at = QApplication.focusWidget()
        line = next((each for each in self._lines if at is not None and each.isAncestorOf(at)), None)
        if line is not None:
            self._drop(line)
        return line is not None

    def put_back(self, key: str, typed: Mapping[str, str]) -> None:
        """A line that was taken away, as it was."""
        self._gone.discard(key)
        self._line(key).set_typed(typed)
        self._show()
        self.changed.emit()
        self.draft_due.emit()

    def show_problems(self) -> bool:
        """Says what is wrong beside each line and goes to the first; False when all can be read."""
        wrong = False
        for line in self._lines:
            problems = {} if line.blank() else line.problems(self._today())
            line.show_problems(problems)
            if problems and not wrong:
                line.editors[next(iter(problems))].enter()
            wrong = wrong or bool(problems)
        return wrong

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = enter_pressed(event)
        if pressed == "submit":
            self.submitted.emit()
        elif pressed == "next":
            self._after(watched)
        elif event.type() == QEvent.Type.FocusOut:
            self._left(watched)
        return bool(pressed)

    def _after(self, control: QObject) -> None:
        for place, line in enumerate(self._lines):
            editors = list(line.editors.values())
            at = next((at for at, editor in enumerate(editors) if editor.control is control), -1)
            if at < 0:
                continue
            if at == 0 and line.blank():
                self._take_away(line.key)
                self._show()
                self.finished.emit()
            elif at + 1 < len(editors):
                editors[at + 1].enter()
            elif place + 1 < len(self._lines):
                self._lines[place + 1].editors["name"].enter()
            elif line.key.startswith(_NEW):
                self.add_one()
            else:
                self.finished.emit()
            return

    def _left(self, control: QObject) -> None:
        for line in self._lines:
            if any(editor.control is control for editor in line.editors.values()):
                today = self._today()
                line.show_problems(line.problems(today), line.doubts(today))

    def _new_key(self) -> str:
        while any(line.key == f"{_NEW}{self._next}" for line in self._lines):
            self._next += 1
        return f"{_NEW}{self._next}"

    def _line(self, key: str) -> VisitorLine:
        line = next((each for each in self._lines if each.key == key), None)
        if line is None:
            line = VisitorLine(key, self._lookup)
            for editor in line.editors.values():
                editor.control.installEventFilter(self)
                editor.edited.connect(self._edited)
                editor.left.connect(self.draft_due)
            line.drop.clicked.connect(self._drop_pressed)
            self._lines.append(line)
            self._box.addWidget(line)
        return line

    def _drop_pressed(self) -> None:
        sender = self.sender()
        for line in self._lines:
            if line.drop is sender:
                self._drop(line)
                return

    def _drop(self, line: VisitorLine) -> None:
        key, typed, blank = line.key, line.typed(), line.blank()
        place = self._lines.index(line)
        self._take_away(key)
        self._show()
        if self._lines:
            self._lines[min(place, len(self._lines) - 1)].editors["name"].enter()
        else:
            self.finished.emit()
        self.changed.emit()
        self.draft_due.emit()
        if not blank:
            self.dropped.emit(key, typed)

    def _take_away(self, key: str) -> None:
        if not key.startswith(_NEW):
            self._gone.add(key)
        for line in [each for each in self._lines if each.key == key]:
            self._remove(line)

    def _remove(self, line: VisitorLine) -> None:
        self._lines.remove(line)
        self._box.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _show(self) -> None:
        self.setVisible(bool(self._lines))

    def _edited(self) -> None:
        self.changed.emit()
