"""What has become of a matter: its state, computed from the steps recorded on it and never stored.

The five steps are those of founding document 002-19; states and back-steps those of domain.md 3.14.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from lianxin.domain.casework.course import Course, course_of
from lianxin.domain.casework.referral import township_words
from lianxin.domain.casework.state import (
    CASE_STATE,
    OPEN_STATES,
    STEP_LABELS,
    CaseState,
    Step,
    Tone,
    one_line,
    to_do,
)
from lianxin.domain.casework.steps import Further, StepRecord
from lianxin.domain.codes import SCREENING_STAGE
from lianxin.domain.dates import show_day_short, show_left
from lianxin.domain.records import Assignment, Extension, Opinion, Reply, Routing, Satisfaction
from lianxin.domain.rules import RuleProfile

__all__ = [
    "CASE_STATE",
    "DEPUTIES_TRACKS",
    "OPEN_STATES",
    "STEP_LABELS",
    "CaseState",
    "Step",
    "due_date",
    "limit_of",
    "one_line",
    "state_of",
    "to_do",
    "under_rules",
]

DEPUTIES_TRACKS = ("suggestion", "bill")
"""The tracks of what deputies propose; their clocks are the law's, and the leading deputy judges the answer."""
_STAGES = tuple((each.code, each.label) for each in SCREENING_STAGE.codes)


def due_date(
    day: date, profile: RuleProfile, *, track: str = "opinion", urgency: str = "ordinary", hard: bool = False
) -> date:
    """The last day for the handling unit to answer what was assigned on `day`.

    Suggestions and bills have the law's 3 or 6 months (代表法 §51); opinions the office's own setting, by urgency.
    """
    if track in DEPUTIES_TRACKS:
        return profile.limit(day, profile.reply_hard if hard else profile.reply)
    by_urgency = {"urgent": profile.opinion_urgent_days, "pressing": profile.opinion_pressing_days}
    return profile.limit(day, by_urgency.get(urgency, profile.opinion_days))


def limit_of(
    opinion: Opinion, state: CaseState, day: date, profile: RuleProfile, *, hard: bool = False
) -> date:
    """The last day a unit has by these rules when the matter as it stands is handed to it on `day`."""
    if state.round:
        return profile.limit(day, profile.redo)
    return due_date(day, profile, track=opinion.track, urgency=opinion.urgency, hard=hard)


def under_rules(
    step: StepRecord, opinion: Opinion, state: CaseState, profile: RuleProfile, *, hard: bool = False
) -> StepRecord:
    """The step with what the rules of the day decide about it written down, so that later rules change nothing
    of a matter that is over: the time limit of an assignment, how often somebody must be called, how many rounds.
    """
    match step:
        case Assignment() if step.due is None:
            return replace(step, due=limit_of(opinion, state, step.day, profile, hard=hard))
        case Satisfaction() if step.overall == "unreached":
            return replace(step, attempts_needed=step.attempts_needed or profile.contact_attempts.value)
        case Satisfaction() if step.overall == "unsatisfied":
            return replace(step, rounds_allowed=step.rounds_allowed or profile.redo_limit.value)
        case _:
            return step


def state_of(
    opinion: Opinion,
    routings: Iterable[Routing] = (),
    assignments: Iterable[Assignment] = (),
    replies: Iterable[Reply] = (),
    satisfactions: Iterable[Satisfaction] = (),
    further: Iterable[Further] = (),
    *,
    today: date,
    profile: RuleProfile,
    unit_names: Mapping[str, str] | None = None,
) -> CaseState:
    """The state on `today`, from the matter's own step records in any order.

    Steps dated after `today` do not count, so that the same function tells how things stood at the end of a past
    month. `unit_names` (uid → name) only makes the next act readable.
    """
    course = course_of(
        opinion, routings, assignments, replies, satisfactions, further, today=today, profile=profile
    )
    handling_due = _handling_due(opinion, course, profile, today)
    due = _next_due(opinion, course, handling_due, profile)
    left = (due - today).days if due else None
    badge, tone = _badge(left, profile)
    ask_from = _ask_from(course, profile)
    return CaseState(
        opinion=opinion.uid,
        code=course.code,
        route=course.route,
        round=course.round,
        unit=course.unit,
        due=due,
        handling_due=handling_due,
        days_left=left,
        badge=badge,
        tone=tone,
        next_act=_next_act(course, left, today, ask_from, unit_names or {}),
        registered=opinion.registered,
        routed_day=course.routed,
        assigned_day=course.assigned,
        answered_day=course.answered,
        asked_day=course.asked,
        unsatisfied_day=course.unsatisfied,
        closed_day=course.closed,
        result=course.result,
        satisfaction=course.satisfaction,
        addressee=course.addressee,
        last_day=course.last_day,
        last_act=course.last_act,
        extended=len(_granted(course, today)),
        extension_asked=_extension_asked(course, today),
        supervised=len(course.supervisions),
        supervision_due=_supervision_due(course, today),
        ask_from=ask_from,
        deputies_satisfaction=course.deputies_satisfaction,
        reviewed=course.reviewed,
        co_waiting=sum(each.answered is None or each.answered > today for each in course.co_handlings),
        archived=course.archived,
        archive_number=course.archive_number,
        referral=course.referral,
    )


def _granted(course: Course, today: date) -> list[Extension]:
    return [
        each
        for each in course.extensions
        if each.decision == "granted" and (each.decided or each.day) <= today
    ]


def _extension_asked(course: Course, today: date) -> date | None:
    """The day of a request nobody decided on yet; only while the unit is handling."""
    if course.code not in ("handling", "rehandling"):
        return None
    return min(
        (
            each.day
            for each in course.extensions
            if each.decision == "waiting" or (each.decided or each.day) > today
        ),
        default=None,
    )


def _supervision_due(course: Course, today: date) -> date | None:
    """The first day by which an answer to a supervision is asked for and still missing."""
    if course.code not in OPEN_STATES:
        return None
    return min(
        (
            each.reply_by
            for each in course.supervisions
            if each.reply_by is not None and (each.answered is None or each.answered > today)
        ),
        default=None,
    )


def _handling_due(opinion: Opinion, course: Course, profile: RuleProfile, today: date) -> date | None:
    if course.assigned is None:
        return None
    if granted := _granted(course, today):
        return max(each.until for each in granted)
    if course.assigned_due:
        return course.assigned_due
    if course.round:
        return profile.limit(course.assigned, profile.redo)
    return due_date(course.assigned, profile, track=opinion.track, urgency=opinion.urgency)


def _next_due(
    opinion: Opinion, course: Course, handling_due: date | None, profile: RuleProfile
) -> date | None:
    match course.code:
        case "registered":
            return profile.limit(opinion.registered, profile.tell_days)
        case "to_tell":
            return profile.limit(opinion.registered, profile.tell_days)
        case "review" | "routed" if opinion.track in DEPUTIES_TRACKS:
            rule = profile.suggestion_assign
            return profile.limit(opinion.registered, rule) if rule else None
        case "routed" | "chair" | "supplement" if course.routed:
            return due_date(course.routed, profile, track=opinion.track, urgency=opinion.urgency)
        case "returned" if course.returned and _at_county(course, "returned"):
            return profile.limit(course.returned, profile.tell_days)
        case "returned" if course.returned:
            # Where no rule says by when to assign anew, the limit the unit had still runs.
            return profile.limit(course.returned, profile.reassign) if profile.reassign else handling_due
        case "handling" | "rehandling":
            return handling_due
        case "answered" if course.answered and opinion.track in DEPUTIES_TRACKS and profile.deputy_feedback:
            return profile.limit(course.answered, profile.deputy_feedback)
        case "answered" if course.answered and _at_county(course, "answered") and profile.referral_feedback:
            # The reply came with a receipt, days or weeks later; both offices count by the same day.
            return profile.limit(course.answered, profile.referral_feedback)
        case "answered" if course.answered:
            return profile.limit(course.answered, profile.feedback_days)
        case "redo" | "presidium" if course.unsatisfied:
            return profile.limit(course.unsatisfied, profile.redo)
        case "presidium" if course.routed:
            return due_date(course.routed, profile, track=opinion.track, urgency=opinion.urgency)
    return None


def _ask_from(course: Course, profile: RuleProfile) -> date | None:
    if course.code != "answered" or course.answered is None or profile.ask_after is None:
        return None
    return profile.limit(course.answered, profile.ask_after)


def _badge(left: int | None, profile: RuleProfile) -> tuple[str, Tone]:
    if left is None:
        return "", ""
    if left < 0:
        return show_left(left), "late"
    return show_left(left), "soon" if left <= profile.soon_days.value else "calm"


def _next_act(
    course: Course, left: int | None, today: date, ask_from: date | None, unit_names: Mapping[str, str]
) -> str:
    unit = unit_names.get(course.unit, "") or "承办单位"
    if course.code in ("handling", "rehandling"):
        return _while_handling(course, left, today, unit)
    if course.code == "answered" and course.track in DEPUTIES_TRACKS:
        return "征询代表意见"
    if course.code == "answered":
        if course.attempts:
            return "再次联系反映人"
        if _at_county(course, "answered"):
            return "县里已答复，请反馈"
        return f"{show_day_short(ask_from)}起回访反映人" if ask_from and ask_from > today else "回访反映人"
    acts = {
        "registered": "梳理分流",
        "review": next((label for code, label in _STAGES if code not in course.reviewed), "审查"),
        "revise": "等代表修改后重新审查",
        "to_tell": "书面告知来访人",
        "chair": "送主席审阅",
        "supplement": "补充后再送主席审阅",
        "routed": "交办承办单位",
        "returned": "县人大已退回，重新分流" if _at_county(course, "returned") else f"改派（{unit}已退回）",
        "to_county": township_words(course.referral) if course.referral else "等待县人大答复",
        "redo": f"重新交办（第{course.round}次重办）",
        "presidium": "提交主席团研究",
    }
    return acts.get(course.code, "")


def _at_county(course: Course, stage: str) -> bool:
    """Whether the matter was sent up and stands there like this (a code of REFERRAL_STAGE)."""
    return course.referral is not None and course.referral.stage == stage


def _while_handling(course: Course, left: int | None, today: date, unit: str) -> str:
    if _extension_asked(course, today):
        return f"审批延期：{unit}"
    waiting = _supervision_due(course, today)
    if waiting and waiting >= today:
        return f"等待督办回复：{unit}（{show_day_short(waiting)}前）"
    if waiting or (left is not None and left < 0):
        return f"{'再次督办' if course.supervisions else '催办'}：{unit}"
    return f"等待答复：{unit}"
