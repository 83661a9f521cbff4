"""发文字号 beside the preview of an outgoing document: the next number stands there, is changed or taken, or is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from lianxin.domain.records import DocumentLog
from lianxin.office.desk import Desk as Office
from lianxin.office.paperwork.offered_numbers import give_number, offered_number
from lianxin.office.paperwork.outgoing_numbers import NumberRefused
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.theme import px
from lianxin.ui.written import tell_written

Paper = tuple[str, bytes]


@dataclass(frozen=True)
class Numbering:
    """What is offered, and what makes the paper anew once a number was taken. `take` raises NumberRefused."""

    offered: str
    take: Callable[[str], None]
    again: Callable[[], Paper]


def numbering_of(
    desk: Desk, office: Office, about: str, title: str, day: date, again: Callable[[], Paper]
) -> Numbering | None:
    """The offer for the document of a record; None where it has a number or the office no sign."""
    offered = offered_number(office, about, day)
    if not offered:
        return None

    def take(number: str) -> None:
        changes = give_number(office, number, title=title, day=day, about=about)
        desk.hub.tell({DocumentLog.KIND})
        tell_written(desk, office, f"已编{number.strip()}，记在收发文里", changes)

    return Numbering(offered, take, again)


class NumberRow(QWidget):
    """`taken` once the number was given; a refusal is told below the field."""

    taken = Signal()

    def __init__(self, numbering: Numbering) -> None:
        super().__init__()
        self._numbering = numbering
        self.number = QLineEdit(numbering.offered)
        self.number.setAccessibleName("发文字号")
        self.wrong = label("", "problem", wrap=True)
        self.wrong.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(4))
        box.addWidget(label("还没有发文字号", "soft"))
        box.addWidget(self.number)
        box.addWidget(button("编这个号", act=self.take))
        box.addWidget(self.wrong)

    def take(self) -> None:
        """Give the number as it stands in the field."""
        try:
            self._numbering.take(self.number.text())
        except NumberRefused as wrong:
            self.wrong.setText(str(wrong))
            self.wrong.show()
            return
        self.taken.emit()
