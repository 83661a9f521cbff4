"""One deputy beside the roster: the person, each mandate, the groups, and what was done with days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from lianxin.domain.dates import show_day_numeric
from lianxin.domain.records import Mandate
from lianxin.office.roster import DeputyFile, Duty, Membership
from lianxin.ui.facts import FactSheet
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces import Act, FlowLayout, ScrollCard, act_button, button, label
from lianxin.ui.theme import px

_FACTS = ("sex", "nation", "born", "party", "schooling", "work", "phone", "address", "identity_number",
          "no_fixed_income", "remark")  # fmt: skip
_DUTIES_SHOWN = 12


class DeputyDetail(ScrollCard):
    """Shows one DeputyFile. The signals tell what was asked for; the page does it.

    `disclosed(wire)` when hidden data were shown, `history_asked(wire, point)` on right click on a fact.
    """

    disclosed = Signal(str)
    history_asked = Signal(str, QPoint)
    mandate_edit = Signal(str)
    mandate_state = Signal(str)
    mandate_add = Signal()
    group_join = Signal()
    group_leave = Signal(str)
    group_edit = Signal(str)
    opened = Signal(str, str)

    def __init__(self, lookup: Lookup) -> None:
        super().__init__()
        self.file: DeputyFile | None = None
        self._title = label("", "heading", wrap=True)
        self.body.insertWidget(0, self._title)
        self._facts = FactSheet(lookup=lookup)
        self._facts.disclosed.connect(self.disclosed)
        self._facts.history_asked.connect(self.history_asked)
        self._mandates, self._groups, self._duties = (
            _Section("代表资格"),
            _Section("代表小组"),
            _Section("履职情况"),
        )
        self._mandates.add_tool(button("增加资格", "link", act=self.mandate_add.emit))
        self._groups.add_tool(button("加入小组", "link", act=self.group_join.emit))
        self._warning = label("", "doubt", wrap=True)
        self.add(self._mandates)
        self.add(self._groups)
        self.add(self._warning)
        self.add(label("基本情况", "heading"))
        self.add(self._facts)
        self.add(self._duties)
        self.add_stretch()
        self._acts = QWidget()
        self._flow = FlowLayout(self._acts, gap=px(8))
        self.foot.addWidget(self._acts, 1)

    def show_file(self, file: DeputyFile, acts: list[Act], warning: str) -> None:
        """Show a deputy and what can be done."""
        self.file = file
        levels = f"{file.levels}人大代表" if file.levels else "已不在任"
        self._title.setText(f"{file.person.name}  {levels}")
        self.setAccessibleName(self._title.text())
        self._facts.set_record(file.person, [wire for wire in _FACTS if _told(file, wire)])
        self._mandates.clear()
        for mandate, words in zip(file.mandates, file.mandate_lines, strict=True):
            self._add_mandate(mandate, words)
        if not file.mandates:
            self._mandates.say("没有代表资格")
        self._groups.clear()
        for membership in file.groups:
            self._add_membership(membership)
        if not file.groups:
            self._groups.say("还没有编入代表小组")
        self._warning.setText(warning)
        self._warning.setVisible(bool(warning))
        self._show_duties(file)
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for act in acts:
            made = act_button(act)
            self._flow.addWidget(made)
            made.show()

    def texts(self) -> dict[str, str]:
        """What is on screen, by section, for those who look from outside."""
        return {
            "title": self._title.text(),
            "mandates": "\n".join(self._mandates.lines()),
            "groups": "\n".join(self._groups.lines()),
            "duties": "\n".join(self._duties.lines()),
            "warning": self._warning.text(),
            "facts": "\n".join(f"{name}：{value}" for name, value in self._facts.texts()),
        }

    def _add_mandate(self, mandate: Mandate, words: str) -> None:
        tools = [("修改", partial(self.mandate_edit.emit, mandate.uid))]
        tools.append(("状态变化", partial(self.mandate_state.emit, mandate.uid)))
        self._mandates.add_line(words, tools, soft=mandate.state != "serving")

    def _add_membership(self, membership: Membership) -> None:
        group, member = membership.group, membership.member
        role = f" · {member.shown('role')}" if member.role != "member" else ""
        words = f"{group.name}（{membership.size}人）{role}"
        tools: list[tuple[str, Callable[[], None]]] = [
            ("退出", partial(self.group_leave.emit, member.uid)),
            ("修改小组", partial(self.group_edit.emit, group.uid)),
        ]
        self._groups.add_line(words, tools)

    def _show_duties(self, file: DeputyFile) -> None:
        self._duties.set_note(f"排班接待日{file.receptions}次，登记接待{file.contacts}次")
        self._duties.clear()
        for duty in file.duties[:_DUTIES_SHOWN]:
            self._duties.add_row(duty, partial(self.opened.emit, duty.kind, duty.uid))
        more = len(file.duties) - _DUTIES_SHOWN
        if more > 0:
            self._duties.say(f"还有较早的{more}条")
        elif not file.duties:
            self._duties.say("还没有接待和联系群众的记录")


def _told(file: DeputyFile, wire: str) -> bool:
    return wire != "no_fixed_income" or file.person.no_fixed_income


class _Section(QWidget):
    """A heading with a word to press, and lines below it, each with its own words to press."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self._heading, self._note = label(heading, "heading"), label("", "soft")
        self._head = QHBoxLayout()
        self._head.setSpacing(px(8))
        self._head.addWidget(self._heading)
        self._head.addWidget(self._note)
        self._head.addStretch(1)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(2))
        self._grid.setColumnStretch(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(2))
        box.addLayout(self._head)
        box.addLayout(self._grid)
        self._lines: list[str] = []
        self._note.hide()

    def add_tool(self, widget: QWidget) -> None:
        """Put a word to press at the right of the heading."""
        self._head.addWidget(widget)

    def set_note(self, words: str) -> None:
        """Say something beside the heading."""
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def clear(self) -> None:
        """Take every line away."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._lines = []

    def say(self, words: str) -> None:
        """One soft line."""
        self._grid.addWidget(label(words, "soft", wrap=True), len(self._lines), 0, 1, 3)
        self._lines.append(words)

    def add_line(
        self, words: str, tools: Sequence[tuple[str, Callable[[], None]]], *, soft: bool = False
    ) -> None:
        """A line of words with what can be done to it."""
        row = len(self._lines)
        said = label(words, "soft" if soft else "plain", wrap=True)
        self._grid.addWidget(said, row, 0, 1, 2)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        holder = QWidget()
        holder.setLayout(line)
        for name, act in tools:
            made = button(name, "link", act=act)
            made.setAccessibleName(f"{name}：{words}")
            line.addWidget(made)
        self._grid.addWidget(holder, row, 2, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self._lines.append(words)

    def add_row(self, duty: Duty, act: Callable[[], None]) -> None:
        """Day, what it was, and a word that opens it."""
        row, top = len(self._lines), Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(label(f"{show_day_numeric(duty.day)}  {duty.act}", "soft"), row, 0)
        self._grid.addWidget(label(duty.words, wrap=True), row, 1)
        made = button("查看", "link", act=act)
        made.setAccessibleName(f"查看{show_day_numeric(duty.day)}{duty.act}")
        self._grid.addWidget(made, row, 2, top | Qt.AlignmentFlag.AlignRight)
        self._lines.append(f"{show_day_numeric(duty.day)} {duty.act} {duty.words}")

    def lines(self) -> list[str]:
        """The lines as shown."""
        return list(self._lines)
