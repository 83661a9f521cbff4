"""The aspects a report-back speaks of: the nine that are shipped, and how an office names others.

Founding document 003-08 tells of nine and names four (出席会议, 代表小组活动, 联系选民, 议案建议) with the promises of
January; the other ones are proposed (domain.md 3.18) and every office may name its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lianxin.domain.records import AspectName


@dataclass(frozen=True)
class Aspect:
    """One aspect in its place; `source` is the code of the records its numbers come from."""

    place: int
    name: str
    source: str


_NAMES = (
    ("出席会议", "meetings"),
    ("参加代表小组活动", "group"),
    ("联系选民", "contacts"),
    ("提出议案建议", "suggestions"),
    ("参加视察调研执法检查", "inspection"),
    ("学习培训", "training"),
    ("为民办实事", "deeds"),
    ("带头作用与遵纪守法", "conduct"),
    ("年初履职承诺完成情况", "commitments"),
)
NINE: Sequence[Aspect] = tuple(Aspect(place, *told) for place, told in enumerate(_NAMES, 1))


def aspects_of(named: Iterable[AspectName]) -> tuple[Aspect, ...]:
    """The nine with what the office named: one of the same place takes the place of a shipped one, further ones
    follow, one not in use is left out.
    """
    found = {each.place: each for each in NINE}
    for told in sorted(named, key=lambda each: each.uid):
        found.pop(told.place, None)
        if told.active:
            found[told.place] = Aspect(told.place, told.name, told.source)
    return tuple(found[place] for place in sorted(found))
