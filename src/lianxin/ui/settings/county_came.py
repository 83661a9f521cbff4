"""县人大下发: what came down with the county's receipts, what is in it, and taking it into use here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.domain.dates import show_day, show_day_numeric
from lianxin.domain.handed_down import BadHanded
from lianxin.office.desk import Desk as Office
from lianxin.office.handed.handed_down import STANDING_WORDS, Came, take_into_use, what_came
from lianxin.office.paperwork.templates import TemplateRefused
from lianxin.ui.facts import FactSheet
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.card import Card
from lianxin.ui.pieces.scroll_card import ScrollCard
from lianxin.ui.pieces.two_panes import TwoPanes
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.settings.lines import beside
from lianxin.ui.start.window_keeper import Keeper
from lianxin.ui.table import Column
from lianxin.ui.theme import px
from lianxin.ui.written import tell_written

_NOTHING = EmptyWords(
    "县人大还没有下发过资料", "县里的意见小类、年度主题、文书模板等随回执一起来，接收回执以后列在这里。"
)
_SECTIONS = {"rules": "rules", "holidays": "holidays"}
"""Subjects with a section of their own in the settings."""


class CameSource:
    """A ListSource over what came."""

    def __init__(self, found: Sequence[Came] = ()) -> None:
        self._found = {each.uid: each for each in found}

    @property
    def columns(self) -> Sequence[Column]:
        """Kind, name, day, how it stands here."""
        return (
            Column("subject", "种类", width=104, sortable=False),
            Column("title", "名称", width=150, stretch=True, sortable=False),
            Column("day", "下发日期", width=104, sortable=False, drop=1),
            Column("standing", "本机", width=150, sortable=False, look="badge"),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """By kind, what was taken back last."""
        return [
            uid for uid, each in self._found.items() if not words or words in each.title + each.subject_label
        ]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these things."""
        found = [self._found[key] for key in keys]
        return [
            (each.subject_label, each.title, show_day_numeric(each.day), STANDING_WORDS[each.standing])
            for each in found
        ]

    def came(self, uid: str) -> Came | None:
        """One thing."""
        return self._found.get(uid)


class CountyCameSection(QWidget):
    """`go_to(section)` shows another section of the settings."""

    def __init__(self, window: Desk, office: Office, keeper: Keeper, go_to: Callable[[str], None]) -> None:
        super().__init__()
        self._window, self._office, self._keeper, self._go_to = window, office, keeper, go_to
        self._source = CameSource()
        self.list = RecordList(self._source, name="县人大下发的资料", unit="份", framed=False, empty=_NOTHING)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self.facts, self.words = FactSheet(), label("", wrap=True)
        self.problem = label("", "problem", wrap=True)
        self.take = button("采用", act=self.take_now)
        self.other = button("去看", act=self._go)
        left = Card()
        left.body.setContentsMargins(px(12), px(8), px(12), px(8))
        left.add(self.list, 1)
        self._card = ScrollCard("这一份")
        for part in (self.facts, self.words, self.problem, beside(self.take, self.other, QWidget())):
            self._card.add(part)
        self._card.add_stretch()
        self.panes = TwoPanes(
            left, self._card, names=("下发的资料", "这一份"), shares=(3, 2), least=(400, 320)
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.panes, 1)
        self._picked("")

    def refresh(self) -> None:
        """Read what came."""
        chosen = self.list.current_key()
        self._source = CameSource(what_came(self._office))
        self.list.set_source(self._source)
        keys = self._source.keys("", False, "")
        self.list.select(chosen if chosen in keys else keys[0] if keys else "")
        self._picked(self.list.current_key())

    def take_now(self) -> None:
        """采用 the chosen one."""
        found = self._source.came(self.list.current_key())
        if found is None:
            return
        try:
            changes = take_into_use(self._office, found.uid)
        except (BadHanded, TemplateRefused) as wrong:
            self._say(str(wrong))
            return
        if found.subject == "holidays":
            self._window.tell(f"已采用{found.title}")
            self._keeper.set_profile(self._office.profile.key)
            return
        tell_written(
            self._window, self._office, f"已采用县人大下发的{found.title}", changes, shown=self.refresh
        )

    def _opened(self, _uid: str) -> None:
        self.panes.show_right()

    def _picked(self, uid: str) -> None:
        found = self._source.came(uid)
        self._say("")
        self._card.set_heading(found.title if found is not None else "这一份")
        self.words.setText(found.words if found is not None else "")
        self.take.setVisible(found is not None and found.standing == "offered")
        self.other.setVisible(found is not None and found.subject in _SECTIONS)
        if found is None:
            self.facts.set_facts(())
            return
        self.other.setText("去“规则库”看…" if found.subject == "rules" else "去“放假安排”看…")
        facts = [
            ("种类", found.subject_label),
            ("版本", f"{found.version}　{show_day(found.day)}".strip()),
            ("来源", found.source),
            ("本机", STANDING_WORDS[found.standing]),
        ]
        self.facts.set_facts([fact for fact in facts if fact[1]])

    def _go(self) -> None:
        found = self._source.came(self.list.current_key())
        if found is not None and found.subject in _SECTIONS:
            self._go_to(_SECTIONS[found.subject])

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
