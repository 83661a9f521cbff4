"""Duties of the year that the registers fulfil: plan, theme, training, reports, checks, what is published.

Every number stands in the profile with its source; a duty of a rule the profile leaves open is not told.
"""

from __future__ import annotations

import dataclasses as dc
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from lianxin.domain.counts import Facts, serving
from lianxin.domain.dates import show_day_short
from lianxin.domain.duties.duty import Duty, of_all, recurring, standing
from lianxin.domain.meetings.attendance import duty_days
from lianxin.domain.records import (
    Activity,
    AnnualTheme,
    Appointment,
    Commitment,
    ContactPair,
    DocumentLog,
    Filing,
    GroupMember,
    Meeting,
    Oath,
    PartyReport,
    Plan,
    Publication,
    PublicityPiece,
    Station,
    StationCheck,
    StationCheckItem,
    SupervisionTopic,
)
from lianxin.domain.rules import Rule, RuleProfile

COMMITTED_BY = (1, 31)
"""Month and day: commitments are made in January (founding document 003-09)."""

_COMMITTED = "《坚持“四化”齐动 倾力打造“有为”人大》：年初履职承诺，年底向选民报告完成情况"
_PLANNED = "《与时俱进 不断提高代表工作水平》：工作有方案、活动有内容、事后有总结"
_FILED = "《各级人民代表大会常务委员会监督法》第三十九条：决议、决定报上一级人大常委会备案"
_SWORN = "《全国人大常委会关于实行宪法宣誓制度的决定》（2018年）：就职时公开进行宪法宣誓"
_TRACKED = "《关于新时代加强和改进县级人大工作的几点思考》：审议意见跟踪督办"
_MENDED = "《代表联系群众工作室建设必须厘清的三大问题》：五有自查的问题限期整改"
_PAIRED = "《与时俱进 不断提高代表工作水平》：组成人员相对固定联系若干名代表"
_ON_TIME = "收发文登记的办理期限"


@dc.dataclass(frozen=True)
class YearRecords:
    """The registers a year's duties are counted from; more than the year needs does no harm.

    `together` tells how often a contact pair met this year.
    """

    activities: Sequence[Activity] = ()
    meetings: Sequence[Meeting] = ()
    plans: Sequence[Plan] = ()
    themes: Sequence[AnnualTheme] = ()
    commitments: Sequence[Commitment] = ()
    party_reports: Sequence[PartyReport] = ()
    stations: Sequence[Station] = ()
    checks: Sequence[StationCheck] = ()
    check_items: Sequence[StationCheckItem] = ()
    publications: Sequence[Publication] = ()
    pieces: Sequence[PublicityPiece] = ()
    pairs: Sequence[ContactPair] = ()
    together: Mapping[str, int] = dc.field(default_factory=dict)
    filings: Sequence[Filing] = ()
    appointments: Sequence[Appointment] = ()
    oaths: Sequence[Oath] = ()
    topics: Sequence[SupervisionTopic] = ()
    documents: Sequence[DocumentLog] = ()
    members: Sequence[GroupMember] = ()


def record_duties(
    year: int, facts: Facts, records: YearRecords, *, profile: RuleProfile, today: date
) -> tuple[Duty, ...]:
    """The duties of a calendar year that the registers can judge, as they stand on `today`."""
    people = list(
        dict.fromkeys(each.person for each in serving(facts.mandates, min(today, date(year, 12, 31))))
    )
    return (
        *_times(year, records, profile, today),
        *_of_deputies(year, facts, records, people, profile, today),
        *_of_stations(year, records, profile, today),
        *_of_events(year, records, profile, today),
        *_of_papers(year, records, today),
    )


def _times(year: int, records: YearRecords, profile: RuleProfile, today: date) -> Iterator[Duty]:
    """So many of something in the year."""
    first = date(year, 1, 1)
    work = [(each.day, each.uid) for each in records.meetings if each.held and each.meeting_type == "work"]
    told: tuple[tuple[str, str, Rule | None, list[tuple[date, str]], str], ...] = (
        ("deputy_plan", "年度代表工作计划", profile.deputy_plan,
         [(first, each.uid) for each in records.plans if each.year == year and each.plan_type == "deputies"], "计划"),
        ("annual_theme", "年度活动主题", profile.annual_theme,
         [(first, each.uid) for each in records.themes if each.year == year], "主题"),
        ("deputy_conference", "年度代表工作会议", profile.deputy_conference, work, "代表工作会议"),
        ("party_reports", "向党委汇报", profile.party_reports,
         [(each.day, each.uid) for each in records.party_reports], "汇报"),
        ("performance_public", "公开代表履职情况", profile.performance_public, _public(records, "performance"), "公示"),
        ("handling_report", "公开建议办理情况报告", profile.handling_report, _public(records, "handling"), "公示"),
        ("publicity", "信息宣传采用", profile.publicity,
         [(each.day, each.uid) for each in records.pieces if each.day is not None], "信息"),
    )  # fmt: skip
    for key, label, rule, days, what in told:
        if rule is not None and rule.value:
            yield recurring(key, label, rule, days, year, today, what)


def _public(records: YearRecords, what: str) -> list[tuple[date, str]]:
    return [(each.start, each.uid) for each in records.publications if each.what == what]


def _of_deputies(
    year: int, facts: Facts, records: YearRecords, people: Sequence[str], profile: RuleProfile, today: date
) -> Iterator[Duty]:
    over = today > date(year, 12, 31)
    if profile.training is not None and profile.training.value:
        trained = _trained(year, facts, records, today)
        short = [person for person in people if trained.get(person, 0) < profile.training.value]
        yield _everybody(
            "training", "每名代表每年参加培训", profile.training.source, people, short, over, "没有参加培训"
        )
    if profile.deputy_days is not None:
        days = _days(year, facts, records, today)
        short = [person for person in people if days.get(person, 0) < profile.deputy_days.value]
        label = f"每名代表每年履职{profile.deputy_days.shown}"
        yield _everybody("deputy_days", label, profile.deputy_days.source, people, short, over, "天数不够")
    made = {each.person for each in records.commitments if each.year == year}
    late = today > date(year, *COMMITTED_BY)
    missing = [person for person in people if person not in made]
    yield _everybody(
        "commitments", "年初履职承诺", _COMMITTED, people, missing, late, "没有登记承诺", "1月31日前"
    )
    yield from _pairs(year, records, people, profile, today)


def _everybody(
    key: str, label: str, source: str, people: Sequence[str], short: Sequence[str], over: bool, lack: str,
    until: str = "12月31日前",
) -> Duty:  # fmt: skip
    done = len(people) - len(short)
    said = f"还有{len(short)}名代表{lack}，{until}" if short else "已达标" if people else "还没有代表"
    state = standing(done, len(people), 0, len(short) if over else 0)
    return Duty(
        key, label, done, len(people), len(people) if over else 0, "名", source, said, state, tuple(short)
    )


def _trained(year: int, facts: Facts, records: YearRecords, today: date) -> Mapping[str, int]:
    courses = {
        each.uid
        for each in records.activities
        if each.activity_type == "training"
        and not each.cancelled
        and each.day.year == year
        and each.day <= today
    }
    been = {
        (each.person, each.owner)
        for each in facts.attendances
        if each.person and each.owner in courses and each.presence == "present"
    }
    times: dict[str, int] = {}
    for person, _ in been:
        times[str(person)] = times.get(str(person), 0) + 1
    return times


def _days(year: int, facts: Facts, records: YearRecords, today: date) -> Mapping[str, float]:
    held: list[Activity | Meeting] = [*records.activities, *records.meetings]
    events = {each.uid: each for each in held if each.day.year == year and each.day <= today}
    return {person: float(told.days) for person, told in duty_days(events, facts.attendances).items()}


def _pairs(
    year: int, records: YearRecords, people: Sequence[str], profile: RuleProfile, today: date
) -> Iterator[Duty]:
    over = today > date(year, 12, 31)
    standing_pairs = [
        each for each in records.pairs if each.end is None or each.end >= min(today, date(year, 12, 31))
    ]
    households = profile.contact_households
    if households.value:
        held: dict[str, int] = {}
        for pair in standing_pairs:
            if pair.pair_type == "voters":
                held[pair.person] = held.get(pair.person, 0) + 1
        short = [person for person in people if held.get(person, 0) < households.value]
        label = f"每名代表联系选民{households.shown}"
        yield _everybody("contact_households", label, households.source, people, short, over, "没有联系够")
    linked = _with_a_contact(standing_pairs, records.members)
    missing = [person for person in people if person not in linked]
    yield _everybody("fixed_contacts", "代表都有固定联系人", _PAIRED, people, missing, over, "没有人固定联系")
    asked = [each for each in standing_pairs if each.yearly_least]
    if asked:
        few = [each.uid for each in asked if records.together.get(each.uid, 0) < (each.yearly_least or 0)]
        done = len(asked) - len(few)
        said = f"还有{len(few)}对没有联系够次数，12月31日前" if few else "已达标"
        state = standing(done, len(asked), 0, len(few) if over else 0)
        yield Duty(
            "contact_pairs", "固定联系达到次数", done, len(asked), 0, "对", _PAIRED, said, state, tuple(few)
        )


def _with_a_contact(pairs: Sequence[ContactPair], members: Sequence[GroupMember]) -> frozenset[str]:
    """Deputies whom somebody contacts, themselves or with their group; who contacts others needs nobody."""
    groups = {pair.group for pair in pairs if pair.group}
    named = {pair.deputy for pair in pairs if pair.deputy}
    leading = {pair.person for pair in pairs if pair.pair_type in ("chair", "member", "area")}
    return frozenset({*named, *leading, *(each.person for each in members if each.group in groups)})


def _of_stations(year: int, records: YearRecords, profile: RuleProfile, today: date) -> Iterator[Duty]:
    running = [each.uid for each in records.stations if each.state == "running"]
    rule = profile.station_checks
    if rule is not None and rule.value:
        times: dict[str, int] = {}
        for check in records.checks:
            if check.year == year:
                times[check.station] = times.get(check.station, 0) + 1
        missing = [uid for uid in running if times.get(uid, 0) < rule.value]
        done, over = len(running) - len(missing), today > date(year, 12, 31)
        said = (
            f"还有{len(missing)}个站点没有自查，12月31日前"
            if missing
            else "已达标"
            if running
            else "还没有站点"
        )
        state = standing(done, len(running), 0, len(missing) if over else 0)
        yield Duty(
            "station_checks",
            "站点五有自查",
            done,
            len(running),
            0,
            "个",
            rule.source,
            said,
            state,
            tuple(missing),
        )
    of_year = {each.uid for each in records.checks if each.year == year}
    due = [each for each in records.check_items if each.station_check in of_year and each.mend_by]
    late = [each.uid for each in due if each.mended is None and each.mend_by and each.mend_by < today]
    if due:
        yield of_all(
            "mending", "五有自查问题整改", "项", _MENDED, late, len(due), f"{len(late)}项超过整改期限"
        )


def _of_events(year: int, records: YearRecords, profile: RuleProfile, today: date) -> Iterator[Duty]:
    held = [
        each
        for each in records.activities
        if not each.cancelled and each.day.year == year and each.day <= today
    ]
    bare = [each.uid for each in held if not (each.plan and each.summary)]
    said = f"{len(bare)}次活动缺方案或总结"
    yield of_all("event_papers", "活动有方案、有总结", "次", _PLANNED, bare, len(held), said)
    rule = profile.congress_notice
    congresses = [
        each
        for each in records.meetings
        if each.meeting_type == "congress" and each.held and each.day.year == year
    ]
    lead = timedelta(days=rule.value)
    late = [each.uid for each in congresses if each.notified is None or each.notified > each.day - lead]
    if rule.value:
        said = f"{len(late)}次没有提前{rule.value}天通知或没有登记通知日期"
        label = f"人代会提前{rule.value}天通知"
        yield of_all("congress_notice", label, "次", rule.source, late, len(congresses), said)


def _of_papers(year: int, records: YearRecords, today: date) -> Iterator[Duty]:
    passed = [each for each in records.filings if each.passed.year == year]
    waiting = [each.uid for each in passed if each.filed is None]
    said = f"{len(waiting)}件没有报备日期"
    yield of_all("filings", "决议决定报县人大备案", "件", _FILED, waiting, len(passed), said)
    sworn = {each.appointment for each in records.oaths}
    posts = [
        each
        for each in records.appointments
        if each.day.year == year
        and each.result == "passed"
        and each.act in ("elected", "by_election", "appointed")
    ]
    unsworn = [each.uid for each in posts if each.uid not in sworn]
    yield of_all(
        "oaths", "当选任命后宪法宣誓", "人", _SWORN, unsworn, len(posts), f"{len(unsworn)}人没有宣誓记录"
    )
    answers = [each for each in records.topics if each.year == year and each.due]
    silent = [each for each in answers if each.due and each.due < today and not each.feedback]
    calm = _earliest([each.due for each in answers if each.due and each.due >= today and not each.feedback])
    yield of_all(
        "topics", "审议意见按期反馈", "件", _TRACKED, [each.uid for each in silent], len(answers),
        f"{len(silent)}件超过期限没有反馈", calm,
    )  # fmt: skip
    asked = [each for each in records.documents if each.day.year == year and each.due and each.fate == "used"]
    late = [each.uid for each in asked if each.due and (each.done or today) > each.due]
    calm = _earliest([each.due for each in asked if each.due and each.due >= today and not each.done])
    yield of_all(
        "documents", "收文按期办结", "件", _ON_TIME, late, len(asked), f"{len(late)}件超过办理期限", calm
    )


def _earliest(days: Sequence[date]) -> str:
    return f"{len(days)}件未到期，最早{show_day_short(min(days))}" if days else ""
