"""Made-up lists, look-ups and pages that the window's tests and the gallery share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from lianxin.domain.records import Contact, Visitor
from lianxin.ui.facts import FactSheet
from lianxin.ui.form import FormFields, line_up
from lianxin.ui.pages import TOWNSHIP_PAGES, Desk, Head, Page, PageEntry
from lianxin.ui.pieces import (
    FIVE_STEPS,
    Act,
    Bar,
    BarChart,
    Card,
    ChipRow,
    EmptyState,
    NumberCard,
    ScrollCard,
    Step,
    StepLine,
    TwoPanes,
    act_button,
    button,
    label,
)
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.search_box import SearchHit
from lianxin.ui.table import Column

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 10, 52)


def today() -> date:
    """The day of the tests."""
    return TODAY


def now() -> datetime:
    """The moment of the tests."""
    return NOW


COLUMNS = (
    Column("number", "编号", 120),
    Column("day", "登记日期", 90, drop=1),
    Column("name", "反映人", 80, drop=3),
    Column("title", "标题", stretch=True),
    Column("unit", "承办单位", 130, drop=2),
    Column("persons", "人次", 70, align="right", drop=4),
    Column("due", "期限", 100, look="badge"),
)
_TITLES = (
    "三组饮水管破损多日",
    "小学门口没有减速带",
    "低保复核结果没有告知",
    "通村公路塌方，校车绕行",
    "危房改造补助未到账",
)
_DUE = ("超期6天", "今天", "剩2天", "剩9天", "已办结")
_UNITS = ("镇水务站", "镇综合执法队", "镇民政办", "镇规建站")


class MadeUpList:
    """A list of any size whose rows are computed; counts what is asked of it."""

    def __init__(self, size: int, columns: Sequence[Column] = COLUMNS) -> None:
        self._columns, self.size = columns, size
        self.key_calls: list[tuple[str, bool, str]] = []
        self.row_calls: list[Sequence[str]] = []
        self.broken = False

    @property
    def columns(self) -> Sequence[Column]:
        return self._columns

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        self.key_calls.append((sort, descending, words))
        if self.broken:
            raise OSError("disk")
        keys = [f"k{number:06d}" for number in range(self.size)]
        if words:
            keys = [key for key in keys if words in key or any(words in cell for cell in _cells(key))]
        return list(reversed(keys)) if descending else keys

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        self.row_calls.append(keys)
        return [_cells(key) for key in keys]


def _cells(key: str) -> list[str]:
    number = int(key[1:])
    due = _DUE[number % 5]
    title, unit = _TITLES[number % 5], _UNITS[number % 4]
    return [f"2026-{number:04d}", "11-20", "彭**", title, unit, str(number % 9 + 1), due]


PEOPLE = (("p1", "刘青山"), ("p2", "刘大贵"), ("p3", "周桂兰"), ("p4", "向光明"))
PLACES = (("r1", "长坪村"), ("r2", "卧龙村"), ("r3", "响水村"), ("r4", "白岩村"))


class MadeUpLookup:
    """People and villages of a made-up township."""

    def __init__(self) -> None:
        self._known = {"person": PEOPLE, "region": PLACES, "station": (("s1", "石牌镇代表联络站"),)}

    def candidates(self, kind: str, words: str) -> Sequence[tuple[str, str]]:
        return [(uid, name) for uid, name in self._known.get(kind, ()) if words in name]

    def name_of(self, kind: str, uid: str) -> str:
        return dict(self._known.get(kind, ())).get(uid, "")


class MadeUpSearch:
    """Finds among a few things; remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def find(self, words: str, limit: int) -> Sequence[SearchHit]:
        self.asked.append(words)
        hits = [
            SearchHit("person", "p1", "刘青山", "县、镇两级代表 · 第3选区", "代表"),
            SearchHit("person", "p2", "刘大贵", "镇代表 · 第5选区", "代表"),
            SearchHit("opinion", "o1", "2026-0431 三组饮水管破损多日", "镇水务站 · 超期6天", "意见建议"),
        ]
        return [hit for hit in hits if words in hit.title or words in ("l", "lqs")][:limit]


class HomePage(Page):
    """Looks like the first page."""

    def head(self) -> Head:
        return Head("今天 · 11月22日 星期日", Act("登记来访", self._register, "F2"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.registered = 0
        first = QHBoxLayout()
        todo = Card("近期待办", note="先办这些")
        todo_list = RecordList(MadeUpList(8), name="近期待办", with_filter=False, framed=False)
        todo.add(todo_list, 1)
        todo_list.fit_rows(8)
        todo_list.refresh()
        duties = Card("年度任务进度")
        sheet = FactSheet()
        sheet.set_facts(
            [("每月固定代表接待日", "✓ 11/11 月"), ("每季选民座谈会", "还需 1 次（3/4），12月31日前"),
             ("口头述职代表 ≥ 20%", "✓ 21.4%（9/42）"), ("代表建议3个月内答复", "还需 1 件（12/13）")]
        )  # fmt: skip
        duties.add(sheet)
        duties.add_stretch()
        first.addWidget(todo, 3)
        first.addWidget(duties, 2)
        self.body.addLayout(first, 2)
        cards = QHBoxLayout()
        for title, number, unit, note in (
            ("今日接待", "2", "位接待代表", "周桂兰（县） 龙志明（镇）"),
            ("待办意见", "17", "件", "其中3件今日到期"),
            ("超期未办结", "2", "件", "最长超期6天"),
            ("本月联系群众", "86", "人次", "上月全月 71 人次"),
        ):
            card = NumberCard(title, number, unit, note, explain=f"{title}的算法")
            if title == "超期未办结":
                card.set_number(number, unit, note, late=True)
            cards.addWidget(card)
        self.body.addLayout(cards)
        chart = Card("今年各月联系群众人次")
        months = [41, 52, 38, 66, 71, 59, 80, 77, 62, 71, 86]
        chart.add(BarChart([Bar(f"{m}月", v, now=m == 11) for m, v in enumerate(months, 1)], unit="人次"), 1)
        self.body.addWidget(chart, 1)

    def _register(self) -> None:
        self.registered += 1
        self.desk.tell("已登记彭某来访", self._register)


class OpinionsPage(Page):
    """Looks like the list of opinions with its record."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: list[tuple[str, str]] = []
        self.reads = 0
        self.states = ChipRow(
            [("all", "全部 1,284"), ("routing", "待分流 4"), ("doing", "办理中 13"), ("late", "超期 2")],
            name="状态", numbered=False,
        )  # fmt: skip
        self.states.set_code("doing")
        self.list = RecordList(
            MadeUpList(1284), name="意见建议", unit="件",
            empty=EmptyWords("还没有意见建议", "登记来访时选“转交办理”，这里就会有一件。", "登记意见"),
        )  # fmt: skip
        detail = Card("2026-0001 小学门口没有减速带")
        detail.add(label("田** · 长坪村三组 · 139****2217 · 11月2日接待日", "soft", wrap=True))
        detail.add(
            StepLine(
                [Step(FIVE_STEPS[0], "11-02", "done"), Step(FIVE_STEPS[1], "11-02", "done"),
                 Step(FIVE_STEPS[2], "11-16", "now"), Step(FIVE_STEPS[3]), Step(FIVE_STEPS[4])]
            )
        )  # fmt: skip
        detail.add(label("镇水务站承办，期限11月16日，已超期6天", "late", wrap=True))
        self.facts = FactSheet(lookup=MadeUpLookup())
        self.facts.set_record(
            Visitor(uid="v1", contact="c1", name="田金玉", phone="13912342217", village="r1", sex="male")
        )
        detail.add(self.facts)
        detail.add_stretch()
        acts = QHBoxLayout()
        for act in ("登记答复", "再次督办", "转县级部门"):
            acts.addWidget(button(act))
        acts.addStretch(1)
        detail.add_layout(acts)
        side = QHBoxLayout()
        side.setSpacing(14)
        side.addWidget(self.list, 3)
        side.addWidget(detail, 2)
        self.body.addWidget(self.states)
        self.body.addLayout(side, 1)
        self.follow(["opinion"])

    def head(self) -> Head:
        others = (Act("导出 Excel", self.refresh), Act("打印交办单", self.print_now))
        return Head("意见建议办理", Act("登记意见", self.refresh, "F2"), others)

    def refresh(self) -> None:
        self.reads += 1
        self.list.refresh()

    def open_record(self, kind: str, uid: str) -> None:
        self.shown.append((kind, uid))
        self.list.select(uid)

    def focus_filter(self) -> None:
        self.list.focus_filter()


CONTACT_LINES = (
    ("date", "time"),
    "type",
    "deputies",
    "words",
    ("persons", "households"),
    "answered",
    "station",
    "proposal",
)
VISITOR_LINES = ("name", ("phone", "sex"), "village", "address", ("anonymous", "confidential", "informed"))


class ReceptionPage(Page):
    """Looks like a reception day: the day's list and the form of the next visitor."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list = RecordList(MadeUpList(7), name="今天的来访", unit="批", with_filter=False)
        card = ScrollCard("第8位")
        lookup = MadeUpLookup()
        self.visitor = FormFields(Visitor, VISITOR_LINES, today=today, lookup=lookup, offer_new=("village",))
        self.contact = FormFields(Contact, CONTACT_LINES, today=today, lookup=lookup)
        self.visitor.set_typed({"name": "单 大贵", "phone": "138 2217 0965", "village": "r4", "sex": "male"})
        self.visitor.set_hint("name", "第3次来访", offer="沿用上次住址")
        self.contact.set_typed({"date": "11.22", "time": "9:30", "type": "visit"})
        self.contact.set_typed({"words": "养殖场的污水又流进灌溉渠了，去年说过一次，管了两个月又流。"})
        self.contact.set_typed({"households": "三户7人"})
        card.add(self.visitor)
        card.add(self.contact)
        line = card.foot
        line.addWidget(act_button(Act("保存并登记下一位", self.refresh, "Ctrl+Enter"), "main"))
        line.addWidget(button("暂存"))
        line.addStretch(1)
        line.addWidget(label("草稿已存 10:52", "soft"))
        line_up(self.visitor, self.contact)
        self.panes = TwoPanes(self.list, card, names=("今天的来访", "登记"), least=(380, 460))
        self.panes.show_right()
        self.body.addWidget(self.panes, 1)

    def head(self) -> Head:
        others = (
            Act("打印登记表", self.refresh),
            Act("补录纸质表", self.refresh),
            Act("结束接待", self.refresh),
        )
        return Head("接待日 · 11月20日 星期五 09:00—11:30", None, others)

    def refresh(self) -> None:
        self.list.refresh()


class BlankPage(Page):
    """A page with nothing yet."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.body.addWidget(EmptyState("这里还没有内容", "导入花名册后，代表会列在这里。", "导入花名册"), 1)

    def head(self) -> Head:
        return Head("代表")


def entries() -> list[PageEntry]:
    """The rail of the township desk with made-up pages."""
    made = {"home": HomePage, "opinions": OpinionsPage, "reception": ReceptionPage}
    return [
        PageEntry(
            key, title, made.get(key, BlankPage), help=f"{title}：怎样做。",
            kinds=("opinion",) if key == "opinions" else (), at_bottom=key == "settings",
        )
        for key, title in TOWNSHIP_PAGES
    ]  # fmt: skip


def compose(widget: QWidget, preedit: str) -> None:
    """Show letters under composition in a field, as an IME does before the person has chosen."""
    QApplication.sendEvent(widget, QInputMethodEvent(preedit, []))


def commit(widget: QWidget, words: str) -> None:
    """Put Chinese words into a field the way an IME does."""
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    QApplication.sendEvent(widget, event)
