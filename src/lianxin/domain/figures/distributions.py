"""Figures people would rather look at: by month, category, village and channel (domain.md 6.2), for every chart."""

from __future__ import annotations

import dataclasses as dc
from collections.abc import Iterable, Mapping, Sequence

from lianxin.domain import codes
from lianxin.domain.counts import Case, Facts
from lianxin.domain.figures.opinion import collected_cases, ended_in, is_own
from lianxin.domain.periods import Period
from lianxin.domain.records import Region


@dc.dataclass(frozen=True)
class Point:
    """One bar of a chart: what it stands for, its value, the records behind it."""

    key: str
    label: str
    value: int
    uids: tuple[str, ...]


@dc.dataclass(frozen=True)
class Trend:
    """One month of 收集 beside 办结."""

    collected: Point
    closed: Point


def by_month(period: Period, facts: Facts) -> tuple[Point, ...]:
    """联系群众人次 of every statistical month in the period, the empty ones too."""
    uids: dict[Period, list[str]] = {part: [] for part in period.parts}
    persons: dict[Period, int] = dict.fromkeys(period.parts, 0)
    for contact in facts.contacts:
        month = Period.containing(contact.day, cutoff=period.cutoff)
        if month in uids:
            uids[month].append(contact.uid)
            persons[month] += contact.persons
    return tuple(_month(part, uids[part], persons[part]) for part in period.parts)


def _month(part: Period, uids: Sequence[str], value: int) -> Point:
    return Point(part.code, f"{part.first_month % 12 + 1}月", value, tuple(uids))


def matters_by_month(period: Period, cases: Sequence[Case]) -> tuple[Trend, ...]:
    """收集意见 and 办结 of every statistical month in the period; `cases` as of its end."""
    new: dict[Period, list[str]] = {part: [] for part in period.parts}
    ended: dict[Period, list[str]] = {part: [] for part in period.parts}
    counted, _ = collected_cases(period, cases)
    for case in counted:
        new[Period.containing(case.opinion.registered, cutoff=period.cutoff)].append(case.uid)
    for case in cases:
        if is_own(case) and case.state.closed_day is not None and ended_in(period, case):
            ended[Period.containing(case.state.closed_day, cutoff=period.cutoff)].append(case.uid)
    return tuple(
        Trend(_month(part, new[part], len(new[part])), _month(part, ended[part], len(ended[part])))
        for part in period.parts
    )


def by_category(period: Period, cases: Sequence[Case]) -> tuple[Point, ...]:
    """收集意见 by category, the most frequent first; categories without any are left out."""
    counted, _ = collected_cases(period, cases)
    grouped = _grouped((case.opinion.category, case.uid) for case in counted)
    return _ranked(grouped, {code: codes.CATEGORY.label_of(code) for code in grouped})


def by_village(period: Period, cases: Sequence[Case], regions: Iterable[Region]) -> tuple[Point, ...]:
    """收集意见 by village, the most frequent first; without a village they stand together under 未填写."""
    counted, _ = collected_cases(period, cases)
    grouped = _grouped((case.opinion.village or "", case.uid) for case in counted)
    names = {region.uid: region.short_name or region.name for region in regions}
    return _ranked(grouped, {uid: names.get(uid, "未填写") for uid in grouped})


def by_channel(period: Period, facts: Facts) -> tuple[Point, ...]:
    """联系群众人次 by channel, the most frequent first."""
    contacts = [contact for contact in facts.contacts if contact.day in period]
    grouped = _grouped((contact.channel, contact.uid) for contact in contacts)
    persons: dict[str, int] = {}
    for contact in contacts:
        persons[contact.channel] = persons.get(contact.channel, 0) + contact.persons
    points = [
        Point(code, codes.CHANNEL.label_of(code), persons[code], tuple(uids))
        for code, uids in grouped.items()
    ]
    return tuple(sorted(points, key=lambda point: (-point.value, point.key)))


def by_source(period: Period, cases: Sequence[Case]) -> tuple[Point, ...]:
    """收集意见 by the channel they came through, the most frequent first; `cases` as of the end of the period."""
    counted, _ = collected_cases(period, cases)
    grouped = _grouped((case.opinion.channel, case.uid) for case in counted)
    return _ranked(grouped, {code: codes.CHANNEL.label_of(code) for code in grouped})


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, uid in pairs:
        found.setdefault(key, []).append(uid)
    return found


def _ranked(grouped: Mapping[str, list[str]], labels: Mapping[str, str]) -> tuple[Point, ...]:
    points = [Point(key, labels[key], len(uids), tuple(uids)) for key, uids in grouped.items()]
    return tuple(sorted(points, key=lambda point: (-point.value, point.key)))


@dc.dataclass(frozen=True)
class Charts:
    """Every distribution of a period. `months` and `matters` are those of the whole year the period lies in;
    `channels` count 联系群众人次, all others the matters collected.
    """

    months: tuple[Point, ...]
    matters: tuple[Trend, ...]
    categories: tuple[Point, ...]
    villages: tuple[Point, ...]
    channels: tuple[Point, ...]
    sources: tuple[Point, ...]


def year_of(period: Period) -> Period:
    """The statistical year a period lies in."""
    return Period(period.first_month // 12 * 12, 12, period.cutoff)


def charts_of(period: Period, facts: Facts, *, cases: Sequence[Case], year_cases: Sequence[Case]) -> Charts:
    """The distributions of a period: `cases` as of its end, `year_cases` as of the end of its year."""
    year = year_of(period)
    return Charts(
        months=by_month(year, facts),
        matters=matters_by_month(year, year_cases),
        categories=by_category(period, cases),
        villages=by_village(period, cases, facts.regions),
        channels=by_channel(period, facts),
        sources=by_source(period, cases),
    )
