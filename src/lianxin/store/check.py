"""Proving that tables are what the journal says, that the chain holds, and that the index finds what is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lianxin.domain.dictionary import Record, kind_named, kinds
from lianxin.domain.journal import BadEntry, Entry, RecordState, line_digest, parse_entry, project
from lianxin.domain.streams import LOCAL, audience_of
from lianxin.domain.values import content_hash, record_digest_part
from lianxin.store import search
from lianxin.store.journal_log import lines_by_stream, tips
from lianxin.store.migrate import find_damage
from lianxin.store.projection import read_row
from lianxin.store.reading import Reading
from lianxin.store.record_store import RecordStore
from lianxin.store.tables import UID


@dataclass(frozen=True)
class Checked:
    """What `check` found: Chinese sentences for people, and the hash that two equal ledgers share."""

    problems: tuple[str, ...]
    content_hash: str

    @property
    def ok(self) -> bool:
        """True when nothing is wrong."""
        return not self.problems


def check(store: RecordStore) -> Checked:
    """Verifies chain, tables == project(journal), search index, dangling references and double numbers."""
    with store.reading() as reading:
        entries, problems = _chain(reading)
        states = project(entries)
        problems += list(_tables(reading, states))
        problems += list(_index(reading))
        problems += list(_references(reading))
        problems += list(_numbers(reading))
        shared = {key: record_digest_part(state) for key, state in states.items() if _shared(state)}
    return Checked(tuple(problems), content_hash(shared))


def _shared(state: RecordState) -> bool:
    return all(audience_of(head.stream) != LOCAL for heads in state.heads.values() for head in heads)


def _chain(reading: Reading) -> tuple[list[Entry], list[str]]:
    entries: list[Entry] = []
    problems: list[str] = []
    last: dict[str, tuple[int, str, int]] = {}
    for stream, counter, digest, line in lines_by_stream(reading.connection):
        at, prev, lamport = last.get(stream, (0, "", 0))
        try:
            entry = parse_entry(line)
        except BadEntry as wrong:
            problems.append(f"流水 {stream} 第{counter}条读不出来：{wrong}")
            continue
        if line_digest(line) != digest:
            problems.append(f"流水 {stream} 第{counter}条与登记的指纹不符")
        if (entry.stream, entry.counter) != (stream, counter) or counter != at + 1 or entry.prev != prev:
            problems.append(f"流水 {stream} 第{counter}条与前一条接不上")
        if entry.lamport <= lamport:
            problems.append(f"流水 {stream} 第{counter}条的次序号没有增大")
        last[stream] = (counter, digest, entry.lamport)
        entries.append(entry)
    for stream, tip in tips(reading.connection).items():
        if last.get(stream, (0, "", 0))[:2] != (tip.counter, tip.digest):
            problems.append(f"流水 {stream} 的末尾与记录不符")
    entries.sort(key=lambda entry: (entry.lamport, entry.stream, entry.counter))
    return entries, problems


def _tables(reading: Reading, states: dict[tuple[str, str], RecordState]) -> Iterator[str]:
    """Each row against the state projected from the journal, and no row beyond it."""
    known = {cls.KIND for cls in kinds()}
    for (kind, uid), state in states.items():
        if kind not in known:
            continue
        row = read_row(reading.connection, kind_named(kind), uid)
        if row is None:
            yield f"{kind_named(kind).LABEL} {uid} 在流水里有、在表里没有"
        elif row.state != state:
            yield f"{kind_named(kind).LABEL} {uid} 的表与流水不一致"
        elif row.values != _values(reading, kind_named(kind), state, row.values):
            yield f"{kind_named(kind).LABEL} {uid} 的内容与流水不一致"
    for cls in kinds():
        counted = len(reading.keys(cls)) + len(reading.removed(cls))
        expected = sum(1 for kind, _ in states if kind == cls.KIND)
        if counted != expected:
            yield f"{cls.LABEL}表有{counted}行，流水应有{expected}行"


def _values(reading: Reading, cls: type[Record], state: RecordState, stored: object) -> object:
    shown = reading.shown(cls, state.uid)
    return {
        spec.wire: shown[spec.wire].value if spec.wire in shown else None
        for spec in cls.specs()
        if spec.wire != UID
    }


def _index(reading: Reading) -> Iterator[str]:
    found: dict[tuple[str, str], str] = {}
    for kind, uid, text in search.every_row(reading.connection):
        if (kind, uid) in found:
            yield f"检索目录里 {uid} 重复"
        found[(kind, uid)] = text
    for cls in kinds():
        for uid in reading.keys(cls):
            row = read_row(reading.connection, cls, uid)
            expected = search.words_of(cls, row.values) if row else ""
            if found.get((cls.KIND, uid), "") != expected:
                yield f"检索目录里{cls.LABEL} {uid} 不是最新，请重建检索目录"


def _references(reading: Reading) -> Iterator[str]:
    for cls in kinds():
        refs = [spec for spec in cls.specs() if spec.kind.refers]
        for spec in refs:
            target = kind_named(spec.kind.refers)
            here = set(reading.keys(target)) | set(reading.removed(target))
            for record in reading.all(cls):
                uid = record.packed().get(spec.wire)
                if uid is not None and uid not in here:
                    yield f"{cls.LABEL} {record.uid} 的{spec.label}指向不存在的记录"


def _numbers(reading: Reading) -> Iterator[str]:
    for cls in kinds():
        if not cls.NUMBERED:
            continue
        seen: dict[str, str] = {}
        for record in reading.all(cls):
            number = record.packed().get("number")
            if isinstance(number, str) and seen.setdefault(number, record.uid) != record.uid:
                yield f"{cls.LABEL}编号 {number} 重复"


def file_damage(store: RecordStore) -> str | None:
    """What SQLite itself finds wrong with the file; None when sound."""
    raw = store.engine.raw_connection()
    try:
        return find_damage(raw)
    finally:
        raw.close()
