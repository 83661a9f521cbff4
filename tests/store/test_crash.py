"""Killed at any moment: what was acknowledged is there, nothing is half there, and the chain holds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

from lianxin.domain.records import Contact, Visitor
from lianxin.store.check import check, file_damage
from lianxin.store.record_store import RecordStore
from tests.house.measures import ROOT
from tests.store.desks import new_store, reopened

KILLS = 8
WRITES = 200


def killed_after(folder: Path, acknowledged: int, seed: int) -> list[tuple[str, str]]:
    """Lets a child save, kills it once so many visits were acknowledged; all that it said until then."""
    command = [sys.executable, "-m", "tests.store.writing_child", str(folder), str(seed)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    said: list[str] = []
    for line in child.stdout:
        said.append(line)
        if len(said) == acknowledged:
            break
    child.kill()
    # The pipe may hold more that was acknowledged before the blow; a last line without its end was not said.
    said += child.stdout.readlines()
    child.stdout.close()
    assert child.wait() != 0, "the child ended by itself"
    return [(one, other) for one, other in (line.split() for line in said if line.endswith("\n"))]


def whole(store: RecordStore) -> dict[str, str]:
    """contact → visitor of every visit in the ledger; fails on a visit of which one half is missing."""
    with store.reading() as now:
        visitors = {visitor.contact: visitor.uid for visitor in now.all(Visitor)}
        contacts = {contact.uid for contact in now.all(Contact)}
    assert visitors.keys() == contacts
    return visitors


def test_whatever_was_acknowledged_before_a_kill_is_there_afterwards(tmp_path: Path) -> None:
    random = Random(20261102)
    new_store(tmp_path).close()
    known: dict[str, str] = {}
    for seed in range(KILLS):
        known |= killed_after(tmp_path, random.randint(1, 2 * WRITES // KILLS), seed + 10)
        store = reopened(tmp_path, seed=seed + 100)
        here = whole(store)
        # At most the visit that was being acknowledged is there without our having heard of it.
        assert known.items() <= here.items() and len(here) <= len(known) + 1
        known = here
        assert check(store).problems == ()
        assert file_damage(store) is None
        store.close()
    assert len(known) > WRITES / 3


def test_after_a_kill_the_same_replica_goes_on_without_a_gap(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    replica = store.replica
    store.close()
    for seed in (11, 12):
        killed_after(tmp_path, 3, seed)
    store = reopened(tmp_path)
    with store.reading() as now:
        streams = now.connection.exec_driver_sql("SELECT DISTINCT replica FROM entry").scalars().all()
        counters = (
            now.connection.exec_driver_sql("SELECT counter FROM entry ORDER BY counter").scalars().all()
        )
    assert streams == [replica]
    assert counters == list(range(1, len(counters) + 1))
    store.close()
