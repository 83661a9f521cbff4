"""先练一遍: the steps beside the page, ticked when they were really done; it never stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from lianxin.domain.records import Opinion
from lianxin.office.desk import Desk as Office
from lianxin.office.safekeeping.practice import (
    COUNTY_STEPS,
    Practice,
    PracticeStep,
    begin_practice,
    practice_file,
    practice_now,
    put_practice_away,
)
from lianxin.ui.pages import BesideWidget, Desk
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.card import Card
from lianxin.ui.theme import px

_OFFER = (
    "这里的人和事都是虚构的，随便改，不影响以后正式使用。跟着做九步，就走完一件意见从登记到报送的全过程，大约一刻钟。"
    "随时可以停下，下次接着练。"
)
_COUNTY_OFFER = (
    "这里的三个乡镇都是虚构的，随便改，不影响以后正式使用。跟着做五步，就走完一个月：接收、审核、登记乡镇、回执、通报，"
    "大约十分钟。"
)
_COUNTY_END = "五步都做过了。正式使用时，从左下角“帮助”随时可以查手册。"
_WIDTH, _HEIGHT = 300, 156
_NO_LIMIT = 16_777_215
"""Qt's own greatest size of a widget."""
_END = "九步都做过了。正式使用时，从左下角“帮助”随时可以查手册。"


class PracticePanel(BesideWidget):
    """`closed` when the person puts it away; it stays where it is and can be taken up again from the help.

    `post(page, path)` when a page is to take in a file or a folder.
    """

    closed = Signal()
    post = Signal(str, object)

    def __init__(self, window: Desk, office: Office) -> None:
        super().__init__()
        self._narrow = False
        self._window, self._office = window, office
        self.shown: Practice | None = None
        self._card = Card("先练一遍")
        self._card.add_tool(button("收起", "link", act=self.put_away, hint="下次从“帮助”里接着练"))
        self._words = label("", "soft", wrap=True)
        self.begin_button = button("开始", act=self.begin)
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, px(4), 0)
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(4))
        self._grid.setColumnStretch(1, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        self._card.add(self._words)
        self._card.add(self.begin_button)
        self._scroll = scroll
        self._card.add(scroll, 1)
        self._whole = QVBoxLayout(self)
        self._whole.addWidget(self._card)
        self._made: list[QWidget] = []
        self.set_narrow(False)
        window.hub.follow((), lambda _kinds: self.look(), owner=self)
        self.look()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.setMinimumWidth(0 if narrow else px(_WIDTH))
        self.setMaximumWidth(_NO_LIMIT if narrow else px(_WIDTH))
        self.setMaximumHeight(px(_HEIGHT) if narrow else _NO_LIMIT)
        self._whole.setContentsMargins(px(20) if narrow else 0, px(4), px(20), px(8) if narrow else px(16))
        if self.shown is not None:
            self._show(self.shown)

    def look(self) -> None:
        """Read how far it is and show it."""
        found = practice_now(self._office)
        if found != self.shown:
            self.shown = found
            self._show(found)

    def begin(self) -> None:
        """From now on counts."""
        begin_practice(self._office)
        self.look()

    def take_up(self) -> None:
        """Shown again, where it was left."""
        put_practice_away(self._office, False)
        self.look()
        self.show()

    def put_away(self) -> None:
        """Not shown by itself any more."""
        put_practice_away(self._office)
        self.hide()
        self.closed.emit()

    def lead(self, step: PracticeStep) -> None:
        """带我去: the page of a step, with the matter that is practised on."""
        if self.shown is not None and not self.shown.begun:
            self.begin()
        matter = self.shown.matter if self.shown is not None else ""
        if step.way == "post":
            self.post.emit(step.page, practice_file(self._office.store.home, step))
        elif step.way == "begin":
            self._window.begin(step.page)
        elif step.way == "matter" and matter:
            self._window.open_record(Opinion.KIND, matter)
        else:
            self._window.go(step.page)

    def _show(self, found: Practice) -> None:
        for old in self._made:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        steps, county = found.steps, found.steps == COUNTY_STEPS
        over = found.begun and found.next_step == len(steps)
        done = sum(found.done)
        under_way = found.begun and not over
        self._card.set_heading("先练一遍", f"做了{done}步，共{len(steps)}步" if under_way else "")
        offer, end = (_COUNTY_OFFER, _COUNTY_END) if county else (_OFFER, _END)
        self._words.setText(end if over else offer)
        self._words.setVisible(not under_way)
        self.begin_button.setText("再练一遍" if over else "开始")
        self.begin_button.setVisible(over or not found.begun)
        self._scroll.setVisible(found.begun or not self._narrow)
        self._made = self._rows(found)
        self._grid.setRowStretch(len(steps) * 3, 1)

    def _rows(self, found: Practice) -> list[QWidget]:
        made: list[QWidget] = []
        for place, (step, done) in enumerate(zip(found.steps, found.done, strict=True)):
            if self._narrow and not (found.begun and place == found.next_step):
                continue
            made += self._row(place, step, done, current=found.begun and place == found.next_step)
        return made

    def _row(self, place: int, step: PracticeStep, done: bool, *, current: bool) -> Sequence[QWidget]:
        mark = label("✓" if done else str(place + 1), "good" if done else "soft")
        mark.setAccessibleName("已完成" if done else f"第{place + 1}步")
        title = label(step.title, "heading" if current else "soft" if done else "plain", wrap=True)
        lead = button("带我去", "link", act=partial(self.lead, step))
        lead.setAccessibleName(f"{step.title}，带我去")
        top = place * 2
        self._grid.addWidget(mark, top, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(title, top, 1)
        self._grid.addWidget(lead, top, 2)
        if not current:
            return (mark, title, lead)
        words = label(step.words, "plain", wrap=True)
        self._grid.addWidget(words, top + 1, 1, 1, 2)
        return (mark, title, lead, words)
