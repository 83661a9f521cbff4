"""Figures of what deputies propose, of people told where else to go, and of deeds (domain.md 6.2, 6.3)."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.domain.casework import DEPUTIES_TRACKS
from lianxin.domain.counts import Case, Facts, Figure, number, share
from lianxin.domain.periods import Period
from lianxin.domain.records import CoHandling, Satisfaction, Telling
from lianxin.domain.rules import RuleProfile

_JUDGED = ("satisfied", "basically", "unsatisfied")
_GUIDED = ("guided", "to_petition")


def deputies_figures(
    period: Period, facts: Facts, cases: Sequence[Case], profile: RuleProfile
) -> list[Figure]:
    """代表议案建议, 告知 and 办实事 of a period; `cases` as of its end."""
    made = [case for case in cases if case.opinion.track in DEPUTIES_TRACKS and case.state.code != "merged"]
    return [
        *_proposed(period, made),
        *_handled(period, facts, made),
        *_told(period, facts, cases, profile),
        *_deeds(period, facts),
    ]


def _proposed(period: Period, made: Sequence[Case]) -> list[Figure]:
    new = [case for case in made if case.opinion.registered in period]
    bills = [case.uid for case in new if case.opinion.track == "bill"]
    waiting = [case.uid for case in made if case.state.code in ("review", "revise")]
    leads = {case.opinion.person: case.uid for case in new if case.opinion.person}
    return [
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
        for each in facts.satisfactions
        if each.whom != "visitor" and each.means == "face" and (each.day is None or each.day <= period.end)
    }
    met = [case.uid for case in due if case.uid in face]
    judged = _latest(period, [each for each in facts.satisfactions if each.opinion in own])
    good = [uid for uid, word in judged.items() if word == "satisfied"]
    parts = [each for each in facts.further if isinstance(each, CoHandling) and each.opinion in own]
    asked = [each for each in parts if each.due is not None and each.due in period]
    said = [each.uid for each in asked if each.answered is not None and each.answered <= period.end]
    base = "到期的议案建议（答复期限在本期及以前，不含撤回和转为群众意见的）"
    return [
        share("suggestions_answered_rate", "建议办复率", f"{base}中已答复 ÷ {base}。", "opinion", answered, len(due)),
        share("suggestions_met_rate", "面商率", f"{base}中与代表当面答复或征询过 ÷ {base}。", "opinion", met, len(due)),
        share(
            "suggestions_satisfied_rate", "建议代表满意率",
            "领衔代表对议案建议的评价：满意 ÷（满意+基本满意+不满意），按本期每件最近一次评价计。",
            "opinion", good, len(judged),
        ),
        share(
            "co_handled_rate", "协办答复率", "本期到期的协办中，到期末已答复 ÷ 到期的协办家数。", "co-handling", said,
            len(asked),
        ),
    ]  # fmt: skip


def _latest(period: Period, evaluations: Sequence[Satisfaction]) -> dict[str, str]:
    found: dict[str, str] = {}
    dated = [
        (each.day, each.uid, each) for each in evaluations if each.day is not None and each.day in period
    ]
    for _, _, each in sorted(dated, key=lambda one: one[:2]):
        if each.whom == "lead" and each.overall in _JUDGED:
            found[each.opinion] = each.overall
    return found


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
