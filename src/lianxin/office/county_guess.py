"""Which figure a cell of the county's table asks for, by its headings: only the same words are taken for the same figure.

A figure in the wrong cell is worse than an empty cell, so nothing is taken that is merely alike: 代表小组数 is no
number of group activities, and 办结 below 代表建议 is none of the opinions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

OFFICE, PERIOD, DAY = "=office", "=period", "=day"
WORDS: Mapping[str, str] = {OFFICE: "本单位名称", PERIOD: "时段", DAY: "填报日期"}
"""What may be filled in beside figures."""

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "stations": ("联络站", "站点", "站", "代表联络站", "人大代表联络站"),
    "deputies": ("代表总数", "代表人数", "代表数", "人大代表总数", "人大代表人数", "人大代表数", "现有代表"),
    "reception_days": ("接待日", "代表接待日", "接待日活动", "代表接待日活动"),
    "home_visit_persons": ("走访人次", "走访群众", "走访群众人次"),
    "home_visit_households": ("入户走访户数", "走访群众户数"),
    "contact_persons": ("联系群众", "代表联系群众", "代表联系群众人次"),
    "received_persons": ("接待群众", "代表接待群众人次", "代表接待群众"),
    "opinions": ("收集", "收集意见建议", "意见建议", "收集群众意见", "收集群众意见建议"),
    "closed": ("已办结", "办结意见", "办结意见建议", "意见办结", "意见建议办结", "已办结意见"),
    "satisfaction_rate": ("群众满意率",),
    "due_closed_rate": ("办结率",),
    "suggestions": ("提出代表建议", "收到代表建议"),
    "suggestions_closed": ("办结代表建议",),
    "group_activities": ("小组活动",),
    "congresses": ("人民代表大会", "人民代表大会会议", "人代会会议"),
    "trainings": ("代表培训", "代表学习培训"),
    OFFICE: ("填报单位", "单位", "单位名称", "乡镇名称"),
    PERIOD: ("填报时段", "报表时段", "报告期", "报告时段", "统计时段", "统计期", "填报月份"),
    DAY: ("填报日期", "填报时间", "报送日期"),
}
"""Other words by which counties head a figure; a key the program does not know is never offered."""

_OF_MATTERS = frozenset(
    [
        "opinions",
        "answered_on_spot",
        "assigned",
        "to_county",
        "guided",
        "withdrawn",
        "unrouted",
        "merged",
        "assignments",
        "closed",
        "due",
        "due_closed_rate",
        "closed_rate",
        "on_time_rate",
        "reply_rate",
        "average_days",
        "overdue",
        "satisfied",
        "basically",
        "unsatisfied",
        "satisfaction_rate",
        "satisfaction_wide_rate",
        "redone",
        "redo_rate",
        "handed_back",
        "extended",
        "result_a",
        "result_b",
        "result_c",
        "result_d",
    ]
)
"""Figures of the opinions whose names, such as 办结, other work has as well."""
_MATTERS = re.compile(r"意见|诉求|民情|反映|民意")
_OTHER_WORK = re.compile(r"代表建议|议案|述职|测评|督办|承诺|实事")
_OTHER_TIME = re.compile(r"累计|去年|上年|同期|同比|环比|计划|目标|下达|应开展")
_OF_ALL_DEPUTIES = re.compile(r"^(?:人大)?代表(?:基本|队伍|构成|履职)?(?:情况|工作)?$")
_THIS_SPAN = re.compile(r"^(?:本月|本期|本季度?|数量|合计|总数|次数|件数|条数|(?:1[0-2]|[1-9])月份?)$")

_BLANKS = re.compile(r"[\s:：、,，]")
_UNIT = re.compile(
    r"[（(【\[](?:单位[:：]?)?(次|件|条|个|场|场次|期|份|项|人|名|人次|户|户次|%|％)[)）】\]]$"
)
_SEAL = re.compile(r"[（(](?:盖章|公章|签章|签字)[）)]")
_BEFORE = re.compile(r"^(?:其中|本月|本期|共|开展|召开|组织|举办)")
_AFTER = re.compile(r"(?:次数|件数|条数|场次|场数|个数|数量|数)$")


def guessed(headings: Sequence[str], sheet: str, offered: Mapping[str, str]) -> str:
    """The key whose name the headings of a cell are, from the top down; "" for none.

    `sheet` are all headings of its sheet: a bare 办结 is doubtful where other work is counted beside it.
    """
    if not headings:
        return ""
    *above, last = headings
    if above and _THIS_SPAN.match(last):
        *above, last = above
    parent = "".join(above)
    if _OTHER_TIME.search(parent):
        return ""
    whole = _found(f"{parent}{last}", offered) if parent else ""
    return whole or next((key for key in [_found(last, offered)] if _fits(key, parent, last, sheet)), "")


def _found(words: str, offered: Mapping[str, str]) -> str:
    """The one figure of this name; "" when none or several have it."""
    wanted = _plain(_SEAL.sub("", words))
    same = [
        key
        for key, label in offered.items()
        if wanted and any(wanted == _plain(name) for name in (label, *SYNONYMS.get(key, ())))
    ]
    return same[0] if len(same) == 1 else ""


def _fits(key: str, parent: str, last: str, sheet: str) -> bool:
    """Whether the heading above lets a name mean what it means by itself."""
    if key in _OF_MATTERS:
        about = f"{parent}{last}"
        other = _OTHER_WORK.search(about if _MATTERS.search(about) else f"{about}{sheet}")
        return not other and (not parent or bool(_MATTERS.search(about)))
    if key == "deputies":
        return not parent or bool(_OF_ALL_DEPUTIES.match(parent))
    return not (key == "activities" and parent)


def _plain(words: str) -> str:
    """The words without what only counts: 开展代表接待日（次） is 代表接待日; a share or people stay told."""
    text = _BLANKS.sub("", words)
    unit = _UNIT.search(text)
    if unit:
        text = text[: unit.start()]
        text += _told_by_unit(text, unit[1])
    bare = _AFTER.sub("", _BEFORE.sub("", text))
    # 代表数 without 数 would be any word that begins with 代表.
    return text if bare in ("代表", "人大代表", "") else bare


def _told_by_unit(text: str, unit: str) -> str:
    if unit in ("%", "％"):
        return "" if text.endswith(("率", "占比", "比例")) else "率"
    if unit in ("人", "名"):
        return "" if "代表" in text or text.endswith(("人", "人数", "人次")) else "人"
    if unit in ("人次", "户", "户次"):
        return "" if text.endswith((unit, f"{unit}数")) else unit
    return ""
