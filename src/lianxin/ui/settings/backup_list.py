"""从备份恢复: what is in each backup, the chosen one put in place, and the way back to what was there before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.office.desk import Desk as Office
from lianxin.office.safekeeping.backup_list import Aside, BackupAtHand, asides, backups_at_hand, read_backups
from lianxin.ui.asking.files import ask_open
from lianxin.ui.asking.questions import Questions, hidden
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.card import Card
from lianxin.ui.pieces.line_section import LineSection
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.settings.lines import beside
from lianxin.ui.start.window_keeper import Keeper
from lianxin.ui.table import Column
from lianxin.ui.theme import px

_COLUMNS = (
    Column("made", "备份时间", 165, sortable=False),
    Column("place", "在哪", 66, sortable=False),
    Column("content", "里面有", stretch=True, sortable=False),
    Column("latest", "最后一条登记", 165, sortable=False, drop=2),
    Column("size", "大小", 84, look="soft", sortable=False, drop=3),
    Column("passphrase", "用什么口令", 130, sortable=False, drop=1),
)


class BackupSource:
    """A ListSource over the backups at hand and those chosen by hand."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._chosen: list[Path] = []
        self._found: dict[str, BackupAtHand] = {}

    @property
    def columns(self) -> Sequence[Column]:
        """What a clerk chooses by."""
        return _COLUMNS

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """Every backup, newest first; those chosen by hand on top."""
        known = [*read_backups(self._office, self._chosen, "选的"), *backups_at_hand(self._office)]
        self._found = {str(each.path): each for each in known}
        return [key for key, each in self._found.items() if words in each.made or words in each.content]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these rows."""
        return [self._cells(self._found[key]) for key in keys]

    def add(self, file: Path) -> None:
        """One more, chosen by hand."""
        self._chosen = [file, *(each for each in self._chosen if each != file)]

    def backup(self, key: str) -> BackupAtHand | None:
        """The backup of a key."""
        return self._found.get(key)

    def _cells(self, one: BackupAtHand) -> Sequence[str]:
        return (one.made, one.place, one.content, one.latest, one.size, one.passphrase)


class RestoreCard(QWidget):
    """Choose a backup by what is in it, type its passphrase, press 恢复; below, what was replaced before."""

    def __init__(self, office: Office, keeper: Keeper) -> None:
        super().__init__()
        self._office, self._keeper = office, keeper
        self._source = BackupSource(office)
        self.list = RecordList(
            self._source, name="备份", framed=False,
            empty=EmptyWords("还没有备份", "程序每半小时自动备份一次，第一份很快就有。"),
        )  # fmt: skip
        self.list.setMinimumHeight(px(250))
        self.list.add_tool(button("选别处的备份文件…", act=self._choose_file))
        self.list.picked.connect(self._picked)
        self.chosen = label("还没有选择备份", "soft", wrap=True)
        self.questions = Questions([hidden("passphrase", "口令", hint="打开那份备份的口令")])
        self.questions.finished.connect(self.restore)
        card = Card("从备份恢复")
        card.add(
            label(
                "选一份，下面会写明里面有什么。恢复时现在的数据另存一份，不会删除，还可以换回来。",
                "soft",
                wrap=True,
            )
        )
        for widget in (
            self.list,
            self.chosen,
            self.questions,
            beside(button("恢复选中的备份", act=self.restore)),
        ):
            card.add(widget)
        self.before = LineSection("换下来的数据")
        self.before.set_note("恢复错了，在上面填当时的口令，再按“换回这一份”")
        card.add(self.before)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)

    def refresh(self) -> None:
        """Read the manifests again."""
        self.list.refresh()
        self.before.clear()
        found = asides(self._office)
        self.before.setVisible(bool(found))
        for each in found:
            self.before.add_line(each.words, [("换回这一份", partial(self.put_back, each))])

    def choose(self, file: Path) -> None:
        """Take this backup file."""
        self._source.add(file)
        self.list.refresh()
        self.list.select(str(file))
        self._picked(str(file))
        self.questions.focus_first()

    def restore(self) -> None:
        """Put the chosen backup in place of the present data."""
        picked = self._source.backup(self.list.current_key())
        if picked is None:
            self.chosen.setText("请先在上面选一份备份")
        elif picked.facts is None:
            self.chosen.setText(picked.problem)
        elif self._typed():
            self._keeper.restore(picked.path, self._typed())

    def put_back(self, aside: Aside) -> None:
        """Undo a restore: the data of before come back, those of now are set aside."""
        if self._typed():
            self._keeper.put_back(aside.folder, self._typed())

    def _typed(self) -> str:
        typed = self.questions.row("passphrase").editor.text()
        self.questions.show_problems({} if typed else {"passphrase": "请输入打开那份数据的口令"})
        return typed

    def _picked(self, key: str) -> None:
        found = self._source.backup(key)
        self.chosen.setText(found.words if found else "还没有选择备份")

    def _choose_file(self) -> None:
        name = ask_open(self, "选择备份文件", "连心备份 (*.lxbak)")
        if name:
            self.choose(Path(name))
