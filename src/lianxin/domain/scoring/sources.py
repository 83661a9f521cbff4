"""Where points come from: one small function a source, records in, what was done out (domain.md 5.2).

Of a record that bears a level only those of the sheet's own level are taken, so that levels are never mixed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from lianxin.domain.dates import show_day
from lianxin.domain.records import (
    Assignment,
    Commitment,
    Contact,
    Deed,
    Evaluation,
    Honour,
    Opinion,
    PublicityPiece,
    ReceptionDay,
    Satisfaction,
    Suggestion,
    YearReport,
)
from lianxin.domain.scoring.events import all_came, attended, group_events, held, speeches
from lianxin.domain.tally.arithmetic import counts_of, is_overall, sheets_of
from lianxin.domain.tally.rates import base_of, good_share
from lianxin.domain.work_facts import Done, Source, Subject, WorkFacts

AVERAGED = frozenset({"evaluation", "satisfaction", "closed_rate", "on_time_rate", "delivery"})
"""Sources whose amounts are shares in percent: their mean counts, not their sum."""

_OTHER_MEETINGS = frozenset({"preparatory", "presidium", "delegation", "symposium", "work", "other"})
_VISITING = frozenset({"visit", "home_visit", "symposium", "street", "phone", "sms", "online", "letter_box"})
_RATED = {"satisfied": Fraction(100), "basically": Fraction(0), "unsatisfied": Fraction(0)}


def nothing(_facts: WorkFacts, _subject: Subject) -> Iterator[Done]:
    """Points that no record gives: by application and approval only."""
    return iter(())


# ---- suggestions, contacts, deeds ----------------------------------------------------------------


def _suggested(facts: WorkFacts, level: str) -> Iterator[tuple[Suggestion, Opinion]]:
    for suggestion in facts.suggestions:
        matter = facts.raised.get(suggestion.opinion)
        told = facts.level_of_term.get(suggestion.term or "")
        if matter is not None and (not told or not level or told == level):
            yield suggestion, matter


def suggestion_done(facts: WorkFacts, suggestion: Suggestion, matter: Opinion) -> Done:
    """A suggestion as it counts, led by the matter it is handled as."""
    seen = facts.evident & {suggestion.uid, matter.uid}
    words = f"{suggestion.shown('form')}：{matter.title}"
    return Done(Suggestion.KIND, suggestion.uid, matter.registered, words, evident=bool(seen))


def _leading(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
    for suggestion, matter in _suggested(facts, subject.level):
        if matter.person == subject.uid:
            yield suggestion_done(facts, suggestion, matter)


def _joining(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
    signed = {one.suggestion for one in facts.signers if one.person == subject.uid}
    for suggestion, matter in _suggested(facts, subject.level):
        if suggestion.uid in signed and matter.person != subject.uid:
            yield suggestion_done(facts, suggestion, matter)


def _receptions(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
    for line, day in facts.rota_of.get(subject.uid, ()):
        if line.attendance in ("present", "substituted"):
            yield Done(ReceptionDay.KIND, day.uid, day.day, "接待日接待", evident=day.uid in facts.evident)
    yield from attended(activities="reception")(facts, subject)


def _missed_receptions(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
    for line, day in facts.rota_of.get(subject.uid, ()):
        if line.attendance == "absent":
            yield Done(ReceptionDay.KIND, day.uid, day.day, "接待日缺席")


def _visits(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
    for contact in facts.contacts_of.get(subject.uid, ()):
        if contact.channel in _VISITING:
            yield contact_done(facts, contact)
    yield from attended(activities="visiting")(facts, subject)


def contact_done(facts: WorkFacts, contact: Contact) -> Done:
    """A contact as it counts; what was said stays out, only how and how many."""
    words = f"{contact.shown('type')}，{contact.persons}人次"
    return Done(Contact.KIND, contact.uid, contact.day, words, evident=contact.uid in facts.evident)


def deed_done(facts: WorkFacts, deed: Deed) -> Done:
    """A deed as it counts."""
    return Done(Deed.KIND, deed.uid, deed.day, deed.what[:60], evident=deed.uid in facts.evident)


def _deeds(sort: str) -> Source:
    def source(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
        for deed in facts.deeds:
            if facts.within(deed.day) and deed.sort == sort and subject.uid in ("", deed.person):
                yield deed_done(facts, deed)

    return source


def _charity(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
    yield from _deeds("charity")(facts, subject)
    yield from attended(activities="volunteering")(facts, subject)


# ---- report-backs, votes, replies ----------------------------------------------------------------


def _reports(facts: WorkFacts, subject: Subject, mode: str) -> Iterator[YearReport]:
    for report in facts.reports:
        mine = subject.uid in ("", report.person) and subject.level in ("", report.level)
        if report.year == facts.year and report.mode == mode and mine:
            yield report


def was_given(facts: WorkFacts, report: YearReport) -> bool:
    """Whether a report-back took place: the session was held, or the written report came."""
    if report.mode == "written":
        return report.submitted is not None
    held = any(one.uid == report.session and one.held for one in facts.sessions)
    return report.told_on is not None or held


def _given(mode: str, *, missed: bool = False) -> Source:
    def source(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
        for report in _reports(facts, subject, mode):
            given = was_given(facts, report)
            late = report.due is not None and report.due < facts.today
            if not given and late if missed else given:
                words = f"{report.year}年{report.shown('mode')}述职"
                yield Done(YearReport.KIND, report.uid, report.submitted or report.told_on, words)

    return source


def _voted(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
    """满意率 of each confirmed vote, overall rows only, by the base the vote was counted with."""
    for row in facts.rows:
        vote = facts.confirmed.get(row.evaluation)
        mine = subject.uid in (row.person, row.unit)
        level = facts.level_of_session.get(vote.session or "") if vote is not None else None
        other = level is not None and bool(subject.level) and level != subject.level
        if vote is None or not is_overall(row) or not mine or other:
            continue
        if vote.scheme == "percent":
            rate = Fraction(row.points) / row.first if row.points is not None and row.first else None
        else:
            shared = good_share(counts_of(row), 1, base_of(vote.base, sheets_of(vote)).number)
            rate = None if shared is None else shared * 100
        if rate is not None:
            yield Done(Evaluation.KIND, vote.uid, vote.day, vote.name, rate)


def _content(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
    """群众满意率: every judgement of the span on matters of the deputy, or handled by the unit."""
    handled = {one.opinion for one in facts.assignments if one.unit == subject.uid}
    for judged in facts.satisfactions:
        matter = facts.matters.get(judged.opinion)
        mine = matter is not None and (subject.uid in ("", matter.person) or matter.uid in handled)
        if matter is not None and mine and facts.within(judged.day) and judged.overall in _RATED:
            words = f"{matter.title}：{judged.shown('overall')}"
            yield Done(Satisfaction.KIND, judged.uid, judged.day, words, _RATED[judged.overall])


def _answered(*, late: bool = False) -> Source:
    """Assignments of the span that fell due: answered by then, or not."""

    def source(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
        for one in facts.assignments:
            if subject.uid not in ("", one.unit) or not facts.within(one.day) or one.due is None:
                continue
            due = one.due
            in_time = any(
                reply.opinion == one.opinion
                and reply.unit in (None, one.unit)
                and one.day <= reply.day <= due
                for reply in facts.replies
            )
            if in_time if not late else (not in_time and due < facts.today):
                matter = facts.matters.get(one.opinion)
                words = f"{matter.title if matter else one.number or ''}（期限{show_day(due)}）"
                yield Done(one.KIND, one.uid, one.day, words)

    return source


def _closed(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
    """办结率: of the matters that fell due in the span, those that are closed."""
    for one in facts.handled:
        if subject.uid in ("", one.unit):
            yield Done(Opinion.KIND, one.opinion, one.day, one.words, _all_or_nothing(one.closed))


def _on_time(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
    """按时答复率: of the same matters, those answered by their limit; told by their assignment, so both rates count."""
    for one in facts.handled:
        if subject.uid in ("", one.unit):
            yield Done(Assignment.KIND, one.assignment, one.day, one.words, _all_or_nothing(one.in_time))


def _delivered(facts: WorkFacts, _subject: Subject) -> Iterator[Done]:
    """报送及时率: of the returns asked for in the span, those that came by their day."""
    for one in facts.deliveries:
        yield Done(one.kind, one.uid, one.day, one.words, _all_or_nothing(one.in_time))


def _all_or_nothing(holds: bool) -> Fraction:
    return Fraction(100 if holds else 0)


def _promised(state: str) -> Source:
    def source(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
        for one in facts.commitments:
            mine = one.person == subject.uid and subject.level in ("", one.level)
            if mine and one.year == facts.year and one.state == state:
                yield Done(Commitment.KIND, one.uid, one.done, one.what[:60], evident=bool(one.evidence))

    return source


def _honoured(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
    for one in facts.honours:
        mine = subject.uid in (one.person, one.group, one.unit) and one.state == "granted"
        if mine and (facts.within(one.granted) if one.granted else one.year == facts.year):
            evident = bool(one.document or one.certificate)
            yield Done(Honour.KIND, one.uid, one.granted, one.shown("type"), evident=evident)


def _published(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
    for one in facts.pieces:
        if subject.uid in ("", one.reporter) and one.media and facts.within(one.day):
            yield Done(PublicityPiece.KIND, one.uid, one.day, f"{one.title}（{one.media}）", evident=True)


# ---- by target -----------------------------------------------------------------------------------

_INSPECTING = "inspection research law_check"
_DEPUTY: Mapping[str, Source] = {
    "congress": attended(meetings="congress"),
    "meetings": attended(
        meetings=" ".join(sorted(_OTHER_MEETINGS)), activities="attending hearing symposium evaluation"
    ),
    "training": attended(activities="training"),
    "lead_suggestions": _leading,
    "joint_suggestions": _joining,
    "research": attended(activities="research"),
    "inspection": attended(activities=_INSPECTING),
    "receptions": _receptions,
    "visits": _visits,
    "disputes": _deeds("dispute"),
    "poor": _deeds("poor"),
    "deeds": _deeds("deed"),
    "charity": _charity,
    "oral_report": _given("oral"),
    "written_report": _given("written"),
    "evaluation": _voted,
    "satisfaction": _content,
    "group_activities": attended(meetings="group", activities="group theme"),
    "speeches": speeches,
    "commitments": _promised("done"),
    "honours": _honoured,
}
_DEPUTY_MISSED: Mapping[str, Source] = {
    "congress": attended(missed=True, meetings="congress"),
    "meetings": attended(missed=True, meetings=" ".join(sorted(_OTHER_MEETINGS))),
    "training": attended(missed=True, activities="training"),
    "research": attended(missed=True, activities="research"),
    "inspection": attended(missed=True, activities=_INSPECTING),
    "group_activities": attended(missed=True, meetings="group", activities="group theme"),
    "receptions": _missed_receptions,
    "oral_report": _given("oral", missed=True),
    "written_report": _given("written", missed=True),
    "commitments": _promised("undone"),
}


def _by_members(source: Source) -> Source:
    """What members of a group did, each thing once however many of them were there."""

    def joined(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
        seen: set[tuple[str, str]] = set()
        for person in facts.members_of.get(subject.uid, ()):
            for done in source(facts, Subject("deputy", person, subject.level)):
                if done.key not in seen:
                    seen.add(done.key)
                    yield done

    return joined


def _anybody(source: Source) -> Source:
    def whole(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
        return source(facts, Subject(subject.target, "", subject.level))

    return whole


def _days_held(facts: WorkFacts, _subject: Subject) -> Iterator[Done]:
    for day in facts.days:
        if facts.within(day.day) and day.state == "held":
            yield Done(ReceptionDay.KIND, day.uid, day.day, "接待日")


def _all_suggested(facts: WorkFacts, subject: Subject) -> Iterator[Done]:
    for suggestion, matter in _suggested(facts, subject.level):
        yield suggestion_done(facts, suggestion, matter)


_TOWNSHIP: Mapping[str, Source] = {
    "congress": held(meetings="congress"),
    "meetings": held(meetings=" ".join(sorted(_OTHER_MEETINGS)), activities="hearing symposium evaluation"),
    "training": held(activities="training"),
    "research": held(activities="research"),
    "inspection": held(activities=_INSPECTING),
    "group_activities": held(meetings="group", activities="group theme"),
    "receptions": _days_held,
    "lead_suggestions": _all_suggested,
    "deeds": _anybody(_deeds("deed")),
    "disputes": _anybody(_deeds("dispute")),
    "poor": _anybody(_deeds("poor")),
    "oral_report": _anybody(_given("oral")),
    "written_report": _anybody(_given("written")),
    "satisfaction": _anybody(_content),
    "replies": _anybody(_answered()),
    "publicity": _anybody(_published),
    "closed_rate": _anybody(_closed),
    "on_time_rate": _anybody(_on_time),
    "delivery": _delivered,
}
_UNIT: Mapping[str, Source] = {
    "replies": _answered(),
    "satisfaction": _content,
    "evaluation": _voted,
    "honours": _honoured,
    "closed_rate": _closed,
    "on_time_rate": _on_time,
}
SOURCES: Mapping[str, Mapping[str, Source]] = {
    "deputy": _DEPUTY,
    "group": {
        **{name: _by_members(source) for name, source in _DEPUTY.items()},
        "group_activities": group_events,
        "group_members": all_came,
        "honours": _honoured,
    },
    "township": _TOWNSHIP,
    "unit": _UNIT,
    "reporter": {"publicity": _published},
}
"""Target → source → what was done."""

MISSED: Mapping[str, Mapping[str, Source]] = {
    "deputy": _DEPUTY_MISSED,
    "group": {name: _by_members(source) for name, source in _DEPUTY_MISSED.items()},
    "township": {"replies": _anybody(_answered(late=True))},
    "unit": {"replies": _answered(late=True)},
    "reporter": {},
}
"""Target → source → what was missed and takes points away."""


def source_of(target: str, source: str) -> Source:
    """What counts for a target; nothing where no record tells of it."""
    return SOURCES.get(target, {}).get(source, nothing)


def missed_of(target: str, source: str) -> Source:
    """What a penalty is taken for."""
    return MISSED.get(target, {}).get(source, nothing)
