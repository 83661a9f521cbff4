"""Hints about the township's figures and duties: totals, late matters, red flags (domain.md 7.3 no. 5, 11, 12)."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.county.received.hints.hint import Hint, Looked
from lianxin.county.townships.belonging import belonging
from lianxin.county.townships.roster import roster_ever
from lianxin.domain.counts import Facts
from lianxin.domain.duties.compliance import duties
from lianxin.domain.figures.distributions import year_of
from lianxin.domain.figures.of_period import Figures, figures
from lianxin.domain.parted_facts import ROOTS, parted_facts
from lianxin.domain.periods import Period
from lianxin.domain.records import Opinion
from lianxin.office.figuring import merged_facts
from lianxin.office.sending.papers import return_value
from lianxin.store.reading import Reading

_FLAGS = ("oral_", "reported_", "congress", "presidium", "symposiums", "reception_days")
_NAMED = 3


def duty_hints(reading: Reading, looked: Looked) -> Iterator[Hint]:
    """What the township's records add up to; nothing for a file whose period cannot be read."""
    period = looked.period
    if period is None:
        return
    year = year_of(period)
    facts = merged_facts(reading, period, year)
    org = looked.manifest.org_code
    codes = next((town.codes for town in roster_ever(reading, looked.today) if org in town.codes), {org})
    owners = {
        cls.KIND: {uid: org for uid, code in belonging(reading, cls).items() if code in codes}
        for cls in ROOTS
    }
    own = parted_facts(facts, owners).get(org, Facts())
    told = figures(period, own, profile=looked.profile)
    yield _totals(looked, told)
    yield _late(told)
    yield _flags(looked, own, period)


def _totals(looked: Looked, told: Figures) -> Hint:
    signed = looked.manifest.totals
    other = [
        f"{each.label}报{'—' if signed[each.key] is None else signed[each.key]}、按记录数{each.shown}"
        for each in told.all
        if each.key in signed and signed[each.key] != return_value(each)
    ]
    line = told.reconciliation
    uneven = [f"表内不平：{line.text}"] if line.difference else []
    if not signed and not uneven:
        return Hint(5, "合计", "这一份没有报表合计")
    if not other and not uneven:
        return Hint(5, "合计", f"报表与记录一致；{line.text}")
    more = f"等{len(other)}处" if len(other) > _NAMED else ""
    words = "；".join([*uneven, *other[:_NAMED]])
    return Hint(5, "合计", f"{words}{more}不一致，不影响接收，请核对", True)


def _late(told: Figures) -> Hint:
    late = tuple((Opinion.KIND, uid) for uid in told["overdue"].uids)
    words = f"{len(late)}件意见超期没有办结" if late else "没有超期的"
    return Hint(11, "超期件", words, bool(late), late, "已经超期，请催办并说明原因")


def _flags(looked: Looked, own: Facts, period: Period) -> Hint:
    year = year_of(period)
    found = [
        each
        for each in duties(year.end.year, own, profile=looked.profile, today=looked.today)
        if each.standing == "behind" and each.key.startswith(_FLAGS)
    ]
    few = [each for each in own.evaluations if _short(each.returned, looked)]
    told = [f"{each.label}：{each.due_text.partition('；')[0]}" for each in found[:_NAMED]]
    if few:
        told.append(f"{len(few)}次测评不足{looked.profile.ballots.value}人")
    more = f"；另有{len(found) - _NAMED}项" if len(found) > _NAMED else ""
    records = tuple((each.KIND, each.uid) for each in few)
    return Hint(12, "年度要求", f"{'；'.join(told)}{more}" if told else "没有落后的", bool(told), records)


def _short(returned: int | None, looked: Looked) -> bool:
    return returned is not None and returned < looked.profile.ballots.value
