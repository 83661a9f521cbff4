"""How a vote is entered: totals, totals again, or ballot by ballot; and of which batch."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.domain.tally.batches import Batch
from lianxin.domain.tally.counting import Counting
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.chips import ChipRow
from lianxin.ui.reportback.tally_cell import CountCell
from lianxin.ui.theme import px

_MODES = (("first", "录入合计"), ("second", "复核录入"), ("ballots", "逐票计票"))


class ModeLine(QWidget):
    """`changed` when another mode or batch is looked at; `batches_changed` when there is one more, or its sheets."""

    changed = Signal()
    batches_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._count, self._place = 1, 0
        self.modes = ChipRow(_MODES, name="录入方式", numbered=False)
        self.modes.set_code("first")
        self.modes.chosen.connect(self._chosen)
        self.batches = ChipRow((), name="批次", numbered=False)
        self.batches.chosen.connect(self._batch_chosen)
        self._add = button(
            "分批计票", "link", act=self._add_batch, hint="票多时分成几扎，一扎一批地录入和复核"
        )
        self._words = label("本批有效票", "soft")
        self.valid = CountCell("本批有效票")
        self.valid.entered.connect(self.batches_changed)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        line.addWidget(self.modes)
        line.addStretch(1)
        line.addWidget(self.batches)
        line.addWidget(self._words)
        line.addWidget(self.valid)
        line.addWidget(self._add)

    def begin(self, batches: int, *, by_ballot: bool = True) -> None:
        """Begin with the first entry of the first of so many batches; points cannot be keyed in ballot by ballot."""
        self.modes.set_choices(_MODES if by_ballot else _MODES[:2])
        self.modes.set_code("first")
        self._place = 0
        self._set_count(batches)

    def batch(self) -> int:
        """The batch that is looked at, from 0."""
        return self._place

    def is_second(self) -> bool:
        """Whether the second entry is typed."""
        return self.modes.code() == "second"

    def by_ballot(self) -> bool:
        """Whether ballots are keyed in one by one."""
        return self.modes.code() == "ballots"

    def choose(self, code: str) -> None:
        """Go over to a mode."""
        self.modes.set_code(code)
        self.changed.emit()

    def with_batches(self, counting: Counting) -> Counting:
        """The count with as many batches as there are chips, and the sheets typed for the one looked at."""
        batches = [*counting.batches, *(Batch() for _ in range(self._count - len(counting.batches)))]
        if self._count > 1:
            batches[self._place] = replace(batches[self._place], valid=self.valid.count())
        return replace(counting, batches=tuple(batches))

    def show_batch(self, counting: Counting) -> None:
        """Show the sheets of the batch looked at."""
        many = len(counting.batches) > 1
        for widget in (self.batches, self._words, self.valid):
            widget.setVisible(many)
        self._add.setText("加一批" if many else "分批计票")
        told = counting.batches[self._place].valid if many else None
        if self.valid.count() != told:
            self.valid.set_count(told)

    def _set_count(self, count: int) -> None:
        self._count = count
        self.batches.set_choices([(str(at), f"第{at + 1}批") for at in range(count)])
        self.batches.set_code(str(self._place))

    def _add_batch(self) -> None:
        # What the batch looked at holds is told first, under its own place.
        self.batches_changed.emit()
        self._set_count(self._count + 1)
        self.batches_changed.emit()
        self._batch_chosen(str(self._count - 1))

    def _chosen(self, _code: str) -> None:
        self.changed.emit()

    def _batch_chosen(self, code: str) -> None:
        self._place = int(code)
        self.batches.set_code(code)
        self.changed.emit()
