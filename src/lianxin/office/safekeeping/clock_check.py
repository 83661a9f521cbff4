"""Whether this computer's clock can be right, judged by what was written before: a dead battery says 1970."""

from __future__ import annotations

from datetime import datetime, timedelta

from lianxin.domain.dates import show_moment
from lianxin.store.backup_inside import latest_entry
from lianxin.store.reading import Reading

_AHEAD, _BEHIND = timedelta(days=1), timedelta(days=400)


def clock_warning(reading: Reading, now: datetime) -> str:
    """What a clerk is told before dates are written down wrong; empty when the clock may be right."""
    told = latest_entry(reading)
    if not told:
        return ""
    latest = datetime.fromisoformat(told)
    if now < latest - _AHEAD:
        what = "比最后一条登记还早"
    elif now > latest + _BEHIND:
        what = f"离最后一条登记已有{(now - latest).days // 365}年"
    else:
        return ""
    return (
        f"电脑现在的时间是{show_moment(now)}，{what}（{show_moment(latest)}）。日期、期限会算错：请先把电脑的日期时间调准。"
        "已登记的内容都在，没有改动。"
    )
