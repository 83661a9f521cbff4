"""Top of 各乡镇报送情况: the first line of the morning, what is behind it, the line to paste, and the period."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from lianxin.county.returns.overview import Overview
from lianxin.county.returns.overview_words import detail_line, head_line, missing_line
from lianxin.domain.periods import Period
from lianxin.ui.pieces import Card, ChipRow, ElidedLabel, QuietCombo, button, label
from lianxin.ui.theme import px

MONTH, YEAR = "month", "year"
_EVERYBODY = "都报来了。"
_BESIDE = 900
"""Width at 100 % from which the first line and the period stand beside each other."""


class MatrixHead(Card):
    """`stepped(-1 or 1)` by arrows or Ctrl+←/→, `chosen(code of a period)`, `turned(month or year)`, `copied(words)`,
    `present_asked` for the month of today, `register_asked` for offices that stand in no register.
    """

    stepped = Signal(int)
    chosen = Signal(str)
    turned = Signal(str)
    copied = Signal(str)
    present_asked = Signal()
    register_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.body.setContentsMargins(px(16), px(10), px(12), px(10))
        self.body.setSpacing(px(4))
        self.first = label("", "title")
        self.first.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.detail = ElidedLabel("", "soft")
        self.line = ElidedLabel("")
        self.copy = button("复制", act=self._copy, hint="复制这句话，可以粘贴到工作群里")
        self.strangers = label("", "doubt")
        self.register = button("登记…", "link", act=self.register_asked.emit)
        self.view = ChipRow(((MONTH, "按月看"), (YEAR, "全年")), name="按月看还是全年", numbered=False)
        self.view.set_code(MONTH)
        self.view.chosen.connect(self.turned)
        self.back = button("◀", act=lambda: self.stepped.emit(-1), hint="前一个月  Ctrl+←")
        self.forth = button("▶", act=lambda: self.stepped.emit(1), hint="后一个月  Ctrl+→")
        self.back.setAccessibleName("前一个")
        self.forth.setAccessibleName("后一个")
        for made in (self.back, self.forth):
            made.setFixedWidth(px(40))
        self.periods = QuietCombo("看哪个时段")
        self.periods.setMinimumWidth(px(150))
        self.periods.activated.connect(lambda _place: self.chosen.emit(self.periods.value()))
        self.present = button("回到本月", "link", act=self.present_asked.emit)
        self._lay_out()
        for keys, act in (("Ctrl+Left", self.back), ("Ctrl+Right", self.forth)):
            QShortcut(QKeySequence(keys), self).activated.connect(act.click)

    def show_overview(self, told: Overview, *, present: Period) -> None:
        """Show the sentences of another overview."""
        self.first.setText(head_line(told))
        self.first.setAccessibleName(f"{told.period.label}，{head_line(told)}")
        self.detail.set_words(f"{told.period.label}　{detail_line(told)}".rstrip())
        line = missing_line(told)
        self.line.set_words(line or (_EVERYBODY if told.asked else ""))
        self.copy.setVisible(bool(line))
        self.strangers.setText(f"有{len(told.strangers)}个没有登记的单位报来了文件")
        self.strangers.setToolTip("\n".join(f"{each.name}（{each.code}）" for each in told.strangers))
        for part in (self.strangers, self.register):
            part.setVisible(bool(told.strangers))
        self.present.setVisible(told.period != present)
        self._offer(told)

    def show_view(self, code: str) -> None:
        """Say which of the two lists is shown."""
        self.view.set_code(code)
        span = "年" if code == YEAR else "个月"
        self.back.setToolTip(f"前一{span}  Ctrl+←")
        self.forth.setToolTip(f"后一{span}  Ctrl+→")

    def words(self) -> str:
        """The line to paste, "" when nobody is missing."""
        return "" if self.copy.isHidden() else self.line.words()

    def minimumSizeHint(self) -> QSize:
        return QSize(px(300), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(_BESIDE)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if way != self._top.direction():
            self._top.setDirection(way)

    def _offer(self, told: Overview) -> None:
        self.periods.blockSignals(True)
        self.periods.clear()
        for each in told.columns:
            self.periods.addItem(each.label, each.code)
        self.periods.blockSignals(False)
        self.periods.set_value(told.period.code)

    def _copy(self) -> None:
        self.copied.emit(self.words())

    def _lay_out(self) -> None:
        self.view.setFixedWidth(px(162))
        switch = QHBoxLayout()
        switch.setSpacing(px(6))
        for part in (self.present, self.view, self.back, self.periods, self.forth):
            switch.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        switch.addStretch(1)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(px(6))
        self._top.addWidget(self.first, 1)
        self._top.addLayout(switch)
        says = QVBoxLayout()
        says.setSpacing(px(2))
        says.addWidget(self.detail)
        paste = QHBoxLayout()
        paste.setSpacing(px(10))
        paste.addWidget(self.line)
        paste.addWidget(self.copy)
        paste.addStretch(1)
        says.addLayout(paste)
        odd = QHBoxLayout()
        odd.addWidget(self.strangers)
        odd.addWidget(self.register)
        odd.addStretch(1)
        says.addLayout(odd)
        self.add_layout(self._top)
        self.add_layout(says)
