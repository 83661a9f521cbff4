"""备份与恢复, 检查数据: every outcome is said where it was asked for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from lianxin.domain.dates import show_moment
from lianxin.office.backups import back_up, last_backup
from lianxin.office.desk import Desk as Office
from lianxin.office.safekeeping import check_data
from lianxin.store.backup_rotation import latest_backup, made_at
from lianxin.store.errors import StoreProblem
from lianxin.store.layout import AUTOMATIC
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label, set_look
from lianxin.ui.pieces.card import Card
from lianxin.ui.settings.lines import beside
from lianxin.ui.start.questions import Questions, hidden
from lianxin.ui.start.window_keeper import Keeper
from lianxin.ui.theme import px

_LAST_FOLDER = "backup-folder"


class BackupSection(QWidget):
    """备份 to a folder with progress, 恢复 from a file."""

    def __init__(self, window: Desk, office: Office, keeper: Keeper) -> None:
        super().__init__()
        self._window, self._office, self._keeper = window, office, keeper
        self._file: Path | None = None
        self._told, self.outcome = label("", wrap=True), label("", "soft", wrap=True)
        self.backup_button = button("备份到…", act=self._choose_folder, hint="选U盘或别的文件夹")
        making = Card("备份")
        making.add(self._told)
        making.add(
            label(
                "备份是一个加密的文件，写好后会自动读回核对。请每周存一份到U盘，和电脑分开放。",
                "soft",
                wrap=True,
            )
        )
        making.add(beside(self.backup_button, self.outcome))
        self.questions = Questions([hidden("passphrase", "备份时的口令", hint="做这份备份时用的口令")])
        self._chosen = label("还没有选择备份文件", "soft", wrap=True)
        restoring = Card("从备份恢复")
        restoring.add(
            label(
                "用备份换掉现在的数据。现在的数据会另存在数据文件夹的 aside 里，不会删除。", "soft", wrap=True
            )
        )
        restoring.add(beside(button("选择备份文件…", act=self._choose_file), self._chosen))
        restoring.add(self.questions)
        restoring.add(beside(button("恢复", act=self.restore)))
        self.questions.finished.connect(self.restore)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        box.addWidget(making)
        box.addWidget(restoring)
        box.addStretch(1)

    def refresh(self) -> None:
        """Say when the latest backups were made."""
        with self._office.store.reading() as reading:
            kept = last_backup(reading)
        by_hand = f"上次备份：{show_moment(kept.at)}，{kept.path}" if kept else "还没有做过备份。"
        latest = latest_backup(self._office.store.home / AUTOMATIC)
        made = made_at(latest) if latest is not None else None
        own = f"\n每天自动备份一份在本机，最近一份：{show_moment(made)}" if made else ""
        self._told.setText(by_hand + own)

    def back_up_to(self, folder: Path) -> None:
        """Make a backup in a folder."""

        def work(progress: Progress, cancel: Cancel) -> Path:
            def told(done: int, total: int) -> None:
                progress(done, total, "")

            return back_up(self._office, folder, progress=told, cancelled=cancel)

        def done(path: Path) -> None:
            self._office.store.set_setting(_LAST_FOLDER, str(folder))
            self._say(f"备份好了，已读回核对：{path}", "good")
            self.refresh()
            self._window.tell(f"已备份到 {path.parent}")

        def failed(wrong: Exception) -> None:
            self.backup_button.setEnabled(True)
            if not isinstance(wrong, StoreProblem):
                raise wrong
            self._say(wrong.message, "problem")

        self.backup_button.setEnabled(False)
        self._say("正在备份…", "soft")
        self._window.jobs.start(
            work, title="备份", done=done, failed=failed, stopped=lambda: self._say("已停止，没有留下半个文件。", "soft"),
            owner=self,
        ).ended.connect(lambda: self.backup_button.setEnabled(True))  # fmt: skip

    def restore(self) -> None:
        """Put the chosen backup in place of the present data."""
        typed = self.questions.row("passphrase").editor.text()
        if self._file is None:
            self._chosen.setText("请先选择备份文件（文件名以 .lxbak 结尾）")
        elif self.questions.show_problems({} if typed else {"passphrase": "请输入做备份时的口令"}):
            self._keeper.restore(self._file, typed)

    def choose(self, file: Path) -> None:
        """Take this backup file."""
        self._file = file
        self._chosen.setText(str(file))
        self.questions.focus_first()

    def _choose_folder(self) -> None:
        with self._office.store.reading() as reading:
            last = reading.setting(_LAST_FOLDER)
        name = QFileDialog.getExistingDirectory(self, "备份到哪个文件夹", str(last or ""))
        if name:
            self.back_up_to(Path(name))

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "选择备份文件", "", "连心备份 (*.lxbak)")
        if name:
            self.choose(Path(name))

    def _say(self, words: str, look: str) -> None:
        self.outcome.setText(words)
        set_look(self.outcome, look)


class CheckSection(QWidget):
    """检查数据: proves that the ledger is what its journal says."""

    def __init__(self, window: Desk, office: Office) -> None:
        super().__init__()
        self._window, self._office = window, office
        self.check_button = button("检查数据", act=self.check)
        self.outcome = label("", wrap=True)
        card = Card("检查数据")
        card.add(
            label(
                "核对数据文件、每一条流水、编号和检索目录。只检查，不改动；数据多的时候要几分钟，可以停止等待。",
                "soft", wrap=True,
            )
        )  # fmt: skip
        card.add(beside(self.check_button))
        card.add(self.outcome)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        box.addStretch(1)

    def check(self) -> None:
        """Check in the background and say what was found."""

        def work(progress: Progress, _cancel: Cancel) -> tuple[str, ...]:
            return check_data(self._office, tell=lambda words: progress(0, 0, words))

        def done(problems: tuple[str, ...]) -> None:
            self.check_button.setEnabled(True)
            if not problems:
                self._say("● 检查完毕，没有发现问题。", "good")
                return
            shown = "\n".join(problems[:20])
            more = f"\n……共{len(problems)}处" if len(problems) > 20 else ""
            self._say(
                f"发现{len(problems)}处问题，数据没有改动：\n{shown}{more}\n请先备份，再把这些话告诉维护人员。",
                "problem",
            )

        def failed(wrong: Exception) -> None:
            self.check_button.setEnabled(True)
            if not isinstance(wrong, StoreProblem):
                raise wrong
            self._say(wrong.message, "problem")

        self.check_button.setEnabled(False)
        self._say("正在检查…", "soft")
        self._window.jobs.start(work, title="检查数据", done=done, failed=failed, owner=self)

    def _say(self, words: str, look: str) -> None:
        self.outcome.setText(words)
        set_look(self.outcome, look)
