"""The townships as two lists: one period with everything said of it, and the twelve months as marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lianxin.county.returns.overview import Overview, Row
from lianxin.county.returns.overview_table import period_cells, year_cells
from lianxin.store.search import readings_of
from lianxin.ui.pieces import ChipFilter
from lianxin.ui.table import Column

ALL = "all"
_KEPT: Mapping[str, Callable[[Row], bool]] = {
    ALL: lambda row: row.shown.state != "exempt",
    "missing": lambda row: row.shown.missing,
    "decide": lambda row: row.to_decide,
    "late": lambda row: row.tardy,
}
_LABELS = {ALL: "全部", "missing": "未报", "decide": "待确认", "late": "迟报"}
_FIRST_MONTH, _MONTHS = 1, 12
_RANK = {"refused": 1, "aside": 2, "held": 3, "taken_back": 4, "returned": 6}


class MatrixFilter(ChipFilter):
    """Chips by how the return stands, with their counts."""

    def __init__(self) -> None:
        super().__init__("报送情况", _LABELS, always=tuple(_LABELS), boxes=())


class _TownSource:
    """What both lists share: which townships are kept, found and in which order."""

    def __init__(self, told: Overview | None = None, kept: str = ALL) -> None:
        self.told, self.kept = told, kept
        self._rows = {each.town.code: each for each in told.rows} if told is not None else {}

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """Those that need something first; by the column 乡镇 in the order of the register."""
        keep = _KEPT[self.kept]
        found = [each for each in self._rows.values() if keep(each) and _found(each, words)]
        if sort != "town":
            found.sort(key=_urgency)
        if descending:
            found.reverse()
        return [each.town.code for each in found]

    def row(self, code: str) -> Row | None:
        """One township."""
        return self._rows.get(code)

    def counts(self) -> dict[str, int]:
        """How many each chip keeps."""
        return {key: sum(map(keep, self._rows.values())) for key, keep in _KEPT.items()}


class MonthSource(_TownSource):
    """A ListSource over one period."""

    @property
    def columns(self) -> Sequence[Column]:
        """Township, how it stands, number, what came in, receipt, stamped paper, source, next act."""
        return (
            Column("town", "乡镇", width=96, note="点一下按名册顺序排"),
            Column("state", "情况", width=126, look="badge", note="点一下把超期、待处理的排在前面"),
            Column("issue", "期次", width=102, sortable=False, drop=3),
            Column("brought", "核验并入", width=126, sortable=False, drop=2),
            Column("receipt", "回执", width=56, sortable=False, drop=4),
            Column("stamped", "盖章件", width=64, sortable=False, drop=5),
            Column("source", "来源", width=78, sortable=False, look="soft", drop=6),
            Column("act", "下一步", width=150, stretch=True, sortable=False, look="soft", drop=1),
        )

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these townships."""
        told = self.told
        return [period_cells(told, self._rows[key]) for key in keys] if told is not None else []


class YearSource(_TownSource):
    """A ListSource over the twelve months, with what was sent for longer periods in words."""

    @property
    def columns(self) -> Sequence[Column]:
        """Township, twelve marks, longer periods, how many months are in."""
        months = (
            Column(f"{at}", f"{at}月", width=46, align="centre", sortable=False)
            for at in range(1, _MONTHS + 1)
        )
        return (
            Column("town", "乡镇", width=92, note="点一下按名册顺序排"),
            *months,
            Column("longer", "季报年报", width=110, stretch=True, sortable=False, look="soft", drop=2),
            Column("sum", "已收", width=58, sortable=False, note="已收几个月／应收几个月", drop=1),
        )

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these townships."""
        return [year_cells(self._rows[key]) for key in keys]


def month_column(place: int) -> int | None:
    """Which month (1 to 12) a column of the year stands for; None for the others."""
    return place - _FIRST_MONTH + 1 if _FIRST_MONTH <= place < _FIRST_MONTH + _MONTHS else None


def column_of_month(month: int) -> int:
    """The column of a month (1 to 12)."""
    return _FIRST_MONTH + month - 1


def _urgency(row: Row) -> tuple[int, int]:
    """Overdue first, the longest before the others; then what waits for a person; what is in last."""
    if row.shown.missing:
        return (0, -row.late) if row.late else (7, 0)
    if row.shown.state == "in":
        return (5, 0) if row.questions or row.shown.trouble else (8, 0)
    return _RANK.get(row.shown.state, 9), 0


def _found(row: Row, words: str) -> bool:
    wanted = words.strip().casefold()
    if not wanted or wanted in row.town.name or wanted in row.town.code:
        return True
    return wanted.isascii() and any(wanted in each for each in readings_of(row.town.name))
