"""测评 whose day has come and whose counts are not confirmed yet."""

from __future__ import annotations

from lianxin.domain.records import Evaluation
from lianxin.office.to_do.row import ToDo, View, day_badge, day_tone
from lianxin.store.reading import Condition

_FEW = 5


def vote_rows(view: View) -> list[ToDo]:
    """One row a vote; the numbers are in the draft only until somebody confirms them."""
    waiting = view.reading.all(Evaluation, Condition("state", "=", "planned"))
    due = sorted((vote for vote in waiting if vote.day <= view.today), key=lambda vote: (vote.day, vote.uid))
    return [
        ToDo(
            title=vote.name, next_act="计票并确认结果", badge=day_badge(vote.day, view.today),
            tone=day_tone(vote.day, view.today), number=vote.number or "", due=vote.day, kind=Evaluation.KIND,
            uid=vote.uid,
        )
        for vote in due[:_FEW]
    ]  # fmt: skip
