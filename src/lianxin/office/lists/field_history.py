"""What a field held before: every entry that wrote it, in words, for the history on right click."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lianxin.domain.dictionary import Record, Spec, Wire
from lianxin.domain.journal import Entry
from lianxin.domain.values import Kept
from lianxin.office.desk import Desk
from lianxin.office.lists.listing import masked
from lianxin.office.names import Names
from lianxin.store.projection import stored_lookup
from lianxin.store.reading import Reading


@dataclass(frozen=True)
class Written:
    """One writing of a field: when, on what occasion, and the value as people read it ("" for emptied)."""

    at: datetime | None
    reason: str
    value: str


def field_history(desk: Desk, kind: type[Record], uid: str, wire: str) -> tuple[Written, ...]:
    """Every value the field was given, oldest first; personal ones masked. Empty for an unknown record."""
    spec = kind.spec(wire)
    found: list[Written] = []
    with desk.store.reading() as reading:
        names = Names(reading)
        for line in reading.history(kind.KIND, uid):
            if line.entry.op != "put" or wire not in line.entry.fields:
                continue
            value = _shown(reading, names, spec, line.entry)
            if not found or found[-1].value != value:
                moment = datetime.fromisoformat(line.entry.at) if line.entry.at else None
                found.append(Written(moment, line.reason, value))
    return tuple(found)


def record_history(desk: Desk, kind: type[Record], uid: str) -> tuple[Written, ...]:
    """Every writing of a record, oldest first: the fields that became something else, personal ones masked."""
    specs = {spec.wire: spec for spec in kind.fields()}
    found: list[Written] = []
    held: dict[str, str] = {}
    with desk.store.reading() as reading:
        names = Names(reading)
        for line in reading.history(kind.KIND, uid):
            moment = datetime.fromisoformat(line.entry.at) if line.entry.at else None
            if line.entry.op != "put":
                found.append(Written(moment, line.reason, "已删除"))
                continue
            wrote = [spec for wire, spec in specs.items() if wire in line.entry.fields]
            now = {spec.wire: _shown(reading, names, spec, line.entry) for spec in wrote}
            other = [wire for wire, value in now.items() if value != held.get(wire, "")]
            held.update(now)
            told = [f"{specs[wire].label} {now[wire] or '（空）'}" for wire in other]
            found.append(Written(moment, line.reason, "；".join(told) or "没有改动内容"))
    return tuple(found)


def _shown(reading: Reading, names: Names, spec: Spec, entry: Entry) -> str:
    write = entry.fields[spec.wire]
    value: Wire = write.value
    if write.commitment is not None:
        beside = stored_lookup(reading.connection)(entry.id, spec.wire)
        if not isinstance(beside, Kept):
            return "（已清除）" if beside == "erased" else "（不在本机）"
        value = beside.value
    if value is None:
        return ""
    if spec.kind.refers:
        return names.of(spec.kind.refers, str(value)) or "（不在本机）"
    text = spec.kind.show(spec.kind.unpack(value))
    return masked(spec, text) if spec.privacy in ("personal", "sensitive") and text else text
