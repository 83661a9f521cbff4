"""What the first page has to know of every matter, kept from look to look and from one day to the next.

Judging a matter means reading its steps; of most it is enough to remember how they were judged. Open ones and those
of the year are kept as a handful of facts each, and which replies promise something; suggestions, matters with steps
dated ahead, and what was written since the last look are read and judged anew. What is kept is only ever a shortcut: it
belongs to a ledger written exactly so far, to one set of rules and to this way of judging.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from lianxin import __version__
from lianxin.domain.calendar.workdays import year_as_json
from lianxin.domain.canonical import JsonValue, canonical
from lianxin.domain.casework.standing import state_of
from lianxin.domain.casework.state import CaseState
from lianxin.domain.casework.steps import STEP_KINDS, Further
from lianxin.domain.counts import Case as Judged
from lianxin.domain.dictionary import Record
from lianxin.domain.figures.opinion import Over, over_of
from lianxin.domain.records import Contact, Extension, Opinion, Reply, Supervision
from lianxin.domain.rules import RuleProfile
from lianxin.office.cases.case import Case, cases_of, promising
from lianxin.office.cases.plainly_closed import plainly_closed
from lianxin.office.desk import Desk
from lianxin.store.reading import Condition, Reading

_SETTING = "matters-known"
_FORM = 8
"""Raised when a matter would be judged differently or other facts are kept of it."""
_BETWEEN = "|"

_STEPS: dict[str, type[Record]] = {cls.KIND: cls for cls in STEP_KINDS}
_CHUNK = 500
_WORTH_KEEPING = 2_000
"""Smaller ledgers are looked through in less time than reading a note about them is worth."""
_KEPT_BEHIND = 300
"""The note is written again when so many records were written since."""


class Standing(NamedTuple):
    """How an open matter was judged; nothing of it changes until something is written about the matter."""

    registered: date
    track: str
    code: str
    routed: date | None
    due: date | None


@dataclass
class _Known:
    """The memory at one state of the ledger. `anew` are matters to be judged at every look, `promised` replies."""

    since: str
    counters: dict[str, int]
    open: dict[str, Standing] = field(default_factory=dict)
    over: dict[str, Over] = field(default_factory=dict)
    anew: set[str] = field(default_factory=set)
    unfinished: set[str] = field(default_factory=set)
    promised: set[str] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.open) + len(self.over) + len(self.anew)


@dataclass(frozen=True)
class Outlook:
    """What one look found: matters with their states, the steps of suggestions and bills, contacts to be completed.

    `cases` holds every open matter, every suggestion and bill; `over` what else was registered or closed `since`.
    Most cases say only what the first page counts: uid, track and day of the matter; code, `routed_day`, `due` and
    `days_left` of the state. `promised` are the uids of replies that promise something.
    """

    cases: tuple[Judged, ...]
    over: tuple[Over, ...]
    told: tuple[Case, ...]
    unfinished: int
    promised: tuple[str, ...]


class MatterMemory:
    """One per open office; asked from the worker. The first look at a large ledger takes seconds, others do not."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._known: _Known | None = None
        self._kept: dict[str, int] = {}

    def look(
        self, reading: Reading, *, today: date, since: date, stop: Callable[[], bool] = lambda: False
    ) -> Outlook:
        """Every matter a figure of the days from `since` to today may ask for. Raises LookStopped."""
        with self._lock:
            counters = reading.counters()
            known = self._known or self._remembered(reading)
            if known is None or known.since > since.isoformat() or _behind(known.counters, counters) < 0:
                known = _Known(
                    since.isoformat(), counters,
                    unfinished=_unfinished(reading, None), promised=set(promising(reading)),
                )  # fmt: skip
                plain = plainly_closed(reading, since)
                doubtful = [uid for uid in reading.keys(Opinion) if uid not in plain]
                self._judge(reading, known, doubtful, today, stop)
            else:
                self._catch_up(reading, known, counters, today, stop)
            self._known = known
            told = cases_of(reading, list(reading.by_uid(Opinion, sorted(known.anew)).values()))
            cases = [Judged(case.opinion, self._state(case, today)) for case in told]
            cases += [_light(uid, facts, today) for uid, facts in known.open.items()]
            over = tuple(each for each in known.over.values() if each.registered <= today)
            promised = tuple(sorted(known.promised))
            return Outlook(tuple(cases), over, tuple(told), len(known.unfinished), promised)

    def keep(self) -> None:
        """Notes in the database what was found, when that saves the next start a long look. Outside of readings."""
        with self._lock:
            known = self._known
            if known is None or len(known) < _WORTH_KEEPING:
                return
            if self._kept and 0 <= _behind(self._kept, known.counters) < _KEPT_BEHIND:
                return
            self._desk.store.set_setting(_SETTING, _written(known, self._desk.profile))
            self._kept = known.counters

    def _remembered(self, reading: Reading) -> _Known | None:
        known = _read(reading.setting(_SETTING), self._desk.profile)
        self._kept = known.counters if known else {}
        return known

    def _catch_up(
        self, reading: Reading, known: _Known, counters: dict[str, int], today: date, stop: Callable[[], bool]
    ) -> None:
        if counters == known.counters:
            return
        concerned: set[str] = set()
        contacts: set[str] = set()
        replies: set[str] = set()
        for kind, uid in reading.written_after(known.counters):
            if kind == Opinion.KIND:
                concerned.add(uid)
            elif kind == Contact.KIND:
                contacts.add(uid)
            elif kind in _STEPS:
                if kind == Reply.KIND:
                    replies.add(uid)
                matter = reading.shown(_STEPS[kind], uid).get("opinion")
                if matter is not None and isinstance(matter.value, str):
                    concerned.add(matter.value)
        self._judge(reading, known, sorted(concerned), today, stop)
        known.unfinished = (known.unfinished - contacts) | _unfinished(reading, sorted(contacts))
        told = reading.by_uid(Reply, sorted(replies)).values()
        known.promised = (known.promised - replies) | {each.uid for each in told if each.promise is not None}
        known.counters = counters

    def _judge(
        self, reading: Reading, known: _Known, uids: Sequence[str], today: date, stop: Callable[[], bool]
    ) -> None:
        """Looks at each of these matters and keeps of it what is asked for; of removed ones nothing."""
        for start in range(0, len(uids), _CHUNK):
            if stop():
                raise LookStopped
            part = uids[start : start + _CHUNK]
            for uid in part:
                known.open.pop(uid, None)
                known.over.pop(uid, None)
                known.anew.discard(uid)
            for case in cases_of(reading, list(reading.by_uid(Opinion, part).values())):
                state, opinion = self._state(case, today), case.opinion
                latest = max(opinion.registered, state.closed_day or date.min).isoformat()
                if opinion.track in ("suggestion", "bill") or _to_come(case, today):
                    known.anew.add(opinion.uid)
                elif state.open:
                    known.open[opinion.uid] = Standing(
                        opinion.registered, opinion.track, state.code, state.routed_day, state.due
                    )
                elif latest >= known.since:
                    known.over[opinion.uid] = over_of(Judged(opinion, state))
            if len(uids) > _CHUNK:
                # The window gets its turn while everything is looked through.
                time.sleep(0.001)

    def _state(self, case: Case, today: date) -> CaseState:
        return state_of(
            case.opinion, case.routings, case.assignments, case.replies, case.satisfactions, case.further,
            today=today, profile=self._desk.profile,
        )  # fmt: skip


class LookStopped(Exception):
    """The look was asked to stop before it had seen everything."""


def _behind(then: dict[str, int], now: dict[str, int]) -> int:
    """How much was written since; below zero when the ledger is another or an older one."""
    if any(now.get(stream, 0) < count for stream, count in then.items()):
        return -1
    return sum(now.values()) - sum(then.values())


def _unfinished(reading: Reading, contacts: Sequence[str] | None) -> set[str]:
    """The contacts marked 待补全, of all or of some."""
    if contacts is None:
        return set(reading.keys(Contact, Condition("to_complete", "=", True)))
    return {contact.uid for contact in reading.by_uid(Contact, contacts).values() if contact.to_complete}


def _to_come(case: Case, today: date) -> bool:
    """Whether a step is dated ahead, so that the matter will stand otherwise without anything being written."""
    days = [case.opinion.registered]
    days += [each.day for each in case.routings]
    days += [each.day for each in case.assignments]
    days += [each.day for each in case.replies]
    days += [each.day for each in case.satisfactions if each.day is not None]
    days += [day for each in case.further for day in _days_of(each)]
    return max(days) > today


def _days_of(step: Further) -> list[date]:
    """The days from which a step changes how its matter stands."""
    later = step.decided if isinstance(step, Extension) else None
    later = step.answered if isinstance(step, Supervision) else later
    return [step.day, later] if later else [step.day]


def _light(uid: str, told: Standing, today: date) -> Judged:
    """An open matter and its state with what is remembered of them."""
    # Thousands are made at every look: copying what they have in common takes a fifth of saying it all again.
    opinion, state = object.__new__(Opinion), object.__new__(CaseState)
    opinion.__dict__.update(_BLANK_OPINION, uid=uid, registered=told.registered, track=told.track)
    state.__dict__.update(
        _BLANK_STATE,
        opinion=uid,
        code=told.code,
        registered=told.registered,
        routed_day=told.routed,
        due=told.due,
        days_left=(told.due - today).days if told.due else None,
    )
    return Judged(opinion, state)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


_BLANK_OPINION = vars(Opinion(uid="", title="", words="", registered=date.min))
_BLANK_STATE = vars(
    CaseState(
        opinion="", code="", route="", round=0, unit="", due=None, handling_due=None, days_left=None, badge="",
        tone="", next_act="", registered=date.min, routed_day=None, assigned_day=None, answered_day=None,
        asked_day=None, unsatisfied_day=None, closed_day=None, result="", satisfaction="",
    )
)  # fmt: skip


def _head(profile: RuleProfile) -> list[JsonValue]:
    """What the note is good for: this program, this way of judging, these rules, these working days."""
    calendar = profile.calendar
    days: list[JsonValue] = [year_as_json(year) for year in (*calendar.years, *calendar.provisional)]
    return [_FORM, __version__, profile.key, profile.version, hashlib.sha256(canonical(days)).hexdigest()]


def _written(known: _Known, profile: RuleProfile) -> JsonValue:
    counters: dict[str, JsonValue] = dict(known.counters.items())
    return {
        "for": _head(profile),
        "since": known.since,
        "counters": counters,
        "open": [_line(uid, *told) for uid, told in known.open.items()],
        "over": [_line(*told) for told in known.over.values()],
        "anew": _texts(known.anew),
        "unfinished": _texts(known.unfinished),
        "promised": _texts(known.promised),
    }


def _line(*told: str | date | bool | None) -> str:
    """Days as YYYY-MM-DD, yes as 1, nothing and no as nothing."""
    return _BETWEEN.join("1" if each is True else str(each or "") for each in told)


def _texts(uids: Iterable[str]) -> list[JsonValue]:
    return [*sorted(uids)]


def _read(note: JsonValue, profile: RuleProfile) -> _Known | None:
    """The memory as noted; None for a note that is not for now, or that cannot be read."""
    if not isinstance(note, dict) or note.get("for") != _head(profile):
        return None
    since, counters = note.get("since"), note.get("counters")
    if not isinstance(since, str) or not isinstance(counters, dict):
        return None
    try:
        still_open = dict(map(_open_line, _listed(note.get("open"))))
        over = {each.uid: each for each in map(_over_line, _listed(note.get("over")))}
    except ValueError:
        return None
    return _Known(
        since,
        {stream: count for stream, count in counters.items() if isinstance(count, int)},
        still_open,
        over,
        set(_listed(note.get("anew"))),
        set(_listed(note.get("unfinished"))),
        set(_listed(note.get("promised"))),
    )


def _open_line(line: str) -> tuple[str, Standing]:
    uid, registered, track, code, routed, due = line.split(_BETWEEN)
    return uid, Standing(date.fromisoformat(registered), track, code, _day(routed), _day(due))


def _over_line(line: str) -> Over:
    uid, registered, routed, closed, own, handled = line.split(_BETWEEN)
    return Over(uid, date.fromisoformat(registered), _day(routed), _day(closed), own == "1", handled == "1")


def _listed(told: JsonValue) -> list[str]:
    return [str(each) for each in told] if isinstance(told, list) else []
