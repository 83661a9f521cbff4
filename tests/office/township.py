"""A township office for tests: real ledger, a clock that tests set, six deputies, two villages, two units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from lianxin.domain.records import HandlingUnit, Mandate, Person, Region, Station
from lianxin.domain.rules import load_profile
from lianxin.installed import resource_dir
from lianxin.office.desk import Desk
from lianxin.office.safekeeping.setting_up import Beginning, set_up
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.reading import Condition
from lianxin.store.record_store import RecordStore, Surroundings
from tests.store.kept_ledger import KeptLedger

TZ = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=TZ)
BEGINNING = Beginning(
    role="township", code="439901102", name="清江县石牌镇人民代表大会主席团", station="石牌镇代表联络站"
)
DEPUTIES = (
    ("周桂兰", "county"), ("龙志明", "township"), ("向光明", "township"), ("单大贵", "township"),
    ("彭世荣", "county"), ("覃春生", "township"),
)  # fmt: skip


class Clock:
    """Stands still until a test sets it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def at(self, day: date, hour: int = 9, minute: int = 0) -> None:
        """Set day and hour."""
        self.now = datetime(day.year, day.month, day.day, hour, minute, tzinfo=TZ)


@dataclass
class Township:
    """The desk with what its tests refer to by name."""

    desk: Desk
    clock: Clock
    folder: Path
    station: str

    def uid(self, cls: type[Region] | type[HandlingUnit] | type[Person], name: str) -> str:
        """The uid of the record called so."""
        with self.desk.store.reading() as reading:
            (found,) = reading.all(cls, Condition("name", "=", name))
        return found.uid


def new_township(folder: Path) -> Township:
    """Set up on Friday, 20 November 2026, 9 o'clock."""
    return _laid_down(folder, _kept(), NOW)


def filled_township(folder: Path, fill: Callable[[Township], None]) -> Township:
    """The same after `fill` has worked on it, which it does once a run; the clock stands where it left it."""
    kept, now = _filled(fill)
    return _laid_down(folder, kept, now)


@cache
def _filled(fill: Callable[[Township], None]) -> tuple[KeptLedger, datetime]:
    with TemporaryDirectory() as name:
        folder, random = Path(name), Random(7)
        town = _laid_down(folder, _kept(), NOW, random)
        fill(town)
        around = _around(folder, town.clock, random)
        return KeptLedger.of(town.desk.store, around, random, actor="01"), town.clock.now


def _laid_down(folder: Path, kept: KeptLedger, now: datetime, random: Random | None = None) -> Township:
    clock, random = Clock(now), random or Random()
    store = kept.lay_down(folder / "home", _around(folder, clock, random), random)
    profile = load_profile((resource_dir() / "profiles" / "national.json").read_text("utf-8"))
    with store.reading() as reading:
        (station,) = reading.all(Station)
    return Township(Desk(store, profile), clock, folder, station.uid)


def _around(folder: Path, clock: Clock, random: Random) -> Surroundings:
    return Surroundings(clock, random.randbytes, "甲", folder / "witness")


@cache
def _kept() -> KeptLedger:
    """The township just set up, with its people, villages and units; made once a run."""
    with TemporaryDirectory() as name:
        folder, random = Path(name), Random(7)
        around = _around(folder, Clock(NOW), random)
        key = DatabaseKey(bytes(range(32)))
        store = RecordStore.create(folder / "home", key, around, org_code="439901102", actor="01")
        set_up(store, BEGINNING)
        _fill(store)
        return KeptLedger.of(store, around, random, actor="01")


def _fill(store: RecordStore) -> None:
    with store.writing(reason="花名册") as writing:
        for name, level in DEPUTIES:
            person = Person(uid=writing.new_uid(), name=name)
            writing.put(person)
            writing.put(Mandate(uid=writing.new_uid(), person=person.uid, level=level))
        for village in ("长坪村", "卧龙村"):
            writing.put(Region(uid=writing.new_uid(), name=village))
        for unit in ("镇水务站", "镇规建站"):
            writing.put(HandlingUnit(uid=writing.new_uid(), name=unit))
