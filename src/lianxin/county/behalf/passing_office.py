"""A passing office of its own in which a township's table is read, so that no name meets another township's.

Names of villages, stations and deputies are looked up by the importer; in the merged ledger of a county they would
be found at whichever township has one of that name. What is read there is matched afterwards with what was read on
behalf of the township before (docs/adr/0024).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from lianxin.domain.dictionary import Record, Wire, kinds
from lianxin.domain.on_behalf import Key
from lianxin.domain.records import Office, Term
from lianxin.office.desk import Desk
from lianxin.office.receiving.arriving import SCRATCH
from lianxin.office.safekeeping.setting_up import Beginning, set_up
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.record_store import RecordStore, Surroundings

KNOWN_KINDS = ("region", "station", "district", "unit", "term", "person", "mandate", "group", "group-member")
"""What later tables of a township name again: read anew, it is the same."""
_FOLDER = "behalf"
_MACHINE = "behalf"


@dataclass(frozen=True)
class ReadRecord:
    """One record as it was read, its values packed; `refs` are the fields that point at other records read."""

    key: Key
    cls: type[Record]
    values: Mapping[str, Wire]
    refs: Mapping[str, Key]


@contextmanager
def passing_office(desk: Desk, code: str, name: str, known: Iterable[Record]) -> Iterator[Desk]:
    """An empty office of this township with what is known of it; it is gone afterwards, with its key.

    Nobody else may be receiving meanwhile (`receive.alone`).
    """
    folder = desk.store.home / SCRATCH / _FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    around = Surroundings(desk.store.now, desk.store.random, _MACHINE, folder / "witness")
    try:
        folder.mkdir(parents=True)
        key = DatabaseKey(desk.store.random(32))
        store = RecordStore.create(folder, key, around, org_code=code, actor="00")
        try:
            set_up(store, Beginning(role="township", code=code, name=name))
            with store.writing(reason="代录") as writing:
                for record in known:
                    writing.put(record)
            yield Desk(store, desk.profile)
        finally:
            store.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def read_records(
    office: Desk,
    *,
    known: Mapping[Key, Record],
    named: Iterable[str],
    cells: frozenset[str] = frozenset(),
    without: frozenset[str] = frozenset(),
) -> list[ReadRecord]:
    """What was read in a passing office, what it points at first: new records, changed ones, and those in `named`.

    `known` is what was laid in before, `cells` every text of the table: a number that is not among them was only
    given by the passing office and is left out. Kinds in `without` stand in tables of their own; the office itself
    is never among the records.
    """
    with office.store.reading() as reading:
        all_here = {(cls.KIND, each.uid): each for cls in kinds() for each in reading.all(cls)}
    asked = set(named)
    fresh = [
        key
        for key, record in all_here.items()
        if not isinstance(record, Office | Term)
        and key[0] not in without
        and (key[1] in asked or key not in known or known[key].packed() != record.packed())
    ]
    return list(_with_what_they_name(fresh, all_here, cells, without | {Office.KIND}))


def _with_what_they_name(
    fresh: Iterable[Key], all_here: Mapping[Key, Record], cells: frozenset[str], without: frozenset[str]
) -> Iterator[ReadRecord]:
    done: set[Key] = set()

    def walk(key: Key) -> Iterator[ReadRecord]:
        if key in done:
            return
        done.add(key)
        record = all_here[key]
        values, refs = _unnumbered(record, cells), {}
        for spec in record.specs():
            told = values.get(spec.wire)
            if not (spec.kind.refers or spec.kind.name == "owner") or not isinstance(told, str):
                continue
            target = _target(spec.kind.refers, told, all_here)
            if target is None or target[0] in without:
                values[spec.wire] = None
            else:
                refs[spec.wire] = target
                yield from walk(target)
        yield ReadRecord(key, type(record), values, refs)

    for key in fresh:
        yield from walk(key)


def _target(kind: str, uid: str, all_here: Mapping[Key, Record]) -> Key | None:
    if kind:
        return (kind, uid) if (kind, uid) in all_here else None
    return next((key for key in all_here if key[1] == uid), None)


def _unnumbered(record: Record, cells: frozenset[str]) -> dict[str, Wire]:
    values = dict(record.packed())
    if record.NUMBERED and values.get("number") not in cells:
        values["number"] = None
    return values
