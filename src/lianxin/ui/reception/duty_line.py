"""接待代表 of the day: a chip each, with what can be said about them in its menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from lianxin.office.reception.days import OnDuty
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.flow import FlowLayout
from lianxin.ui.theme import px


class DutyLine(QWidget):
    """`arrived(rota)` when 到岗 is said; `asked(word, rota)` for leave, span, substitute, absent, back, change, off;
    `more_wanted` for one more deputy, `proposal_wanted` for 自动安排.
    """

    arrived = Signal(str)
    asked = Signal(str, str)
    more_wanted = Signal()
    proposal_wanted = Signal()

    def __init__(self, *, heading: str = "接待代表", brief: bool = False) -> None:
        """`brief` leaves out 待到岗, which every line of a rota to come would say."""
        super().__init__()
        self._brief = brief
        self._flow = FlowLayout(self, gap=px(6))
        self._chips: list[QPushButton] = []
        title = label(heading)
        title.setMinimumHeight(px(34))
        if heading:
            self._flow.addWidget(title)
        self._more = button("＋ 手工指定", "link", hint="指定一名代表，自动安排时不会换掉")
        self._more.clicked.connect(self.more_wanted)
        self._propose = button(
            "自动安排", "link", hint="按接待次数少的优先、不连班、层级搭配；手工指定的保留"
        )
        self._propose.clicked.connect(self.proposal_wanted)
        for widget in (self._more, self._propose):
            self._flow.addWidget(widget)

    def show_duties(self, duties: Sequence[OnDuty], *, open_day: bool) -> None:
        """Show these; a day that is over is still corrected by the menus, but not proposed for."""
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(duty) for duty in duties]
        for widget in (*self._chips, self._more, self._propose):
            self._flow.removeWidget(widget)
            self._flow.addWidget(widget)
            widget.show()
        self._propose.setVisible(open_day)
        self.updateGeometry()

    def words(self) -> list[str]:
        """What the chips say."""
        return [chip.text() for chip in self._chips]

    def chips(self) -> list[QPushButton]:
        """The chips, in order."""
        return list(self._chips)

    def _chip(self, duty: OnDuty) -> QPushButton:
        rota = duty.rota
        here = rota.attendance in ("present", "substituted")
        words = duty.called() if self._brief and rota.attendance == "planned" else duty.words()
        chip = button(("✓ " if here else "") + words, "chip", hint="按空格键选到岗、请假、替班")
        chip.setParent(self)
        menu = QMenu(chip)
        for words, act in self._acts(duty):
            menu.addAction(words).triggered.connect(act)
        chip.setMenu(menu)
        return chip

    def _acts(self, duty: OnDuty) -> list[tuple[str, Callable[[], None]]]:
        uid, state = duty.rota.uid, duty.rota.attendance
        acts: list[tuple[str, Callable[[], None]]] = []
        if state != "present":
            acts.append(("到岗", partial(self.arrived.emit, uid)))
        acts.append(("请假或替班…", partial(self.asked.emit, "leave", uid)))
        acts.append(("请假多天…", partial(self.asked.emit, "span", uid)))
        if state != "absent":
            acts.append(("缺席", partial(self.asked.emit, "absent", uid)))
        if state != "planned":
            acts.append(("恢复为待到岗", partial(self.asked.emit, "planned", uid)))
        acts.append(("换人…", partial(self.asked.emit, "change", uid)))
        acts.append(("不在今天接待", partial(self.asked.emit, "off", uid)))
        return acts
