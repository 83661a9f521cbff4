"""Right of the townships: one return, its files, receipt and stamped paper, and the buttons that go on with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from lianxin.county.received.files_told import FileTold
from lianxin.county.returns.overview import Overview, Row
from lianxin.county.returns.overview_words import next_act, reminder
from lianxin.domain.codes import RECEPTION_RESULT, REPORTING_WAY
from lianxin.domain.dates import show_day, show_day_short
from lianxin.domain.records import Township
from lianxin.ui.facts import FactSheet
from lianxin.ui.pieces import Badge, LineSection, ScrollCard, button, label
from lianxin.ui.theme import px

NOTHING = "在左边选一个乡镇，这里是它这一期的文件、回执、盖章件和下一步。"


class MatrixPanel(ScrollCard):
    """`page_asked(key)`, `file_asked(uid)`, `ticked(yes)`, `copied(words)`, `edit_asked` for the township itself,
    `disclosed(wire)` of its telephone.
    """

    page_asked = Signal(str)
    file_asked = Signal(str)
    ticked = Signal(bool)
    copied = Signal(str)
    edit_asked = Signal()
    disclosed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._row: Row | None = None
        self._told: Overview | None = None
        self._nothing = label(NOTHING, "soft", wrap=True)
        self._title, self.badge = label("", "heading", wrap=True), Badge()
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self._title, 1)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        self.state, self.next = label("", wrap=True), label("", wrap=True)
        self.go = button("", act=self._go)
        self.remind = button("复制催报的话", act=self._copy, hint="一句话，可以粘贴给这个乡镇")
        self.stamped = QCheckBox("盖章件已收")
        self.stamped.clicked.connect(self.ticked)
        self._stamp = label("", "soft", wrap=True)
        self.facts, self.contact = FactSheet(), FactSheet()
        self.contact.disclosed.connect(self.disclosed)
        self.files = LineSection("这一期的文件")
        self.edit = button(
            "乡镇信息", "link", act=self.edit_asked.emit, hint="名称、报送方式、联系人、排列次序"
        )
        self._acts = QHBoxLayout()
        self._acts.setSpacing(px(8))
        for made in (self.go, self.remind):
            self._acts.addWidget(made)
        self._acts.addStretch(1)
        self.add(self._nothing)
        self.add_layout(head)
        self.add(self.state)
        self.add(self.next)
        self.add_layout(self._acts)
        for part in (self.stamped, self._stamp, self.facts, self.files, self.contact):
            self.add(part)
        self.add_stretch()
        for key, words in (("receive", "接收报送"), ("waiting", "待确认"), ("returns", "回执")):
            self.foot.addWidget(button(words, "link", act=partial(self.page_asked.emit, key)))
        self.foot.addStretch(1)
        self.foot.addWidget(self.edit)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No township is chosen."""
        self._row = None
        self._show_parts(False)

    def show_row(
        self,
        told: Overview,
        row: Row,
        files: Mapping[str, FileTold],
        tables: Sequence[str],
        township: Township | None,
    ) -> None:
        """Show one return with its files (latest first), the tables read on its behalf, and whom to call."""
        self._row, self._told = row, told
        self._show_parts(True)
        shown, act = row.shown, next_act(told, row)
        self._title.setText(f"{row.town.name}　{told.period.label}")
        self.badge.set_words(row.badge(told.today))
        self.state.setText(_state_words(told, row))
        self.next.setText(f"下一步：{act.words}" if act.words else "都齐了，不用管。")
        self.go.setText(act.button)
        self.go.setAccessibleName(act.button)
        self.go.setVisible(bool(act.page))
        self.remind.setVisible(shown.missing)
        self.stamped.setChecked(shown.stamped is not None)
        self.stamped.setVisible(shown.state != "exempt")
        self._stamp.setText(_stamp_words(row))
        self._stamp.setVisible(bool(self._stamp.text()))
        self.facts.set_facts(_facts(row))
        self._show_files(files, tables)
        self.contact.set_facts(())
        if township is not None:
            self.contact.set_record(township, ("contact", "phone"))

    def said(self) -> str:
        """What stands there, top to bottom."""
        parts = (
            self._title.text(),
            self.badge.words(),
            self.state.text(),
            self.next.text(),
            self._stamp.text(),
        )
        return " ".join(each for each in parts if each)

    def reminder(self) -> str:
        """The words for this township, "" when its return is here."""
        if self._row is None or self._told is None or not self._row.shown.missing:
            return ""
        return reminder(self._told, self._row)

    def _show_parts(self, shown: bool) -> None:
        self._nothing.setVisible(not shown)
        for part in (
            self._title, self.state, self.next, self.go, self.remind, self.stamped, self._stamp, self.facts,
            self.files, self.contact, self.edit,
        ):  # fmt: skip
            part.setVisible(shown)
        if not shown:
            self.badge.set_words("")

    def _show_files(self, files: Mapping[str, FileTold], tables: Sequence[str]) -> None:
        self.files.clear()
        self.files.set_note(f"{len(files)}份" if files else "")
        for each in tables:
            self.files.add_line(each, ())
        if not files and not tables:
            self.files.say("还没有收到。")
        for uid, told in files.items():
            day = show_day_short(told.day) if told.day else ""
            issue = f"第{told.seq}期" if told.seq else told.kind
            words = "　".join(each for each in (day, issue, told.short) if each)
            self.files.add_line(words, [("查看", partial(self.file_asked.emit, uid))])

    def _go(self) -> None:
        if self._row is not None and self._told is not None:
            self.page_asked.emit(next_act(self._told, self._row).page)

    def _copy(self) -> None:
        self.copied.emit(self.reminder())


def _state_words(told: Overview, row: Row) -> str:
    shown, last = row.shown, row.shown.last
    due = f"应于{show_day(shown.due)}前报送" if shown.due else ""
    if shown.state == "exempt":
        return "这一期不用报送。"
    if last is None:
        since = f"，已经{row.late}天没有新的内容" if row.late else ""
        return f"{due or '这一期'}，还没有收到{since}。".removeprefix("，")
    came = f"{show_day(last.came.date())}收到{last.issue}"
    late = f"，比{show_day_short(shown.due)}迟{shown.late}天" if shown.late and shown.due else ""
    what = "" if last.taken else "，没有收进台账"
    return f"{came}{late}{what}。"


def _facts(row: Row) -> Sequence[tuple[str, str]]:
    shown = row.shown
    receipt = ("已写" if shown.receipt else "还没有写") if shown.arrived and row.town.enrolled else ""
    facts = (
        ("期次", shown.issue),
        ("来源", shown.source),
        ("回执", receipt),
        (
            "审核",
            RECEPTION_RESULT.label_of(shown.last.decision) if shown.last and shown.last.decision else "",
        ),
        ("报送方式", "" if shown.arrived else REPORTING_WAY.label_of(row.town.way)),
        ("最近新内容", show_day(row.last_new) if row.last_new else ""),
    )
    return [(name, value) for name, value in facts if value]


def _stamp_words(row: Row) -> str:
    paper = row.shown.stamped
    if paper is None:
        return ""
    who = f"，{paper.seen_by}经办" if paper.seen_by else ""
    number = f"，第{paper.seq}期" if paper.seq else ""
    behind = "；后来有更正件，它的盖章件还没有" if row.shown.stamped_behind else ""
    return f"{show_day(paper.day)}收到{number}{who}{behind}"
