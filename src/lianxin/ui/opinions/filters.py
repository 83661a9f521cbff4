"""What the list of matters is narrowed by: chips of states with their counts, village, category, unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from lianxin.domain.codes import CATEGORY
from lianxin.domain.records import HandlingUnit, Region
from lianxin.office.case_states import ALL, GROUPS, LATE, CaseFilter
from lianxin.office.desk import Desk
from lianxin.ui.pieces import ChipRow, button
from lianxin.ui.theme import colour, colours, px

_WIDTH, _LIST_WIDTH = 106, 220
_LABELS = {ALL: "全部", **{group.key: group.label for group in GROUPS}, LATE: "超期"}
_ALWAYS = {ALL, LATE, *(group.key for group in GROUPS if group.always)}


class CaseFilters(QWidget):
    """`changed` whenever a person chooses something else. Chips of rare states are there only when needed."""

    changed = Signal()

    def __init__(self, office: Desk) -> None:
        super().__init__()
        self._office = office
        self._counts: Mapping[str, int] | None = None
        self.chips = ChipRow(name="办理状态", numbered=False)
        self.chips.chosen.connect(self._told)
        self.village = FilterCombo("村（社区）", "全部村")
        self.category = FilterCombo("类别", "全部类别")
        self.unit = FilterCombo("承办单位", "全部单位")
        for code in CATEGORY.codes:
            self.category.addItem(code.label, code.code)
        self._clear = button("清除筛选", "link", act=self.clear)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        for combo in (self.village, self.category, self.unit):
            combo.currentIndexChanged.connect(self._told)
            line.addWidget(combo)
        self.combos = QWidget()
        self.combos.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        box.addWidget(self.chips, 1)
        box.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignTop)
        self._show_chips()
        self.chips.set_code(ALL)
        self._clear.hide()

    def chosen(self) -> CaseFilter:
        """What is asked for now."""
        return CaseFilter(
            self.chips.code() or ALL,
            village=self.village.value(),
            category=self.category.value(),
            unit=self.unit.value(),
        )

    def category_words(self) -> str:
        """The chosen category as people say it, "" for all."""
        return self.category.currentText() if self.category.currentData() else ""

    def choose_group(self, key: str) -> None:
        """Choose a state and tell about it, as if pressed."""
        if self.chips.code() != key:
            self._show_chips(also=key)
            self.chips.set_code(key)
            self._told()

    def clear(self) -> None:
        """Ask for every matter again."""
        for combo in (self.village, self.category, self.unit):
            combo.reset()
        self.chips.set_code(ALL)
        self._told()

    def read_choices(self) -> None:
        """Offer the villages and units that are known now; what was chosen stays chosen."""
        with self._office.store.reading() as reading:
            villages = [(place.name, place.uid) for place in reading.all(Region) if place.level == "village"]
            units = [(unit.name, unit.uid) for unit in reading.all(HandlingUnit)]
        self.village.offer(villages)
        self.unit.offer(units)

    def show_counts(self, counts: Mapping[str, int] | None) -> None:
        """Write the counts on the chips; None while they are being counted."""
        self._counts = counts
        self._show_chips()

    def counts(self) -> Mapping[str, int]:
        """The counts on the chips, empty while they are being counted."""
        return self._counts or {}

    def _show_chips(self, also: str = "") -> None:
        counts, now = self._counts or {}, self.chips.code()
        keys = [key for key in _LABELS if key in _ALWAYS or key in (now, also) or counts.get(key)]
        wanted = [
            (key, f"{_LABELS[key]} {counts.get(key, 0):,}" if self._counts is not None else _LABELS[key])
            for key in keys
        ]
        if tuple(keys) == self.chips_offered():
            self.chips.set_words([words for _, words in wanted])
        else:
            self._offered = tuple(keys)
            self.chips.set_choices(wanted)

    def chips_offered(self) -> tuple[str, ...]:
        """The keys of the chips there are."""
        return self._offered

    _offered: tuple[str, ...] = ()

    def _told(self) -> None:
        self._clear.setVisible(self.chosen() != CaseFilter())
        self.changed.emit()


class FilterCombo(QComboBox):
    """A box that narrows a list, with an arrow that says so."""

    def __init__(self, name: str, everything: str) -> None:
        super().__init__()
        self.setAccessibleName(f"按{name}筛选")
        self.addItem(everything, "")
        self.setFixedWidth(px(_WIDTH))
        self.view().setMinimumWidth(px(_LIST_WIDTH))
        self.setMaxVisibleItems(14)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """Offer these (words, value) below the first line; what was chosen stays chosen."""
        kept = self.currentData()
        self.blockSignals(True)
        while self.count() > 1:
            self.removeItem(1)
        for words, value in choices:
            self.addItem(words, value)
        self.setCurrentIndex(max(self.findData(kept), 0))
        self.blockSignals(False)

    def value(self) -> str:
        """What is asked for, "" for everything."""
        return str(self.currentData() or "")

    def reset(self) -> None:
        """Ask for everything without telling anybody."""
        self.blockSignals(True)
        self.setCurrentIndex(0)
        self.blockSignals(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(colours().ink_soft), 1.6))
        x, y, part = self.width() - px(16), self.height() / 2, px(4)
        painter.drawPolyline(
            [QPointF(x - part, y - part / 2), QPointF(x, y + part / 2), QPointF(x + part, y - part / 2)]
        )
