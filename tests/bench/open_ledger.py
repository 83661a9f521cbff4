"""Opening the big ledger by its key, as the program does once the passphrase gave it: imports what that needs only."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random

from lianxin.bootstrap import App, profile_named
from lianxin.office.desk import Desk
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.record_store import RecordStore, Surroundings

NOW = datetime(2026, 11, 2, 9, tzinfo=timezone(timedelta(hours=8)))
KEY = DatabaseKey(bytes(range(32)))


def around(folder: Path) -> Surroundings:
    """A computer whose clock stands."""
    return Surroundings(lambda: NOW, Random(NOW.toordinal()).randbytes, "测", folder / "witness")


def open_big(folder: Path) -> App:
    """The office in `folder/home`."""
    store = RecordStore.open(folder / "home", KEY, around(folder), actor="01")
    return App(folder / "home", Desk(store, profile_named("national")))
