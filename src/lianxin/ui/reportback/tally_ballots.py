"""逐票计票, the exception: one key a row, Enter adds the sheet to the counters and forgets it.

The sheet being keyed in and the last one that was added are held by this widget alone, in memory: they reach no draft,
no journal and no log (docs/adr/0020-ballots.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from lianxin.domain.tally.arithmetic import Mark
from lianxin.domain.tally.batches import LEAST_KEPT, Ballot
from lianxin.domain.tally.counting import Ballots
from lianxin.ui.pieces.buttons import button, label, repolish
from lianxin.ui.reportback.tally_grid import GridRow
from lianxin.ui.theme import px

_BLANK_KEY, _VOID_KEY = "0", "9"


@dataclass(frozen=True)
class _Choice:
    """One word beside a row and the key that chooses it."""

    key: str
    mark: Mark


def key_of(mark: Mark, place: int) -> str:
    """The key of a column: 1 to 5 from the best grade on, 0 弃权, 9 该行无效."""
    return {"abstained": _BLANK_KEY, "void": _VOID_KEY}.get(mark.wire, str(place))


class BallotPanel(QFrame):
    """`added(ballot)` on Enter when every row is marked, `taken_back(ballot)` on 撤回上一张."""

    added = Signal(object)
    taken_back = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(12), px(8), px(4), px(8))
        self._head = label("", "heading")
        self._keys = label("", "soft", wrap=True)
        self._undo = button("撤回上一张", "link", act=self.take_back, hint="只能撤回刚记下的一张，Ctrl+Z")
        self._undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top = QGridLayout()
        top.addWidget(self._head, 0, 0)
        top.addWidget(self._undo, 0, 1, Qt.AlignmentFlag.AlignRight)
        top.setColumnStretch(0, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setMinimumHeight(px(150))
        box.addLayout(top)
        box.addWidget(self._keys)
        box.addWidget(self._scroll, 1)
        self._ballots: Ballots | None = None
        self._rows: list[GridRow] = []
        self._choices: list[_Choice] = []
        self._labels: dict[tuple[str, str], QLabel] = {}
        self._names: list[QLabel] = []
        self._marked: dict[str, str] = {}
        self._last: Ballot | None = None
        self._at, self._counted, self._whole = 0, 0, 0

    def show_rows(self, ballots: Ballots, rows: Sequence[GridRow]) -> None:
        """Have the panel for these rows; whatever was keyed in and not added is let go."""
        if self._ballots == ballots and self._rows == list(rows):
            self.forget()
            return
        self._ballots, self._rows = ballots, list(rows)
        self._choices = [_Choice(key_of(mark, at), mark) for at, mark in enumerate(ballots.marks, 1)]
        self._labels, self._names = {}, []
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, px(8), 0)
        for place, row in enumerate(self._rows):
            name = label(f"{row.target}{f'·{row.aspect}' if row.aspect else ''}")
            self._names.append(name)
            grid.addWidget(name, place, 0)
            for column, choice in enumerate(self._choices, 1):
                chip = _Chip(f"{choice.key} {choice.mark.label}", place, choice.mark.wire)
                chip.pressed.connect(self._chip_pressed)
                self._labels[(row.uid, choice.mark.wire)] = chip
                grid.addWidget(chip, place, column)
        grid.setColumnStretch(len(self._choices) + 1, 1)
        grid.setRowStretch(len(self._rows), 1)
        self._scroll.setWidget(inner)
        told = "，".join(f"{choice.key} {choice.mark.label}" for choice in self._choices)
        self._keys.setText(
            f"每行按一个键：{told}。Backspace 改上一行，Enter 记下这张票；不记票的先后和时间。"
        )
        self.forget()

    def set_progress(self, counted: int, whole: int) -> None:
        """Say how many sheets are in."""
        self._counted, self._whole = counted, whole
        self._say()

    def forget(self) -> None:
        """Let go of the sheet being keyed in and of the last one."""
        self._marked, self._last, self._at = {}, None, 0
        self._show()

    def take_back(self) -> None:
        """撤回上一张: the counters go down by it; only once."""
        last, self._last = self._last, None
        if last is not None:
            self._marked, self._at = {}, 0
            self.taken_back.emit(last)
        self._show()

    def may_take_back(self) -> bool:
        """Whether the last sheet is still held."""
        return self._last is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        choice = next((each for each in self._choices if each.key == event.text()), None)
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if choice is not None and not held:
            self._mark(choice.mark.wire)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
            self._add()
        elif event.key() == Qt.Key.Key_Backspace:
            self._back()
        elif event.key() == Qt.Key.Key_Z and held:
            self.take_back()
        else:
            super().keyPressEvent(event)

    def _mark(self, wire: str) -> None:
        if self._at < len(self._rows) and self._counted < self._whole:
            self._marked[self._rows[self._at].uid] = wire
            self._at += 1
            self._show()

    def _back(self) -> None:
        if self._at:
            self._at -= 1
            self._marked.pop(self._rows[self._at].uid, None)
            self._show()

    def _add(self) -> None:
        if self._rows and len(self._marked) == len(self._rows):
            ballot, self._marked, self._at = dict(self._marked), {}, 0
            self._last = ballot
            self.added.emit(ballot)
            self._show()

    def _chip_pressed(self, place: int, wire: str) -> None:
        if self._counted < self._whole:
            self._marked[self._rows[place].uid] = wire
            self._at = next(
                (at for at, row in enumerate(self._rows) if row.uid not in self._marked), len(self._rows)
            )
            self._show()
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _show(self) -> None:
        for (uid, wire), chip in self._labels.items():
            on = "true" if self._marked.get(uid) == wire else "false"
            if (chip.property("on") or "false") != on:
                chip.setProperty("on", on)
                repolish(chip)
        for place, name in enumerate(self._names):
            words = name.text().removeprefix("▶ ")
            name.setText(f"▶ {words}" if place == self._at else words)
        if self._at < len(self._names):
            self._scroll.ensureWidgetVisible(self._names[self._at], 0, px(40))
        self._undo.setEnabled(self._last is not None)
        self._say()

    def _say(self) -> None:
        if not self._whole:
            self._head.setText("请先在上面填好有效票，无效票先剔出来")
            return
        if self._counted >= self._whole:
            self._head.setText(f"{self._whole}张有效票都记下了")
            return
        full = " · 又满十张，请放成一扎" if self._counted and self._counted % LEAST_KEPT == 0 else ""
        ready = " · 按 Enter 记下" if self._rows and len(self._marked) == len(self._rows) else ""
        self._head.setText(f"第{self._counted + 1}张 / 共{self._whole}张{full}{ready}")


class _Chip(QLabel):
    """A word that can be pressed as well as keyed."""

    pressed = Signal(int, str)

    def __init__(self, words: str, place: int, wire: str) -> None:
        super().__init__(words)
        self.setObjectName("ballotchip")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumSize(px(84), px(32))
        self._place, self._wire = place, wire

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.pressed.emit(self._place, self._wire)
