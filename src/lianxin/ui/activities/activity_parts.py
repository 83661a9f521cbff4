"""What hangs on an activity beside its list: money spent on it (代表法 §42), deeds done at it (founding document 004-10)."""

from __future__ import annotations

from lianxin.domain.records import Deed, Expense
from lianxin.office.desk import Desk as Office
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.form import Line
from lianxin.ui.pages import Desk
from lianxin.ui.registers.child_panel import ChildPanel
from lianxin.ui.sources import RecordSource
from lianxin.ui.table import Column

_EXPENSE_LINES: tuple[Line, ...] = ("what", ("date", "money"), "item", ("person", "handled_by"), "remark")
_DEED_LINES: tuple[Line, ...] = (
    "person", "what", "date", ("households", "persons"), ("own_money", "raised_money"), "witness", "theme", "remark",
)  # fmt: skip


def activity_parts(window: Desk, office: Office, drafts: DraftKeeper) -> dict[str, ChildPanel]:
    """The panels by the key of their tab."""
    expenses = RecordSource(
        office, Expense, ("date", "what", "item", "money"),
        columns={
            "date": Column("date", "日期", 124), "what": Column("what", "事项", 160, stretch=True),
            "item": Column("item", "科目", 84, drop=1), "money": Column("money", "金额", 84, align="right"),
        },
    )  # fmt: skip
    deeds = RecordSource(
        office, Deed, ("date", "person", "what"),
        columns={
            "date": Column("date", "日期", 124), "person": Column("person", "代表", 84),
            "what": Column("what", "事项", 160, stretch=True),
        },
    )  # fmt: skip
    return {
        "money": ChildPanel(window, office, drafts, Expense, "activity", expenses, _EXPENSE_LINES),
        "deeds": ChildPanel(window, office, drafts, Deed, "activity", deeds, _DEED_LINES),
    }
