"""The lines of the 代表议案建议台账: suggestions with the words of all that was done with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lianxin.documents.workbooks.suggestion_ledger import SuggestionLine
from lianxin.domain.records import CoHandling, Consultation, Opinion, Satisfaction, Signer, Suggestion
from lianxin.office.cases.case import Case, cases_of, state_in
from lianxin.office.desk import Desk
from lianxin.office.names import Names, numeral
from lianxin.office.numbers import short_number
from lianxin.store.reading import Reading

_BETWEEN = "、"


def suggestion_lines(desk: Desk, reading: Reading, matters: Sequence[Opinion]) -> list[SuggestionLine]:
    """One line a suggestion, in the order given; a few questions for any number of them."""
    uids = [each.uid for each in matters]
    beside = {each.opinion: each for each in reading.children(Suggestion, "opinion", uids)}
    signers: dict[str, list[Signer]] = {}
    for signer in reading.children(Signer, "suggestion", [each.uid for each in beside.values()]):
        signers.setdefault(signer.suggestion, []).append(signer)
    names = Names(reading)
    names.preload("person", [each.person for some in signers.values() for each in some])
    lines = []
    for case in cases_of(reading, matters):
        own = beside.get(case.opinion.uid) or Suggestion(uid="", opinion=case.opinion.uid)
        lines.append(_line(desk, names, case, own, signers.get(own.uid, [])))
    return lines


def _line(desk: Desk, names: Names, case: Case, own: Suggestion, signers: Sequence[Signer]) -> SuggestionLine:
    matter, state = case.opinion, state_in(desk, case, desk.today())
    reply = max(case.replies, key=lambda each: (each.day, each.uid), default=None)
    judged = sorted(case.satisfactions, key=lambda each: (each.day or matter.registered, each.uid))
    lead = next((each for each in reversed(judged) if each.whom in ("lead", "signers")), None)
    met = [s.day for s in case.further if isinstance(s, Consultation) and s.means == "face"]
    co = [names.of("unit", step.unit) for step in case.further if isinstance(step, CoHandling)]
    return SuggestionLine(
        number=short_number(matter.number or ""),
        form=own.shown("form"),
        title=matter.title,
        lead=names.of("person", matter.person),
        joint=_BETWEEN.join(names.of("person", each.person) for each in signers),
        registered=matter.registered,
        occasion=_occasion(names, own),
        unit=names.of("unit", state.unit or None),
        co_units=_BETWEEN.join(co),
        assigned=state.assigned_day,
        due=state.handling_due,
        met=max(met, default=None),
        replied=state.answered_day,
        result=reply.shown("result") if reply else "",
        judged=_judged_words(lead) if lead else "",
        joint_judged=_joint_words(names, judged, [each.person for each in signers]),
        progress=state.label,
        remark="；".join(_remarks(own, matter)),
    )


def _occasion(names: Names, own: Suggestion) -> str:
    """十九届六次会议, or 闭会期间."""
    if own.occasion != "in_session" or not own.session:
        return own.shown("occasion")
    return f"{names.of('term', own.term).removeprefix('第')}{numeral(own.session)}次会议"


def _judged_words(lead: Satisfaction) -> str:
    """基本满意（态度满意，结果基本满意）."""
    apart = (("态度", lead.attitude, "attitude"), ("结果", lead.outcome, "outcome"))
    said = "，".join(f"{label}{lead.shown(wire)}" for label, word, wire in apart if word)
    return lead.shown("overall") + (f"（{said}）" if said else "")


def _remarks(own: Suggestion, matter: Opinion) -> Iterator[str]:
    if own.key_matter:
        yield "重点督办"
    if own.hard:
        yield "难办"
    if own.from_bill:
        yield "议案转建议"
    if matter.remark:
        yield matter.remark


def _joint_words(names: Names, evaluations: Sequence[Satisfaction], people: Sequence[str]) -> str:
    """向光明 满意、单大贵 基本满意; the latest word of each, in the order in which they signed."""
    said = {each.person: each.shown("overall") for each in evaluations if each.whom in ("joint", "signer")}
    known = [*people, *(person for person in said if person not in people)]
    return _BETWEEN.join(
        f"{names.of('person', person)} {said[person]}" for person in known if person and person in said
    )
