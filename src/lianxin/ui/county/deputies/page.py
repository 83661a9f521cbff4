"""代表 of the county: the merged roster by level and township, and one person in several levels to be confirmed."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from lianxin.county.deputies import (
    CountyDeputies,
    county_deputies,
    decide_same,
    deputies_xlsx,
    take_decision_back,
)
from lianxin.domain.codes import LEVEL
from lianxin.domain.records import Mandate, Person, SamePerson
from lianxin.office.access.access_log import note_field
from lianxin.office.desk import Desk
from lianxin.ui.county.deputies.sources import EMPTY, DeputySource, QuestionSource
from lianxin.ui.facts import FactSheet
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head, Page
from lianxin.ui.pieces import Act, Card, ChipRow, FilterCombo, ScrollCard, TwoPanes, button, label
from lianxin.ui.printing import paper_folder, print_beside
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.settings.lines import beside
from lianxin.ui.theme import px
from lianxin.ui.written import tell_written

ROSTER, SAME = "roster", "same"
_SHOWN = ("name", "sex", "nation", "born", "party", "schooling", "work", "phone", "address")
NEVER_MERGED = "两边的记录都不动，只记下县里的认定；认定错了可以撤回。"
_EMPTY = EmptyWords("还没有代表", "乡镇报送代表名册，或在“台账”里导入县级以上代表以后，列在这里。")
_NO_QUESTION = EmptyWords(
    "没有要确认的", "姓名相同，出生年月、电话后4位或工作单位也相同的，列在这里请您确认。"
)


class DeputiesPage(Page):
    """Left the roster or the questions, right the chosen one."""

    def __init__(self, window: Window, office: Desk) -> None:
        super().__init__(window)
        self.office, self._told = office, EMPTY
        self.view = ChipRow(((ROSTER, "名册"), (SAME, "同一人")), name="看哪一样", numbered=False)
        self.view.set_code(ROSTER)
        self.view.chosen.connect(self.show_view)
        self.summary = label("", "soft", wrap=True)
        self.level, self.town = FilterCombo("层级", "全部层级"), FilterCombo("单位", "全部单位")
        for box in (self.level, self.town):
            box.currentIndexChanged.connect(self._narrowed)
        self._source, self._pairs = DeputySource(), QuestionSource()
        self.list = RecordList(
            self._source, name="全县代表", unit="个代表资格", framed=False, empty=_EMPTY,
            filter_hint="姓名、拼音首字母、单位  Ctrl+F",
        )  # fmt: skip
        self.list.add_tool(self.level)
        self.list.add_tool(self.town)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self.pairs = RecordList(self._pairs, name="可能是同一人", unit="对", framed=False, empty=_NO_QUESTION)
        self.pairs.picked.connect(self._pair_picked)
        self.pairs.opened.connect(self._opened)
        self.panes = TwoPanes(
            self._left(), self._right(), names=("列表", "这一位"), shares=(3, 2), least=(470, 340)
        )
        self.body.addWidget(self.view)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.panes, 1)
        self.follow()

    def head(self) -> Head:
        """Nothing is written on this page but what the county holds of two records."""
        return Head("代表", None, (Act("导出 Excel", self.print_now, "Ctrl+P", hint="列出的这些，电话遮盖"),))

    def refresh(self) -> None:
        """Read the roster, on the worker of readings."""
        self.read(partial(county_deputies, self.office), self._show)

    def show_view(self, view: str) -> None:
        """名册 or 同一人."""
        self.view.set_code(view)
        self._lists.setCurrentIndex(view == SAME)
        self._one.setVisible(view == ROSTER)
        self._pair.setVisible(view == SAME)
        self._heading()

    def open_record(self, kind: str, uid: str) -> None:
        """A person, a mandate, or what was decided of two."""
        self.show_view(SAME if kind == SamePerson.KIND else ROSTER)
        if kind == Mandate.KIND:
            self.list.select(uid)
        elif kind == Person.KIND:
            self.list.select(next((row.uid for row in self._told.rows if row.person == uid), ""))
        self.panes.show_right()

    def focus_first(self) -> None:
        """The list."""
        self._shown_list().setFocus()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self._shown_list().focus_filter()

    def go_back(self) -> bool:
        """Esc."""
        return self.panes.go_back()

    def print_now(self) -> None:
        """Ctrl+P: what is listed, as a workbook."""
        rows, office = self._source.shown(self.list.filter_words()), self.office
        print_beside(
            self.desk, "正在生成代表名册", lambda: ("全县各级人大代表名册.xlsx", deputies_xlsx(office, rows)),
            paper_folder(), owner=self,
        )  # fmt: skip

    def confirm(self) -> None:
        """是同一人."""
        self._decide(same=True)

    def refuse(self) -> None:
        """不是同一人."""
        self._decide(same=False)

    def take_back(self) -> None:
        """撤回 the chosen decision."""
        found = self._pairs.decided(self.pairs.current_key())
        if found is not None:
            changes = take_decision_back(self.office, found.record.uid)
            tell_written(self.desk, self.office, "已撤回认定", changes, shown=self.refresh)

    def _decide(self, *, same: bool) -> None:
        found = self._pairs.question(self.pairs.current_key())
        if found is not None:
            changes = decide_same(self.office, found.likely, same=same)
            words = "已记下：是同一人" if same else "已记下：不是同一人"
            tell_written(self.desk, self.office, words, changes, shown=self.refresh)

    def _left(self) -> QWidget:
        card = Card()
        card.body.setContentsMargins(px(12), px(8), px(12), px(8))
        self._lists = QStackedWidget()
        for part in (self.list, self.pairs):
            self._lists.addWidget(part)
        card.add(self._lists, 1)
        return card

    def _right(self) -> QWidget:
        self._card = ScrollCard("这一位")
        self.facts = FactSheet(lookup=StoreLookup(self.office))
        self.facts.disclosed.connect(self._disclosed)
        self.hint = label("", "problem", wrap=True)
        self.pair_facts, self.pair_hint = FactSheet(), label("", "problem", wrap=True)
        self.same_button = button("是同一人", act=self.confirm)
        self.different_button = button("不是同一人", act=self.refuse)
        self.back_button = button("撤回认定", act=self.take_back)
        acts = beside(self.same_button, self.different_button, self.back_button, QWidget())
        never = label(NEVER_MERGED, "soft", wrap=True)
        self._one, self._pair = (
            _column(self.hint, self.facts),
            _column(self.pair_facts, self.pair_hint, never, acts),
        )
        self._pair.hide()
        for part in (self._one, self._pair):
            self._card.add(part)
        self._card.add_stretch()
        return self._card

    def _show(self, told: CountyDeputies) -> None:
        self._told = told
        levels = {row.level for row in told.rows}
        self.level.offer([(code.label, code.code) for code in LEVEL.codes if code.code in levels])
        self.town.offer(told.towns)
        open_count = len(told.questions)
        self.view.set_words(["名册", f"同一人（{open_count}对待确认）" if open_count else "同一人"])
        self.summary.setText(_summary(told))
        self._narrowed()
        self._pairs = QuestionSource(told)
        chosen = self.pairs.current_key()
        self.pairs.set_source(self._pairs)
        keys = self._pairs.keys("", False, "")
        self.pairs.select(chosen if chosen in keys else keys[0] if keys else "")
        self._pair_picked(self.pairs.current_key())

    def _narrowed(self) -> None:
        self._source = DeputySource(self._told, level=self.level.value(), code=self.town.value())
        chosen = self.list.current_key()
        self.list.set_source(self._source)
        keys = self._source.keys("", False, self.list.filter_words())
        self.list.select(chosen if chosen in keys else keys[0] if keys else "")
        self._picked(self.list.current_key())

    def _picked(self, key: str) -> None:
        row = self._source.row(key)
        with self.office.store.reading() as reading:
            person = reading.get(Person, row.person) if row is not None else None
        if row is None or person is None:
            self.facts.set_facts(())
            self.hint.setText("")
        else:
            self.facts.set_record(person, _SHOWN)
            for each in self._told.of(row.person):
                self.facts.add_fact(
                    f"{each.level_label}人大代表", _seat(each.town, each.delegation, each.state)
                )
            self.hint.setText(self._told.hints.get(row.person, ""))
        self.hint.setVisible(bool(self.hint.text()))
        self._heading()

    def _pair_picked(self, key: str) -> None:
        question, decided = self._pairs.question(key), self._pairs.decided(key)
        facts: list[tuple[str, str]] = []
        if question is not None:
            facts = [
                ("其一", question.one), ("其二", question.other), ("依据", "、".join(question.likely.reasons)),
                ("不同", "、".join(question.likely.against)),
            ]  # fmt: skip
        elif decided is not None:
            facts = [
                ("其一", decided.one), ("其二", decided.other), ("依据", decided.record.reasons or ""),
                ("认定", decided.record.shown("verdict")),
            ]  # fmt: skip
        self.pair_facts.set_facts([fact for fact in facts if fact[1]])
        hint = f"如果是同一人：{question.hint}" if question is not None and question.hint else ""
        self.pair_hint.setText(hint)
        self.pair_hint.setVisible(bool(hint))
        self.same_button.setVisible(question is not None)
        self.different_button.setVisible(question is not None)
        self.back_button.setVisible(decided is not None)

    def _heading(self) -> None:
        row = self._source.row(self.list.current_key())
        name = row.name if row is not None else "这一位"
        self._card.set_heading("是不是同一人" if self.view.code() == SAME else name)

    def _shown_list(self) -> RecordList:
        return self.pairs if self.view.code() == SAME else self.list

    def _opened(self, _key: str) -> None:
        self.panes.show_right()

    def _disclosed(self, wire: str) -> None:
        row = self._source.row(self.list.current_key())
        note_field(self.office, Person, row.person if row else "", wire)


def _column(*parts: QWidget) -> QWidget:
    holder = QWidget()
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        box.addWidget(part)
    return holder


def _seat(town: str, delegation: str, state: str) -> str:
    return " · ".join(part for part in (town, delegation, state) if part)


def _summary(told: CountyDeputies) -> str:
    serving = [row for row in told.rows if row.serving]
    counts = [
        f"{code.label}{sum(row.level == code.code for row in serving):,}"
        for code in LEVEL.codes
        if any(row.level == code.code for row in serving)
    ]
    if not counts:
        return ""
    towns = len({row.code for row in told.rows if len(row.code) > 6})
    hint = f"；{len(told.hints)}人同时在两个乡镇任职，请核对" if told.hints else ""
    return (
        f"{towns}个乡镇报来的和县里登记的在任代表：{'、'.join(counts)}。同一人各单位分别列出，不合并{hint}。"
    )
