"""来访事项告知单 made and shown, from the form of a visit and from its facts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from lianxin.office.case_papers.telling_paper import telling_notice
from lianxin.office.desk import Desk as Office
from lianxin.office.paperwork.paper import NoSuchMatter
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button
from lianxin.ui.printing import show_paper


class NoticeOffer(QWidget):
    """打印告知单 of who was just told on the spot, one key away until the next visit; `wanted(opinion)`."""

    wanted = Signal(str)

    def __init__(self, card: QWidget) -> None:
        """`card` is where Ctrl+G works."""
        super().__init__()
        self._opinion = ""
        self.word: QPushButton = button(
            "打印告知单 Ctrl+G", act=self._print, hint="刚登记的这一位的来访事项告知单，交给来访人"
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.word)
        shortcut = QShortcut(QKeySequence("Ctrl+G"), card)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._print)
        self.hide()

    def offer(self, opinion: str) -> None:
        """The matter whose paper is offered, "" for none."""
        self._opinion = opinion
        self.setVisible(bool(opinion))

    def _print(self) -> None:
        if self._opinion:
            self.wanted.emit(self._opinion)


def show_notice(desk: Desk, office: Office, opinion: str, folder: Path) -> None:
    """Writes the paper of a matter that was guided elsewhere and opens it; says so when there is none."""
    try:
        paper = telling_notice(office, opinion)
    except NoSuchMatter as wrong:
        desk.tell(str(wrong))
        return
    show_paper(desk, paper, folder)
