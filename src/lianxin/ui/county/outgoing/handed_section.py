"""下发资料 on 回执与下发资料: what stands and who has it; put in, handed down again, taken back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.county.outgoing.handed_down import HandedThing, hand_down, handed_things, withdraw
from lianxin.county.outgoing.receipts import receipt_towns
from lianxin.domain.dates import show_day
from lianxin.domain.handed_down import BadHanded
from lianxin.office.desk import Desk
from lianxin.office.paperwork.templates import TemplateRefused
from lianxin.store.files import why_not
from lianxin.ui.county.keys.root_box import AskFile, ask_file
from lianxin.ui.county.outgoing.blank_button import blank_button
from lianxin.ui.county.outgoing.handed_editor import SUBJECTS, HandedEditor
from lianxin.ui.county.outgoing.handed_source import HandedSource, to_words
from lianxin.ui.facts import FactSheet
from lianxin.ui.jobs import Latest
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pieces import Card, ChipRow, ScrollCard, TwoPanes, button, label
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.settings.lines import beside
from lianxin.ui.theme import px
from lianxin.ui.written import tell_written

WHERE = "随下一次回执发到乡镇，乡镇接收回执以后看到。放假安排在“设置与密钥—放假安排”里下发；作废名单、续发的证书自动下发。乡镇下次报送时，这里就知道它已收到。"
_MOST_NAMES = 12


@dataclass(frozen=True)
class Shown:
    """What was read for the section."""

    things: tuple[HandedThing, ...]
    towns: dict[str, str]


class HandedSection(QWidget):
    """`changed` when the main act is another one. `file_asked` stands for the dialog."""

    changed = Signal()

    def __init__(self, window: Window, office: Desk, *, file_asked: AskFile = ask_file) -> None:
        super().__init__()
        self._window, self.office = window, office
        self._source, self._towns, self._latest = HandedSource(), dict[str, str](), Latest(self)
        self.list = RecordList(
            self._source, name="下发资料", unit="份", framed=False,
            empty=EmptyWords("还没有下发过资料", "在右边选一种，填好内容，随下一次回执发到乡镇。"),
        )  # fmt: skip
        self.blank = blank_button(window, office)
        self.list.add_tool(self.blank)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self.subject = ChipRow(tuple(SUBJECTS.items()), name="下发哪一种", numbered=False)
        self.subject.chosen.connect(self.begin)
        self.editor = HandedEditor(office, file_asked=file_asked)
        self.facts = FactSheet()
        self.problem = label("", "problem", wrap=True)
        self.send_button = button("下发", act=self.send)
        self.again_button = button("改版，重新下发…", act=self.begin_again)
        self.withdraw_button = button(
            "收回", act=self.take_back, hint="随下一次回执从乡镇撤下，乡镇已经采用的不受影响"
        )
        self.panes = TwoPanes(
            self._left(), self._right(), names=("已下发的", "这一份"), shares=(3, 2), least=(460, 380)
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.panes, 1)

    def refresh(self) -> None:
        """Read what stands, on the worker of readings."""
        office = self.office

        def work() -> Shown:
            things = handed_things(office)
            with office.store.reading() as reading:
                return Shown(things, dict(receipt_towns(reading, office.store.now())))

        self._latest.read(self._window.reads, work, self._show)

    def begin(self, subject: str) -> None:
        """A new one of this kind in the editor."""
        self.subject.set_code(subject)
        self.editor.open_subject(subject)
        self._say("")
        self._show_editor(True)
        self.panes.show_right()
        self.editor.focus_first()

    def begin_again(self) -> None:
        """改版: the chosen one in the editor."""
        thing = self._source.thing(self.list.current_key())
        if thing is None or thing.subject not in SUBJECTS:
            return
        codes = [code for code, name in self._towns.items() if name in thing.to]
        self.begin(thing.subject)
        try:
            self.editor.open_thing(thing, codes)
        except BadHanded as wrong:
            self._say(str(wrong))

    def send(self) -> None:
        """下发 what stands in the editor."""
        try:
            handings = self.editor.handings()
            changes = hand_down(self.office, *handings)
        except (BadHanded, TemplateRefused) as wrong:
            self._say(str(wrong))
            return
        except OSError as wrong:
            self._say(f"模板文件读不出来（{why_not(wrong)}），没有下发。")
            return
        if not changes:
            self._say("和已经下发的一样，没有改动。")
            return
        self._say("")
        self._show_editor(False)
        words = (
            f"已下发{handings[0].title if len(handings) == 1 else f'{len(handings)}份'}，随下一次回执发到乡镇"
        )
        tell_written(self._window, self.office, words, changes, shown=self.refresh)

    def take_back(self) -> None:
        """收回 the chosen one."""
        thing = self._source.thing(self.list.current_key())
        if thing is None:
            return
        try:
            changes = withdraw(self.office, thing.key)
        except BadHanded as wrong:
            self._say(str(wrong))
            return
        tell_written(self._window, self.office, f"已收回{thing.title}", changes, shown=self.refresh)

    def go_back(self) -> bool:
        """Esc: from the editor to the chosen one, from there to the list."""
        if self._editing:
            self._show_editor(False)
            return True
        return self.panes.go_back()

    def _left(self) -> QWidget:
        card = Card()
        card.body.setContentsMargins(px(12), px(8), px(12), px(8))
        card.add(self.list, 1)
        card.add(label(WHERE, "soft", wrap=True))
        return card

    def _right(self) -> QWidget:
        self._card = ScrollCard("这一份")
        self._card.add(label("下发一份新的", "soft"))
        self._card.add(self.subject)
        for part in (self.editor, self.problem, self.facts):
            self._card.add(part)
        self._acts = beside(self.again_button, self.withdraw_button, QWidget())
        self._card.add(self._acts)
        self._sending = beside(self.send_button, button("不下发了", "link", act=self._leave), QWidget())
        self._card.add(self._sending)
        self._card.add_stretch()
        self._editing = False
        self._say("")
        self._show_editor(False)
        return self._card

    def _show(self, found: Shown) -> None:
        self._towns = found.towns
        self.editor.offer_towns(found.towns)
        self._source = HandedSource(found.things)
        chosen = self.list.current_key()
        self.list.set_source(self._source)
        keys = self._source.keys("", False, "")
        self.list.select(chosen if chosen in keys else keys[0] if keys else "")
        self._picked(self.list.current_key())

    def _opened(self, _key: str) -> None:
        self.panes.show_right()

    def _picked(self, key: str) -> None:
        thing = self._source.thing(key)
        if thing is None:
            self.facts.set_facts(())
        else:
            self.facts.set_facts([fact for fact in _facts(thing) if fact[1]])
        if not self._editing:
            self._show_editor(False)

    def _show_editor(self, shown: bool) -> None:
        self._editing = shown
        thing = self._source.thing(self.list.current_key())
        for part in (self.editor, self._sending):
            part.setVisible(shown)
        self.facts.setVisible(not shown and thing is not None)
        self._acts.setVisible(not shown and thing is not None)
        own = thing is not None and thing.subject in SUBJECTS
        self.again_button.setVisible(own)
        self.withdraw_button.setVisible(thing is not None and thing.subject != "revocations")
        self._card.set_heading("下发一份" if shown else thing.title if thing is not None else "这一份")
        if not shown:
            self.subject.set_code("")
        self.changed.emit()

    def _leave(self) -> None:
        self._show_editor(False)

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))


def _facts(thing: HandedThing) -> list[tuple[str, str]]:
    return [
        ("种类", thing.subject_label),
        ("版本", f"{thing.version}　{show_day(thing.day)}".strip()),
        ("来源", thing.source),
        ("下发给", "、".join(thing.to) if 1 < len(thing.to) <= _MOST_NAMES else to_words(thing)),
        ("已收到", _names(thing.has)),
        ("已写进回执", _names(thing.told)),
        ("待写回执", _names(thing.waits)),
        ("提醒", "县里的规则库已有变化，请重新下发。" if thing.stale else ""),
    ]


def _names(names: tuple[str, ...]) -> str:
    if len(names) <= _MOST_NAMES:
        return "、".join(names)
    return f"{'、'.join(names[:_MOST_NAMES])}等{len(names)}个"
