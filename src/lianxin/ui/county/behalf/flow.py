"""Tables dropped on 接收报送 are taken one by one: guessed, looked at, read on behalf of a township, undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout, QWidget

from lianxin.county.behalf.entering import WHOLE, Asked, OnBehalf, guess_file, read_on_behalf, undo_on_behalf
from lianxin.county.behalf.guess import Guess
from lianxin.county.behalf.past import past_tables
from lianxin.county.behalf.refusals import BehalfRefused, OtherTown
from lianxin.county.townships.roster import roster
from lianxin.domain.dictionary import kinds
from lianxin.domain.periods import Period
from lianxin.domain.records import BehalfSource
from lianxin.office.desk import Desk
from lianxin.office.importing.outcome import ImportStopped
from lianxin.office.receiving.receive import files_of
from lianxin.store.errors import StoreProblem
from lianxin.ui.county.behalf.past_list import BehalfPast
from lianxin.ui.county.behalf.view import BehalfView
from lianxin.ui.failures import Problem
from lianxin.ui.jobs import Cancel, Progress, Stopped
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head, Page
from lianxin.ui.pieces import Act

TABLES = frozenset({".xls", ".xlsx", ".xlsm", ".csv", ".docx", ".doc", ".wps", ".et", ".ett"})
_NOT_CHANGED = "已有的数据没有改动。"


class BehalfFlow(QObject):
    """Belongs to the page; while tables are at hand its view stands in the place of `instead`.

    `look_at` takes what came with them, when they are done.
    """

    def __init__(
        self,
        page: Page,
        window: Window,
        office: Desk,
        instead: Sequence[QWidget],
        look_at: Callable[[Sequence[Path]], None],
    ) -> None:
        super().__init__(page)
        self._look_at, self._later = look_at, list[Path]()
        self._page, self._window, self._office, self._instead = page, window, office, tuple(instead)
        self._left: list[Path] = []
        self._count = 0
        self._read: tuple[OnBehalf, ...] = ()
        self._sure = self._other = self._busy = self._looking_back = False
        self._hidden: list[QWidget] = []
        self.view = BehalfView()
        self.view.hide()
        self.view.changed.connect(self._choice_changed)
        self.past = BehalfPast()
        self.past.hide()
        self.past.list.picked.connect(self._past_picked)

    def lay_into(self, box: QBoxLayout) -> None:
        """Put what is shown into the page."""
        box.addWidget(self.view, 1)
        box.addWidget(self.past, 1)

    @property
    def active(self) -> bool:
        """Whether a table, or the list of those that were taken, is being looked at."""
        return bool(self._left) or self._looking_back

    def others(self) -> tuple[Act, ...]:
        """What else the page offers while nothing is dropped."""
        with self._office.store.reading() as reading:
            any_read = reading.holds_any(BehalfSource)
        return (Act("已代录的表", self.look_back),) if any_read else ()

    def look_back(self) -> None:
        """已代录的表."""
        self._hide_others()
        self._looking_back = True
        self.past.show_tables(past_tables(self._office))
        self.past.show()
        self._page.head_changed.emit()
        self.past.list.setFocus()

    def begin(self, paths: Sequence[Path]) -> list[Path]:
        """Takes the tables among these files; answers what is to be looked at as reports now.

        Among other files only what holds a known table is one; the others are looked at when the tables are done.
        """
        files = files_of(paths)
        tables = [path for path in files if path.suffix.lower() in TABLES]
        others = [path for path in files if path not in tables]
        if others:
            tables = [path for path in tables if self._is_known(path)]
            others = [path for path in files if path not in tables]
        if tables:
            if not self._left:
                self._leave_past()
                self._hide_others()
                self._offer()
            self._left += tables
            self._count = len(self._left)
            self._later += others
            self._next()
        return [] if tables else list(paths)

    def head(self) -> Head:
        """The red button takes the table that is shown, or takes a chosen one back."""
        if self._looking_back:
            enabled = self.past.chosen() is not None
            undo = Act("撤销这次代录", self._undo_chosen, "F2", "它不再计入，历史里都在", enabled=enabled)
            return Head("接收报送 · 已代录的表", undo, (Act("返回", self.back),))
        other = (
            (Act("确实是这个乡镇的，仍然代录", self._take_anyway, enabled=not self._busy),)
            if self._other
            else ()
        )
        words = "跳过这份" if len(self._left) > 1 else "不代录"
        ready = bool(self._read) and not self._busy and not all(each.again for each in self._read)
        return Head(
            "接收报送 · 代录",
            Act("代录", self.take, "F2", "按未签名的内容计入；有数字签名的报送件来了自动替换", enabled=ready),
            (*other, Act(words, self.skip, enabled=not self._busy)),
        )

    def back(self) -> None:
        """返回."""
        self.put_away()

    def put_away(self) -> bool:
        """Esc: the table that is shown is left; whether there was one."""
        if not self.active or self._busy:
            return False
        if self._looking_back:
            self._leave_past()
            self._show_others()
        else:
            self.skip()
        return True

    def skip(self) -> None:
        """跳过这份."""
        self._left.pop(0)
        self._next()

    def take(self) -> None:
        """代录."""
        self._start("正在代录", preview=False)

    # ---- one table after the other ----------------------------------------------------------------

    def _hide_others(self) -> None:
        if self.active:
            return
        self._hidden = [each for each in self._instead if not each.isHidden()]
        for each in self._hidden:
            each.hide()

    def _is_known(self, path: Path) -> bool:
        try:
            return bool(guess_file(self._office, path).sheets)
        except BehalfRefused:
            return False

    def _show_others(self) -> None:
        for each in self._hidden:
            each.show()
        self._page.head_changed.emit()
        later, self._later = self._later, []
        if later and not self.active:
            self._look_at(later)

    def _past_picked(self, _key: str) -> None:
        self._page.head_changed.emit()

    def _leave_past(self) -> None:
        if self._looking_back:
            self._looking_back = False
            self.past.hide()
            self._show_others()

    def _undo_chosen(self) -> None:
        chosen = self.past.chosen()
        if chosen is not None:
            self._undo([chosen.batch])
            self.past.show_tables(past_tables(self._office))
            self._page.head_changed.emit()

    def _offer(self) -> None:
        today = self._office.today()
        with self._office.store.reading() as reading:
            towns = roster(reading, today)
        self.view.offer(towns, Period.containing(today, cutoff=self._office.profile.cutoff_day.value))

    def _next(self) -> None:
        self._read, self._sure, self._other = (), False, False
        self.view.setVisible(self.active)
        if not self.active:
            self._show_others()
            return
        path, at = self._left[0], self._count - len(self._left) + 1
        title = f"第{at}份，共{self._count}份：{path.name}" if self._count > 1 else path.name
        try:
            guess = guess_file(self._office, path)
        except BehalfRefused as refused:
            self._begin(title, None)
            self.view.say(refused.message, wrong=True)
            self._page.head_changed.emit()
            return
        self._begin(title, guess)
        self.view.town.setFocus()
        self._look()

    def _begin(self, title: str, guess: Guess | None) -> None:
        code, period = (guess.code or "", guess.period or "") if guess else ("", "")
        self.view.begin(title, code=code, period=period, ledgers=tuple(guess.sheets) if guess else ())

    def _choice_changed(self) -> None:
        self._sure = False
        self._look()

    def _look(self) -> None:
        self._read = ()
        if not self.view.town.value():
            self.view.say("请选择这是哪个乡镇的表。")
            self._page.head_changed.emit()
            return
        self._start("正在读表格", preview=True)

    def _take_anyway(self) -> None:
        self._sure = True
        self._look()

    def _start(self, words: str, *, preview: bool) -> None:
        if self._busy or not self.active:
            return
        office, view = self._office, self.view
        asked = Asked(
            self._left[0],
            view.town.value(),
            view.ledger.value() or WHOLE,
            period=view.period.value() or None,
            beside=view.beside.isChecked(),
            sure=self._sure,
        )

        def work(progress: Progress, cancel: Cancel) -> tuple[OnBehalf, ...]:
            try:
                return read_on_behalf(office, asked, preview=preview, progress=progress, cancel=cancel)
            except ImportStopped:
                raise Stopped from None

        self._set_busy(True)
        done = self._looked if preview else self._taken
        self._window.jobs.start(
            work, title=words, done=done, failed=self._failed, stopped=self._stopped, owner=self
        )

    # ---- what comes back ----------------------------------------------------------------------------

    def _looked(self, found: tuple[OnBehalf, ...]) -> None:
        self._read, self._other = found, False
        self._set_busy(False)
        if found:
            self.view.period.set_value(found[0].period.code)
        self.view.show_read(found)
        self._page.head_changed.emit()

    def _taken(self, found: tuple[OnBehalf, ...]) -> None:
        self._set_busy(False)
        self._tell_all()
        batches = sorted({each.batch for each in found if each.batch and not each.again})
        words = "已代录：" + "".join(each.words for each in found if not each.again)
        self._window.tell(words, partial(self._undo, batches) if batches else None)
        self.skip()

    def _undo(self, batches: Sequence[str]) -> None:
        gone = 0
        for batch in batches:
            gone += undo_on_behalf(self._office, batch).gone
        self._tell_all()
        self._window.tell(f"已撤销代录，{gone}条不再计入（历史里都在）。")

    def _failed(self, wrong: Exception) -> None:
        self._set_busy(False)
        self._read, self._other = (), isinstance(wrong, OtherTown)
        if isinstance(wrong, BehalfRefused):
            self.view.say(wrong.message, wrong=True)
            self._page.head_changed.emit()
            return
        if not isinstance(wrong, StoreProblem):
            raise wrong
        self._window.problem(Problem(what=wrong.message, safe=_NOT_CHANGED, code=wrong.code))

    def _stopped(self) -> None:
        self._set_busy(False)
        self._window.tell("已停止，没有代录。")

    def _tell_all(self) -> None:
        self._window.saved()
        self._window.hub.tell({cls.KIND for cls in kinds()})

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        for part in (self.view.town, self.view.period, self.view.ledger, self.view.beside):
            part.setEnabled(not busy)
        self._page.head_changed.emit()
