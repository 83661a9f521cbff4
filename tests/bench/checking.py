"""Proving and projecting a ledger of 20,000 records, and half of it: both must grow no faster than the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lianxin.domain.records import Visitor
from lianxin.store.check import check
from lianxin.store.record_store import RecordStore
from tests.bench.table import Measured, timed
from tests.store.desks import contact, new_store

HALF = 10_000
_BATCH = 500


def measure(folder: Path, _quick: bool) -> Iterator[Measured]:
    """Check and project at half and whole size."""
    store = new_store(folder)
    filling = timed(lambda: _fill(store))
    checked, projected = timed(lambda: _sound(store)), timed(store.project_anew)
    yield Measured("write 10,000 records, 500 to a transaction", filling, 20_000)
    _fill(store)
    yield Measured("check 20,000 records", timed(lambda: _sound(store)), 2.6, "check 10,000", checked)
    yield Measured("project 20,000 anew", timed(store.project_anew), 2.6, "project 10,000", projected)
    store.close()


def _sound(store: RecordStore) -> None:
    assert check(store).ok


def _fill(store: RecordStore) -> None:
    for batch in range(HALF // _BATCH):
        with store.writing(reason="测") as door:
            for place in range(_BATCH // 2):
                here, who = door.new_uid(), door.new_uid()
                door.put(contact(here, f"第{batch}批第{place}件，饮水管破损断水四天"))
                door.put(Visitor(uid=who, contact=here, name="单志明", phone="13912342217"))
