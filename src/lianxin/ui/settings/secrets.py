"""口令与恢复单: another passphrase, another recovery sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.domain.dates import show_day
from lianxin.office.desk import Desk as Office
from lianxin.office.desk import office_of
from lianxin.office.safekeeping.keeping import (
    change_passphrase,
    new_recovery_code,
    note_sheet_kept,
    sheet_kept,
    ways_into_backups,
)
from lianxin.store.errors import StoreProblem
from lianxin.store.passphrase import RecoveryCode
from lianxin.ui.asking.questions import Questions, hidden, passphrase_problems
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.card import Card
from lianxin.ui.settings.lines import beside
from lianxin.ui.start.recovery_sheet import SheetFacts
from lianxin.ui.start.sheet_screen import SheetBox
from lianxin.ui.theme import px

_BY_DAY = "备份用做它那一天的口令或恢复单打开，文件名里有日期。当时的口令和恢复单都没有了的，那份备份打不开，任何人都没有办法。"
_UNCHANGED = "到现在还没有换过口令和恢复单：所有备份都用现在的口令或恢复单打开。"


class SecretsSection(QWidget):
    """Both take effect at once; what cannot be recovered is said plainly."""

    def __init__(self, window: Desk, office: Office) -> None:
        super().__init__()
        self._window, self._office = window, office
        self.questions = Questions(
            [
                hidden("old", "现在的口令"),
                hidden("passphrase", "新口令", hint="至少6个字符"),
                hidden("again", "再输一次"),
            ]
        )
        self.change_button = button("更换口令", act=self.change)
        passphrase = Card("更换开机口令")
        passphrase.add(label("以前做的备份，仍用做备份时的口令打开。", "soft", wrap=True))
        passphrase.add(self.questions)
        passphrase.add(beside(self.change_button))
        self.questions.finished.connect(self.change)
        self._sheet_card = Card("恢复单")
        self._told = label("", "soft", wrap=True)
        self.sheet_button = button("另做一张恢复单", act=self.make_sheet, hint="以前的恢复单随即作废")
        self._sheet_card.add(self._told)
        self._sheet_card.add(
            label("口令忘了只能用恢复单打开；口令和恢复单都没有了，任何人都打不开数据。", "soft", wrap=True)
        )
        self._sheet_card.add(beside(self.sheet_button))
        self.sheet: SheetBox | None = None
        self._ways = label("", "soft", wrap=True)
        older = Card("哪个口令打开哪份备份")
        older.add(self._ways)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        box.addWidget(passphrase)
        box.addWidget(self._sheet_card)
        box.addWidget(older)
        box.addStretch(1)

    def refresh(self) -> None:
        """Say whether the sheet is known to be put away."""
        with self._office.store.reading() as reading:
            day, ways = sheet_kept(reading), ways_into_backups(reading)
        self._told.setText(f"{_shown(day)}确认已封存。" if day else "还没有确认打印封存，建议现在另做一张。")
        self._ways.setText("\n".join([_BY_DAY, *(ways or (_UNCHANGED,))]))

    def change(self) -> None:
        """Change the passphrase when everything is filled in."""
        old, new, again = (self.questions.row(key).editor.text() for key in ("old", "passphrase", "again"))
        problems = passphrase_problems(new, again)
        if not old:
            problems = {"old": "请输入现在的口令", **problems}
        if not self.questions.show_problems(problems):
            return

        def work(_progress: Progress, _cancel: Cancel) -> None:
            change_passphrase(self._office, old=old, new=new)

        def done(_nothing: None) -> None:
            self.change_button.setEnabled(True)
            for key in ("old", "passphrase", "again"):
                self.questions.row(key).editor.set_text("")
            self._window.tell("已更换口令，下次打开用新口令")

        def failed(wrong: Exception) -> None:
            self.change_button.setEnabled(True)
            if not isinstance(wrong, StoreProblem):
                raise wrong
            self.questions.show_problems({"old": wrong.message})

        self.change_button.setEnabled(False)
        self._window.jobs.start(work, title="更换口令", done=done, failed=failed, owner=self)

    def make_sheet(self) -> None:
        """A fresh code, shown once on its sheet."""

        def work(_progress: Progress, _cancel: Cancel) -> RecoveryCode:
            return new_recovery_code(self._office)

        self.sheet_button.setEnabled(False)
        self._window.jobs.start(work, title="制作恢复单", done=self._show_sheet, owner=self)

    def _show_sheet(self, code: RecoveryCode) -> None:
        with self._office.store.reading() as reading:
            office = office_of(reading).name
        self.put_sheet_away()
        self.sheet = SheetBox(SheetFacts(office, self._office.today(), code.groups))
        self.sheet.kept.toggled.connect(self._kept)
        self._sheet_card.add(self.sheet)
        self.sheet_button.setEnabled(True)
        self.refresh()

    def put_sheet_away(self) -> None:
        """Take the code off the screen."""
        if self.sheet is not None:
            self.sheet.hide()
            self.sheet.deleteLater()
            self.sheet = None

    def _kept(self, kept: bool) -> None:
        if kept:
            note_sheet_kept(self._office)
            self.put_sheet_away()
            self.refresh()
            self._window.tell("恢复单已确认封存")


def _shown(day: str) -> str:
    from datetime import date

    return show_day(date.fromisoformat(day))
