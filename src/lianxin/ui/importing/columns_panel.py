"""列的对应: which column was taken for which field and why, each to be corrected with one choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from lianxin.ledgers.headings import Heading, folded
from lianxin.ledgers.rows import SheetReading
from lianxin.ledgers.xlsx import column_letters
from lianxin.office.importing.columns import HOW, fields_of
from lianxin.ui.pieces import label
from lianxin.ui.theme import colour, colours, px

NOT_TAKEN = "（不导入）"
Overrides = dict[str, dict[int, str]]


class QuietCombo(QComboBox):
    """A choice that the wheel of the mouse does not change in passing."""

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], code: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(7)
        for each, words in choices:
            self.addItem(words, each)
        self.choose(code)

    def code(self) -> str:
        """The code of what is chosen, "" for nothing."""
        chosen = self.currentData()
        return chosen if isinstance(chosen, str) else ""

    def choose(self, code: str) -> None:
        """Choose without telling anybody."""
        blocked = self.blockSignals(True)
        self.setCurrentIndex(self.findData(code))
        self.blockSignals(blocked)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # The style sheet takes the arrow away, and a choice must not look like a box to type in.
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        used = colours()
        painter.setPen(QPen(colour(used.ink_soft if self.isEnabled() else used.ink_off), 2))
        x, y, part = self.width() - px(16), self.height() / 2, px(4)
        painter.drawPolyline(
            [QPointF(x - part, y - part / 2), QPointF(x, y + part / 2), QPointF(x + part, y - part / 2)]
        )


class ColumnsPanel(QWidget):
    """`changed` when a column was said to be another field; `overrides()` is everything said so far.

    Sheets with the same header are corrected together.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        self._which = QuietCombo("哪几张表", ())
        self._which.setMinimumContentsLength(16)
        self._which.currentIndexChanged.connect(self._show_group)
        self._missing = label("", "problem", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(0, 1)
        box.addWidget(self._which)
        box.addWidget(self._missing)
        box.addLayout(self._grid)
        self._groups: list[list[SheetReading]] = []
        self._fields: Sequence[tuple[str, str]] = ()
        self._said: Overrides = {}
        self._combos: dict[int, QuietCombo] = {}

    def begin(self) -> None:
        """Another file: forget what was said."""
        self._said = {}

    def show_sheets(self, kind: str, sheets: Sequence[SheetReading]) -> None:
        """Show the columns of these sheets; the group that was looked at stays."""
        at = max(0, self._which.currentIndex())
        self._fields = fields_of(kind)
        groups: dict[tuple[tuple[int, str], ...], list[SheetReading]] = {}
        for sheet in sheets:
            if sheet.heading is not None:
                groups.setdefault(tuple(sorted(sheet.heading.headers.items())), []).append(sheet)
        self._groups = list(groups.values())
        self._which.blockSignals(True)
        self._which.clear()
        for group in self._groups:
            more = f"等{len(group)}张表（表头相同，一起改）" if len(group) > 1 else ""
            self._which.addItem(f"{group[0].sheet}{more}", group[0].sheet)
        self._which.setCurrentIndex(min(at, len(self._groups) - 1))
        self._which.blockSignals(False)
        self._which.setVisible(bool(self._groups))
        self._show_group()

    def overrides(self) -> Mapping[str, Mapping[int, str]]:
        """Sheet → column → field ("" for none), as corrected."""
        return {sheet: dict(columns) for sheet, columns in self._said.items()}

    def doubtful(self) -> bool:
        """Whether a needed column is missing or one was only told by its looks."""
        return any(
            group[0].heading is not None
            and (
                group[0].heading.missing
                or any(m.how in ("similar", "content") for m in group[0].heading.matches)
            )
            for group in self._groups
        )

    def combo(self, column: int) -> QuietCombo:
        """The choice of one column (from 1)."""
        return self._combos[column]

    def _show_group(self) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            gone = item.widget() if item is not None else None
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self._combos = {}
        at = self._which.currentIndex()
        group = self._groups[at] if 0 <= at < len(self._groups) else []
        heading = group[0].heading if group else None
        self._missing.setVisible(bool(heading and heading.missing))
        if heading is None:
            return
        if heading.missing:
            self._missing.setText(f"没有找到“{'”“'.join(heading.missing)}”这一列，请在下面指定。")
        for place, words in enumerate(("表里的列", "当作", "怎样认出")):
            self._grid.addWidget(label(words, "soft"), 0, place)
        self._fill(group[0], heading)

    def _fill(self, sheet: SheetReading, heading: Heading) -> None:
        matched = {match.column: match for match in heading.matches}
        first = sheet.rows[0].cells if sheet.rows else {}
        for row, column in enumerate(sorted({*heading.headers, *matched}), 1):
            header = " ".join(heading.headers.get(column, "").split()) or "（没有表头）"
            example = first.get(folded(heading.headers.get(column, "")), "")
            words = label(f"{column_letters(column)}　{header}", wrap=True)
            words.setToolTip(f"第一行写的是：{example}" if example else "第一行是空的")
            match = matched.get(column)
            combo = QuietCombo(
                f"{header}当作", (("", NOT_TAKEN), *self._fields), match.field if match else ""
            )
            combo.currentIndexChanged.connect(partial(self._chosen, column))
            self._combos[column] = combo
            how = label(HOW[match.how] if match else "没有认出", "soft", wrap=True)
            self._grid.addWidget(words, row, 0)
            self._grid.addWidget(combo, row, 1)
            self._grid.addWidget(how, row, 2)

    def _chosen(self, column: int, _place: int) -> None:
        field = self._combos[column].code()
        for sheet in self._groups[self._which.currentIndex()]:
            said = self._said.setdefault(sheet.sheet, {})
            if field:
                # One field is one column: what was it before is no longer.
                for other, combo in self._combos.items():
                    if other != column and combo.code() == field:
                        said[other] = ""
            said[column] = field
        self.changed.emit()
