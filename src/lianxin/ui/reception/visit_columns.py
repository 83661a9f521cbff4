"""Columns of a list of visits that no field holds: who came, from where, where it went, how pressing."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.domain.dates import show_day_numeric, show_day_short
from lianxin.domain.dictionary import Record
from lianxin.domain.records import Contact, Visitor
from lianxin.office.desk import Desk as Office
from lianxin.office.listing import masked
from lianxin.office.names import Names
from lianxin.office.visitors import outcomes
from lianxin.store.reading import Condition, Order, Reading
from lianxin.ui.sources import Cell, RecordSource
from lianxin.ui.table import Column

DAY = Column("date", "日期", 104, sortable=False, note="今年的日期不写年份")
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
            "who": (_NAME, _who),
            "from": (_VILLAGE, _villages),
            "went": (_WENT, _went(office)),
            "badge": (_BADGE, _badges(office)),
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


def _who(reading: Reading, _names: Names, records: Sequence[Record]) -> Sequence[str]:
    first = _first_visitors(reading, records)
    return [called(first.get(contact.uid), contact.persons) for contact in _contacts(records)]


def called(visitor: Visitor | None, persons: int) -> str:
    """覃**等7人: the masked name with the number of people."""
    name = masked(Visitor.spec("name"), visitor.name) if visitor and visitor.name else "（匿名）"
    return f"{name}等{persons}人" if persons > 1 else name


def _villages(reading: Reading, names: Names, records: Sequence[Record]) -> Sequence[str]:
    first = _first_visitors(reading, records)
    names.preload("region", [v.village or "" for v in first.values()])
    return [
        names.of("region", first[record.uid].village) if record.uid in first else "" for record in records
    ]


def _went(office: Office) -> Cell:
    def cells(reading: Reading, _names: Names, records: Sequence[Record]) -> Sequence[str]:
        contacts = _contacts(records)
        found = outcomes(office, reading, contacts)
        return [found[contact.uid].words for contact in contacts]

    return cells


def _badges(office: Office) -> Cell:
    def cells(reading: Reading, _names: Names, records: Sequence[Record]) -> Sequence[str]:
        contacts = _contacts(records)
        found = outcomes(office, reading, contacts)
        return [found[contact.uid].badge for contact in contacts]

    return cells
