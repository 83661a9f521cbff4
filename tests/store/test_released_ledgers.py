"""A ledger of an earlier program opens in this one: brought to the new shape, with nothing lost, and written on."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypedDict

import pytest

from lianxin.domain.dictionary import Wire, kind_named
from lianxin.domain.records import Contact, Visitor
from lianxin.store.check import check
from lianxin.store.database import DATABASE_NAME, connect_keyed, revision_of
from lianxin.store.record_store import RecordStore
from lianxin.store.schema import HEAD, REVISIONS
from tests.store.fixtures.released import ERASED, FOUND, HERE, KEY, around, contents


class KeptTable(TypedDict):
    """What a table held."""

    name: str
    columns: list[str]
    rows: int
    sha256: str


class Held(TypedDict):
    """What the earlier program found in its ledger."""

    content_hash: str
    records: dict[str, dict[str, dict[str, Wire]]]
    hits: dict[str, list[list[str]]]
    tables: list[KeptTable]


@dataclass(frozen=True)
class Released:
    """A ledger of an earlier program in a data folder of its own."""

    revision: str
    folder: Path
    held: Held

    @property
    def path(self) -> Path:
        """The database."""
        return self.folder / "home" / DATABASE_NAME

    def opened(self) -> RecordStore:
        """Opened by this program."""
        return RecordStore.open(self.folder / "home", KEY, around(self.folder, seed=12), actor="01")


@pytest.fixture(params=sorted(each.stem.removeprefix("ledger-") for each in HERE.glob("ledger-*.db")))
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Released:
    """Every ledger that an earlier program left."""
    revision = str(request.param)
    (tmp_path / "home").mkdir()
    shutil.copyfile(HERE / f"ledger-{revision}.db", tmp_path / "home" / DATABASE_NAME)
    held: Held = json.loads((HERE / f"ledger-{revision}.json").read_text("utf-8"))
    return Released(revision, tmp_path, held)


def test_there_is_a_ledger_of_every_shape() -> None:
    found = {each.stem.removeprefix("ledger-") for each in HERE.glob("ledger-*.db")}
    assert found == set(REVISIONS)


def test_the_newest_holds_records_of_nearly_every_kind() -> None:
    held: Held = json.loads((HERE / f"ledger-{HEAD}.json").read_text("utf-8"))
    # Lacking are those that stand on a file beside the ledger, and what only a county writes.
    assert len(held["records"]) > 60


def test_it_stands_in_the_new_shape_and_holds_every_row(released: Released) -> None:
    released.opened().close()
    raw = connect_keyed(released.path, KEY)
    assert revision_of(raw) == HEAD
    raw.close()
    told = released.held["tables"]
    # How the record tables are made is this program's own affair; they are made anew from the journal.
    told = [each for each in told if each["name"] != "dictionary_shape"]
    wanted = {each["name"]: (each["rows"], each["sha256"]) for each in told}
    assert wanted["entry"][0] >= 40 and wanted["value"][0] >= 12
    assert contents(released.path, [(each["name"], each["columns"]) for each in told]) == wanted
    if released.revision == HEAD:
        return
    # The file as it was stays beside.
    kept = released.path.with_name(f"{DATABASE_NAME}.before-{released.revision}")
    assert kept.read_bytes() == (HERE / f"ledger-{released.revision}.db").read_bytes()


def test_every_record_is_read_as_before_and_the_ledger_is_sound(released: Released) -> None:
    store = released.opened()
    with store.reading() as reading:
        for kind, records in released.held["records"].items():
            cls = kind_named(kind)
            found = {record.uid: record.packed() for record in reading.all(cls)}
            assert found.keys() == records.keys(), kind
            for uid, fields in records.items():
                assert fields.items() <= found[uid].items(), kind
        hits = {
            words: [[hit.kind, hit.uid] for hit in reading.search(words)] for words in released.held["hits"]
        }
        draft = reading.draft("contact", "new")
    assert {words: sorted(each) for words, each in hits.items()} == {
        words: sorted(each) for words, each in released.held["hits"].items()
    }
    assert hits[ERASED] == [] and hits["danzhiming"]
    assert draft is not None and draft.payload == {"words": "写到一半"}
    sound = check(store)
    assert sound.problems == ()
    assert sound.content_hash == released.held["content_hash"]
    store.close()


def test_it_is_written_on(released: Released) -> None:
    store = released.opened()
    with store.writing(reason="登记") as writing:
        contact = Contact(uid=writing.new_uid(), channel="visit", day=date(2026, 11, 21), words="路灯又坏了")
        writing.put(contact)
        writing.put(Visitor(uid=writing.new_uid(), contact=contact.uid, name=FOUND))
    with store.reading() as reading:
        assert {hit.kind for hit in reading.search("danzhiming")} == {"visitor"}
        assert len(reading.search("danzhiming")) == 2
        streams = reading.counters()
    before = next(each["rows"] for each in released.held["tables"] if each["name"] == "entry")
    # Another folder than the one it was made in: a copy goes on under a replica id of its own.
    assert sum(streams.values()) == before + 2 and len({each.partition("/")[0] for each in streams}) == 2
    assert check(store).problems == ()
    store.close()
    released.opened().close()
