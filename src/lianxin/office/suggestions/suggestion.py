"""代表议案建议: taken in by the rules, looked at three times, handled by a first and further units, both ways linked.

A suggestion is a matter of its own track (its title, words, lead deputy and steps) with a Suggestion beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lianxin.domain.casework.step_checks import NOTHING_CHANGED, co_handling_problems, unit_refusal
from lianxin.domain.casework.suggestion_checks import problems_with
from lianxin.domain.records import (
    CoHandling,
    HandlingUnit,
    Mandate,
    Opinion,
    Person,
    Routing,
    Screening,
    Signer,
    Suggestion,
)
from lianxin.office.cases.opinions import put_merger
from lianxin.office.cases.steps import StepRefused, clerk_of, matter_for, standing, take
from lianxin.office.cases.visit_records import put_opinion, title_of
from lianxin.office.desk import Desk, current_term, office_of
from lianxin.office.numbers import next_number
from lianxin.office.people_named import naming
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change, Writing


class SuggestionRefused(StepRefused):
    """It cannot be taken in as a suggestion; `problems` holds a sentence per wire name. Nothing was written."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__("；".join(problems.values()) + f"，{NOTHING_CHANGED}")


@dataclass(frozen=True)
class Proposed:
    """A suggestion as taken in: its matter, what makes it one, and what was written."""

    matter: Opinion
    suggestion: Suggestion
    changes: tuple[Change, ...]


def propose(
    desk: Desk, *, matter: Opinion, suggestion: Suggestion, signers: Sequence[str] = (), draft_key: str = ""
) -> Proposed:
    """登记代表议案建议: numbered JY (bills YA); `signers` are the joint deputies. Raises SuggestionRefused."""
    with desk.store.writing(reason="登记代表议案建议") as writing:
        made, stored = put_suggestion(desk, writing, matter=matter, suggestion=suggestion, signers=signers)
        if draft_key:
            writing.forget_draft(Suggestion.KIND, draft_key)
        return Proposed(made, stored, tuple(writing.changes))


def turn_into_suggestion(
    desk: Desk,
    *,
    opinion: str,
    day: date,
    matter: Opinion,
    suggestion: Suggestion,
    signers: Sequence[str] = (),
    reason: str | None = None,
    draft_key: str = "",
) -> Proposed:
    """转为代表建议: the opinion ends here and goes on as a suggestion; links both ways, one way back for all of it.

    Raises SuggestionRefused, StepRefused.
    """
    with desk.store.writing(reason="转为代表建议") as writing:
        made, stored = put_turned(
            desk,
            writing,
            matter=replace(matter, registered=day),
            suggestion=replace(suggestion, source=opinion),
            signers=signers,
            reason=reason,
        )
        if draft_key:
            writing.forget_draft(Suggestion.KIND, draft_key)
        return Proposed(made, stored, tuple(writing.changes))


def put_turned(
    desk: Desk,
    writing: Writing,
    *,
    matter: Opinion,
    suggestion: Suggestion,
    signers: Sequence[str],
    reason: str | None = None,
) -> tuple[Opinion, Suggestion]:
    """`put_suggestion`; the public's opinion it comes of (`source`, if any) ends on the day it is proposed.

    Raises SuggestionRefused, StepRefused.
    """
    if suggestion.source:
        own = put_turning(desk, writing, source=suggestion.source, day=matter.registered, reason=reason)
        matter = replace(matter, village=matter.village or own.village)
    return put_suggestion(desk, writing, matter=matter, suggestion=suggestion, signers=signers)


def put_turning(
    desk: Desk, writing: Writing, *, source: str, day: date, reason: str | None = None
) -> Opinion:
    """Ends the public's opinion that a suggestion comes of, and returns it. Raises StepRefused.

    One that was ended so before, while its suggestion was never registered, stays as it is.
    """
    own = matter_for(writing, source)
    _, state = standing(desk, writing, own)
    if state.code != "converted" or is_source(Reading(writing.connection), source):
        step = Routing(
            uid=writing.new_uid(), opinion=source, day=day, route="to_suggestion", reason=reason,
            decided_by=clerk_of(writing),
        )  # fmt: skip
        take(desk, writing, step)
    return own


def is_source(reading: Reading, opinion: str) -> bool:
    """Whether a suggestion comes of this opinion of the public."""
    return reading.count(Suggestion, Condition("source", "=", opinion)) > 0


def put_suggestion(
    desk: Desk, writing: Writing, *, matter: Opinion, suggestion: Suggestion, signers: Sequence[str]
) -> tuple[Opinion, Suggestion]:
    """Numbers and stores a new suggestion inside a transaction. Raises SuggestionRefused."""
    reading = Reading(writing.connection)
    joint = [uid for uid in dict.fromkeys(signers) if uid != matter.person]
    level = level_of(reading, matter.person) if matter.person else ""
    wrong = problems_with(
        matter, suggestion, signers=len(joint) + bool(matter.person), level=level, profile=desk.profile
    )
    wrong.update(strangers(reading, matter.person, joint))
    if matter.registered > desk.today():
        wrong["registered"] = "提出日期还没有到，请核对"
    if wrong:
        raise SuggestionRefused(wrong)
    letters = "YA" if suggestion.form == "bill" else "JY"
    number = suggestion.number or next_number(
        writing, office_of(reading).code, Suggestion, matter.registered, letters=letters
    )
    made = put_opinion(
        writing,
        replace(
            matter,
            uid=matter.uid or writing.new_uid(),
            number=number,
            title=matter.title or title_of(matter.words),
            track="bill" if suggestion.form == "bill" else "suggestion",
            nature="suggestion",
            channel="via_deputy",
        ),
    )
    term = current_term(reading, "township" if level == "township" else "county", matter.registered)
    stored = replace(
        suggestion,
        uid=suggestion.uid or writing.new_uid(),
        opinion=made.uid,
        number=number,
        term=suggestion.term or (term.uid if term else None),
    )
    writing.put(naming(writing, stored))
    for uid in joint:
        writing.put(Signer(uid=writing.new_uid(), suggestion=stored.uid, person=uid, signed=made.registered))
    return made, stored


def strangers(reading: Reading, lead: str | None, joint: Sequence[str]) -> dict[str, str]:
    """What stands against those who sign and hold no mandate: only serving deputies propose."""
    wrong = {}
    for uid in (lead, *joint):
        if uid and not level_of(reading, uid):
            person = reading.get(Person, uid)
            where = "person" if uid == lead else "signers"
            wrong[where] = f"{person.name if person else '这个人'}不是在任代表，不能提出或联名"
    return wrong


def level_of(reading: Reading, person: str) -> str:
    """The congress a deputy speaks in from here: the township's, else the highest other one; "" for no deputy."""
    levels = {each.level for each in reading.children(Mandate, "person", [person]) if each.state == "serving"}
    order = ("township", "county", "city", "province", "nation")
    return next((level for level in order if level in levels), "")


def deputies_named(reading: Reading, names: str) -> tuple[list[str], str]:
    """The uids of serving deputies written as 周桂兰、龙志明, and what is wrong with those that are not known."""
    words = names.replace("，", "、").replace(",", "、").replace(" ", "、").split("、")
    found, strange = [], []
    for name in (word.strip() for word in words if word.strip()):
        people = [
            each.uid
            for each in reading.all(Person, Condition("name", "=", name))
            if level_of(reading, each.uid)
        ]
        found += people[:1]
        strange += [] if people else [name]
    return found, f"花名册里没有在任代表“{'、'.join(strange)}”" if strange else ""


def screen(
    desk: Desk,
    *,
    opinion: str,
    day: date,
    stage: str,
    verdict: str = "passed",
    by: str | None = None,
    unit: str | None = None,
    words: str | None = None,
    into: str | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """登记审查: one of the three looks, and what its verdict asks for in the same breath.

    合并办理 handles it with the suggestion `into`, 转为群众意见 registers an opinion that goes on by itself. Raises
    StepRefused.
    """
    with desk.store.writing(reason="登记审查") as writing:
        own = matter_for(writing, opinion)
        if verdict == "merge" and not into:
            raise StepRefused(f"请选择合并到哪一件，{NOTHING_CHANGED}")
        step = Screening(
            uid=writing.new_uid(), opinion=opinion, day=day, stage=stage, verdict=verdict, by=by, unit=unit,
            words=words,
        )  # fmt: skip
        take(desk, writing, step)
        if verdict == "merge" and into:
            put_merger(desk, writing, opinion=opinion, into=into, day=day, reason=words)
        if verdict == "to_opinion":
            became = put_opinion(
                writing,
                replace(own, uid=writing.new_uid(), number=None, track="opinion", registered=day),
            )
            beside = of_matter(Reading(writing.connection), opinion)
            if beside is not None:
                writing.put(replace(beside, became=became.uid), opened=beside)
        if draft_key:
            writing.forget_draft(Screening.KIND, draft_key)
        return tuple(writing.changes)


def add_co_handler(
    desk: Desk,
    *,
    opinion: str,
    day: date,
    unit: str,
    part: str = "helping",
    due: date | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """增加协办: a further unit with its own time limit (by the rules unless told). Raises StepRefused."""
    with desk.store.writing(reason="增加协办") as writing:
        matter_for(writing, opinion)
        said = unit_refusal(Reading(writing.connection).get(HandlingUnit, unit), track="suggestion")
        if said:
            raise StepRefused(said)
        rule = desk.profile.co_handler
        step = CoHandling(
            uid=writing.new_uid(), opinion=opinion, day=day, unit=unit, part=part,
            due=due or (desk.profile.limit(day, rule) if rule else None), by=clerk_of(writing),
        )  # fmt: skip
        take(desk, writing, step)
        if draft_key:
            writing.forget_draft(CoHandling.KIND, draft_key)
        return tuple(writing.changes)


def co_reply(
    desk: Desk,
    *,
    part: CoHandling,
    answered: date,
    answer: str | None,
    result: str | None = None,
    document: str | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """登记协办答复: the further unit's own reply. Raises StepRefused."""
    with desk.store.writing(reason="登记协办答复") as writing:
        told = replace(part, answered=answered, answer=answer, result=result, document=document)
        wrong = next(co_handling_problems(told, desk.today()), "")
        if wrong:
            raise StepRefused(f"{wrong}，{NOTHING_CHANGED}")
        writing.put(naming(writing, told), opened=part)
        if draft_key:
            writing.forget_draft(CoHandling.KIND, draft_key)
        return tuple(writing.changes)


def change_suggestion(
    desk: Desk,
    *,
    matter: Opinion,
    opened: Opinion,
    suggestion: Suggestion,
    opened_suggestion: Suggestion,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """修改, also 四方督办: what a form changed of the matter and of what makes it a suggestion. Raises StepRefused."""
    with desk.store.writing(reason="修改代表议案建议") as writing:
        reading = Reading(writing.connection)
        joint = reading.children(Signer, "suggestion", [suggestion.uid])
        level = level_of(reading, matter.person) if matter.person else ""
        signers, rules = len(joint) + bool(matter.person), desk.profile
        wrong = problems_with(matter, suggestion, signers=signers, level=level, profile=rules)
        # What an old ledger left out stands in nobody's way; it may be put right later.
        stood = problems_with(opened, opened_suggestion, signers=signers, level=level, profile=rules)
        wrong = {wire: words for wire, words in wrong.items() if wire not in stood}
        if wrong:
            raise SuggestionRefused(wrong)
        writing.put(naming(writing, matter), opened=opened)
        # One of an old ledger has had nothing beside its matter so far.
        known = opened_suggestion if suggestion.uid else None
        told = suggestion if known else replace(suggestion, uid=writing.new_uid())
        writing.put(naming(writing, told), opened=known)
        if draft_key:
            writing.forget_draft(Suggestion.KIND, draft_key)
        return tuple(writing.changes)


def of_matter(reading: Reading, matter: str) -> Suggestion | None:
    """What makes a matter a suggestion; None for an opinion."""
    return next(iter(reading.children(Suggestion, "opinion", [matter])), None)
