"""Several marked matters at once: what can be done with them, and the sheets of 批量交办 and 批量督办."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.domain import codes
from lianxin.domain.records import Assignment, Supervision
from lianxin.office.case_batch import Batch, assign_many, supervise_many
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


class BatchAssignForm(ActForm):
    """批量交办: one unit for all; the limit of each follows the rules unless one is typed."""

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

    def save(self) -> Done | None:
        read = self.unit.read("", also={"opinion": "x"})
        if read is None:
            return None
        done = assign_many(
            self._office, opinions=self._uids, unit=read.unit, day=read.day, due=read.due,
            addressee=read.addressee, demand=read.demand,
        )  # fmt: skip
        return batch_done(self, done, "交办")


class BatchSuperviseForm(ActForm):
    """批量督办: one means and demand for all; one letter a unit, or one a matter."""

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

    def save(self) -> Done | None:
        also = {"opinion": "x", "means": self.means.value()}
        read = self.form.read("", also=also) if self.means.check() else None
        if read is None:
            return None
        done = supervise_many(
            self._office, opinions=self._uids, means=read.means, day=read.day, demand=read.demand,
            reply_by=read.reply_by, deputies=read.deputies, together=self.together.value() == "together",
        )  # fmt: skip
        return batch_done(self, done, "督办")


def batch_done(form: ActForm, done: Batch, act: str) -> Done | None:
    """What to say; a batch of which nothing could be done stays on its sheet."""
    if not done.done:
        form.say_problem(f"{done.told(act)}。没有改动。")
        return None
    return Done(done.told(act), done.changes)


def listed(titles: Sequence[str]) -> list[str]:
    """The first few titles."""
    return list(titles[:_LISTED])
