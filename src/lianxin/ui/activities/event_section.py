"""One section of activities or of meetings: list left, the chosen one right, papers from a menu of Ctrl+P."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from lianxin.domain.dictionary import Record
from lianxin.domain.records import Activity, Meeting
from lianxin.office.desk import Desk as Office
from lianxin.office.meetings.activities import copy_activity
from lianxin.office.meetings.event_file import EVENT_PAPERS, event_paper
from lianxin.office.meetings.event_list import event_cells, events_by_type, short_meeting_name, years_of
from lianxin.office.meetings.group_record import GROUP_PAPERS
from lianxin.office.meetings.minutes import MINUTES_PAPERS, meeting_paper
from lianxin.office.meetings.notes import number_summary
from lianxin.office.names import Names
from lianxin.office.paperwork.paper import Paper, PapersProblem
from lianxin.store.reading import Condition, Order, Reading
from lianxin.ui.activities.event_detail import EventDetail
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.numbering import Numbering, numbering_of
from lianxin.ui.pages import Desk, Head, Page
from lianxin.ui.pieces.buttons import Act
from lianxin.ui.pieces.chip_filter import ChipFilter
from lianxin.ui.pieces.combo import FilterCombo
from lianxin.ui.pieces.two_panes import TwoPanes
from lianxin.ui.print_marks import marking_of
from lianxin.ui.printing import paper_folder, paper_problem, show_paper
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.sources import RecordSource
from lianxin.ui.table import Column
from lianxin.ui.theme import px

ALL = "all"


class EventSection(Page):
    """`cls` is Activity or Meeting. F2 makes a new one, Enter opens, Ctrl+P offers its papers."""

    def __init__(
        self,
        window: Desk,
        office: Office,
        cls: type[Record],
        drafts: DraftKeeper,
        *,
        papers: Path | None = None,
    ) -> None:
        super().__init__(window)
        self.office, self.cls, self.papers = office, cls, papers
        self._word = "活动" if cls is Activity else "会议"
        self._type = cls.spec("type").kind.codes
        assert self._type is not None
        self._source = _source(office, cls)
        self.list = RecordList(
            self._source, name=f"{cls.LABEL}列表", reads=window.reads,
            empty=EmptyWords(
                f"还没有{cls.LABEL}", f"按 F2 登记{self._word}，签到、请假、通知、桌牌都从这里来。",
                f"登记{self._word}",
            ),
        )  # fmt: skip
        self.years = FilterCombo("年份", "全部年份")
        self.filters = ChipFilter(
            f"{self._word}类型", {ALL: "全部", **{code.code: code.label for code in self._type.codes}},
            always=(ALL,), boxes=(self.years,),
        )  # fmt: skip
        self.detail = EventDetail(window, office, cls, drafts)
        self.panes = TwoPanes(
            self._left(), self.detail, least=(430, 440), shares=(5, 6), names=("列表", f"这次{self._word}")
        )
        self.body.addWidget(self.panes, 1)
        self.filters.changed.connect(self._narrow)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self.list.empty_acted.connect(self.begin_new)
        self.detail.stored.connect(self._stored)
        self.detail.gone.connect(self._gone)
        self.follow(
            (cls.KIND, "attendance", "activity-step", "agenda-item", "person", "group", "speech", "decision")
        )

    def head(self) -> Head:
        others = [
            Act(
                "打印文书",
                self.print_now,
                hint="Ctrl+P：通知、议程、主持词、签到表、桌牌、方案、总结、会议记录、纪要",
            )
        ]
        if self.cls is Activity:
            others.append(
                Act("照上次再办", self.copy_now, hint="照选中的活动再办一次：方案、步骤和名单都带过来")
            )
        return Head("活动与会议", Act(f"登记{self._word}", self.begin_new, "F2"), tuple(others))

    def refresh(self) -> None:
        with self.office.store.reading() as reading:
            year = int(self.years.value() or 0)
            self.filters.show_counts(events_by_type(reading, self.cls, year))
            self.years.offer((f"{each}年", str(each)) for each in years_of(reading, self.cls))
        self.list.refresh()
        self.detail.refresh()

    def begin_new(self) -> None:
        """F2: an empty form."""
        self.list.view.clearSelection()
        self.detail.begin_new()
        self.panes.show_right()
        self.detail.form.form.focus_first()

    def copy_now(self) -> None:
        """照上次再办, on today's date; the clerk changes the date next."""
        uid = self.detail.uid
        made = copy_activity(self.office, uid, day=self.office.today()) if uid else None
        if made is None:
            self.desk.tell("请先在列表里选一项活动，再照它再办一次。")
            return
        self.desk.saved()
        self.desk.hub.tell(self.detail.form.kinds())
        self.open_record(self.cls.KIND, made.record.uid)
        self.detail.show_tab("facts")
        self.detail.form.form.focus_field("date")
        self.desk.tell("已照上次登记一项新活动，请改日期")

    def open_record(self, kind: str, uid: str) -> None:
        if not self.list.select(uid):
            self._picked(uid)
        self.panes.show_right()

    def focus_first(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_filter(self) -> None:
        self.list.focus_filter()

    def print_now(self) -> None:
        if not self.detail.uid:
            self.desk.tell(f"请先在列表里选一次{self._word}，再打印。")
            return
        menu = QMenu(self)
        for place, paper in enumerate(self._papers(), 1):
            menu.addAction(
                f"&{place} {self._paper_label(paper.label)}", partial(self.print_paper, paper.name)
            )
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.panes.right.mapToGlobal(QPoint(px(12), px(40))))

    def print_paper(self, name: str) -> None:
        """Make one of the papers of the chosen event and open it."""
        self.detail.keep()
        if name == "meeting-summary":
            # A summary goes out under the number of its issue.
            self._number_summary()
        try:
            of_meeting = name in {each.name for each in MINUTES_PAPERS}
            make = meeting_paper if of_meeting else event_paper
            paper = make(self.office, name, self.detail.uid)
        except PapersProblem as wrong:
            paper_problem(self.desk, wrong)
            return
        label = next(each.label for each in self._papers() if each.name == name)
        marking = marking_of(self.desk, self.office, label, self.cls.KIND, [self.detail.uid])
        show_paper(self.desk, paper, self.papers or paper_folder(), marking, self._numbering(name, paper[0]))

    def _numbering(self, name: str, file: str) -> Numbering | None:
        """A notice goes out under a number of the office."""
        if name != "event-notice":
            return None
        uid, title = self.detail.uid, file.rpartition(".")[0].replace("_", "：", 1)
        again = partial(event_paper, self.office, name, uid)
        return numbering_of(self.desk, self.office, uid, title, self.office.today(), again)

    def _papers(self) -> tuple[Paper, ...]:
        return (*EVENT_PAPERS, *(GROUP_PAPERS if self.cls is Activity else MINUTES_PAPERS))

    def _number_summary(self) -> None:
        changes = number_summary(self.office, self.detail.uid)
        if any(change.outcome != "same" for change in changes):
            self.desk.saved()
            self.desk.hub.tell({self.cls.KIND})
            self.detail.open(self.detail.uid)

    def go_back(self) -> bool:
        return self.panes.go_back()

    def close_down(self) -> None:
        self.detail.keep()

    def _paper_label(self, words: str) -> str:
        return words if self.cls is Activity else words.replace("活动", "会议")

    def _left(self) -> QWidget:
        left = QWidget()
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        line = QHBoxLayout()
        line.addWidget(self.filters, 1)
        line.addWidget(self.years, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(line)
        box.addWidget(self.list, 1)
        return left

    def _narrow(self) -> None:
        code, year = self.filters.code(), self.years.value()
        conditions = [] if code == ALL else [Condition("type", "=", code)]
        if year:
            conditions += [Condition("date", ">=", f"{year}-01-01"), Condition("date", "<=", f"{year}-12-31")]
        self._source.conditions = tuple(conditions)
        self.refresh()

    def _picked(self, uid: str) -> None:
        if uid and uid != self.detail.uid:
            self.detail.open(uid)

    def _opened(self, uid: str) -> None:
        self._picked(uid)
        self.panes.show_right()
        self.detail.people.focus_list() if self.detail.tab() == "people" else self.detail.form.form.focus_first()

    def _stored(self, uid: str) -> None:
        self.refresh()
        self.list.select(uid)

    def _gone(self) -> None:
        self.list.refresh()
        self.detail.begin_new()
        self.panes.show_left()


def _source(office: Office, cls: type[Record]) -> RecordSource:
    wires = ("date", "type", "topic" if cls is Activity else "short_name", "place", "came", "state")

    def cells(reading: Reading, _names: Names, records: Sequence[Record]) -> Mapping[str, tuple[str, str]]:
        events = [each for each in records if isinstance(each, Activity | Meeting)]
        return event_cells(reading, events, office.today())

    def came(reading: Reading, names: Names, records: Sequence[Record]) -> Sequence[str]:
        told = cells(reading, names, records)
        return [told[each.uid][0] for each in records]

    def state(reading: Reading, names: Names, records: Sequence[Record]) -> Sequence[str]:
        told = cells(reading, names, records)
        return [told[each.uid][1] for each in records]

    def short(_reading: Reading, _names: Names, records: Sequence[Record]) -> Sequence[str]:
        return [short_meeting_name(each.name) if isinstance(each, Meeting) else "" for each in records]

    return RecordSource(
        office, cls, wires,
        computed={
            "short_name": (Column("short_name", "名称", 160, stretch=True, sortable=False), short),
            "came": (Column("came", "实到/应到", 84, align="right", sortable=False, drop=2), came),
            "state": (Column("state", "进展", 92, sortable=False, look="badge", drop=1), state),
        },
        columns={
            "date": Column("date", "日期", 132),
            "type": Column("type", "类型", 112, drop=3),
            "topic": Column("topic", "主题", 160, stretch=True),
            "place": Column("place", "地点", 110, look="soft", drop=4),
        },
        order=Order("date", True),
    )  # fmt: skip
