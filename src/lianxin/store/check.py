"""Proving that tables are what the journal says, that the chain holds, and that the index finds what is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lianxin.domain.canonical import NotCanonical
from lianxin.domain.dictionary import Record, Wire, kinds, merge_units
from lianxin.domain.journal import BadEntry, Entry, EntryId, RecordState, line_digest, parse_entry, project
from lianxin.domain.streams import belongs_to, stays_home
from lianxin.domain.values import (
    BadSalt,
    Beside,
    Kept,
    commitment_to,
    content_hash,
    record_digest_part,
    shown_record,
)
from lianxin.store import search
from lianxin.store.blobs import blob_problems
from lianxin.store.journal_log import lines_by_stream, tips
from lianxin.store.kept_check import kept_problems
from lianxin.store.migrate import find_damage
from lianxin.store.projection import Row, beside_of, cache_of, columns_of, read_rows
from lianxin.store.reading import Reading
from lianxin.store.record_store import RecordStore
from lianxin.store.statements import run
from lianxin.store.tables import REMOVED, SEARCH

Key = tuple[str, str]
"""(kind, uid) of a record."""


@dataclass(frozen=True)
class Checked:
    """What `check` found: Chinese sentences for people, and the hash that two equal ledgers share."""

    problems: tuple[str, ...]
    content_hash: str

    @property
    def ok(self) -> bool:
        """True when nothing is wrong."""
        return not self.problems


@dataclass(frozen=True)
class _Journal:
    """What was read of the journal once, for all questions."""

    states: Mapping[Key, RecordState]
    owners: Mapping[Key, str]
    values: Mapping[tuple[str, int, str], Beside | None]

    def lookup(self, entry: EntryId, name: str) -> Beside | None:
        return self.values.get((entry.stream, entry.counter, name))


def check(store: RecordStore) -> Checked:
    """Verifies chain, values, tables == project(journal), index, references, double numbers and kept files."""
    with store.reading() as reading:
        entries, problems = _chain(reading)
        journal = _journal(reading, entries)
        problems += list(_values(entries, journal))
        rows = {cls: read_rows(reading.connection, cls) for cls in kinds()}
        for cls in kinds():
            problems += list(_tables(cls, rows[cls], journal))
        problems += list(_index(reading, rows))
        problems += list(_references(rows))
        problems += list(_numbers(rows, journal))
        problems += list(blob_problems(store, reading.connection))
        problems += list(kept_problems(store, reading.connection))
    with store.bookkeeping() as connection:
        if search.inner_damage(connection):
            problems.append("检索目录内部不一致，请重建检索目录")
    shared = {key: record_digest_part(state) for key, state in journal.states.items() if _shared(state)}
    return Checked(tuple(problems), content_hash(shared))


def _shared(state: RecordState) -> bool:
    return all(not stays_home(head.stream) for heads in state.heads.values() for head in heads)


def _chain(reading: Reading) -> tuple[list[Entry], list[str]]:
    entries: list[Entry] = []
    problems: list[str] = []
    last: dict[str, tuple[int, str, int]] = {}
    for stored in lines_by_stream(reading.connection):
        where = f"流水 {stored.stream} 第{stored.counter}条"
        at, prev, lamport = last.get(stored.stream, (0, "", 0))
        try:
            entry = parse_entry(stored.line)
        except BadEntry as wrong:
            problems.append(f"{where}读不出来：{wrong}")
            continue
        if line_digest(stored.line) != stored.digest:
            problems.append(f"{where}与登记的指纹不符")
        if not stored.agrees(entry):
            problems.append(f"{where}旁边的登记项与原文不符")
        if (entry.stream, entry.counter) != (stored.stream, stored.counter):
            problems.append(f"{where}不在自己的位置上")
        elif entry.counter != at + 1 or entry.prev != prev:
            problems.append(f"{where}与前一条接不上")
        if entry.lamport <= lamport:
            problems.append(f"{where}的次序号没有增大")
        last[stored.stream] = (stored.counter, stored.digest, entry.lamport)
        entries.append(entry)
    told = {
        stream: (tip.counter, tip.digest, tip.lamport) for stream, tip in tips(reading.connection).items()
    }
    problems += [
        f"流水 {stream} 的末尾与记录不符"
        for stream in sorted(told.keys() | last.keys())
        if told.get(stream) != last.get(stream)
    ]
    entries.sort(key=lambda entry: (entry.lamport, entry.stream, entry.counter))
    return entries, problems


def _journal(reading: Reading, entries: list[Entry]) -> _Journal:
    owners: dict[Key, str] = {}
    for entry in entries:
        owners.setdefault((entry.kind, entry.uid), belongs_to(entry.stream))
    values = {
        (str(row[0]), int(str(row[1])), str(row[2])): _beside(row)
        for row in run(reading.connection, "SELECT stream, counter, field, state, salt, value FROM value")
    }
    return _Journal(project(entries), owners, values)


def _beside(row: tuple[object, ...]) -> Beside | None:
    try:
        return beside_of(*row[3:])
    except NotCanonical:
        # Something that no commitment fits.
        return Kept("", None)


def _values(entries: list[Entry], journal: _Journal) -> Iterator[str]:
    """Each value beside an entry against what the entry commits to, and that nothing erased is still here."""
    unused = {place for place, beside in journal.values.items() if isinstance(beside, Kept)}
    for entry in entries:
        erased = journal.states[entry.kind, entry.uid].erased
        for name, write in entry.fields.items():
            beside = journal.lookup(entry.id, name)
            if not isinstance(beside, Kept):
                continue
            unused.discard((entry.stream, entry.counter, name))
            where = f"流水 {entry.stream} 第{entry.counter}条的 {name}"
            if (entry.id, name) in erased:
                yield f"{where} 已要求清除，内容却还在"
            elif write.commitment != _commitment(beside):
                yield f"{where} 的内容与流水里的指纹不符"
    for stream, counter, name in sorted(unused):
        yield f"流水 {stream} 第{counter}条没有 {name}，旁边却存着它的内容"


def _commitment(beside: Kept) -> str | None:
    try:
        return commitment_to(beside)
    except (BadSalt, NotCanonical):
        return None


def _tables(cls: type[Record], rows: Mapping[str, Row], journal: _Journal) -> Iterator[str]:
    """Each row against the state projected from the journal, and no row beyond it."""
    units = merge_units(cls)
    states = {uid: state for (kind, uid), state in journal.states.items() if kind == cls.KIND}
    for uid, state in states.items():
        row = rows.get(uid)
        if row is None:
            yield f"{cls.LABEL} {uid} 在流水里有、在表里没有"
            continue
        shown = shown_record(state, units, journal.lookup)
        values = columns_of(cls, shown)
        cache = cache_of(cls, state, shown, values)
        if not _equal(values, row.values):
            yield f"{cls.LABEL} {uid} 的内容与流水不一致"
        elif row.state != state or any(row.cache[name] != cache[name] for name in cache if name != SEARCH):
            yield f"{cls.LABEL} {uid} 的表与流水不一致"
    for uid in sorted(rows.keys() - states.keys()):
        yield f"{cls.LABEL} {uid} 在表里有、在流水里没有"


def _equal(one: Mapping[str, Wire], other: Mapping[str, Wire]) -> bool:
    return all(value == other[wire] and type(value) is type(other[wire]) for wire, value in one.items())


def _index(reading: Reading, rows: Mapping[type[Record], Mapping[str, Row]]) -> Iterator[str]:
    """The index against the rows: each text, at the number the row names, once, and nothing else."""
    labels = {cls.KIND: cls.LABEL for cls in rows}
    found: dict[Key, tuple[int, str]] = {}
    for number, kind, uid, text in search.every_row(reading.connection):
        if (kind, uid) in found:
            yield f"检索目录里{labels.get(kind, kind)} {uid} 重复，请重建检索目录"
        found[kind, uid] = (number, text)
    for cls, each in rows.items():
        for uid, row in each.items():
            place = found.pop((cls.KIND, uid), None)
            expected = "" if row.cache[REMOVED] else search.words_of(cls, row.values)
            if (place[0] if place else None) != row.search_row or (place[1] if place else "") != expected:
                yield f"检索目录里{cls.LABEL} {uid} 不是最新，请重建检索目录"
    for kind, uid in found:
        yield f"检索目录里{labels.get(kind, kind)} {uid} 是多余的，请重建检索目录"


def _references(rows: Mapping[type[Record], Mapping[str, Row]]) -> Iterator[str]:
    """References of live records; to a removed record one may point, since it can be restored."""
    here = {cls.KIND: each.keys() for cls, each in rows.items()}
    for cls, each in rows.items():
        refs = [spec for spec in cls.specs() if spec.kind.refers]
        for uid, row in each.items():
            for spec in refs if not row.cache[REMOVED] else ():
                target = row.values[spec.wire]
                if target is not None and target not in here.get(spec.kind.refers, ()):
                    yield f"{cls.LABEL} {uid} 的{spec.label}指向不存在的记录"


def _numbers(rows: Mapping[type[Record], Mapping[str, Row]], journal: _Journal) -> Iterator[str]:
    """Printed numbers given twice by one office."""
    for cls, each in rows.items():
        seen: dict[tuple[str, Wire], str] = {}
        for uid, row in each.items() if cls.NUMBERED else ():
            number = row.values.get("number")
            if number is None or row.cache[REMOVED]:
                continue
            owner = journal.owners.get((cls.KIND, uid), "")
            if seen.setdefault((owner, number), uid) != uid:
                yield f"{cls.LABEL}编号 {number} 重复"


def file_damage(store: RecordStore) -> str | None:
    """What SQLite itself finds wrong with the file; None when sound."""
    raw = store.engine.raw_connection()
    try:
        return find_damage(raw)
    finally:
        raw.close()
