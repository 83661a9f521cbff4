"""What is done with a suggestion once it is taken in: signers, 议案转建议, handing over, 面商, the reply to each, 评价."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from lianxin.domain.casework.standing import due_date
from lianxin.domain.casework.step_checks import NOTHING_CHANGED
from lianxin.domain.casework.suggestion_checks import problems_with
from lianxin.domain.casework.suggestion_judging import SIGNER, DeputyAnswer, answers_of, inquiry_outcome
from lianxin.domain.records import (
    Assignment,
    Consultation,
    Informing,
    Opinion,
    Reply,
    Ruling,
    Satisfaction,
    Signer,
    Suggestion,
)
from lianxin.office.cases.opinions import put_assignment
from lianxin.office.cases.steps import StepRefused, clerk_of, matter_for, standing, take
from lianxin.office.desk import Desk, office_of
from lianxin.office.numbers import next_number
from lianxin.office.people_named import naming
from lianxin.office.suggestions.suggestion import SuggestionRefused, level_of, of_matter, strangers
from lianxin.store.reading import Reading
from lianxin.store.writing import Change, Writing

BEFORE_HANDING_OVER = ("review", "revise", "routed", "returned", "registered")
"""While a suggestion stands so, deputies may still join it or leave it."""


def signers_of(reading: Reading, matter: str) -> list[Signer]:
    """The joint deputies of a matter, in the order in which they signed."""
    beside = of_matter(reading, matter)
    found = reading.children(Signer, "suggestion", [beside.uid]) if beside else []
    return sorted(found, key=lambda each: (each.signed or date.max, each.uid))


def suggestion_for(writing: Writing, matter: Opinion) -> Suggestion:
    """What makes the matter a suggestion; made for one of an old ledger that has none. Raises StepRefused."""
    if matter.track not in ("suggestion", "bill"):
        raise StepRefused(f"这件不是代表议案建议，{NOTHING_CHANGED}")
    found = of_matter(Reading(writing.connection), matter.uid)
    if found is None:
        form = "bill" if matter.track == "bill" else "suggestion"
        found = Suggestion(uid=writing.new_uid(), opinion=matter.uid, number=matter.number, form=form)
        writing.put(found)
    return found


def set_signers(
    desk: Desk, *, opinion: str, signed: Mapping[str, date | None], draft_key: str = ""
) -> tuple[Change, ...]:
    """联名代表: these and no others sign, each on the day given; the least number is asked anew.

    Only until the suggestion is handed over. Raises StepRefused, SuggestionRefused.
    """
    with desk.store.writing(reason="联名代表") as writing:
        put_signers(desk, writing, matter_for(writing, opinion), signed)
        if draft_key:
            writing.forget_draft(Signer.KIND, draft_key)
        return tuple(writing.changes)


def put_signers(desk: Desk, writing: Writing, own: Opinion, signed: Mapping[str, date | None]) -> None:
    """The joint deputies inside a transaction. Raises StepRefused, SuggestionRefused."""
    reading = Reading(writing.connection)
    _, state = standing(desk, writing, own)
    if state.code not in BEFORE_HANDING_OVER:
        raise StepRefused(f"已经“{state.label}”，联名代表不能再增减，{NOTHING_CHANGED}")
    beside = suggestion_for(writing, own)
    joint = {uid: day for uid, day in signed.items() if uid != own.person}
    wrong = problems_with(
        own, beside, signers=len(joint) + bool(own.person), level=level_of(reading, own.person or ""),
        profile=desk.profile,
    )  # fmt: skip
    wrong = {wire: words for wire, words in wrong.items() if wire == "signers"}
    wrong |= strangers(reading, own.person, list(joint))
    if any(day is not None and day > desk.today() for day in joint.values()):
        wrong["signed"] = "签名日期还没有到，请核对"
    if wrong:
        raise SuggestionRefused(wrong)
    known = {each.person: each for each in reading.children(Signer, "suggestion", [beside.uid])}
    for uid, day in joint.items():
        present = known.pop(uid, None)
        if present is None:
            writing.put(Signer(uid=writing.new_uid(), suggestion=beside.uid, person=uid, signed=day))
        else:
            writing.put(replace(present, signed=day), opened=present)
    for gone in known.values():
        writing.remove(Signer, gone.uid)


def turn_bill(
    desk: Desk, *, opinion: str, day: date, reason: str, by: str | None = None, draft_key: str = ""
) -> tuple[Change, ...]:
    """议案转建议: decided by the presidium, with its reason; goes on as a suggestion under a number of its own.

    Raises StepRefused.
    """
    with desk.store.writing(reason="议案转建议") as writing:
        own = matter_for(writing, opinion)
        beside = suggestion_for(writing, own)
        step = Ruling(
            uid=writing.new_uid(), opinion=opinion, day=day, decision="to_suggestion", reason=reason,
            by=clerk_of(writing, by),
        )  # fmt: skip
        take(desk, writing, step)
        code = office_of(Reading(writing.connection)).code
        number = next_number(writing, code, Suggestion, day, letters="JY")
        writing.put(naming(writing, replace(own, track="suggestion", number=number)), opened=own)
        turned = replace(beside, form="suggestion", from_bill=True, number=number, bill_number=own.number)
        writing.put(naming(writing, turned), opened=beside)
        if draft_key:
            writing.forget_draft(Ruling.KIND, draft_key)
        return tuple(writing.changes)


def limit_of(desk: Desk, opinion: Opinion, *, day: date, hard: bool, redoing: bool) -> date:
    """The last day for the reply by the rules: of re-handling, of hard ones, of the others. Nobody types it."""
    if redoing:
        return desk.profile.limit(day, desk.profile.redo)
    return due_date(day, desk.profile, track=opinion.track, hard=hard)


@dataclass(frozen=True)
class Handlers:
    """Who answers for the handling at the unit: 承办负责人 with the post, 承办人 with the telephone."""

    head: str | None = None
    post: str | None = None
    handler: str | None = None
    phone: str | None = None


def hand_over(
    desk: Desk,
    *,
    opinion: str,
    day: date,
    unit: str,
    hard: bool = False,
    hard_reason: str | None = None,
    addressee: str | None = None,
    demand: str | None = None,
    reason: str | None = None,
    handlers: Handlers | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """交办 of a suggestion: the limit follows from whether it is a hard one, which needs a reason. Raises StepRefused."""
    with desk.store.writing(reason="交办") as writing:
        own = matter_for(writing, opinion)
        beside = suggestion_for(writing, own)
        _, state = standing(desk, writing, own)
        if hard and not hard_reason:
            raise StepRefused(
                f"按难办交办要写明理由（涉及面广、处理难度大，代表法第五十一条），{NOTHING_CHANGED}"
            )
        due = limit_of(desk, own, day=day, hard=hard, redoing=bool(state.round))
        put_assignment(
            desk, writing, opinion=opinion, day=day, unit=unit, addressee=addressee, due=due, demand=demand,
            reason=reason,
        )  # fmt: skip
        told = replace(beside, hard=hard, hard_reason=hard_reason if hard else None)
        writing.put(naming(writing, _with(told, handlers)), opened=beside)
        if draft_key:
            writing.forget_draft(Assignment.KIND, draft_key)
        return tuple(writing.changes)


def _with(suggestion: Suggestion, handlers: Handlers | None) -> Suggestion:
    if handlers is None:
        return suggestion
    return replace(
        suggestion,
        handler_head=handlers.head or suggestion.handler_head,
        handler_post=handlers.post or suggestion.handler_post,
        handler=handlers.handler or suggestion.handler,
        handler_phone=handlers.phone or suggestion.handler_phone,
    )


def consult(
    desk: Desk,
    *,
    opinion: str,
    day: date,
    purpose: str = "before",
    means: str = "face",
    start: time | None = None,
    place: str | None = None,
    participants: str | None = None,
    words: str | None = None,
    view: str | None = None,
    by: str | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """面商: the unit spoke with the deputies before its reply, or replied in person. Raises StepRefused."""
    with desk.store.writing(reason="面商") as writing:
        own = matter_for(writing, opinion)
        _, state = standing(desk, writing, own)
        if not place and means == "face":
            raise StepRefused(f"当面沟通要写明地点，{NOTHING_CHANGED}")
        step = Consultation(
            uid=writing.new_uid(), opinion=opinion, day=day, purpose=purpose, means=means, start=start,
            place=place, unit=state.unit or None, participants=participants, words=words, view=view,
            by=clerk_of(writing, by),
        )  # fmt: skip
        take(desk, writing, step)
        if draft_key:
            writing.forget_draft(Consultation.KIND, draft_key)
        return tuple(writing.changes)


def inform(
    desk: Desk,
    *,
    opinion: str,
    people: Sequence[str],
    day: date,
    means: str = "written",
    by: str | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """答复送代表: each of these deputies was given the latest reply. Raises StepRefused."""
    with desk.store.writing(reason="答复送代表") as writing:
        own = matter_for(writing, opinion)
        case, _ = standing(desk, writing, own)
        reply = max(case.replies, key=lambda each: (each.day, each.uid), default=None)
        if reply is None:
            raise StepRefused(f"还没有答复可送，{NOTHING_CHANGED}请先登记答复。")
        if not people:
            raise StepRefused(f"请写明送给了哪几位代表，{NOTHING_CHANGED}")
        asked = _to_inform(Reading(writing.connection), own, reply)
        strange = [uid for uid in people if uid not in asked]
        if strange:
            raise StepRefused(f"有人不是这件的领衔或联名代表，或者这次答复已经送过，{NOTHING_CHANGED}")
        for person in dict.fromkeys(people):
            step = Informing(
                uid=writing.new_uid(), opinion=opinion, reply=reply.uid, person=person, day=day, means=means,
                by=clerk_of(writing, by),
            )  # fmt: skip
            take(desk, writing, step)
        if draft_key:
            writing.forget_draft(Informing.KIND, draft_key)
        return tuple(writing.changes)


def _to_inform(reading: Reading, own: Opinion, reply: Reply) -> list[str]:
    """The deputies who signed and were not given this reply yet, the leading one first."""
    told = {
        each.person for each in reading.children(Informing, "opinion", [own.uid]) if each.reply == reply.uid
    }
    joint = [each.person for each in signers_of(reading, own.uid)]
    return [uid for uid in dict.fromkeys((own.person or "", *joint)) if uid and uid not in told]


def to_inform(desk: Desk, opinion: str) -> list[str]:
    """The deputies who still have to be given the latest reply; none when there is no reply."""
    with desk.store.reading() as reading:
        return to_inform_in(reading, opinion)


def to_inform_in(reading: Reading, opinion: str) -> list[str]:
    """The same within a snapshot."""
    own = reading.get(Opinion, opinion)
    replies = reading.children(Reply, "opinion", [opinion])
    latest = max(replies, key=lambda each: (each.day, each.uid), default=None)
    return _to_inform(reading, own, latest) if own is not None and latest is not None else []


def answers_in(desk: Desk, reading: Reading, own: Opinion) -> tuple[DeputyAnswer, ...]:
    """What each deputy who signed said of the latest reply."""
    replies = [each.day for each in reading.children(Reply, "opinion", [own.uid])]
    return answers_of(
        lead=own.person,
        joint=[each.person for each in signers_of(reading, own.uid)],
        replied=max(replies, default=None),
        evaluations=reading.children(Satisfaction, "opinion", [own.uid]),
        today=desk.today(),
        profile=desk.profile,
    )


def judge(desk: Desk, *, evaluation: Satisfaction, draft_key: str = "") -> tuple[Change, ...]:
    """评价: what one deputy thinks of the reply; the leading one's word decides.

    Those who put an inquiry decide by their number: once enough are dissatisfied it is to be answered anew
    (代表法 §20), which is written down in the same breath. Raises StepRefused.
    """
    with desk.store.writing(reason="征询代表意见") as writing:
        reading = Reading(writing.connection)
        own = matter_for(writing, evaluation.opinion)
        beside = of_matter(reading, own.uid)
        asked = {each.person for each in answers_in(desk, reading, own)}
        if evaluation.person not in asked:
            raise StepRefused(f"评价的人不是这件的领衔或联名代表，或者还没有答复，{NOTHING_CHANGED}")
        inquiry = beside is not None and beside.form == "inquiry"
        whom = SIGNER if inquiry else "lead" if evaluation.person == own.person else "joint"
        step = replace(evaluation, uid=writing.new_uid(), whom=whom, by=clerk_of(writing, evaluation.by))
        take(desk, writing, step)
        if inquiry:
            _decide_together(desk, writing, own, step)
        if draft_key:
            writing.forget_draft(Satisfaction.KIND, draft_key)
        return tuple(writing.changes)


def _decide_together(desk: Desk, writing: Writing, own: Opinion, last: Satisfaction) -> None:
    """Writes what the signers of an inquiry decided, once their answers decide it."""
    _, state = standing(desk, writing, own)
    answers = answers_in(desk, Reading(writing.connection), own)
    outcome = inquiry_outcome(answers, desk.profile)
    if not outcome or state.code != "answered":
        return
    against = sum(
        each.evaluation is not None and each.evaluation.overall == "unsatisfied" for each in answers
    )
    rule = desk.profile.inquiry_again
    again = f"，达到{rule.shown}，要求再作答复（代表法第二十条）" if outcome == "unsatisfied" else ""
    writing.put(
        Satisfaction(
            uid=writing.new_uid(), opinion=own.uid, day=last.day, whom="signers", means=last.means,
            overall=outcome, words=f"提案代表{len(answers)}名中{against}名不满意{again}", by=last.by,
        )
    )  # fmt: skip
