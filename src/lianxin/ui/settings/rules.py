"""规则库: every time limit and count the office is measured by, with where it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.bootstrap import known_profiles
from lianxin.domain.rules import BASIS_LABEL, RuleProfile, rules_of
from lianxin.office.desk import Desk as Office
from lianxin.ui.pieces.buttons import label
from lianxin.ui.pieces.card import Card
from lianxin.ui.pieces.chips import ChipRow
from lianxin.ui.record_list import RecordList
from lianxin.ui.start.window_keeper import Keeper
from lianxin.ui.table import Column
from lianxin.ui.theme import px

_COLUMNS = (
    Column("label", "项目", 230, sortable=False),
    Column("value", "数值", 90, align="right", sortable=False),
    Column("basis", "性质", 110, look="soft", sortable=False, drop=1),
    Column("source", "依据", 260, stretch=True, sortable=False),
)


class RulesSource:
    """A ListSource over the rules of a profile."""

    def __init__(self, profile: RuleProfile) -> None:
        self._rules = {name: (words, rule) for name, words, rule in rules_of(profile)}

    @property
    def columns(self) -> Sequence[Column]:
        """What it is, how much, whether law or setting, and the text it stands in."""
        return _COLUMNS

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The rules that hold the words."""
        return [name for name, (said, rule) in self._rules.items() if words in said or words in rule.source]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these rules."""
        found = [self._rules[key] for key in keys]
        return [(said, rule.shown, BASIS_LABEL[rule.basis], rule.source) for said, rule in found]


class RulesSection(QWidget):
    """Choose the rules of the province; the table shows them."""

    def __init__(self, office: Office, keeper: Keeper) -> None:
        super().__init__()
        self._office, self._keeper = office, keeper
        profile = office.profile
        self.profiles = ChipRow([(one.key, one.name) for one in known_profiles()], name="规则库")
        self.profiles.set_code(profile.key)
        self.profiles.chosen.connect(self._chosen)
        checked = "已与现行文本核对" if profile.verified else "还没有与现行文本核对，请以文件为准"
        card = Card("采用哪里的规定", note=f"{checked}（{profile.version}）")
        card.add(self.profiles)
        card.add(label(profile.note, "soft", wrap=True))
        self.list = RecordList(RulesSource(profile), name="规则", unit="项")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        box.addWidget(card)
        box.addWidget(self.list, 1)

    def refresh(self) -> None:
        """Read the table."""
        self.list.refresh()

    def _chosen(self, key: str) -> None:
        if key and key != self._office.profile.key:
            self._keeper.set_profile(key)
