"""统计: figures left, what one means and the records it counts right, charts to look at."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.documents.office_program import find_program
from lianxin.domain.casework.steps import FURTHER_KINDS
from lianxin.domain.counts import Figure
from lianxin.domain.periods import Period
from lianxin.office.desk import Desk
from lianxin.office.figuring import FigureSheet, figure_sheet, last_complete_month
from lianxin.office.papers.catalogue import make_paper
from lianxin.office.reception.visit_papers import write_paper
from lianxin.store.files import why_not
from lianxin.ui.asking.files import ask_save as ask_for_file
from lianxin.ui.failures import Problem
from lianxin.ui.figures.chart_card import ChartCard, PickedBar
from lianxin.ui.figures.counted_list import CountedList
from lianxin.ui.figures.figure_list import FigureList, amount
from lianxin.ui.figures.inspection import AskFolder, ask_folder, start_inspection
from lianxin.ui.figures.inspection_dialog import InspectionDialog
from lianxin.ui.figures.period_picker import PeriodPicker
from lianxin.ui.pages import COUNTY_TABLE, Head, Page
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pieces import Act, Card, TwoPanes, label
from lianxin.ui.printing import paper_folder, print_beside
from lianxin.ui.theme import px

AskSave = Callable[[QWidget, str], str]
FOLLOWED = (
    "contact", "visitor", "opinion", "routing", "assignment", "reply", "satisfaction", "reception-day", "rota",
    "station", "mandate", "person", "region", "office", "term", "deed", "station-check", "station-check-item",
    "year-report", "report-session", "evaluation", "activity", "meeting", "honour", "publicity",
    *(cls.KIND for cls in FURTHER_KINDS),
)  # fmt: skip


class FiguresPage(Page):
    """`ask_save` asks where the return is written, `folder_asked` where 迎检目录 goes; "" for nowhere."""

    def __init__(
        self,
        window: Window,
        office: Desk,
        *,
        ask_save: AskSave | None = None,
        folder_asked: AskFolder | None = None,
    ) -> None:
        super().__init__(window)
        self.office = office
        self._ask_save = ask_save or _ask_save
        self._ask_folder = folder_asked or ask_folder
        self._sheet: FigureSheet | None = None
        self.picker = PeriodPicker(last_complete_month(office), spans=True)
        self.picker.changed.connect(self.refresh)
        self._adds_up = label("", "soft", wrap=True)
        self.figures = FigureList()
        self.figures.picked.connect(self._picked)
        self.figures.opened.connect(self._opened)
        left = Card()
        left.add(self.figures.groups)
        left.add(self.figures, 1)
        self.panes = TwoPanes(
            left, self._right(), names=("指标", "口径和图"), shares=(1, 1), least=(400, 420)
        )
        self.body.addWidget(self.picker)
        self.body.addWidget(self._adds_up)
        self.body.addWidget(self.panes, 1)
        self.follow(FOLLOWED)

    def head(self) -> Head:
        """导出月报表 is what is done with figures."""
        return Head(
            "统计",
            Act("导出月报表", self.export, "F2", enabled=self._sheet is not None, needs="look"),
            (
                Act("复制成一段话", self.copy_text, enabled=self._sheet is not None),
                Act("填县里的表", lambda: self.desk.go(COUNTY_TABLE)),
                Act(
                    "迎检目录", self.lay_out_inspection, hint="把这一年的台账和文书分盒放好，附卷内目录和盒脊"
                ),
            ),
        )

    def refresh(self) -> None:
        """Count again, on the worker of readings."""
        self.read(partial(figure_sheet, self.office, self.picker.period()), self._show)

    def focus_first(self) -> None:
        """The list of figures."""
        self.figures.setFocus()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.figures.focus_filter()

    def go_back(self) -> bool:
        """Esc."""
        return self.panes.go_back()

    def print_now(self) -> None:
        """Ctrl+P: the return of this period, looked at before it is printed."""
        if self._sheet is None:
            self.desk.tell("数字还在统计，请稍候再按一次。")
            return
        period = self._sheet.told.period
        name = _return_name(period)

        def make() -> tuple[str, bytes]:
            return name, make_paper(self.office, "monthly-return", period=period.code)

        print_beside(self.desk, "正在生成报表", make, paper_folder(), owner=self, personal=False)

    def sheet(self) -> FigureSheet | None:
        """What is shown; None before the first counting."""
        return self._sheet

    def reconciliation(self) -> str:
        """The line that must add up."""
        return self._adds_up.text()

    def said(self) -> str:
        """The definition that is shown."""
        return self._definition.text()

    def copy_text(self) -> None:
        """复制成一段话."""
        if self._sheet is not None:
            QGuiApplication.clipboard().setText(self._sheet.text)
            self.desk.tell("已复制成一段话，可以粘贴到 Word 或微信里。")

    def lay_out_inspection(self) -> None:
        """迎检目录 of the year that is shown: how long its boxes are kept, where to, then laid out."""
        year = self.picker.period().end.year

        def go(counting: bool) -> None:
            if folder := self._ask_folder(self):
                start_inspection(self.desk, self.office, year, Path(folder), owner=self, counting=counting)

        dialog = InspectionDialog(self.office, year, go, self, countable=find_program(os.environ) is not None)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def export(self) -> None:
        """The return of this period as a workbook; beside it when the name is held open."""
        if self._sheet is None:
            return
        period = self._sheet.told.period
        told = self._ask_save(self, _return_name(period))
        if not told:
            return
        target = Path(told)
        try:
            written = write_paper(
                target.parent, target.name, make_paper(self.office, "monthly-return", period=period.code)
            )
        except OSError as wrong:
            self.desk.problem(
                Problem(
                    what=f"月报表没有写成：{why_not(wrong)}。", now="请换一个位置再导出一次。", code="U520"
                )
            )
            return
        also = "（原文件正打开着，另存了一份）" if written.instead else ""
        self.desk.tell(f"已导出 {written.path.name}{also}")

    def _right(self) -> QWidget:
        self.charts = ChartCard()
        self.charts.picked.connect(self._bar_picked)
        self._counted = Card("选一个指标")
        self._definition = label("这里说明它是怎么算的，下面列出它数的每一条记录。", "soft", wrap=True)
        self.counted = CountedList(self.office)
        self.counted.opened.connect(self._record_opened)
        self._counted.add(self._definition)
        self._counted.add(self.counted, 1)
        both = QWidget()
        box = QVBoxLayout(both)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        box.addWidget(self.charts, 4)
        box.addWidget(self._counted, 5)
        return both

    def _show(self, sheet: FigureSheet) -> None:
        self._sheet = sheet
        self._adds_up.setText(sheet.told.reconciliation.text)
        chosen = self.figures.current_key()
        self.figures.show_sheet(sheet)
        self.charts.show_sheet(sheet)
        self._picked(self.figures.current_key() if chosen else "opinions")
        self.head_changed.emit()

    def _picked(self, key: str) -> None:
        if not key or self._sheet is None:
            return
        figure = self._sheet.told[key]
        self._counted.set_heading(f"{figure.label}　{amount(figure)}")
        self._definition.setText(explained(figure))
        self.counted.show_counted(figure.kind, figure.uids)

    def _opened(self, _key: str) -> None:
        self.panes.show_right()

    def _record_opened(self, uid: str) -> None:
        self.desk.open_record(self.counted.counted_source.kind, uid)

    def _bar_picked(self, bar: PickedBar) -> None:
        self._counted.set_heading(bar.heading)
        self._definition.setText(bar.definition)
        self.counted.show_counted(bar.kind, bar.uids)


def explained(figure: Figure) -> str:
    """The definition of a figure; of a share with what it is a share of."""
    if figure.unit == "%" or figure.whole is not None:
        whole = (
            f"{figure.part} ÷ {figure.whole}" if figure.whole else "分母是零，没有可算的，不写0%也不写100%"
        )
        return f"{figure.definition}（{whole}）"
    return figure.definition


def _ask_save(parent: QWidget, name: str) -> str:
    return ask_for_file(parent, "导出月报表", name, "Excel 工作簿 (*.xlsx)")


def _return_name(period: Period) -> str:
    return f"月报表_{period.label}.xlsx" if period.months == 1 else f"报表_{period.label}.xlsx"
