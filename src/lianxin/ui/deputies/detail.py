"""One deputy beside the roster: the person, each mandate, the groups, and what was done with days."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Signal

from lianxin.domain.dates import show_day_numeric
from lianxin.domain.records import Mandate
from lianxin.office.deputies.roster import DeputyFile, Membership
from lianxin.ui.facts import FactSheet
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces import Act, ActFlow, LineSection, ScrollCard, button, label

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
            LineSection("代表资格"),
            LineSection("代表小组"),
            LineSection("履职情况"),
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
        self._acts = ActFlow()
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
        self._acts.show_acts(acts)

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
            self._duties.add_row(
                show_day_numeric(duty.day),
                duty.act,
                duty.words,
                partial(self.opened.emit, duty.kind, duty.uid),
            )
        more = len(file.duties) - _DUTIES_SHOWN
        if more > 0:
            self._duties.say(f"还有较早的{more}条")
        elif not file.duties:
            self._duties.say("还没有接待和联系群众的记录")


def _told(file: DeputyFile, wire: str) -> bool:
    return wire != "no_fixed_income" or file.person.no_fixed_income
