"""The lists of people an event can begin with, in words, for a box to choose from."""

from __future__ import annotations

from dataclasses import dataclass

from lianxin.domain.codes import LEVEL
from lianxin.domain.counts import serving
from lianxin.domain.dates import show_day_short
from lianxin.domain.records import Activity, Attendance, DeputyGroup, Mandate, Meeting, Station
from lianxin.office.desk import Desk
from lianxin.office.meetings.attendance import ListFrom, SourceKind
from lianxin.store.reading import Order, Reading

_COPIES = 5
_KINDS: dict[str, SourceKind] = {
    "group": "group", "station": "station", "level": "level", "presidium": "presidium", "all": "all", "copy": "copy"
}  # fmt: skip


@dataclass(frozen=True)
class NamedList:
    """A list to choose: its words, and its code `group:uid`."""

    label: str
    code: str


def list_sources(desk: Desk, *, besides: str = "") -> tuple[NamedList, ...]:
    """Levels, presidium, groups, stations, everybody, and the lists of the latest events but `besides`."""
    with desk.store.reading() as reading:
        mandates = serving(reading.all(Mandate), desk.today())
        held = {each.level for each in mandates}
        levels = [
            NamedList(f"{code.label}代表", f"level:{code.code}")
            for code in reversed(LEVEL.codes)
            if code.code in held
        ]
        presidium = [NamedList("主席团成员", "presidium:")] if any(m.presidium for m in mandates) else []
        groups = [NamedList(each.name, f"group:{each.uid}") for each in reading.all(DeputyGroup)]
        placed = {each.station for each in mandates}
        stations = [
            NamedList(f"{each.name}进站代表", f"station:{each.uid}")
            for each in reading.all(Station)
            if each.uid in placed
        ]
        copies = _latest(reading, besides)
    return (*levels, *presidium, *groups, *stations, NamedList("全体代表", "all:"), *copies)


def list_named(code: str) -> ListFrom | None:
    """The list of a code, None for none."""
    kind, _, key = code.partition(":")
    return ListFrom(_KINDS[kind], key) if kind in _KINDS else None


def _latest(reading: Reading, besides: str) -> list[NamedList]:
    order, limit = Order("date", True), 4 * _COPIES
    activities, meetings = (
        reading.all(Activity, order=order, limit=limit),
        reading.all(Meeting, order=order, limit=limit),
    )
    held = reading.children(Attendance, "owner", [each.uid for each in (*activities, *meetings)])
    owners = {each.owner for each in held} - {besides}
    events = [
        *((each.day, each.topic, each.uid) for each in activities if each.uid in owners),
        *((each.day, each.name, each.uid) for each in meetings if each.uid in owners),
    ]  # fmt: skip
    events.sort(reverse=True)
    return [
        NamedList(f"同 {show_day_short(day)} {name[:12]}", f"copy:{uid}")
        for day, name, uid in events[:_COPIES]
    ]
