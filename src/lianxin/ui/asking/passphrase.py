"""Asking who it is and for the passphrase, the same before the window and over a locked one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from lianxin.store.passphrase import Login
from lianxin.ui.asking.questions import Questions, choice, hidden
from lianxin.ui.pieces.buttons import button

SECOND_MS = 1000


class AskPassphrase(QWidget):
    """`answered(passphrase, who)` with the actor code of the person, "" where there is only one.

    `open` is the button that answers; it stands where the screen wants it. While a wait runs it counts down.
    """

    answered = Signal(str, str)

    def __init__(self, people: Sequence[Login], *, words: str = "打开", chosen: str = "") -> None:
        super().__init__()
        asked = [hidden("passphrase", "口令")]
        if len(people) > 1:
            named = [(each.actor, each.label or f"使用人{each.actor}") for each in people]
            asked.insert(0, choice("who", "使用人", named, chosen or named[0][0]))
        self._several = len(people) > 1
        self.questions = Questions(asked)
        self._words, self._left = words, 0
        self.open: QPushButton = button(words, "main", act=self.submit)
        self._clock = QTimer(self)
        self._clock.setInterval(SECOND_MS)
        self._clock.timeout.connect(self._second)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.questions)
        self.questions.finished.connect(self.submit)

    def focus_first(self) -> None:
        """Go to the passphrase; the person is chosen already."""
        self.questions.row("passphrase").editor.setFocus()

    def who(self) -> str:
        """The actor code of the person chosen."""
        return self.questions.text("who") if self._several else ""

    def submit(self) -> None:
        """Try what is typed, unless there is still to be waited."""
        if self._left:
            return
        typed = self.questions.row("passphrase").editor.text()
        if self.questions.show_problems({} if typed else {"passphrase": "请输入口令"}):
            self.answered.emit(typed, self.who())

    def refuse(self, sentence: str, wait: int = 0) -> None:
        """Say why it did not open and let it be typed again, after `wait` seconds."""
        self.questions.row("passphrase").editor.set_text("")
        self.questions.show_problems({"passphrase": sentence})
        self._left = wait
        self._show_left()
        if wait:
            self._clock.start()

    def _second(self) -> None:
        self._left = max(0, self._left - 1)
        if not self._left:
            self._clock.stop()
            self.questions.show_problems({})
            self.focus_first()
        self._show_left()

    def _show_left(self) -> None:
        self.open.setEnabled(not self._left)
        self.open.setText(f"请等 {self._left} 秒" if self._left else self._words)
