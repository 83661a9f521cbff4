"""Figures of how matters were followed: supervision, time given, hand-backs, promises, deputies' judgement (6.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from lianxin.domain.casework.promises import promises_of
from lianxin.domain.counts import Case, Facts, Figure, number, share
from lianxin.domain.figures.judgement import JUDGED
from lianxin.domain.figures.opinion import OWN_TRACKS
from lianxin.domain.periods import Period
from lianxin.domain.records import (
    Extension,
    HandBack,
    PromiseResult,
    Ruling,
    Satisfaction,
    Supervision,
)


def supervision_figures(period: Period, facts: Facts, cases: Sequence[Case]) -> list[Figure]:
    """督办, 延期, 退回, 主席团研究, 承诺兑现, 代表评价 of a period; `cases` as of its end."""
    own = {case.uid for case in cases if case.opinion.track in OWN_TRACKS}
    return [
        *_supervised(period, [s for s in facts.further if isinstance(s, Supervision) and s.opinion in own]),
        *_moved_about(period, facts, own),
        *_promises(period, facts, own),
        *_judged_apart(period, [each for each in facts.satisfactions if each.opinion in own]),
    ]


def _supervised(period: Period, all_of_them: Sequence[Supervision]) -> list[Figure]:
    made = [each for each in all_of_them if each.day in period]
    asked = [each for each in all_of_them if each.reply_by is not None and each.reply_by in period]
    answered = [each for each in asked if each.answered is not None and each.answered <= period.end]
    letters = [each.uid for each in made if each.means == "letter"]
    said = "本期要求回复的督办中，到期末已回复 ÷ 要求回复的次数。"
    matters = _distinct(each.opinion for each in made)
    uids = [each.uid for each in made]
    return [
        number("supervisions", "督办次数", "次", "本期开展的督办次数，十一种方式合计。", "supervision", uids),
        number("supervised", "督办件数", "件", "本期督办过的意见件数，一件督办几次只计一件。", "opinion", matters),
        number("letters", "督办函", "件", "本期发出的督办函件数。", "supervision", letters),
        share(
            "supervision_answered_rate", "督办回复率", said, "supervision",
            [each.uid for each in answered], len(asked),
        ),
    ]  # fmt: skip


def _moved_about(period: Period, facts: Facts, own: set[str]) -> list[Figure]:
    back = [
        s.opinion for s in facts.further if isinstance(s, HandBack) and s.day in period and s.opinion in own
    ]
    longer = [
        s.opinion
        for s in facts.further
        if isinstance(s, Extension)
        and s.decision == "granted"
        and (s.decided or s.day) in period
        and s.opinion in own
    ]
    ruled = [
        s.opinion for s in facts.further if isinstance(s, Ruling) and s.day in period and s.opinion in own
    ]
    told = (
        ("handed_back", "退回", "本期承办单位退回过的意见件数。", back),
        ("extended", "延期", "本期批准延期的意见件数。", longer),
        ("ruled", "主席团研究", "本期由主席团研究过的意见件数。", ruled),
    )
    return [number(key, label, "件", said, "opinion", _distinct(uids)) for key, label, said, uids in told]


def _promises(period: Period, facts: Facts, own: set[str]) -> list[Figure]:
    replies = [each for each in facts.replies if each.opinion in own]
    results = [each for each in facts.further if isinstance(each, PromiseResult)]
    promises = promises_of(replies, results, today=period.end)
    made = [each.reply.uid for each in promises if each.reply.day in period]
    due = [each for each in promises if each.due is not None and each.due <= period.end]
    kept = [each.reply.uid for each in due if each.outcome == "kept"]
    late = [each.reply.uid for each in due if each.open and each.due != period.end]
    said = "到期的承诺中，到期末已兑现 ÷ 到期末及以前应完成的承诺（历年累计，推迟的按新日期）。"
    return [
        number("promises", "承诺事项", "件", "本期答复中作出的承诺件数。", "reply", made),
        number("promises_late", "承诺超期", "件", "到期末已过完成日期、还没有核实兑现的承诺件数。", "reply", late),
        share("promises_kept_rate", "承诺兑现率", said, "reply", kept, len(due)),
    ]  # fmt: skip


def _judged_apart(period: Period, evaluations: Sequence[Satisfaction]) -> list[Figure]:
    visitors = _latest(period, (each for each in evaluations if each.whom == "visitor"))
    deputies = _latest(period, (each for each in evaluations if each.whom != "visitor"))
    base = "（满意+基本满意+不满意），按本期每件最近一次评价计，没有填的不计入"
    found = []
    for key, label, wire in (
        ("attitude_rate", "办理态度满意率", "attitude"),
        ("outcome_rate", "办理结果满意率", "outcome"),
    ):
        words = [(each, each.attitude if wire == "attitude" else each.outcome) for each in visitors]
        asked = [each.opinion for each, word in words if word in JUDGED]
        good = [each.opinion for each, word in words if word == "satisfied"]
        found.append(share(key, label, f"反映人对{label[:-3]}：满意 ÷ {base}。", "opinion", good, len(asked)))
    asked = [each.opinion for each in deputies if each.overall in JUDGED]
    good = [each.opinion for each in deputies if each.overall == "satisfied"]
    said = f"代表（领衔、联名）对意见办理的评价：满意 ÷ {base}。与反映人的满意率分开计。"
    found.append(share("deputies_satisfaction_rate", "代表满意率", said, "opinion", good, len(asked)))
    return found


def _latest(period: Period, evaluations: Iterable[Satisfaction]) -> list[Satisfaction]:
    """Of every matter the last judgement of the period."""
    found: dict[str, Satisfaction] = {}
    for each in sorted(evaluations, key=lambda one: (one.day or date.min, one.uid)):
        if each.day is not None and each.day in period and each.overall in JUDGED:
            found[each.opinion] = each
    return list(found.values())


def _distinct(uids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(uids))
