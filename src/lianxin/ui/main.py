"""The start of the window: application object, looks, log, the one handler of the unexpected, and the pages."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from lianxin.installed import log_to
from lianxin.ui.first_frame import FirstFrame
from lianxin.ui.plain_import import importing_plainly
from lianxin.ui.start.letters import read_letters
from lianxin.ui.theme import make_application

if TYPE_CHECKING:
    from lianxin.bootstrap import App
    from lianxin.office.desk import Desk as Office
    from lianxin.ui.pages import Desk, Page, PageEntry
    from lianxin.ui.start.window_keeper import Keeper

IMPORT_PAGE = "import"


def run_window(home: Path, passphrase: str | None = None, file: Path | None = None) -> int:
    """Shows the window on a data folder until it is closed; answers the exit status.

    Without a passphrase it is asked for; a sample office opens by the one in its folder. A frame is on screen
    before the rest of the program is loaded. `file` is what was double-clicked: once the office is open it goes
    to the page that takes it.
    """
    application = make_application(sys.argv[:1], scale=read_letters(home))
    frame = FirstFrame()
    frame.show()
    load_beside(application)
    if not frame.isVisible():
        # Closed before it was ready: nobody waits any more.
        return 0
    from lianxin.office.sample.making import sample_passphrase
    from lianxin.store.places import may_lie_here
    from lianxin.ui.failures import FailureWatch, show_problem
    from lianxin.ui.start.window_keeper import WindowKeeper

    if may_lie_here(home, os.environ):
        log_to(home)
    watch = FailureWatch(show_problem)
    watch.install()
    keeper = WindowKeeper(application, home, office_entries)
    keeper.begin(passphrase or sample_passphrase(home), file)
    frame.close()
    frame.deleteLater()
    try:
        status = application.exec()
        keeper.back_up_at_end()
        return status
    finally:
        keeper.close()
        watch.uninstall()


def load_beside(application: QApplication) -> None:
    """Loads what is no part of the window in a thread, while the frame is drawn and can be moved."""
    application.processEvents()
    # The window asks for its turn often while a worker reads; at the usual 5 ms a page of widgets takes half a second.
    sys.setswitchinterval(_TURN_SECONDS)
    # What is loaded stays: looking for garbage among it took an eighth of the time, and would again and again later.
    gc.disable()
    loading = threading.Thread(target=_load, daemon=True)
    loading.start()
    while loading.is_alive():
        application.processEvents()
        loading.join(_LOOK_SECONDS)
    gc.freeze()
    gc.enable()


_LOOK_SECONDS = 0.005
_TURN_SECONDS = 0.0005


def _load() -> None:
    with importing_plainly():
        for name in _HEAVY:
            import_module(name)


_HEAVY = ("lianxin.bootstrap", "lianxin.office.overview")
"""No Qt in them: what it keeps of a class belongs to the thread of the window."""


def office_entries(app: App, keeper: Keeper) -> Sequence[PageEntry]:
    """The pages of whichever office the data folder holds; the first of them is shown first."""
    from lianxin.office.desk import office_of
    from lianxin.office.trust.trusting import is_county

    with app.desk.store.reading() as reading:
        county = is_county(office_of(reading).office_type)
    if not county:
        return township_entries(app, keeper)
    from lianxin.ui.county.entries import county_entries

    return county_entries(app, keeper)


def township_entries(app: App, keeper: Keeper) -> Sequence[PageEntry]:
    """The pages of a township, each loaded when it is first shown."""
    from lianxin.ui.help.entries import help_entry
    from lianxin.ui.help.places import TOWNSHIP
    from lianxin.ui.pages import (
        COUNTY_ASKS,
        COUNTY_TABLE,
        COVERAGE,
        DUTIES,
        HANDOVER,
        LEDGER,
        REGISTER,
        TOWNSHIP_PAGES,
        PageEntry,
    )

    office = app.desk
    titles = dict(TOWNSHIP_PAGES)

    def entry(key: str, factory: Callable[[Desk], Page], kinds: tuple[str, ...] = ()) -> PageEntry:
        return PageEntry(
            key, titles.get(key) or _BESIDE_RAIL[key], factory, help=HELP[key], kinds=kinds,
            at_bottom=key == "settings", in_rail=key in titles, takes_files=key == "sending",
            chapter=TOWNSHIP[key],
        )  # fmt: skip

    entries = [
        entry("home", lambda window: _home(window, office)),
        entry(
            "reception", lambda window: _reception(window, office, keeper),
            ("reception-day", "reception-rule", "rota"),
        ),
        entry("contacts", lambda window: _contacts(window, office, keeper), ("contact", "visitor", "form-number")),
        entry(
            "opinions", lambda window: _opinions(window, office, keeper),
            ("opinion", "routing", "assignment", "reply", "satisfaction", "attachment"),
        ),
        entry(
            "suggestions", lambda window: _suggestions(window, office, keeper),
            ("suggestion", "signer", "screening", "co-handling", "consultation", "informing"),
        ),
        entry(
            "deputies", lambda window: _deputies(window, office, keeper),
            (
                "person", "mandate", "group", "group-member", "final-sheet", "score-rule", "score-item",
                "score-band", "score-claim",
            ),
        ),
        entry(
            "reports", lambda window: _reports(window, office, keeper),
            ("year-report", "commitment", "report-aspect", "report-session", "report-question", "improvement",
             "evaluation", "tally-row", "grade-rule", "grade-step"),
        ),
        entry(
            "meetings", lambda window: _meetings(window, office, keeper),
            ("activity", "activity-step", "meeting", "agenda-item", "attendance", "annual-theme", "theme-task", "plan",
             "plan-item", "contact-pair", "speech", "decision", "meeting-ballot"),
        ),
        entry("figures", lambda window: _figures(window, office)),
        entry("sending", lambda window: _sending(window, office), ("sent-file",)),
        entry(COUNTY_ASKS, lambda window: _county_asks(window, office), ("record-return", "reception-decision")),
        entry(DUTIES, lambda window: _duties(window, office)),
        entry(COVERAGE, _coverage),
        entry(COUNTY_TABLE, lambda window: _county_table(window, office)),
        entry(IMPORT_PAGE, lambda window: _importing(window, office), (LEDGER,)),
        entry(
            "settings", lambda window: _settings(window, office, keeper),
            ("office", "enrolment", "handed-down", "handed-to", "user", "access-note", HANDOVER),
        ),
    ]  # fmt: skip
    elsewhere = frozenset(kind for each in entries for kind in each.kinds)
    registers = entry(
        "registers", lambda window: _registers(window, office, keeper, elsewhere),
        (REGISTER, *_registered(elsewhere)),
    )  # fmt: skip
    entries.insert([each.key for each in entries].index("figures"), registers)
    return [*entries, help_entry(keeper.practise, lambda window: _quick_card(window, office))]


_BESIDE_RAIL = {
    IMPORT_PAGE: "导入",
    "duties": "年度任务进度",
    "county-table": "填县里的表",
    "county-asks": "县人大退回和待选定",
    "coverage": "五份文件逐条对应",
}
"""Titles of the pages that other pages lead to."""


def _registered(elsewhere: frozenset[str]) -> tuple[str, ...]:
    """Every kind that no other page has opens among the registers."""
    from lianxin.domain.dictionary import kinds

    return tuple(cls.KIND for cls in kinds() if cls.KIND not in elsewhere)


def _home(window: Desk, office: Office) -> Page:
    from lianxin.ui.today.today_page import TodayPage

    return TodayPage(window, office)


def _duties(window: Desk, office: Office) -> Page:
    from lianxin.ui.today.duties_page import DutiesPage

    return DutiesPage(window, office)


def _county_table(window: Desk, office: Office) -> Page:
    from lianxin.ui.figures.county_table_page import CountyTablePage

    return CountyTablePage(window, office)


def _coverage(window: Desk) -> Page:
    from lianxin.ui.coverage_page import CoveragePage

    return CoveragePage(window)


def _reception(window: Desk, office: Office, keeper: Keeper) -> Page:
    from lianxin.ui.reception import ReceptionPage

    return ReceptionPage(window, office, drafts=keeper.drafts)


def _contacts(window: Desk, office: Office, keeper: Keeper) -> Page:
    from lianxin.ui.reception import ContactsPage

    return ContactsPage(window, office, drafts=keeper.drafts)


def _opinions(window: Desk, office: Office, keeper: Keeper) -> Page:
    from lianxin.ui.opinions import OpinionsPage

    return OpinionsPage(window, office, drafts=keeper.drafts)


def _suggestions(window: Desk, office: Office, keeper: Keeper) -> Page:
    from lianxin.ui.suggestions import SuggestionsPage

    return SuggestionsPage(window, office, drafts=keeper.drafts)


def _deputies(window: Desk, office: Office, keeper: Keeper) -> Page:
    from lianxin.ui.deputies import DeputiesDesk

    return DeputiesDesk(window, office, drafts=keeper.drafts)


def _reports(window: Desk, office: Office, keeper: Keeper) -> Page:
    from lianxin.ui.reportback import ReportsPage

    return ReportsPage(window, office, drafts=keeper.drafts)


def _meetings(window: Desk, office: Office, keeper: Keeper) -> Page:
    from lianxin.ui.activities import MeetingsPage

    return MeetingsPage(window, office, drafts=keeper.drafts)


def _registers(window: Desk, office: Office, keeper: Keeper, elsewhere: frozenset[str]) -> Page:
    from lianxin.ui.registers.registers_page import RegistersPage

    return RegistersPage(window, office, drafts=keeper.drafts, elsewhere=elsewhere)


def _figures(window: Desk, office: Office) -> Page:
    from lianxin.ui.figures import FiguresPage

    return FiguresPage(window, office)


def _sending(window: Desk, office: Office) -> Page:
    from lianxin.ui.sending import SendingPage

    return SendingPage(window, office)


def _county_asks(window: Desk, office: Office) -> Page:
    from lianxin.ui.sending.asks_page import AsksPage

    return AsksPage(window, office)


def _importing(window: Desk, office: Office) -> Page:
    from lianxin.ui.importing import ImportPage

    return ImportPage(window, office)


def _quick_card(window: Desk, office: Office) -> None:
    from lianxin.ui.help.card_shown import show_quick_card

    show_quick_card(window, office)


def _settings(window: Desk, office: Office, keeper: Keeper) -> Page:
    from lianxin.ui.settings.settings_page import SettingsPage

    return SettingsPage(window, office, keeper)


HELP = {
    "home": (
        "左上是近期待办，最急的在最前，点一行就打开那件事。右边是今年各项任务做了多少，"
        "鼠标停在上面可以看到依据。中间的数字点一下能看到它数的是哪些记录。"
    ),
    "duties": (
        "法律、五份文件和规则库里能数的要求，一行一项：做了多少，还差多少，什么时候到期。有欠缺的排在最前。"
        "选中一项，右边是依据和它数的（或缺的）记录，按“去登记”直接到要做的那一页。Ctrl+P 打印全表。"
    ),
    "county-table": (
        "第一次选县里发的空表（.xlsx），程序按表头认出各格该填哪个数，请逐格核对，认错的在右边改。"
        "以后选好时段按 F2，就填好一份打开给您看，县里的格式不变。旧版 .xls 请先在 WPS 中另存为 .xlsx。"
    ),
    "county-asks": (
        "县人大审核以后退回修改的记录和报送件，以及两台电脑写得不一样的地方。选中一条，右边是县人大的意见；"
        "按 F2 打开那条记录改好，下次报送就带上。两种写法的，按“采用”选定。"
    ),
    "coverage": (
        "五份文件的每一条要求，由哪种记录、哪一页、哪份文书来办；不由乡镇办的写明原因。"
        "按 Ctrl+F 找，选中一条，右边的按钮直接到那一页。"
    ),
    "reception": (
        "先用规则排出一年的接待日和轮值，到那一天打开当天的接待单，代表签到，来访一位接一位地登记，"
        "最后结束接待。F2 登记下一位。"
    ),
    "contacts": (
        "各种方式的来访走访都在这里：接待日、平时来访、入户走访、座谈会、电话、网络。F2 登记，"
        "Ctrl+Enter 保存并登记下一位。几个人一起来的，按 Ctrl+J 一人一行，Ctrl+D 去掉一行。提示可能重复时，"
        "按 Ctrl+B 并入原来那件，不另立意见。照手写的登记表补录，按 Ctrl+M 加上表号、年龄等。"
        "登记错了，选中后按 Ctrl+E 修改，改错了可以撤销。台账可以从右上角导入。"
    ),
    "opinions": (
        "每件意见建议一行，右边是它的五步：统一登记、梳理分流、跟踪督办、反馈结果、持续重办。"
        "下一步该做什么，写在按钮上。"
    ),
    "suggestions": (
        "代表提出的议案和建议：先三审（人大初审、政府联审、代表协审），再交办，主办、协办各自答复，最后请领衔代表评价。"
        "F2 登记。议案要写案由、案据、方案，联名人数不够的不能登记。"
    ),
    "deputies": (
        "花名册按层级、小组、选区查看，可以导入；换届在右上角。履职档案由工作记录自动汇总，Ctrl+P 打印，"
        "年终定稿留一份 PDF，以后有变化会列出来；公示表不含个人信息。履职积分默认不启用，先在“积分办法”里从范本建立、"
        "修改、启用，每一分都能看到出自哪条记录。表彰推荐列出不宜推荐的原因和名额。"
    ),
    "reports": (
        "年度安排：一个层级一张表，谁口头、谁书面、交了没有、年初承诺完成了几项；上面一行是口头述职的比例还差几名。"
        "选中代表，右边是他的承诺、述职报告表和述职评议会。F2 登记年初承诺，Ctrl+P 打印述职报告表。"
        "述职评议会：一次会只请同一选区、同一层级的代表；提问可以转为意见，整改措施到期会提醒。"
        "测评计票：按正字计票单录入合计，Enter 到下一格，对不上的当场说明差多少，全部对上才能确认；Ctrl+P 打印宣读稿。"
    ),
    "meetings": (
        "履职活动、会议、年度计划都在这里。F2 登记，选一份应到名单就自动列出参加人员；在“出勤”里先按数字标出请假、缺席的，"
        "再按 F4“其余都到”。请假要写事由和审批。Ctrl+1、Ctrl+2 … 换看各部分，Ctrl+P 打印通知、议程、主持词、签到表、桌牌、"
        "方案、总结、会议记录和纪要。开会时在“记录”里写“lqs 路要先修”回车，就是刘青山的发言；“表决”里写票数，是否通过当场写明。未经批准两次不出席人代会的，法律规定代表资格终止，第一次就会提醒。"
    ),
    "registers": (
        "各类台账都在这里：左边选一类，中间是记录，右边是填写的表。F2 新增，Ctrl+Enter 保存并新增下一条。"
        "“导出 Excel”导出当前这一类。删除的在“设置与备份”的回收站里，可以恢复。"
    ),
    "figures": "按月、季、半年、年统计。每个数字点一下可以看到它的口径和它数的记录。",
    "sending": "核对、定稿、出送签稿、数字签名、拷到U盘。数字签名不能代替签字盖章。",
    "import": "选一个台账文件，先看预览：哪些是新的、哪些已有、哪些有问题，再导入。一次导入可以整个撤销。",
    "settings": (
        "机构、届、站点、村、承办单位在这里维护。备份请每周做一次，存到U盘。"
        "口令和恢复单都没有了，数据无法找回。"
    ),
}
"""What F1 says of each page."""
