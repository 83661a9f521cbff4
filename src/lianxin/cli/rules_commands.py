"""`rules` and `holidays`: what the office is measured by, other rules taken in and switched on, years taken in."""

from __future__ import annotations

import argparse

from lianxin.bootstrap import App
from lianxin.cli.commands import Run
from lianxin.cli.saying import DONE, CommandProblem, Voice
from lianxin.domain.calendar.holiday_notice import as_notice_line
from lianxin.domain.calendar.workdays import BadCalendar, HolidayYear
from lianxin.domain.canonical import JsonValue
from lianxin.domain.rule_differences import differences, rhythm
from lianxin.domain.rules import BASIS_LABEL, BadProfile, RuleProfile, rules_of
from lianxin.office.desk import Desk
from lianxin.office.handed.calendars import known_years, read_calendar_file, take_years
from lianxin.office.handed.county_holidays import hand_out, offered_holidays
from lianxin.office.handed.rule_files import (
    ORIGIN_LABEL,
    ProfileAtHand,
    county_offer,
    profiles_at_hand,
    switch_profile,
    take_rule_file,
)


def _rules(app: App, told: argparse.Namespace, voice: Voice) -> int:
    desk = app.desk
    if told.take is not None:
        taken = take_rule_file(desk, told.take)
        _tell_profile(taken, desk.profile, voice)
        _tell_differences(desk.profile, taken.profile, voice)
        return DONE
    if told.against:
        _tell_differences(desk.profile, _named(desk, told.against).profile, voice)
        return DONE
    if told.use:
        chosen = _named(desk, told.use)
        before = desk.profile.key
        switched, _ = switch_profile(desk, chosen.profile.key)
        voice.tell(
            {"profile": switched.profile.key, "name": switched.profile.name, "before": before},
            f"已启用规则库“{switched.profile.name}”；要改回去：rules --use {before}",
        )
        return DONE
    for each in profiles_at_hand(desk):
        _tell_profile(each, desk.profile, voice)
    _tell_rules(desk.profile, voice)
    return DONE


def _named(desk: Desk, key: str) -> ProfileAtHand:
    """Raises CommandProblem, BadProfile."""
    if key == "county":
        offered = county_offer(desk)
        if offered is None:
            raise CommandProblem("县人大没有下发别的规则库，没有改动任何数据", code="C221")
        return offered
    known = {each.profile.key: each for each in profiles_at_hand(desk)}
    if key not in known:
        raise BadProfile(f"没有名为“{key}”的规则库，现有：{'、'.join(known)}")
    return known[key]


def _tell_profile(each: ProfileAtHand, now: RuleProfile, voice: Voice) -> None:
    profile, here = each.profile, each.profile.key == now.key
    missing: list[JsonValue] = [*each.missing]
    mark = "●" if here else "○"
    checked = "已核对" if profile.verified else "未核对"
    voice.tell(
        {
            "profile": profile.key, "name": profile.name, "version": profile.version, "verified": profile.verified,
            "origin": each.origin, "in_force": here, "note": profile.note, "missing": missing,
        },
        f"{mark} {profile.key}　{profile.name}（{profile.version}，{checked}，{ORIGIN_LABEL[each.origin]}）",
    )  # fmt: skip


def _tell_rules(profile: RuleProfile, voice: Voice) -> None:
    for name, label, rule in rules_of(profile):
        voice.tell(
            {
                "rule": name, "label": label, "value": rule.value, "unit": rule.unit, "cadence": rule.cadence,
                "months": rule.months, "basis": rule.basis, "source": rule.source,
            },
            f"{label}：{rhythm(rule)}{rule.shown}　（{BASIS_LABEL[rule.basis]}：{rule.source}）",
        )  # fmt: skip


def _tell_differences(now: RuleProfile, then: RuleProfile, voice: Voice) -> None:
    found = differences(now, then)
    for each in found:
        voice.tell(
            {
                "rule": each.name,
                "label": each.label,
                "now": each.now,
                "then": each.then,
                "source": each.source,
            },
            f"{each.label}：{each.now} → {each.then}　（{each.source}）",
        )
    voice.say(f"与现在采用的“{now.name}”有{len(found)}项不同。")


def _holidays(app: App, told: argparse.Namespace, voice: Voice) -> int:
    desk = app.desk
    try:
        if told.take is not None:
            _take(desk, read_calendar_file(told.take), voice)
            return DONE
    except BadCalendar as wrong:
        raise CommandProblem(str(wrong).rstrip("。"), code="C222") from wrong
    if told.take_county:
        _take(desk, offered_holidays(desk), voice)
        return DONE
    if told.hand_out is not None:
        _hand_out(desk, told.hand_out, voice)
        return DONE
    for known in known_years(desk):
        _tell_year(known.year, "own" if known.own else "program", voice)
    for year in offered_holidays(desk):
        _tell_year(year, "county", voice)
    return DONE


def _take(desk: Desk, years: tuple[HolidayYear, ...], voice: Voice) -> None:
    if not years:
        raise CommandProblem("县人大没有下发别的放假安排，没有改动任何数据", code="C221")
    take_years(desk, years)
    for year in years:
        _tell_year(year, "own", voice)


def _hand_out(desk: Desk, number: int, voice: Voice) -> None:
    year = next((each.year for each in known_years(desk) if each.year.year == number), None)
    if year is None:
        raise CommandProblem(f"这里没有{number}年的放假安排，没有下发", code="C221")
    try:
        done = hand_out(desk, year)
    except ValueError as wrong:
        raise CommandProblem("只有县人大能下发放假安排，没有改动任何数据", code="C221") from wrong
    said = "已下发，随下一次回执发到各乡镇" if done else "已经下发过，没有变化"
    voice.tell({"year": number, "new": bool(done)}, f"{number}年的放假安排{said}")


def _tell_year(year: HolidayYear, origin: str, voice: Voice) -> None:
    lines: list[JsonValue] = [as_notice_line(each) for each in year.holidays]
    told = "；".join(map(as_notice_line, year.holidays))
    voice.tell(
        {"year": year.year, "origin": origin, "source": year.source, "holidays": lines},
        f"{year.year}年：{told}　（{year.source}）",
    )


COMMANDS: dict[str, Run] = {"rules": _rules, "holidays": _holidays}
