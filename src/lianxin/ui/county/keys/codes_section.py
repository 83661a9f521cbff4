"""单位代码变更: renamed, merged, split: who goes on for a code that ended, from which day, late files until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.county.units import forget_code_change, note_code_change, take_files_until
from lianxin.domain.codes import CODE_CHANGE
from lianxin.domain.dates import Unreadable, read_day, show_day, show_day_numeric
from lianxin.domain.records import CodeChange
from lianxin.office.desk import Desk as Office
from lianxin.office.trust.trusting import code_changes
from lianxin.ui.asking.questions import Question, Questions
from lianxin.ui.county.keys.key_work import KeyWork
from lianxin.ui.editors import ChipsEditor, LineEditor
from lianxin.ui.pages import Desk
from lianxin.ui.pieces import Card, button, label
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.settings.county_link_refusals import REFUSALS, told
from lianxin.ui.settings.lines import beside
from lianxin.ui.table import Column
from lianxin.ui.theme import px
from lianxin.ui.written import tell_written

HOW = (
    "乡改镇、合并、拆分以后区划代码变了，在这里写明哪个新代码接着用。生效日期以前结束的月份、年度仍算原单位的，"
    "以后的算新单位的，旧代码不再改意思；乡镇用新代码重新登记。拆成几个单位的，每个新单位登记一条，"
    "都选“拆分”，原单位留下的资料算到先登记的那一个。只改名称、代码不变的，不用登记。"
    "原代码迟到的报送件收到“代收到”那天，以后来的另存待查。"
)
_CODES = (("former", "原代码"), ("code", "新代码"))
_DAYS = (("day", True), ("until", False))


class ChangeSource:
    """A ListSource over the changes."""

    def __init__(self, found: Sequence[CodeChange] = ()) -> None:
        self._found = {each.uid: each for each in found}

    @property
    def columns(self) -> Sequence[Column]:
        """The ended code, the one that goes on, the day, until when late files come in."""
        return (
            Column("change", "种类", width=70, sortable=False),
            Column("former", "原代码", width=104, sortable=False),
            Column("name", "原单位", width=120, stretch=True, sortable=False, drop=1),
            Column("code", "新代码", width=104, sortable=False),
            Column("day", "生效日期", width=104, sortable=False),
            Column("until", "代收到", width=104, sortable=False),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """Oldest day first."""
        return list(self._found)

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these changes."""
        return [_cells(self._found[key]) for key in keys]

    def change(self, key: str) -> CodeChange | None:
        """One change."""
        return self._found.get(key)


class CodesSection(QWidget):
    """One sheet of questions and the list of what was noted."""

    def __init__(self, window: Desk, office: Office) -> None:
        super().__init__()
        self._window, self._office = window, office
        self._source = ChangeSource()
        kinds = [(code.code, code.label) for code in CODE_CHANGE.codes]
        day = "如 2026.7.1"
        self.questions = Questions(
            [
                Question("change", "种类", ChipsEditor(kinds)),
                Question("former", "原代码", LineEditor(width=px(160)), hint="9位"),
                Question("code", "新代码", LineEditor(width=px(160)), hint="9位"),
                Question(
                    "name", "新单位", LineEditor(width=px(240), placeholder="如 石牌街道"), required=False,
                    hint="并入原有单位的不用填",
                ),
                Question("day", "生效日期", LineEditor(width=px(160), placeholder=day)),
                Question(
                    "until", "代收到", LineEditor(width=px(160), placeholder=day), required=False,
                    hint="不填一直收",
                ),
            ]
        )  # fmt: skip
        self.questions.row("change").editor.set_text("renamed")
        self.questions.finished.connect(self.note)
        self.work = KeyWork(window, self)
        card = Card("登记一次变更")
        card.add(label(HOW, "soft", wrap=True))
        card.add(self.questions)
        self.button = button("登记变更", act=self.note)
        card.add(beside(self.button))
        card.add(self.work.words)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        box.addWidget(card)
        box.addWidget(self._past(), 1)

    def refresh(self) -> None:
        """Read the changes."""
        with self._office.store.reading() as reading:
            self._source = ChangeSource(code_changes(reading))
        chosen = self.list.current_key()
        self.list.set_source(self._source)
        self.list.select(chosen)
        self._picked(self.list.current_key())

    def note(self) -> None:
        """登记变更."""
        typed = {key: self.questions.text(key) for key in ("former", "code", "name", "day", "until")}
        problems = {
            key: "请填9位区划代码"
            for key, _ in _CODES
            if not (len(typed[key]) == 9 and typed[key].isascii() and typed[key].isdigit())
        }
        days: dict[str, date | None] = {}
        for key, required in _DAYS:
            days[key], problem = self._day(typed[key], required=required)
            problems |= {key: problem} if problem else {}
        day = days["day"]
        if not self.questions.show_problems(problems) or day is None:
            return
        try:
            change = note_code_change(
                self._office, former=typed["former"], code=typed["code"], day=day, name=typed["name"],
                change=self.questions.text("change") or "renamed", until=days["until"],
            )  # fmt: skip
        except REFUSALS as refused:
            self.work.say(told(refused), good=False)
            return
        for key in typed:
            self.questions.row(key).editor.set_text("")
        self.work.say(f"✓ {change.former} 自{show_day(change.day)}起由 {change.code} 接着用。", good=True)
        self._written()

    def change_until(self) -> None:
        """改代收日期 of the chosen change to what is typed."""
        chosen = self._source.change(self.list.current_key())
        if chosen is None:
            return
        until, problem = self._day(self.until.text(), required=False)
        try:
            if problem:
                self.told.say(problem, good=False)
                return
            take_files_until(self._office, chosen.uid, until)
        except REFUSALS as refused:
            self.told.say(told(refused), good=False)
            return
        words = f"收到{show_day(until)}为止" if until else "一直收"
        self.told.say(f"✓ 原代码 {chosen.former} 的报送件{words}；另存待查的可以再收一次。", good=True)
        self._written()

    def forget(self) -> None:
        """删去 the chosen change."""
        chosen = self._source.change(self.list.current_key())
        if chosen is not None:
            changes = forget_code_change(self._office, chosen.uid)
            words = f"已删去 {chosen.former} 的变更"
            tell_written(self._window, self._office, words, changes, shown=self.refresh)

    def _past(self) -> Card:
        past = Card("登记过的变更")
        self.list = RecordList(
            self._source, name="代码变更", with_filter=False, framed=False,
            empty=EmptyWords("没有变更过", "区划代码变了才用得着。"),
        )  # fmt: skip
        self.list.setMinimumHeight(px(150))
        self.list.picked.connect(self._picked)
        self.told = KeyWork(self._window, self)
        self.until = LineEditor(width=px(140), placeholder="代收到哪天")
        self.until_button = button("改代收日期", act=self.change_until)
        self.forget_button = button("删去这条", act=self.forget, hint="登记错了的；可以撤销")
        past.add(self.list, 1)
        past.add(beside(self.until, self.until_button, self.forget_button, QWidget()))
        past.add(self.told.words)
        return past

    def _picked(self, key: str) -> None:
        chosen = self._source.change(key)
        for each in (self.until, self.until_button, self.forget_button):
            each.setEnabled(chosen is not None)
        self.until.set_text(show_day_numeric(chosen.until) if chosen is not None and chosen.until else "")

    def _day(self, typed: str, *, required: bool) -> tuple[date | None, str]:
        if not typed.strip():
            return None, "请填哪一天起用新代码，如 2026.7.1" if required else ""
        try:
            return read_day(typed, today=self._office.today()).day, ""
        except Unreadable as wrong:
            return None, str(wrong)

    def _written(self) -> None:
        self._window.saved()
        self._window.hub.tell([CodeChange.KIND])
        self.refresh()


def _cells(each: CodeChange) -> Sequence[str]:
    until = show_day_numeric(each.until) if each.until else "一直收"
    return (
        each.shown("change"), each.former, each.former_name or "", each.code, show_day_numeric(each.day), until,
    )  # fmt: skip
