"""The list of referred matters and what it is narrowed by: chips of stages, township, unit."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.county.referrals.referred import ALL, BACK, LATE, OPEN, Referred, ReferredFilter, counts, kept
from lianxin.domain.casework.referral import REFERRAL_STAGE
from lianxin.ui.pieces.chip_filter import ChipFilter
from lianxin.ui.pieces.combo import FilterCombo
from lianxin.ui.table import Column

_LABELS = {
    OPEN: "未办结", "sent": "待交办", "again": "待重办", "assigned": "办理中", LATE: "超期", "answered": "待乡镇反馈",
    "upward": "已转报上级", BACK: "重办", "closed": "已办结", "unreached": "无法反馈", "returned": "已退回乡镇",
    "taken_back": "乡镇已收回", ALL: "全部",
}  # fmt: skip
_ALWAYS = (OPEN, "sent", "assigned", LATE, "answered", "closed", ALL)
_SORTS = {
    "town": lambda row: (row.town, row.number),
    "number": lambda row: (row.number, row.town),
    "arrived": lambda row: (row.arrived, row.uid),
    "unit": lambda row: (row.referral.unit, row.uid),
}


class ReferredFilters(ChipFilter):
    """未办结 first: what is over is one chip away."""

    def __init__(self) -> None:
        self.town = FilterCombo("乡镇", "全部乡镇")
        self.unit = FilterCombo("承办单位", "全部单位")
        super().__init__("转报办理状态", _LABELS, always=_ALWAYS, boxes=(self.town, self.unit))

    def chosen(self) -> ReferredFilter:
        """What is asked for now."""
        return ReferredFilter(self.code(), self.town.value(), self.unit.value())

    def offer(self, rows: Sequence[Referred]) -> None:
        """Offer the townships and units there are; what was chosen stays chosen."""
        self.town.offer(sorted({(row.town, row.code) for row in rows}, key=lambda each: each[1]))
        self.unit.offer([(unit, unit) for unit in sorted({row.referral.unit for row in rows} - {""})])

    def words(self) -> str:
        """石牌镇、县水利局承办、办理中: what the list is narrowed by, for a title."""
        stage = REFERRAL_STAGE.find(self.code())
        parts = [
            self.town.currentText() if self.town.value() else "",
            f"{self.unit.value()}承办" if self.unit.value() else "",
            stage.label if stage else "" if self.code() == ALL else _LABELS[self.code()],
        ]
        return "、".join(part for part in parts if part)


class ReferredSource:
    """A ListSource over the matters read last that meet `chosen`."""

    columns: Sequence[Column] = (
        Column("town", "乡镇", width=72),
        Column("number", "编号", width=108, drop=2),
        Column("title", "事项", stretch=True, width=220, sortable=False),
        Column("unit", "承办单位", width=104, look="soft", drop=1),
        Column("arrived", "收到", width=62, drop=3, note="县里收到这件转报的日期（月-日）"),
        Column("due", "期限", width=98, look="badge", note="下一步的最后期限；没有期限的写办理状态"),
    )

    def __init__(self) -> None:
        self.rows_known: tuple[Referred, ...] = ()
        self.chosen = ReferredFilter()
        self._by_uid: dict[str, Referred] = {}

    def take(self, rows: tuple[Referred, ...]) -> None:
        """Show these from now on."""
        self.rows_known = rows
        self._by_uid = {row.uid: row for row in rows}

    def row(self, uid: str) -> Referred | None:
        """One matter of the list, chosen or not."""
        return self._by_uid.get(uid)

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The uids in order: what is to be done first at the top, unless sorted otherwise."""
        rows = kept(self.rows_known, self.chosen, words)
        if sort == "due":
            dated = [row for row in rows if row.clock.due]
            dated.sort(key=lambda row: (str(row.clock.due), row.uid), reverse=descending)
            rows = [*dated, *(row for row in rows if not row.clock.due)]
        elif sort:
            rows.sort(key=_SORTS[sort], reverse=descending)
        return [row.uid for row in rows]

    def counts(self, words: str) -> dict[str, int]:
        """How many each chip keeps."""
        return counts(self.rows_known, self.chosen, words)

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these rows."""
        return [
            _cells(self._by_uid[key]) if key in self._by_uid else [""] * len(self.columns) for key in keys
        ]


def _cells(row: Referred) -> Sequence[str]:
    title = f"［重办{row.referral.rounds}次］{row.title}" if row.referral.rounds and row.open else row.title
    badge = row.badge
    if row.stage in ("sent", "again") and not row.late:
        badge = "待重办" if row.stage == "again" else "待交办"
    elif row.stage == "answered" and not row.late:
        badge = "待反馈"
    elif row.stage == "upward":
        badge = "等上级答复"
    return (row.town, row.number, title, row.referral.unit, f"{row.arrived:%m-%d}", badge)
