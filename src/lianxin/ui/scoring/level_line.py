"""Which level is looked at, with how many deputies each has, and a line of words beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.domain.codes import LEVEL
from lianxin.office.desk import Desk
from lianxin.office.scoring.performance_file import levels_held
from lianxin.ui.pieces import ChipRow, label
from lianxin.ui.theme import px

_FIRST = ("township", "county")


class LevelLine(QWidget):
    """Levels are never mixed: one is chosen at a time. `narrowed` when it is another."""

    narrowed = Signal()

    def __init__(self, office: Desk, words: str = "") -> None:
        super().__init__()
        self._office = office
        held = levels_held(office)
        self._level = next((level for level in _FIRST if level in held), next(iter(held), _FIRST[0]))
        self._chips = ChipRow(name="代表层级", numbered=False)
        self._chips.chosen.connect(self._chosen)
        self._words = label(words, "soft", wrap=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(10))
        line.addWidget(self._chips)
        line.addWidget(self._words, 1)

    def level(self) -> str:
        """The chosen level."""
        return self._level

    def set_level(self, level: str) -> None:
        """Choose without telling anybody."""
        self._level = level
        self._chips.set_code(level)

    def read(self) -> None:
        """Count the deputies of each level anew."""
        held = levels_held(self._office)
        self._chips.set_choices([(one, f"{LEVEL.label_of(one)}级 {count}") for one, count in held.items()])
        self._chips.set_code(self._level)

    def words(self) -> str:
        """What is said beside the levels."""
        return self._words.text()

    def say(self, words: str) -> None:
        """Say something beside the levels."""
        self._words.setText(words)

    def _chosen(self, level: str) -> None:
        self._level = level or self._level
        self.narrowed.emit()
