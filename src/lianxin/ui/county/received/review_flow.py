"""What is looked up about the chosen file in the background, and what the clerk decides on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from lianxin.county.received.deciding import CannotDecide, decide
from lianxin.county.received.file_review import FileReview, review_of
from lianxin.county.received.records_told import RecordTold
from lianxin.office.desk import Desk
from lianxin.office.records import undo_changes
from lianxin.store.writing import Change
from lianxin.ui.county.received.file_panel import FilePanel
from lianxin.ui.failures import Problem
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Page

ALL_THERE = "已接收的内容都在，没有改动。"


class ReviewFlow(QObject):
    """Belongs to the page and works on its panel."""

    def __init__(self, page: Page, window: Window, office: Desk, panel: FilePanel) -> None:
        super().__init__(page)
        self._page, self._window, self._office, self._panel = page, window, office, panel
        self._place, self._review = "", FileReview()
        panel.decision.passed.connect(self.accept)
        panel.decision.whole_returned.connect(self.return_whole)
        panel.decision.record_returned.connect(self.return_record)

    def look_up(self, place: str) -> None:
        """Fill in what takes a moment; the answer for a file that is no longer shown is let go."""
        self._place, office = place, self._office

        def work(_progress: Progress, _cancel: Cancel) -> FileReview:
            return review_of(office, place)

        def done(review: FileReview) -> None:
            told = self._panel.told()
            if place == self._place and told is not None and told.place == place and not told.looked_at:
                self._review = review
                self._panel.show_review(review)

        if place:
            self._window.reads.start(work, title="", done=done, owner=self)

    def shown(self) -> FileReview:
        """What was found out about the file that is shown."""
        return self._review

    def accept(self) -> None:
        """通过."""
        self._decide("审核通过，随下一份回执告诉乡镇", {}, words="", whole=False)

    def return_whole(self, words: str) -> None:
        """整份退回修改."""
        reasons = dict(self._review.decided.reasons)
        self._decide("整份退回修改，随下一份回执告诉乡镇", reasons, words=words, whole=True)

    def return_record(self, record: RecordTold, reason: str) -> None:
        """退回这一条, or with "" 不退回; what was said of the whole stays."""
        decided = self._review.decided
        about = (record.kind, record.uid)
        reasons = {each: why for each, why in decided.reasons.items() if each != about}
        if reason:
            reasons[about] = reason
        decision = decided.decision
        whole = decision is not None and decision.result == "returned"
        words = (decision.words or "") if decision is not None else ""
        told = f"退回“{record.title}”，随下一份回执告诉乡镇" if reason else f"不退回“{record.title}”了"
        self._decide(told, reasons, words=words, whole=whole and bool(reasons or words))

    def _decide(self, told: str, reasons: dict[tuple[str, str], str], *, words: str, whole: bool) -> None:
        try:
            changes = decide(self._office, self._place, reasons=reasons, words=words, whole=whole)
        except CannotDecide as wrong:
            self._window.problem(Problem(what=wrong.message, safe=ALL_THERE, code=wrong.code))
            return
        self._wrote(changes)
        self._window.tell(told, lambda: self._undo(changes))

    def _undo(self, changes: Sequence[Change]) -> None:
        undo_changes(self._office, changes)
        self._wrote(changes)
        self._window.tell("已撤销，审核结果和原来一样。")

    def _wrote(self, changes: Sequence[Change]) -> None:
        self._window.saved()
        self._window.hub.tell({change.kind for change in changes})
        self.look_up(self._place)
