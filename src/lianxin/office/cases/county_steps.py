"""转报事项 at the county: handing a township's matter to a county unit, urging it, answering, sending it back or on.

Each act is a record of the county addressed to the township (domain/records/referrals.py); where the matter stands is
computed. What the act may be done to is asked of the course, so that window and command line refuse the same.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lianxin.domain.casework.referral import CountyStep, unit_limit
from lianxin.domain.casework.state import CaseState
from lianxin.domain.casework.step_checks import NOTHING_CHANGED, own_problems
from lianxin.domain.casework.steps import act_of, heeds_county
from lianxin.domain.dates import show_day
from lianxin.domain.records import (
    CountyAssignment,
    CountyReply,
    CountySupervision,
    Opinion,
)
from lianxin.office.cases.steps import StepRefused, clerk_of, matter_for, standing
from lianxin.office.desk import Desk, office_of
from lianxin.office.numbers import next_number
from lianxin.office.trust.trusting import code_changes, is_county
from lianxin.store.reading import Reading
from lianxin.store.writing import Change, Writing


def take_county_step(desk: Desk, step: CountyStep, *, draft_key: str = "") -> tuple[Change, ...]:
    """交办, 督办, 答复, 退回 or 转报上级 as told; an empty uid is given here, the clerk stands for whoever is not named.

    Without a time limit the profile's days count; without a unit it is the one that has the matter; a letter of
    supervision gets its number. Raises StepRefused.
    """
    with desk.store.writing(reason=f"转报事项{step.LABEL.removeprefix('县级')}") as writing:
        named = replace(step, uid=step.uid or writing.new_uid(), by=clerk_of(writing, step.by))
        writing.put(told_county_step(desk, writing, named))
        return _done(writing, step.KIND, draft_key)


def urging_answered(
    desk: Desk,
    *,
    supervision: CountySupervision,
    day: date,
    answer: str | None,
    outcome: str | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """What the unit answered to being urged. Raises StepRefused."""
    told = replace(supervision, answered=day, answer=answer, outcome=outcome)
    return correct_county_step(desk, step=told, opened=supervision, draft_key=draft_key)


def correct_county_step(
    desk: Desk, *, step: CountyStep, opened: CountyStep, draft_key: str = ""
) -> tuple[Change, ...]:
    """更正一步 of the county's own; it stays about the same matter. Raises StepRefused."""
    with desk.store.writing(reason=f"更正{step.LABEL}") as writing:
        writing.put(told_county_step(desk, writing, step, opened), opened=opened)
        return _done(writing, step.KIND, draft_key)


def remove_county_step(desk: Desk, *, step: CountyStep) -> tuple[Change, ...]:
    """删除这一步 of the county's own: the township's copy goes with the next receipt. Raises StepRefused."""
    with desk.store.writing(reason=f"删除{step.LABEL}") as writing:
        _require_county(writing)
        writing.remove(type(step), step.uid)
        return tuple(writing.changes)


def told_county_step(
    desk: Desk, writing: Writing, step: CountyStep, opened: CountyStep | None = None
) -> CountyStep:
    """The step as it may be written: at a county, about a matter that a township sent up and has not taken back, by
    what it says itself in order; a new one gets its number and its clock by today's rules. Raises StepRefused.
    """
    _require_county(writing)
    opinion = matter_for(writing, step.opinion)
    step = replace(step, addressee=_town(writing, opinion.uid))
    if opened is not None and (step.opinion, step.addressee) != (opened.opinion, opened.addressee):
        raise StepRefused(f"{step.LABEL}不能改到另一件上，{NOTHING_CHANGED}")
    if opened is None:
        step = _new(desk, writing, step, opinion)
    wrong = next(own_problems(opinion, step, today=desk.today()), "")
    if wrong:
        raise StepRefused(f"{wrong}，{NOTHING_CHANGED}")
    return step


def _new(desk: Desk, writing: Writing, step: CountyStep, opinion: Opinion) -> CountyStep:
    _, state = standing(desk, writing, opinion)
    said = _refusal(step, state)
    if said:
        raise StepRefused(f"{said}，{NOTHING_CHANGED}")
    code, referral = office_of(Reading(writing.connection)).code, state.referral
    if isinstance(step, CountySupervision | CountyReply) and not step.unit and referral is not None:
        step = replace(step, unit=referral.unit or None)
    if isinstance(step, CountyAssignment):
        again = referral is not None and referral.rounds > 0
        due = step.due or unit_limit(step.day, desk.profile, urgency=opinion.urgency, again=again)
        return replace(
            step, due=due, number=step.number or next_number(writing, code, CountyAssignment, step.day)
        )
    if isinstance(step, CountySupervision) and step.means == "letter":
        return replace(step, number=step.number or next_number(writing, code, CountySupervision, step.day))
    return step


def _refusal(step: CountyStep, state: CaseState) -> str:
    """Why the step cannot be taken from where the matter stands; "" when it can."""
    referral, words = state.referral, step.LABEL.removeprefix("县级")
    if referral is None:
        return f"这件没有转报县人大（现在是“{state.label}”），不能{words}"
    if not heeds_county(act_of(step), state.code) or referral.stage in ("returned", "taken_back"):
        return f"这件转报事项现在是“{referral.label}”，不能{words}"
    if isinstance(step, CountySupervision) and not (referral.unit or step.unit):
        return "还没有交办承办单位，不能督办"
    if isinstance(step, CountyAssignment) and referral.stage == "assigned" and not step.reason:
        return f"已交{referral.unit}办理，改派要写明理由"
    last = max(filter(None, (referral.sent, referral.assigned, referral.again)))
    if step.day < last and not isinstance(step, CountySupervision):
        return f"{step.spec('date').label}早于上一步（{show_day(last)}）"
    return ""


def _require_county(writing: Writing) -> None:
    if not is_county(office_of(Reading(writing.connection)).office_type):
        raise StepRefused(f"交办、督办、答复转报事项是县人大的事，乡镇不能登记，{NOTHING_CHANGED}")


def _town(writing: Writing, opinion: str) -> str:
    """The code of the township whose matter this is, or of the one that goes on for it today."""
    reading = Reading(writing.connection)
    code = reading.owner(Opinion.KIND, opinion) or ""
    goes_on = {each.former: each.code for each in code_changes(reading)}
    for _ in goes_on:
        code = goes_on.get(code, code)
    return code


def _done(writing: Writing, kind: str, draft_key: str) -> tuple[Change, ...]:
    if draft_key:
        writing.forget_draft(kind, draft_key)
    return tuple(writing.changes)
