"""Taking receipts in, and own sent files back: what the page does for the card of receipts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from lianxin.domain.dictionary import kinds
from lianxin.office.desk import Desk
from lianxin.office.handover.accepting import Accepted, accept, after_receipts, own_sent_files
from lianxin.office.receiving.receive import receive
from lianxin.office.safekeeping.backups import back_up_before
from lianxin.store.errors import StoreProblem
from lianxin.ui.failures import Problem
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk as Window
from lianxin.ui.sending.receipt_card import ReceiptCard
from lianxin.ui.sending.receipt_words import told_of
from lianxin.ui.sending.sticks import receipts_on

FilesAsked = Callable[[QWidget, str], list[Path]]
BackAsked = Callable[[QWidget, Sequence[Path]], list[Path]]


class ReceiptFlow(QObject):
    """`files_asked`, `back_asked` stand for the dialogs, `sticks` for what is plugged in."""

    def __init__(
        self,
        page: QWidget,
        window: Window,
        office: Desk,
        card: ReceiptCard,
        *,
        files_asked: FilesAsked,
        folder_asked: Callable[[QWidget, str, str], str],
        back_asked: BackAsked,
        sticks: Callable[[], list[Path]],
    ) -> None:
        super().__init__(page)
        self._page, self._window, self._office, self._card = page, window, office, card
        self._ask_files, self._ask_folder = files_asked, folder_asked
        self._ask_back, self._sticks = back_asked, sticks
        card.dropped.connect(self.accept)
        card.asked.connect(self.choose)
        card.stick_asked.connect(self.from_stick)
        card.back_asked.connect(self.take_back)

    def choose(self) -> None:
        """选择回执."""
        self.accept(self._ask_files(self._page, "选择县人大的回执"))

    def from_stick(self) -> None:
        """从U盘读取: without a dialog when the receipts are found where the county puts them."""
        found = receipts_on(self._sticks())
        if not found:
            told = self._ask_folder(self._page, "没有找到回执，请选择U盘或文件夹", "")
            if not told:
                return
            found = receipts_on([Path(told)])
            if not found:
                self._card.say(
                    f"{told} 里没有回执（文件名以“回执”开头）。请检查U盘，或用“选择回执”。", good=False
                )
                return
        self.accept(found)

    def accept(self, paths: Sequence[Path]) -> None:
        """Take these receipts in and say what came of them."""
        office = self._office

        def work(progress: Progress, _cancel: Cancel) -> Accepted:
            back_up_before(office, "接收回执")
            return accept(office, list(paths), progress=lambda done, total: progress(done, total, ""))

        if paths:
            self._start(work, "正在接收回执")

    def take_back(self) -> None:
        """收回自己的报送件."""
        self._offer(own_sent_files(self._office))

    def _offer(self, offered: Sequence[Path]) -> None:
        chosen = self._ask_back(self._page, offered)
        office = self._office

        def work(progress: Progress, _cancel: Cancel) -> Accepted:
            back_up_before(office, "收回报送件")
            told = receive(office, chosen, progress=lambda done, total: progress(done, total, ""))
            return after_receipts(office, told)

        if chosen:
            self._start(work, "正在收回报送件", offers=False)

    def _start(
        self, work: Callable[[Progress, Cancel], Accepted], title: str, *, offers: bool = True
    ) -> None:
        self._card.setEnabled(False)

        def done(came: Accepted) -> None:
            self._card.setEnabled(True)
            words, good = told_of(came)
            self._card.say(words, good=good)
            self._window.saved()
            self._window.hub.tell({cls.KIND for cls in kinds()})
            if offers and came.offered:
                self._offer(came.offered)

        def failed(wrong: Exception) -> None:
            self._card.setEnabled(True)
            if not isinstance(wrong, StoreProblem):
                raise wrong
            self._window.problem(
                Problem(what=wrong.message, safe="已登记的内容都在本机，没有改动。", code=wrong.code)
            )

        self._window.jobs.start(work, title=title, done=done, failed=failed, owner=self)
