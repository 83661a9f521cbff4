"""What a rule is made of: its items by place, then its grades."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.domain.records import ScoreBand, ScoreItem
from lianxin.domain.scoring.points import RuleBook
from lianxin.office.desk import Desk
from lianxin.office.scoring.scores import ScoreProblem, book_named, points_words
from lianxin.ui.table import Column

COLUMNS = (
    Column("place", "序号", 48, align="right", sortable=False, drop=5),
    Column("category", "类别", 120, stretch=True, sortable=False),
    Column("source", "记分依据", 120, sortable=False, drop=2),
    Column("base", "首次", 50, align="right", sortable=False),
    Column("per_unit", "每多一次", 66, align="right", sortable=False, drop=1),
    Column("cap", "最高", 50, align="right", sortable=False),
    Column("least", "至少", 50, align="right", sortable=False, drop=4),
    Column("penalty", "每缺扣", 56, align="right", sortable=False, drop=3),
)


class RulePartSource:
    """A ListSource over the items and grades of `rule`."""

    def __init__(self, office: Desk) -> None:
        self._office = office
        self.rule = ""
        self.book: RuleBook | None = None

    @property
    def columns(self) -> Sequence[Column]:
        """The columns in order."""
        return COLUMNS

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The uids of items and grades, as the rule has them."""
        self.book = None
        if not self.rule:
            return ()
        try:
            with self._office.store.reading() as reading:
                self.book = book_named(reading, self.rule)
        except ScoreProblem:
            return ()
        items = [one.uid for one in self.book.items if words in one.category]
        return [*items, *(one.uid for one in self.book.bands if words in one.name)]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these parts."""
        return [self._cells(self.part(key)) for key in keys]

    def part(self, uid: str) -> ScoreItem | ScoreBand | None:
        """The item or grade of this uid."""
        if self.book is None:
            return None
        item = next((one for one in self.book.items if one.uid == uid), None)
        return item or next((one for one in self.book.bands if one.uid == uid), None)

    def _cells(self, part: ScoreItem | ScoreBand | None) -> list[str]:
        if part is None:
            return [""] * len(COLUMNS)
        if isinstance(part, ScoreBand):
            told = f"等次：{part.name}（{points_words(part.least)}分以上）"
            return ["", told, *[""] * (len(COLUMNS) - 2)]
        limits = [part.cap, part.least, part.penalty]
        shown = ["—" if one is None else points_words(one) for one in limits]
        points = [points_words(part.base), points_words(part.per_unit)]
        return [str(part.place), part.category, part.shown("source"), *points, *shown]
