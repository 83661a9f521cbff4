"""审核: passed, returned or taken in part; the reason stands beside the record it is about."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from lianxin.county.received.file_review import FileReview
from lianxin.county.received.records_told import RecordTold
from lianxin.ui.pieces import Badge, button, label
from lianxin.ui.theme import px

HOW = "在上面点一条记录，写原因，退回这一条；其余的照收。审核结果随下一份回执告诉乡镇，改报以后两次的都留着。"


class DecisionBox(QWidget):
    """`passed`, `whole_returned(words)`, `record_returned(record, reason)` ("" takes a return back).

    `accept` is the button of the first; whoever shows the box gives it its place.
    """

    passed = Signal()
    whole_returned = Signal(str)
    record_returned = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._record: RecordTold | None = None
        self._typed: dict[tuple[str, str], str] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        head = QHBoxLayout()
        head.addWidget(label("审核", "heading"))
        self.badge = Badge()
        head.addWidget(self.badge)
        head.addStretch(1)
        box.addLayout(head)
        # Stands in the line of buttons below the panel: most files need nothing else.
        self.accept = button("审核通过", act=self.passed.emit, hint="没有要改的，回执里写“通过”")
        self._how = label(HOW, "soft", wrap=True)
        self._about = label("", wrap=True)
        box.addWidget(self._how)
        box.addWidget(self._about)
        self.reason = self._line("这一条的退回原因", "这一条的退回原因，如：没有写明哪个组")
        self.give = button("退回这一条", act=self._give)
        self.take_back = button("不退回这一条", "link", act=self._take_back)
        box.addLayout(_beside(self.reason, self.give, self.take_back))
        self.words = self._line("整份的意见", "整份的意见，如：表头的月份不对")
        self.whole = button("整份退回修改", act=self._whole)
        box.addLayout(_beside(self.words, self.whole))
        self.reason.returnPressed.connect(self._give)
        self.reason.textEdited.connect(self._keep)
        self.words.returnPressed.connect(self._whole)

    def show_review(self, review: FileReview) -> None:
        """Show another file; hidden for one nobody can decide on."""
        decision = review.decided.decision
        self.setVisible(review.open)
        self.badge.set_words(review.decided.words or "未审核")
        self.accept.setVisible(review.open and (decision is None or decision.result != "passed"))
        self.accept.setText("改为通过" if decision is not None else "审核通过")
        self.words.setText((decision.words or "") if decision is not None else "")
        if self._record is not None:
            again = next((each for each in review.records if _same(each, self._record)), None)
            self.choose(again)
        else:
            self.choose(None)

    def choose(self, record: RecordTold | None, proposed: str = "") -> None:
        """The record the reason is about; `proposed` is what a hint would say."""
        self._record = record
        self._how.setVisible(record is None)
        for made in (self._about, self.reason, self.give):
            made.setVisible(record is not None)
        self.take_back.setVisible(record is not None and bool(record.reason))
        if record is not None:
            self._about.setText(f"{record.label}“{record.title}”")
            self.reason.setText(self._typed.get((record.kind, record.uid)) or record.reason or proposed)

    def _keep(self, words: str) -> None:
        """What was typed beside one record is there again when it is chosen again."""
        if self._record is not None:
            self._typed[(self._record.kind, self._record.uid)] = words

    def _give(self) -> None:
        reason = self.reason.text().strip()
        if self._record is not None and reason:
            self._typed.pop((self._record.kind, self._record.uid), None)
            self.record_returned.emit(self._record, reason)
        else:
            self.reason.setFocus()

    def _take_back(self) -> None:
        if self._record is not None:
            self._typed.pop((self._record.kind, self._record.uid), None)
            self.record_returned.emit(self._record, "")

    def _whole(self) -> None:
        self.whole_returned.emit(self.words.text().strip())

    def _line(self, name: str, hint: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(name)
        made.setPlaceholderText(hint)
        made.setMaxLength(500)
        return made


def _beside(line: QLineEdit, *buttons: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(px(8))
    row.addWidget(line, 1)
    for made in buttons:
        row.addWidget(made)
    return row


def _same(one: RecordTold, other: RecordTold) -> bool:
    return (one.kind, one.uid) == (other.kind, other.uid)
