"""发文字号 above the register 收发文: how many are used, which are missing, and one kept back by a button."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.domain.records import DocumentLog, Office
from lianxin.office.desk import Desk as OfficeDesk
from lianxin.office.desk import office_of
from lianxin.office.paperwork.outgoing_numbers import NumberRefused, number_year, number_years, take_number
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.theme import px
from lianxin.ui.written import tell_written


class NumberLine(QWidget):
    """The numbers of this year in one line; the whole of it is the hint where it is long."""

    def __init__(self, window: Desk, office: OfficeDesk) -> None:
        super().__init__()
        self._window, self._office = window, office
        self.told = label("", "soft", wrap=True)
        self.reserve_button = button("预留下一个文号", act=self.reserve)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(12))
        line.addWidget(self.told, 1)
        line.addWidget(self.reserve_button)
        window.hub.follow([DocumentLog.KIND, Office.KIND], self._told, owner=self)
        self.refresh()

    def refresh(self) -> None:
        """Read the register."""
        year = self._office.today().year
        with self._office.store.reading() as reading:
            found = number_years(reading, year)
            sign = office_of(reading).document_sign or ""
            if sign and all(each.sign != sign for each in found):
                found = (number_year(reading, sign, year), *found)
        self.told.setText(
            "\n".join(each.words() for each in found) or "还没有发文。发文代字在“设置与备份”的“机构”里填写。"
        )

    def reserve(self) -> None:
        """预留: the next number gets a line of its own, to be filled in when its document is written."""
        try:
            number, changes = take_number(
                self._office, title="（预留）", day=self._office.today(), reserve=True
            )
        except NumberRefused as wrong:
            self._window.tell(str(wrong))
            return
        words = f"已预留{number}，用的时候把这一条的“文号状态”改为已用"
        tell_written(self._window, self._office, words, changes)

    def _told(self, _kinds: frozenset[str]) -> None:
        self.refresh()
