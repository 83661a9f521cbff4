"""The figures as a list: this period beside the one before and the same of last year."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.domain.counts import Figure
from lianxin.domain.figures.of_period import NOTHING, Figures
from lianxin.office.figuring import FigureSheet
from lianxin.ui.pieces import ChipRow
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.table import Column
from lianxin.ui.theme import px

GROUPS = (
    ("return", "报表"), ("stations", "站点"), ("reception", "接待"), ("opinions", "意见"),
    ("judged", "评价"), ("suggestions", "建议"), ("activities", "活动"), ("all", "全部"),
)  # fmt: skip
_JUDGED = (
    "satisfied", "basically", "unsatisfied", "satisfaction_rate", "satisfaction_wide_rate", "first_time_rate",
    "unreturned", "satisfaction_all_rate", "asked_rate", "redone", "redo_rate", "result_a", "result_a_rate",
    "result_b", "result_b_rate", "result_c", "result_c_rate", "result_d", "result_d_rate", "solved_rate",
    "attitude_rate", "outcome_rate", "deputies_satisfaction_rate",
)  # fmt: skip
_OF_DEPUTIES = ("suggestions", "bills", "proposing", "co_handled")
_ACTIVITIES = ("year-report", "evaluation", "activity", "meeting", "honour", "publicity", "deed", "group")


def amount(figure: Figure) -> str:
    """6条, 50.0%, or a dash."""
    if figure.shown == NOTHING or figure.unit == "%":
        return figure.shown
    return f"{figure.shown}{figure.unit}"


class FigureSource:
    """A ListSource over the figures of one sheet; `group` narrows it."""

    def __init__(self, sheet: FigureSheet | None = None) -> None:
        self._sheet = sheet
        self.group = "return"

    @property
    def columns(self) -> Sequence[Column]:
        """The figure and its three amounts."""
        return (
            Column("label", "指标", stretch=True, sortable=False),
            Column("now", "本期", width=104, align="right", sortable=False),
            Column("before", "上一期", width=104, align="right", sortable=False, look="soft", drop=1),
            Column("year", "上年同期", width=104, align="right", sortable=False, look="soft", drop=2),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The figures of the group, in the order of the return."""
        if self._sheet is None:
            return []
        found = self._sheet.told.columns() if self.group == "return" else self._sheet.told.all
        return [
            figure.key
            for figure in found
            if (self.group in ("all", "return") or _group(figure) == self.group)
            and (not words or words in figure.label or words in figure.definition)
        ]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these figures."""
        assert self._sheet is not None
        sheet = self._sheet
        others = (sheet.before, sheet.year_before)
        return [
            (
                sheet.told[key].label,
                amount(sheet.told[key]),
                *(amount(told[key]) if _kept(told) else NOTHING for told in others),
            )
            for key in keys
        ]


class FigureList(RecordList):
    """The list with its groups; `show_sheet` shows another period."""

    def __init__(self) -> None:
        self.figures = FigureSource()
        super().__init__(
            self.figures, name="统计指标", unit="项", framed=False, filter_hint="找指标  Ctrl+F",
            empty=EmptyWords("没有这样的指标"),
        )  # fmt: skip
        self.groups = ChipRow(GROUPS, name="哪一类指标", numbered=False)
        self.groups.setMinimumHeight(px(40))
        self.groups.set_code("return")
        self.groups.chosen.connect(self._group_chosen)

    def show_sheet(self, sheet: FigureSheet) -> None:
        """Show the figures of another period; the group stays."""
        group = self.figures.group
        self.figures = FigureSource(sheet)
        self.figures.group = group
        self.set_source(self.figures)

    def _group_chosen(self, code: str) -> None:
        self.figures.group = code
        self.refresh()


def _group(figure: Figure) -> str:
    if figure.key in _JUDGED:
        return "judged"
    if figure.key.startswith(_OF_DEPUTIES):
        return "suggestions"
    if figure.kind in _ACTIVITIES or figure.key == "reported_rate":
        return "activities"
    if figure.kind in ("opinion", "supervision", "reply"):
        return "opinions"
    if figure.kind in ("contact", "reception-day", "rota") or figure.key in _BY_PERSON:
        return "reception"
    return "stations"


_BY_PERSON = ("participation_rate", "receptions_each")


def _kept(told: Figures) -> bool:
    """Whether the ledger reaches back to that period: a year that was never entered is not a year of zeros."""
    return any(told[key].uids for key in ("contact_persons", "reception_days", "opinions"))
