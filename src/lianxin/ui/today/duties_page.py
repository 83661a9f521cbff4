"""年度任务进度 in full: every duty with count, shortfall, due date and source, and the button that leads to doing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lianxin.domain.duties.duty import Duty
from lianxin.office.desk import Desk as Office
from lianxin.office.duties.yearly_duties import STANDINGS, YearDuties, duties_paper, yearly_duties
from lianxin.office.reception.duty_places import PLACES
from lianxin.ui.figures.counted_list import CountedList
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import REGISTER, Desk, Head, Page
from lianxin.ui.pieces.buttons import Act, button, label
from lianxin.ui.pieces.card import Card
from lianxin.ui.pieces.two_panes import TwoPanes
from lianxin.ui.printing import paper_folder, print_beside
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.table import Column

_COLUMNS = (
    Column("standing", "情况", width=86, look="badge", sortable=False),
    Column("label", "任务", stretch=True, width=170, sortable=False),
    Column("done", "完成", width=104, align="right", sortable=False),
    Column("short", "还差", width=60, align="right", sortable=False, drop=2),
    Column("due", "期限和说明", stretch=True, width=150, sortable=False, drop=1, look="soft"),
)


class DutySource:
    """A ListSource over the duties of one year, narrowed by words of their label, source or explanation."""

    columns: Sequence[Column] = _COLUMNS

    def __init__(self, duties: Sequence[Duty] = ()) -> None:
        self._duties: Mapping[str, Duty] = {duty.key: duty for duty in duties}

    def keys(self, _sort: str, _descending: bool, words: str) -> Sequence[str]:
        """The keys of the duties that hold the words, those that are behind first."""
        return [
            key
            for key, duty in self._duties.items()
            if words in f"{duty.label}{duty.due_text}{duty.source}{STANDINGS[duty.standing]}"
        ]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these duties."""
        return [_cells(self._duties[key]) if key in self._duties else [""] * len(_COLUMNS) for key in keys]

    def duty(self, key: str) -> Duty | None:
        """The duty of a row."""
        return self._duties.get(key)


def _cells(duty: Duty) -> list[str]:
    short = max(duty.needed - duty.done, 0)
    nothing = duty.standing == "nothing"
    return [
        STANDINGS[duty.standing] if not nothing else "",
        duty.label,
        "—" if nothing else duty.shown,
        str(short) if short and not nothing else "",
        duty.due_text,
    ]


class DutiesPage(Page):
    """The whole list left, one duty with its source and records right."""

    def __init__(self, window: Desk, office: Office) -> None:
        super().__init__(window)
        self.office = office
        self.year = office.today().year
        self.shown: YearDuties | None = None
        self._source = DutySource()
        self.list = RecordList(
            self._source,
            name="年度任务",
            unit="项",
            empty=EmptyWords("还没有可以数的任务", "登记以后再来看。"),
        )
        self._told = label("", "soft", wrap=True)
        self._card = Card("选一项任务")
        self._about = label("左边选一项，这里说明依据、期限和缺什么。", wrap=True)
        self._sourced = label("", "soft", wrap=True)
        self.counted = CountedList(office)
        self.go_button = button("去登记", act=self.go_there)
        self._lay_out()
        self.list.picked.connect(self._picked)
        self.list.opened.connect(lambda _key: self.go_there())
        self.counted.opened.connect(self._record_opened)
        self.follow()

    def head(self) -> Head:
        return Head(
            f"{self.year}年度任务进度",
            Act("去登记", self.go_there, keys="F2", enabled=self._duty() is not None),
            (
                Act("上一年", lambda: self.show_year(self.year - 1)),
                Act(
                    "下一年",
                    lambda: self.show_year(self.year + 1),
                    enabled=self.year < self.office.today().year,
                ),
                Act("打印", self.print_now, needs="look"),
                Act("导出 Excel", lambda: self._paper(word=False), needs="look"),
            ),
        )

    def refresh(self) -> None:
        office, year = self.office, self.year

        def work(_progress: Progress, _cancel: Cancel) -> YearDuties:
            return yearly_duties(office, year)

        self.desk.reads.start(work, title="", done=self._show, owner=self)

    def show_year(self, year: int) -> None:
        """Another year."""
        self.year = year
        self.head_changed.emit()
        self.refresh()

    def go_there(self) -> None:
        """To where the chosen duty is done."""
        duty = self._duty()
        place = PLACES.get(duty.key) if duty is not None else None
        if place is None:
            return
        if place.register:
            self.desk.open_record(REGISTER, place.register)
        else:
            self.desk.go(place.page)

    def focus_first(self) -> None:
        self.list.setFocus()

    def focus_filter(self) -> None:
        self.list.focus_filter()

    def print_now(self) -> None:
        self._paper(word=True)

    def go_back(self) -> bool:
        if not self._panes.go_back():
            self.desk.go("home")
        return True

    def _lay_out(self) -> None:
        self._card.add(self._about)
        self._card.add(self._sourced)
        self._card.add(self.go_button)
        self._card.add(self.counted, 1)
        self._panes = TwoPanes(
            self.list, self._card, names=("任务", "依据和记录"), shares=(3, 2), least=(420, 360)
        )
        self.body.addWidget(self._told)
        self.body.addWidget(self._panes, 1)

    def _show(self, told: YearDuties) -> None:
        if told.year != self.year:
            return
        self.shown = told
        self._source = DutySource(told.lines)
        chosen = self.list.current_key()
        self.list.set_source(self._source)
        self._told.setText(f"截至{told.today.month}月{told.today.day}日，{told.told()}。")
        if told.lines:
            self.list.select(chosen or told.lines[0].key)
        self.head_changed.emit()

    def _duty(self) -> Duty | None:
        return self._source.duty(self.list.current_key())

    def _picked(self, key: str) -> None:
        duty = self._source.duty(key)
        if duty is None:
            return
        self._card.set_heading(f"{duty.label}　{duty.shown}")
        self._about.setText(duty.due_text)
        self._sourced.setText(f"依据：{duty.source}")
        place = PLACES.get(duty.key)
        self.go_button.setVisible(place is not None)
        if place is not None:
            self.go_button.setText(place.words)
            self.counted.show_counted(place.counts, duty.uids)
        self.head_changed.emit()

    def _record_opened(self, uid: str) -> None:
        self.desk.open_record(self.counted.counted_source.kind, uid)

    def _paper(self, *, word: bool) -> None:
        office, year = self.office, self.year
        print_beside(
            self.desk,
            f"{year}年度任务进度",
            lambda: duties_paper(office, year, word=word),
            paper_folder(),
            owner=self,
            personal=False,
        )
