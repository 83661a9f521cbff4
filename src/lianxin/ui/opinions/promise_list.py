"""承诺台账 as a mode of 意见建议办理: every promise with its dates in the list's place, its matter at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lianxin.domain import codes
from lianxin.domain.casework.standing import DEPUTIES_TRACKS
from lianxin.domain.dates import show_day_numeric
from lianxin.office.case_papers.promised import PromiseLine, promise_ledger, promise_lines
from lianxin.office.desk import Desk
from lianxin.ui.jobs import Jobs
from lianxin.ui.pieces import button, label
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.table import Column
from lianxin.ui.theme import px

_COLUMNS = (
    Column("number", "编号", width=108, sortable=False),
    Column("promise", "承诺事项", stretch=True, width=150, sortable=False),
    Column("unit", "承办单位", width=96, sortable=False, drop=1, look="soft"),
    Column("made", "承诺", width=94, sortable=False, drop=4, note="作出承诺的答复日期"),
    Column("due", "期限", width=94, sortable=False, note="承诺完成的期限；没有写期限的，是下一次核实的日期"),
    Column("done", "完成", width=94, sortable=False, drop=2, note="实际完成的日期"),
    Column("replied", "再次答复", width=94, sortable=False, drop=3),
    Column("second", "二次评价", width=76, sortable=False, drop=2),
    Column("state", "情况", width=92, look="badge", sortable=False),
)


class PromiseSource:
    """A ListSource over promises; a ledger of an office holds some hundreds at most."""

    columns = _COLUMNS

    def __init__(self, office: Desk, *, deputies: bool) -> None:
        self._office, self._deputies = office, deputies
        self._lines: Mapping[str, PromiseLine] = {}

    def keys(self, _sort: str, _descending: bool, words: str) -> Sequence[str]:
        """The uids of the replies that promise something, those that come back first."""
        with self._office.store.reading() as reading:
            lines = promise_lines(self._office, reading, self._office.today())
        own = [line for line in lines if (line.opinion.track in DEPUTIES_TRACKS) == self._deputies]
        found = {line.promise.reply.uid: line for line in own if line.holds(words)}
        self._lines = found
        return list(found)

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these promises."""
        return [_cells(line) if (line := self._lines.get(key)) else [""] * len(_COLUMNS) for key in keys]

    def matter_of(self, key: str) -> str:
        """The matter on which a promise was made, "" for none."""
        line = self._lines.get(key)
        return line.opinion.uid if line else ""

    def lines(self) -> Sequence[PromiseLine]:
        """What the list shows now."""
        return list(self._lines.values())


def _cells(line: PromiseLine) -> list[str]:
    promise = line.promise
    done = promise.closed if promise.outcome == "kept" else None
    days = [
        show_day_numeric(day) if day else "" for day in (promise.reply.day, line.back or promise.due, done)
    ]
    return [
        line.number,
        promise.words,
        line.unit,
        *days,
        show_day_numeric(promise.replied) if promise.replied else "",
        codes.SATISFACTION.label_of(promise.second) if promise.second else "",
        line.badge,
    ]


class PromiseList(QWidget):
    """The list with its head. `picked(matter uid)` when another promise is chosen, `left` when the clerk goes back."""

    picked = Signal(str)
    left = Signal()
    export_asked = Signal()
    print_asked = Signal()

    def __init__(self, office: Desk, reads: Jobs, *, deputies: bool) -> None:
        super().__init__()
        self._office = office
        self.source = PromiseSource(office, deputies=deputies)
        self.list = RecordList(
            self.source,
            name="承诺台账",
            unit="项",
            reads=reads,
            empty=EmptyWords("还没有承诺事项", "登记答复时填写“承诺事项”，就会列在这里，到期提醒核实。"),
        )
        self.list.picked.connect(self._picked)
        self.list.counted.connect(self._counted)
        head = QHBoxLayout()
        head.addWidget(label("承诺台账", "heading"))
        head.addStretch(1)
        head.addWidget(button("导出 Excel", act=self.export_asked.emit))
        head.addWidget(button("打印", act=self.print_asked.emit))
        head.addWidget(button("返回意见列表  Esc", act=self.left.emit))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        box.addLayout(head)
        box.addWidget(self.list, 1)
        self.setFocusProxy(self.list)

    def workbook(self) -> bytes:
        """The 承诺事项台账 of what the list shows."""
        with self._office.store.reading() as reading:
            return promise_ledger(self._office, reading, self.source.lines())

    def _picked(self, key: str) -> None:
        self.picked.emit(self.source.matter_of(key))

    def _counted(self, shown: int) -> None:
        if shown and not self.list.current_key():
            self.list.select(self.list.model.key_at(0))
