"""A county and its townships for tests: real ledgers and keys, one clock for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest

from lianxin.county.enrolling import Issued, issue_certificate
from lianxin.county.root_key import make_county_keys
from lianxin.domain.records import Enrolment
from lianxin.domain.rules import load_profile
from lianxin.installed import resource_dir
from lianxin.keys import keyfile
from lianxin.keys.certificates import read_certificate
from lianxin.keys.revocation import read_list
from lianxin.office.desk import Desk
from lianxin.office.enrolling import Accepted, accept_answer, request_enrolment
from lianxin.office.enrolment_files import EnrolmentRefused
from lianxin.office.setting_up import Beginning, set_up
from lianxin.office.trusting import county_trust_in, enrolments
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.record_store import RecordStore, Surroundings
from tests.office.township import TZ, Clock

COUNTY, COUNTY_NAME = "439901", "清江县人大常委会"
FEW_ROUNDS = 2_000
TOWN, TOWN_NAME = "439901102", "清江县石牌镇人大主席团"
OTHER, OTHER_NAME = "439901103", "清江县响水乡人大主席团"


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


def new_desk(folder: Path, clock: Clock, code: str, name: str, *, number: int = 1) -> Desk:
    """An office of its own data folder; `number` tells the computers of one office apart."""
    home = folder / f"{code}-{number}"
    around = Surroundings(clock, Random(f"{code}-{number}").randbytes, f"电脑{number}", home / "witness")
    key = DatabaseKey(Random(code).randbytes(32))
    store = RecordStore.create(home, key, around, org_code=code, actor="01")
    set_up(store, Beginning(role="county" if len(code) == 6 else "township", code=code, name=name))
    profile = load_profile((resource_dir() / "profiles" / "national.json").read_text("utf-8"))
    return Desk(store, profile)


@contextmanager
def offices_in(folder: Path) -> Iterator[Offices]:
    """County and townships on 20 November 2026; the county has its keys."""
    clock = Clock(datetime(2026, 11, 20, 9, 0, tzinfo=TZ))
    with ExitStack() as stack:
        # How hard a key file is to guess is proven in tests/keys; here it would only take minutes.
        stack.enter_context(patch.object(keyfile, "ROUNDS", FEW_ROUNDS))

        def desk(code: str, name: str) -> Desk:
            made = new_desk(folder, clock, code, name)
            stack.callback(made.store.close)
            return made

        county = desk(COUNTY, COUNTY_NAME)
        make_county_keys(county)
        yield Offices(county, desk(TOWN, TOWN_NAME), desk(OTHER, OTHER_NAME), clock, folder)


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
