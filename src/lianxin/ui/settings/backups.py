"""备份与恢复: what is made by itself, the second place with one button, and what can be restored."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.domain.dates import show_moment
from lianxin.office.desk import Desk as Office
from lianxin.office.safekeeping.backup_list import on_same_disk
from lianxin.office.safekeeping.backups import (
    SecondPlace,
    back_up,
    choose_second_place,
    last_backup,
    last_second_backup,
    second_overdue,
    second_place,
)
from lianxin.store.backup_rotation import latest_backup, made_at
from lianxin.store.errors import StoreProblem
from lianxin.store.layout import AUTOMATIC
from lianxin.ui.asking.files import ask_folder
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label, set_look
from lianxin.ui.pieces.card import Card
from lianxin.ui.pieces.chips import ChipRow
from lianxin.ui.settings.backup_list import RestoreCard
from lianxin.ui.settings.lines import beside
from lianxin.ui.start.window_keeper import Keeper
from lianxin.ui.theme import px

_DAYS = (("7", "满7天"), ("14", "满14天"), ("30", "满30天"))
_BY_ITSELF = (
    "有改动时每半小时自动备份一次，退出、导入和接收报送件以前也备份，每份都打开核对过。"
    "保留最近8个小时、12天、10周、9个月各一份，存在数据文件夹的“自动备份”里。"
)


class BackupSection(QWidget):
    """The automatic backups, the second place, and the way back."""

    def __init__(self, window: Desk, office: Office, keeper: Keeper) -> None:
        super().__init__()
        self._window, self._office = window, office
        self._told, self.outcome = label("", wrap=True), label("", "soft", wrap=True)
        own = Card("本机自动备份")
        own.add(self._told)
        own.add(label(_BY_ITSELF, "soft", wrap=True))
        self.place, self.warning = label("", wrap=True), label("", "doubt", wrap=True)
        self.backup_button = button("备份到这里", act=self.back_up)
        self._other = button("换个地方…", act=self._choose_folder, hint="选U盘或另一块盘上的文件夹")
        self.days = ChipRow(name="几天没有备份就提醒", numbered=False)
        self.days.set_choices(_DAYS)
        self.days.chosen.connect(self._days_chosen)
        second = Card(
            "另存一份（U盘或另一块盘）", note="硬盘坏了、电脑丢了，靠这一份；连附件和密钥一起，是加密的"
        )
        second.add(self.place)
        second.add(self.warning)
        second.add(beside(self.backup_button, self._other, self.outcome))
        second.add(beside(label("没有备份就在首页提醒：", "soft"), self.days))
        self.restoring = RestoreCard(office, keeper)
        self.questions = self.restoring.questions
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        for widget in (own, second, self.restoring):
            box.addWidget(widget)
        box.addStretch(1)

    def refresh(self) -> None:
        """Say when the latest backups were made, and read what is in them."""
        now = self._office.store.now()
        with self._office.store.reading() as reading:
            last, other, chosen = last_backup(reading), last_second_backup(reading), second_place(reading)
            overdue = second_overdue(reading, now)
        latest = latest_backup(self._office.store.home / AUTOMATIC)
        at = made_at(latest) if latest is not None else None
        own = f"上次自动备份：{show_moment(at)} ✓ {latest}" if at else "还没有自动备份，有改动以后很快就有。"
        self._told.setText(own if last else "还没有做过备份。")
        made = f"上次备份：{show_moment(other.at)} ✓ {other.path}" if other else "还没有在别处备份过。"
        self.place.setText(f"{chosen.path or '还没有选地方'}\n{made}")
        self.warning.setText(self._warning(chosen, overdue))
        self.warning.setVisible(bool(self.warning.text()))
        self.backup_button.setText("备份到这里" if chosen.path else "备份到…")
        self._other.setVisible(bool(chosen.path))
        self.days.set_code(str(chosen.days))
        self.restoring.refresh()

    def back_up(self) -> None:
        """Make a backup in the second place; asked for when none was chosen."""
        with self._office.store.reading() as reading:
            chosen = second_place(reading).path
        if chosen:
            self.back_up_to(Path(chosen))
        else:
            self._choose_folder()

    def back_up_to(self, folder: Path) -> None:
        """Make a backup in a folder, which is the second place from now on."""

        def work(progress: Progress, cancel: Cancel) -> Path:
            def told(done: int, total: int) -> None:
                progress(done, total, "")

            return back_up(self._office, folder, progress=told, cancelled=cancel)

        def done(path: Path) -> None:
            self._keep(folder)
            self._say(f"备份好了，已读回核对，可以拔出：{path.name}", "good")
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
        self.restoring.restore()

    def choose(self, file: Path) -> None:
        """Take this backup file."""
        self.restoring.choose(file)

    def _warning(self, chosen: SecondPlace, overdue: str) -> str:
        if chosen.path:
            with suppress(OSError):
                if on_same_disk(self._office, Path(chosen.path)):
                    return "这个文件夹和数据在同一块盘上，硬盘坏了会一起没有。请换U盘或另一块盘。"
        return f"{overdue}。" if overdue else ""

    def _keep(self, folder: Path) -> None:
        with self._office.store.reading() as reading:
            days = second_place(reading).days
        choose_second_place(self._office, SecondPlace(str(folder), days))

    def _days_chosen(self, days: str) -> None:
        with self._office.store.reading() as reading:
            path = second_place(reading).path
        choose_second_place(self._office, SecondPlace(path, int(days)))

    def _choose_folder(self) -> None:
        with self._office.store.reading() as reading:
            last = second_place(reading).path
        name = ask_folder(self, "备份到哪个文件夹", last)
        if name:
            self.back_up_to(Path(name))

    def _say(self, words: str, look: str) -> None:
        self.outcome.setText(words)
        set_look(self.outcome, look)
