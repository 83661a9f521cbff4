"""What the public report on suggestions says: counts and rates of a period, and the list without any person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lianxin.documents.blackout import blacked_out
from lianxin.documents.official.suggestion_report import ReportedSuggestion, SuggestionReport
from lianxin.domain import codes
from lianxin.domain.casework.standing import DEPUTIES_TRACKS
from lianxin.domain.casework.state import CaseState
from lianxin.domain.casework.suggestion_judging import DeputyAnswer, JudgingRates, feedback_rule, rates_of
from lianxin.domain.counts import percent
from lianxin.domain.dates import show_day
from lianxin.domain.periods import Period
from lianxin.domain.records import CoHandling, Consultation, Opinion, Person, Suggestion
from lianxin.office.cases.case import Case, cases_of, state_in
from lianxin.office.desk import Desk, office_of
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.office.people_named import people_of
from lianxin.office.sending.papers import period_records
from lianxin.office.suggestions.steps import answers_in
from lianxin.store.reading import Reading

_ELSEWHERE = ("merged", "withdrawn", "to_opinion")
_TO_FILL_IN = "（下一步工作安排，请经主席团会议研究后在此填写。）"


@dataclass(frozen=True)
class _Reported:
    """One suggestion of the period with what the report asks of it."""

    case: Case
    state: CaseState
    beside: Suggestion
    answers: tuple[DeputyAnswer, ...]

    @property
    def public(self) -> bool:
        """Whether it may stand in the list (domain.md 2.3: confidential at the deputy's request)."""
        return self.case.opinion.openness != "closed" and not self.case.opinion.confidential


def report_of(desk: Desk, reading: Reading, period: Period) -> SuggestionReport:
    """The report on what was put in the period, as it stands at its end or today, whichever comes first."""
    office, names = office_of(reading), Names(reading)
    known = [each for each in _reported(desk, reading, period) if each.state.code not in _ELSEWHERE]
    day = min(desk.today(), period.end)
    sections = (
        ("一、基本情况", _taken_in(period, known)),
        ("二、交办和办理", _handled(known)),
        ("三、办理结果", _answered(desk, known, show_day(day))),
        ("四、下一步工作", [_TO_FILL_IN]),
    )
    listed = [_listed(reading, names, each) for each in known if each.public]
    return SuggestionReport(
        issuer=office.name,
        period_words=f"{office.short_name or office.name}{period.label}",
        sections=sections,
        listed=listed,
        day=desk.today(),
        kept_back=len(known) - len(listed),
    )


def _reported(desk: Desk, reading: Reading, period: Period) -> list[_Reported]:
    matters = [
        each
        for each in period_records(reading, Opinion, "registered", period)
        if each.track in DEPUTIES_TRACKS
    ]
    beside = {
        each.opinion: each for each in reading.children(Suggestion, "opinion", [each.uid for each in matters])
    }
    day = min(desk.today(), period.end)
    return [
        _Reported(
            case,
            state_in(desk, case, day),
            beside.get(case.opinion.uid) or Suggestion(uid="", opinion=case.opinion.uid),
            answers_in(desk, reading, case.opinion),
        )
        for case in cases_of(reading, matters)
    ]


def _taken_in(period: Period, known: Sequence[_Reported]) -> list[str]:
    if not known:
        return [f"{period.label}没有收到代表议案建议。"]
    forms = _counted(codes.SUGGESTION_FORM, (each.beside.form for each in known))
    times = _counted(codes.SUGGESTION_TIME, (each.beside.occasion for each in known))
    kinds = _counted(codes.CATEGORY, (each.case.opinion.category for each in known))
    leads = len({each.case.opinion.person for each in known if each.case.opinion.person})
    return [
        f"{period.label}，共收到代表议案建议{len(known)}件（{forms}），由{leads}名代表领衔提出。"
        f"按提出时间分，{times}。",
        f"按内容分，{kinds}。",
    ]


def _handled(known: Sequence[_Reported]) -> list[str]:
    assigned = [each for each in known if each.state.assigned_day is not None]
    if not assigned:
        return ["还没有交办的议案建议。"]
    units = {each.state.unit for each in assigned}
    co = sum(isinstance(step, CoHandling) for each in assigned for step in each.case.further)
    met = sum(_met(each) for each in assigned)
    hard = sum(each.beside.hard for each in assigned)
    key = sum(each.beside.key_matter for each in known)
    supervised = sum(each.state.supervised for each in assigned)
    also = [f"其中涉及面广、处理难度大的{hard}件"] if hard else []
    also += [f"协办{co}件次"] if co else []
    said = f"经审查交办{len(assigned)}件，由{len(units)}个单位主办" + "".join(f"，{words}" for words in also)
    return [
        f"{said}。",
        f"承办单位与代表见面沟通{met}件；确定重点督办件{key}件，开展督办{supervised}次。",
    ]


def _met(each: _Reported) -> bool:
    spoke = any(isinstance(step, Consultation) and step.means == "face" for step in each.case.further)
    return spoke or any(reply.means == "face" for reply in each.case.replies)


def _answered(desk: Desk, known: Sequence[_Reported], day: str) -> list[str]:
    assigned = [each for each in known if each.state.assigned_day is not None]
    answered = [each for each in assigned if each.state.answered_day is not None]
    said = f"截至{day}，已答复{len(answered)}件，占已交办的{_share(len(answered), len(assigned))}。"
    results = _counted(codes.RESULT, (each.state.result for each in answered if each.state.result))
    lines = [said + (f"答复中，{results}。" if results else "")]
    rates = rates_of(answer for each in answered for answer in each.answers)
    if rates.counted:
        lines.append(_judged(desk, rates))
    waiting = [each for each in assigned if each.state.open and each.state.answered_day is None]
    late = sum(each.state.overdue for each in waiting)
    if waiting:
        lines.append(
            f"还在办理的{len(waiting)}件"
            + (f"，其中超过答复期限{late}件。" if late else "，都在答复期限内。")
        )
    return lines


def _judged(desk: Desk, rates: JudgingRates) -> str:
    limit = feedback_rule(desk.profile).shown
    return (
        f"领衔和联名代表分别评价，按期（答复后{limit}内）评价的满意率为"
        f"{_share(rates.satisfied_in_time, rates.judged_in_time)}"
        f"（{rates.satisfied_in_time}/{rates.judged_in_time}人次）；逾期没有评价的也计入，满意率为"
        f"{_share(rates.satisfied, rates.counted)}（{rates.satisfied}/{rates.counted}人次）。"
    )


def _listed(reading: Reading, names: Names, each: _Reported) -> ReportedSuggestion:
    matter = each.case.opinion
    signed = [names.of("person", answer.person) for answer in each.answers]
    lead = reading.get(Person, matter.person) if matter.person else None
    people = {*people_of(reading, matter), *signed, *([lead.name] if lead else [])}
    result = codes.RESULT.label_of(each.state.result) if each.state.result else ""
    progress = each.state.label if each.state.open else "已办结"
    return ReportedSuggestion(
        number=short_number(matter.number or ""),
        title=blacked_out(matter.title, people),
        unit=names.of("unit", each.state.unit or None),
        progress="，".join(part for part in (progress, result) if part),
    )


def _counted(listed: codes.CodeList, found: Iterable[str]) -> str:
    """议案1件、建议6件: those that occur, in the order of the list."""
    counts = Counter(found)
    return "、".join(f"{each.label}{counts[each.code]}件" for each in listed.codes if counts[each.code])


def _share(part: int, whole: int) -> str:
    return percent(Fraction(part, whole) if whole else None)
