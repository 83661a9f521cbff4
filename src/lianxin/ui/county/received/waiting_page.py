"""待确认: two ways of writing the same thing, files that wait for an earlier one, files put aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QGuiApplication

from lianxin.county.received.waiting import Asked, Stuck, Waiting, waiting
from lianxin.domain.records import ConflictAnswer
from lianxin.office.access.access_log import note_access
from lianxin.office.desk import Desk
from lianxin.office.receiving.questions import QuestionUnknown, resolve
from lianxin.office.records import undo_changes
from lianxin.store.writing import Change
from lianxin.ui.failures import Problem
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head, Page
from lianxin.ui.pieces import Act, Card, ChipFilter, TwoPanes
from lianxin.ui.questions.question_panel import QuestionPanel
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.table import Column
from lianxin.ui.theme import px

_LABELS: Mapping[str, str] = {"all": "全部", "asked": "两种写法", "held": "暂存等待", "aside": "另存待查"}


class WaitingFilter(ChipFilter):
    """What kind of thing waits."""

    def __init__(self) -> None:
        super().__init__("待确认的种类", _LABELS, always=_LABELS, boxes=())


class WaitingSource:
    """A ListSource over what waits; `kept` is the kind that is asked for."""

    def __init__(self, found: Waiting | None = None) -> None:
        self._rows: dict[str, tuple[str, Asked | Stuck]] = {}
        if found is not None:
            self._rows.update({each.key: ("asked", each) for each in found.asked})
            self._rows.update({each.key: ("held", each) for each in found.held})
            self._rows.update({each.key: ("aside", each) for each in found.aside})
        self.kept = "all"

    @property
    def columns(self) -> Sequence[Column]:
        """Township, what, how it stands, gist."""
        return (
            Column("town", "乡镇", width=112, sortable=False),
            Column("state", "情况", width=130, sortable=False, look="badge"),
            Column("what", "内容", stretch=True, sortable=False),
            Column("why", "说明", stretch=True, sortable=False, look="soft", drop=1),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """What waits of the kind asked for."""
        return [
            key
            for key, (kind, row) in self._rows.items()
            if self.kept in ("all", kind) and (not words or words in " ".join(_cells(row)))
        ]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these rows."""
        return [_cells(self._rows[key][1]) for key in keys]

    def row(self, key: str) -> Asked | Stuck | None:
        """One row."""
        return self._rows[key][1] if key in self._rows else None

    def counts(self) -> dict[str, int]:
        """How many each chip keeps."""
        kinds = [kind for kind, _ in self._rows.values()]
        return {"all": len(kinds), **{kind: kinds.count(kind) for kind in ("asked", "held", "aside")}}

    def unanswered(self) -> list[Asked]:
        """Questions about townships' records nobody said anything of."""
        found = (row for _, row in self._rows.values())
        return [
            each for each in found if isinstance(each, Asked) and not each.answered and not each.question.own
        ]


def _cells(row: Asked | Stuck) -> Sequence[str]:
    if isinstance(row, Stuck):
        return (row.town, "暂存等待" if row.held else "另存待查", row.issue, row.why)
    values = "／".join(side.shown for side in row.sides)
    state = "已退乡镇" if row.answered else "待确认"
    return (row.town, state, f"{row.title}　{row.question.label}", values)


class WaitingPage(Page):
    """Each row is decided by the township it belongs to; the county says what it holds right, or gives it back."""

    def __init__(self, window: Window, office: Desk) -> None:
        super().__init__(window)
        self.office = office
        self._asked_number = 0
        self._source = WaitingSource()
        self.filter = WaitingFilter()
        self.filter.changed.connect(self._keep)
        self.list = RecordList(
            self._source, name="待确认", unit="件", framed=False,
            empty=EmptyWords("没有待确认的", "两台电脑把同一处写成不一样的、缺前面一份的、另存待查的，都会列在这里。"),
        )  # fmt: skip
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self.panel = QuestionPanel()
        self.panel.taken.connect(self.take)
        self.panel.copied.connect(self._copy)
        self.panel.shown.connect(self._shown)
        self.panel.record_asked.connect(self._open)
        left = Card()
        left.body.setContentsMargins(px(12), px(8), px(12), px(6))
        left.add(self.filter)
        left.add(self.list, 1)
        self.panes = TwoPanes(left, self.panel, names=("待确认", "这一件"), shares=(7, 5), least=(460, 380))
        self.body.addWidget(self.panes, 1)
        self.follow()

    def head(self) -> Head:
        """退乡镇确认 is what is done unless the county knows better."""
        row = self._source.row(self.list.current_key())
        ready = isinstance(row, Asked) and not row.answered and not row.question.own
        many, of_town = len(self._source.unanswered()), len(self._of_town())
        others = (Act(f"全部退乡镇确认（{many}件）", self.give_all_back),) if many > 1 else ()
        if isinstance(row, Asked) and 1 < of_town < many:
            others = (Act(f"{row.town}的{of_town}件都退回", self.give_town_back), *others)
        hint = "" if ready else "先在左边选一条有两种写法的"
        return Head("待确认", Act("退乡镇确认", self.give_back, "F2", hint, enabled=ready), others)

    def refresh(self) -> None:
        """Read what waits, on the worker of readings."""
        self._asked_number += 1
        number, office = self._asked_number, self.office

        def work(_progress: Progress, _cancel: Cancel) -> Waiting:
            return waiting(office)

        def done(found: Waiting) -> None:
            if number == self._asked_number:
                self._show(found)

        self.desk.reads.start(work, title="", done=done, owner=self)

    def focus_first(self) -> None:
        """The list."""
        self.list.setFocus()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.list.focus_filter()

    def go_back(self) -> bool:
        """Esc."""
        return self.panes.go_back()

    def open_record(self, kind: str, uid: str) -> None:
        """Answers have no face of their own: what they are about is in the list."""
        if kind == ConflictAnswer.KIND:
            self.panes.show_left()

    def take(self, number: str) -> None:
        """采用 one of the values: at a township's record this is the county's advice."""
        row = self._source.row(self.list.current_key())
        if isinstance(row, Asked):
            side = next(each for each in row.sides if each.number == number)
            told = "已选定" if row.question.own else f"县里采用“{side.shown}”，随下一份回执告诉{row.town}"
            self._resolve([row], told, take=number)

    def give_back(self) -> None:
        """退乡镇确认: the township is asked, nothing is recommended."""
        row = self._source.row(self.list.current_key())
        if isinstance(row, Asked) and not row.answered and not row.question.own:
            self._resolve([row], f"已退{row.town}确认，随下一份回执告诉乡镇")

    def give_town_back(self) -> None:
        """退乡镇确认 for everything of the township that is chosen."""
        rows = self._of_town()
        if rows:
            told = f"{rows[0].town}的{len(rows)}件已退乡镇确认，随下一份回执告诉乡镇"
            self._resolve(rows, told)

    def give_all_back(self) -> None:
        """退乡镇确认 for everything nobody decided."""
        rows = self._source.unanswered()
        self._resolve(rows, f"{len(rows)}件已退乡镇确认，随下一份回执告诉乡镇")

    def _of_town(self) -> list[Asked]:
        row = self._source.row(self.list.current_key())
        if not isinstance(row, Asked):
            return []
        return [each for each in self._source.unanswered() if each.question.org == row.question.org]

    def _resolve(self, rows: Sequence[Asked], told: str, *, take: str | None = None) -> None:
        changes: list[Change] = []
        try:
            for row in rows:
                changes += resolve(self.office, row.key, take=take)
        except QuestionUnknown as gone:
            self.desk.problem(Problem(what=gone.message, safe="", code="R320"))
        if changes:
            self.desk.saved()
            self.desk.hub.tell({change.kind for change in changes})
            self.desk.tell(told, lambda: self._undo(changes))
        self.refresh()

    def _undo(self, changes: Sequence[Change]) -> None:
        undo_changes(self.office, changes)
        self.desk.saved()
        self.desk.hub.tell({change.kind for change in changes})
        self.desk.tell("已撤销，重新待确认。")
        self.refresh()

    def _show(self, found: Waiting) -> None:
        self._source = WaitingSource(found)
        self._source.kept = self.filter.code()
        self.filter.show_counts(self._source.counts())
        chosen = self.list.current_key()
        self.list.set_source(self._source)
        keys = self._source.keys("", False, "")
        self.list.select(chosen if chosen in keys else keys[0] if keys else "")
        self._picked(self.list.current_key())

    def _opened(self, _key: str) -> None:
        self.panes.show_right()

    def _keep(self) -> None:
        self._source.kept = self.filter.code()
        self.list.refresh()

    def _picked(self, key: str) -> None:
        row = self._source.row(key)
        if isinstance(row, Asked):
            self.panel.show_asked(row)
        elif isinstance(row, Stuck):
            self.panel.show_stuck(row)
        else:
            self.panel.show_nothing()
        self.head_changed.emit()

    def _copy(self) -> None:
        row = self._source.row(self.list.current_key())
        if isinstance(row, Stuck):
            QGuiApplication.clipboard().setText(row.line)
            self.desk.tell("已复制，可以粘贴给乡镇。")

    def _shown(self, number: str) -> None:
        row = self._source.row(self.list.current_key())
        if isinstance(row, Asked):
            note_access(self.office, f"待确认 {row.key} 第{number}种写法")

    def _open(self) -> None:
        row = self._source.row(self.list.current_key())
        if isinstance(row, Asked):
            self.desk.open_record(row.question.cls.KIND, row.question.uid)
