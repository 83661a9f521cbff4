"""涂黑: texts the sender keeps at home, also from an encrypted report, until he takes it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lianxin.domain.canonical import JsonValue
from lianxin.domain.journal import EntryId
from lianxin.office.desk import Desk
from lianxin.office.sending.sent_files import next_seq, sent_before
from lianxin.store.carrying import values_at
from lianxin.store.reading import Reading

Place = tuple[EntryId, str]
"""One value beside an entry: of which entry and which field (wire name)."""

WITHHELD, DISCLOSED = "withheld-values", "disclosed-values"


@dataclass(frozen=True)
class Disclosed:
    """A value that was kept at home and may go now; `since` is the first sending that can carry it."""

    place: Place
    since: int


def withhold(desk: Desk, places: Iterable[Place]) -> None:
    """Keeps these values at home from now on; what the county has already it has."""
    wanted = set(places)
    with desk.store.reading() as reading:
        held, late = withheld(reading), disclosed(reading)
    _keep(desk, held | wanted, [each for each in late if each.place not in wanted])
    desk.store.note("涂黑", _names(wanted))


def disclose(desk: Desk, places: Iterable[Place]) -> None:
    """Takes 涂黑 back: the next encrypted report carries these values, however old their entries are."""
    with desk.store.reading() as reading:
        held, late = withheld(reading), disclosed(reading)
        seq = next_seq(reading, sent_before(reading), desk.store.replica)
    freed = held & set(places)
    _keep(desk, held - freed, [*late, *(Disclosed(place, seq) for place in sorted(freed))])
    desk.store.note("取消涂黑", _names(freed))


def withheld(reading: Reading) -> frozenset[Place]:
    """What is kept at home."""
    return frozenset(place for place, _ in _told(reading, WITHHELD))


def disclosed(reading: Reading) -> list[Disclosed]:
    """What was kept at home once and is not any more."""
    return [Disclosed(place, since) for place, since in _told(reading, DISCLOSED)]


def withheld_texts(reading: Reading) -> frozenset[str]:
    """The texts themselves, so that no document shows them either."""
    values = (each.kept.value for each in values_at(reading, withheld(reading)))
    return frozenset(value for value in values if isinstance(value, str) and value)


def _keep(desk: Desk, held: Iterable[Place], late: Sequence[Disclosed]) -> None:
    kept: list[JsonValue] = [[place[0].stream, place[0].counter, place[1]] for place in sorted(held)]
    told: list[JsonValue] = [
        [each.place[0].stream, each.place[0].counter, each.place[1], each.since] for each in late
    ]
    desk.store.set_setting(WITHHELD, kept)
    desk.store.set_setting(DISCLOSED, told)


def _told(reading: Reading, name: str) -> Iterator[tuple[Place, int]]:
    told = reading.setting(name)
    for each in told if isinstance(told, list) else ():
        assert isinstance(each, list)
        since = int(str(each[3])) if len(each) > 3 else 0
        yield (EntryId(str(each[0]), int(str(each[1]))), str(each[2])), since


def _names(places: Iterable[Place]) -> str:
    return " ".join(f"{entry.text()}/{field}" for entry, field in sorted(places))
