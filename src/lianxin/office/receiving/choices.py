"""The values that stand beside each other in an open question, and the one that stood before they were written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lianxin.domain.dictionary import Record, Wire
from lianxin.domain.journal import PRESENT, REMOVED, EntryId, Head
from lianxin.domain.streams import org_of
from lianxin.domain.values import Kept
from lianxin.store.projection import stored_lookup
from lianxin.store.reading import HistoryLine, Reading

STATE_WORDS = {REMOVED: "删除", PRESENT: "保留"}
History = Mapping[EntryId, HistoryLine]


@dataclass(frozen=True)
class Choice:
    """One of the values that stand: who wrote it when; `shown` as people read it."""

    head: EntryId
    value: Wire
    shown: str
    org: str
    actor: str
    at: str


def choices_of(
    reading: Reading, cls: type[Record], fields: Sequence[str], heads: Sequence[Head], history: History
) -> tuple[Choice, ...]:
    """What each head says of fields that are decided together."""
    return tuple(_choice(reading, cls, fields, head.id, history) for head in heads)


def value_before(
    reading: Reading, cls: type[Record], fields: Sequence[str], heads: Sequence[Head], history: History
) -> Choice | None:
    """The latest value that all who wrote apart had before them; None when one of them knew of none."""
    known = [_past(fields[0], head.id, history) for head in heads]
    common = set.intersection(*known) if known else set()
    if not common:
        return None
    latest = max(common, key=lambda each: (history[each].entry.lamport, each.stream))
    return _choice(reading, cls, fields, latest, history)


def state_choices(heads: Sequence[Head], history: History) -> tuple[Choice, ...]:
    """Removed or kept: who said so."""
    found = [_said(head.id, head.value, STATE_WORDS.get(str(head.value), ""), history) for head in heads]
    if not any(each.value != REMOVED for each in found):
        # Removed by one, written by another who did not know: the other's latest word means that it stays.
        last = max((e for e in history if e not in {h.id for h in heads}), default=None)
        if last is not None:
            found.append(_said(last, PRESENT, STATE_WORDS[PRESENT], history))
    return tuple(found)


def _past(field: str, start: EntryId, history: History) -> set[EntryId]:
    """The entries of this field that one replaced, and those that these replaced, as far as they are here."""
    found: set[EntryId] = set()
    waiting = [start]
    while waiting:
        line = history.get(waiting.pop())
        write = line.entry.fields.get(field) if line is not None else None
        fresh = [each for each in (write.replaces if write else ()) if each in history and each not in found]
        found.update(fresh)
        waiting += fresh
    return found


def _choice(
    reading: Reading, cls: type[Record], fields: Sequence[str], entry: EntryId, history: History
) -> Choice:
    written = [name for name in fields if entry in history and name in history[entry].entry.fields]
    values = {name: _value(reading, name, entry, history) for name in written or fields[:1]}
    shown = [(cls.spec(name).label, _shown(cls, name, value)) for name, value in values.items()]
    words = shown[0][1] if len(shown) == 1 else "　".join(f"{label} {value}" for label, value in shown)
    return _said(entry, values.get(fields[0]), words, history)


def _value(reading: Reading, name: str, entry: EntryId, history: History) -> Wire:
    line = history.get(entry)
    write = line.entry.fields.get(name) if line is not None else None
    if write is None:
        return None
    if write.commitment is None:
        return write.value
    beside = stored_lookup(reading.connection)(entry, name)
    return beside.value if isinstance(beside, Kept) else None


def _shown(cls: type[Record], name: str, value: Wire) -> str:
    kind = cls.spec(name).kind
    return "（空）" if value is None else kind.show(kind.unpack(value))


def _said(entry: EntryId, value: Wire, shown: str, history: History) -> Choice:
    line = history.get(entry)
    return Choice(
        entry,
        value,
        shown,
        org_of(entry.stream),
        line.entry.actor if line else "",
        line.entry.at if line else "",
    )
