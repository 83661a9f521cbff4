"""The form of a register: saving also writes what follows, and asks first where something hangs on the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMessageBox, QWidget

from lianxin.domain.dictionary import Record
from lianxin.office.cases.courses import Question, question_of, save_in_course, touched_by
from lianxin.office.desk import Desk as Office
from lianxin.office.records import RecordRefused, Saved
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.pages import Desk
from lianxin.ui.registers.register_form import RegisterForm

Ask = Callable[[QWidget, Question], str]
"""Puts a question; "" when the clerk would rather not save yet."""

NOT_COPIED = frozenset({"number", "votes_for", "votes_against", "abstained", "others", "result"})
"""What belongs to one record only, and is no beginning of the next."""


class CourseForm(RegisterForm):
    """As RegisterForm, with `ask` for what must be decided before a station is merged or closed."""

    def __init__(
        self, window: Desk, office: Office, cls: type[Record], drafts: DraftKeeper, *, ask: Ask | None = None
    ) -> None:
        super().__init__(window, office, cls, drafts)
        self._course_office, self.ask = office, ask or _asked

    def store(self, record: Record, opened: Record | None) -> Saved:
        question = question_of(self._course_office, record, opened)
        answer = self.ask(self, question) if question is not None else ""
        if question is not None and not answer:
            raise RecordRefused({})
        return save_in_course(
            self._course_office, record, opened=opened, draft_key=self.draft_key(), answer=answer
        )

    def kinds(self) -> frozenset[str]:
        return super().kinds() | touched_by(self.record_class().KIND)

    def begin_like(self, record: Record) -> None:
        """复制上一条: a new record that begins as this one does."""
        self.begin_new()
        told = [spec for spec in record.fields() if spec.wire not in NOT_COPIED and not spec.withheld_able]
        packed = record.packed()
        self.form.set_typed({spec.wire: _typed(packed[spec.wire]) for spec in told})
        self.keep()


def _typed(packed: str | int | bool | None) -> str:
    if isinstance(packed, bool):
        return "是" if packed else "否"
    return "" if packed is None else str(packed)


def _asked(parent: QWidget, question: Question) -> str:
    """A short decision; Esc leaves everything as it was."""
    box = QMessageBox(parent)
    box.setWindowTitle("请先选一个")
    box.setText(question.words)
    buttons = {
        box.addButton(words, QMessageBox.ButtonRole.AcceptRole): answer for answer, words in question.choices
    }
    box.addButton("暂不保存", QMessageBox.ButtonRole.RejectRole)
    box.exec()
    clicked = box.clickedButton()
    return next((answer for made, answer in buttons.items() if made is clicked), "")


def wires_of_line(cls: type[Record]) -> Sequence[str]:
    """The fields of a line beside the one that names what it is a line of."""
    return [spec.wire for spec in cls.fields() if spec.wire != cls.PARENT and spec.kind.name != "owner"]
