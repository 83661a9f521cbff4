"""Whether a step may be recorded now: what stands against it, in one sentence that says what is allowed instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from lianxin.domain.casework.archive_numbers import archive_number_problems
from lianxin.domain.casework.course import MOMENT
from lianxin.domain.casework.state import CaseState
from lianxin.domain.casework.steps import STAGES, StepRecord, act_of, may, what_is_allowed, words_of
from lianxin.domain.codes import SCREENING_STAGE
from lianxin.domain.dates import show_day
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
    HandlingUnit,
    Informing,
    Opinion,
    PromiseResult,
    Reply,
    Routing,
    Ruling,
    Satisfaction,
    Screening,
    Supervision,
)
from lianxin.domain.rules import RuleProfile

NEEDS_WORDS = ("C", "D")
"""Results that need a reason in words (domain.md 3.12)."""

NOTHING_CHANGED = "没有改动。"


def refusal(
    opinion: Opinion, state: CaseState, step: StepRecord, *, today: date, profile: RuleProfile
) -> str:
    """Why the step cannot be recorded on the matter as it stands today; "" when it can."""
    if not may(step, state.code, opinion.track, archived=state.archived is not None):
        return _not_from_here(opinion, state, step)
    wrong = next(_problems(opinion, state, step, today, profile), "")
    return f"{wrong}，{NOTHING_CHANGED}" if wrong else ""


def unit_refusal(unit: HandlingUnit | None, *, track: str = "opinion") -> str:
    """Why a unit cannot be handed the matter; "" when it can."""
    if unit is None:
        return f"没有找到这个承办单位，{NOTHING_CHANGED}请从列表里选，或先新增单位。"
    if unit.unit_type in ("county", "above") and track in ("opinion", "petition"):
        return (
            f"{unit.name}是{unit.shown('type')}，乡镇不直接交办，{NOTHING_CHANGED}请用“重新分流”转报县人大。"
        )
    return ""


def _not_from_here(opinion: Opinion, state: CaseState, step: StepRecord) -> str:
    words = words_of(act_of(step), state.code)
    if state.archived is not None:
        return locked(state, words)
    can = what_is_allowed(state.code, opinion.track)
    now = f"现在可以：{can}。" if can else "这件已经转走，后续在转去的那件上办理。"
    what = "意见" if opinion.track in ("opinion", "petition") else "建议"
    return f"这件{what}现在是“{state.label}”，不能{words}，{NOTHING_CHANGED}{now}"


def locked(state: CaseState, words: str) -> str:
    """Why nothing about an archived matter is changed, and what is to be done first."""
    where = f"（档号{state.archive_number}）" if state.archive_number else ""
    return (
        f"这件已在{show_day(state.archived) if state.archived else ''}归档{where}，不能{words}，{NOTHING_CHANGED}"
        "现在可以：取消归档（要写明理由），改完再归档。"
    )


def own_problems(opinion: Opinion, step: StepRecord, *, today: date) -> Iterator[str]:
    """What is wrong with the step by itself, wherever the matter stands; the plainest first."""
    packed = step.packed()
    for spec in step.fields():
        word = packed[spec.wire]
        if spec.kind.codes is not None and isinstance(word, str) and spec.kind.codes.find(word) is None:
            yield f"{spec.label}没有“{word}”这一项"
    label = step.spec("date").label
    day = step.day or today
    if day > today:
        yield f"{label}还没有到"
    if day < opinion.registered:
        yield f"{label}早于登记日期{show_day(opinion.registered)}"
    match step:
        case Assignment():
            if step.due is not None and step.due < step.day:
                yield f"办理期限{show_day(step.due)}早于交办日期{show_day(step.day)}"
        case CountyAssignment() if step.due is not None and step.due < step.day:
            yield f"办理期限{show_day(step.due)}早于交办日期{show_day(step.day)}"
        case CountyDecision() if step.decision == "upward" and not step.destination:
            yield "转报上级要写明转到哪里"
        case Reply() | CountyReply():
            yield from _reply(step)
        case Satisfaction():
            yield from _evaluation(step)
        case Extension():
            yield from _decision(step, today)
        case Supervision() | CountySupervision():
            yield from supervision_problems(step, None, today)
        case PromiseResult():
            yield from _promise(step)
        case CoHandling():
            yield from co_handling_problems(step, today)
        case Consultation() if step.purpose == "reply" and not step.words:
            yield "当面答复要写答复内容"
        case ChairReview() if step.verdict != "agreed" and not step.words:
            yield "没有同意的要写明批示"
        case Archiving():
            yield from archive_number_problems(step.number)
        case Screening() if step.verdict != "passed" and not step.words:
            yield "没有通过的要写明审查意见"
        case Routing() if step.route in ("guided", "to_petition") and step.telling and not step.reason:
            yield "告知引导要写明理由"
        case _:
            pass


def order_problem(step: StepRecord, opened: StepRecord, others: Iterable[StepRecord]) -> str:
    """Why the day a step is corrected to cannot be right: it would pass a step written before or after it.

    What stands in the wrong order already (old ledgers) is left to be put right one step at a time.
    """
    day, was = step.day, opened.day
    if isinstance(step, _BESIDE_THE_COURSE) or day is None or was is None or day == was:
        return ""
    own, label = (was, step.uid[:MOMENT]), step.spec("date").label
    dated = [
        ((other.day, other.uid[:MOMENT]), other)
        for other in others
        if other.uid != step.uid and other.day is not None and not isinstance(other, _BESIDE_THE_COURSE)
    ]
    passed = [each for each in dated if each[0] < own and day < each[0][0]]
    if passed:
        (at, _), other = max(passed, key=lambda each: each[0])
        return f"{label}早于{show_day(at)}的{other.LABEL}，请核对或先更正那一步"
    passed = [each for each in dated if each[0] > own and day > each[0][0]]
    if passed:
        (at, _), other = min(passed, key=lambda each: each[0])
        return f"{label}晚于{show_day(at)}的{other.LABEL}，请核对或先更正那一步"
    return ""


def co_handling_problems(step: CoHandling, today: date) -> Iterator[str]:
    """What is wrong with a further unit's part and its reply."""
    if step.due is not None and step.due < step.day:
        yield "协办期限早于交办日期"
    if step.answered is not None and not step.day <= step.answered <= today:
        yield "协办答复日期要在交办日期和今天之间"
    if step.result and step.answered is None:
        yield "填了办理结果，还没有填答复日期"
    if step.result in NEEDS_WORDS and not step.answer:
        yield "办理结果为C或D的要写明原因"


def _screening(state: CaseState, step: Screening) -> Iterator[str]:
    wanted = next((each for each in STAGES if each not in state.reviewed), "")
    if wanted and step.stage != wanted:
        yield f"三审按先后进行，现在该{SCREENING_STAGE.label_of(wanted)}"


def _routing(opinion: Opinion, step: Routing) -> Iterator[str]:
    if opinion.track in ("suggestion", "bill") and step.route not in (*_DEPUTIES_ROUTES, "assigned"):
        yield f"代表议案建议不能{step.shown('route')}，可以交办、转报县人大、合并办理或撤回"


_DEPUTIES_ROUTES = ("to_county", "merged", "taken_apart", "withdrawn")


_BESIDE_THE_COURSE = (
    Supervision | CountySupervision | Extension | PromiseResult | CoHandling | Consultation | Informing
)
"""Steps that may be written down later than a step that came after them."""


def _problems(
    opinion: Opinion, state: CaseState, step: StepRecord, today: date, profile: RuleProfile
) -> Iterator[str]:
    """What is wrong with the step from where the matter stands."""
    yield from own_problems(opinion, step, today=today)
    label, day = step.spec("date").label, step.day or today
    moves = not isinstance(step, _BESIDE_THE_COURSE)
    if moves and state.last_day is not None and day < state.last_day:
        yield f"{label}早于上一步（{show_day(state.last_day)}{state.last_act}），请核对或先更正上一步"
    if act_of(step) in ("withdraw", "take_apart") and not step.packed().get("reason"):
        yield f"{words_of(act_of(step), state.code)}要写明理由"
    match step:
        case Assignment() if state.code in ("handling", "rehandling", "answered") and not step.reason:
            yield f"{words_of('assign', state.code)}要写明理由"
        case HandBack():
            yield from _hand_back(state, step, profile)
        case Extension():
            yield from _extension(state, step)
        case Supervision():
            yield from supervision_problems(step, state.assigned_day, today)
        case Screening():
            yield from _screening(state, step)
        case Consultation() if state.assigned_day is not None and step.day < state.assigned_day:
            yield f"面商日期早于交办日期{show_day(state.assigned_day)}"
        case Satisfaction() if state.code == "redo" and step.whom != "joint":
            yield "已经待重办，现在只补记联名代表的评价，领衔代表的等重新答复以后再登记"
        case Informing() if state.answered_day is not None and step.day < state.answered_day:
            yield f"送达日期早于答复日期{show_day(state.answered_day)}"
        case Routing():
            yield from _routing(opinion, step)
        case Ruling() if act_of(step) == "rule":
            yield from _ruling(state, step)
        case ArchiveOpening() if state.archived is not None and step.day < state.archived:
            yield f"取消日期早于归档日期{show_day(state.archived)}"
        case _:
            pass


def _ruling(state: CaseState, step: Ruling) -> Iterator[str]:
    """A matter that nobody handled yet cannot be closed by a decision, nor one that was handled begin anew."""
    sent_by_chair = not state.round
    if sent_by_chair != (step.decision in ("assign", "back")):
        can = "“同意交办”或“退回补充”" if sent_by_chair else "“继续重办”或“向反映人说明情况后了结”"
        yield f"研究意见应选{can}"


def _reply(step: Reply | CountyReply) -> Iterator[str]:
    if step.result in NEEDS_WORDS and not step.words:
        yield "办理结果为C或D的要写明原因"
    if step.promised_day is not None and not step.promise:
        yield "有承诺完成期限，还没有写承诺事项"
    if step.promised_day is not None and step.promised_day < step.day:
        yield "承诺完成期限早于答复日期"


def _evaluation(step: Satisfaction) -> Iterator[str]:
    if step.overall == "unreached" and (step.attitude or step.outcome):
        yield "没有联系上，就不能登记对态度和结果的评价"


def _hand_back(state: CaseState, step: HandBack, profile: RuleProfile) -> Iterator[str]:
    if state.assigned_day is None or profile.hand_back is None:
        return
    last = profile.limit(state.assigned_day, profile.hand_back)
    if step.day > last:
        yield (
            f"退回要在交办后{profile.hand_back.shown}内（{show_day(last)}前），现在已经过了，"
            "可以由承办单位申请延期，或由本单位改派"
        )


def _extension(state: CaseState, step: Extension) -> Iterator[str]:
    if state.assigned_day is not None and step.day < state.assigned_day:
        yield f"申请日期早于交办日期{show_day(state.assigned_day)}"
    if state.handling_due is not None and step.until <= state.handling_due:
        yield f"延至的日期要晚于现在的期限{show_day(state.handling_due)}"


def _decision(step: Extension, today: date) -> Iterator[str]:
    if step.decision != "waiting" and not step.decided_by:
        yield "延期要经批准，请填写审批人"
    if step.decided is not None and not step.day <= step.decided <= today:
        yield "审批日期要在申请日期和今天之间"


def supervision_problems(
    step: Supervision | CountySupervision, assigned: date | None, today: date
) -> Iterator[str]:
    """What is wrong with a supervision and the answer to it."""
    if assigned is not None and step.day < assigned:
        yield f"督办日期早于交办日期{show_day(assigned)}"
    if step.reply_by is not None and step.reply_by < step.day:
        yield "回复期限早于督办日期"
    if step.answered is not None and not step.day <= step.answered <= today:
        yield "回复日期要在督办日期和今天之间"
    if step.outcome and step.answered is None:
        yield "填了督办结果，还没有填回复日期"


def _promise(step: PromiseResult) -> Iterator[str]:
    if step.outcome == "postponed" and step.until is None:
        yield "推迟的要写明改为何时完成"
    if step.until is not None and step.until <= step.day:
        yield "改后的完成日期要晚于核实日期"
