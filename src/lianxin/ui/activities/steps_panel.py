"""步骤: the list before, during and after an activity; a tick says it was done today."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from lianxin.domain.codes import STEP_STAGE
from lianxin.domain.dates import show_day_short
from lianxin.domain.records import ActivityStep
from lianxin.office.desk import Desk as Office
from lianxin.office.meetings.activities import add_step, change_step, steps_of, tick_step
from lianxin.store.writing import Change
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.scroll_card import ScrollCard
from lianxin.ui.theme import px
from lianxin.ui.written import tell_written


class StepsPanel(ScrollCard):
    """Shows and keeps the steps of one activity. `changed` after every write."""

    changed = Signal()

    def __init__(self, window: Desk, office: Office) -> None:
        super().__init__("活动前、活动中、活动后")
        self._window, self._office, self._activity = window, office, ""
        self.boxes: dict[str, QCheckBox] = {}
        self._rows: list[QWidget] = []
        self._lines = QVBoxLayout()
        self.add_layout(self._lines)
        self.add_stretch()
        self._stage = "before"
        self.new_line = QLineEdit()
        self.new_line.setAccessibleName("加一项步骤")
        self.new_line.returnPressed.connect(self._add)
        self.foot.addWidget(self.new_line, 1)
        self._show_stage()

    def show_activity(self, uid: str) -> None:
        """Show the steps of this activity."""
        self._activity = uid
        self.refresh()

    def refresh(self) -> None:
        """Read the steps again."""
        focused = next((uid for uid, box in self.boxes.items() if box.hasFocus()), "")
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows, self.boxes = [], {}
        with self._office.store.reading() as reading:
            steps = steps_of(reading, self._activity) if self._activity else []
        for stage in STEP_STAGE.codes:
            heading = QWidget()
            line = QHBoxLayout(heading)
            line.setContentsMargins(0, px(6), 0, 0)
            line.addWidget(label(stage.label, "heading"), 1)
            line.addWidget(button("加一项", "link", act=partial(self._add_to, stage.code)))
            self._put(heading)
            for step in steps:
                if step.stage == stage.code:
                    self._put(self._row(step))
        if focused in self.boxes:
            self.boxes[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, row: QWidget) -> None:
        self._rows.append(row)
        self._lines.addWidget(row)

    def _row(self, step: ActivityStep) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        done = f"　{show_day_short(step.done)}" if step.done else ""
        by = f"（{step.by}）" if step.by else ""
        box = QCheckBox(f"{step.what}{by}{done}")
        box.setMinimumHeight(px(32))
        box.setChecked(step.done is not None)
        box.clicked.connect(lambda: self._ticked(step.uid, box.isChecked()))
        words = QLineEdit(step.what)
        words.setAccessibleName("步骤内容")
        words.hide()
        words.returnPressed.connect(lambda: self._changed(step.uid, words.text()))
        change = button("改", "link", hint="改写这一项；清空后回车就去掉")
        change.clicked.connect(lambda: self._edit(box, words))
        line.addWidget(box, 1)
        line.addWidget(words, 1)
        line.addWidget(change)
        self.boxes[step.uid] = box
        return row

    def _edit(self, box: QCheckBox, words: QLineEdit) -> None:
        box.hide()
        words.show()
        words.setFocus(Qt.FocusReason.OtherFocusReason)
        words.selectAll()

    def _add_to(self, stage: str) -> None:
        self._stage = stage
        self._show_stage()
        self.new_line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_stage(self) -> None:
        self.new_line.setPlaceholderText(f"＋ 在“{STEP_STAGE.label_of(self._stage)}”加一项，回车")

    def _add(self) -> None:
        words = self.new_line.text().strip()
        if words and self._activity:
            self.new_line.clear()
            self._write(
                lambda: add_step(self._office, self._activity, stage=self._stage, what=words), "已加一项"
            )

    def _ticked(self, uid: str, on: bool) -> None:
        day = self._office.today() if on else None
        self._write(lambda: tick_step(self._office, uid, day), "已打勾" if on else "已取消打勾")

    def _changed(self, uid: str, words: str) -> None:
        said = "步骤已改" if words.strip() else "已去掉一项"
        self._write(lambda: change_step(self._office, uid, words), said)

    def _write(self, act: Callable[[], tuple[Change, ...]], said: str) -> None:
        changes = act()
        if any(each.outcome != "same" for each in changes):
            tell_written(self._window, self._office, said, changes, shown=self._shown)
        else:
            self.refresh()

    def _shown(self) -> None:
        self.refresh()
        self.changed.emit()
