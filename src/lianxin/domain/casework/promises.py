"""承诺台账: promises made in replies, with the dates on which they come back (domain.md 3.17)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.domain.codes import PROMISE_OUTCOME
from lianxin.domain.records import PromiseResult, Reply
from lianxin.domain.rules import RuleProfile


@dataclass(frozen=True)
class Promise:
    """One promise as it stands on a day; `due` is its own date, or the latest one it was put off to.

    `looked` is the last day somebody looked whether it was kept, `replied` that of the second reply, `second` the
    second judgement, `found` what was seen.
    """

    reply: Reply
    due: date | None
    outcome: str
    closed: date | None
    postponed: int
    second: str
    looked: date | None = None
    replied: date | None = None
    found: str = ""

    @property
    def open(self) -> bool:
        """Whether somebody still has to look whether it was kept."""
        return self.outcome in ("", "postponed")

    @property
    def words(self) -> str:
        """What was promised."""
        return self.reply.promise or self.reply.words or ""

    @property
    def status(self) -> str:
        """待核实, 已兑现, 推迟, 不能兑现."""
        return PROMISE_OUTCOME.label_of(self.outcome) if self.outcome else "待核实"

    def back(self, profile: RuleProfile) -> date | None:
        """The day on which somebody has to look: its own date, without one so long after the last look as the
        rules say; None when it is settled or no rule asks.
        """
        if not self.open or self.due is not None:
            return self.due if self.open else None
        rule = profile.promise_check
        return profile.limit(self.looked or self.reply.day, rule) if rule else None


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
        looked=last.day if last else None,
        replied=last.replied if last else None,
        found=(last.words or "") if last else "",
    )
