"""Figures of what deputies propose, of people told where else to go, and of deeds (domain.md 6.2, 6.3)."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.domain.casework.standing import DEPUTIES_TRACKS
from lianxin.domain.casework.state import ELSEWHERE_STATES
from lianxin.domain.casework.suggestion_judging import DeputyAnswer, answers_of, feedback_rule
from lianxin.domain.counts import Case, Facts, Figure, by_matter, number, share
from lianxin.domain.figures.opinion import of_cases
from lianxin.domain.periods import Period
from lianxin.domain.records import CoHandling, Consultation, Telling
from lianxin.domain.rules import RuleProfile

_GUIDED = ("guided", "to_petition")
_SOMEBODY = "somebody"


def deputies_figures(
    period: Period, facts: Facts, cases: Sequence[Case], profile: RuleProfile
) -> list[Figure]:
    """代表议案建议, 告知 and 办实事 of a period; `cases` as of its end."""
    made = [case for case in cases if case.opinion.track in DEPUTIES_TRACKS and case.state.code != "merged"]
    return [
        *_proposed(period, made),
        *_handled(period, facts, made),
        *_judged(period, facts, made, profile),
        *_told(period, facts, cases, profile),
        *_deeds(period, facts),
    ]


def _proposed(period: Period, made: Sequence[Case]) -> list[Figure]:
    suggestions = [case for case in made if case.opinion.track == "suggestion"]
    new_ones = [case for case in suggestions if case.opinion.registered in period]
    ended = [
        case
        for case in suggestions
        if not case.state.open and case.state.code not in ELSEWHERE_STATES and case.state.closed_day in period
    ]
    new = [case for case in made if case.opinion.registered in period]
    bills = [case.uid for case in new if case.opinion.track == "bill"]
    waiting = [case.uid for case in made if case.state.code in ("review", "revise")]
    leads = {case.opinion.person: case.uid for case in new if case.opinion.person}
    return [
        of_cases("suggestions", "代表建议", "件", "本期登记的代表建议件数，不计入收集意见。", new_ones),
        of_cases("suggestions_closed", "代表建议办结", "件", "本期办结的代表建议件数。", ended),
        number("bills", "代表议案", "件", "本期登记的代表议案件数，不含合并件。", "opinion", bills),
        number("suggestions_review", "待审查建议", "件", "期末还没有通过三审的议案建议件数。", "opinion", waiting),
        number("proposing_deputies", "提出建议的代表", "人", "本期领衔提出议案建议的代表人数。", "opinion", leads.values()),
    ]  # fmt: skip


def _handled(period: Period, facts: Facts, made: Sequence[Case]) -> list[Figure]:
    ended = ("withdrawn", "to_opinion")
    due = [
        case
        for case in made
        if (limit := case.state.handling_due) and limit <= period.end and case.state.code not in ended
    ]
    answered = [case.uid for case in due if case.state.answered_day]
    own = {case.uid for case in made}
    face = {each.opinion for each in facts.replies if each.means == "face" and each.day <= period.end}
    face |= {
        each.opinion
        for each in facts.further
        if isinstance(each, Consultation) and each.means == "face" and each.day <= period.end
    }
    face |= {
        each.opinion
        for each in facts.satisfactions
        if each.whom != "visitor" and each.means == "face" and (each.day is None or each.day <= period.end)
    }
    met = [case.uid for case in due if case.uid in face]
    parts = [each for each in facts.further if isinstance(each, CoHandling) and each.opinion in own]
    asked = [each for each in parts if each.due is not None and each.due in period]
    said = [each.uid for each in asked if each.answered is not None and each.answered <= period.end]
    base = "到期的议案建议（答复期限在本期及以前，不含撤回和转为群众意见的）"
    return [
        share("suggestions_answered_rate", "建议办复率", f"{base}中已答复 ÷ {base}。", "opinion", answered, len(due)),
        share("suggestions_met_rate", "面商率", f"{base}中与代表当面商谈、答复或征询过 ÷ {base}。", "opinion", met, len(due)),
        share(
            "co_handled_rate", "协办答复率", "本期到期的协办中，到期末已答复 ÷ 到期的协办家数。", "co-handling", said,
            len(asked),
        ),
    ]  # fmt: skip


def _judged(period: Period, facts: Facts, made: Sequence[Case], profile: RuleProfile) -> list[Figure]:
    """满意率 of the leading deputies three ways: as judged, without late forms, and with forms never returned."""
    evaluations = by_matter(facts.satisfactions)
    answers: dict[str, DeputyAnswer] = {}
    for case in made:
        for answer in answers_of(
            # Old ledgers do not always say who led.
            lead=case.opinion.person or _SOMEBODY,
            joint=(),
            replied=case.state.answered_day,
            evaluations=evaluations.get(case.uid, ()),
            today=period.end,
            profile=profile,
        ):
            if _falls_in(period, answer):
                answers[case.uid] = answer
    judged = {uid: each for uid, each in answers.items() if each.judged}
    good = [
        uid
        for uid, each in judged.items()
        if each.evaluation is not None and each.evaluation.overall == "satisfied"
    ]
    in_time = [uid for uid, each in judged.items() if not each.late]
    limit = f"答复后{feedback_rule(profile).shown}内"
    said = "领衔代表对议案建议的评价：满意 ÷（满意+基本满意+不满意），按每件最近一次答复后本期的评价计"
    return [
        share("suggestions_satisfied_rate", "建议代表满意率", f"{said}。", "opinion", good, len(judged)),
        share(
            "suggestions_satisfied_in_time_rate", "建议代表满意率（不含逾期反馈）",
            f"{said}；逾期反馈的不计（期限：{limit}）。", "opinion", [uid for uid in good if uid in in_time],
            len(in_time),
        ),
        share(
            "suggestions_satisfied_all_rate", "建议代表满意率（逾期未评价计入）",
            f"{said}；本期过了反馈期限（{limit}）还没有评价的也计入分母。", "opinion", good, len(answers),
        ),
    ]  # fmt: skip


def _falls_in(period: Period, answer: DeputyAnswer) -> bool:
    """Judged in the period, or past the last day for it in the period."""
    if answer.judged and answer.evaluation is not None:
        return (answer.evaluation.day or answer.due) in period
    return answer.late and answer.due in period


def _told(period: Period, facts: Facts, cases: Sequence[Case], profile: RuleProfile) -> list[Figure]:
    """Guided in the period with a way of telling on record; old ledgers do not say and are not counted."""
    known = {case.uid: case.opinion for case in cases}
    tellings: dict[str, Telling] = {}
    for step in facts.further:
        if isinstance(step, Telling) and step.day <= period.end:
            tellings.setdefault(step.opinion, step)
    guided = {
        each.opinion: each
        for each in facts.routings
        if each.route in _GUIDED and each.telling and each.day in period and each.opinion in known
    }
    told = [uid for uid, each in guided.items() if each.telling == "on_spot" or uid in tellings]
    in_time = [
        uid
        for uid in told
        if guided[uid].telling == "on_spot"
        or tellings[uid].day <= profile.limit(known[uid].registered, profile.tell_days)
    ]
    waiting = [case.uid for case in cases if case.state.code == "to_tell"]
    rule = profile.tell_days
    said = f"本期告知引导的来访中，当场或在{rule.shown}内告知去向 ÷ 本期告知引导的来访（{rule.source}）。"
    return [
        number("told", "已告知", "件", "本期告知引导、到期末已告知来访人的件数。", "opinion", told),
        number("to_tell", "待告知", "件", "期末应书面告知、还没有告知来访人的件数。", "opinion", waiting),
        share("told_in_time_rate", "按期告知率", said, "opinion", in_time, len(guided)),
    ]


def _deeds(period: Period, facts: Facts) -> list[Figure]:
    done = [deed for deed in facts.deeds if deed.day in period]
    uids = [deed.uid for deed in done]
    households = sum(deed.households or 0 for deed in done)
    from_matters = [deed.uid for deed in done if deed.opinion]
    return [
        number("deeds", "办实事", "件", "本期代表为民办实事件数，按办理日期计。", "deed", uids),
        number("deed_households", "办实事受益户", "户", "本期办实事受益户数合计。", "deed", uids, households),
        number("deeds_from_matters", "其中协调解决意见", "件", "本期办实事中由群众意见转来的件数。", "deed", from_matters),
    ]  # fmt: skip
