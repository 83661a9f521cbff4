"""代录 one table: whose it is, of which period and kind, and what its rows would become, doubts in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from lianxin.county.behalf.entering import WHOLE, OnBehalf, label_of_ledger
from lianxin.county.townships.roster import Town
from lianxin.domain.periods import Period
from lianxin.office.importing.outcome import RowOutcome
from lianxin.ui.importing.preview_list import PreviewList
from lianxin.ui.importing.row_facts import RowFacts
from lianxin.ui.pieces import Card, ElidedLabel, FlowLayout, QuietCombo, ScrollCard, TwoPanes, label, set_look
from lianxin.ui.theme import px

_MONTHS = 14
"""Months offered, the running one first; then quarters, half-years and years of the same time."""
_UNKNOWN = "请选择"


class BehalfView(QWidget):
    """`changed` when the clerk chose something else."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._file = ElidedLabel("", "heading")
        self.town, self.period, self.ledger = QuietCombo("乡镇"), QuietCombo("报送期"), QuietCombo("台账种类")
        self.beside = QCheckBox("与先前代录的一起计入，不替换")
        for combo, width in ((self.town, 150), (self.period, 160), (self.ledger, 190)):
            combo.setMinimumWidth(px(width))
            combo.currentIndexChanged.connect(self.changed)
        self.beside.toggled.connect(self.changed)
        self._said = label("", wrap=True)
        self.list, self.row = PreviewList(), RowFacts()
        self.list.picked.connect(self._picked)
        left, right = Card(), ScrollCard()
        left.add(self.list, 1)
        right.add(self.row)
        right.add_stretch()
        self.panes = TwoPanes(left, right, names=("各行", "这一行"), shares=(8, 5), least=(420, 340))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        box.addWidget(self._choices())
        box.addWidget(self.list.chips)
        box.addWidget(self.panes, 1)
        self._rest = QWidget()
        box.addWidget(self._rest, 1)

    def offer(self, towns: Sequence[Town], today: Period) -> None:
        """What may be chosen: every township of the register, and the periods until now."""
        _fill(self.town, [("", _UNKNOWN), *((town.code, town.name) for town in towns)])
        months = [Period(today.first_month - back, 1, today.cutoff) for back in range(_MONTHS)]
        wide = {Period(first - first % size, size, today.cutoff): None
                for size in (3, 6, 12) for first in (each.first_month for each in months)}  # fmt: skip
        _fill(self.period, [("", _UNKNOWN), *((each.code, each.label) for each in (*months, *wide))])

    def begin(self, title: str, *, code: str, period: str, ledgers: Sequence[str]) -> None:
        """Another file with what was guessed of it."""
        self._file.set_words(title)
        whole = [(WHOLE, f"全部（{len(ledgers)}种表）")] if len(ledgers) > 1 else []
        _fill(self.ledger, [*whole, *((each, label_of_ledger(each)) for each in ledgers)])
        if period and self.period.findData(period) < 0:
            self.period.addItem(period, period)
        self.town.set_value(code)
        self.period.set_value(period)
        self.beside.blockSignals(True)
        self.beside.setChecked(False)
        self.beside.blockSignals(False)
        self._show_rows(())

    def say(self, words: str, *, wrong: bool = False) -> None:
        """The line under the choices."""
        set_look(self._said, "problem" if wrong else "plain")
        self._said.setText(words)
        if wrong:
            self._show_rows(())

    def show_read(self, tables: Sequence[OnBehalf]) -> None:
        """What reading it would do."""
        notes = [note for table in tables for note in table.notes]
        again = "这份表已经代录过，不会重复计入。" if tables and all(each.again for each in tables) else ""
        lines = [f"预览，还没有代录：{each.words}" for each in tables if not each.again]
        self.say("\n".join([again or "", *lines, *notes]).strip())
        self._show_rows([row for table in tables for row in table.rows])

    def _show_rows(self, rows: Sequence[RowOutcome]) -> None:
        self.list.show_rows(rows)
        self.row.clear()
        for part in (self.list.chips, self.panes):
            part.setVisible(bool(rows))
        self._rest.setVisible(not rows)

    def said(self) -> str:
        """What stands under the choices."""
        return self._said.text()

    def _choices(self) -> Card:
        card = Card()
        line = FlowLayout(gap=px(10))
        for words, combo in (("乡镇", self.town), ("报送期", self.period), ("种类", self.ledger)):
            line.addWidget(_named(words, combo))
        line.addWidget(self.beside)
        card.add(self._file)
        card.add_layout(line)
        card.add(self._said)
        return card

    def _picked(self, key: str) -> None:
        if key:
            row = self.list.preview.row(key)
            self.row.show_row(row, self.list.preview.word(row))


def _named(words: str, combo: QuietCombo) -> QWidget:
    both = QWidget()
    line = QHBoxLayout(both)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(px(8))
    line.addWidget(label(words, "soft"))
    line.addWidget(combo)
    return both


def _fill(combo: QuietCombo, choices: Sequence[tuple[str, str]]) -> None:
    combo.blockSignals(True)
    combo.clear()
    for value, words in choices:
        combo.addItem(words, value)
    combo.blockSignals(False)
