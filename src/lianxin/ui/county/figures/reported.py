"""定稿与现数: what the signed returns said beside what the records say now, and what happened since."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.county.figures.as_reported import AsReported
from lianxin.domain.dates import show_day
from lianxin.office.desk import Desk as Office
from lianxin.ui.county.figures.sources import DifferenceSource
from lianxin.ui.figures.counted_list import CountedList
from lianxin.ui.pieces import Card, ChipRow, LineSection, TwoPanes, label
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.theme import px

_WHICH = (("other", "只看不一致"), ("all", "全部并列"))


class ReportedSection(QWidget):
    """`opened(kind, uid)` when a record that changed is to be shown."""

    opened = Signal(str, str)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._found: AsReported | None = None
        self.words = label("", "heading", wrap=True)
        self.which = ChipRow(_WHICH, name="看哪些", numbered=False)
        self.which.setMinimumHeight(px(40))
        self.which.set_code("other")
        self.which.chosen.connect(lambda _code: self._show_list())
        self._source = DifferenceSource()
        self.list = RecordList(
            self._source, name="定稿与现数", unit="处", framed=False, filter_hint="找乡镇或指标  Ctrl+F",
            empty=EmptyWords("没有不一致", "定稿的数和现在按记录统计的数都一样，或者还没有收到这一期的定稿报表。"),
        )  # fmt: skip
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        left = Card()
        left.add(self.words)
        left.add(self.which)
        left.add(self.list, 1)
        self._card = Card("选一处")
        self._causes = LineSection("可能的原因")
        self._report = label("", "soft", wrap=True)
        self.counted = CountedList(office)
        self.counted.opened.connect(lambda uid: self.opened.emit(self.counted.counted_source.kind, uid))
        self._card.add(self._report)
        self._card.add(self._causes)
        self._card.add(label("定稿以后新报或改过、又计入这个数的记录：", "soft"))
        self._card.add(self.counted, 1)
        self.panes = TwoPanes(left, self._card, names=("不一致", "原因"), shares=(3, 2), least=(430, 360))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.panes)

    def show_reported(self, found: AsReported) -> None:
        """Show another period."""
        self._found = found
        self.words.setText(found.words())
        self._show_list()

    def _opened(self, _key: str) -> None:
        self.panes.show_right()

    def focus_first(self) -> None:
        """The list."""
        self.list.setFocus()

    def go_back(self) -> bool:
        """Esc."""
        return self.panes.go_back()

    def _show_list(self) -> None:
        self._source = DifferenceSource(self._found, everything=self.which.code() == "all")
        self.list.set_source(self._source)
        self._picked(self.list.current_key())

    def _picked(self, key: str) -> None:
        found = self._found
        code, _, figure_key = key.partition(":")
        told = found.reported.get(code) if found is not None else None
        self._causes.clear()
        if found is None or told is None:
            self._card.set_heading("选一处")
            self._report.setText("左边选一处，这里说明定稿以后发生了什么。")
            self.counted.show_counted("opinion", ())
            return
        figure = found.current.whole[figure_key]
        self._card.set_heading(f"{told.town.name}　{figure.label}")
        way = "普通报送" if told.plain else "报送件"
        again = f"，这一期报过{told.versions}次，以最后一次为准" if told.versions > 1 else ""
        self._report.setText(f"定稿：{show_day(told.day)}{way}（第{told.seq}期）{again}。")
        difference = self._source.difference(key)
        for words in difference.causes if difference is not None else ("两个数一样。",):
            self._causes.say(words)
        self.counted.show_counted(figure.kind, difference.uids if difference is not None else ())
