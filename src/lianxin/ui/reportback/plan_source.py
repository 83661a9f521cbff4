"""The table of a year of report-back: one row a deputy of the level."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lianxin.domain.codes import REPORT_MODE
from lianxin.office.desk import Desk
from lianxin.office.reportback.report_year_view import PlanLine, YearPlan, year_plan
from lianxin.ui.table import Column

COLUMNS = (
    Column("name", "姓名", 88),
    Column("district", "选区", 88, drop=2),
    Column("mode", "述职方式", 88),
    Column("state", "述职情况", 130, look="badge", sortable=False, stretch=True),
    Column("promises", "承诺", 56, align="right", note="完成的年初承诺 / 承诺总数"),
    Column("last", "上次口头", 100, look="soft", note="本届内最近一次口头述职", drop=1),
)

_SORTS: Mapping[str, Callable[[PlanLine], tuple[str, int]]] = {
    "name": lambda line: (line.name, 0),
    "district": lambda line: (line.district, 0),
    "mode": lambda line: (line.deputy.mode, 0),
    "promises": lambda line: ("", len(line.promises)),
    "last": lambda line: (line.last_oral, 0),
}


class PlanSource:
    """A ListSource over the deputies of one level and year; set `level`, `year` and refresh."""

    def __init__(self, office: Desk, level: str, year: int) -> None:
        self._office = office
        self.level, self.year = level, year
        self.plan: YearPlan | None = None
        self._lines: dict[str, PlanLine] = {}

    @property
    def columns(self) -> Sequence[Column]:
        """The columns in order."""
        return COLUMNS

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The persons of the level in order."""
        plan = year_plan(self._office, self.level, self.year)
        lines = [each for each in plan.lines if words in each.name or words in each.district]
        if sort in _SORTS:
            lines.sort(key=_SORTS[sort], reverse=descending)
        self.plan, self._lines = plan, {each.deputy.person: each for each in plan.lines}
        return [each.deputy.person for each in lines]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these persons."""
        return [_cells(self._lines.get(key)) for key in keys]

    def line(self, person: str) -> PlanLine | None:
        """The line of a person as it was read last."""
        return self._lines.get(person)


def _cells(line: PlanLine | None) -> list[str]:
    if line is None:
        return [""] * len(COLUMNS)
    mode = REPORT_MODE.label_of(line.deputy.mode) if line.deputy.mode else ""
    if not mode and line.suggested:
        mode = "建议口头"
    return [line.name, line.district, mode, line.state, line.promise_words, line.last_oral]
