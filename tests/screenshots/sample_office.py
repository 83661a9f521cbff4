"""A sample office that stands still: made once in a folder, always seen on the same day."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random

from lianxin.bootstrap import App, profile_named
from lianxin.office.desk import Desk, office_of
from lianxin.office.safekeeping.keeping import note_sheet_kept
from lianxin.office.safekeeping.setting_up import set_up
from lianxin.office.sample.making import PASSPHRASE_FILE, SAMPLE_OFFICE, import_samples, sample_passphrase
from lianxin.store import passphrase as keyring
from lianxin.store.record_store import RecordStore, Surroundings

NOW = datetime(2025, 12, 23, 10, 52, tzinfo=timezone(timedelta(hours=8)))
"""The samples end in December 2025."""


def still(folder: Path, *, seed: int = 7) -> Surroundings:
    """A computer whose clock stands; another seed for another start, or its ids would come again."""
    return Surroundings(lambda: NOW, Random(seed).randbytes, "截图", folder / "witness")


def opened(home: Path) -> App:
    """The sample office of a folder on that day; made with the sample ledgers when it is not there yet."""
    if not (home / "key.json").exists():
        app = _begun(home)
        for _ in import_samples(app.desk):
            pass
        return app
    return seen_still(home)


def _begun(home: Path) -> App:
    """Set up on that very computer: an office from elsewhere would tell that its numbers jump."""
    home.mkdir(parents=True, exist_ok=True)
    (home / PASSPHRASE_FILE).write_text("示例\n", "utf-8")
    around = still(home)
    key, _ = keyring.create_keyring(home, "示例", random=around.randomness)
    store = RecordStore.create(home, key, around, org_code=SAMPLE_OFFICE.code, actor="01")
    set_up(store, SAMPLE_OFFICE)
    desk = Desk(store, profile_named(SAMPLE_OFFICE.profile))
    note_sheet_kept(desk)
    return App(home, desk)


def seen_still(home: Path) -> App:
    """An office of a folder as it is on that day."""
    key = keyring.unlock(home, sample_passphrase(home) or "")
    store = RecordStore.open(home, key, still(home, seed=8), actor="01")
    with store.reading() as reading:
        profile = profile_named(office_of(reading).profile)
    return App(home, Desk(store, profile))
