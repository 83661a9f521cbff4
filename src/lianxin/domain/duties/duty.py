"""A duty of the year: how much of it is done, how much is asked, and what is still to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from lianxin.domain.dates import show_day_short
from lianxin.domain.rules import Rule, add_months, block_of

Standing: TypeAlias = Literal["met", "on_track", "behind", "nothing"]


@dataclass(frozen=True)
class Duty:
    """One line of the year's duties. `expected` is what should be done by today, `needed` by the year's end.

    `due_text` says what is still to do and by when; `uids` are the records that are missing or late, or counted.
    """

    key: str
    label: str
    done: int
    needed: int
    expected: int
    unit: str
    source: str
    due_text: str
    standing: Standing
    uids: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """11 / 12 月."""
        return f"{self.done} / {self.needed} {self.unit}"


_BLOCKS: Mapping[int, tuple[str, str]] = {
    1: ("月", "本月"),
    3: ("季", "本季"),
    6: ("半年", "本半年"),
    12: ("年", "今年"),
}


def recurring(
    key: str,
    label: str,
    rule: Rule,
    happened: Iterable[tuple[date, str]],
    year: int,
    today: date,
    what: str,
) -> Duty:
    """A duty of so many times in every block of the calendar; a full block counts as one done."""
    months = rule.months or 12
    blocks = [block_of(add_months(date(year, 1, 1), start), months) for start in range(0, 12, months)]
    days = [(day, uid) for day, uid in happened if day.year == year and day <= today]
    full = [sum(first <= day <= last for day, _ in days) >= rule.value for first, last in blocks]
    started = [place for place, (first, _) in enumerate(blocks) if first <= today]
    ended = [place for place, (_, last) in enumerate(blocks) if last < today]
    unit, this = _BLOCKS.get(months, ("期", "本期"))
    missed = [place for place in ended if not full[place]]
    due = ""
    if started and started[-1] not in ended and not full[started[-1]]:
        first, last = blocks[started[-1]]
        short = rule.value - sum(first <= day <= last for day, _ in days)
        due = f"{this}还需{short}次{what}，{show_day_short(last)}前"
    elif started and not missed:
        due = f"{this}已完成" if started[-1] not in ended else "全年完成"
    if missed:
        names = "、".join(f"{place + 1}" for place in missed)
        said = f"{names}{'月' if months == 1 else unit}未开展" if months < 12 else "全年次数不够"
        due = f"{said}；{due}" if due else said
    return Duty(
        key,
        label,
        sum(full),
        len(blocks),
        len(started),
        unit,
        rule.source,
        due,
        standing(sum(full), len(blocks), len(ended) - len(missed), len(ended)),
        tuple(uid for _, uid in days),
    )


def standing(done: int, needed: int, kept: int, asked: int) -> Standing:
    """Met when all is done; behind when something already due is missing."""
    if not needed:
        return "nothing"
    if done >= needed:
        return "met"
    return "behind" if kept < asked else "on_track"


def of_all(
    key: str,
    label: str,
    unit: str,
    source: str,
    missing: Sequence[str],
    whole: int,
    said: str,
    calm: str = "",
) -> Duty:
    """A duty that holds for every one of a set of things already due."""
    done = whole - len(missing)
    standing: Standing = "nothing" if not whole else "behind" if missing else "met"
    due = said if missing else (calm or "已达标") if whole else "还没有可统计的记录"
    return Duty(key, label, done, whole, whole, unit, source, due, standing, tuple(missing))
