"""分乡镇: a figure left; right its townships, the picture of them, and the records behind."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QScrollArea, QWidget

from lianxin.county.figures.town_figures import TownSheet
from lianxin.domain.counts import Figure
from lianxin.domain.figures.of_period import paragraph
from lianxin.office.desk import Desk as Office
from lianxin.office.figuring import FigureSheet
from lianxin.ui.county.figures.sources import WHOLE_KEY, TownSource
from lianxin.ui.figures.chart_card import ChartCard, PickedBar
from lianxin.ui.figures.counted_list import CountedList
from lianxin.ui.figures.figure_list import FigureList, amount
from lianxin.ui.figures.figures_page import explained
from lianxin.ui.figures.sideways_bars import SidewaysBars
from lianxin.ui.jobs import Jobs
from lianxin.ui.opinions.sheets import RightSide
from lianxin.ui.pieces import Bar, Card, ChipRow, FilterCombo, TwoPanes, label
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.theme import px

_VIEWS = (("towns", "各乡镇"), ("bars", "乡镇图"), ("charts", "月份、类别图"), ("records", "记录"))
_NO_TOWN = EmptyWords("还没有乡镇", "乡镇登记以后，每个乡镇的数列在这里。")


class ByTownSection(QWidget):
    """`opened(kind, uid)` when a record behind a figure is to be shown."""

    opened = Signal(str, str)

    def __init__(self, office: Office, reads: Jobs) -> None:
        super().__init__()
        self._office, self._reads = office, reads
        self._sheet: TownSheet | None = None
        self._key, self._town = "opinions", WHOLE_KEY
        self.figures = FigureList()
        self.figures.picked.connect(self._figure_picked)
        self.figures.opened.connect(lambda _key: self._to_right())
        self.whose = FilterCombo("看哪个乡镇", "全县")
        self.whose.currentIndexChanged.connect(self._whose_chosen)
        self.figures.add_tool(self.whose)
        left = Card()
        left.add(self.figures.groups)
        left.add(self.figures, 1)
        self.ranked = QCheckBox("排名次")
        self.ranked.setToolTip("勾选以后多一列名次，数相同的并列；不勾选就不排")
        self.ranked.toggled.connect(lambda _on: self._show_figure())
        self.views = ChipRow(_VIEWS, name="看什么", numbered=False)
        self.views.setMinimumHeight(px(40))
        self.views.chosen.connect(self.show_view)
        self._stack = RightSide()
        self.towns = self._made_towns(TownSource())
        self.bars = SidewaysBars(nothing="各乡镇的这个数都是零，换一个指标看看")
        self.bars.picked.connect(self._bar_picked)
        self.charts = ChartCard()
        self.charts.picked.connect(self._chart_picked)
        self.counted = CountedList(office)
        self.counted.opened.connect(lambda uid: self.opened.emit(self.counted.counted_source.kind, uid))
        for widget in (self.towns, _scrolled(self.bars), self.charts, self.counted):
            self._stack.addWidget(widget)
        self.panes = TwoPanes(left, self._right(), names=("指标", "各乡镇"), shares=(1, 1), least=(400, 420))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.panes)
        self.show_view("towns")

    def show_sheet(self, sheet: TownSheet) -> None:
        """Show another period; the figure, the view and the township stay."""
        self._sheet = sheet
        self.whose.offer([(line.town.name, line.town.code) for line in sheet.found.lines])
        self._show_figures()
        self.charts.show_sheet(self.figures_sheet(WHOLE_KEY))
        self._show_figure()

    def figures_sheet(self, code: str) -> FigureSheet:
        """The three columns of one township, or of the county; the charts are always the county's."""
        assert self._sheet is not None
        found = self._sheet.found
        now, before, year_before = self._sheet.of(code)
        return FigureSheet(now, before, year_before, found.charts, paragraph(found.whole, "全县"))

    def _show_figures(self) -> None:
        self.figures.show_sheet(self.figures_sheet(self.whose.value() or WHOLE_KEY))

    def _whose_chosen(self) -> None:
        if self._sheet is not None:
            self._town = self.whose.value() or WHOLE_KEY
            self._show_figures()
            self._show_town()

    def show_view(self, code: str) -> None:
        """Turn to townships, bars, charts or records."""
        self.views.set_code(code)
        self._stack.setCurrentIndex([each for each, _ in _VIEWS].index(code))

    def ranked_figure(self) -> str:
        """The figure places were asked for; "" for none."""
        return self._key if self.ranked.isChecked() else ""

    def said(self) -> str:
        """The definition that is shown."""
        return self._definition.text()

    def go_back(self) -> bool:
        """Esc: from the records to the townships, from these to the figures."""
        if self.views.code() != "towns":
            self.show_view("towns")
            self.towns.setFocus()
            return True
        return self.panes.go_back()

    def focus_first(self) -> None:
        """The figures."""
        self.figures.setFocus()

    def _right(self) -> QWidget:
        self._card = Card("选一个指标")
        self._card.add_tool(self.ranked)
        self._definition = label("", "soft", wrap=True)
        self._card.add(self._definition)
        self._card.add(self.views)
        self._card.add(self._stack, 1)
        return self._card

    def _made_towns(self, source: TownSource) -> RecordList:
        self._source = source
        made = RecordList(
            source, name="各乡镇的数", unit="个", framed=False, with_filter=False, empty=_NO_TOWN
        )
        made.picked.connect(self._town_picked)
        made.opened.connect(self._town_opened)
        return made

    def _to_right(self) -> None:
        self.panes.show_right()
        self.show_view("towns")
        self.towns.setFocus()

    def _figure_picked(self, key: str) -> None:
        if key and self._sheet is not None and key != self._key:
            self._key, self._town = key, self.whose.value() or WHOLE_KEY
            self._show_figure()

    def _show_figure(self) -> None:
        if self._sheet is None:
            return
        source = TownSource(self._sheet.found, self._key, ranked=self.ranked.isChecked())
        if tuple(source.columns) == tuple(self._source.columns):
            self._source = source
            self.towns.set_source(source)
        else:
            # A list keeps its columns for life: with places it is another one.
            old, self.towns = self.towns, self._made_towns(source)
            self._stack.insertWidget(0, self.towns)
            self._stack.removeWidget(old)
            old.deleteLater()
            self.towns.refresh()
        self.bars.set_bars([Bar(each.label, each.value) for each in self._sheet.found.by_town(self._key)])
        self.show_view(self.views.code())
        self._show_town()

    def _town_picked(self, key: str) -> None:
        self._town = key or WHOLE_KEY
        self._show_town()

    def _town_opened(self, _key: str) -> None:
        self.show_view("records")
        self.counted.setFocus()

    def _show_town(self) -> None:
        figure, line = self._source.figure(self._town), self._source.line(self._town)
        if figure is None:
            return
        name = line.town.name if line is not None else "全县"
        self._card.set_heading(f"{name}　{figure.label}　{amount(figure)}")
        self._definition.setText(self._words(figure))
        self.counted.show_counted(figure.kind, figure.uids)

    def _words(self, figure: Figure) -> str:
        line = self._source.line(self._town)
        of_opinions = figure.kind == "opinion" and figure.key in _OF_LINE
        adds_up = f"\n{line.figures.reconciliation.text}" if line is not None and of_opinions else ""
        return explained(figure) + adds_up

    def _bar_picked(self, name: str) -> None:
        found = self._sheet.found if self._sheet is not None else None
        for line in found.lines if found is not None else ():
            if line.town.name == name:
                self._town = line.town.code
                self._show_town()

    def _chart_picked(self, bar: PickedBar) -> None:
        self._card.set_heading(bar.heading)
        self._definition.setText(bar.definition)
        self.counted.show_counted(bar.kind, bar.uids)


_OF_LINE = frozenset(
    {
        "opinions", "answered_on_spot", "assigned", "to_county", "guided", "to_suggestion", "deputy_solved",
        "withdrawn", "unrouted", "merged",
    }
)  # fmt: skip
"""Figures of the reconciliation line, which is shown beside them."""


def _scrolled(inner: QWidget) -> QScrollArea:
    frame = QScrollArea()
    frame.setWidgetResizable(True)
    frame.setWidget(inner)
    return frame
