"""Units that were renamed, merged or split in mid-term: codes never change meaning, the register maps them by day.

What a unit did before the day stays its own in every period that ended before; from the day its records count for
the unit that goes on for it (bundle-format.md, "Keys and trust").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.domain.records import CodeChange

SPLIT = "split"


@dataclass(frozen=True)
class UnitChanges:
    """Every change the county noted, in the order in which it noted them."""

    changes: tuple[CodeChange, ...]

    @classmethod
    def of(cls, changes: Iterable[CodeChange]) -> UnitChanges:
        """By day; of one day as they were noted."""
        return cls(tuple(sorted(changes, key=lambda each: (each.day, each.uid))))

    def unit_on(self, code: str, day: date) -> str:
        """The unit that stands for this code on a day, through several changes; the code itself when none came.

        Of a split the one that was noted first goes on with what the former unit kept.
        """
        seen = {code}
        while (after := self._next(code, day)) is not None and after.code not in seen:
            seen.add(after.code)
            code = after.code
        return code

    def goes_on(self, day: date) -> Mapping[str, str]:
        """Ended code → the unit that stands for it on this day."""
        ended = dict.fromkeys(each.former for each in self.changes if each.day <= day)
        return {former: self.unit_on(former, day) for former in ended}

    def begins(self, code: str) -> date | None:
        """The day a unit came to be by a change; None for one that was there before (a merger into it)."""
        days = [each for each in self.changes if each.code == code]
        return min((each.day for each in days), default=None)

    def ended(self, code: str) -> CodeChange | None:
        """The change that ended a code; None while it stands."""
        return next((each for each in self.changes if each.former == code), None)

    def closed_to_files(self, code: str, day: date) -> CodeChange | None:
        """The change after which files of an ended code that come on this day are no longer taken in."""
        found = self.ended(code)
        return found if found is not None and found.until is not None and day > found.until else None

    def _next(self, code: str, day: date) -> CodeChange | None:
        return next((each for each in self.changes if each.former == code and each.day <= day), None)


def change_problem(known: Sequence[CodeChange], new: CodeChange) -> str:
    """Why a change cannot be noted, as a Chinese sentence; empty when it can."""
    if new.former == new.code:
        return "原代码和新代码是同一个；名称变了代码不变的，不用登记变更"
    of_former = [each for each in known if each.former == new.former and each.uid != new.uid]
    if any(each.code == new.code for each in of_former):
        return f"{new.former} 变更为 {new.code} 已经登记过"
    if of_former and not all(each.change == SPLIT for each in (*of_former, new)):
        return f"{new.former} 已经登记过变更；拆成几个单位的，每一条都要选“拆分”"
    if of_former and any(each.day != new.day for each in of_former):
        return "同一个单位拆分的几条，生效日期要一样"
    if new.until is not None and new.until < new.day:
        return "代收的最后一天早于生效日期"
    if _leads_to([each for each in known if each.uid != new.uid], new.code, new.former):
        return "两个代码互相指向"
    return ""


def _leads_to(known: Sequence[CodeChange], start: str, end: str) -> bool:
    reached, more = {start}, True
    while more:
        further = {each.code for each in known if each.former in reached} - reached
        reached |= further
        more = bool(further)
    return end in reached
