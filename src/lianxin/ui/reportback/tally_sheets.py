"""The counts of the sheets on top of a count: ten numbers in one line, what they say against each other below it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from lianxin.domain.rules import RuleProfile
from lianxin.domain.tally.arithmetic import CAUSES, UNSTATED, Counts, sheet_findings, unreturned
from lianxin.domain.tally.result import floor_note
from lianxin.ui.pieces.buttons import label, set_look
from lianxin.ui.pieces.card import Card
from lianxin.ui.reportback.tally_cell import CountCell
from lianxin.ui.theme import px

_FIELDS = (
    ("expected", "应到"), ("present", "实到"), ("issued", "发出票"), ("returned", "收回票"), ("valid", "有效票"),
    ("invalid", "无效票"), *CAUSES, UNSTATED,
)  # fmt: skip
_CAUSE_WIRES = tuple(wire for wire, _ in (*CAUSES, UNSTATED))


class SheetStrip(Card):
    """`changed` on every edit, `done` when Enter leaves the last field, `submitted` on Ctrl+Enter, `left`."""

    changed = Signal()
    done = Signal()
    submitted = Signal()
    left = Signal()

    def __init__(self, profile: RuleProfile) -> None:
        super().__init__()
        self.body.setContentsMargins(px(12), px(6), px(12), px(8))
        self.body.setSpacing(px(4))
        self._profile = profile
        self._cells: dict[str, CountCell] = {}
        self._heads: dict[str, QLabel] = {}
        line = QGridLayout()
        line.setHorizontalSpacing(px(8))
        line.setVerticalSpacing(0)
        for column, (wire, word) in enumerate(_FIELDS):
            cell = CountCell(word)
            cell.entered.connect(self._entered)
            cell.gone_on.connect(self._gone_on)
            cell.submitted.connect(self.submitted)
            cell.left.connect(self.left)
            self._cells[wire] = cell
            head = label(word, "soft" if wire in _CAUSE_WIRES else "plain")
            head.setBuddy(cell)
            self._heads[wire] = head
            line.addWidget(head, 0, column, Qt.AlignmentFlag.AlignLeft)
            line.addWidget(cell, 1, column)
            line.setColumnStretch(column, 1)
        holder = QWidget()
        holder.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        self.add(holder)
        self._words = label("", "soft", wrap=True)
        self.add(self._words)

    def counts(self) -> dict[str, int | None]:
        """What is typed, by wire name."""
        return {wire: cell.count() for wire, cell in self._cells.items()}

    def set_counts(self, counts: Counts) -> None:
        """Show counts; tells nobody."""
        for wire, cell in self._cells.items():
            told = counts.get(wire)
            cell.set_count(None if wire in _CAUSE_WIRES and not told else told)
        # Only a summary of the past has sheets without a cause.
        for widget in (self._cells[UNSTATED[0]], self._heads[UNSTATED[0]]):
            widget.setVisible(bool(counts.get(UNSTATED[0])))
        self._say()

    def set_read_only(self, read_only: bool) -> None:
        """Confirmed counts are read, not typed."""
        for cell in self._cells.values():
            cell.setReadOnly(read_only)

    def focus_first(self) -> None:
        """Go to the first number that is not in yet, else to the first."""
        empty = (
            cell for wire, cell in self._cells.items() if wire not in _CAUSE_WIRES and cell.count() is None
        )
        next(empty, self._cells["expected"]).setFocus(Qt.FocusReason.TabFocusReason)

    def words(self) -> str:
        """What is said below the numbers."""
        return self._words.text()

    def _entered(self) -> None:
        self._say()
        self.changed.emit()

    def _gone_on(self) -> None:
        """Enter: the causes are passed over when no sheet is invalid."""
        wires = [wire for wire, cell in self._cells.items() if cell.isVisibleTo(self)]
        at = next(place for place, wire in enumerate(wires) if self._cells[wire] is self.sender())
        if at == len(wires) - 1 or (wires[at] == "invalid" and not self._cells["invalid"].count()):
            self.done.emit()
        else:
            self._cells[wires[at + 1]].setFocus(Qt.FocusReason.TabFocusReason)

    def _say(self) -> None:
        counts = self.counts()
        against = [each.words for each in sheet_findings(counts) if each.severity != "missing"]
        if against:
            self._words.setText("；".join(against) + "。")
            set_look(self._words, "problem")
            return
        told = []
        if kept := unreturned(counts):
            told.append(f"未收回{kept}张")
        returned, valid, invalid = (counts.get(wire) for wire in ("returned", "valid", "invalid"))
        if returned is not None and valid is not None and invalid is not None:
            told.append(f"✓ 收回{returned} ＝ 有效{valid} ＋ 无效{invalid}")
        if note := floor_note(counts.get("present"), self._profile):
            told.append(note)
        self._words.setText("　·　".join(told) or "按计票单从左到右填，按 Enter 到下一格。")
        set_look(self._words, "soft")
