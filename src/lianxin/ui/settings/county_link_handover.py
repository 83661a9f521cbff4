"""交接到另一台电脑: this computer's 收件码, handing over to another one, and taking over from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from lianxin.domain.dictionary import kinds
from lianxin.office.desk import Desk as Office
from lianxin.office.enrolment.asked import Standing
from lianxin.office.handover.accepting import Accepted
from lianxin.office.handover.handing_over import (
    hand_over,
    reader_code,
    reader_code_in,
    take_over,
    write_reader_code,
)
from lianxin.office.sending.send import Sent
from lianxin.ui.asking.files import ask_open_all
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label, set_look
from lianxin.ui.pieces.card import Card
from lianxin.ui.pieces.elided import ElidedLabel
from lianxin.ui.sending.receipt_words import told_of
from lianxin.ui.settings.county_link_refusals import REFUSALS, told
from lianxin.ui.theme import px

T = TypeVar("T")
HOW = (
    "只换电脑的，用“备份与恢复”最简单。两台电脑都要用的，用交接：两台都先登记；"
    "在新电脑上把收件码存到U盘，拿到原来的电脑上选它，交接文件再拿回新电脑接收。"
    "以后一台报送的文件，另一台（联络站的电脑也一样）也能在这里接收，两边就一致了。"
)
FIRST = "登记以后才能交接。"


class HandoverCard(Card):
    """`choose_folder(parent, title)` and `choose_files(parent, title)` stand for the dialogs."""

    def __init__(
        self,
        window: Desk,
        office: Office,
        *,
        choose_folder: Callable[[QWidget, str], str],
        choose_files: Callable[[QWidget, str], Sequence[str]] | None = None,
    ) -> None:
        super().__init__("交接到另一台电脑")
        self._window, self._office = window, office
        self._choose_folder, self._choose_files = choose_folder, choose_files or _ask_files
        self._own = ElidedLabel("", "soft")
        self.copy = button("复制", act=self._copy)
        self.keep = button("存成文件…", act=self._keep)
        self.other = QLineEdit()
        self.other.setPlaceholderText("粘贴对方的收件码（age1…），或者选文件")
        self.other.setAccessibleName("另一台电脑的收件码")
        self.choose = button("选收件码文件或登记申请…", act=self._choose_code)
        self.give = button("交接…", act=self.hand_over)
        self.receive = button("接收交接文件…", act=self._choose_handover)
        self.outcome = label("", "soft", wrap=True)
        self._how = label(HOW, "soft", wrap=True)
        self.add(self._how)
        for words, widgets in (
            ("本机的收件码", (self._own, self.copy, self.keep)),
            ("交给哪台电脑", (self.other, self.choose, self.give)),
            ("从原来的电脑", (self.receive,)),
        ):
            self.add_layout(_line(words, *widgets))
        self.add(self.outcome)
        self.outcome.hide()

    def refresh(self, found: Standing) -> None:
        """Show this computer's code; handing over waits for enrolment."""
        self._own.set_words(found.reader)
        ready = found.link is not None
        self._how.setText(HOW if ready else f"{FIRST}{HOW}")
        for made in (self.other, self.choose, self.give, self.receive):
            made.setEnabled(ready)

    def own_code(self) -> str:
        """This computer's code in full."""
        return self._own.words()

    def hand_over(self) -> None:
        """Write everything of this office into a folder, for the other computer."""
        try:
            reader = reader_code(self.other.text())
        except REFUSALS as refused:
            self._say(told(refused), "problem")
            return
        folder = self._choose_folder(self, "交接文件写到哪里（可以直接选U盘）")
        if not folder:
            return
        office = self._office

        def work(_progress: Progress, _cancel: Cancel) -> Sent:
            return hand_over(office, to=Path(folder), readers=[reader])

        def done(sent: Sent) -> None:
            further = f"等{1 + len(sent.continuations)}个文件" if sent.continuations else ""
            self._say(
                f"✓ 已写好 {sent.path.name}{further}，只有那台电脑和本机能打开。请拿到那台电脑上，在这一页接收。",
                "good",
            )
            self._window.hub.tell({sent.record.KIND})

        self._start(work, "正在准备交接", done)

    def take(self, files: Sequence[Path]) -> None:
        """Take over what another computer handed over."""
        office = self._office

        def work(progress: Progress, _cancel: Cancel) -> Accepted:
            return take_over(office, files, progress=lambda done, total: progress(done, total, ""))

        def done(came: Accepted) -> None:
            words, good = told_of(came)
            self._say(words, "good" if good else "problem")
            self._window.saved()
            self._window.hub.tell({cls.KIND for cls in kinds()})

        self._start(work, "正在接收交接", done)

    def read_code(self, file: Path) -> None:
        """Take the other computer's code from its file."""
        try:
            self.other.setText(reader_code_in(self._office, file))
            self._say(f"已读出 {file.name} 里的收件码，可以交接了。", "soft")
        except REFUSALS as refused:
            self._say(told(refused), "problem")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.own_code())
        self._say("已复制本机的收件码。", "soft")

    def _keep(self) -> None:
        folder = self._choose_folder(self, "收件码存到哪里（可以直接选U盘）")
        if not folder:
            return
        try:
            path = write_reader_code(self._office, Path(folder))
            self._say(f"✓ 已存成 {path}，请拿到原来的电脑上选它。", "good")
        except REFUSALS as refused:
            self._say(told(refused), "problem")

    def _choose_code(self) -> None:
        for name in self._choose_files(self, "选择收件码文件或登记申请")[:1]:
            self.read_code(Path(name))

    def _choose_handover(self) -> None:
        names = self._choose_files(self, "选择交接文件")
        if names:
            self.take([Path(name) for name in names])

    def _start(self, work: Callable[[Progress, Cancel], T], title: str, done: Callable[[T], None]) -> None:
        self.setEnabled(False)

        def came(result: T) -> None:
            self.setEnabled(True)
            done(result)

        def failed(wrong: Exception) -> None:
            self.setEnabled(True)
            if not isinstance(wrong, REFUSALS):
                raise wrong
            self._say(told(wrong), "problem")

        self._window.jobs.start(work, title=title, done=came, failed=failed, owner=self)

    def _say(self, words: str, look: str) -> None:
        self.outcome.setText(words)
        set_look(self.outcome, look)
        self.outcome.show()


def _line(words: str, first: QWidget, *buttons: QWidget) -> QHBoxLayout:
    """Words, what they are about, and buttons that are no wider than their own words."""
    line = QHBoxLayout()
    line.setSpacing(px(12))
    name = label(words)
    name.setFixedWidth(px(100))
    line.addWidget(name)
    line.addWidget(first, 0 if isinstance(first, QPushButton) else 1)
    for made in buttons:
        line.addWidget(made)
    if isinstance(first, QPushButton):
        line.addStretch(1)
    return line


def _ask_files(parent: QWidget, title: str) -> Sequence[str]:
    return [str(each) for each in ask_open_all(parent, title, "连心文件 (*.zip *.age *.txt)")]
