"""Where a long title is broken: lines of about one length, none of which ends within a word (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

import itertools
import re

from lianxin.documents.word.text import across

CHARACTERS_OF_A_TITLE = 19.5
"""Of 22 pt; twenty would fill the line to the last two points, and not every printer has them."""
_WHOLE = re.compile(
    r"人民代表大会|代表大会|(?:乡镇|[县镇乡])?人大代表|[\u4e00-\u9fff]{2}村|主席团|常务委员会|联络站|第[〇一二三四五六七八九十百\d]+[届次号期]|第\S{1,6}选区|"
    r"次会议|会议|代表|议案|建议|意见|办理|情况|报告|通知|公告|活动|答复|视察|检查|调研|述职|评议会|评议|测评|监督|督促|群众|"
    r"人民政府|政府|工作|材料|关于|开展|召开|有关|事项|乡村|振兴|重点|项目|水源|保护|财政预算|主题|方案|总结|纪要|[\dA-Z-]+年?|\d+月|“[^”]{1,8}”|.[的和、，。”》]"
)
"""What stays on one line. No dictionary: the words our titles are made of, and what may not begin a line."""
_UNEVEN, _BEHIND_A_PHRASE = 1.0, 1.5
_MOST_WEIGHED = 3
_PHRASE_ENDS = ("届", "会", "团", "的", "年", "月", "号", "”")


def title_lines(title: str, width: float = CHARACTERS_OF_A_TITLE) -> list[str]:
    """The lines of a title: as few as fit, of about one length, broken between words.

    Breaks that are in the text stay. A word that is too long for a line is left to the page.
    """
    return [line for told in title.split("\n") for line in _broken(told, width)]


def _broken(line: str, width: float) -> list[str]:
    count = int(-(-across(line) // width))
    if count < 2:
        return [line]
    places = _places(line)
    if count > _MOST_WEIGHED:
        return _filled(line, places, width)
    tried = [
        [line[start:end] for start, end in itertools.pairwise((0, *cuts, len(line)))]
        for lines in (count, count + 1)
        for cuts in itertools.combinations(places, lines - 1)
    ]
    fitting = [lines for lines in tried if all(across(each) <= width for each in lines)]
    return min(fitting, key=lambda lines: (len(lines), _ugliness(lines)), default=[line])


def _filled(line: str, places: list[int], width: float) -> list[str]:
    """Line by line as full as it goes: a title as long as a text is not worth weighing."""
    made: list[str] = []
    start = 0
    while across(line[start:]) > width:
        end = max((at for at in places if start < at and across(line[start:at]) <= width), default=len(line))
        made.append(line[start:end])
        start = end
    return [*made, line[start:]] if start < len(line) else made


def _places(line: str) -> list[int]:
    """Between which characters a line may end."""
    closed = {at for found in _WHOLE.finditer(line) for at in range(found.start() + 1, found.end())}
    return [at for at in range(2, len(line) - 1) if at not in closed]


def _ugliness(lines: list[str]) -> float:
    lengths = [across(each) for each in lines]
    phrases = sum(each.endswith(_PHRASE_ENDS) for each in lines[:-1])
    return _UNEVEN * (max(lengths) - min(lengths)) - _BEHIND_A_PHRASE * phrases
