"""A page that shows one matter with its 经过: history of its fields, one step put right or taken away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from lianxin.domain.casework.referral import CountyStep
from lianxin.domain.casework.steps import StepRecord
from lianxin.domain.records import Opinion, Routing
from lianxin.office.cases.steps import StepRefused, remove_step
from lianxin.office.lists.field_history import record_history
from lianxin.office.records import StillUsed
from lianxin.ui.opinions.detail import CaseDetail
from lianxin.ui.opinions.history_popup import HistoryPopup
from lianxin.ui.opinions.papered_page import PaperedPage
from lianxin.ui.opinions.step_forms import StepForm


class SteppedPage(PaperedPage):
    """The page itself makes `detail`."""

    detail: CaseDetail

    def history_of_fact(self, wire: str, point: QPoint) -> None:
        if self.shown_uid():
            self.show_history(Opinion, self.shown_uid(), wire, point)

    def event_menu(self, place: int, point: QPoint) -> None:
        file = self.detail.file
        if file is None:
            return
        menu = QMenu(self)
        step = file.events[place].record
        # What the county did is the county's to put right (journal.md, "Owner").
        if isinstance(step, StepRecord) and not isinstance(step, CountyStep):
            menu.addAction("更正这一步…").triggered.connect(partial(self.correct_step, place))
            menu.addAction("删除这一步").triggered.connect(partial(self.remove_step, place))
        menu.addAction("这一步的修改记录").triggered.connect(partial(self.step_history, place, point))
        menu.exec(point)

    def step_history(self, place: int, point: QPoint, _checked: bool = False) -> None:
        """Every writing of the record behind one step, where it was asked for."""
        file = self.detail.file
        if file is not None:
            event = file.events[place]
            written = record_history(self.office, type(event.record), event.record.uid)
            HistoryPopup(event.act, written, self).show_at(point)

    def correct_step(self, place: int, _checked: bool = False) -> None:
        """Open the sheet of one step of the 经过."""
        file = self.detail.file
        record = file.events[place].record if file is not None else None
        if file is not None and isinstance(record, StepRecord):
            self.open_sheet(StepForm(self.office, self.lookup, file, record))

    def remove_step(self, place: int, _checked: bool = False) -> None:
        """Take one step of the 经过 away; it can be brought back from the quiet bar."""
        file = self.detail.file
        if file is None:
            return
        event = file.events[place]
        assert isinstance(event.record, StepRecord)
        if isinstance(event.record, Routing) and event.record.route in ("merged", "taken_apart"):
            self.desk.tell("合并和拆开不能单独删除。要恢复单独办理，请用“拆开单独办理”。")
            return
        try:
            changes = remove_step(self.office, step=event.record)
        except StillUsed as used:
            self.desk.tell(used.message)
            return
        except StepRefused as refused:
            self.desk.tell(str(refused))
            return
        self.after_write(f"{file.number} 已删除一步：{event.act}", changes)
