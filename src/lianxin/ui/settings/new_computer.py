"""换电脑: everything in one file for the new computer, and what this one says afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from lianxin.office.desk import Desk as Office
from lianxin.office.safekeeping.moving import MovedOut, move_out, moved_out, stay_here
from lianxin.store.errors import StoreProblem
from lianxin.ui.asking.files import ask_folder as ask_for_folder
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label, set_look
from lianxin.ui.pieces.card import Card
from lianxin.ui.settings.lines import beside

AskFolder = Callable[[QWidget, str], str]
HOW = (
    "换电脑只要带一个文件：数据、附件、密钥、使用人、设置和文书模板都在里面，做好就打开核对一遍。"
    "在新电脑上装好程序，第一个画面点“从旧电脑搬来”，选这个文件，输入现在的口令，逐项数给您看。不用重新登记。"
)


class NewComputerCard(Card):
    """One button; below it the way back while the new computer is not in use."""

    def __init__(self, window: Desk, office: Office, *, ask_folder: AskFolder | None = None) -> None:
        super().__init__("换电脑")
        self._window, self._office = window, office
        self._ask_folder = ask_folder or ask_for_folder
        self.outcome = label("", "soft", wrap=True)
        self.move_button = button("装成一个文件…", act=self.pack_up, needs="restore")
        self.stay_button = button("不搬了，接着在这台用", "link", act=self.stay, needs="restore")
        self.add(label(HOW, "soft", wrap=True))
        self.add(beside(self.move_button, self.stay_button, label("")))
        self.add(self.outcome)

    def refresh(self) -> None:
        """Say whether the work goes on elsewhere."""
        with self._office.store.reading() as reading:
            moved = moved_out(self._office, reading)
        self.stay_button.setVisible(moved is not None)
        self._say(moved.words if moved is not None else "", "doubt")

    def pack_up(self) -> None:
        """Ask where to, make the file, open it once more."""
        folder = self._ask_folder(self, "搬家文件写到哪里（可以直接选U盘）")
        if not folder:
            return
        office = self._office

        def work(progress: Progress, cancel: Cancel) -> MovedOut:
            def told(done: int, total: int) -> None:
                progress(done, total, "")

            return move_out(office, Path(folder), progress=told, cancelled=cancel)

        def done(moved: MovedOut) -> None:
            self.move_button.setEnabled(True)
            self.stay_button.show()
            self._say(f"✓ 装好了，已打开核对过：{moved.file}\n{moved.words}", "good")
            self._window.saved()

        def failed(wrong: Exception) -> None:
            self.move_button.setEnabled(True)
            if not isinstance(wrong, StoreProblem):
                raise wrong
            self._say(wrong.message, "problem")

        self.move_button.setEnabled(False)
        self._say("正在装…", "soft")
        self._window.jobs.start(work, title="换电脑，装成一个文件", done=done, failed=failed, owner=self)

    def stay(self) -> None:
        """The new computer is not used after all."""
        stay_here(self._office)
        self._window.tell("接着在这台电脑上用")
        self.refresh()

    def _say(self, words: str, look: str) -> None:
        self.outcome.setText(words)
        self.outcome.setVisible(bool(words))
        set_look(self.outcome, look)
