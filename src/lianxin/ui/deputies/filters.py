"""What the roster is narrowed by: chips of levels with their counts, group, district."""

from __future__ import annotations

from lianxin.domain.codes import LEVEL
from lianxin.domain.records import DeputyGroup, District, GroupMember
from lianxin.office.deputies.roster import ALL, ENDED, NO_STATION, RosterFilter
from lianxin.office.desk import Desk
from lianxin.ui.pieces.chip_filter import ChipFilter
from lianxin.ui.pieces.combo import FilterCombo

_LABELS = {
    ALL: "在任",
    **{code.code: code.label for code in LEVEL.codes},
    NO_STATION: "未进站",
    ENDED: "已不在任",
}
_ALWAYS = (ALL, "county", "township")


class RosterFilters(ChipFilter):
    """A chip nobody falls under is not there."""

    def __init__(self, office: Desk) -> None:
        self._office = office
        self.group = FilterCombo("代表小组", "全部小组")
        self.district = FilterCombo("选区", "全部选区")
        super().__init__("代表层级", _LABELS, always=_ALWAYS, boxes=(self.group, self.district))

    def chosen(self) -> RosterFilter:
        """What is asked for now."""
        return RosterFilter(self.code(), self.group.value(), self.district.value())

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
