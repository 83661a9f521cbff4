"""The course of a matter: its steps gone through in order of time, tolerant of whatever old ledgers hold.

What the table of steps allows comes out as it was written; what it does not allow (imports, several desks at once)
never loses a record and never leaves the matter without a state.
"""

from __future__ import annotations

import dataclasses as dc
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeAlias

from lianxin.domain.casework import referral as county
from lianxin.domain.casework.referral import Referral
from lianxin.domain.casework.state import ELSEWHERE_STATES, OPEN_STATES
from lianxin.domain.casework.steps import Further, StepRecord, act_of, allowed, heeds_county
from lianxin.domain.records import (
    ArchiveOpening,
    Archiving,
    Assignment,
    ChairReview,
    CoHandling,
    Consultation,
    CountyAssignment,
    CountyDecision,
    CountyReply,
    CountySupervision,
    Extension,
    HandBack,
    Informing,
    Opinion,
    PromiseResult,
    Reply,
    Routing,
    Ruling,
    Satisfaction,
    Screening,
    Supervision,
    Telling,
)
from lianxin.domain.rules import RuleProfile

_Dated: TypeAlias = tuple[date, StepRecord]

_ENDS: Mapping[str, str] = {
    "answered_on_spot": "closed",
    "deputy_solved": "closed",
    "guided": "guided",
    "to_petition": "guided",
    "to_suggestion": "converted",
    "withdrawn": "withdrawn",
    "to_county": "to_county",
}
MOMENT = 13
"""So many characters of a uid tell when it was made (UUIDv7)."""
_HANDED = frozenset({"handling", "rehandling"})
_TO_ROUTE = frozenset({"registered", "review", "returned", "to_county", "to_tell", "supplement"})


@dc.dataclass
class Course:
    """A matter while its steps are gone through, and after the last of them."""

    code: str = "registered"
    track: str = "opinion"
    route: str = ""
    round: int = 0
    unit: str = ""
    addressee: str = ""
    routed: date | None = None
    assigned: date | None = None
    assigned_due: date | None = None
    returned: date | None = None
    answered: date | None = None
    asked: date | None = None
    closed: date | None = None
    unsatisfied: date | None = None
    attempts: int = 0
    result: str = ""
    satisfaction: str = ""
    deputies_satisfaction: str = ""
    last_day: date | None = None
    last_act: str = ""
    extensions: tuple[Extension, ...] = ()
    supervisions: tuple[Supervision, ...] = ()
    reviewed: tuple[str, ...] = ()
    co_handlings: tuple[CoHandling, ...] = ()
    chair_agreed: bool = False
    archived: date | None = None
    archive_number: str = ""
    referral: Referral | None = None
    """What became of it at the county, once it was sent up."""
    county_answered: bool = False
    """Whether the answer that is judged next is the county's."""
    apart: Course | None = None
    """How it stood before it was merged into another."""


def course_of(
    opinion: Opinion,
    routings: Iterable[Routing],
    assignments: Iterable[Assignment],
    replies: Iterable[Reply],
    satisfactions: Iterable[Satisfaction],
    further: Iterable[Further],
    *,
    today: date,
    profile: RuleProfile,
) -> Course:
    """The course up to `today`; later steps do not count."""
    routings = tuple(routings)
    course = Course(code=_first(opinion, profile), track=opinion.track)
    waiting = _in_time(opinion, routings, assignments, replies, satisfactions, further, today)
    while waiting:
        day, chosen = waiting[0]
        if len(waiting) > 1 and waiting[1][0] == day:
            same_day = [event for at, event in waiting if at == day]
            chosen = min(same_day, key=lambda event: _readiness(event, course))
        waiting.remove((day, chosen))
        _take(course, chosen, day, opinion, profile)
    told_by_steps = any(routing.route == "merged" for routing in routings)
    if opinion.merged_into and not told_by_steps and course.code not in ("withdrawn", "merged"):
        _merge(course)
        _back_from_county(course, course.last_day or opinion.registered)
    return course


def _first(opinion: Opinion, profile: RuleProfile) -> str:
    """Where a matter begins: an opinion waits for being sorted, a suggestion for its three looks."""
    if opinion.track not in ("suggestion", "bill"):
        return "registered"
    return "review" if profile.suggestion_reviews.value else "routed"


def _readiness(event: StepRecord, course: Course) -> tuple[int, str, int, str]:
    """Steps of one day carry no clock: first comes what the state allows, then the older record.

    Records made in one moment (an import) follow the usual course.
    """
    acts, act = allowed(course.code, course.track, archived=course.archived is not None), act_of(event)
    place = acts.index(act) if act in acts else len(acts)
    ready = act in acts or heeds_county(act, course.code)
    return int(not ready), event.uid[:MOMENT], place, event.uid


def _in_time(
    opinion: Opinion,
    routings: tuple[Routing, ...],
    assignments: Iterable[Assignment],
    replies: Iterable[Reply],
    satisfactions: Iterable[Satisfaction],
    further: Iterable[Further],
    today: date,
) -> list[_Dated]:
    """The steps up to today by day; an undated evaluation (old ledgers) goes with the first reply."""
    dated: list[_Dated] = [(routing.day, routing) for routing in routings]
    dated += [(assignment.day, assignment) for assignment in assignments]
    dated += [(reply.day, reply) for reply in replies]
    undated = min((event.day for _, event in dated if isinstance(event, Reply)), default=None)
    undated = undated or max((day for day, _ in dated), default=opinion.registered)
    dated += [(satisfaction.day or undated, satisfaction) for satisfaction in satisfactions]
    # The county acts on what was sent to it, whatever day the township's routing was corrected to since.
    sent = min((routing.day for routing in routings if routing.route == "to_county"), default=date.min)
    dated += [
        (max(step.day, sent) if isinstance(step, county.COUNTY_STEP_KINDS) else step.day, step)
        for step in further
        if not isinstance(step, PromiseResult)
    ]
    return sorted((pair for pair in dated if pair[0] <= today), key=lambda pair: (pair[0], pair[1].uid))


def _take(course: Course, event: StepRecord, day: date, opinion: Opinion, profile: RuleProfile) -> None:
    match event:
        case Routing():
            _take_routing(course, event, opinion)
        case Assignment():
            _take_assignment(course, event)
        case Reply():
            _take_reply(course, event)
        case Satisfaction():
            _take_evaluation(course, event, day, opinion, profile)
        case HandBack():
            if course.code in _HANDED:
                course.code, course.returned = "returned", event.day
                _moved(course, event.day, "退回")
        case Extension():
            course.extensions += (event,)
        case Supervision():
            course.supervisions += (event,)
        case Ruling():
            _take_ruling(course, event)
        case Screening():
            _take_screening(course, event, profile)
        case CoHandling():
            course.co_handlings += (event,)
        case Telling():
            if course.code == "to_tell":
                course.code, course.closed = "guided", event.day
                _moved(course, event.day, "告知")
        case ChairReview():
            _take_chair_review(course, event)
        case Archiving():
            if course.code not in OPEN_STATES:
                course.archived, course.archive_number = event.day, event.number
        case ArchiveOpening():
            course.archived, course.archive_number = None, ""
        case CountyAssignment() | CountySupervision() | CountyReply() | CountyDecision():
            _take_county_step(course, event)
        case PromiseResult() | Consultation() | Informing():
            pass
    if course.code in OPEN_STATES:
        # Another desk took it up again after it was archived here.
        course.archived, course.archive_number = None, ""


def needs_chair(opinion: Opinion) -> bool:
    """Whether the chair has to look at a matter before a unit is handed it: raised by a group, or sensitive
    (domain.md 3.12). What deputies propose has its three looks instead.
    """
    return (opinion.group or opinion.confidential) and opinion.track not in ("suggestion", "bill")


def _waits_for_chair(course: Course, opinion: Opinion) -> bool:
    return needs_chair(opinion) and not course.chair_agreed and course.assigned is None


def _take_chair_review(course: Course, step: ChairReview) -> None:
    if course.code not in ("chair", "supplement"):
        return
    _moved(course, step.day, "主席审阅")
    if step.verdict == "agreed":
        course.chair_agreed, course.code = True, "routed"
    else:
        course.code = "presidium" if step.verdict == "presidium" else "supplement"


def _take_screening(course: Course, step: Screening, profile: RuleProfile) -> None:
    # Rules that ask for fewer looks than were taken do not undo what was decided in them.
    decided = course.code == "routed" and course.assigned is None and step.verdict != "back"
    if course.code not in ("review", "revise") and not decided:
        return
    _moved(course, step.day, "审查")
    if step.verdict == "back":
        course.code, course.reviewed = "revise", ()
    elif step.verdict == "to_opinion":
        course.code, course.routed, course.closed = "to_opinion", step.day, step.day
    elif step.verdict == "passed":
        course.code = "routed" if decided else "review"
        course.reviewed += () if step.stage in course.reviewed else (step.stage,)
        if len(course.reviewed) >= profile.suggestion_reviews.value:
            course.code, course.routed, course.route = "routed", step.day, "assigned"


def _take_county_step(course: Course, step: county.CountyStep) -> None:
    """What the county did, when it still has the matter; otherwise only that it did it."""
    referral = course.referral or county.never_sent(step)
    if not heeds_county(act_of(step), course.code) or referral.stage not in county.AT_COUNTY:
        course.referral = county.ignored(referral, step)
        return
    match step:
        case CountyAssignment():
            course.referral = county.assigned(referral, step)
            _moved(course, step.day, "县级交办")
        case CountySupervision():
            course.referral = county.supervised(referral, step)
        case CountyReply():
            course.referral = county.answered(referral, step.day, step.unit or "")
            course.code, course.answered, course.county_answered = "answered", step.day, True
            course.result = step.result or course.result
            _moved(course, step.day, "县级答复")
        case CountyDecision():
            course.referral = county.decided(referral, step)
            if step.decision == "returned":
                course.code, course.returned = "returned", step.day
            _moved(course, step.day, "县级处理")


def _back_from_county(course: Course, day: date) -> None:
    """The office took another way with a matter that the county had."""
    course.county_answered = False
    if course.referral is not None:
        course.referral = county.taken_back(course.referral, day)


def _moved(course: Course, day: date, act: str) -> None:
    course.last_day, course.last_act = day, act


def _merge(course: Course) -> None:
    apart = dc.replace(course)
    course.code, course.route, course.apart = "merged", "merged", apart


def _take_routing(course: Course, routing: Routing, opinion: Opinion) -> None:
    if routing.route == "merged":
        if course.code != "merged":
            _merge(course)
            _back_from_county(course, routing.day)
        course.routed, course.closed = routing.day, routing.day
        _moved(course, routing.day, "合并")
        return
    if routing.route == "taken_apart":
        if course.code == "merged" and course.apart is not None:
            unheeded = course.referral.unheeded if course.referral else ()
            vars(course).update(vars(course.apart))
            course.referral = dc.replace(course.referral, unheeded=unheeded) if course.referral else None
            _moved(course, routing.day, "拆开")
        return
    _moved(course, routing.day, "分流")
    course.routed, course.route = routing.day, routing.route
    if routing.route == "to_county" and not (course.code == "to_county" and course.referral is not None):
        course.referral = county.sent_up(course.referral, routing.day, routing.uid)
    elif routing.route != "to_county":
        _back_from_county(course, routing.day)
    end = _ENDS.get(routing.route)
    if end is None:
        if course.code in _TO_ROUTE or course.code not in OPEN_STATES:
            course.code, course.closed = "chair" if _waits_for_chair(course, opinion) else "routed", None
        return
    course.code = "to_tell" if end == "guided" and routing.telling == "later" else end
    course.closed = routing.day if course.code not in ("to_county", "to_tell") else None
    if end == "closed":
        course.answered = course.answered or routing.day


def _take_assignment(course: Course, assignment: Assignment) -> None:
    if course.code in ELSEWHERE_STATES:
        # It left this office; only a new routing brings it back.
        return
    # Old ledgers name a unit without saying how the matter was routed.
    course.routed, course.route = course.routed or assignment.day, course.route or "assigned"
    _back_from_county(course, assignment.day)
    course.code = "rehandling" if course.round else "handling"
    course.assigned, course.assigned_due = assignment.day, assignment.due
    course.unit, course.addressee = assignment.unit, assignment.addressee or ""
    course.closed, course.attempts, course.returned, course.extensions = None, 0, None, ()
    _moved(course, assignment.day, "交办")


def _take_reply(course: Course, reply: Reply) -> None:
    if course.code != "closed" or course.asked is None:
        # A further answer after the matter was closed is no part of the time it took.
        course.answered = reply.day
    course.result = reply.result or course.result
    course.unit = course.unit or reply.unit or ""
    _moved(course, reply.day, "答复")
    if course.referral is not None and course.code == "to_county":
        # The answer came on paper, and the township wrote it down.
        course.referral = county.answered(course.referral, reply.day, "")
        course.county_answered = True
    if course.code in OPEN_STATES:
        course.code = "answered"
        course.route = course.route or "assigned"
        course.routed = course.routed or reply.day


def _take_evaluation(
    course: Course, evaluation: Satisfaction, day: date, opinion: Opinion, profile: RuleProfile
) -> None:
    if evaluation.whom in ("lead", "signers") and evaluation.overall != "unreached":
        course.deputies_satisfaction = evaluation.overall
    if not decides(evaluation, opinion) or course.code in ELSEWHERE_STATES:
        return
    if course.code not in ("answered", "closed", "unreached") or course.answered is None:
        # Praise before an answer closes nothing.
        return
    course.asked = day
    _moved(course, day, "反馈")
    if evaluation.overall == "unreached":
        course.attempts += max(evaluation.attempts or 1, 1)
        # The rule in force when it was written down: a matter that is over stays so when rules change.
        needed = evaluation.attempts_needed or profile.contact_attempts.value
        if course.code == "answered" and course.attempts >= needed:
            course.code, course.closed = "unreached", day
            _ended_at_county(course, day)
        return
    course.satisfaction = evaluation.overall
    if evaluation.overall == "unsatisfied":
        course.round += 1
        course.closed, course.unsatisfied = None, day
        course.extensions = ()
        rounds = evaluation.rounds_allowed or profile.redo_limit.value
        course.code = "redo" if course.round <= rounds else "presidium"
        if course.referral is not None and course.county_answered:
            # The county answered; the county takes it up again.
            course.code = "to_county"
            course.referral = county.unsatisfied(course.referral, day, evaluation.uid)
        if course.code == "redo" and _waits_for_chair(course, opinion):
            # It was answered on the spot: this is the first time that somebody is to be handed it.
            course.code = "chair"
    else:
        course.code, course.closed = "closed", day
        _ended_at_county(course, day)


def _ended_at_county(course: Course, day: date) -> None:
    if course.referral is not None:
        course.referral = county.ended(course.referral, course.code, day)


def _take_ruling(course: Course, ruling: Ruling) -> None:
    if course.code != "presidium" or ruling.decision == "to_suggestion":
        return
    _moved(course, ruling.day, "主席团研究")
    if ruling.decision == "closed" and course.answered is not None:
        course.code, course.closed = "closed", ruling.day
    elif not course.round:
        agreed = ruling.decision == "assign"
        course.chair_agreed, course.code = agreed, "routed" if agreed else "supplement"
    else:
        course.code, course.unsatisfied = "redo", ruling.day


def decides(evaluation: Satisfaction, opinion: Opinion) -> bool:
    """Whose judgement closes or re-opens: the visitor's; on a deputy's own matter the leading deputy's too."""
    if opinion.track in ("suggestion", "bill"):
        return evaluation.whom in ("lead", "signers")
    return evaluation.whom == "visitor" or (evaluation.whom == "lead" and opinion.person is not None)
