"""What is known of a matter on a day: its state, time limit, next act and the five steps behind and before it."""

from __future__ import annotations

import dataclasses as dc
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, TypeAlias

from lianxin.domain.casework.referral import Referral, township_line
from lianxin.domain.codes import Code, CodeList
from lianxin.domain.dates import show_day_short

CASE_STATE = CodeList(
    "case_state",
    "办理状态",
    (
        Code("registered", "待分流"),
        Code("review", "待审查"),
        Code("revise", "退回代表修改"),
        Code("chair", "待主席审阅"),
        Code("supplement", "退回补充"),
        Code("routed", "待交办"),
        Code("returned", "已退回待改派"),
        Code("handling", "办理中"),
        Code("to_county", "已转报县人大"),
        Code("answered", "待回访"),
        Code("redo", "待重办"),
        Code("rehandling", "重办中"),
        Code("presidium", "提交主席团研究"),
        Code("closed", "已办结"),
        Code("unreached", "无法反馈"),
        Code("to_tell", "待告知"),
        Code("guided", "已引导"),
        Code("converted", "已转代表建议"),
        Code("to_opinion", "已转群众意见"),
        Code("merged", "已合并办理"),
        Code("withdrawn", "已撤回"),
    ),
)
"""Every state a matter can be in; the labels are what lists and filters show."""

OPEN_STATES = frozenset(
    {
        "registered",
        "review",
        "revise",
        "chair",
        "supplement",
        "to_tell",
        "routed",
        "returned",
        "handling",
        "to_county",
        "answered",
        "redo",
        "rehandling",
        "presidium",
    }
)
ELSEWHERE_STATES = frozenset({"to_tell", "guided", "withdrawn", "merged", "converted", "to_opinion"})
STEP_LABELS = ("统一登记", "梳理分流", "跟踪督办", "反馈结果", "持续重办")

Mark: TypeAlias = Literal["done", "now", "todo", "skipped"]
Tone: TypeAlias = Literal["late", "soon", "calm", ""]


@dc.dataclass(frozen=True)
class Step:
    """One of the five steps as the detail view shows it, with the date beneath."""

    label: str
    day: date | None
    mark: Mark

    @property
    def done(self) -> bool:
        """Whether the step lies behind the matter."""
        return self.mark == "done"


@dc.dataclass(frozen=True)
class CaseState:
    """Where a matter stands on a day.

    `due` is the last day of the next act (telling where it goes, the reply, asking the visitor); `handling_due`
    the handling unit's own time limit. `round` counts how often it was 不满意 and taken up again. `badge` is
    empty for closed matters and those without a time limit. `last_day` and `last_act` are of the latest step that
    moved the matter; `extension_asked` of a request nobody decided on; `supervision_due` the first unanswered one;
    `ask_from` the day from which the person who raised it is to be asked. `reviewed` are the looks a suggestion
    has passed, `co_waiting` the further units that have not answered yet. `archived` is the day a matter went to
    the archive, `archive_number` its 档号; None and "" while it is not there. `referral` tells
    what became of it at the county, once it was sent up.
    """

    opinion: str
    code: str
    route: str
    round: int
    unit: str
    due: date | None
    handling_due: date | None
    days_left: int | None
    badge: str
    tone: Tone
    next_act: str
    registered: date
    routed_day: date | None
    assigned_day: date | None
    answered_day: date | None
    asked_day: date | None
    unsatisfied_day: date | None
    closed_day: date | None
    result: str
    satisfaction: str
    addressee: str = ""
    last_day: date | None = None
    last_act: str = ""
    extended: int = 0
    extension_asked: date | None = None
    supervised: int = 0
    supervision_due: date | None = None
    ask_from: date | None = None
    deputies_satisfaction: str = ""
    reviewed: tuple[str, ...] = ()
    co_waiting: int = 0
    archived: date | None = None
    archive_number: str = ""
    referral: Referral | None = None

    @property
    def label(self) -> str:
        """The state in the clerk's words."""
        label = CASE_STATE.label_of(self.code)
        return f"{label}，已归档" if self.archived else label

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.code in OPEN_STATES

    @property
    def overdue(self) -> bool:
        """Whether the next act is past its last day."""
        return self.days_left is not None and self.days_left < 0

    @property
    def county_unit(self) -> str:
        """The name of the county unit that has a referred matter, "" while none has, and when it came back."""
        away = self.referral is None or self.referral.stage in ("returned", "taken_back")
        return "" if away or self.referral is None else self.referral.unit

    @property
    def steps(self) -> tuple[Step, ...]:
        """The five steps with their dates, for the detail view and the printed sheet."""
        return _five(self)


def _five(state: CaseState) -> tuple[Step, ...]:
    code, ended = state.code, not state.open or state.code == "to_tell"
    marks: list[tuple[date | None, Mark]] = [(state.registered, "done")]
    before_handing = code in ("to_tell", "review", "revise", "chair", "supplement")
    # A matter the chair sent to the presidium was not handled by anybody yet.
    looked_at = before_handing or (code == "presidium" and not state.round)
    sorted_out = state.route and not looked_at
    marks.append((state.routed_day, "done" if sorted_out else "skipped" if not state.open else "now"))
    followed = state.assigned_day is not None or code == "to_county"
    if code == "to_county" and state.referral is not None:
        marks.append((state.referral.assigned or state.referral.sent, "now"))
    elif code in ("handling", "rehandling", "routed", "returned", "to_county"):
        marks.append((state.assigned_day, "now"))
    elif ended and not followed and state.route != "assigned":
        marks.append((None, "skipped"))
    else:
        marks.append((state.answered_day, "done" if state.answered_day else "skipped" if ended else "todo"))
    if code == "answered":
        marks.append((state.asked_day, "now"))
    elif state.asked_day or (code == "closed" and state.answered_day):
        marks.append((state.asked_day or state.closed_day, "done"))
    else:
        marks.append((None, "skipped" if ended else "todo"))
    if code in ("redo", "rehandling", "presidium") and not looked_at:
        marks.append((state.unsatisfied_day, "now"))
    elif state.round:
        marks.append((state.closed_day or state.unsatisfied_day, "done" if ended else "now"))
    else:
        marks.append((None, "skipped" if ended else "todo"))
    return tuple(Step(label, day, mark) for label, (day, mark) in zip(STEP_LABELS, marks, strict=True))


def one_line(state: CaseState, unit_names: Mapping[str, str]) -> str:
    """镇水务站承办，期限11月16日，已超期6天: the sentence under the five steps; empty without a unit.

    Of a matter the county has it says where it is there.
    """
    if state.referral is not None and (said := township_line(state.referral)):
        return said
    if not state.unit or state.handling_due is None:
        return ""
    unit = unit_names.get(state.unit, "") or "承办单位"
    said = f"{unit}承办，期限{show_day_short(state.handling_due)}"
    if state.code in ("handling", "rehandling") and state.days_left is not None:
        left = state.days_left
        said += f"，已超期{-left}天" if left < 0 else "，今天到期" if left == 0 else f"，还剩{left}天"
    return said


def to_do(states: Sequence[CaseState]) -> tuple[CaseState, ...]:
    """近期待办: the open matters with a time limit, the most urgent first."""
    pending = [state for state in states if state.open and state.due is not None]
    return tuple(sorted(pending, key=lambda state: (state.due or date.max, state.opinion)))
