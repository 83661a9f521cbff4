"""Market days (赶场, 赶圩, 赶集) as people say them, by solar or lunar days, or by the twelve branches.

逢三六九 and 4、9 are last digits, so every ten days; 9、19 and 初二、十二 are these days only; 逢子、午日 (鼠场、马场)
come round every twelve days and need no table.
"""

from __future__ import annotations

import dataclasses as dc
import re
from datetime import date

from lianxin.domain.calendar.lunar import LunarDay
from lianxin.domain.dates import Unreadable
from lianxin.domain.numerals import chinese_number, plain

_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ANIMALS = "鼠牛虎兔龙蛇马羊猴鸡狗猪"
_BRANCH_OF_ORDINAL = 2
"""2026-11-22 (ordinal 739942) is 庚子, branch 0; so branch = (ordinal + this) mod 12."""
_DIGITS = dict(zip("零〇一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_WORDS_AROUND = re.compile(
    "农历|阴历|旧历|公历|阳历|新历|每个?月|每逢|尾数|[赶逢当]?(?:集|场|圩|墟|街)(?:日|期)?|[日号]|[（(].*[)）]"
)
_SHORT_MONTH = re.compile("小月.*(?:提前|廿九|二十九|29)")
_PATTERN_HINT = "请写成“4、9”、“逢三六九”或“初二、十二、廿二”这样。"


@dc.dataclass(frozen=True)
class Endings:
    """Days by number: last digits, or with `exact` these numbers only. `branches` are 0 (子) to 11 (亥).

    `early`: in a lunar month of 29 days the market of the thirtieth is held on the twenty-ninth (小月提前).
    """

    numbers: frozenset[int] = frozenset()
    exact: bool = False
    branches: frozenset[int] = frozenset()
    early: bool = False

    def falls_on(self, number: int, *, length: int = 31) -> bool:
        """Whether the day with this number in a month of so many days is one of them."""
        if self._has(number):
            return True
        return self.early and length == 29 and number == 29 and self._has(30)

    def _has(self, number: int) -> bool:
        return (number if self.exact else number % 10) in self.numbers


def read_endings(typed: str) -> Endings:
    """Understands last digits, days of the month and branches. Raises Unreadable with a Chinese sentence."""
    early = bool(_SHORT_MONTH.search(typed))
    bare = _WORDS_AROUND.sub("", plain(re.sub(r"[，,、;；]?小月[^，,、;；]*", "", typed)))
    branches = _branches(bare)
    if branches:
        return Endings(branches=branches)
    exact = bool(re.search("初|廿|卅", typed))
    bare = re.sub(r"[逢、,;/和及与初.。]", " ", bare)
    found: set[int] = set()
    for word in bare.split():
        if len(word) > 1 and all(char in _DIGITS for char in word):
            found |= {_DIGITS[char] for char in word}
            continue
        number = chinese_number(word)
        if number is None or not 0 <= number <= 31:
            raise Unreadable(f"“{word}”不是赶集的日子，{_PATTERN_HINT}")
        found.add(number)
    if not found:
        raise Unreadable(f"看不懂“{typed}”，{_PATTERN_HINT}")
    if exact or any(number > 10 for number in found):
        if 0 in found:
            raise Unreadable(f"“{typed}”里没有“0日”，请核对。")
        return Endings(frozenset(found), exact=True, early=early)
    return Endings(frozenset(number % 10 for number in found), early=early)


def _branches(bare: str) -> frozenset[int]:
    """The branches when the text consists of nothing else (子、午; 鼠马)."""
    letters = re.sub(r"[逢、,;/和及与.。\s]", "", bare)
    if not letters or any(char not in _BRANCHES + _ANIMALS for char in letters):
        return frozenset()
    return frozenset((_BRANCHES + _ANIMALS).index(char) % 12 for char in letters)


def branch_of(day: date) -> int:
    """The branch of a civil day, 0 (子) to 11 (亥); the sixty-day count has run without a break."""
    return (day.toordinal() + _BRANCH_OF_ORDINAL) % 12


def market_on(endings: Endings, day: date, lunar: LunarDay | None) -> bool:
    """Whether a civil day is a market day; with `lunar` the numbers are lunar days."""
    if endings.branches:
        return branch_of(day) in endings.branches
    return endings.falls_on(lunar.day, length=lunar.length) if lunar else endings.falls_on(day.day)
