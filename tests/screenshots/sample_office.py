"""A sample office that stands still: made once in a folder, always seen on the same day."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random

from lianxin.bootstrap import App, begin_sample, profile_named
from lianxin.office.desk import Desk, office_of
from lianxin.office.sample import import_samples, sample_passphrase
from lianxin.store import passphrase as keyring
from lianxin.store.record_store import RecordStore, Surroundings

NOW = datetime(2025, 12, 23, 10, 52, tzinfo=timezone(timedelta(hours=8)))
"""The samples end in December 2025."""


def still(folder: Path) -> Surroundings:
    """A computer whose clock stands."""
    return Surroundings(lambda: NOW, Random(7).randbytes, "截图", folder / "witness")


def opened(home: Path) -> App:
    """The sample office of a folder on that day; made with the sample ledgers when it is not there yet."""
    if not (home / "key.json").exists():
        app = begin_sample(home)
        app.close()
        app = seen_still(home)
        for _ in import_samples(app.desk):
            pass
        return app
    return seen_still(home)


def seen_still(home: Path) -> App:
    """An office of a folder as it is on that day."""
    key = keyring.unlock(home, sample_passphrase(home) or "")
    store = RecordStore.open(home, key, still(home), actor="01")
    with store.reading() as reading:
        profile = profile_named(office_of(reading).profile)
    return App(home, Desk(store, profile))
