"""规则库: every time limit and count the office is measured by, with where it comes from; others before they count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from lianxin.domain.dates import show_day
from lianxin.domain.rule_differences import differences, rhythm
from lianxin.domain.rules import BASIS_LABEL, BadProfile, RuleProfile, rules_of
from lianxin.office.desk import Desk as Office
from lianxin.office.handed.rule_files import (
    ORIGIN_LABEL,
    ProfileAtHand,
    county_offer,
    profiles_at_hand,
    take_rule_file,
)
from lianxin.store.files import why_not
from lianxin.ui.asking.files import ask_open
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.card import Card
from lianxin.ui.pieces.chips import ChipRow
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.settings.lines import beside
from lianxin.ui.start.window_keeper import Keeper
from lianxin.ui.table import Column
from lianxin.ui.theme import px

_COLUMNS = (
    Column("label", "项目", 210, sortable=False),
    Column("value", "数值", 150, sortable=False),
    Column("basis", "性质", 90, look="soft", sortable=False, drop=1),
    Column("source", "依据", 120, stretch=True, sortable=False),
)
_CHANGES = (
    Column("label", "项目", 210, sortable=False),
    Column("now", "现在", 150, sortable=False, look="soft"),
    Column("then", "启用后", 150, sortable=False),
    Column("source", "依据", 260, stretch=True, sortable=False, drop=1),
)
AskFile = Callable[[QWidget], str]


class RulesSource:
    """A ListSource over the rules of a profile."""

    def __init__(self, profile: RuleProfile) -> None:
        self._rules = {name: (words, rule) for name, words, rule in rules_of(profile)}

    @property
    def columns(self) -> Sequence[Column]:
        """What it is, how much and how often, whether law or setting, and the text it stands in."""
        return _COLUMNS

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The rules that hold the words."""
        return [name for name, (said, rule) in self._rules.items() if words in said or words in rule.source]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these rules."""
        found = [self._rules[key] for key in keys]
        return [
            (said, rhythm(rule) + rule.shown, BASIS_LABEL[rule.basis], rule.source) for said, rule in found
        ]


class ChangesSource:
    """A ListSource over what another profile would change."""

    def __init__(self, now: RuleProfile, then: RuleProfile) -> None:
        self._changes = {each.name: each for each in differences(now, then)}

    @property
    def columns(self) -> Sequence[Column]:
        """What it is, how it reads now and then, and the text the new one stands in."""
        return _CHANGES

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The changes that hold the words."""
        return [name for name, each in self._changes.items() if words in each.label or words in each.source]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these changes."""
        found = [self._changes[key] for key in keys]
        return [(each.label, each.now, each.then, each.source) for each in found]

    def __len__(self) -> int:
        return len(self._changes)


class RulesSection(QWidget):
    """The rules in force; another profile shows what it would change, and counts only after 启用.

    What the county handed out is shown at once with its differences.
    """

    def __init__(self, office: Office, keeper: Keeper, *, ask_file: AskFile | None = None) -> None:
        super().__init__()
        self._office, self._keeper, self._ask_file = office, keeper, ask_file or _ask_file
        self._at_hand: dict[str, ProfileAtHand] = {}
        self.profiles = ChipRow((), name="规则库", numbered=False)
        self.profiles.chosen.connect(self.show_profile)
        self.told, self._note = label("", wrap=True), label("", "soft", wrap=True)
        self.offer, self.refused = label("", "doubt", wrap=True), label("", "problem", wrap=True)
        self.use = button("启用", act=self.switch)
        self._card = Card("采用哪里的规定")
        for widget in (self.offer, self.profiles, self.told, self._note, self.refused):
            self._card.add(widget)
        self._card.add(beside(self.use, button("导入规则库文件…", act=self.take_file), label("")))
        self.list = RecordList(RulesSource(office.profile), name="规则", unit="项")
        empty = EmptyWords("没有不同", "这份规则库的数值与现在采用的都一样。")
        now = office.profile
        self.changes = RecordList(ChangesSource(now, now), name="不同之处", unit="项", empty=empty)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.list)
        self._lists.addWidget(self.changes)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        box.addWidget(self._card)
        box.addWidget(self._lists, 1)
        self._read()
        offered = county_offer(office)
        self.offer.setText(
            f"县人大下发了新的规则库“{offered.profile.name}”（{offered.profile.version}），"
            "下面是与现在采用的不同之处，点“启用”才生效。"
            if offered
            else ""
        )
        self.offer.setVisible(offered is not None)
        self.show_profile(offered.profile.key if offered else office.profile.key)

    def refresh(self) -> None:
        """Read the table."""
        self.list.refresh()

    def show_profile(self, key: str) -> None:
        """Show the rules in force, or what another profile would change."""
        chosen = self._at_hand.get(key)
        profile = chosen.profile if chosen is not None else self._office.profile
        self.profiles.set_code(profile.key)
        checked = "已与现行文本核对" if profile.verified else "还没有与现行文本核对，请以文件为准"
        here = profile.key == self._office.profile.key
        said = f"{profile.name}，版本{profile.version}，{_whence(chosen)}，{checked}。"
        if chosen is not None and chosen.missing:
            said += f"文件里没有的{len(chosen.missing)}项按国家规定：{'、'.join(chosen.missing)}。"
        self._note.setText(profile.note)
        self._note.setVisible(bool(profile.note))
        self.use.setVisible(not here)
        if here:
            self.told.setText(f"现在采用：{said}")
            self._lists.setCurrentWidget(self.list)
            return
        changes = ChangesSource(self._office.profile, profile)
        self.told.setText(f"{said}与现在采用的“{self._office.profile.name}”有{len(changes)}项不同。")
        self.changes.set_source(changes)
        self._lists.setCurrentWidget(self.changes)

    def switch(self) -> None:
        """启用: from now on these rules count; the quiet bar has the way back."""
        key = self.profiles.code()
        if key and key != self._office.profile.key:
            self._keeper.set_profile(key)

    def take_file(self) -> None:
        """导入规则库文件: kept and shown with its differences; nothing counts yet."""
        name = self._ask_file(self)
        if name:
            self.read_file(Path(name))

    def read_file(self, file: Path) -> None:
        """Keep a file and show it, or say why not."""
        why = ""
        try:
            taken = take_rule_file(self._office, file)
        except BadProfile as wrong:
            why = str(wrong)
        except OSError as wrong:
            why = f"文件没有读出来：{why_not(wrong)}。"
        else:
            self._read()
            self.show_profile(taken.profile.key)
        kept = "" if "没有变" in why or not why else "原来的规则没有变。"
        self.refused.setText(why + kept)
        self.refused.setVisible(bool(why))

    def _read(self) -> None:
        self._at_hand = {each.profile.key: each for each in profiles_at_hand(self._office)}
        self.profiles.set_choices([(key, _chip(each)) for key, each in self._at_hand.items()])
        self.refused.setVisible(False)


def _chip(at_hand: ProfileAtHand) -> str:
    profile = at_hand.profile
    return (
        profile.name if at_hand.origin == "program" else f"{profile.name}（{ORIGIN_LABEL[at_hand.origin]}）"
    )


def _whence(at_hand: ProfileAtHand | None) -> str:
    if at_hand is None:
        return "文件不在本机"
    day = show_day(at_hand.day) if at_hand.day else ""
    return f"{day}{ORIGIN_LABEL[at_hand.origin]}"


def _ask_file(parent: QWidget) -> str:
    return ask_open(parent, "导入规则库文件", "规则库文件 (*.json)")
