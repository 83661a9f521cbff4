"""作废: the root asked for, the person's word, the list written; the same from the register and for a lost computer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget

from lianxin.county.enrolment.enrolling import Revoked, revoke
from lianxin.office.desk import Desk
from lianxin.ui.county.keys.key_work import KeyWork
from lianxin.ui.county.keys.root_box import RootBox

Confirm = Callable[[QWidget, str, str], bool]


def ask_yes(parent: QWidget, title: str, words: str) -> bool:
    """A decision that cannot be taken back."""
    answer = QMessageBox.question(
        parent, title, words, QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel
    )
    return answer == QMessageBox.StandardButton.Yes


@dataclass(frozen=True)
class Revoking:
    """Where the root is, where it is told what came of it, and what stands for the dialogs."""

    office: Desk
    holder: QWidget
    root: RootBox
    work: KeyWork
    folder_asked: Callable[[QWidget, str], str]
    agreed: Confirm

    def start(self, code: str, what: str, done: Callable[[Revoked], None]) -> None:
        """Revokes by the serial of a certificate or the code of an office, named `what`; `done` says what follows."""
        at_hand, office = self.root.at_hand(), self.office
        if at_hand is None:
            self.root.show()
            self.work.say("作废要用根密钥，请先在上面选根密钥文件。", good=False)
            return
        words = f"作废{what}？以后用它签的报送件一律不收，已经接收的不受影响。作废不能撤销，可以重新登记。"
        if not self.agreed(self.holder, "作废", words):
            return
        folder = self.folder_asked(self.holder, "作废名单写到哪里（可以直接选U盘）")
        if not folder:
            return

        def came(made: Revoked) -> None:
            self.root.forget()
            done(made)

        self.work.start(
            lambda: revoke(
                office, code=code, to=Path(folder), root_file=at_hand.file, passphrase=at_hand.passphrase
            ),
            "正在作废",
            came,
        )
