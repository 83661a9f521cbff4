"""Homes that `lianxin --home` opens, made quickly; and a copy laid down elsewhere as if it had been made there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from random import Random

from lianxin.bootstrap import App, profile_named
from lianxin.office.desk import Desk
from lianxin.office.safekeeping.keeping import note_sheet_kept
from lianxin.office.safekeeping.setting_up import Beginning, set_up
from lianxin.office.sample.making import PASSPHRASE_FILE
from lianxin.store import passphrase as keyring
from lianxin.store.record_store import RecordStore, Surroundings
from lianxin.store.witness import Witness, read_witness, write_witness
from tests.office.township import Clock
from tests.store.light_passphrase import light_passphrases

PASSPHRASE = "qingjiang"
_WITNESS, _ACTOR = "witness", "01"


def make_home(home: Path, beginning: Beginning, clock: Clock, random: Random) -> Desk:
    """A new office whose passphrase lies openly in its folder, as that of every sample."""
    home.mkdir(parents=True)
    (home / PASSPHRASE_FILE).write_text(PASSPHRASE + "\n", "utf-8")
    with light_passphrases():
        key, _ = keyring.create_keyring(home, PASSPHRASE, random=random.randbytes)
    around = Surroundings(clock, random.randbytes, "电脑1", home / _WITNESS)
    store = RecordStore.create(home, key, around, org_code=beginning.code, actor=_ACTOR)
    set_up(store, beginning)
    desk = Desk(store, profile_named(beginning.profile))
    note_sheet_kept(desk)
    return desk


def copy_home(home: Path, to: Path, *, same_computer: bool = True) -> Path:
    """The folder copied. On the `same_computer` the copy goes on under its replica id and is a fork of the other."""
    shutil.copytree(home, to, ignore=shutil.ignore_patterns("*.lock"))
    if same_computer:
        return to
    shutil.rmtree(to / _WITNESS)
    return to


def open_home(home: Path, clock: Clock, *, goes_on: bool = False, seed: int = 1) -> App:
    """The office of a folder, opened with this clock.

    With `goes_on` the folder counts as the place where it was made, though it is a copy; without, a copy begins
    a new replica id when it writes.
    """
    around = Surroundings(clock, Random(f"{seed}{home}").randbytes, "电脑1", home / _WITNESS)
    store = RecordStore.open(home, keyring.unlock(home, PASSPHRASE), around, actor=_ACTOR)
    if goes_on:
        with store.bookkeeping() as connection:
            connection.exec_driver_sql("UPDATE replica_state SET place = ?", (store.place,))
        told = read_witness(around.witness_folder, store.replica)
        if told is not None:
            moved = Witness(told.replica, store.place, told.file_identity, told.counter)
            write_witness(around.witness_folder, moved)
    return App(home, Desk(store, profile_named("national")))


@contextmanager
def opened(home: Path, now: datetime, *, goes_on: bool = True) -> Iterator[Desk]:
    """The desk of a home, its clock standing at this moment."""
    app = open_home(home, Clock(now), goes_on=goes_on)
    try:
        yield app.desk
    finally:
        app.desk.store.close()
