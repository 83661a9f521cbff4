"""年度任务进度: what the rules ask of a year, how much is done, and by when the rest is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from lianxin.domain.casework.standing import due_date
from lianxin.domain.counts import Case, Facts, attended, cases_at, serving
from lianxin.domain.dates import show_day_short
from lianxin.domain.duties.duty import Duty, Standing, of_all, recurring, standing
from lianxin.domain.duties.event_duties import event_duties
from lianxin.domain.duties.report_duties import report_duties
from lianxin.domain.figures.opinion import Over, is_own
from lianxin.domain.meetings.occasions import first_of_each
from lianxin.domain.rules import RuleProfile

__all__ = ["DUTY_CHANNELS", "Duty", "Standing", "duties"]

DUTY_CHANNELS = ("symposium", "home_visit")
"""The channels of contacts that some duty asks for; no other contact is looked at here."""


def duties(
    year: int,
    facts: Facts,
    *,
    profile: RuleProfile,
    today: date,
    cases: Sequence[Case] | None = None,
    over: Sequence[Over] = (),
) -> tuple[Duty, ...]:
    """The duties of a calendar year that these records can judge, as they stand on `today`.

    `cases` saves computing `cases_at(facts, today, profile)` again when it is at hand; matters in `over` need not
    be among them.
    """
    until = min(today, date(year, 12, 31))
    held = [(day.day, day.uid) for day in facts.days if day.state == "held"]
    symposiums = first_of_each(c for c in facts.contacts if c.channel == "symposium")
    meetings = [(c.day, c.uid) for c in symposiums]
    visits = [(c.day, c.uid) for c in facts.contacts if c.channel == "home_visit"]
    cases = cases_at(facts, until, profile) if cases is None else cases
    return (
        recurring(
            "reception_days", "每月固定代表接待日", profile.reception_days, held, year, today, "接待日"
        ),
        recurring("symposiums", "每季选民座谈会", profile.symposiums, meetings, year, today, "座谈会"),
        recurring("home_visits", "每月走访选民", profile.home_visits, visits, year, today, "走访"),
        _deputies_received(year, facts, profile, until),
        _announced(year, facts, profile, until),
        _told_in_time(year, cases, over, profile, until),
        _suggestions_answered(year, facts, cases, profile, until),
        _stationed(facts, until),
        *event_duties(year, facts, profile=profile, today=today),
        *report_duties(year, facts, profile=profile, today=today),
    )


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
        standing(len(people) - len(short), len(people), 0, len(short) if until == date(year, 12, 31) else 0),
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
    return of_all("announced", label, "次", rule.source, [day.uid for day in late], len(asked), said)


def _told_in_time(
    year: int, cases: Sequence[Case], over: Sequence[Over], profile: RuleProfile, until: date
) -> Duty:
    rule = profile.tell_days
    own = [
        (case.opinion.registered, case.uid, case.state.routed_day)
        for case in cases
        if case.opinion.registered.year == year and is_own(case) and case.state.code != "merged"
    ]
    own += [
        (each.registered, each.uid, each.routed) for each in over if each.own and each.registered.year == year
    ]
    # Thousands of matters are registered on a few hundred days.
    limits = {day: profile.limit(day, rule) for day in {day for day, _, _ in own}}
    asked = [(day, uid, routed) for day, uid, routed in own if routed or limits[day] < until]
    late = sorted((day, uid) for day, uid, routed in asked if (routed or until) > limits[day])
    waiting = [limits[day] for day, _, routed in own if not routed and limits[day] >= until]
    said = f"{len(late)}件超过{rule.value}天才分流或还没有分流"
    calm = f"{len(waiting)}件待分流，最早{show_day_short(min(waiting))}前" if waiting else ""
    label = f"{rule.value}天内告知去向"
    return of_all("told", label, "件", rule.source, [uid for _, uid in late], len(asked), said, calm)


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
    return of_all(
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
    return of_all("stationed", "五级代表进站", "名", source, missing, len(people), said)
