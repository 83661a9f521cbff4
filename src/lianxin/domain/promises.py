"""承诺台账: promises made in replies, with the dates on which they come back (domain.md 3.17)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.domain.records import PromiseResult, Reply


@dataclass(frozen=True)
class Promise:
    """One promise as it stands on a day; `due` is its own date, or the latest one it was put off to."""

    reply: Reply
    due: date | None
    outcome: str
    closed: date | None
    postponed: int
    second: str

    @property
    def open(self) -> bool:
        """Whether somebody still has to look whether it was kept."""
        return self.outcome in ("", "postponed")

    @property
    def words(self) -> str:
        """What was promised."""
        return self.reply.promise or self.reply.words or ""


def promises_of(
    replies: Iterable[Reply], results: Iterable[PromiseResult], *, today: date
) -> tuple[Promise, ...]:
    """Every promise in these replies made by `today`, the earliest date first; later results do not count."""
    looked: dict[str, list[PromiseResult]] = {}
    for result in results:
        if result.day <= today:
            looked.setdefault(result.reply, []).append(result)
    made = [
        _standing(reply, sorted(looked.get(reply.uid, ()), key=lambda each: (each.day, each.uid)))
        for reply in replies
        if reply.day <= today and (reply.promise or reply.promised_day)
    ]
    return tuple(sorted(made, key=lambda promise: (promise.due or date.max, promise.reply.uid)))


def _standing(reply: Reply, results: Sequence[PromiseResult]) -> Promise:
    due = reply.promised_day
    for result in results:
        due = result.until or due
    last = results[-1] if results else None
    outcome = last.outcome if last else ""
    return Promise(
        reply=reply,
        due=due,
        outcome=outcome,
        closed=last.day if last and outcome in ("kept", "dropped") else None,
        postponed=sum(result.outcome == "postponed" for result in results),
        second=(last.overall or "") if last else "",
    )
