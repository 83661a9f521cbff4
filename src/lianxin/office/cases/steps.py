"""The door every step on a matter goes through: checked against where the matter stands, then written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lianxin.domain.casework.standing import DEPUTIES_TRACKS, CaseState, under_rules
from lianxin.domain.casework.step_checks import (
    NOTHING_CHANGED,
    locked,
    order_problem,
    own_problems,
    refusal,
    supervision_problems,
    unit_refusal,
)
from lianxin.domain.casework.steps import StepRecord
from lianxin.domain.records import (
    ArchiveOpening,
    Archiving,
    Assignment,
    ChairReview,
    Extension,
    HandBack,
    HandlingUnit,
    Opinion,
    PromiseResult,
    Reply,
    Routing,
    Ruling,
    Suggestion,
    Supervision,
)
from lianxin.office.cases.archive_checks import archive_refusal
from lianxin.office.cases.case import Case, cases_of, state_in
from lianxin.office.desk import Desk, office_of
from lianxin.office.numbers import next_number
from lianxin.office.people_named import naming
from lianxin.office.records import put_away
from lianxin.store.reading import Reading
from lianxin.store.writing import Change, Writing


class StepRefused(ValueError):
    """The step cannot be recorded now; the sentence says why and what is allowed. Nothing was written."""


def matter_for(writing: Writing, uid: str) -> Opinion:
    """The matter a step is to be taken on. Raises StepRefused when it is not here."""
    opinion = Reading(writing.connection).get(Opinion, uid)
    if opinion is None:
        raise StepRefused(f"没有找到这件意见，{NOTHING_CHANGED}请重新选择。")
    return opinion


def standing(desk: Desk, writing: Writing, opinion: Opinion) -> tuple[Case, CaseState]:
    """The matter with its steps as of this moment of the transaction, and where it stands today."""
    (case,) = cases_of(Reading(writing.connection), [opinion])
    return case, state_in(desk, case, desk.today())


def check(desk: Desk, writing: Writing, step: StepRecord) -> StepRecord:
    """The step with what today's rules decide about it written down (see `under_rules`). Raises StepRefused when
    the matter does not allow it from where it stands.
    """
    opinion = matter_for(writing, step.opinion)
    case, state = standing(desk, writing, opinion)
    said = refusal(opinion, state, step, today=desk.today(), profile=desk.profile)
    if not said and isinstance(step, Archiving):
        said = archive_refusal(Reading(writing.connection), case, step, today=desk.today())
    if not said and isinstance(step, Assignment):
        unit = Reading(writing.connection).get(HandlingUnit, step.unit)
        said = unit_refusal(unit, track=opinion.track)
    if said:
        raise StepRefused(said)
    hard = is_hard(Reading(writing.connection), opinion)
    return under_rules(step, opinion, state, desk.profile, hard=hard)


def is_hard(reading: Reading, opinion: Opinion) -> bool:
    """Whether a suggestion is marked 难办, which gives the unit the longer time (代表法 §51)."""
    if opinion.track not in DEPUTIES_TRACKS:
        return False
    return any(each.hard for each in reading.children(Suggestion, "opinion", [opinion.uid]))


def check_unlocked(desk: Desk, writing: Writing, opinion: Opinion, words: str) -> None:
    """Raises StepRefused when the matter is archived: `words` say what was to be done with it."""
    _, state = standing(desk, writing, opinion)
    if state.archived is not None:
        raise StepRefused(locked(state, words))


def take(desk: Desk, writing: Writing, step: StepRecord) -> None:
    """Writes a new step if the matter allows it from where it stands. Raises StepRefused."""
    writing.put(naming(writing, check(desk, writing, step)))


def clerk_of(writing: Writing, told: str | None = None) -> str | None:
    """Who takes the step: as told, otherwise the clerk of the office."""
    return told or office_of(Reading(writing.connection)).clerk


def hand_back(
    desk: Desk, *, opinion: str, day: date, reason: str, by: str | None = None, draft_key: str = ""
) -> tuple[Change, ...]:
    """登记退回: the unit sends the matter back as not its business. Raises StepRefused."""
    with desk.store.writing(reason="承办单位退回") as writing:
        _, state = standing(desk, writing, matter_for(writing, opinion))
        step = HandBack(
            uid=writing.new_uid(), opinion=opinion, day=day, unit=state.unit or None, reason=reason,
            by=clerk_of(writing, by),
        )  # fmt: skip
        take(desk, writing, step)
        return _done(writing, HandBack.KIND, draft_key)


def extend(
    desk: Desk,
    *,
    opinion: str,
    day: date,
    until: date,
    reason: str,
    decision: str = "waiting",
    decided: date | None = None,
    decided_by: str | None = None,
    by: str | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """延期: asked for by the unit; with `decision` decided in the same step. Raises StepRefused."""
    with desk.store.writing(reason="延期") as writing:
        step = Extension(
            uid=writing.new_uid(), opinion=opinion, day=day, until=until, reason=reason, decision=decision,
            decided=(decided or day) if decision != "waiting" else None, decided_by=decided_by,
            by=clerk_of(writing, by),
        )  # fmt: skip
        take(desk, writing, step)
        return _done(writing, Extension.KIND, draft_key)


def supervise(
    desk: Desk,
    *,
    opinion: str,
    day: date,
    means: str,
    demand: str | None = None,
    reply_by: date | None = None,
    deputies: str | None = None,
    by: str | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """督办 by one of the eleven means; a letter gets its number here. Raises StepRefused."""
    with desk.store.writing(reason="督办") as writing:
        put_supervision(
            desk, writing, opinion=opinion, day=day, means=means, demand=demand, reply_by=reply_by,
            deputies=deputies, by=by,
        )  # fmt: skip
        return _done(writing, Supervision.KIND, draft_key)


def put_supervision(
    desk: Desk,
    writing: Writing,
    *,
    opinion: str,
    day: date,
    means: str,
    demand: str | None,
    reply_by: date | None,
    deputies: str | None = None,
    by: str | None = None,
    number: str | None = None,
) -> Supervision:
    """One supervision inside a transaction. Only letters are numbered; `number` is that of a letter written
    already, about other matters of the unit. Raises StepRefused.
    """
    _, state = standing(desk, writing, matter_for(writing, opinion))
    step = Supervision(
        uid=writing.new_uid(), opinion=opinion, day=day, means=means, unit=state.unit or None, demand=demand,
        reply_by=reply_by, deputies=deputies, by=clerk_of(writing, by),
    )  # fmt: skip
    check(desk, writing, step)
    if means == "letter":
        code = office_of(Reading(writing.connection)).code
        step = replace(step, number=number or next_number(writing, code, Supervision, day))
    writing.put(naming(writing, step))
    return step


def supervision_answered(
    desk: Desk,
    *,
    supervision: Supervision,
    day: date,
    answer: str | None,
    outcome: str | None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """督办回复: what the unit answered to a supervision. Raises StepRefused."""
    with desk.store.writing(reason="督办回复") as writing:
        told = replace(supervision, answered=day, answer=answer, outcome=outcome)
        check_unlocked(desk, writing, matter_for(writing, supervision.opinion), "登记督办回复")
        wrong = next(supervision_problems(told, None, desk.today()), "")
        if wrong:
            raise StepRefused(f"{wrong}，{NOTHING_CHANGED}")
        writing.put(naming(writing, told), opened=supervision)
        return _done(writing, Supervision.KIND, draft_key)


def decide_extension(
    desk: Desk,
    *,
    extension: Extension,
    decision: str,
    decided: date,
    decided_by: str | None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """审批延期: granted or refused, by whom. Raises StepRefused."""
    with desk.store.writing(reason="审批延期") as writing:
        told = replace(extension, decision=decision, decided=decided, decided_by=decided_by)
        opinion = matter_for(writing, extension.opinion)
        check_unlocked(desk, writing, opinion, "审批延期")
        wrong = next(own_problems(opinion, told, today=desk.today()), "")
        if wrong:
            raise StepRefused(f"{wrong}，{NOTHING_CHANGED}")
        writing.put(naming(writing, told), opened=extension)
        return _done(writing, Extension.KIND, draft_key)


def rule_upon(
    desk: Desk,
    *,
    opinion: str,
    day: date,
    decision: str,
    reason: str,
    by: str | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """主席团研究 of a matter that stayed 不满意 after the last round. Raises StepRefused."""
    with desk.store.writing(reason="主席团研究") as writing:
        step = Ruling(
            uid=writing.new_uid(), opinion=opinion, day=day, decision=decision, reason=reason, by=by
        )
        take(desk, writing, step)
        return _done(writing, Ruling.KIND, draft_key)


def chair_review(
    desk: Desk,
    *,
    opinion: str,
    day: date,
    verdict: str,
    words: str | None = None,
    by: str | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """主席审阅 of a matter of a group or a sensitive one before it is handed over. Raises StepRefused."""
    with desk.store.writing(reason="主席审阅") as writing:
        step = ChairReview(
            uid=writing.new_uid(), opinion=opinion, day=day, verdict=verdict, words=words, by=by
        )
        take(desk, writing, step)
        return _done(writing, ChairReview.KIND, draft_key)


def withdraw(
    desk: Desk, *, opinion: str, day: date, reason: str | None, by: str | None = None, draft_key: str = ""
) -> tuple[Change, ...]:
    """撤回: the person who raised it takes it back. Raises StepRefused."""
    with desk.store.writing(reason="撤回") as writing:
        step = Routing(
            uid=writing.new_uid(), opinion=opinion, day=day, route="withdrawn", reason=reason, decided_by=by
        )
        take(desk, writing, step)
        return _done(writing, Routing.KIND, draft_key)


def take_apart(
    desk: Desk, *, opinion: str, day: date, reason: str | None, by: str | None = None, draft_key: str = ""
) -> tuple[Change, ...]:
    """拆开单独办理: the matter goes on by itself where it stood before it was merged. Raises StepRefused."""
    with desk.store.writing(reason="拆开单独办理") as writing:
        own = matter_for(writing, opinion)
        step = Routing(
            uid=writing.new_uid(), opinion=opinion, day=day, route="taken_apart", reason=reason, decided_by=by
        )
        take(desk, writing, step)
        writing.put(replace(own, merged_into=None), opened=own)
        return _done(writing, Routing.KIND, draft_key)


def keep_promise(
    desk: Desk,
    *,
    reply: Reply,
    day: date,
    outcome: str,
    until: date | None = None,
    words: str | None = None,
    overall: str | None = None,
    replied: date | None = None,
    by: str | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """核实承诺: whether what a reply promised was kept. Raises StepRefused."""
    with desk.store.writing(reason="核实承诺") as writing:
        step = PromiseResult(
            uid=writing.new_uid(), opinion=reply.opinion, reply=reply.uid, day=day, outcome=outcome,
            until=until, words=words, overall=overall, replied=replied, by=clerk_of(writing, by),
        )  # fmt: skip
        if day < reply.day:
            raise StepRefused(f"核实日期早于答复日期，{NOTHING_CHANGED}")
        take(desk, writing, step)
        return _done(writing, PromiseResult.KIND, draft_key)


def correct_step(
    desk: Desk, *, step: StepRecord, opened: StepRecord, draft_key: str = ""
) -> tuple[Change, ...]:
    """更正一步: what a recorded step says is put right (see `check_correction`). Raises StepRefused."""
    with desk.store.writing(reason=f"更正{step.LABEL}") as writing:
        check_correction(desk, writing, step, opened)
        writing.put(naming(writing, step), opened=opened)
        return _done(writing, step.KIND, draft_key)


def check_correction(desk: Desk, writing: Writing, step: StepRecord, opened: StepRecord) -> None:
    """A corrected step agrees with itself, stays between its neighbours in time and names a unit that may be
    handed the matter; of an archived matter only the archiving is put right. Raises StepRefused.
    """
    opinion = matter_for(writing, opened.opinion)
    if not isinstance(step, Archiving | ArchiveOpening):
        check_unlocked(desk, writing, opinion, f"更正{step.LABEL}")
    (case,) = cases_of(Reading(writing.connection), [opinion])
    others = (*case.routings, *case.assignments, *case.replies, *case.satisfactions, *case.further)
    wrong = next(own_problems(opinion, step, today=desk.today()), "") or order_problem(step, opened, others)
    if step.opinion != opened.opinion:
        wrong = f"{step.LABEL}不能改到另一件上"
    if wrong:
        raise StepRefused(f"{wrong}，{NOTHING_CHANGED}")
    if isinstance(step, Assignment) and isinstance(opened, Assignment) and step.unit != opened.unit:
        said = unit_refusal(Reading(writing.connection).get(HandlingUnit, step.unit), track=opinion.track)
        if said:
            raise StepRefused(said)


def remove_step(desk: Desk, *, step: StepRecord) -> tuple[Change, ...]:
    """删除这一步: one recorded step is taken away; what others lead to stays. Raises StepRefused, StillUsed."""
    with desk.store.writing(reason=f"删除{step.LABEL}") as writing:
        if not isinstance(step, Archiving | ArchiveOpening):
            check_unlocked(desk, writing, matter_for(writing, step.opinion), f"删除{step.LABEL}")
        put_away(writing, type(step), step.uid)
        return tuple(writing.changes)


def _done(writing: Writing, kind: str, draft_key: str) -> tuple[Change, ...]:
    if draft_key:
        writing.forget_draft(kind, draft_key)
    return tuple(writing.changes)
