"""承诺台账 over all matters: promises that come back within the days the rules warn ahead, or are past their date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from lianxin.domain.promises import Promise, promises_of
from lianxin.domain.records import Opinion, PromiseResult, Reply
from lianxin.office.desk import Desk
from lianxin.office.numbers import short_number
from lianxin.store.reading import Condition, Reading


@dataclass(frozen=True)
class PromiseDue:
    """One promise to be looked after, with the matter it was made on."""

    promise: Promise
    opinion: Opinion
    days_left: int

    @property
    def number(self) -> str:
        """2025-YJ0126."""
        return short_number(self.opinion.number or "")

    @property
    def badge(self) -> str:
        """承诺超期3天, 承诺剩2天."""
        if self.days_left < 0:
            return f"超期{-self.days_left}天"
        return "今天到期" if not self.days_left else f"剩{self.days_left}天"


def promises_due(desk: Desk, reading: Reading, today: date) -> tuple[PromiseDue, ...]:
    """Open promises due by the end of the days of warning, the earliest first."""
    until = today + timedelta(days=desk.profile.soon_days.value)
    # Few replies promise anything with a date: only those are read whole.
    dated = [str(uid) for (uid,) in reading.fields(Reply, ("uid",), Condition("promised_day", "filled"))]
    replies = list(reading.by_uid(Reply, dated).values())
    results = reading.children(PromiseResult, "reply", dated)
    coming = [
        promise
        for promise in promises_of(replies, results, today=today)
        if promise.open and promise.due is not None and promise.due <= until
    ]
    matters = reading.by_uid(Opinion, [promise.reply.opinion for promise in coming])
    return tuple(
        PromiseDue(promise, matters[promise.reply.opinion], (promise.due - today).days)
        for promise in coming
        if promise.due is not None and promise.reply.opinion in matters
    )
