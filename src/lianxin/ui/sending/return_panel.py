"""Right of the list: one returned record or file: why, since when, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from lianxin.domain.dates import show_day
from lianxin.office.county_asks import WholeReturn
from lianxin.office.returned import Returned
from lianxin.ui.facts import FactSheet
from lianxin.ui.pieces import Badge, ScrollCard, button, label
from lianxin.ui.theme import px

NOTHING = "在左边选一条，这里写明县人大为什么退回、怎么办。"
HOW = {
    "open": "打开这条记录改好，下次报送就带上；改以前的写法也留着。不用改的，打电话与县人大说明。",
    "corrected": "已经改好，报送以后县人大就能看到。",
    "sent": "改好的已经报送。两次的写法都留着，右键一栏可以看经过。",
}
WHOLE = "按意见改好以后，在“报送县人大”里重新定稿、送签、数字签名，报出新的一期；原来的一期也留着。"
WHOLE_DONE = "后面的一期已经报送。"
GONE = "这条记录不在本机，可能是另一台电脑登记的。"


class ReturnPanel(ScrollCard):
    """`record_asked` to open the record."""

    record_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.badge = Badge()
        self._title = label("", "heading", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self._title, 1)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        self._reason, self._how = label("", wrap=True), label("", "soft", wrap=True)
        self._reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts = FactSheet()
        self.open = button("打开这条记录", act=self.record_asked.emit)
        self.add_layout(head)
        for part in (self._reason, self._how, self.facts):
            self.add(part)
        self.add_stretch()
        self.foot.addWidget(self.open)
        self.foot.addStretch(1)
        self.show_row(None)

    def show_row(self, row: Returned | WholeReturn | None) -> None:
        """Show another one; None for none."""
        self.open.setVisible(isinstance(row, Returned) and bool(row.title))
        if isinstance(row, Returned):
            self._fill(
                f"{row.label}“{row.title or '本机没有的记录'}”", row.words, row.told.reason,
                HOW[row.standing] if row.title else GONE, [("退回日期", show_day(row.told.day))],
            )  # fmt: skip
        elif isinstance(row, WholeReturn):
            told = row.decision
            self._fill(
                f"整份报送件（{row.issue}）", "已改报" if row.done else "待重报", told.words or "原因见各条记录。",
                WHOLE_DONE if row.done else WHOLE,
                [("退回日期", show_day(told.day)), ("核对码", told.check_code)],
            )  # fmt: skip
        else:
            self._fill("", "", NOTHING, "", [])

    def said(self) -> str:
        """What stands there in words."""
        return f"{self._title.text()} {self._reason.text()} {self._how.text()}"

    def _fill(self, title: str, state: str, reason: str, how: str, facts: list[tuple[str, str]]) -> None:
        self._title.setText(title)
        self.badge.set_words(state)
        self._reason.setText(reason)
        self._how.setText(how)
        self.facts.set_facts(facts)
