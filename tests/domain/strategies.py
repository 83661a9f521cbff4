"""A small office for property tests: replicas that write, carry and take in entries as journal.md says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from lianxin.domain.dictionary import Wire
from lianxin.domain.journal import (
    PRESENT,
    REMOVED,
    STATE,
    Entry,
    EntryId,
    Op,
    RecordState,
    Write,
    advance,
    line_digest,
    parse_entry,
    project,
    settled,
)
from lianxin.domain.streams import OFFICE, Judgement, Tip, judge, next_lamport, stream_of
from lianxin.domain.values import ERASED, Beside, Kept, Shown, commitment_to, joined, shown_record

TOWNSHIP, OTHER_TOWNSHIP, COUNTY = "439901102", "439901103", "439901"
GROUP = ("attended", "absent")
UNITS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "urgency": ("urgency",),
    "phone": ("phone",),
    **dict.fromkeys(GROUP, GROUP),
}
PERSONAL = frozenset({"phone"})
AT = "2026-11-21T09:30:00+08:00"
ANY_LAMPORT = 1 << 53

Key = tuple[str, str]
Places = Mapping[tuple[EntryId, str], Beside]


@dataclass
class Desk:
    """One replica: what it accepted, what waits behind a gap, and the values beside its entries."""

    replica: str
    lines: dict[EntryId, bytes] = field(default_factory=dict)
    tips: dict[str, Tip] = field(default_factory=dict)
    states: dict[Key, RecordState] = field(default_factory=dict)
    held: dict[EntryId, bytes] = field(default_factory=dict)
    beside: dict[tuple[EntryId, str], Beside] = field(default_factory=dict)
    knew: dict[EntryId, Mapping[str, int]] = field(default_factory=dict)
    """For each entry written here, how far every stream was known then: the oracle of "unaware"."""

    # ---- writing

    def put(
        self, uid: str, values: Mapping[str, Wire], *, kind: str = "opinion", audience: str = OFFICE
    ) -> Entry:
        """Writes these fields and the rest of their merge units, as the door does."""
        state = self.states.get((kind, uid), RecordState(kind, uid))
        shown = self.shown(uid, kind)
        said = dict(values)
        for name in values:
            for member in UNITS.get(name, (name,)):
                said.setdefault(member, shown[member].value if member in shown else None)
        number = self.tips.get(stream_of(self.replica, audience), Tip()).counter + 1
        fields: dict[str, Write] = {}
        for name, value in said.items():
            if name in PERSONAL:
                kept = Kept(line_digest(f"{self.replica} {number} {name}".encode()), value)
                self.beside[EntryId(stream_of(self.replica, audience), number), name] = kept
                fields[name] = Write(None, commitment_to(kept), state.head_ids(name))
            else:
                fields[name] = Write(value, None, state.head_ids(name))
        return self._write(kind, uid, "put", fields, (), audience)

    def remove(self, uid: str, *, kind: str = "opinion") -> Entry:
        """Removes, listing every head known here."""
        return self._register(uid, kind, "remove", REMOVED)

    def restore(self, uid: str, *, kind: str = "opinion") -> Entry:
        """Brings back what was removed."""
        return self._register(uid, kind, "restore", PRESENT)

    def erase(self, uid: str, name: str, *, kind: str = "opinion") -> Entry | None:
        """Takes every value of a field away that is known to have been written; None when there is none."""
        written = sorted(
            entry.id
            for entry in self.entries()
            if entry.uid == uid and entry.op == "put" and name in entry.fields
        )
        if not written:
            return None
        return self._write(kind, uid, "erase", {name: Write()}, tuple(written), OFFICE)

    def _register(self, uid: str, kind: str, op: Op, word: str) -> Entry:
        state = self.states.get((kind, uid), RecordState(kind, uid))
        seen = sorted({head.id for heads in state.heads.values() for head in heads})
        return self._write(
            kind, uid, op, {STATE: Write(word, None, state.head_ids(STATE))}, tuple(seen), OFFICE
        )

    def _write(
        self,
        kind: str,
        uid: str,
        op: Op,
        fields: Mapping[str, Write],
        seen: tuple[EntryId, ...],
        audience: str,
    ) -> Entry:
        stream = stream_of(self.replica, audience)
        tip = self.tips.get(stream, Tip())
        entry = Entry(
            stream=stream,
            counter=tip.counter + 1,
            lamport=next_lamport(stream, self.tips),
            prev=tip.digest,
            kind=kind,
            uid=uid,
            op=op,
            fields=fields,
            seen=seen,
            schema=1,
            at=AT,
            actor="zg",
        )
        self.knew[entry.id] = {**self.counters(), stream: entry.counter}
        assert self.arrive(entry.line(), highest=entry.lamport) == "next"
        return entry

    # ---- taking in

    def arrive(self, line: bytes, *, highest: int = ANY_LAMPORT) -> Judgement:
        """One line comes in; what stands behind a gap waits and is tried again after each accepted one."""
        entry = parse_entry(line)
        verdict = self._judged(entry, line, highest)
        while verdict == "next":
            waiting = [each for each in sorted(self.held) if each.counter == self._known(each.stream) + 1]
            if not waiting:
                break
            held = self.held.pop(waiting[0])
            self._judged(parse_entry(held), held, highest)
        return verdict

    def _known(self, stream: str) -> int:
        return self.tips.get(stream, Tip()).counter

    def _judged(self, entry: Entry, line: bytes, highest: int) -> Judgement:
        here = self.lines.get(entry.id)
        verdict = judge(
            entry,
            self.tips.get(entry.stream, Tip()),
            digest_here=None if here is None else line_digest(here),
            highest=highest,
        )
        if verdict == "gap":
            self.held[entry.id] = line
        if verdict == "next":
            self.lines[entry.id] = line
            self.tips[entry.stream] = Tip(entry.counter, line_digest(line), entry.lamport)
            key = (entry.kind, entry.uid)
            state = advance(self.states.get(key, RecordState(*key)), entry)
            self.states[key] = settled(state, self.counters())
            if entry.op == "erase":
                for name in entry.fields:
                    for each in entry.seen:
                        self.beside[each, name] = ERASED
        return verdict

    def take(self, bundle: Sequence[bytes], values: Places | None = None) -> list[Judgement]:
        """A bundle comes in: lines in the order for showing, each bounded by what is known or came before it."""
        verdicts = []
        for line in bundle:
            highest = max((tip.lamport for tip in self.tips.values()), default=0)
            verdicts.append(self.arrive(line, highest=highest))
        self.learn(values or {})
        return verdicts

    def learn(self, values: Places) -> None:
        """Values come in, at any time; what was erased stays erased."""
        for place, told in values.items():
            known = joined(self.beside.get(place), told)
            if known is not None:
                self.beside[place] = known

    def bundle(self, since: Mapping[str, int] | None = None) -> list[bytes]:
        """What a receiver who acknowledged `since` is sent, in the order for showing."""
        acknowledged = since or {}
        sent = [entry for entry in self.entries() if entry.counter > acknowledged.get(entry.stream, 0)]
        return [self.lines[entry.id] for entry in in_order(sent)]

    # ---- reading

    def entries(self) -> list[Entry]:
        """Every accepted entry."""
        return [parse_entry(line) for line in self.lines.values()]

    def counters(self) -> dict[str, int]:
        """The acknowledgement vector."""
        return {stream: tip.counter for stream, tip in self.tips.items()}

    def lookup(self, entry: EntryId, name: str) -> Beside | None:
        """What lies beside an entry here."""
        return self.beside.get((entry, name))

    def shown(self, uid: str, kind: str = "opinion") -> dict[str, Shown]:
        """The record as it stands here."""
        return shown_record(self.states.get((kind, uid), RecordState(kind, uid)), UNITS, self.lookup)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """The order for showing, which is the order inside a bundle."""
    return sorted(entries, key=lambda entry: (entry.lamport, entry.stream, entry.counter))


def copied(desk: Desk) -> Desk:
    """A copy of the desk's folder, as it is now."""
    return Desk(
        desk.replica,
        dict(desk.lines),
        dict(desk.tips),
        dict(desk.states),
        dict(desk.held),
        dict(desk.beside),
        dict(desk.knew),
    )


def replica(number: int, org: str = TOWNSHIP) -> str:
    """A replica id of an office; small numbers make readable names."""
    return f"{org}-{number:012x}"


# ---- histories


@dataclass(frozen=True)
class Action:
    """One thing that happens in the office: somebody writes, or somebody hands a stick to somebody."""

    who: int
    what: str
    uid: str
    name: str
    value: int
    other: int


UIDS = ("0198-a", "0198-b")
DESKS = 3

actions = st.builds(
    Action,
    who=st.integers(0, DESKS - 1),
    what=st.sampled_from(
        ["put", "put", "put", "put", "carry", "carry", "carry", "remove", "restore", "erase"]
    ),
    uid=st.sampled_from((UIDS[0], UIDS[0], UIDS[1])),
    name=st.sampled_from(tuple(UNITS)),
    value=st.integers(0, 2),
    other=st.integers(1, DESKS - 1),
)
histories = st.lists(actions, min_size=1, max_size=18)


def played(history: Sequence[Action], *, with_values: bool = True) -> list[Desk]:
    """Three desks of one office after these things happened; bundles are cumulative and always honest."""
    desks = [Desk(replica(number)) for number in range(DESKS)]
    for action in history:
        desk, other = desks[action.who], desks[(action.who + action.other) % DESKS]
        if action.what == "carry":
            verdicts = other.take(desk.bundle(other.counters()), desk.beside if with_values else None)
            assert set(verdicts) <= {"next"}, "an honest bundle is accepted whole"
        elif action.what == "put":
            value: Wire = f"{action.value}" if action.name in ("title", "phone") else action.value
            desk.put(action.uid, {action.name: value})
        elif action.what == "remove":
            desk.remove(action.uid)
        elif action.what == "restore":
            desk.restore(action.uid)
        else:
            desk.erase(action.uid, "phone")
    return desks


def all_lines(desks: Iterable[Desk]) -> list[bytes]:
    """Every line of the office once, in the order for showing."""
    lines = {each: line for desk in desks for each, line in desk.lines.items()}
    return [entry.line() for entry in in_order(map(parse_entry, lines.values()))]


def all_values(desks: Iterable[Desk]) -> dict[tuple[EntryId, str], Beside]:
    """Every value beside an entry that any desk knows, as far as it may still be known."""
    office = Desk(replica(99))
    for desk in desks:
        office.learn(desk.beside)
    return office.beside


def projected(lines: Iterable[bytes]) -> dict[Key, RecordState]:
    """The states these lines say."""
    return project(map(parse_entry, lines))


salts = st.binary(min_size=32, max_size=32).map(bytes.hex)
plain_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
wires: st.SearchStrategy[Wire] = st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), plain_text)
besides: st.SearchStrategy[Beside | None] = st.one_of(
    st.none(), st.just(ERASED), st.builds(Kept, salts, wires)
)
