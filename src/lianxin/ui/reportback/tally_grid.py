"""The grid of a count: a row for each target, a cell for each grade, the row's sum and what it lacks beside it.

With aspects the rows of one target are seen at a time; a chip for each target says how far it is, Enter goes on to
the next, so that six deputies in five aspects fit a small screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from lianxin.domain.counts import percent
from lianxin.domain.tally.arithmetic import Mark, row_findings, row_sum
from lianxin.domain.tally.batches import Totals, entered, with_count
from lianxin.domain.tally.counting import POINTS, Ballots, counted_row
from lianxin.domain.tally.rates import average, good_share
from lianxin.domain.tally.result import rate_label
from lianxin.ui.pieces.buttons import label, set_look
from lianxin.ui.pieces.chips import ChipRow
from lianxin.ui.reportback.tally_cell import CountCell
from lianxin.ui.theme import px


@dataclass(frozen=True)
class GridRow:
    """One line: its uid, whom it is about, and the aspect ("" for the whole)."""

    uid: str
    target: str
    aspect: str


@dataclass
class _Line:
    """The widgets of one row."""

    row: GridRow
    name: QLabel
    cells: dict[str, CountCell]
    total: QLabel
    state: QLabel
    rate: QLabel

    def widgets(self) -> tuple[QWidget, ...]:
        return (self.name, *self.cells.values(), self.total, self.state, self.rate)


class TallyGrid(QFrame):
    """`changed` on every edit, `row_left` when the focus leaves a row, `done` on Enter in the last cell."""

    changed = Signal()
    row_left = Signal()
    done = Signal()
    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        box = QVBoxLayout(self)
        box.setContentsMargins(px(12), px(6), px(4), px(6))
        self._targets = ChipRow((), name="测评对象", numbered=False)
        self._targets.chosen.connect(self._target_chosen)
        box.addWidget(self._targets)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setMinimumHeight(px(150))
        box.addWidget(self._scroll)
        self._ballots = Ballots("three", True, ())
        self._lines: list[_Line] = []
        self._names: list[str] = []
        self._totals: Totals = {}
        self._other: Totals = {}
        self._valid: int | None = None
        self._base: int | None = None
        self._open = ""

    def show_rows(self, ballots: Ballots, rows: Sequence[GridRow]) -> None:
        """Have the grid for these rows; of the same rows it is kept."""
        if self._lines and ballots == self._ballots and [line.row for line in self._lines] == list(rows):
            self._show_target(rows[0].target)
            return
        self._ballots, self._lines = ballots, []
        folded = any(row.aspect for row in rows)
        self._names = list(dict.fromkeys(row.target for row in rows)) if folded else []
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, px(8), 0)
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(4))
        self._add_heads(grid)
        for at, row in enumerate(rows, 1):
            self._add_line(grid, at, row, (row.aspect or "总体评价") if folded else row.target)
        grid.setRowStretch(len(rows) + 1, 1)
        self._scroll.setWidget(inner)
        self._targets.set_choices([(str(at), name) for at, name in enumerate(self._names)])
        self._targets.setVisible(folded)
        self._show_target(rows[0].target if rows else "")

    def set_totals(
        self, totals: Totals, *, valid: int | None, base: int | None, other: Totals | None = None
    ) -> None:
        """Show counters; `other` is the first entry while the second is typed, compared when a row is complete."""
        self._totals, self._other, self._valid, self._base = totals, other or {}, valid, base
        for line in self._lines:
            for wire, cell in line.cells.items():
                count = entered(totals, line.row.uid, wire)
                if cell.count() != count:
                    cell.set_count(count)
        self._say()

    def drop_unread(self) -> None:
        """Empty the cells whose text is no number, before other counters are shown in them."""
        for line in self._lines:
            for cell in line.cells.values():
                if cell.count() is None:
                    cell.set_count(None)

    def totals(self) -> Totals:
        """The counters as typed."""
        return self._totals

    def set_read_only(self, read_only: bool) -> None:
        """Confirmed counts are read, not typed."""
        for line in self._lines:
            for cell in line.cells.values():
                cell.setReadOnly(read_only)

    def focus_first(self) -> None:
        """The first cell that is not in yet, else the first."""
        cells = [(line, cell) for line in self._lines for cell in line.cells.values()]
        found = next((pair for pair in cells if pair[1].count() is None), cells[0] if cells else None)
        if found is not None:
            self._go(*found)

    def open_target(self) -> str:
        """Whose rows are open."""
        return self._open

    def state_of(self, uid: str) -> str:
        """What stands beside a row: ✓ or what it lacks."""
        return next(line.state.text() for line in self._lines if line.row.uid == uid)

    # ---- building ---------------------------------------------------------------------------------

    def _add_heads(self, grid: QGridLayout) -> None:
        words = [
            "",
            *(mark.label for mark in self._ballots.columns),
            "合计",
            "核对",
            rate_label(self._ballots.scheme),
        ]
        for column, word in enumerate(words):
            right = 0 < column < len(words) - 2 or column == len(words) - 1
            grid.addWidget(
                label(word, "soft"),
                0,
                column,
                Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft,
            )
        grid.setColumnStretch(len(words), 1)
        grid.setColumnMinimumWidth(0, px(104))
        grid.setColumnMinimumWidth(len(words) - 2, px(92))

    def _add_line(self, grid: QGridLayout, at: int, row: GridRow, shown: str) -> None:
        name = label(shown)
        cells = {mark.wire: self._make_cell(row, mark) for mark in self._ballots.columns}
        line = _Line(row, name, cells, label("", "plain"), label("", "soft"), label("", "plain"))
        self._lines.append(line)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for each in (line.total, line.rate):
            each.setAlignment(right)
        for column, widget in enumerate(line.widgets()):
            grid.addWidget(widget, at, column)

    def _make_cell(self, row: GridRow, mark: Mark) -> CountCell:
        what = f"{row.target}{f' {row.aspect}' if row.aspect else ''} {mark.label}"
        cell = CountCell(what, points=mark == POINTS)
        cell.entered.connect(self._entered)
        cell.gone_on.connect(self._gone_on)
        cell.submitted.connect(self.submitted)
        cell.stepped.connect(self._stepped)
        cell.left.connect(self._left)
        return cell

    # ---- keys ---------------------------------------------------------------------------------------

    def _place(self) -> tuple[int, str]:
        sender = self.sender()
        for place, line in enumerate(self._lines):
            for wire, cell in line.cells.items():
                if cell is sender:
                    return place, wire
        raise LookupError("a cell of another grid")

    def _entered(self) -> None:
        place, wire = self._place()
        line = self._lines[place]
        self._totals = with_count(self._totals, line.row.uid, wire, line.cells[wire].count())
        self._say()
        self.changed.emit()

    def _gone_on(self) -> None:
        place, wire = self._place()
        wires = list(self._lines[place].cells)
        at = wires.index(wire) + 1
        if at < len(wires):
            self._go(self._lines[place], self._lines[place].cells[wires[at]])
        elif place + 1 < len(self._lines):
            after = self._lines[place + 1]
            self._go(after, after.cells[wires[0]])
        else:
            self.done.emit()

    def _stepped(self, by: int) -> None:
        place, wire = self._place()
        if 0 <= place + by < len(self._lines):
            line = self._lines[place + by]
            self._go(line, line.cells[wire])

    def _left(self) -> None:
        place, _ = self._place()
        if not any(cell.hasFocus() for cell in self._lines[place].cells.values()):
            self.row_left.emit()

    def _go(self, line: _Line, cell: CountCell) -> None:
        if line.row.target != self._open:
            self._show_target(line.row.target)
        cell.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(cell, 0, px(30))

    def _target_chosen(self, code: str) -> None:
        self._show_target(self._names[int(code)])

    def _show_target(self, target: str) -> None:
        self._open = target
        for line in self._lines:
            for widget in line.widgets():
                widget.setVisible(not self._names or line.row.target == target)
        if target in self._names:
            self._targets.set_code(str(self._names.index(target)))
        self._say()

    # ---- what stands beside the rows ------------------------------------------------------------------

    def _say(self) -> None:
        for line in self._lines:
            self._say_of(line)
        self._targets.set_words([self._chip_words(name) for name in self._names])

    def _chip_words(self, target: str) -> str:
        states = [line.state.text() for line in self._lines if line.row.target == target]
        good = sum(state.startswith("✓") for state in states)
        return f"{target} {'都相符' if good == len(states) else f'{good}/{len(states)}'}"

    def _say_of(self, line: _Line) -> None:
        marks = self._ballots.marks
        row = counted_row(
            line.row.uid, "", {wire: entered(self._totals, line.row.uid, wire) for wire in line.cells}
        )
        total = row_sum(row.counts, marks)
        begun = any(count is not None for count in row.counts.values())
        line.total.setText(str(total) if begun else "")
        percentual = self._ballots.scheme == "percent"
        if percentual:
            line.rate.setText(average(row.points, row.counts.get("first")))
        else:
            line.rate.setText(percent(good_share(row.counts, 1, self._base)) if begun else "")
        found = row_findings(row, valid=self._valid, marks=marks, percent=percentual)
        words, look = self._judged(line, found[0].severity if found else "", total)
        line.state.setText(words)
        if line.state.property("look") != look:
            set_look(line.state, look)

    def _judged(self, line: _Line, severity: str, total: int) -> tuple[str, str]:
        """The difference at once, also while the row is being typed."""
        uid = line.row.uid
        if severity == "missing":
            rest = None if self._valid is None else self._valid - total
            if rest is not None and rest < 0:
                return f"多{-rest}票", "late"
            return (f"还有{rest}票" if rest and total else ""), "soft"
        if self._valid is None:
            return "", "soft"
        if total != self._valid:
            return f"{'多' if total > self._valid else '少'}{abs(total - self._valid)}票", "late"
        if severity:
            return "总分不对", "late"
        if self._other:
            other = [
                mark.label
                for mark in self._ballots.columns
                if entered(self._other, uid, mark.wire) != entered(self._totals, uid, mark.wire)
            ]
            if other:
                return f"与第一遍不符：{'、'.join(other)}", "late"
        return "✓ 相符", "good"
