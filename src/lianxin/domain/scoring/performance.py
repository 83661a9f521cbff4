"""履职档案: the sections of one deputy's year, from records only; every line leads to its record (domain.md 3.29).

代表法 §58 makes recording what deputies do a duty of the presidium.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.domain.counts import percent
from lianxin.domain.kinds import plain_decimal
from lianxin.domain.meetings.attendance import is_unapproved_absence
from lianxin.domain.records import (
    Activity,
    Attendance,
    Evaluation,
    Honour,
    Improvement,
    Meeting,
    ReceptionDay,
    TallyRow,
)
from lianxin.domain.scoring.events import of_type, same_level
from lianxin.domain.scoring.points import ScoreCard
from lianxin.domain.scoring.sources import contact_done, deed_done, source_of, was_given
from lianxin.domain.tally.arithmetic import counts_of, is_overall, sheets_of
from lianxin.domain.tally.rates import average, base_of, good_share
from lianxin.domain.tally.result import rate_label
from lianxin.domain.work_facts import Done, Event, Subject, WorkFacts


@dataclass(frozen=True)
class FileRow:
    """One line of a section: when, what, how it was, and the record it comes from."""

    day: date | None
    words: str
    result: str
    kind: str
    uid: str


@dataclass(frozen=True)
class FileSection:
    """One section: its heading, what is counted, the lines."""

    key: str
    title: str
    counted: str
    rows: tuple[FileRow, ...]


@dataclass(frozen=True)
class PerformanceFile:
    """The file of one deputy, one level and one year. `facts` are the pairs of 基本情况."""

    year: int
    office: str
    name: str
    level: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[FileSection, ...]

    @property
    def title(self) -> str:
        """乡级人大代表履职档案."""
        return f"{self.level}级人大代表履职档案"

    def section(self, key: str) -> FileSection:
        """The section of this key. KeyError when there is none."""
        found = next((one for one in self.sections if one.key == key), None)
        if found is None:
            raise KeyError(key)
        return found


MEETINGS = frozenset({"congress", "preparatory", "presidium", "delegation", "symposium", "work", "other"})
_MEETING_LIKE = frozenset({"attending", "hearing", "symposium"})
_INSPECTING = frozenset({"inspection", "research", "law_check", "evaluation"})
_NONE: frozenset[str] = frozenset()


def file_sections(
    facts: WorkFacts, subject: Subject, cards: Iterable[tuple[str, str, ScoreCard]] = ()
) -> tuple[FileSection, ...]:
    """The sections after 基本情况. `cards` are (uid of the rule, its name, score) of the rules in use."""
    made: list[FileSection] = []
    for key, title, build in _SECTIONS:
        counted, rows = build(facts, subject)
        made.append(FileSection(key, title, counted, tuple(sorted(rows, key=_by_day))))
    scored = list(cards)
    if scored:
        made.append(_scores(scored))
    return tuple(made)


def _by_day(row: FileRow) -> tuple[str, str, str]:
    return str(row.day or ""), row.kind, row.uid


_Built = tuple[str, Sequence[FileRow]]


def _events(
    *, meetings: frozenset[str] = _NONE, activities: frozenset[str] = _NONE
) -> Callable[[WorkFacts, Subject], _Built]:
    def build(facts: WorkFacts, subject: Subject) -> _Built:
        lines = [
            (line, event)
            for line, event in facts.attended.get(subject.uid, ())
            if of_type(event, meetings, activities) and same_level(facts, event, subject.level)
        ]
        rows = [
            FileRow(event.day, _event_words(event), presence_words(line), event.KIND, event.uid)
            for line, event in lines
        ]
        return presence_counted([line for line, _ in lines]), rows

    return build


def _event_words(event: Event) -> str:
    match event:
        case Meeting():
            return event.name
        case Activity():
            hours = f"，{event.hours:f}学时" if event.hours else ""
            return f"{event.shown('type')}：{event.topic}{hours}"


def presence_words(line: Attendance) -> str:
    """出席, 病假（同意）, 缺席（未经批准）, 出席，发言."""
    if line.presence == "present":
        role = line.shown("role")
        return "出席" if line.role == "member" else f"出席，{role}"
    if is_unapproved_absence(line):
        return f"{line.shown('presence')}（未经批准）"
    approval = f"（{line.shown('approval')}）" if line.approval else ""
    return f"{line.shown('presence')}{approval}"


def presence_counted(lines: Sequence[Attendance]) -> str:
    """应到5次，出席4次，请假1次: only what is there; what was never marked is said, too."""
    told = Counter(
        "出席" if one.presence == "present"
        else "缺席" if is_unapproved_absence(one)
        else "未登记到会" if one.presence == "expected"
        else "请假"
        for one in lines
    )  # fmt: skip
    if not lines:
        return "没有记录"
    parts = [f"{word}{told[word]}次" for word in ("出席", "请假", "缺席", "未登记到会") if told[word]]
    return "，".join([f"应到{len(lines)}次", *parts])


def _rows(done: Iterable[Done], result: str) -> Iterator[FileRow]:
    for one in done:
        yield FileRow(one.day, one.words, result, one.kind, one.uid)


def _suggestions(facts: WorkFacts, subject: Subject) -> _Built:
    leading = list(source_of("deputy", "lead_suggestions")(facts, subject))
    joining = list(source_of("deputy", "joint_suggestions")(facts, subject))
    own = {one.opinion for one in facts.suggestions}
    matters = [one for one in facts.raised.values() if one.person == subject.uid and one.uid not in own]
    rows = [*_rows(leading, "领衔"), *_rows(joining, "附议")]
    rows += [FileRow(one.registered, one.title, "反映意见", one.KIND, one.uid) for one in matters]
    return _counted(("领衔", leading, "件"), ("附议", joining, "件"), ("反映意见", matters, "件")), rows


def _supervised(facts: WorkFacts, subject: Subject) -> _Built:
    reports = [
        one
        for one in facts.reports
        if one.person == subject.uid and one.level == subject.level and one.year == facts.year
    ]
    rows = [
        FileRow(
            one.submitted or one.told_on, f"{one.year}年{one.shown('mode')}述职",
            "已述职" if was_given(facts, one) else "还没有述职", one.KIND, one.uid,
        )
        for one in reports
    ]  # fmt: skip
    rows += _votes(facts, subject)
    better = [one for one in facts.improvements if one.person == subject.uid and _in_year(facts, one)]
    rows += [FileRow(one.done or one.due, one.what, "已整改" if one.done else "整改中", one.KIND, one.uid)
             for one in better]  # fmt: skip
    given = [one for one in reports if was_given(facts, one)]
    if reports and not given:
        return "还没有述职", rows
    return _counted(("述职", given, "次"), ("整改措施", better, "项")), rows


def _in_year(facts: WorkFacts, one: Improvement) -> bool:
    return facts.within(one.done) or facts.within(one.due)


def _votes(facts: WorkFacts, subject: Subject) -> Iterator[FileRow]:
    """Counts and the rate of each vote; no grade, none is given without a rule (domain.md 5.1, M4)."""
    for row in facts.rows:
        vote = facts.confirmed.get(row.evaluation)
        level = facts.level_of_session.get(vote.session or "", subject.level) if vote is not None else ""
        if vote is None or row.person != subject.uid or not is_overall(row) or level != subject.level:
            continue
        yield FileRow(vote.day, vote.name, _rate(vote, row), vote.KIND, vote.uid)


def _rate(vote: Evaluation, row: TallyRow) -> str:
    if vote.scheme == "percent":
        return f"{rate_label(vote.scheme)}{average(row.points, row.first)}"
    base = base_of(vote.base, sheets_of(vote))
    best = percent(good_share(counts_of(row), 1, base.number))
    return f"{rate_label(vote.scheme)}{best}（以{base.label}计）"


def _honours(facts: WorkFacts, subject: Subject) -> _Built:
    found = [
        one for one in facts.honours
        if one.person == subject.uid and one.state == "granted" and one.year == facts.year
    ]  # fmt: skip
    rows = [FileRow(one.granted, one.shown("type"), _granted(one), one.KIND, one.uid) for one in found]
    return _counted(("表彰", found, "项")), rows


def _granted(honour: Honour) -> str:
    return "，".join(part for part in (honour.authority, honour.document) if part) or "已表彰"


def _contacts(facts: WorkFacts, subject: Subject) -> _Built:
    days = [
        FileRow(day.day, "接待日接待选民", line.shown("attendance"), ReceptionDay.KIND, day.uid)
        for line, day in facts.rota_of.get(subject.uid, ())
    ]
    was_there = [row for row in days if row.result in ("到岗", "替班")]
    contacts = list(facts.contacts_of.get(subject.uid, ()))
    deeds = [one for one in facts.deeds if one.person == subject.uid and facts.within(one.day)]
    rows = [*days, *_rows((contact_done(facts, one) for one in contacts), "接待")]
    rows += [
        FileRow(one.day, done.words, one.shown("sort"), one.KIND, one.uid)
        for one in deeds
        for done in (deed_done(facts, one),)
    ]
    return _counted(
        ("接待日到岗", was_there, "次"), ("接待和走访", contacts, "次"), ("办实事", deeds, "件")
    ), rows


def _promises(facts: WorkFacts, subject: Subject) -> _Built:
    mine = [
        one for one in facts.commitments
        if one.person == subject.uid and one.level == subject.level and one.year == facts.year
    ]  # fmt: skip
    kept = [one for one in mine if one.state == "done"]
    rows = [FileRow(one.done, one.what, one.shown("state"), one.KIND, one.uid) for one in mine]
    return _counted(("承诺", mine, "项"), ("完成", kept, "项")), rows


def _scores(scored: Sequence[tuple[str, str, ScoreCard]]) -> FileSection:
    rows = [
        FileRow(None, f"{name}：{one.name}", f"{plain_decimal(one.points)}分", "score-rule", rule)
        for rule, name, card in scored
        for one in card.categories
        if one.points
    ]
    rows += [
        FileRow(
            claim.decided,
            f"{name}：加分（{claim.what}）",
            f"{plain_decimal(claim.points)}分",
            claim.KIND,
            claim.uid,
        )
        for _, name, card in scored
        for claim in card.extra
    ]
    told = [
        f"{name} {plain_decimal(card.total)}分{card.band and f'，{card.band}'}" for _, name, card in scored
    ]
    return FileSection("scores", "履职积分", "；".join(told), tuple(rows))


def _counted(*parts: tuple[str, Sequence[object], str]) -> str:
    told = [f"{word}{len(found)}{unit}" for word, found, unit in parts if found]
    return "，".join(told) or "没有记录"


_SECTIONS: tuple[tuple[str, str, Callable[[WorkFacts, Subject], _Built]], ...] = (
    ("meetings", "各类会议", _events(meetings=MEETINGS, activities=_MEETING_LIKE)),
    ("inspection", "视察调研", _events(activities=_INSPECTING)),
    ("training", "学习培训", _events(activities=frozenset({"training"}))),
    (
        "group",
        "代表小组活动",
        _events(meetings=frozenset({"group"}), activities=frozenset({"group", "theme"})),
    ),
    ("suggestions", "建议意见", _suggestions),
    ("supervised", "述职与接受监督", _supervised),
    ("honours", "表彰奖励", _honours),
    ("contacts", "联系群众", _contacts),
    ("promises", "年初承诺", _promises),
)
"""基本情况 comes first as the facts of the file; with these eight sections as in domain.md 3.29, plus what it adds."""


def file_lines(file: PerformanceFile) -> tuple[str, ...]:
    """The file as plain lines, as it is kept when made final and compared with later; no personal data."""
    lines = [f"{file.year} {file.name} {file.level}"]
    for section in file.sections:
        lines.append(f"〔{section.title}〕{section.counted}")
        lines += [
            f"{section.title}｜{row.day.isoformat() if row.day else ''}｜{row.words}｜{row.result}".replace(
                "\n", " "
            )
            for row in section.rows
        ]
    return tuple(lines)


def changed_lines(before: Sequence[str], now: Sequence[str]) -> tuple[str, ...]:
    """What a file made anew says otherwise: 去掉… for what is gone, 新增… for what came."""
    gone, come = Counter(before) - Counter(now), Counter(now) - Counter(before)
    told = [f"原来有：{line}" for line in before if gone[line] > 0]
    return (*told, *(f"现在有：{line}" for line in now if come[line] > 0))
