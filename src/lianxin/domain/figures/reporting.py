"""Figures of report-back (domain.md 6.3): shares per level, satisfaction two ways, enough voters, promises kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from lianxin.domain.counts import Facts, Figure, percent, share
from lianxin.domain.periods import Period
from lianxin.domain.records import Evaluation, TallyRow
from lianxin.domain.reporting_year import LevelYear, asked_of, level_year
from lianxin.domain.rules import RuleProfile
from lianxin.domain.tally.arithmetic import is_overall

_LEVELS = (("county", "县人大代表"), ("township", "乡镇人大代表"))


def reporting_figures(period: Period, facts: Facts, profile: RuleProfile) -> list[Figure]:
    """述职率, 口头述职比例, 届内口头覆盖率 of each level, satisfaction of the ballots, 承诺完成率."""
    year = period.end.year
    found: list[Figure] = []
    for level, label in _LEVELS:
        told = level_year(
            level, year, mandates=facts.mandates, reports=facts.reports, sessions=facts.sessions,
            terms=facts.terms, day=period.end,
            asked=asked_of(level, profile, townships_too=facts.township_shares),
        )  # fmt: skip
        found += _of_level(told, label)
    return [*found, *_satisfaction(period, facts), _enough(period, facts, profile), _promises(year, facts)]


def _of_level(told: LevelYear, label: str) -> Iterator[Figure]:
    year, rule, key = told.year, told.asked, told.level
    held = f"在任{label}，各级分别计算，不混在一起"
    reported = [each.person for each in told.reported]
    # The one of the township stands in the return under its own name (see year_figures).
    if key != "township":
        said = f"{year}年到期末已述职（口头或书面）的{label} ÷ {held}。"
        yield share(f"reported_rate_{key}", f"述职率（{label}）", said, "person", reported, told.whole)
    oral = [each.person for each in told.oral_done]
    asked = f"要求不少于{rule.share}%（{rule.source}）" if rule.applies else "没有规定比例"
    said = f"{year}年到期末已口头述职的{label} ÷ {held}。{asked}。"
    yield share(f"oral_rate_{key}", f"口头述职比例（{label}）", said, "person", oral, told.whole)
    covered = [each.person for each in told.covered]
    outlook = told.projection
    told_on = f"{outlook.words}。" if outlook and outlook.words and rule.applies else ""
    since = "本届内" if told.years_left is not None else "有记录以来（届的首次会议日期没有填写）"
    said = f"{since}口头述职满{rule.per_term}次的{label} ÷ {held}。届满时应达到100%。{told_on}"
    yield share(f"oral_covered_{key}", f"届内口头覆盖率（{label}）", said, "person", covered, told.whole)


def _satisfaction(period: Period, facts: Facts) -> Iterator[Figure]:
    """The mean of the votes' rates, and the rate of all ballots together; only votes in three grades have a 满意."""
    rates: dict[str, Fraction] = {}
    good = whole = 0
    for each in _votes(period, facts):
        if each.scheme != "three":
            continue
        satisfied, of = _counts(each, facts.tallies)
        if of:
            rates[each.uid] = Fraction(satisfied, of)
            good, whole = good + satisfied, whole + of
    said = "本期已确认的代表述职测评（三档）中，总体评价“满意”票 ÷ 有效票"
    mean = sum(rates.values(), Fraction(0)) / len(rates) if rates else None
    yield Figure(
        "ballot_satisfied_mean", "测评平均满意率（按场次平均）", "%", mean, percent(mean),
        f"{said}，先算出每场的满意率，再按场次平均。", "evaluation", tuple(rates),
        mean.numerator if mean is not None else 0, mean.denominator if mean is not None else 0,
    )  # fmt: skip
    weighted = Fraction(good, whole) if whole else None
    yield Figure(
        "ballot_satisfied_weighted", "测评平均满意率（按票数加权）", "%", weighted, percent(weighted),
        f"{said}，各场票数加在一起计算。", "evaluation", tuple(rates), good, whole,
    )  # fmt: skip


def _enough(period: Period, facts: Facts, profile: RuleProfile) -> Figure:
    votes = _votes(period, facts)
    rule = profile.ballots
    enough = [each.uid for each in votes if (each.returned or 0) >= rule.value]
    said = (
        f"本期已确认的代表述职测评中，收回测评票不少于{rule.value}张的场次 ÷ 全部场次（{rule.source}）。"
        "不足的可以照常召开。"
    )
    return share("ballots_enough_rate", "参评人数合规率", said, "evaluation", enough, len(votes))


def _promises(year: int, facts: Facts) -> Figure:
    told = [each for each in facts.commitments if each.year == year]
    done = [each.uid for each in told if each.state == "done"]
    said = f"{year}年年初履职承诺中已登记“完成”的条数 ÷ 全部条数，部分完成的不算完成。"
    return share("commitments_rate", "承诺完成率", said, "commitment", done, len(told))


def _votes(period: Period, facts: Facts) -> list[Evaluation]:
    """The confirmed votes on deputies in the period."""
    return [
        each
        for each in facts.evaluations
        if each.day in period and each.state == "confirmed" and each.target == "deputy"
    ]


def _counts(vote: Evaluation, rows: Sequence[TallyRow]) -> tuple[int, int]:
    """满意 and valid sheets over the targets of one vote: the overall rows, or all where it was in aspects only."""
    own = [each for each in rows if each.evaluation == vote.uid]
    told = [each for each in own if is_overall(each)] or own
    return sum(each.first or 0 for each in told), (vote.valid or 0) * len(told)
