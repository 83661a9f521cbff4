"""The page of the help as both desks have it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from lianxin.ui.help.places import COUNTY, TOWNSHIP
from lianxin.ui.pages import COVERAGE, HELP, HELP_PLACE, Desk, Page, PageEntry

_WORDS = (
    "左边是目录，打几个字就在整本手册和词汇里找，回车看下一处。Alt+← 后退，Ctrl+P 打印这一章。"
    "在别的页面按 F1，就打开那一页的一章。"
)


def help_entry(
    practise: Callable[[], None], card: Callable[[Desk], None], *, county: bool = False
) -> PageEntry:
    """帮助 at the bottom of the rail; `practise` begins 先练一遍, `card` shows 一页纸."""
    chapter = (COUNTY if county else TOWNSHIP)[HELP]

    def make(window: Desk) -> Page:
        from lianxin.ui.help.help_page import FIRST, HelpPage
        from lianxin.ui.pieces.buttons import Act

        shown = Act("一页纸", partial(card, window), hint="一张A4，贴在电脑旁边")
        steps = "五步走完一个月" if county else "九步走完一件意见，一直到报送"
        tour = Act("先练一遍", practise, hint=f"{steps}；在示例数据里练")
        if county:
            return HelpPage(window, (tour, shown), first="county.md")
        others = (
            tour,
            shown,
            Act("五份文件逐条对应", partial(window.go, COVERAGE)),
        )
        return HelpPage(window, others, first=FIRST)

    return PageEntry(HELP, "帮助", make, help=_WORDS, kinds=(HELP_PLACE,), at_bottom=True, chapter=chapter)
