"""The county root at hand: nothing to ask while it is on this computer, else its file on the stick and its passphrase."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from lianxin.county.certificates.root_key import RootState
from lianxin.ui.asking.files import ask_open
from lianxin.ui.pieces import ElidedLabel, button, label
from lianxin.ui.settings.lines import beside
from lianxin.ui.theme import px

AskFile = Callable[[QWidget, str, str], str]
"""Parent, title, filter → a path, "" for none."""
NEEDED = "根密钥不在本机，插上存根密钥的U盘，选出文件，输入导出时的口令。"
_FILTER = "根密钥 (*.p12)"


@dataclass(frozen=True)
class RootAtHand:
    """Where the root is for this act; None and "" while it is on this computer."""

    file: Path | None = None
    passphrase: str = ""


def ask_file(parent: QWidget, title: str, kinds: str) -> str:
    """One file, "" when the clerk thought better of it."""
    return ask_open(parent, title, kinds)


class RootBox(QWidget):
    """Hides itself while the root is on this computer."""

    def __init__(self, *, file_asked: AskFile = ask_file) -> None:
        super().__init__()
        self._ask, self._file, self._here = file_asked, "", True
        self._name = ElidedLabel("还没有选根密钥文件", "soft")
        self.choose = button("选根密钥文件…", act=self._choose)
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setPlaceholderText("根密钥的口令")
        self.passphrase.setAccessibleName("根密钥的口令")
        self.passphrase.setMaximumWidth(px(220))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(4))
        box.addWidget(label(NEEDED, "soft", wrap=True))
        box.addWidget(beside(self.choose, self.passphrase, self._name))
        self.hide()

    def show_state(self, state: RootState) -> None:
        """Ask for a file only when the root is elsewhere."""
        self._here = state.here
        self.setVisible(not state.here)

    def set_file(self, file: str) -> None:
        """Take this file."""
        self._file = file
        self._name.set_words(Path(file).name if file else "还没有选根密钥文件")

    def at_hand(self) -> RootAtHand | None:
        """The root for an act; None when a file has to be chosen first."""
        if self._here:
            return RootAtHand()
        if not self._file:
            return None
        return RootAtHand(Path(self._file), self.passphrase.text())

    def forget(self) -> None:
        """The passphrase does not stay on screen after it was used."""
        self.passphrase.clear()

    def _choose(self) -> None:
        told = self._ask(self, "选择根密钥文件", _FILTER)
        if told:
            self.set_file(told)
            self.passphrase.setFocus()
