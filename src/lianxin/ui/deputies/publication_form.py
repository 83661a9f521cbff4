"""公示: where the sheet is put up and who checked it; the sheet is made and entered in the register in one act."""

from __future__ import annotations

from PySide6.QtCore import Signal

from lianxin.domain.codes import LEVEL
from lianxin.domain.records import Publication
from lianxin.office.desk import Desk
from lianxin.office.paperwork.paper import PapersProblem
from lianxin.office.scoring.publications import Printed, publish
from lianxin.ui.form import FormFields
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.opinions.act_form import ActForm, Done
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pieces import label


class PublicationForm(ActForm):
    """`printed(name, content)` when the sheet is there to be looked at."""

    printed = Signal(str, bytes)

    def __init__(self, window: Window, office: Desk, level: str, year: int) -> None:
        super().__init__(
            "公示代表履职情况", f"{LEVEL.label_of(level)}级代表，{year}年度", kind=Publication.KIND,
            key=f"performance-{level}-{year}", save_words="生成并登记",
        )  # fmt: skip
        self._window, self._office, self._level, self._year = window, office, level, year
        self.add(
            label(
                "只有姓名、性别、选区、单位及职务和各项次数，没有电话、住址、出生年月、证件号和来访人。"
                "生成时检查一遍，记入公示台账。", "soft", wrap=True,
            )
        )  # fmt: skip
        self.form = FormFields(Publication, ["place", "checked_by"], today=office.today)
        self.add_part(self.form)
        self.finish_parts()

    def save(self) -> Done | None:
        place, by = self.form.value("place"), self.form.value("checked_by")

        def work(_progress: Progress, _cancel: Cancel) -> Printed:
            return publish(self._office, self._level, self._year, place=place, by=by)

        self._window.jobs.start(
            work, title="生成公示", done=self._made, failed=self._failed, owner=self
        )  # fmt: skip
        return None

    def _made(self, printed: Printed) -> None:
        self.printed.emit(printed.name, printed.content)
        self.done.emit(Done(f"已生成“{printed.publication.title}”，并记入公示台账", printed.changes))

    def _failed(self, wrong: Exception) -> None:
        if not isinstance(wrong, PapersProblem):
            raise wrong
        self.say_problem(str(wrong))
