"""Putting people on a list: a whole list at once (group, station, level, last time's), or names as typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from lianxin.office.desk import Desk as Office
from lianxin.office.lists.list_sources import list_sources
from lianxin.ui.pieces.buttons import button
from lianxin.ui.pieces.combo import QuietCombo
from lianxin.ui.theme import px


class AddLine(QWidget):
    """`list_wanted(code)` as `list_sources` tells them, and `names_given(names, guest)`."""

    list_wanted = Signal(str)
    names_given = Signal(str, bool)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.lists = QuietCombo("从哪份名单")
        self.lists.setMinimumWidth(px(120))
        self.lists.setMaximumWidth(px(170))
        self.add_list = button("加名单", act=self._list_chosen, hint="把这份名单里还没有的人都加上")
        self.names = QLineEdit()
        self.names.setAccessibleName("加入的姓名")
        self.names.setPlaceholderText("写姓名，用顿号隔开，回车加入")
        self.guest = QCheckBox("列席")
        self.guest.setToolTip("列席人员不计入应到")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(6))
        line.addWidget(self.lists)
        line.addWidget(self.add_list)
        line.addWidget(self.names, 1)
        line.addWidget(self.guest)
        self.names.returnPressed.connect(self._names_typed)

    def offer(self, besides: str) -> None:
        """Offer the lists there are now, but not that of the event `besides`."""
        kept = self.lists.value()
        self.lists.blockSignals(True)
        self.lists.clear()
        for source in list_sources(self._office, besides=besides):
            self.lists.addItem(source.label, source.code)
        self.lists.blockSignals(False)
        self.lists.set_value(kept)

    def focus_first(self) -> None:
        """Go to the choice of lists."""
        self.lists.setFocus(Qt.FocusReason.OtherFocusReason)

    def _list_chosen(self) -> None:
        if self.lists.value():
            self.list_wanted.emit(self.lists.value())

    def _names_typed(self) -> None:
        words = self.names.text().strip()
        if words:
            self.names.clear()
            self.names_given.emit(words, self.guest.isChecked())
