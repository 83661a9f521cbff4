"""Encrypted ledgers for tests: real files, a clock that only goes forward, randomness that repeats."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from random import Random

from lianxin.domain.records import Contact, Visitor
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.record_store import RecordStore, Surroundings

KEY = DatabaseKey(bytes(range(32)))
ORG = "439901102"
DAY = date(2026, 11, 2)
WORDS = "长坪村三组饮水管破损，26户断水4天"


def ticking(
    start: datetime = datetime(2026, 11, 2, 9, tzinfo=timezone(timedelta(hours=8))),
) -> Callable[[], datetime]:
    """A clock that is a second later each time it is read."""
    seconds = 0

    def now() -> datetime:
        nonlocal seconds
        seconds += 1
        return start + timedelta(seconds=seconds)

    return now


def around(folder: Path, *, seed: int = 1, machine: str = "甲") -> Surroundings:
    """What a computer gives the store: here all of it repeatable, the witness under `folder`."""
    return Surroundings(ticking(), Random(seed).randbytes, machine, folder / "witness")


def new_store(folder: Path, *, seed: int = 1, machine: str = "甲") -> RecordStore:
    """A fresh ledger in `folder/home`."""
    surroundings = around(folder, seed=seed, machine=machine)
    return RecordStore.create(folder / "home", KEY, surroundings, org_code=ORG, actor="a1")


def reopened(folder: Path, *, home: str = "home", seed: int = 2, machine: str = "甲") -> RecordStore:
    """The ledger in `folder/home` opened anew, as after a restart of the program."""
    return RecordStore.open(folder / home, KEY, around(folder, seed=seed, machine=machine), actor="a1")


def contact(uid: str, words: str = WORDS, **more: str) -> Contact:
    """A contact with little in it."""
    return Contact(uid=uid, channel="visit", day=DAY, words=words, number=more.get("number"))


def visit(store: RecordStore, words: str = WORDS, name: str = "单志明") -> tuple[str, str]:
    """One visit: a contact and its visitor in one transaction; their uids."""
    with store.writing(reason="登记") as door:
        here, who = door.new_uid(), door.new_uid()
        door.put(contact(here, words))
        door.put(Visitor(uid=who, contact=here, name=name, phone="13912342217"))
    return here, who
