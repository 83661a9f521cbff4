"""What the roster is narrowed by: chips of levels with their counts, group, district."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.domain.codes import LEVEL
from lianxin.domain.records import DeputyGroup, District, GroupMember
from lianxin.office.desk import Desk
from lianxin.office.roster import ALL, ENDED, NO_STATION, RosterFilter
from lianxin.ui.opinions.filters import FilterCombo
from lianxin.ui.pieces import ChipRow, button
from lianxin.ui.theme import px

_LABELS = {
    ALL: "在任",
    **{code.code: code.label for code in LEVEL.codes},
    NO_STATION: "未进站",
    ENDED: "已不在任",
}
_ALWAYS = (ALL, "county", "township")


class RosterFilters(QWidget):
    """`changed` whenever a person chooses something else. A chip nobody falls under is not there."""

    changed = Signal()

    def __init__(self, office: Desk) -> None:
        super().__init__()
        self._office = office
        self._counts: Mapping[str, int] | None = None
        self._offered: tuple[str, ...] = ()
        self.chips = ChipRow(name="代表层级", numbered=False)
        self.chips.chosen.connect(self._told)
        self.group = FilterCombo("代表小组", "全部小组")
        self.district = FilterCombo("选区", "全部选区")
        self._clear = button("清除筛选", "link", act=self.clear)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        for combo in (self.group, self.district):
            combo.currentIndexChanged.connect(self._told)
            line.addWidget(combo)
        self.combos = QWidget()
        self.combos.setLayout(line)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        box.addWidget(self.chips, 1)
        box.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignTop)
        self._show_chips()
        self.chips.set_code(ALL)
        self._clear.hide()

    def chosen(self) -> RosterFilter:
        """What is asked for now."""
        return RosterFilter(self.chips.code() or ALL, self.group.value(), self.district.value())

    def clear(self) -> None:
        """Ask for everybody in office again."""
        self.group.reset()
        self.district.reset()
        self.chips.set_code(ALL)
        self._told()

    def choose_level(self, key: str) -> None:
        """Choose a chip and tell about it, as if pressed."""
        self._show_chips(also=key)
        self.chips.set_code(key)
        self._told()

    def read_choices(self) -> None:
        """Offer the groups (with how many are in them) and districts known now."""
        with self._office.store.reading() as reading:
            sizes: dict[str, int] = {}
            for member in reading.all(GroupMember):
                sizes[member.group] = sizes.get(member.group, 0) + 1
            groups = [
                (f"{one.name}（{sizes.get(one.uid, 0)}人）", one.uid) for one in reading.all(DeputyGroup)
            ]
            districts = [(one.name or one.number, one.uid) for one in reading.all(District)]
        self.group.offer(groups)
        self.district.offer(districts)

    def show_counts(self, counts: Mapping[str, int] | None) -> None:
        """Write the counts on the chips; None while they are being counted."""
        self._counts = counts
        self._show_chips()

    def counts(self) -> Mapping[str, int]:
        """The counts on the chips."""
        return self._counts or {}

    def _show_chips(self, also: str = "") -> None:
        counts, now = self._counts or {}, self.chips.code()
        keys = tuple(key for key in _LABELS if key in _ALWAYS or key in (now, also) or counts.get(key))
        words = [
            _LABELS[key] if self._counts is None else f"{_LABELS[key]} {counts.get(key, 0):,}" for key in keys
        ]
        if keys == self._offered:
            self.chips.set_words(words)
        else:
            self._offered = keys
            self.chips.set_choices(list(zip(keys, words, strict=True)))

    def _told(self) -> None:
        self._clear.setVisible(self.chosen() != RosterFilter())
        self.changed.emit()
