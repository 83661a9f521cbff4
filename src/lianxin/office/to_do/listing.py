"""近期待办 put together: matters and the rows of every provider, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lianxin.domain.records import Opinion
from lianxin.office.to_do.matters import waiting_matters
from lianxin.office.to_do.providers import PROVIDERS
from lianxin.office.to_do.row import ToDo, View

MOST_TO_DO = 8
LEAST_REMINDERS = 2
"""So many of the rows are kept for what has no day."""
_MOST_DAYS_FIRST = 2


@dataclass(frozen=True)
class ToDoList:
    """`dated` are the rows shown of `count` there are; `reminders` have no day."""

    dated: tuple[ToDo, ...]
    count: int
    reminders: tuple[ToDo, ...]

    def rows(self) -> tuple[ToDo, ...]:
        """The rows of the first page: the most urgent, the last places kept for what has no day."""
        kept = self.reminders[:LEAST_REMINDERS]
        free = MOST_TO_DO - len(kept)
        return (*self.dated[:free], *kept, *self.reminders[LEAST_REMINDERS:])[:MOST_TO_DO]


def to_do_list(view: View) -> ToDoList:
    """Everything that is to be done as of `view.today`."""
    matters, waiting = waiting_matters(view, most=MOST_TO_DO)
    told = [row for provider in PROVIDERS for row in provider(view)]
    dated = [row for row in told if row.due is not None]
    rows = sorted([*matters, *dated], key=lambda row: (row.due or date.max, row.uid))
    # A notice, a day or a meeting that comes up cannot wait behind matters that have been late for months.
    unseen = rows[MOST_TO_DO - LEAST_REMINDERS :]
    first = [row for row in unseen if row.kind != Opinion.KIND and row.tone == "soon"][:_MOST_DAYS_FIRST]
    rows = [*first, *(row for row in rows if row not in first)]
    return ToDoList(
        tuple(rows[:MOST_TO_DO]),
        waiting + len(dated),
        tuple(row for row in told if row.due is None),
    )
