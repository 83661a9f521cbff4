"""Where many matters stand at once: kept from one look to the next, counted and filtered for lists."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from lianxin.domain.casework.standing import DEPUTIES_TRACKS
from lianxin.domain.casework.steps import STEP_KINDS
from lianxin.domain.figures.opinion import OWN_TRACKS
from lianxin.domain.records import Opinion, Suggestion, Visitor
from lianxin.office.cases.case import cases_of, state_in
from lianxin.office.cases.plainly_closed import plainly_closed
from lianxin.office.desk import Desk
from lianxin.store.reading import Condition, Order, Reading, keys_under

ALL, LATE, ARCHIVED = "all", "late", "archived"
"""The filters that are no state: every matter, those past the day of their next act, and those in the archive."""

_STEP_KINDS = {cls.KIND: cls for cls in STEP_KINDS}
_CHUNK = 250
_ANEW_FROM = 4_000
"""So many records written since the last look cost more one by one than everything anew."""


@dataclass(frozen=True)
class CaseGroup:
    """One filter over the list: its words, the states it holds, and whether it is offered while it is empty."""

    key: str
    label: str
    codes: frozenset[str]
    always: bool = False


GROUPS = (
    CaseGroup("registered", "待分流", frozenset({"registered"}), always=True),
    CaseGroup("review", "待审查", frozenset({"review", "revise"})),
    CaseGroup("to_tell", "待告知", frozenset({"to_tell"})),
    CaseGroup("chair", "待主席审阅", frozenset({"chair", "supplement"})),
    CaseGroup("routed", "待交办", frozenset({"routed", "returned"})),
    CaseGroup("handling", "办理中", frozenset({"handling", "rehandling"}), always=True),
    CaseGroup("answered", "待反馈", frozenset({"answered"}), always=True),
    CaseGroup("redo", "待重办", frozenset({"redo", "presidium"})),
    CaseGroup("to_county", "已转报县", frozenset({"to_county"})),
    CaseGroup("closed", "已办结", frozenset({"closed", "unreached"}), always=True),
    CaseGroup(
        "elsewhere", "其他了结", frozenset({"guided", "converted", "merged", "withdrawn", "to_opinion"})
    ),
    CaseGroup(ARCHIVED, "已归档", frozenset()),
)
"""Every matter stands in one of them, so that their counts add up to 全部; 超期 cuts across. What is archived is no
longer counted under the way it ended.
"""

_GROUP_OF = {code: group.key for group in GROUPS for code in group.codes}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a list needs to know of a matter. `own` tells the public's opinions from suggestions and bills."""

    group: str
    due: date | None
    unit: str
    registered: date
    village: str
    category: str
    own: bool


@dataclass(frozen=True)
class CaseFilter:
    """What a list of matters is narrowed by; empty texts ask for nothing. `group` is a key of GROUPS, or ALL, LATE.

    `deputies` asks for suggestions and bills instead of the public's opinions, `among` for some of these: a key
    of AMONG.
    """

    group: str = ALL
    village: str = ""
    category: str = ""
    unit: str = ""
    deputies: bool = False
    among: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the state is asked for."""
        return bool(self.village or self.category or self.unit or self.among)


AMONG: Mapping[str, tuple[str, Condition]] = {
    "key": ("重点督办", Condition("key_matter", "=", True)),
    "in_session": ("会议期间", Condition("occasion", "=", "in_session")),
    "between": ("闭会期间", Condition("occasion", "=", "between")),
    "bill": ("议案", Condition("form", "=", "bill")),
    "inquiry": ("质询", Condition("form", "=", "inquiry")),
    "hard": ("难办", Condition("hard", "=", True)),
}
"""What suggestions are asked for by, with its words."""


class CaseBook:
    """The standing of every matter, brought up to date by what was written since the last look.

    May be asked from the worker and from the window; the first look at a large ledger takes seconds, so it
    belongs on the worker. `stop` is asked between chunks; a stopped look keeps nothing and raises LookStopped.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._day = date.min
        self._counters: dict[str, int] = {}
        self._known: dict[str, Standing] = {}
        self._found: tuple[tuple[Mapping[str, int], str], Set[str]] | None = None

    def at_hand(self, reading: Reading) -> bool:
        """Whether a look now costs little: it was looked before today, and not much was written since."""
        if self._day != self._desk.today():
            return False
        behind = sum(count - self._counters.get(stream, 0) for stream, count in reading.counters().items())
        return behind <= _ANEW_FROM

    def standings(
        self, reading: Reading, *, stop: Callable[[], bool] = lambda: False
    ) -> Mapping[str, Standing]:
        """uid → standing in this snapshot for every matter that is not removed, the latest registered first."""
        with self._lock:
            today, counters = self._desk.today(), reading.counters()
            if today == self._day and counters == self._counters:
                return self._known
            if self.at_hand(reading):
                known = self._caught_up(reading, today, reading.written_after(self._counters))
            else:
                known = self._anew(reading, today, stop)
            self._day, self._counters, self._known = today, counters, known
            return known

    def found(self, reading: Reading, words: str) -> Set[str]:
        """The matters that hold these words; the list and its counts ask for the same ones in turn."""
        with self._lock:
            asked = (reading.counters(), words)
            if self._found is None or self._found[0] != asked:
                self._found = (asked, found_matters(reading, words))
            return self._found[1]

    def _anew(self, reading: Reading, today: date, stop: Callable[[], bool]) -> dict[str, Standing]:
        known = _plain_standings(reading, today)
        if stop():
            raise LookStopped
        uids = [uid for uid in reading.keys(Opinion) if uid not in known]
        for start in range(0, len(uids), _CHUNK):
            if stop():
                raise LookStopped
            known.update(self._standing(reading, uids[start : start + _CHUNK], today))
            # A breath between chunks, so that the window gets its turn while everything is looked through.
            time.sleep(0.004)
        return _in_order(known)

    def _caught_up(
        self, reading: Reading, today: date, written: Iterable[tuple[str, str]]
    ) -> dict[str, Standing]:
        concerned: set[str] = set()
        for kind, uid in written:
            if kind == Opinion.KIND:
                concerned.add(uid)
            elif kind in _STEP_KINDS:
                matter = reading.shown(_STEP_KINDS[kind], uid).get("opinion")
                if matter is not None and isinstance(matter.value, str):
                    concerned.add(matter.value)
        if not concerned:
            return self._known
        # A copy: a list may still be reading the former one.
        known = {uid: standing for uid, standing in self._known.items() if uid not in concerned}
        known.update(self._standing(reading, sorted(concerned), today))
        return _in_order(known)

    def _standing(self, reading: Reading, uids: Sequence[str], today: date) -> dict[str, Standing]:
        opinions = list(reading.by_uid(Opinion, uids).values())
        found = {}
        for case in cases_of(reading, opinions):
            state, opinion = state_in(self._desk, case, today), case.opinion
            found[opinion.uid] = Standing(
                group=ARCHIVED if state.archived else _GROUP_OF[state.code],
                due=state.due,
                unit=state.unit,
                registered=opinion.registered,
                village=opinion.village or "",
                category=opinion.category,
                own=opinion.track in OWN_TRACKS,
            )
        return found


def _plain_standings(reading: Reading, today: date) -> dict[str, Standing]:
    """Those that are over beyond doubt, from a few columns: in a ledger of many years nearly all."""
    plain = plainly_closed(reading, today)
    known: dict[str, Standing] = {}
    wires = ("uid", "registered", "village", "category")
    for uid, registered, village, category in reading.fields(Opinion, wires):
        over = plain.get(str(uid))
        if over is not None:
            known[str(uid)] = Standing(
                group=ARCHIVED if over.archived else _GROUP_OF[over.code],
                due=None,
                unit=over.unit,
                registered=date.fromisoformat(str(registered)),
                village=str(village or ""),
                category=str(category),
                own=True,
            )
    return known


def _in_order(known: Mapping[str, Standing]) -> dict[str, Standing]:
    """The latest registered first; uids, which begin with the time of making, part those of one day."""
    pairs = sorted(known.items(), key=lambda pair: (pair[1].registered, pair[0]), reverse=True)
    return dict(pairs)


class LookStopped(Exception):
    """The look was asked to stop before it had seen everything."""


@dataclass(frozen=True)
class CaseList:
    """The matters of a list in order, and how many there are under each filter (None: not counted)."""

    uids: Sequence[str]
    counts: Mapping[str, int] | None


def case_list(
    desk: Desk,
    book: CaseBook,
    reading: Reading,
    chosen: CaseFilter,
    *,
    words: str = "",
    sort: str = "",
    descending: bool = True,
    counted: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> CaseList:
    """The matters that meet the filter, latest first or sorted by a field or `due`. Raises LookStopped.

    The states of all matters are looked at only when the filter or the counting needs them or the book has them,
    so that the plain list of a large ledger is there at once. The counts are of this very snapshot and of all
    filters but the state.
    """
    among = _among(reading, chosen.among)
    needed = counted or among is not None or chosen.group != ALL or chosen.unit or sort == "due"
    if not needed and not book.at_hand(reading):
        return CaseList(_asked(reading, chosen, words, sort, descending), None)
    known, today = book.standings(reading, stop=stop), desk.today()
    order: Iterable[str] = known
    if sort == "registered" and not descending:
        order = reversed(list(known))
    elif sort not in ("", "registered", "due"):
        order = reading.keys(Opinion, order=Order(sort, descending))
    found = book.found(reading, words) if words else None
    uids = [
        uid
        for uid in order
        # What few meet is asked first.
        if (found is None or uid in found)
        and (among is None or uid in among)
        and uid in known
        and _meets(known[uid], chosen)
    ]
    counts = _counts(uids, known, today) if counted else None
    if chosen.group != ALL:
        uids = [uid for uid in uids if _in_group(known[uid], chosen.group, today)]
    if sort == "due":
        uids = _by_due(uids, known, descending)
    return CaseList(uids, counts)


def _among(reading: Reading, key: str) -> Set[str] | None:
    """The matters of the suggestions asked for; None when all are."""
    if key not in AMONG:
        return None
    return {str(uid) for (uid,) in reading.fields(Suggestion, ("opinion",), AMONG[key][1])}


def _meets(standing: Standing, chosen: CaseFilter) -> bool:
    return (
        standing.own != chosen.deputies
        and (not chosen.village or standing.village == chosen.village)
        and (not chosen.category or standing.category == chosen.category)
        and (not chosen.unit or standing.unit == chosen.unit)
    )


def _asked(reading: Reading, chosen: CaseFilter, words: str, sort: str, descending: bool) -> list[str]:
    """The same without knowing any state."""
    conditions = [_of_track(deputies=chosen.deputies)]
    if chosen.village:
        conditions.append(Condition("village", "=", chosen.village))
    if chosen.category:
        conditions.append(Condition("category", "=", chosen.category))
    uids = reading.keys(Opinion, *conditions, order=Order(sort or "registered", descending or not sort))
    if not words:
        return uids
    found = found_matters(reading, words)
    return [uid for uid in uids if uid in found]


def _of_track(*, deputies: bool) -> Condition:
    return Condition("track", "in", DEPUTIES_TRACKS if deputies else OWN_TRACKS)


def latest_matters(reading: Reading, count: int, *, deputies: bool = False) -> list[str]:
    """The beginning of the plain list, at once however many matters there are."""
    own = _of_track(deputies=deputies)
    return reading.keys(Opinion, own, order=Order("registered", descending=True), limit=count)


def found_matters(reading: Reading, words: str) -> set[str]:
    """The matters that hold these words, or whose visitor does."""
    contacts = reading.holding(Visitor, words, wire="contact")
    return reading.holding(Opinion, words) | keys_under(reading, Opinion, "contact", contacts)


def _in_group(standing: Standing, group: str, today: date) -> bool:
    return _late(standing, today) if group == LATE else standing.group == group


def _late(standing: Standing, today: date) -> bool:
    return standing.due is not None and standing.due < today


def _counts(uids: Sequence[str], known: Mapping[str, Standing], today: date) -> dict[str, int]:
    standings = [known[uid] for uid in uids]
    counts = Counter(standing.group for standing in standings)
    late = sum(_late(standing, today) for standing in standings)
    return {**counts, ALL: len(standings), LATE: late}


def _by_due(uids: Sequence[str], known: Mapping[str, Standing], descending: bool) -> list[str]:
    """Those with a time limit by their day, the others always below."""
    dated = [(due, uid) for uid in uids if (due := known[uid].due) is not None]
    dated.sort(key=lambda pair: pair[0], reverse=descending)
    with_limit = {uid for _, uid in dated}
    return [uid for _, uid in dated] + [uid for uid in uids if uid not in with_limit]


def filter_words(chosen: CaseFilter, name_of: Callable[[str, str], str], category: str) -> str:
    """The filter as people say it: 长坪村、饮水水利、镇水务站承办; empty when nothing is asked for."""
    unit = name_of("unit", chosen.unit) if chosen.unit else ""
    parts = [name_of("region", chosen.village) if chosen.village else "", category, unit and f"{unit}承办"]
    parts.append(AMONG[chosen.among][0] if chosen.among in AMONG else "")
    return "、".join(part for part in parts if part)


def paragraph_of(counts: Mapping[str, int], *, office: str, day_words: str, narrowed: str = "") -> str:
    """复制成一段话: one sentence of what is shown, to be pasted into a report; what is zero is not said."""
    total = counts.get(ALL, 0)
    where = f"（{narrowed}）" if narrowed else ""
    if not total:
        return f"截至{day_words}，{office}{where}没有登记意见建议。"
    said = [f"{group.label}{count}件" for group in GROUPS if (count := counts.get(group.key, 0))]
    late = f"；其中超期{counts[LATE]}件" if counts.get(LATE) else ""
    return f"截至{day_words}，{office}{where}共登记意见建议{total}件：{'，'.join(said)}{late}。"
