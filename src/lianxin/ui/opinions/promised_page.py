"""A page of matters whose list can give way to the 承诺台账; a link says how many promises have come back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from lianxin.office.case_papers.promised import promises_waiting
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.opinions.promise_list import PromiseList
from lianxin.ui.opinions.stepped_page import SteppedPage
from lianxin.ui.pieces import button


class PromisedPage(SteppedPage):
    """The page calls `add_promises` once its list is made, puts `lists` where the list goes and what `put_above`
    answers above it.
    """

    lists: QStackedWidget
    above: QWidget
    promises_due: QPushButton

    def add_promises(self, *, deputies: bool) -> None:
        """Make room for the promises beside the matters; `deputies` for those on suggestions and bills."""
        self._of_deputies = deputies
        self.lists = QStackedWidget()
        self.lists.addWidget(self.list)
        self.promises_due = button(
            "承诺台账", "link", act=self.show_promises, hint="答复里承诺过的事项，到期的在前"
        )

    def put_above(self, filters: QWidget) -> QWidget:
        """The filters of the list with the link to the promises at their right; gone while the list is."""
        self.above = QWidget()
        line = QHBoxLayout(self.above)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(filters, 1)
        line.addWidget(self.promises_due, 0, Qt.AlignmentFlag.AlignTop)
        return self.above

    def go_back(self) -> bool:
        if super().go_back():
            return True
        if self.in_promises():
            self.show_matters()
            return True
        return False

    def marked(self) -> Sequence[str]:
        return [] if self.in_promises() else super().marked()

    def in_promises(self) -> bool:
        """Whether the promises stand in the list's place."""
        return self.lists.currentWidget() is not self.list

    def show_promises(self) -> None:
        """承诺台账 in the list's place; the matter of the chosen promise is shown beside it."""
        if self.lists.count() == 1:
            self._make_promises()
        self.lists.setCurrentWidget(self.promises)
        self.go_with_list(None)
        self.above.hide()
        self.panes.show_left()
        self.promises.list.refresh()
        self.promises.setFocus()

    def _make_promises(self) -> None:
        """Made when it is first asked for: the page is there sooner."""
        self.promises = PromiseList(self.office, self.desk.reads, deputies=self._of_deputies)
        self.promises.picked.connect(self._promise_picked)
        self.promises.left.connect(self.show_matters)
        self.promises.export_asked.connect(self.export_promises)
        self.promises.print_asked.connect(self.print_promises)
        self.lists.addWidget(self.promises)

    def show_matters(self) -> None:
        """Back to the list of matters."""
        self.lists.setCurrentWidget(self.list)
        self.go_with_list(self.above)
        self.above.setVisible(self.panes.left.isVisibleTo(self.panes))
        self.list.setFocus()
        if self.form is None:
            self.show_record(self.list.current_key())

    def _promise_picked(self, matter: str) -> None:
        if self.in_promises() and self.form is None:
            self.show_record(matter)

    def count_promises(self) -> None:
        def work(_progress: Progress, _cancel: Cancel) -> int:
            return promises_waiting(self.office, deputies=self._of_deputies)

        def done(count: int) -> None:
            self.promises_due.setText(f"承诺待核实 {count} 项" if count else "承诺台账")

        self.desk.reads.start(work, title="", done=done, owner=self)
