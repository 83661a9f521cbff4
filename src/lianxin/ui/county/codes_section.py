"""单位代码变更: renamed, merged: who goes on for a code that ended, and from which day."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.county.units import note_code_change
from lianxin.domain.dates import Unreadable, read_day, show_day
from lianxin.domain.records import CodeChange
from lianxin.office.desk import Desk as Office
from lianxin.office.trusting import code_changes
from lianxin.ui.county.key_work import KeyWork
from lianxin.ui.editors import LineEditor
from lianxin.ui.pages import Desk
from lianxin.ui.pieces import Card, button, label
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.settings.county_link_refusals import REFUSALS, told
from lianxin.ui.settings.lines import beside
from lianxin.ui.start.questions import Question, Questions
from lianxin.ui.table import Column
from lianxin.ui.theme import px

HOW = (
    "乡改镇、合并、划转以后区划代码变了，在这里写明哪个新代码接着用。以前报送的仍算原单位的，旧代码不再改意思；"
    "乡镇用新代码重新登记。"
)


class ChangeSource:
    """A ListSource over the changes."""

    def __init__(self, found: Sequence[CodeChange] = ()) -> None:
        self._found = {each.uid: each for each in found}

    @property
    def columns(self) -> Sequence[Column]:
        """The ended code, the one that goes on, the day."""
        return (
            Column("former", "原代码", width=120, sortable=False),
            Column("name", "原单位", stretch=True, sortable=False),
            Column("code", "新代码", width=120, sortable=False),
            Column("day", "生效日期", width=150, sortable=False),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """Oldest day first."""
        return list(self._found)

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these changes."""
        found = [self._found[key] for key in keys]
        return [(each.former, each.former_name or "", each.code, show_day(each.day)) for each in found]


class CodesSection(QWidget):
    """Three fields and the list of what was noted."""

    def __init__(self, window: Desk, office: Office) -> None:
        super().__init__()
        self._window, self._office = window, office
        self.questions = Questions(
            [
                Question("former", "原代码", LineEditor(width=px(160)), hint="9位"),
                Question("code", "新代码", LineEditor(width=px(160)), hint="9位"),
                Question("day", "生效日期", LineEditor(width=px(160), placeholder="如 2026.7.1")),
            ]
        )
        self.questions.finished.connect(self.note)
        self.work = KeyWork(window, self)
        card = Card("登记一次变更")
        card.add(label(HOW, "soft", wrap=True))
        card.add(self.questions)
        self.button = button("登记变更", act=self.note)
        card.add(beside(self.button))
        card.add(self.work.words)
        past = Card("登记过的变更")
        self.list = RecordList(
            ChangeSource(), name="代码变更", with_filter=False, framed=False,
            empty=EmptyWords("没有变更过", "区划代码变了才用得着。"),
        )  # fmt: skip
        self.list.setMinimumHeight(px(150))
        past.add(self.list, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        box.addWidget(card)
        box.addWidget(past, 1)

    def refresh(self) -> None:
        """Read the changes."""
        with self._office.store.reading() as reading:
            self.list.set_source(ChangeSource(code_changes(reading)))

    def note(self) -> None:
        """登记变更."""
        former, code = self.questions.text("former"), self.questions.text("code")
        typed = self.questions.text("day")
        problems = {
            key: "请填9位区划代码"
            for key, text in (("former", former), ("code", code))
            if not (len(text) == 9 and text.isascii() and text.isdigit())
        }
        day = None
        try:
            day = read_day(typed, today=self._office.today()).day
        except Unreadable as wrong:
            problems["day"] = str(wrong) if typed else "请填哪一天起用新代码，如 2026.7.1"
        if not self.questions.show_problems(problems) or day is None:
            return
        try:
            change = note_code_change(self._office, former=former, code=code, day=day)
        except REFUSALS as refused:
            self.work.say(told(refused), good=False)
            return
        for key in ("former", "code", "day"):
            self.questions.row(key).editor.set_text("")
        self.work.say(f"✓ {change.former} 自{show_day(change.day)}起由 {change.code} 接着用。", good=True)
        self._window.saved()
        self._window.hub.tell([CodeChange.KIND])
        self.refresh()
