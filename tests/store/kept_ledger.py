"""A ledger made once and laid down as often as tests ask: the same bytes, as if made in their new folder.

Making one costs some six hundred statements for its tables, more than most tests do themselves. What making
does is proven by the tests that call `RecordStore.create` (tests/store, tests/cli, tests/county).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Self
from unittest.mock import patch

from lianxin.domain.streams import replica_id
from lianxin.store.database import DATABASE_NAME, connect_keyed
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.record_store import RecordStore, Surroundings
from lianxin.store.witness import Witness, read_witness, write_witness


@dataclass(frozen=True)
class KeptLedger:
    """All files of a home folder when its ledger was closed, and where its randomness had come to."""

    key: DatabaseKey
    files: Mapping[Path, bytes]
    witness: Witness
    actor: str
    random: Random

    @classmethod
    def of(cls, store: RecordStore, around: Surroundings, random: Random, *, actor: str) -> Self:
        """Closes a ledger and keeps it. `random` is what `around` draws from."""
        witness = read_witness(around.witness_folder, store.replica)
        assert witness is not None, "nobody wrote into this ledger"
        store.close()
        files = {
            path.relative_to(store.home): path.read_bytes()
            for path in store.home.rglob("*")
            if path.is_file()
        }
        return cls(store.key, files, witness, actor, random)

    def lay_down(self, home: Path, around: Surroundings, random: Random) -> RecordStore:
        """The ledger opened in another, empty folder; it is no copy there: the same replica goes on."""
        random.setstate(self.random.getstate())
        return self._laid_down(home, around, self.witness)

    def lay_down_as(self, org_code: str, home: Path, around: Surroundings) -> RecordStore:
        """The ledger of another office, as if it had been made there; for one in which nothing is written yet."""
        replica = replica_id(org_code, around.randomness(6))
        return self._laid_down(home, around, replace(self.witness, replica=replica))

    def write(self, home: Path) -> None:
        """Only the files, with nothing opened."""
        for path, held in self.files.items():
            (home / path).parent.mkdir(parents=True, exist_ok=True)
            (home / path).write_bytes(held)

    def _laid_down(self, home: Path, around: Surroundings, witness: Witness) -> RecordStore:
        self.write(home)
        store = RecordStore.open(home, self.key, around, actor=self.actor)
        with store.bookkeeping() as connection:
            connection.exec_driver_sql(
                "UPDATE replica_state SET replica = ?, place = ?", (witness.replica, store.place)
            )
        write_witness(around.witness_folder, replace(witness, place=store.place))
        return store


def new_ledger(home: Path, around: Surroundings, *, org_code: str) -> RecordStore:
    """What `RecordStore.create` makes for actor 01, but quicker; all of a run open with one key."""
    return _blank().lay_down_as(org_code, home, around)


@contextmanager
def quick_ledgers() -> Iterator[None]:
    """Whoever makes a ledger meanwhile gets the blank one, under the key and for the office it asks for."""
    with patch.object(RecordStore, "create", staticmethod(_quickly)):
        yield


_CREATE = RecordStore.create


def _quickly(home: Path, key: DatabaseKey, around: Surroundings, *, org_code: str, actor: str) -> RecordStore:
    if (home / DATABASE_NAME).exists():
        return _CREATE(home, key, around, org_code=org_code, actor=actor)
    blank = _blank()
    blank.write(home)
    raw = connect_keyed(home / DATABASE_NAME, blank.key)
    raw.execute(f"PRAGMA rekey = \"x'{key.raw.hex()}'\"")
    raw.close()
    return replace(blank, key=key, files={}, actor=actor).lay_down_as(org_code, home, around)


@cache
def _blank() -> KeptLedger:
    """A ledger in which nothing is written; made once a run."""
    with TemporaryDirectory() as name:
        folder, random = Path(name), Random(0)
        key = DatabaseKey(random.randbytes(32))
        clock = datetime(2021, 12, 28, tzinfo=UTC)
        around = Surroundings(lambda: clock, random.randbytes, "", folder / "witness")
        store = _CREATE(folder / "home", key, around, org_code="000000", actor="01")
        return KeptLedger.of(store, around, random, actor="01")
