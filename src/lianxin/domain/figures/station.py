"""Figures of stations and of who is assigned to them (domain.md 3.4.1, 6.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from lianxin.domain import codes
from lianxin.domain.counts import Facts, Figure, number, persons_in, serving, share
from lianxin.domain.periods import Period
from lianxin.domain.records import Mandate, StationCheck, StationCheckItem


def station_figures(period: Period, facts: Facts) -> list[Figure]:
    """站（点）数, 五有达标率, 进站代表 of the five levels and 进站率, as things stand at the end of the period."""
    running = [
        station.uid
        for station in facts.stations
        if station.state == "running" and (station.built is None or station.built <= period.end)
    ]
    held = serving(facts.mandates, period.end)
    return [
        number("stations", "站（点）数", "个", "期末处于运行状态的联络站、联络点个数。", "station", running),
        *_checked(period, facts, running),
        *_stationed(held),
        *_by_level(held),
    ]


def _stationed(held: Sequence[Mandate]) -> list[Figure]:
    placed = [mandate for mandate in held if mandate.station]
    deputies, people = persons_in(held), persons_in(placed)
    once = "一人多级只计一次"
    return [
        number("deputies", "在任代表", "名", f"期末在任的代表人数，{once}。", "person", deputies),
        number("stationed", "进站代表", "名", f"期末已编入站点的在任代表人数，{once}。", "person", people),
        share(
            "stationed_rate", "五级代表进站率", "进站代表 ÷ 在任代表（按人计，目标100%）。", "person", people,
            len(deputies),
        ),
        share(
            "stationed_mandates_rate", "五级代表进站率（按资格）",
            "已编入站点的代表资格 ÷ 在任的代表资格；一人兼有几级时，各级分别计入。", "mandate",
            [mandate.uid for mandate in placed], len(held),
        ),
    ]  # fmt: skip


def _by_level(held: Sequence[Mandate]) -> list[Figure]:
    found = []
    for level in codes.LEVEL.codes:
        of_level = [mandate for mandate in held if mandate.level == level.code]
        placed = [mandate.uid for mandate in of_level if mandate.station]
        said = f"期末已编入站点的在任{level.label}人大代表人数；一人兼有几级时，各级分别计入。"
        found.append(
            number(f"stationed_{level.code}", f"进站代表（{level.label}）", "名", said, "mandate", placed)
        )
        said = f"期末已编入站点的{level.label}人大代表 ÷ 在任的{level.label}人大代表。"
        key = f"stationed_{level.code}_rate"
        found.append(share(key, f"进站率（{level.label}）", said, "mandate", placed, len(of_level)))
    return found


def _checked(period: Period, facts: Facts, running: Sequence[str]) -> list[Figure]:
    """五有自查 of the calendar year in which the period ends."""
    year = period.end.year
    checks = latest_checks(check for check in facts.checks if check.year == year and check.day <= period.end)
    items: dict[str, list[StationCheckItem]] = {}
    for item in facts.check_items:
        items.setdefault(item.station_check, []).append(item)
    checked = [station for station in running if station in checks]
    met = [station for station in checked if all_five(items.get(checks[station].uid, ()))]
    return [
        number(
            "station_checks", "五有自查", "个", f"{year}年已做五有自查的运行站点个数，期末为止。", "station", checked
        ),
        share(
            "five_haves_rate", "五有达标率",
            f"{year}年自查（同一站点以最近一次为准）五项全部达标的站点 ÷ 期末运行的站点；没有自查的不算达标。",
            "station", met, len(running),
        ),
    ]  # fmt: skip


def latest_checks(checks: Iterable[StationCheck]) -> dict[str, StationCheck]:
    """The check that counts of every station: the latest."""
    return {check.station: check for check in sorted(checks, key=lambda each: (each.day, each.uid))}


def all_five(items: Iterable[StationCheckItem]) -> bool:
    """Whether each of the five 有 was looked at and every line of it is 达标."""
    lines: dict[str, list[str | None]] = {}
    for item in items:
        lines.setdefault(item.item, []).append(item.result)
    return all(lines.get(have.code) and set(lines[have.code]) == {"met"} for have in codes.FIVE_HAVES.codes)


def built_rate(running: Mapping[str, Collection[str]]) -> Figure:
    """建站率, which only a county can tell: township code → uids of its running stations (founding document 002-04).

    150 of 165 townships are 90.9 %.
    """
    built = [station for stations in running.values() for station in list(stations)[:1]]
    said = "已建站（有运行的联络站、联络点）的乡镇 ÷ 全县乡镇；由县人大统计，乡镇本级不计算。"
    return share("built_rate", "建站率", said, "station", built, len(running))
