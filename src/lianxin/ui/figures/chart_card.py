"""Figures people would rather look at: months, categories, villages, channels; each bar leads to its records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from lianxin.domain.figures.distributions import Charts, Point
from lianxin.office.figuring import FigureSheet
from lianxin.ui.figures.sideways_bars import SidewaysBars
from lianxin.ui.pieces import Bar, BarChart, Card, ChipRow
from lianxin.ui.theme import px

_NO_VISITS = "这一年没有登记过来访走访，换一年看看"
_NO_OPINIONS = "这一期没有登记过意见，换一期看看"
_NO_CONTACTS = "这一期没有登记过来访走访，换一期看看"
_OF_OPINIONS = "本期登记的群众意见，不含合并件"
_OF_CONTACTS = "联系群众人次，由这些登记相加"


@dataclass(frozen=True)
class _Picture:
    """One lying chart: its chip, what its bars are made of, and what they count."""

    code: str
    chip: str
    points: Callable[[Charts], Sequence[Point]]
    kind: str
    unit: str
    what: str
    nothing: str


_LYING = (
    _Picture("categories", "意见类别", lambda c: c.categories, "opinion", "条", _OF_OPINIONS, _NO_OPINIONS),
    _Picture("villages", "村", lambda c: c.villages, "opinion", "条", _OF_OPINIONS, _NO_OPINIONS),
    _Picture("sources", "渠道", lambda c: c.sources, "opinion", "条", _OF_OPINIONS, _NO_OPINIONS),
    _Picture("channels", "联系方式", lambda c: c.channels, "contact", "人次", _OF_CONTACTS, _NO_CONTACTS),
)


@dataclass(frozen=True)
class PickedBar:
    """The bar that was picked: heading, definition, and the records it counts."""

    heading: str
    definition: str
    kind: str
    uids: tuple[str, ...]


class ChartCard(Card):
    """Chips choose the chart. `picked(PickedBar)` when a bar is clicked or entered."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._sheet: FigureSheet | None = None
        self.chips = ChipRow((), name="看哪一种图", numbered=False)
        self.chips.setMinimumHeight(px(40))
        self.chips.chosen.connect(self.show_chart)
        self._pictures = QStackedWidget()
        self._pictures.setMinimumHeight(px(150))
        self._codes: list[str] = []
        self.months = BarChart(unit="人次", nothing=_NO_VISITS)
        self.months.picked.connect(self._month_picked)
        self.matters = BarChart(unit="件", nothing=_NO_OPINIONS, pair=("收集", "办结"))
        self.matters.picked.connect(self._matters_picked)
        self.lying = {each.code: SidewaysBars(unit=each.unit, nothing=each.nothing) for each in _LYING}
        self._add("months", self.months)
        self._add("matters", self.matters)
        for picture in _LYING:
            bars = self.lying[picture.code]
            bars.picked.connect(partial(self._lying_picked, picture))
            self._add(picture.code, _scrolled(bars))
        self.add(self.chips)
        self.add(self._pictures, 1)

    def show_chart(self, code: str) -> None:
        """Turn to a chart."""
        self.chips.set_code(code)
        self._pictures.setCurrentIndex(self._codes.index(code))

    def show_sheet(self, sheet: FigureSheet) -> None:
        """Show another period; the chart stays."""
        self._sheet = sheet
        period, charts = sheet.told.period, sheet.charts
        # A whole year has no month to point at.
        now = {part.code for part in period.parts} if period.months < 12 else set()
        self.months.set_bars([Bar(each.label, each.value, now=each.key in now) for each in charts.months])
        self.matters.set_bars(
            [
                Bar(new.label, new.value, now=new.key in now, beside=done.value)
                for new, done in ((each.collected, each.closed) for each in charts.matters)
            ]
        )
        for picture in _LYING:
            points = picture.points(charts)
            self.lying[picture.code].set_bars([Bar(point.label, point.value) for point in points])
        words = {"months": f"{period.end.year}年联系人次", "matters": "收集办结"} | {
            each.code: each.chip for each in _LYING
        }
        shown = self._pictures.currentIndex()
        self.chips.set_choices([(code, words[code]) for code in self._codes])
        self.show_chart(self._codes[shown])

    def _add(self, code: str, widget: QWidget) -> None:
        self._codes.append(code)
        self._pictures.addWidget(widget)

    def _month_picked(self, name: str) -> None:
        if self._sheet is not None:
            self._tell(self._sheet.charts.months, name, "contact", "人次", _OF_CONTACTS)

    def _matters_picked(self, name: str) -> None:
        if self._sheet is None:
            return
        for each in self._sheet.charts.matters:
            if each.collected.label == name:
                heading = f"{name}　收集{each.collected.value}条，办结{each.closed.value}件"
                uids = tuple(dict.fromkeys((*each.collected.uids, *each.closed.uids)))
                said = "当月登记的群众意见（不含合并件）和当月办结的转交、转报意见。"
                self.picked.emit(PickedBar(heading, said, "opinion", uids))

    def _lying_picked(self, picture: _Picture, name: str) -> None:
        if self._sheet is not None:
            self._tell(picture.points(self._sheet.charts), name, picture.kind, picture.unit, picture.what)

    def _tell(self, points: Sequence[Point], name: str, kind: str, unit: str, what: str) -> None:
        point = next((each for each in points if each.label == name), None)
        if point is not None:
            self.picked.emit(PickedBar(f"{name}　{point.value}{unit}", f"{what}。", kind, point.uids))


def _scrolled(inner: QWidget) -> QScrollArea:
    frame = QScrollArea()
    frame.setWidgetResizable(True)
    frame.setWidget(inner)
    return frame
