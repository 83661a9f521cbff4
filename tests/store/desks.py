"""Encrypted ledgers for tests: real files, a clock that only goes forward, randomness that repeats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from lianxin.domain.dictionary import SCHEMA, Wire
from lianxin.domain.journal import Entry, EntryId, Op, Write
from lianxin.domain.records import Contact, Visitor
from lianxin.domain.streams import Tip, next_lamport, stream_of
from lianxin.domain.values import Kept, commitment_to
from lianxin.store import journal_log
from lianxin.store.database import immediate
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.record_store import Progress, RecordStore, Surroundings
from tests.store.kept_ledger import KeptLedger

KEY = DatabaseKey(bytes(range(32)))
ORG = "439901102"
DAY = date(2026, 11, 2)
WORDS = "长坪村三组饮水管破损，26户断水4天"


def ticking(
    start: datetime = datetime(2026, 11, 2, 9, tzinfo=timezone(timedelta(hours=8))),
) -> Callable[[], datetime]:
    """A clock that is a second later each time it is read."""
    seconds = 0

    def now() -> datetime:
        nonlocal seconds
        seconds += 1
        return start + timedelta(seconds=seconds)

    return now


def around(folder: Path, *, seed: int = 1, machine: str = "甲") -> Surroundings:
    """What a computer gives the store: here all of it repeatable, the witness under `folder`."""
    return Surroundings(ticking(), Random(seed).randbytes, machine, folder / "witness")


def new_store(folder: Path, *, seed: int = 1, machine: str = "甲") -> RecordStore:
    """A fresh ledger in `folder/home`."""
    random = Random()
    surroundings = Surroundings(ticking(), random.randbytes, machine, folder / "witness")
    return _kept(seed).lay_down(folder / "home", surroundings, random)


@cache
def _kept(seed: int) -> KeptLedger:
    """A ledger of that randomness with nothing in it; made once a run."""
    with TemporaryDirectory() as name:
        folder, random = Path(name), Random(seed)
        surroundings = Surroundings(ticking(), random.randbytes, "甲", folder / "witness")
        store = RecordStore.create(folder / "home", KEY, surroundings, org_code=ORG, actor="a1")
        return KeptLedger.of(store, surroundings, random, actor="a1")


def reopened(
    folder: Path,
    *,
    home: str = "home",
    seed: int = 2,
    machine: str = "甲",
    progress: Progress = lambda done, total: None,
) -> RecordStore:
    """The ledger in `folder/home` opened anew, as after a restart of the program."""
    surroundings = around(folder, seed=seed, machine=machine)
    return RecordStore.open(folder / home, KEY, surroundings, actor="a1", progress=progress)


def contact(uid: str, words: str = WORDS, **more: str) -> Contact:
    """A contact with little in it."""
    return Contact(uid=uid, channel="visit", day=DAY, words=words, number=more.get("number"))


def visit(store: RecordStore, words: str = WORDS, name: str = "单志明") -> tuple[str, str]:
    """One visit: a contact and its visitor in one transaction; their uids."""
    with store.writing(reason="登记") as door:
        here, who = door.new_uid(), door.new_uid()
        door.put(contact(here, words))
        door.put(Visitor(uid=who, contact=here, name=name, phone="13912342217"))
    return here, who


@dataclass
class Elsewhere:
    """Another desk of the office whose entries simply arrive, as a bundle will bring them."""

    replica: str = f"{ORG}-eeeeeeeeeeee"

    def write(
        self,
        store: RecordStore,
        kind: str,
        uid: str,
        values: Mapping[str, Wire],
        *,
        op: Op = "put",
        knows: Mapping[str, tuple[EntryId, ...]] | None = None,
        seen: tuple[EntryId, ...] = (),
        sealed: Mapping[str, Kept] | None = None,
        schema: int = SCHEMA,
    ) -> EntryId:
        """One entry arrives and all is projected. `knows` are the heads this desk knew, by field."""
        told = knows or {}
        fields = {name: Write(value, None, told.get(name, ())) for name, value in values.items()}
        for name, kept in (sealed or {}).items():
            fields[name] = Write(None, commitment_to(kept), told.get(name, ()))
        with immediate(store.engine) as connection:
            tips = journal_log.tips(connection)
            stream = stream_of(self.replica, "office")
            tip = tips.get(stream, Tip())
            entry = Entry(
                stream,
                tip.counter + 1,
                next_lamport(stream, tips),
                tip.digest,
                kind,
                uid,
                op,
                fields,
                seen,
                schema,
                "2026-11-03T08:00:00+08:00",
                "b1",
            )
            tip = journal_log.append(connection, entry, reason="", batch=None)
            journal_log.set_tip(connection, stream, tip)
        store.project_anew()
        return entry.id


def heads(store: RecordStore, kind: str, uid: str, name: str) -> tuple[EntryId, ...]:
    """The heads of a field, as a desk that has all of this knows them."""
    with store.reading() as now:
        entries = [line.entry for line in now.history(kind, uid) if name in line.entry.fields]
    replaced = {each for entry in entries for each in entry.fields[name].replaces}
    return tuple(sorted(entry.id for entry in entries if entry.id not in replaced))
