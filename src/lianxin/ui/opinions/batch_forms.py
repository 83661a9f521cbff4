"""Several marked matters at once: what can be done with them, and the sheets of 批量交办 and 批量督办."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from lianxin.domain import codes
from lianxin.domain.records import Assignment, Supervision
from lianxin.office.cases.batch import Batch, Told, assign_many, supervise_many
from lianxin.office.desk import Desk
from lianxin.ui.form import FormFields
from lianxin.ui.opinions.act_form import ActForm, ChoiceRow, Done
from lianxin.ui.opinions.act_row import ActRow
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces import Act, ScrollCard, label

_LETTERS = (("together", "一个单位一份函"), ("each", "每件一份函"))
_LISTED = 12
"""So many titles are named on the card; the list beside it has them all."""


class BatchCard(ScrollCard):
    """Stands in the detail's place while several rows are marked."""

    def __init__(self) -> None:
        super().__init__("同时办理")
        self._count = label("", "heading")
        self._titles = label("", wrap=True)
        self.add(self._count)
        self.add(
            label("按住 Ctrl 或 Shift 选多行；能办的一起办，不能办的保持原样并说明原因。", "soft", wrap=True)
        )
        self.add(self._titles)
        self.add_stretch()
        self.acts = ActRow()
        self.foot.addWidget(self.acts, 1)

    def show_marked(self, titles: Sequence[str], count: int, acts: Sequence[Act]) -> None:
        """Show how many are marked and what can be done with them."""
        self._count.setText(f"已选 {count} 件")
        more = [f"……共{count}件"] if count > len(titles) else []
        self._titles.setText("\n".join([*titles, *more]))
        self.setAccessibleName(f"已选{count}件")
        self.acts.show_acts(acts)


Run = Callable[[Told], Batch]
"""The one call of a batch; told how far it is."""


class BatchForm(ActForm):
    """A sheet about all that are marked. `run_wanted(Run)` when it is filled in: the page lets it run beside the
    window, shows how far it is, and calls `finish` with what became of it. `act` is what is said of each.
    """

    run_wanted = Signal(object)
    act = ""

    def ready(self) -> Run | None:
        """The call to be made; None, with the problems shown, when it cannot be made yet."""
        raise NotImplementedError

    def save(self) -> Done | None:
        run = self.ready()
        if run is not None:
            self.setEnabled(False)
            self.run_wanted.emit(run)
        return None

    def finish(self, done: Batch) -> None:
        """Say what became of it; a batch of which nothing could be done stays on its sheet."""
        self.setEnabled(True)
        if done.done:
            self.done.emit(Done(done.told(self.act), done.changes))
        else:
            self.refuse(f"{done.told(self.act)}。没有改动。")

    def refuse(self, why: str) -> None:
        """Say why nothing was done; what is typed stays."""
        self.setEnabled(True)
        self.say_problem(why)


class BatchAssignForm(BatchForm):
    """批量交办: one unit for all; the limit of each follows the rules unless one is typed."""

    act = "交办"

    def __init__(self, office: Desk, lookup: Lookup, uids: Sequence[str]) -> None:
        super().__init__(
            "批量交办", f"已选 {len(uids)} 件", kind=Assignment.KIND, key="batch", save_words="全部交办"
        )
        self._office, self._uids = office, tuple(uids)
        self.unit = FormFields(
            Assignment, ["unit", "due", "demand", "addressee", "date"], today=office.today, lookup=lookup,
            offer_new=("unit", "addressee"), labels={"unit": "具体承办"}, tall={"demand": 2},
        )  # fmt: skip
        self.unit.set_hint("due", "不填则每件按规则各算各的")
        self.add_part(self.unit)
        self.finish_parts()

    def start(self) -> None:
        self.unit.set_typed({"date": self._office.today().isoformat()})

    def ready(self) -> Run | None:
        read = self.unit.read("", also={"opinion": "x"})
        if read is None:
            return None
        return lambda told: assign_many(
            self._office, opinions=self._uids, unit=read.unit, day=read.day, due=read.due,
            addressee=read.addressee, demand=read.demand, told=told,
        )  # fmt: skip


class BatchSuperviseForm(BatchForm):
    """批量督办: one means and demand for all; one letter a unit, or one a matter."""

    act = "督办"

    def __init__(self, office: Desk, lookup: Lookup, uids: Sequence[str]) -> None:
        super().__init__(
            "批量督办", f"已选 {len(uids)} 件", kind=Supervision.KIND, key="batch", save_words="全部督办"
        )
        self._office, self._uids = office, tuple(uids)
        choices = [(each.code, each.label) for each in codes.SUPERVISION_MEANS.codes]
        self.means = ChoiceRow("means", "督办方式", choices)
        self.form = FormFields(
            Supervision, ["demand", ("date", "reply_by"), "deputies"], today=office.today, lookup=lookup,
            tall={"demand": 2},
        )  # fmt: skip
        self.together = ChoiceRow("together", "督办函", _LETTERS)
        for part in (self.means, self.together, self.form):
            self.add_part(part)
        self.finish_parts()

    def arrange(self) -> None:
        self.together.setVisible(self.means.value() == "letter")

    def start(self) -> None:
        self.together.set_value("together")
        today, rule = self._office.today(), self._office.profile.supervision_reply
        until = self._office.profile.limit(today, rule).isoformat() if rule else ""
        self.means.set_value("letter")
        self.form.set_typed({"date": today.isoformat(), "reply_by": until})

    def ready(self) -> Run | None:
        also = {"opinion": "x", "means": self.means.value()}
        read = self.form.read("", also=also) if self.means.check() else None
        if read is None:
            return None
        together = self.together.value() == "together"
        return lambda told: supervise_many(
            self._office, opinions=self._uids, means=read.means, day=read.day, demand=read.demand,
            reply_by=read.reply_by, deputies=read.deputies, together=together, told=told,
        )  # fmt: skip


def listed(titles: Sequence[str]) -> list[str]:
    """The first few titles."""
    return list(titles[:_LISTED])
