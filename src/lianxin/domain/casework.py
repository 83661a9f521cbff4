"""What has become of a matter: its state, computed from the steps recorded on it and never stored.

The five steps are those of founding document 002-19; states and back-steps those of domain.md 3.14.
"""

from __future__ import annotations

import dataclasses as dc
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeAlias

from lianxin.domain.casestate import (
    CASE_STATE,
    ELSEWHERE_STATES,
    OPEN_STATES,
    STEP_LABELS,
    CaseState,
    Step,
    Tone,
    one_line,
    to_do,
)
from lianxin.domain.records import Assignment, Opinion, Reply, Routing, Satisfaction
from lianxin.domain.rules import RuleProfile, add_months, after

__all__ = [
    "CASE_STATE",
    "OPEN_STATES",
    "STEP_LABELS",
    "CaseState",
    "Step",
    "due_date",
    "one_line",
    "state_of",
    "to_do",
]

_Event: TypeAlias = Routing | Assignment | Reply | Satisfaction

_ENDS: Mapping[str, str] = {
    "answered_on_spot": "closed",
    "deputy_solved": "closed",
    "guided": "guided",
    "to_petition": "guided",
    "to_suggestion": "converted",
    "merged": "merged",
    "withdrawn": "withdrawn",
    "to_county": "to_county",
}


@dc.dataclass
class _Matter:
    """The matter while its steps are gone through in order of time."""

    code: str = "registered"
    route: str = ""
    round: int = 0
    unit: str = ""
    routed: date | None = None
    assigned: date | None = None
    assigned_due: date | None = None
    answered: date | None = None
    asked: date | None = None
    closed: date | None = None
    unsatisfied: date | None = None
    attempts: int = 0
    result: str = ""
    satisfaction: str = ""


def due_date(
    day: date, profile: RuleProfile, *, track: str = "opinion", urgency: str = "ordinary", hard: bool = False
) -> date:
    """The last day for the handling unit to answer what was assigned on `day`.

    Suggestions and bills have the law's 3 or 6 months (代表法 §51); opinions the office's own setting, by urgency.
    """
    if track in ("suggestion", "bill"):
        return after(day, profile.reply_hard if hard else profile.reply)
    by_urgency = {"urgent": profile.opinion_urgent_days, "pressing": profile.opinion_pressing_days}
    return after(day, by_urgency.get(urgency, profile.opinion_days))


def state_of(
    opinion: Opinion,
    routings: Iterable[Routing] = (),
    assignments: Iterable[Assignment] = (),
    replies: Iterable[Reply] = (),
    satisfactions: Iterable[Satisfaction] = (),
    *,
    today: date,
    profile: RuleProfile,
    unit_names: Mapping[str, str] | None = None,
) -> CaseState:
    """The state on `today`, from the matter's own step records in any order.

    Steps dated after `today` do not count, so that the same function tells how things stood at the end of a past
    month. `unit_names` (uid → name) only makes the next act readable.
    """
    matter = _Matter()
    waiting = _in_time(opinion, routings, assignments, replies, satisfactions, today)
    while waiting:
        first_day, chosen = waiting[0]
        if len(waiting) > 1 and waiting[1][0] == first_day:
            same_day = [event for day, event in waiting if day == first_day]
            chosen = min(same_day, key=lambda event: (_readiness(event, matter.code), event.uid))
        waiting.remove((first_day, chosen))
        _take(matter, chosen, first_day, opinion, profile)
    if opinion.merged_into and matter.code not in ("withdrawn", "merged"):
        matter.code, matter.route = "merged", "merged"
    return _told(opinion, matter, today, profile, unit_names or {})


def _in_time(
    opinion: Opinion,
    routings: Iterable[Routing],
    assignments: Iterable[Assignment],
    replies: Iterable[Reply],
    satisfactions: Iterable[Satisfaction],
    today: date,
) -> list[tuple[date, _Event]]:
    """The steps up to today by day; an undated evaluation (old ledgers) goes with the first reply."""
    dated: list[tuple[date, _Event]] = [(routing.day, routing) for routing in routings]
    dated += [(assignment.day, assignment) for assignment in assignments]
    dated += [(reply.day, reply) for reply in replies]
    undated = min((event.day for _, event in dated if isinstance(event, Reply)), default=None)
    undated = undated or max((day for day, _ in dated), default=opinion.registered)
    dated += [(satisfaction.day or undated, satisfaction) for satisfaction in satisfactions]
    return sorted((pair for pair in dated if pair[0] <= today), key=lambda pair: (pair[0], pair[1].uid))


_READY: Mapping[str, tuple[int, int, int, int]] = {
    # state → how ready it is for a routing, assignment, reply, evaluation of one and the same day
    "registered": (0, 1, 2, 3),
    "routed": (3, 0, 1, 2),
    "handling": (3, 0, 0, 2),
    "rehandling": (3, 0, 0, 2),
    "answered": (3, 2, 1, 0),
    "redo": (3, 0, 1, 2),
    "presidium": (3, 0, 1, 2),
}


def _readiness(event: _Event, code: str) -> int:
    """Steps of one day carry no clock: first comes what the state is waiting for, then the older record."""
    routing, assignment, reply, evaluation = _READY.get(code, (0, 1, 2, 3))
    if isinstance(event, Routing):
        return routing
    if isinstance(event, Assignment):
        return assignment
    return reply if isinstance(event, Reply) else evaluation


def _take(matter: _Matter, event: _Event, day: date, opinion: Opinion, profile: RuleProfile) -> None:
    if isinstance(event, Routing):
        _take_routing(matter, event)
    elif isinstance(event, Assignment):
        _take_assignment(matter, event)
    elif isinstance(event, Reply):
        _take_reply(matter, event)
    else:
        _take_evaluation(matter, event, day, opinion, profile)


def _take_routing(matter: _Matter, routing: Routing) -> None:
    matter.routed, matter.route = routing.day, routing.route
    end = _ENDS.get(routing.route)
    if end is None:
        if matter.code in ("registered", "to_county") or matter.code not in OPEN_STATES:
            matter.code, matter.closed = "routed", None
        return
    matter.code = end
    matter.closed = routing.day if end != "to_county" else None
    if end == "closed":
        matter.answered = matter.answered or routing.day


def _take_assignment(matter: _Matter, assignment: Assignment) -> None:
    if matter.code in ELSEWHERE_STATES:
        # It left this office; only a new routing brings it back.
        return
    # Old ledgers name a unit without saying how the matter was routed.
    matter.routed, matter.route = matter.routed or assignment.day, matter.route or "assigned"
    matter.code = "rehandling" if matter.round else "handling"
    matter.assigned, matter.assigned_due, matter.unit = assignment.day, assignment.due, assignment.unit
    matter.closed, matter.attempts = None, 0


def _take_reply(matter: _Matter, reply: Reply) -> None:
    matter.answered = reply.day
    matter.result = reply.result or matter.result
    matter.unit = matter.unit or reply.unit or ""
    if matter.code in OPEN_STATES:
        matter.code = "answered"
        matter.route = matter.route or "assigned"
        matter.routed = matter.routed or reply.day


def _take_evaluation(
    matter: _Matter, evaluation: Satisfaction, day: date, opinion: Opinion, profile: RuleProfile
) -> None:
    if not _decides(evaluation, opinion) or matter.code in ELSEWHERE_STATES:
        return
    if matter.code not in ("answered", "closed", "unreached") or matter.answered is None:
        # Praise before an answer closes nothing.
        return
    matter.asked = day
    if evaluation.overall == "unreached":
        matter.attempts += max(evaluation.attempts or 1, 1)
        if matter.code == "answered" and matter.attempts >= profile.contact_attempts.value:
            matter.code, matter.closed = "unreached", day
        return
    matter.satisfaction = evaluation.overall
    if evaluation.overall == "unsatisfied":
        matter.round += 1
        matter.closed, matter.unsatisfied, matter.assigned_due = None, day, None
        matter.code = "redo" if matter.round <= profile.redo_limit.value else "presidium"
    else:
        matter.code, matter.closed = "closed", day


def _decides(evaluation: Satisfaction, opinion: Opinion) -> bool:
    """Whose judgement closes or re-opens: the visitor's; on a deputy's own matter the leading deputy's too."""
    if opinion.track in ("suggestion", "bill"):
        return evaluation.whom == "lead"
    return evaluation.whom == "visitor" or (evaluation.whom == "lead" and opinion.person is not None)


def _told(
    opinion: Opinion, matter: _Matter, today: date, profile: RuleProfile, unit_names: Mapping[str, str]
) -> CaseState:
    handling_due = _handling_due(opinion, matter, profile)
    due = _next_due(opinion, matter, handling_due, profile)
    left = (due - today).days if due else None
    badge, tone = _badge(left, profile)
    return CaseState(
        opinion=opinion.uid,
        code=matter.code,
        route=matter.route,
        round=matter.round,
        unit=matter.unit,
        due=due,
        handling_due=handling_due,
        days_left=left,
        badge=badge,
        tone=tone,
        next_act=_next_act(matter, left, unit_names),
        registered=opinion.registered,
        routed_day=matter.routed,
        assigned_day=matter.assigned,
        answered_day=matter.answered,
        asked_day=matter.asked,
        unsatisfied_day=matter.unsatisfied,
        closed_day=matter.closed,
        result=matter.result,
        satisfaction=matter.satisfaction,
    )


def _handling_due(opinion: Opinion, matter: _Matter, profile: RuleProfile) -> date | None:
    if matter.assigned is None:
        return None
    if matter.assigned_due:
        return matter.assigned_due
    if matter.round:
        return after(matter.assigned, profile.redo)
    return due_date(matter.assigned, profile, track=opinion.track, urgency=opinion.urgency)


def _next_due(
    opinion: Opinion, matter: _Matter, handling_due: date | None, profile: RuleProfile
) -> date | None:
    if matter.code == "registered":
        return after(opinion.registered, profile.tell_days)
    if matter.code == "routed" and matter.routed:
        return due_date(matter.routed, profile, track=opinion.track, urgency=opinion.urgency)
    if matter.code in ("handling", "rehandling"):
        return handling_due
    if matter.code == "answered" and matter.answered:
        return after(matter.answered, profile.feedback_days)
    if matter.code in ("redo", "presidium") and matter.unsatisfied:
        return add_months(matter.unsatisfied, profile.redo.value)
    return None


def _badge(left: int | None, profile: RuleProfile) -> tuple[str, Tone]:
    if left is None:
        return "", ""
    if left < 0:
        return f"超期{-left}天", "late"
    if left == 0:
        return "今天到期", "soon"
    return f"剩{left}天", "soon" if left <= profile.soon_days.value else "calm"


def _next_act(matter: _Matter, left: int | None, unit_names: Mapping[str, str]) -> str:
    unit = unit_names.get(matter.unit, "") or "承办单位"
    if matter.code in ("handling", "rehandling"):
        return f"催办：{unit}" if left is not None and left < 0 else f"等待答复：{unit}"
    if matter.code == "answered":
        return "再次联系反映人" if matter.attempts else "回访反映人"
    acts = {
        "registered": "梳理分流",
        "routed": "交办承办单位",
        "to_county": "等待县人大答复",
        "redo": f"重新交办（第{matter.round}次重办）",
        "presidium": "提交主席团研究",
    }
    return acts.get(matter.code, "")
