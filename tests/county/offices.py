"""A county and its townships for tests: real ledgers and keys, one clock for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from lianxin.county.certificates.root_key import make_county_keys
from lianxin.county.enrolment.enrolling import Issued, issue_certificate
from lianxin.domain.records import Enrolment
from lianxin.domain.rules import load_profile
from lianxin.installed import resource_dir
from lianxin.keys.certificates import read_certificate
from lianxin.keys.revocation import read_list
from lianxin.office.desk import Desk
from lianxin.office.enrolment.enrolling import Accepted, accept_answer, request_enrolment
from lianxin.office.enrolment.files import EnrolmentRefused
from lianxin.office.safekeeping.setting_up import Beginning, set_up
from lianxin.office.trust.trusting import county_trust_in, enrolments
from lianxin.store.record_store import RecordStore, Surroundings
from tests.keys.light_key_files import few_rounds
from tests.office.township import TZ, Clock
from tests.store.kept_ledger import KeptLedger, new_ledger

COUNTY, COUNTY_NAME = "439901", "清江县人大常委会"
TOWN, TOWN_NAME = "439901102", "清江县石牌镇人大主席团"
OTHER, OTHER_NAME = "439901103", "清江县响水乡人大主席团"
NAMES = {COUNTY: COUNTY_NAME, TOWN: TOWN_NAME, OTHER: OTHER_NAME}
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=TZ)


@dataclass
class Offices:
    """A county and two townships that have nothing to do with each other yet."""

    county: Desk
    town: Desk
    other: Desk
    clock: Clock
    folder: Path

    def request(self, town: Desk, *, new_key: bool = False) -> Path:
        """A township's request."""
        return request_enrolment(town, to=self.folder / "requests", new_key=new_key).path

    def issue(self, town: Desk, *, new_key: bool = False) -> Issued:
        """Request and answer."""
        file = self.request(town, new_key=new_key)
        return issue_certificate(self.county, file=file, to=self.folder / "answers")

    def enrol(self, town: Desk, *, new_key: bool = False) -> Accepted:
        """Request, answer, and the answer taken in."""
        return accept_answer(town, file=self.issue(town, new_key=new_key).file.path)


@dataclass(frozen=True)
class Computer:
    """One of an office, with a data folder of its own; `number` tells those of one office apart."""

    folder: Path
    clock: Clock
    code: str
    number: int = 1
    random: Random = field(default_factory=Random)

    @property
    def home(self) -> Path:
        return self.folder / f"{self.code}-{self.number}"

    def make(self, name: str) -> Desk:
        """The office set up here."""
        self.random.seed(f"{self.code}-{self.number}")
        store = new_ledger(self.home, self.around(), org_code=self.code)
        role = "county" if len(self.code) == 6 else "township"
        set_up(store, Beginning(role=role, code=self.code, name=name))
        return _desk(store)

    def keep(self, desk: Desk) -> KeptLedger:
        """Closes the office and keeps it as it is."""
        return KeptLedger.of(desk.store, self.around(), self.random, actor="01")

    def lay_down(self, kept: KeptLedger) -> Desk:
        """The office that was kept, in this folder."""
        return _desk(kept.lay_down(self.home, self.around(), self.random))

    def around(self) -> Surroundings:
        """What it gives the store."""
        return Surroundings(self.clock, self.random.randbytes, f"电脑{self.number}", self.home / "witness")


def _desk(store: RecordStore) -> Desk:
    profile = load_profile((resource_dir() / "profiles" / "national.json").read_text("utf-8"))
    return Desk(store, profile)


def new_desk(folder: Path, clock: Clock, code: str, name: str, *, number: int = 1) -> Desk:
    """An office of its own data folder; `number` tells the computers of one office apart."""
    return Computer(folder, clock, code, number).lay_down(_kept_desk(clock.now, code, name, number))


@cache
def _kept_desk(now: datetime, code: str, name: str, number: int) -> KeptLedger:
    with TemporaryDirectory() as folder:
        computer = Computer(Path(folder), Clock(now), code, number)
        return computer.keep(computer.make(name))


@contextmanager
def offices_in(folder: Path, *, enrolled: bool = False) -> Iterator[Offices]:
    """County and townships on 20 November 2026; the county has its keys."""
    with laid_down(_kept_offices(enrolled), folder) as (offices, _):
        yield offices


@cache
def _kept_offices(enrolled: bool) -> Mapping[str, KeptLedger]:
    """All three, by code; made once a run."""
    with made_offices(NAMES) as made:
        if enrolled:
            made.offices.enrol(made.offices.town)
            made.offices.enrol(made.offices.other)
        return made.keep()


@dataclass(frozen=True)
class MadeOffices:
    """Offices that were set up in this moment, with their computers, by code."""

    offices: Offices
    desks: Mapping[str, Desk]
    computers: Mapping[str, Computer]

    def keep(self) -> Mapping[str, KeptLedger]:
        """Closes all of them and keeps them as they are."""
        return {code: computer.keep(self.desks[code]) for code, computer in self.computers.items()}


@contextmanager
def made_offices(names: Mapping[str, str]) -> Iterator[MadeOffices]:
    """Offices by code, set up in a folder of their own; the county has its keys, nobody is enrolled."""
    clock = Clock(NOW)
    with TemporaryDirectory() as name, few_rounds():
        folder = Path(name)
        computers = {code: Computer(folder, clock, code) for code in names}
        desks = {code: computer.make(names[code]) for code, computer in computers.items()}
        make_county_keys(desks[COUNTY])
        yield MadeOffices(_offices(desks, clock, folder), desks, computers)


@contextmanager
def laid_down(kept: Mapping[str, KeptLedger], folder: Path) -> Iterator[tuple[Offices, Mapping[str, Desk]]]:
    """Offices that were kept, in this folder, also by code."""
    clock = Clock(NOW)
    with ExitStack() as stack:
        stack.enter_context(few_rounds())
        desks = {code: Computer(folder, clock, code).lay_down(each) for code, each in kept.items()}
        for desk in desks.values():
            stack.callback(desk.store.close)
        yield _offices(desks, clock, folder), desks


def _offices(desks: Mapping[str, Desk], clock: Clock, folder: Path) -> Offices:
    return Offices(desks[COUNTY], desks[TOWN], desks[OTHER], clock, folder)


def records_of(desk: Desk) -> list[Enrolment]:
    with desk.store.reading() as reading:
        return enrolments(reading)


def listed(offices: Offices) -> Mapping[int, datetime]:
    """What the county's newest list names."""
    with offices.county.store.reading() as reading:
        held = county_trust_in(reading)
    assert held is not None
    return read_list(held.crl, read_certificate(held.root_pem)).revoked


def refusal(offices: Offices, act: Callable[[], object]) -> EnrolmentRefused:
    """The refusal of a step that must leave register and list as they were."""
    before, list_before = records_of(offices.county), listed(offices)
    with pytest.raises(EnrolmentRefused) as raised:
        act()
    assert (records_of(offices.county), listed(offices)) == (before, list_before)
    return raised.value


def answer(offices: Offices, file: Path) -> Issued:
    return issue_certificate(offices.county, file=file, to=offices.folder / "answers")
