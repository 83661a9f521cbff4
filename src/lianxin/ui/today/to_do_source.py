"""近期待办 as a list: the few rows of the overview, already in order."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.office.to_do.row import ToDo
from lianxin.ui.table import Column

_COLUMNS = (
    Column("due", "期限", 104, look="badge", sortable=False),
    Column("title", "事项", stretch=True, sortable=False),
    Column("next", "下一步", 170, sortable=False),
    Column("number", "编号", 120, look="soft", sortable=False, drop=1),
)


class ToDoSource:
    """A ListSource over rows at hand."""

    def __init__(self, rows: Sequence[ToDo] = ()) -> None:
        self._rows = {str(place): row for place, row in enumerate(rows)}

    @property
    def columns(self) -> Sequence[Column]:
        """Time limit, matter, next act, number."""
        return _COLUMNS

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """All of them, in the order given."""
        return list(self._rows)

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these rows."""
        return [(row.badge, row.title, row.next_act, row.number) for row in map(self._rows.__getitem__, keys)]

    def row(self, key: str) -> ToDo | None:
        """The row of a key."""
        return self._rows.get(key)
