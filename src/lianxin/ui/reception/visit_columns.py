"""Columns of a list of visits that no field holds: who came, from where, where it went, how pressing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lianxin.domain.dates import show_day_numeric, show_day_short
from lianxin.domain.dictionary import Record
from lianxin.domain.records import Contact, Visitor
from lianxin.office.desk import Desk as Office
from lianxin.office.lists.listing import masked
from lianxin.office.names import Names
from lianxin.office.reception.visitors import Outcome, outcomes
from lianxin.store.reading import Condition, Order, Reading
from lianxin.ui.sources import Cell, RecordSource
from lianxin.ui.table import Column

DAY = Column("date", "日期", 104, note="今年的日期不写年份")
TIME = Column("time", "时间", 58)
CHANNEL = Column("type", "类型", 96, drop=5)
WORDS = Column("words", "反映内容", stretch=True, sortable=False)
_NAME = Column("who", "来访人", 92, sortable=False)
_VILLAGE = Column("from", "村组", 84, sortable=False, drop=3)
_WENT = Column("went", "去向", 118, sortable=False)
_BADGE = Column("badge", "办理", 100, sortable=False, look="badge", drop=1)


def contacts_source(office: Office) -> RecordSource:
    """Every contact, the latest first."""
    return _source(office, ("short", "date", "type", "who", "from", "words", "went", "badge"), ())


def day_source(office: Office, day: str) -> RecordSource:
    """The visits of one reception day, the latest first."""
    return _source(office, ("time", "who", "from", "words", "went", "badge"), of_day(day))


def of_day(day: str) -> tuple[Condition, ...]:
    """What narrows a list to one reception day."""
    return (Condition("reception_day", "=", day),)


def _source(office: Office, wires: Sequence[str], conditions: Sequence[Condition]) -> RecordSource:
    order = Order("number", descending=True) if conditions else Order("date", descending=True)
    beside = _Beside(office)
    return RecordSource(
        office,
        Contact,
        wires,
        computed={
            "short": (
                Column("short", "编号", 78, sortable=False, drop=2, note="年份见日期；全号在右边"),
                _numbers,
            ),
            "date": (DAY, _days(office)),
            "who": (_NAME, beside.who),
            "from": (_VILLAGE, beside.villages),
            "went": (_WENT, beside.went),
            "badge": (_BADGE, beside.badges),
        },
        columns={"time": TIME, "type": CHANNEL, "words": WORDS},
        conditions=conditions,
        order=order,
    )


def _contacts(records: Sequence[Record]) -> list[Contact]:
    return [record for record in records if isinstance(record, Contact)]


def _first_visitors(reading: Reading, records: Sequence[Record]) -> dict[str, Visitor]:
    found: dict[str, Visitor] = {}
    for visitor in reading.children(Visitor, "contact", [record.uid for record in records]):
        found.setdefault(visitor.contact, visitor)
    return found


def _numbers(_reading: Reading, _names: Names, records: Sequence[Record]) -> Sequence[str]:
    return [(contact.number or "").rpartition("-")[2] for contact in _contacts(records)]


def _days(office: Office) -> Cell:
    def cells(_reading: Reading, _names: Names, records: Sequence[Record]) -> Sequence[str]:
        year = office.today().year
        return [
            show_day_short(contact.day) if contact.day.year == year else show_day_numeric(contact.day)
            for contact in _contacts(records)
        ]

    return cells


def called(visitor: Visitor | None, persons: int) -> str:
    """覃**等7人: the masked name with the number of people."""
    name = masked(Visitor.spec("name"), visitor.name) if visitor and visitor.name else "（匿名）"
    return f"{name}等{persons}人" if persons > 1 else name


class _Beside:
    """What the columns of one page of visits share, each asked once: who came first, and where it went."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._first: tuple[Sequence[Record], Mapping[str, Visitor]] = ((), {})
        self._outcomes: tuple[Sequence[Record], Mapping[str, Outcome]] = ((), {})

    def who(self, reading: Reading, _names: Names, records: Sequence[Record]) -> Sequence[str]:
        first = self._first_visitors(reading, records)
        return [called(first.get(contact.uid), contact.persons) for contact in _contacts(records)]

    def villages(self, reading: Reading, names: Names, records: Sequence[Record]) -> Sequence[str]:
        first = self._first_visitors(reading, records)
        names.preload("region", [visitor.village or "" for visitor in first.values()])
        return [
            names.of("region", first[record.uid].village) if record.uid in first else "" for record in records
        ]

    def went(self, reading: Reading, _names: Names, records: Sequence[Record]) -> Sequence[str]:
        found = self._outcomes_of(reading, records)
        return [found[record.uid].words for record in _contacts(records)]

    def badges(self, reading: Reading, _names: Names, records: Sequence[Record]) -> Sequence[str]:
        found = self._outcomes_of(reading, records)
        return [found[record.uid].badge for record in _contacts(records)]

    # A page is known by its list of records, made anew for each page; two threads may ask for pages at once.

    def _first_visitors(self, reading: Reading, records: Sequence[Record]) -> Mapping[str, Visitor]:
        page, found = self._first
        if page is not records:
            found = _first_visitors(reading, records)
            self._first = (records, found)
        return found

    def _outcomes_of(self, reading: Reading, records: Sequence[Record]) -> Mapping[str, Outcome]:
        page, found = self._outcomes
        if page is not records:
            found = outcomes(self._office, reading, _contacts(records))
            self._outcomes = (records, found)
        return found
