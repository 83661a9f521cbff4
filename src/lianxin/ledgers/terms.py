"""Which congress a roster speaks of: 第十九届, 县第十八届、乡第十九届 → ordinals by level."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lianxin.domain.numerals import arabic, plain

_TOLD = re.compile(r"(全国|省|州|市|县|区|乡|镇|街道)?[^\d、，,；;]{0,6}?第?(\d{1,2})届")
_LEVELS: Mapping[str, str] = {
    "全国": "nation", "省": "province", "州": "city", "市": "city", "县": "county", "区": "county",
    "乡": "township", "镇": "township", "街道": "township",
}  # fmt: skip


def ordinals_told(text: str, levels: Sequence[str]) -> Mapping[str, int]:
    """Level code → which congress, as a cell or a title says; a number alone counts for the lowest of `levels`."""
    core = arabic(plain(text))
    if re.fullmatch(r"\d{1,2}", core):
        core = f"{core}届"
    found: dict[str, int] = {}
    for named, number in _TOLD.findall(core):
        level = _LEVELS.get(named) or (levels[-1] if levels else "")
        if level not in levels and len(levels) == 1:
            level = levels[0]
        if level and 1 <= int(number) <= 99:
            found.setdefault(level, int(number))
    return found
