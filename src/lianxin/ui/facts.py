"""A record to read: label and value from the dictionary, personal values masked until asked for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from lianxin.domain.dictionary import Record, Spec
from lianxin.ui.allowed import refused
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.theme import px
from lianxin.ui.understanding import masked


class FactSheet(QWidget):
    """Shows fields of a record in paper order, empty ones left out. `disclosed(wire)` when 显示 was pressed (log
    it), `history_asked(wire, point)` on right click.
    """

    disclosed = Signal(str)
    history_asked = Signal(str, QPoint)

    def __init__(self, *, lookup: Lookup | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lookup = lookup
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)

    def set_record(self, record: Record, wires: Sequence[str] | None = None, *, mask: bool = True) -> None:
        """Show these fields (all of people's interest when None)."""
        self.set_facts(())
        cls = type(record)
        specs = cls.fields() if wires is None else [cls.spec(wire) for wire in wires]
        for spec in specs:
            shown = record.shown(spec.wire)
            if spec.kind.name == "ref" and shown and self._lookup is not None:
                shown = self._lookup.name_of(spec.kind.refers, shown) or "（不在本机）"
            if shown:
                self._add(spec.label, shown, spec if mask and spec.withheld_able else None, spec.wire)

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show plain label and value pairs."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for name, value in facts:
            self._add(name, value, None, "")

    def add_fact(self, name: str, value: str) -> None:
        """Add one more pair at the end."""
        self._add(name, value, None, "")

    def texts(self) -> list[tuple[str, str]]:
        """What is on screen, top to bottom."""
        found: list[tuple[str, str]] = []
        for cell in self.findChildren(_Value):
            if not cell.isHidden():
                found.append((cell.name, cell.text()))
        return found

    def _add(self, name: str, value: str, hidden: Spec | None, wire: str) -> None:
        row = self._grid.rowCount()
        head = label(name, "soft")
        head.setContentsMargins(0, px(5), 0, px(5))
        self._grid.addWidget(head, row, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        cell = _Value(name, value, masked(hidden, value) if hidden is not None else "", wire)
        cell.disclosed.connect(self.disclosed)
        cell.history_asked.connect(self.history_asked)
        self._grid.addWidget(cell, row, 1)


class _Value(QWidget):
    disclosed = Signal(str)
    history_asked = Signal(str, QPoint)

    def __init__(self, name: str, value: str, mask: str, wire: str) -> None:
        super().__init__()
        self.name, self._value, self._wire = name, value, wire
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(6))
        self._label = label(mask or value, wrap=True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setAccessibleName(f"{name}：{mask or value}")
        self._label.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._label.customContextMenuRequested.connect(self._asked)
        self._label.setContentsMargins(0, px(5), 0, px(5))
        line.addWidget(self._label, 0 if mask else 1)
        self._show = button("显示", "link", act=self._disclose, hint="显示全部内容，并记入查看记录")
        self._show.setAccessibleName(f"显示{name}")
        if mask:
            line.addWidget(self._show)
            line.addStretch(1)
        else:
            self._show.hide()

    def text(self) -> str:
        return self._label.text()

    def _disclose(self) -> None:
        if refused(self._show, "reveal"):
            return
        self._label.setText(self._value)
        self._label.setAccessibleName(f"{self.name}：{self._value}")
        self._show.hide()
        self.disclosed.emit(self._wire)

    def _asked(self, point: QPoint) -> None:
        if self._wire:
            self.history_asked.emit(self._wire, self._label.mapToGlobal(point))
