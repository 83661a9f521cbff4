"""What arriving entries are to what is known here: next, known, behind a gap, forked, foreign (journal.md).

Pure: what is known comes in as tips and two questions. A bundle is heard entry by entry in its own order, so a
long one needs no memory; nothing of it may be kept when `trouble` is set at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from lianxin.domain import records
from lianxin.domain.canonical import MAX_INTEGER
from lianxin.domain.dictionary import OWNER_KIND, Record, kinds
from lianxin.domain.journal import Entry, EntryId, Write, line_digest
from lianxin.domain.streams import (
    COMMON,
    COUNTY_DIGITS,
    LOCAL,
    OFFICE,
    TO,
    BadStream,
    Tip,
    audience_of,
    judge,
    on_behalf,
    org_of,
    stays_home,
)
from lianxin.domain.values import BadSalt, Kept, commitment_to

What = Literal["gap", "fork", "lamport", "foreign", "value"]


@dataclass(frozen=True)
class Trouble:
    """Why a bundle is not taken in, and the entry at which it showed.

    `gap`: waits for entries that are not here (E605); `fork`: another entry under a known id (E602);
    `lamport`, `value`: breaks the rules of entries (E604); `foreign`: not the sender's to write (E313).
    """

    what: What
    entry: EntryId
    why: str = ""


_WORST: Mapping[What, int] = {"fork": 5, "foreign": 4, "value": 3, "gap": 2, "lamport": 1}
"""Several troubles are told as the worst; a lamport that is too high may come of what a gap hides."""


@dataclass(frozen=True)
class Known:
    """What is known here before a bundle is heard.

    `digest_of` answers the hash of a kept entry, `owner_of` the code of the office that owns a record (kind, uid;
    an empty kind is any), `write_of` what a kept entry says of one field; each None when it is not here.
    """

    tips: Mapping[str, Tip]
    digest_of: Callable[[EntryId], str | None]
    owner_of: Callable[[str, str], str | None]
    write_of: Callable[[EntryId, str], Write | None]


class Arrival:
    """One bundle being heard: `org` is the signer's office, `reader` ours, `acknowledges` what the sender had heard.

    `former` are codes that ended and whose records this office goes on with. `patient` says that files of this
    office are missing here, so that what stands too high may stand on them; `own_copy`, that this is what we wrote
    ourselves, standing on files that are taken in after it. Entries come in the order of the bundle, each judged
    against what is known and what came before it.
    """

    def __init__(
        self,
        known: Known,
        *,
        org: str,
        reader: str,
        acknowledges: Mapping[str, int],
        former: frozenset[str] = frozenset(),
        patient: bool = False,
        own_copy: bool = False,
    ) -> None:
        self.tips = dict(known.tips)
        self.trouble: Trouble | None = None
        self._known, self._org, self._reader = known, org, reader
        self._acknowledges, self._former, self._patient = acknowledges, former | {org}, patient
        self._highest = max(
            (tip.lamport for stream, tip in known.tips.items() if not stays_home(stream)), default=0
        )
        if own_copy:
            self._highest = MAX_INTEGER
        self._owners: dict[tuple[str, str], str] = {}
        self._waiting: set[str] = set()
        self._carried: set[str] = set()
        self._may: dict[str, bool] = {}
        self._writes: dict[EntryId, Mapping[str, Write]] = {}

    def recall(self, entry: EntryId, line: bytes) -> bool:
        """Whether this is an entry that is known here, told by its hash alone, without reading it.

        Another hash under a known id is a fork.
        """
        if entry.counter > (self.tips.get(entry.stream) or Tip()).counter:
            return False
        self._carried.add(entry.stream)
        if self._known.digest_of(entry) != line_digest(line):
            self._refuse("fork", entry)
        return True

    def hear(self, entry: Entry, line: bytes | None = None) -> tuple[bytes, str] | None:
        """The line and hash of an entry that is new here; None for one that is known or cannot be taken in.

        `line` is the line it was read from, where that is at hand.
        """
        if not self._is_theirs(entry) or entry.stream in self._waiting:
            return None
        self._carried.add(entry.stream)
        tip = self.tips.get(entry.stream) or Tip()
        here = self._known.digest_of(entry.id) if entry.counter <= tip.counter else None
        verdict = judge(entry, tip, digest_here=here, highest=self._highest)
        if verdict == "known":
            return None
        missing = self._missing(entry) if verdict == "next" else None
        if verdict == "gap" or missing is not None:
            # What follows in this stream stands on this one.
            self._waiting.add(entry.stream)
            wanted = missing or EntryId(entry.stream, tip.counter + 1)
            self._refuse("gap", entry.id, wanted.text())
            return None
        if verdict == "lamport" and entry.lamport > tip.lamport and (self._patient or self._unheard()):
            self._waiting.add(entry.stream)
            self._refuse("gap", entry.id, self._unheard())
            return None
        if verdict == "fork" or verdict == "lamport":
            self._refuse(verdict, entry.id)
            return None
        line = entry.line() if line is None else line
        digest = line_digest(line)
        self.tips[entry.stream] = Tip(entry.counter, digest, entry.lamport)
        self._highest = max(self._highest, entry.lamport)
        committed = {name: write for name, write in entry.fields.items() if write.commitment is not None}
        if committed:
            self._writes[entry.id] = committed
        return line, digest

    def open(self, entry: EntryId, name: str, kept: Kept) -> bool:
        """Whether a value may be put beside this entry: it opens what the entry commits to.

        Comes after all entries. In a bundle that waits behind a gap the entry may be one that waits too. A value of
        a stream the bundle carries nothing of stands on what was acknowledged before: it waits when that is gone.
        """
        if not _of(entry.stream, *self._former):
            self._refuse("foreign", entry)
            return False
        write = self._writes.get(entry, {}).get(name) or self._known.write_of(entry, name)
        if write is None and entry.stream in self._waiting:
            return False
        if (
            entry.stream not in self._carried
            and entry.counter > (self.tips.get(entry.stream) or Tip()).counter
        ):
            self._waiting.add(entry.stream)
            self._refuse("gap", entry, entry.text())
            return False
        try:
            fits = write is not None and write.commitment == commitment_to(kept)
        except (BadSalt, ValueError):
            fits = False
        if not fits:
            self._refuse("value", entry, name)
        return fits

    def _is_theirs(self, entry: Entry) -> bool:
        stream = entry.stream
        may = self._may.get(stream)
        if may is None:
            theirs, ours = _of(stream, *self._former), self._reader in self._former
            may = theirs and (travels(stream, reader=self._reader) or (ours and audience_of(stream) != LOCAL))
            self._may[stream] = may
        named = _named(entry) if may else []
        if not may or (
            named and any(each.stream != stream and not _of(each.stream, *self._former) for each in named)
        ):
            self._refuse("foreign", entry.id)
            return False
        if not belongs(entry.kind, stream):
            self._refuse("foreign", entry.id, entry.kind)
            return False
        if self._owner(entry.kind, entry.uid) not in self._former:
            self._refuse("foreign", entry.id, entry.uid)
            return False
        for kind, uid in _pointed_at(entry) if len(self._org) > COUNTY_DIGITS else ():
            # A step on another township's matter would close it, a visitor would join its visit.
            owner = self._owner(kind, uid)
            if owner not in self._former and len(owner) > COUNTY_DIGITS:
                self._refuse("foreign", entry.id, uid)
                return False
        return True

    def _owner(self, kind: str, uid: str) -> str:
        """The office a record belongs to; one that nobody wrote yet is the sender's."""
        owner = self._owners.get((kind, uid))
        if owner is None:
            owner = self._owners[kind, uid] = self._known.owner_of(kind, uid) or self._org
        return owner

    def _missing(self, entry: Entry) -> EntryId | None:
        """An entry that this one names and that is neither here nor came before it."""
        for each in _named(entry):
            tip = self.tips.get(each.stream)
            if each.stream != entry.stream and (tip is None or each.counter > tip.counter):
                return each
        return None

    def _unheard(self) -> str:
        """A stream that the sender had heard further than is known here; '' when there is none."""
        for stream, counter in sorted(self._acknowledges.items()):
            if counter > self.tips.get(stream, Tip()).counter:
                return f"{stream}#{counter}"
        return ""

    def _refuse(self, what: What, entry: EntryId, why: str = "") -> None:
        if self.trouble is None or _WORST[what] > _WORST[self.trouble.what]:
            self.trouble = Trouble(what, entry, why)


def travels(stream: str, *, reader: str) -> bool:
    """Whether this office is among the readers of a stream: its own, its county's for it, its townships'."""
    audience = audience_of(stream)
    if stays_home(stream):
        return False
    if org_of(stream) == reader or audience in (COMMON, f"{TO}-{reader}"):
        return True
    return audience == OFFICE and len(reader) == COUNTY_DIGITS and len(org_of(stream)) > COUNTY_DIGITS


@lru_cache(maxsize=256)
def belongs(kind: str, stream: str) -> bool:
    """Whether records of a kind are written in streams like this one; kinds of a newer desk may be anywhere.

    Otherwise a township could plant a verdict, an enrolment or a log line among the receiver's own.
    """
    cls = _kinds().get(kind)
    if cls is None:
        return True
    if cls.OF_COUNTY and len(org_of(stream)) != COUNTY_DIGITS:
        return False
    audience = audience_of(stream)
    if on_behalf(audience):
        return cls.AUDIENCE == OFFICE and len(org_of(stream)) == COUNTY_DIGITS
    return audience.partition("-")[0] == cls.AUDIENCE


def _named(entry: Entry) -> list[EntryId]:
    """The entries this one names; of nearly every new record there are none."""
    replaced = [each for write in entry.fields.values() if write.replaces for each in write.replaces]
    return [*replaced, *entry.seen]


def _pointed_at(entry: Entry) -> Iterator[tuple[str, str]]:
    """The records this entry points at, (kind, uid); the kind is empty where only the uid is told."""
    for wire, kind in _references(entry.kind):
        write = entry.fields.get(wire)
        if write is not None and isinstance(write.value, str) and write.value:
            beside = entry.fields.get(kind) if kind == OWNER_KIND else None
            told = beside.value if beside is not None else "" if kind == OWNER_KIND else kind
            yield str(told or ""), write.value


@lru_cache(maxsize=256)
def _references(kind: str) -> tuple[tuple[str, str], ...]:
    """(wire name, kind pointed at) of the fields of a kind that hold the uid of another record."""
    cls = _kinds().get(kind)
    specs = cls.specs() if cls is not None else ()
    return tuple(
        (spec.wire, OWNER_KIND if spec.kind.name == "owner" else spec.kind.refers)
        for spec in specs
        if spec.kind.refers or spec.kind.name == "owner"
    )


_declared: dict[str, type[Record]] = {}
assert records.__all__, "whoever imports the records has the whole dictionary"


def _kinds() -> Mapping[str, type[Record]]:
    if not _declared:
        _declared.update({cls.KIND: cls for cls in kinds()})
    return _declared


def _of(stream: str, *orgs: str) -> bool:
    try:
        return org_of(stream) in orgs
    except BadStream:
        return False


def heard(
    entries: Iterable[Entry],
    known: Known,
    *,
    org: str,
    reader: str,
    acknowledges: Mapping[str, int] | None = None,
    patient: bool = False,
    values: Iterable[tuple[EntryId, str, Kept]] = (),
) -> tuple[list[Entry], Trouble | None]:
    """The new entries of a whole bundle, or why none of it is taken in."""
    arrival = Arrival(known, org=org, reader=reader, acknowledges=acknowledges or {}, patient=patient)
    new = [entry for entry in entries if arrival.hear(entry) is not None]
    for entry, name, kept in values:
        arrival.open(entry, name, kept)
    return ([], arrival.trouble) if arrival.trouble else (new, None)
