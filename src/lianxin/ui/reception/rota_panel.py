"""轮值表: the coming reception days with their deputies, each changed in its line; on paper and as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lianxin.domain.dates import show_day_short, show_weekday
from lianxin.domain.periods import Period
from lianxin.office.desk import Desk as Office
from lianxin.office.reception.rota_table import RotaLine, days_on_holidays, rota_lines, span_words
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.chips import ChipRow
from lianxin.ui.pieces.scroll_card import ScrollCard
from lianxin.ui.reception.duty_line import DutyLine
from lianxin.ui.theme import px

_AHEAD_DAYS = 92


class RotaPanel(ScrollCard):
    """`day_wanted(uid)` to open a day; `arrived`, `asked`, `more_wanted(day)`, `proposal_wanted(day)` as on the
    day itself; `all_wanted(first, last)` for 全部重新安排; `settle_wanted(first, last)`;
    `leave_wanted` for a leave over a span; `printing(first, last, span in words, as Word)`.
    """

    day_wanted = Signal(str)
    arrived = Signal(str)
    asked = Signal(str, str)
    more_wanted = Signal(str)
    proposal_wanted = Signal(str)
    all_wanted = Signal(object, object)
    settle_wanted = Signal(object, object)
    printing = Signal(object, object, str, bool)
    rules_wanted = Signal()
    back = Signal()
    leave_wanted = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__("轮值表")
        self._office = office
        self.span = ChipRow(name="哪一段", numbered=False)
        self.span.chosen.connect(lambda _code: self.refresh())
        self.told = label("", wrap=True)
        self._settle = button("按规则顺延或取消", act=lambda: self.settle_wanted.emit(*self._ends()))
        self._lines = QWidget()
        self._box = QVBoxLayout(self._lines)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        above = QHBoxLayout()
        above.addWidget(self.told, 1)
        above.addWidget(self._settle)
        self.add(self.span)
        self.add_layout(above)
        self.add(self._lines)
        self.add_stretch()
        self.foot.addWidget(button(
            "全部重新安排", act=lambda: self.all_wanted.emit(*self._ends()),
            hint="次数少的优先、不连班、层级搭配；手工指定的、已到岗的、请假的保留",
        ))  # fmt: skip
        self.foot.addWidget(
            button("代表请假…", act=self.leave_wanted.emit, hint="一段时间里排到的接待日一次记请假")
        )
        self.foot.addWidget(
            button("打印轮值表（Word）", act=lambda: self.print_table(word=True), needs="look")
        )
        self.foot.addWidget(button("轮值表（Excel）", act=lambda: self.print_table(word=False)))
        self.foot.addWidget(button("接待日规则", act=self.rules_wanted.emit))
        self.foot.addWidget(button("返回登记", act=self.back.emit))
        self.foot.addStretch(1)
        self._set_spans()

    def refresh(self) -> None:
        """Read the rota of the chosen span."""
        first, last = self._ends()
        lines = rota_lines(self._office, first, last)
        self._told(lines, first, last)
        while self._box.count():
            item = self._box.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            self._box.addWidget(self._row(line))

    def choose(self, code: str) -> None:
        """Choose a span by its code; one that is not offered leaves what was chosen."""
        self.span.set_code(code)
        if not self.span.code():
            self.span.set_code("ahead")

    def words(self) -> list[str]:
        """What stands in each line: the day and its deputies."""
        found = []
        for place in range(self._box.count()):
            item = self._box.itemAt(place)
            widget = item.widget() if item is not None else None
            duty = widget.findChild(DutyLine) if widget is not None else None
            if widget is not None and duty is not None:
                found.append(f"{widget.accessibleName()}：{'、'.join(duty.words())}")
        return found

    def _told(self, lines: tuple[RotaLine, ...], first: date, last: date) -> None:
        short = [line for line in lines if line.open and not line.duties]
        off = days_on_holidays(self._office, first, last)
        warning = self._office.profile.calendar.warning(first, last)
        parts = [f"{len(lines)}个接待日"] if lines else ["这段时间还没有接待日，请到“接待日规则”里生成"]
        parts += [f"{len(short)}天还没有排代表"] if short else []
        parts += [f"{'、'.join(show_day_short(line.day.day) for line in off)}逢放假"] if off else []
        parts += [warning] if warning else []
        self.told.setText("；".join(parts))
        self._settle.setVisible(bool(off))

    def _row(self, line: RotaLine) -> QWidget:
        day = line.day
        row = QWidget()
        row.setObjectName("rotarow")
        row.setAccessibleName(show_day_short(day.day))
        box = QHBoxLayout(row)
        box.setContentsMargins(0, px(4), 0, px(4))
        box.setSpacing(px(10))
        when = button(
            f"{show_day_short(day.day)} {show_weekday(day.day).replace('星期', '周')}",
            "link",
            hint="打开这一天",
        )
        when.clicked.connect(self._emitting(self.day_wanted.emit, day.uid))
        when.setStyleSheet("text-align: left; padding-left: 0;")
        left = QWidget()
        left.setFixedWidth(px(140))
        told = QVBoxLayout(left)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(0)
        told.addWidget(when)
        if note := line.note():
            told.addWidget(label(note, "soft", wrap=True))
        duty = DutyLine(heading="", brief=True)
        duty.show_duties(line.duties, open_day=line.open)
        duty.arrived.connect(self.arrived)
        duty.asked.connect(self.asked)
        duty.more_wanted.connect(self._emitting(self.more_wanted.emit, day.uid))
        duty.proposal_wanted.connect(self._emitting(self.proposal_wanted.emit, day.uid))
        box.addWidget(left, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(duty, 1)
        return row

    @staticmethod
    def _emitting(emit: Callable[[str], None], uid: str) -> Callable[[], None]:
        return lambda: emit(uid)

    def print_table(self, *, word: bool) -> None:
        """Ask for the table of the chosen span."""
        first, last = self._ends()
        code = self.span.code()
        said = span_words(first, last) if code in ("", "ahead") else Period.parse(code).label
        self.printing.emit(first, last, said, word)

    # ---- spans ----------------------------------------------------------------------------------

    def _set_spans(self) -> None:
        today = self._office.today()
        months = [(today.replace(day=1) + timedelta(days=31 * step)).replace(day=1) for step in range(3)]
        quarter = Period.parse(f"{today.year}-Q{(today.month - 1) // 3 + 1}")
        choices = [("ahead", "今后三个月")]
        choices += [(f"{month:%Y-%m}", f"{month.month}月") for month in months]
        choices += [
            (quarter.code, quarter.label),
            (str(today.year), f"{today.year}年"),
            (str(today.year + 1), f"{today.year + 1}年"),
        ]
        self.span.set_choices(choices)
        self.span.set_code("ahead")

    def _ends(self) -> tuple[date, date]:
        code, today = self.span.code(), self._office.today()
        if code in ("", "ahead"):
            return today, today + timedelta(days=_AHEAD_DAYS)
        period = Period.parse(code)
        return period.start, period.end
