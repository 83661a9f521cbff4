"""The lines of data files, read by msgspec: a line that it writes back to the same bytes is in canonical form.

The strict readers of the domain decide about every line that is not quite ordinary, so that the same lines are
accepted and refused with the same words; a property test holds both together (docs/adr/0019).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, TypeVar

from msgspec import UNSET, Meta, MsgspecError, Struct, UnsetType
from msgspec.json import Decoder, Encoder

from lianxin.bundle.journal_file import CarriedValue
from lianxin.domain.canonical import MAX_INTEGER, NotCanonical, parse_canonical
from lianxin.domain.journal import STATE, BadEntry, Entry, EntryId, Write, entry_ids, is_moment, parse_entry
from lianxin.domain.values import Kept

_Positive = Annotated[int, Meta(ge=1, le=MAX_INTEGER)]
_Integer = Annotated[int, Meta(ge=-MAX_INTEGER, le=MAX_INTEGER)]
_Word = Annotated[str, Meta(min_length=1)]
_HEX = b"0123456789abcdef"


class CarriedField(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """What a line says of one field: `v`, or the commitment to a value beside it, or neither (erase)."""

    commitment: str | UnsetType = UNSET
    replaces: tuple[str, ...]
    v: None | bool | _Integer | str | UnsetType = UNSET


class CarriedLine(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """An entry as its line says it, for looking at: `entry` makes the domain's own of it."""

    # In the order of canonical keys: the parts are written back as they stand here.
    actor: str
    at: str
    counter: _Positive
    fields: dict[str, CarriedField]
    kind: _Word
    lamport: _Positive
    op: str
    prev: str
    schema: _Positive
    seen: tuple[str, ...]
    stream: _Word
    uid: _Word

    def entry(self) -> Entry:
        """The entry of this line. Raises BadEntry."""
        if self.op != "put" or self.seen:
            return parse_entry(_ENCODER.encode(self))
        return Entry(
            stream=self.stream,
            counter=self.counter,
            lamport=self.lamport,
            prev=self.prev,
            kind=self.kind,
            uid=self.uid,
            op="put",
            fields={name: _write_of(told) for name, told in self.fields.items()},
            seen=(),
            schema=self.schema,
            at=self.at,
            actor=self.actor,
        )


class CarriedOpening(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A line of values: the salt and value behind the commitment of one field of one entry."""

    counter: _Positive
    field: _Word
    salt: str
    stream: str
    value: None | bool | _Integer | str

    def carried(self) -> CarriedValue:
        """The same in the words of the domain."""
        return CarriedValue(EntryId(self.stream, self.counter), self.field, Kept(self.salt, self.value))


_ENCODER = Encoder(order="deterministic")
_LINES, _OPENINGS = Decoder(CarriedLine), Decoder(CarriedOpening)
_WRONG = (MsgspecError, ValueError, RecursionError)
_Told = TypeVar("_Told")
_NUL = b"\\u0000"


def ordinary_lines(block: bytes, count: int) -> Sequence[CarriedLine | None]:
    """The journal lines of a block of `count` whole lines, None where `read_line` has to look.

    Canonical lines hold no LF, so a block that comes back the same has come back the same line by line.
    """
    told = _same(_LINES, block)
    return [None] * count if told is None else [each if _ordinary(each) else None for each in told]


def ordinary_openings(block: bytes) -> Sequence[CarriedOpening] | None:
    """The lines of values of such a block; None where `read_opening` has to look at each."""
    return _same(_OPENINGS, block)


def read_line(line: bytes) -> CarriedLine:
    """A journal line that `domain.journal.parse_entry` takes. Raises BadEntry for every other."""
    try:
        told = _LINES.decode(line)
        if _ordinary(told) and _ENCODER.encode(told) == line and _NUL not in line:
            return told
    except _WRONG:
        pass
    parse_entry(line)
    return _LINES.decode(line)


def read_entries(lines: Sequence[bytes]) -> Iterator[Entry]:
    """What `domain.journal.parse_entry` reads of each line, sooner. Raises BadEntry."""
    told = ordinary_lines(b"".join(line + b"\n" for line in lines), len(lines))
    for line, quick in zip(lines, told, strict=True):
        yield (quick or read_line(line)).entry()


def read_opening(line: bytes) -> CarriedOpening:
    """A line of values in canonical form with exactly its keys, of the right types. Raises NotCanonical."""
    try:
        told = _OPENINGS.decode(line)
        if _ENCODER.encode(told) == line and _NUL not in line:
            return told
    except _WRONG:
        pass
    parse_canonical(line)
    raise NotCanonical("no line of values")


def wire_bytes(value: None | bool | int | str) -> bytes:
    """The canonical bytes of a value that was read from a line."""
    return _ENCODER.encode(value)


def is_digest(text: str) -> bool:
    """Whether these are 64 hex digits, a SHA-256 or a salt; taking all such letters out is sooner than a pattern."""
    return len(text) == 64 and text.isascii() and not text.encode().translate(None, _HEX)


def _same(decoder: Decoder[_Told], block: bytes) -> list[_Told] | None:
    try:
        told = decoder.decode_lines(block)
        return told if _ENCODER.encode_lines(told) == block and _NUL not in block else None
    except _WRONG:
        return None


def _ordinary(told: CarriedLine) -> bool:
    """A put as desks write it; removing, restoring, erasing and everything wrong is left to the strict reader."""
    if told.op != "put" or told.seen or not told.fields or not is_moment(told.at):
        return False
    if told.prev:
        if told.counter == 1 or not is_digest(told.prev):
            return False
    elif told.counter != 1:
        return False
    for field in told.fields.values():
        commitment = field.commitment
        if commitment is UNSET:
            if field.v is UNSET:
                return False
        elif field.v is not UNSET or not is_digest(commitment):
            return False
        if field.replaces and not _all_before(field.replaces, told):
            return False
    return STATE not in told.fields


def _all_before(names: tuple[str, ...], told: CarriedLine) -> bool:
    try:
        ids = entry_ids(names)
    except BadEntry:
        return False
    return not any(each.stream == told.stream and each.counter >= told.counter for each in ids)


def _write_of(told: CarriedField) -> Write:
    replaces = entry_ids(told.replaces) if told.replaces else ()
    if told.commitment is not UNSET:
        return Write(None, told.commitment, replaces)
    return Write(None if told.v is UNSET else told.v, None, replaces)
