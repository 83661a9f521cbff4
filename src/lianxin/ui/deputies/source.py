"""The list of deputies: one line a person, levels together."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.office.deputies.roster import Line, Roster, RosterFilter, roster, roster_lines
from lianxin.office.desk import Desk
from lianxin.ui.table import Column

COLUMNS = (
    Column("name", "姓名", width=84),
    Column("sex", "性别", width=48, sortable=False, drop=4),
    Column("levels", "代表层级", width=88, sortable=False),
    Column("district", "选区", width=92, sortable=False, drop=1),
    Column("work", "工作单位及职务", stretch=True, width=130, sortable=False),
    Column("phone", "联系电话", width=118, sortable=False, drop=3),
    Column("station", "进站站点", width=110, sortable=False, drop=2, look="soft"),
)


class RosterSource:
    """A ListSource over the people who meet `chosen`, which may be changed before the list is refreshed."""

    def __init__(self, office: Desk) -> None:
        self._office = office
        self.chosen = RosterFilter()

    @property
    def columns(self) -> Sequence[Column]:
        """The columns in order."""
        return COLUMNS

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The uids in order; run on the worker of readings."""
        return self.read(self.chosen, words, sort, descending).uids

    def read(self, chosen: RosterFilter, words: str, sort: str = "", descending: bool = False) -> Roster:
        """The people and the counts of the chips."""
        with self._office.store.reading() as reading:
            return roster(reading, chosen, words=words, sort=sort, descending=descending)

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these people."""
        with self._office.store.reading() as reading:
            lines = roster_lines(reading, keys)
        return [_cells(lines.get(key)) for key in keys]


def _cells(line: Line | None) -> list[str]:
    if line is None:
        return [""] * len(COLUMNS)
    return [line.name, line.sex, line.levels, line.district, line.work, line.phone, line.station]
