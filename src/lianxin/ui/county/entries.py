"""The pages of a county, each loaded when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from lianxin.ui.help.entries import help_entry
from lianxin.ui.help.places import COUNTY
from lianxin.ui.pages import COUNTY_PAGES, HANDOVER, Desk, Page, PageEntry

if TYPE_CHECKING:
    from lianxin.bootstrap import App
    from lianxin.office.desk import Desk as Office
    from lianxin.ui.start.window_keeper import Keeper

KINDS = {
    "receive": ("received-file",),
    "matrix": ("township", "stamped-paper"),
    "waiting": ("conflict-answer",),
    "referred": ("county-assignment", "county-supervision", "county-reply", "county-decision"),
    "figures": ("bulletin", "score-rule", "score-item", "score-band", "final-sheet"),
    "deputies": ("person", "mandate", "same-person"),
    "returns": ("receipt-item", "handed-down", "handed-to"),
    "settings": ("office", "enrolment", "code-change", "user", "access-note", HANDOVER),
}
"""Which records open on which page; all others among the merged ones."""


def county_entries(app: App, keeper: Keeper) -> Sequence[PageEntry]:
    """The window opens with 各乡镇报送情况, whose first line says how the month stands."""
    office = app.desk
    makers: dict[str, Callable[[Desk], Page]] = {
        "receive": lambda window: _receive(window, office),
        "matrix": lambda window: _matrix(window, office, keeper),
        "waiting": lambda window: _waiting(window, office),
        "referred": lambda window: _referred(window, office, keeper),
        "figures": lambda window: _figures(window, office, keeper),
        "deputies": lambda window: _deputies(window, office),
        "returns": lambda window: _returns(window, office),
        "registers": lambda window: _merged(window, office),
        "settings": lambda window: _settings(window, office, keeper),
    }
    kinds = {**KINDS, "registers": _merged_kinds()}
    entries = [
        PageEntry(
            key,
            title,
            makers[key],
            help=HELP[key],
            kinds=kinds.get(key, ()),
            at_bottom=key == "settings",
            takes_files=key == "receive",
            at_start=key == "matrix",
            chapter=COUNTY[key],
        )
        for key, title in COUNTY_PAGES
        if key in makers
    ]
    return [*entries, help_entry(keeper.practise, lambda window: _quick_card(window, office), county=True)]


def _merged_kinds() -> tuple[str, ...]:
    from lianxin.domain.dictionary import kinds

    elsewhere = {kind for each in KINDS.values() for kind in each}
    return tuple(cls.KIND for cls in kinds() if cls.KIND not in elsewhere)


def _receive(window: Desk, office: Office) -> Page:
    from lianxin.ui.county.received.receive_page import ReceivePage

    return ReceivePage(window, office)


def _matrix(window: Desk, office: Office, keeper: Keeper) -> Page:
    from lianxin.ui.county.matrix.page import MatrixPage

    return MatrixPage(window, office, keeper.drafts)


def _waiting(window: Desk, office: Office) -> Page:
    from lianxin.ui.county.received.waiting_page import WaitingPage

    return WaitingPage(window, office)


def _referred(window: Desk, office: Office, keeper: Keeper) -> Page:
    from lianxin.ui.county.referrals.page import ReferredPage

    return ReferredPage(window, office, drafts=keeper.drafts)


def _deputies(window: Desk, office: Office) -> Page:
    from lianxin.ui.county.deputies.page import DeputiesPage

    return DeputiesPage(window, office)


def _returns(window: Desk, office: Office) -> Page:
    from lianxin.ui.county.outgoing.receipts_page import ReturnsPage

    return ReturnsPage(window, office)


def _figures(window: Desk, office: Office, keeper: Keeper) -> Page:
    from lianxin.ui.county.figures.page import CountyFiguresPage

    return CountyFiguresPage(window, office, keeper.drafts)


def _merged(window: Desk, office: Office) -> Page:
    from lianxin.ui.county.merged_page import MergedPage

    return MergedPage(window, office)


def _quick_card(window: Desk, office: Office) -> None:
    from lianxin.ui.help.card_shown import show_quick_card

    show_quick_card(window, office)


def _settings(window: Desk, office: Office, keeper: Keeper) -> Page:
    from lianxin.ui.county.settings_page import CountySettingsPage

    return CountySettingsPage(window, office, keeper)


HELP = {
    "receive": (
        "把乡镇送来的文件或整个文件夹拖进来，先核验、再预览，看过以后按F2接收。核验未通过的不会导入，"
        "右边有一句话可以复制给乡镇。接收错了可以撤回那一份。"
    ),
    "matrix": (
        "第一行写明已收几个、未报几个。左右箭头换月份，右边是选中的乡镇这一期的文件、回执、盖章件和下一步。"
        "未报的有一句话可以复制；盖章件到了，在右边打勾。“全年”看十二个月。"
    ),
    "waiting": (
        "同一处有两种写法的，默认退乡镇确认，也可以写明县里采用哪一个，随回执告诉乡镇，由乡镇改定。"
        "缺前面一份的先存着，前面的到了自动接上；另存待查的打电话核对。"
    ),
    "referred": (
        "乡镇转报县人大的事项都在这里，要先办的排在最上面。选中一件按数字键交办、督办、答复、退回或转报上级，"
        "按F2做下一步。县里的每一步随下一份回执到乡镇，乡镇向反映人反馈以后随报送件回来；不满意的自动回到待重办。"
        "县里的期限从收到那天算起，天数在规则库里。"
    ),
    "figures": (
        "选好统计期和截止日，左边选指标，右边看各乡镇的数、图和数的每一条记录；“排名次”勾了才排，数相同的并列。"
        "“定稿与现数”并列乡镇签名报来的数和现在的数，列出不一致和可能的原因。“通报简报”按F2起草，文字可以改，"
        "再编号、生成 Word 和 Excel。"
    ),
    "deputies": (
        "全县各级代表在一张名册里，按层级、单位筛选，姓名和拼音首字母都能找，电话遮盖。"
        "“同一人”里是几个单位报来、可能是同一人的，由您确认是或不是，两边的记录都不动。"
    ),
    "returns": (
        "接收以后给每个有新内容的乡镇写一份回执，存到U盘或文件夹，写好会读回核对。"
        "“下发资料”里是意见小类、承办单位、年度主题、文书模板、上级代表名册和规则库：随回执发到乡镇，"
        "看得到哪些乡镇已经收到，可以改版，也可以收回。"
    ),
    "registers": "乡镇报来的记录都在这里，只能看，不能改；可以按单位筛选、查找、导出 Excel。",
    "settings": (
        "登记乡镇、签发证书、作废和补发、单位代码变更、根密钥保管、用留存的报送件重建数据，"
        "以及机构、备份、口令、检查数据和大字。"
    ),
}
"""What F1 says of each page."""
