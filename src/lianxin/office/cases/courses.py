"""What saving one record of a register brings along in others: told here once, whichever page saves it.

A station that is merged or closed writes its 站点沿革 and moves nothing else unasked (domain.md 0.9); a rule
document in force ends the version it replaces (founding documents 001-10, 002-18); a new 五有自查 is laid out with
its lines (domain.md 3.4.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lianxin.domain.codes.stations import SUB_ITEMS
from lianxin.domain.dates import show_day_short
from lianxin.domain.dictionary import Record
from lianxin.domain.records import (
    Mandate,
    ReceptionDay,
    RuleDocument,
    Station,
    StationChange,
    StationCheck,
    StationCheckItem,
)
from lianxin.office.desk import Desk
from lianxin.office.names import Names
from lianxin.office.records import RecordRefused, Saved, put_record
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Writing

TAKE_ALONG, LEAVE = "along", "leave"
_OVER = ("merged", "closed")
_OPEN_DAYS = ("planned", "announced", "postponed")


@dataclass(frozen=True)
class Question:
    """Something to be decided before a record is saved: the words, and (answer, words) of each choice."""

    words: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PastLine:
    """One line of what became of a record: its words, and the record that tells it."""

    words: str
    kind: str
    uid: str


def question_of(desk: Desk, record: Record, opened: Record | None) -> Question | None:
    """What must be asked before this is saved; None when nothing."""
    if not (isinstance(record, Station) and _ends(record, opened)):
        return None
    with desk.store.reading() as reading:
        days, mandates = _open_days(desk, reading, record.uid), _placed(reading, record.uid)
        into = Names(reading).of("station", record.merged_into)
    if not days and not mandates:
        return None
    first = f"（最近{show_day_short(min(day.day for day in days))}）" if days else ""
    told = [f"{len(days)}个接待日没有举行{first}"] * bool(days)
    told += [f"{len({each.person for each in mandates})}名代表编在这里"] * bool(mandates)
    words = f"“{record.name}”{record.shown('state')}：还有{'，'.join(told)}。怎么办？"
    if record.state == "merged":
        return Question(
            words, ((TAKE_ALONG, f"一并改到{into}"), (LEAVE, "先不动，以后再改"))
        )  # fmt: skip
    along = "取消这些接待日，代表待改编" if days else "代表待改编（不再编在这里）"
    return Question(words, ((TAKE_ALONG, along), (LEAVE, "先不动，以后再改")))


def save_in_course(
    desk: Desk, record: Record, *, opened: Record | None = None, draft_key: str = "", answer: str = LEAVE
) -> Saved:
    """Stores a record of a register with all that follows from it, in one transaction.

    `answer` is that to `question_of`. Raises RecordRefused, RecordGone.
    """
    with desk.store.writing(reason=f"{'修改' if opened else '登记'}{record.LABEL}") as writing:
        _check(Reading(writing.connection), record)
        stored = put_record(desk, writing, record, opened=opened, draft_key=draft_key)
        match stored:
            case Station():
                _station_course(desk, writing, stored, opened, answer)
            case RuleDocument():
                _end_replaced(writing, stored)
            case StationCheck() if opened is None:
                _lay_out(writing, stored)
        return Saved(stored, tuple(writing.changes))


def touched_by(kind: str) -> frozenset[str]:
    """The kinds that saving one of this kind may change beside it."""
    return _TOUCHED.get(kind, frozenset())


def past_of(reading: Reading, record: Record) -> tuple[PastLine, ...]:
    """The versions of a rule document, the one in force first; nothing for other kinds."""
    if not isinstance(record, RuleDocument):
        return ()
    versions = _versions(reading.all(RuleDocument), record)
    return tuple(PastLine(_version_words(each), each.KIND, each.uid) for each in versions)


_TOUCHED = {
    "station": frozenset({"station-change", "reception-day", "mandate"}),
    "station-check": frozenset({"station-check-item"}),
}


def _check(reading: Reading, record: Record) -> None:
    problems: dict[str, str] = {}
    if isinstance(record, Station) and record.state == "merged":
        if record.merged_into is None:
            problems["merged_into"] = "请选合并到哪个站点"
        elif record.merged_into == record.uid:
            problems["merged_into"] = "不能合并到它自己，请另选一个站点"
    if isinstance(record, RuleDocument) and record.state == "in_force":
        problems |= _rule_problems(reading.all(RuleDocument), record)
    if problems:
        raise RecordRefused(problems)


def _rule_problems(documents: Sequence[RuleDocument], record: RuleDocument) -> dict[str, str]:
    if record.replaces == record.uid:
        return {"replaces": "不能代替它自己，请选上一个版本"}
    other = next(
        (
            each
            for each in documents
            if each.name == record.name
            and each.state == "in_force"
            and each.uid not in (record.uid, record.replaces)
        ),
        None,
    )
    if other is None:
        return {}
    return {
        "replaces": f"“{other.name}”第{other.version}版正在施行；新版本请在“代替”里选它，旧版本会转为废止"
    }


def _end_replaced(writing: Writing, document: RuleDocument) -> None:
    if document.state != "in_force" or not document.replaces:
        return
    before = Reading(writing.connection).get(RuleDocument, document.replaces)
    if before is not None and before.state != "repealed":
        writing.put(replace(before, state="repealed"), opened=before)


def _versions(documents: Iterable[RuleDocument], record: RuleDocument) -> list[RuleDocument]:
    """The chain through 代替 in both directions, the latest first."""
    known = {each.uid: each for each in documents}
    chain = {record.uid: record}
    while True:
        grown = {
            uid: each
            for uid, each in known.items()
            if uid in chain
            or each.replaces in chain
            or any(uid == later.replaces for later in chain.values())
        }
        if len(grown) <= len(chain):
            break
        chain = grown
    return sorted(
        chain.values(), key=lambda each: (each.passed is not None, str(each.passed), each.uid), reverse=True
    )


def _version_words(document: RuleDocument) -> str:
    when = f"，{document.shown('date')}通过" if document.passed else ""
    number = f"，{document.document}" if document.document else ""
    return f"第{document.version}版{number}{when}：{document.shown('state')}"


def _ends(record: Station, opened: Record | None) -> bool:
    before = opened.state if isinstance(opened, Station) else "running"
    return record.state in _OVER and before not in _OVER


def _open_days(desk: Desk, reading: Reading, station: str) -> list[ReceptionDay]:
    held_here = reading.all(ReceptionDay, Condition("station", "=", station))
    return [day for day in held_here if day.state in _OPEN_DAYS and day.day >= desk.today()]


def _placed(reading: Reading, station: str) -> list[Mandate]:
    return [
        each for each in reading.all(Mandate, Condition("station", "=", station)) if each.state == "serving"
    ]


def _station_course(
    desk: Desk, writing: Writing, station: Station, opened: Record | None, answer: str
) -> None:
    before = opened if isinstance(opened, Station) else None
    for change, words in _station_changes(station, before):
        writing.put(
            StationChange(
                uid=writing.new_uid(), station=station.uid, day=desk.today(), change=change, words=words,
                into=station.merged_into if change == "merged" else None,
            )
        )  # fmt: skip
    if answer != TAKE_ALONG or not _ends(station, opened):
        return
    reading, into = Reading(writing.connection), station.merged_into if station.state == "merged" else None
    for day in _open_days(desk, reading, station.uid):
        told = f"{station.name}{station.shown('state')}"
        moved = replace(day, station=into) if into else replace(day, state="cancelled", state_reason=told)
        writing.put(moved, opened=day)
    for mandate in _placed(reading, station.uid):
        writing.put(replace(mandate, station=into), opened=mandate)


def _station_changes(station: Station, before: Station | None) -> list[tuple[str, str | None]]:
    """(code of the change, its words) of what is new about a station; a new one was founded only if it says when."""
    if before is None:
        return []
    found: list[tuple[str, str | None]] = []
    if station.name != before.name:
        found.append(("renamed", f"原名{before.name}"))
    if station.address != before.address and before.address:
        found.append(("moved", f"原址{before.address}"))
    if station.grade != before.grade:
        found.append(("graded", station.shown("grade")))
    if station.state in _OVER and station.state != before.state:
        found.append((station.state, None))
    return found


def _lay_out(writing: Writing, check: StationCheck) -> None:
    for item, subjects in SUB_ITEMS.items():
        for what in subjects:
            writing.put(
                StationCheckItem(uid=writing.new_uid(), station_check=check.uid, item=item, what=what)
            )
