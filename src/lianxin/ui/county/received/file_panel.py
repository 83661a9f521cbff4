"""Right of the list: one received file: verdict, next act, who signed, 核对码, its papers and its records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lianxin.county.received.file_review import FileReview
from lianxin.county.received.files_told import FileTold, Paper
from lianxin.county.received.records_told import RecordTold
from lianxin.domain.dates import show_day, show_moment
from lianxin.office.attaching import size_words
from lianxin.ui.county.received.decision_box import DecisionBox
from lianxin.ui.county.received.hints_list import HintsList
from lianxin.ui.county.received.records_list import FileRecords
from lianxin.ui.facts import FactSheet
from lianxin.ui.pieces import Badge, FlowLayout, ScrollCard, button, label
from lianxin.ui.theme import px

NOTHING = "在左边选一份文件，这里写明是谁签的、核对码、里面有什么、下一步做什么。"
NOT_REGISTERED = "没有在本县登记（签名人身份未经确认）"
NO_REVIEW = FileReview()
_PAPERS = 24


class FilePanel(ScrollCard):
    """`paper_asked(paper)`, `copy_asked` for the words to the township, `back_asked` for 撤回, `record_asked`.

    `decision` tells what the clerk decides on the file (DecisionBox).
    """

    paper_asked = Signal(object)
    copy_asked = Signal()
    back_asked = Signal()
    waiting_asked = Signal()
    record_asked = Signal(str, str)

    def __init__(self, zone: tzinfo | None) -> None:
        super().__init__()
        self._zone = zone
        self._told: FileTold | None = None
        self.badge = Badge()
        head = QHBoxLayout()
        head.setSpacing(px(10))
        self._title = label("", "heading", wrap=True)
        head.addWidget(self._title, 1)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        self._message, self._next = label("", wrap=True), label("", wrap=True)
        for words in (self._message, self._next):
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._nothing = label(NOTHING, "soft", wrap=True)
        self.facts, self.further = FactSheet(), FactSheet()
        self.copy = button("复制请重报的话", act=self.copy_asked.emit, hint="一句话，可以粘贴给乡镇")
        self.back = button("撤回这一份", act=self.back_asked.emit, hint="从台账里退出来；原文件还可以再接收")
        self.waiting = button("到“待确认”处理", act=self.waiting_asked.emit)
        self._papers = _Papers()
        self._papers.asked.connect(self.paper_asked)
        self.records = FileRecords()
        self.records.opened.connect(self.record_asked)
        self._records_head = label("里面的记录", "heading")
        self.hints, self.decision = HintsList(), DecisionBox()
        self._hints_head = label("核对", "heading")
        self.hints.asked.connect(self._hinted)
        self.records.picked.connect(self._picked)
        self._proposed = ""
        self.add(self._nothing)
        self.add_layout(head)
        for part in (
            self._message, self._next, self.facts, self._hints_head, self.hints, self._papers, self._records_head,
            self.records, self.decision, self.further,
        ):  # fmt: skip
            self.add(part)
        self.add_stretch()
        for made in (self.decision.accept, self.copy, self.waiting, self.back):
            self.foot.addWidget(made)
        self.foot.addStretch(1)
        self.show_file(None)

    def show_file(self, told: FileTold | None, review: FileReview = NO_REVIEW) -> None:
        """Show another file; None for none."""
        self._told = told
        self._show_review(review, again=False)
        self._nothing.setVisible(told is None)
        for part in (self._title, self._message, self._next, self.facts, self.further):
            part.setVisible(told is not None)
        self.badge.set_words(told.short if told else "")
        self._title.setText(f"{told.who}　{told.issue}" if told and told.town else told.who if told else "")
        self._message.setText(told.message if told else "")
        self._next.setText(
            f"下一步：{told.next if told.asks_again or told.plain else told.act}" if told else ""
        )
        self.facts.set_facts(facts_of(told) if told else ())
        self.further.set_facts(further_of(told, self._zone) if told else ())
        self._papers.show_papers(told.papers if told else ())
        self.copy.setVisible(told is not None and told.asks_again)
        self.back.setVisible(told is not None and told.may_take_back)
        self.waiting.setVisible(told is not None and told.verdict == "conflict" and not told.looked_at)

    def show_review(self, review: FileReview) -> None:
        """What was found out about the file that is shown, or decided on it since."""
        self._show_review(review, again=True)

    def _show_review(self, review: FileReview, *, again: bool) -> None:
        self._proposed = ""
        self._hints_head.setVisible(bool(review.hints))
        self.hints.setVisible(bool(review.hints))
        self.hints.show_hints(review.hints)
        self._records_head.setVisible(bool(review.records))
        self.records.setVisible(bool(review.records))
        (self.records.show_again if again else self.records.show_records)(review.records)
        self.decision.show_review(review)

    def _hinted(self, place: int) -> None:
        told = self.hints.hint(place)
        self._proposed = told.hint.reason
        self._records_head.show()
        self.records.show()
        self.records.show_hinted(told.hint.title, told.records)
        self.bring_soon(self.records)

    def _picked(self, record: RecordTold | None) -> None:
        self.decision.choose(record, self._proposed)

    def told(self) -> FileTold | None:
        """The file that is shown."""
        return self._told

    def said(self) -> str:
        """Verdict, sentence and next act as they stand there."""
        return f"{self.badge.words()} {self._message.text()} {self._next.text()}".strip()

    def papers(self) -> Sequence[str]:
        """The names of the papers that can be opened."""
        return [each.name for each in self._told.papers[:_PAPERS]] if self._told else []

    def press_paper(self, place: int) -> None:
        """Open one of the papers, as by its button."""
        self._papers.press(place)


def facts_of(told: FileTold) -> Sequence[tuple[str, str]]:
    """What has to be known of a file, empty lines left out."""
    signer = told.signer or (NOT_REGISTERED if told.created else "")
    facts = (("数字签名", signer), ("核对码", told.check_code), ("内容", _brought(told)))
    return [(name, value) for name, value in facts if value]


def further_of(told: FileTold, zone: tzinfo | None) -> Sequence[tuple[str, str]]:
    """What is asked for only when something is wrong; times in the office's own zone."""
    facts = (
        ("制表人", told.prepared_by),
        ("制作时间", show_moment(told.created.astimezone(zone)) if told.created else ""),
        ("接收日期", show_day(told.day) if told.day else ""),
        ("种类", told.kind),
        ("文件", told.file_name),
        ("代码", told.code),
    )
    return [(name, value) for name, value in facts if value]


def _brought(told: FileTold) -> str:
    if told.verdict not in ("accept", "conflict"):
        return ""
    same = f"、已有{told.same}条" if told.same else ""
    more = f"；另有{told.held_on}份暂存的已接上" if told.held_on else ""
    return f"{told.brought}{same}{more}"


class _Papers(QWidget):
    """Buttons that open the papers of a bundle."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(2))
        box.addWidget(label("里面的文件（点开看，是只读的副本）", "soft"))
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, gap=px(2))
        self._flow.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._holder)
        self._papers: Sequence[Paper] = ()

    def show_papers(self, papers: Sequence[Paper]) -> None:
        """Show the papers of another file."""
        while self._flow.count():
            item = self._flow.takeAt(0)
            gone = item.widget() if item is not None else None
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self._papers = papers[:_PAPERS]
        for place, paper in enumerate(self._papers):
            made = button(paper.name, "link", hint=f"打开看，{size_words(paper.size)}")
            made.clicked.connect(lambda _checked=False, at=place: self.press(at))
            self._flow.addWidget(made)
        if len(papers) > _PAPERS:
            self._flow.addWidget(label(f"还有{len(papers) - _PAPERS}个", "soft"))
        self.setVisible(bool(papers))
        self._holder.updateGeometry()

    def press(self, place: int) -> None:
        """Open one."""
        self.asked.emit(self._papers[place])
