"""A ledger made once and laid down as often as tests ask: the same bytes, as if made in their new folder.

Making one costs some six hundred statements for its tables, more than most tests do themselves. What making
does is proven by the tests that call `RecordStore.create` (tests/store, tests/cli, tests/county).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Self

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
        for path, held in self.files.items():
            (home / path).parent.mkdir(parents=True, exist_ok=True)
            (home / path).write_bytes(held)
        random.setstate(self.random.getstate())
        store = RecordStore.open(home, self.key, around, actor=self.actor)
        with store.bookkeeping() as connection:
            connection.exec_driver_sql("UPDATE replica_state SET place = ?", (store.place,))
        write_witness(around.witness_folder, replace(self.witness, place=store.place))
        return store
