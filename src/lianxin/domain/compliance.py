"""年度任务进度: what the rules ask of a year, how much is done, and by when the rest is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from lianxin.domain.casework import due_date
from lianxin.domain.counts import Case, Facts, attended, cases_at, serving
from lianxin.domain.dates import show_day_short
from lianxin.domain.rules import Rule, RuleProfile, add_months, block_of

Standing: TypeAlias = Literal["met", "on_track", "behind", "nothing"]


@dataclass(frozen=True)
class Duty:
    """One line of the year's duties. `expected` is what should be done by today, `needed` by the year's end.

    `due_text` says what is still to do and by when; `uids` are the records that are missing or late, or counted.
    """

    key: str
    label: str
    done: int
    needed: int
    expected: int
    unit: str
    source: str
    due_text: str
    standing: Standing
    uids: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """11 / 12 月."""
        return f"{self.done} / {self.needed} {self.unit}"


def duties(
    year: int, facts: Facts, *, profile: RuleProfile, today: date, cases: Sequence[Case] | None = None
) -> tuple[Duty, ...]:
    """The duties of a calendar year that these records can judge, as they stand on `today`.

    `cases` saves computing `cases_at(facts, today, profile)` again when it is at hand.
    """
    until = min(today, date(year, 12, 31))
    held = [(day.day, day.uid) for day in facts.days if day.state == "held"]
    meetings = [(c.day, c.uid) for c in facts.contacts if c.channel == "symposium"]
    visits = [(c.day, c.uid) for c in facts.contacts if c.channel == "home_visit"]
    cases = cases_at(facts, until, profile) if cases is None else cases
    return (
        _recurring(
            "reception_days", "每月固定代表接待日", profile.reception_days, held, year, today, "接待日"
        ),
        _recurring("symposiums", "每季选民座谈会", profile.symposiums, meetings, year, today, "座谈会"),
        _recurring("home_visits", "每月走访选民", profile.home_visits, visits, year, today, "走访"),
        _deputies_received(year, facts, profile, until),
        _announced(year, facts, profile, until),
        _told_in_time(year, cases, profile, until),
        _suggestions_answered(year, facts, cases, profile, until),
        _stationed(facts, until),
    )


_BLOCKS: Mapping[int, tuple[str, str]] = {
    1: ("月", "本月"),
    3: ("季", "本季"),
    6: ("半年", "本半年"),
    12: ("年", "今年"),
}


def _recurring(
    key: str,
    label: str,
    rule: Rule,
    happened: Iterable[tuple[date, str]],
    year: int,
    today: date,
    what: str,
) -> Duty:
    """A duty of so many times in every block of the calendar; a full block counts as one done."""
    months = rule.months or 12
    blocks = [block_of(add_months(date(year, 1, 1), start), months) for start in range(0, 12, months)]
    days = [(day, uid) for day, uid in happened if day.year == year and day <= today]
    full = [sum(first <= day <= last for day, _ in days) >= rule.value for first, last in blocks]
    started = [place for place, (first, _) in enumerate(blocks) if first <= today]
    ended = [place for place, (_, last) in enumerate(blocks) if last < today]
    unit, this = _BLOCKS.get(months, ("期", "本期"))
    missed = [place for place in ended if not full[place]]
    due = ""
    if started and started[-1] not in ended and not full[started[-1]]:
        first, last = blocks[started[-1]]
        short = rule.value - sum(first <= day <= last for day, _ in days)
        due = f"{this}还需{short}次{what}，{show_day_short(last)}前"
    elif started and not missed:
        due = f"{this}已完成" if started[-1] not in ended else "全年完成"
    if missed:
        names = "、".join(f"{place + 1}" for place in missed)
        said = f"{names}{'月' if months == 1 else unit}未开展" if months < 12 else "全年次数不够"
        due = f"{said}；{due}" if due else said
    return Duty(
        key,
        label,
        sum(full),
        len(blocks),
        len(started),
        unit,
        rule.source,
        due,
        _standing(sum(full), len(blocks), len(ended) - len(missed), len(ended)),
        tuple(uid for _, uid in days),
    )


def _standing(done: int, needed: int, kept: int, asked: int) -> Standing:
    """Met when all is done; behind when something already due is missing."""
    if not needed:
        return "nothing"
    if done >= needed:
        return "met"
    return "behind" if kept < asked else "on_track"


def _of_all(
    key: str,
    label: str,
    unit: str,
    source: str,
    missing: Sequence[str],
    whole: int,
    said: str,
    calm: str = "",
) -> Duty:
    """A duty that holds for every one of a set of things already due."""
    done = whole - len(missing)
    standing: Standing = "nothing" if not whole else "behind" if missing else "met"
    due = said if missing else (calm or "已达标") if whole else "还没有可统计的记录"
    return Duty(key, label, done, whole, whole, unit, source, due, standing, tuple(missing))


def _deputies_received(year: int, facts: Facts, profile: RuleProfile, until: date) -> Duty:
    rule = profile.deputy_receptions
    held = {
        day.uid for day in facts.days if day.state == "held" and day.day.year == year and day.day <= until
    }
    times: dict[str, int] = {}
    for rota in facts.rota:
        person = attended(rota) if rota.reception_day in held else None
        if person:
            times[person] = times.get(person, 0) + 1
    people = list(dict.fromkeys(mandate.person for mandate in serving(facts.mandates, until)))
    short = [person for person in people if times.get(person, 0) < rule.value]
    return Duty(
        "deputy_receptions",
        f"每名代表每年接待{rule.value}次以上",
        len(people) - len(short),
        len(people),
        0,
        "名",
        rule.source,
        f"还有{len(short)}名代表不足{rule.value}次，12月31日前"
        if short
        else "已达标"
        if people
        else "还没有代表",
        _standing(len(people) - len(short), len(people), 0, len(short) if until == date(year, 12, 31) else 0),
        tuple(short),
    )


def _announced(year: int, facts: Facts, profile: RuleProfile, until: date) -> Duty:
    rule = profile.announce_days
    asked = [
        day
        for day in facts.days
        if day.day.year == year and day.day <= until and day.state in ("announced", "held")
    ]
    lead = timedelta(days=rule.value)
    late = [day for day in asked if day.announced is None or day.announced > day.day - lead]
    said = f"{len(late)}个接待日没有提前{rule.value}天公告或没有登记公告日期"
    label = f"接待日提前{rule.value}天公告"
    return _of_all("announced", label, "次", rule.source, [day.uid for day in late], len(asked), said)


def _told_in_time(year: int, cases: Sequence[Case], profile: RuleProfile, until: date) -> Duty:
    rule = profile.tell_days

    def limit(case: Case) -> date:
        return profile.limit(case.opinion.registered, rule)

    own = [
        case
        for case in cases
        if case.opinion.registered.year == year
        and case.opinion.track in ("opinion", "petition")
        and case.state.code != "merged"
    ]
    asked = [case for case in own if case.state.routed_day or limit(case) < until]
    late = [case for case in asked if (case.state.routed_day or until) > limit(case)]
    waiting = [case for case in own if not case.state.routed_day and limit(case) >= until]
    said = f"{len(late)}件超过{rule.value}天才分流或还没有分流"
    first = min((limit(case) for case in waiting), default=None)
    calm = f"{len(waiting)}件待分流，最早{show_day_short(first)}前" if first else ""
    label = f"{rule.value}天内告知去向"
    return _of_all("told", label, "件", rule.source, [case.uid for case in late], len(asked), said, calm)


def _suggestions_answered(
    year: int, facts: Facts, cases: Sequence[Case], profile: RuleProfile, until: date
) -> Duty:
    rule = profile.reply
    limits = _first_limits(facts, cases, profile)
    replied = _first_days((reply.opinion, reply.day) for reply in facts.replies if reply.day <= until)
    of_year = [
        case
        for case in cases
        if case.opinion.track == "suggestion"
        and case.state.code not in ("merged", "withdrawn")
        and case.uid in limits
        and limits[case.uid].year == year
    ]
    asked = [case for case in of_year if case.uid in replied or limits[case.uid] < until]
    late = [case for case in asked if replied.get(case.uid, until) > limits[case.uid]]
    waiting = [limits[case.uid] for case in of_year if case.uid not in replied and limits[case.uid] >= until]
    said = f"{len(late)}件超过期限才答复或还没有答复"
    calm = f"{len(waiting)}件待答复，最早{show_day_short(min(waiting))}到期" if waiting else ""
    label = f"代表建议{rule.shown}内答复"
    return _of_all(
        "suggestions", label, "件", rule.source, [case.uid for case in late], len(asked), said, calm
    )


def _first_limits(facts: Facts, cases: Sequence[Case], profile: RuleProfile) -> dict[str, date]:
    """The time limit each matter got when it was first assigned."""
    tracks = {case.uid: case.opinion.track for case in cases}
    found: dict[str, tuple[date, date]] = {}
    for assignment in facts.assignments:
        track = tracks.get(assignment.opinion, "opinion")
        limit = assignment.due or due_date(assignment.day, profile, track=track)
        known = found.get(assignment.opinion)
        if known is None or assignment.day < known[0]:
            found[assignment.opinion] = (assignment.day, limit)
    return {uid: limit for uid, (_, limit) in found.items()}


def _first_days(pairs: Iterable[tuple[str, date]]) -> dict[str, date]:
    found: dict[str, date] = {}
    for uid, day in pairs:
        found[uid] = min(day, found.get(uid, day))
    return found


def _stationed(facts: Facts, until: date) -> Duty:
    held = serving(facts.mandates, until)
    people = list(dict.fromkeys(mandate.person for mandate in held))
    placed = {mandate.person for mandate in held if mandate.station}
    missing = [person for person in people if person not in placed]
    source = "《高质量推进联络站建设 助力代表“双岗建功”活动》：五级代表都要进站"
    said = f"还有{len(missing)}名代表没有编入站点"
    return _of_all("stationed", "五级代表进站", "名", source, missing, len(people), said)
