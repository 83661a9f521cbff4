"""The table of scores: one line a subject, a column a category of the rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from lianxin.office.desk import Desk
from lianxin.office.scoring.scores import ScoreLine, ScoreProblem, ScoreTable, points_words, score_table
from lianxin.ui.table import Column

_MOST_CATEGORIES = 16
MakeTable = Callable[[Desk, str, int], ScoreTable]
"""The table of a rule and year; a county counts its townships otherwise than a township itself."""
_SHORT = 5


class ScoreSource:
    """A ListSource over the scores by `rule` in `year`; the columns are those of the rule it was made for."""

    def __init__(
        self,
        office: Desk,
        rule: str,
        year: int,
        categories: Sequence[str],
        *,
        graded: bool,
        table: MakeTable = score_table,
        person: bool = True,
    ) -> None:
        self._office, self._make = office, table
        self.rule, self.year = rule, year
        self.table: ScoreTable | None = None
        self._categories = tuple(categories)[:_MOST_CATEGORIES]
        self._lines: dict[str, ScoreLine] = {}
        grade = (Column("band", "等次", 80, sortable=False),) if graded else ()
        self._columns = (
            Column("place", "名次", 52, align="right"),
            Column("name", "姓名" if person else "名称", 84, stretch=True),
            Column("total", "总分", 62, align="right"),
            *grade,
            *(
                Column(f"c{at}", _short(name), 40, align="right", note=name, drop=at + 2, sortable=False)
                for at, name in enumerate(self._categories)
            ),
            Column("extra", "加分", 48, align="right", drop=1, note="审核同意的加分", sortable=False),
        )

    @property
    def columns(self) -> Sequence[Column]:
        """The columns in order."""
        return self._columns

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The uids of the subjects, the highest total first."""
        if not self.rule:
            return ()
        try:
            table = self._make(self._office, self.rule, self.year)
        except ScoreProblem:
            return ()
        self.table, self._lines = table, {line.subject.uid: line for line in table.lines}
        lines = [line for line in table.lines if words in line.name]
        if sort:
            lines.sort(key=lambda line: _order(line, sort), reverse=descending)
        return [line.subject.uid for line in lines]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these subjects."""
        return [self._cells(self._lines.get(key)) for key in keys]

    def line(self, uid: str) -> ScoreLine | None:
        """The line of a subject as it was read last."""
        return self._lines.get(uid)

    def _cells(self, line: ScoreLine | None) -> list[str]:
        if line is None:
            return [""] * len(self._columns)
        points = _points(line)
        told = [points_words(points[name]) if points.get(name) else "—" for name in self._categories]
        grade = [line.card.band or "—"] if len(self._columns) > len(told) + 4 else []
        extra = _extra(line)
        cells = [str(line.place), line.name, points_words(line.card.total), *grade, *told]
        return [*cells, points_words(extra) if extra else "—"]


def _points(line: ScoreLine) -> dict[str, Decimal]:
    return {one.name: one.points for one in line.card.categories}


def _extra(line: ScoreLine) -> Decimal:
    return sum((claim.points for claim in line.card.extra), Decimal(0))


def _short(name: str) -> str:
    return name if len(name) <= _SHORT else name[:_SHORT]


def _order(line: ScoreLine, sort: str) -> tuple[Decimal, str]:
    if sort == "name":
        return Decimal(0), line.name
    if sort == "place":
        return Decimal(line.place), line.name
    return line.card.total, line.name
