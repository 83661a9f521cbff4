"""Values beside entries: commitments, disclosure, erasure, and what a field shows (journal.md)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from lianxin.domain.canonical import canonical
from lianxin.domain.dictionary import Wire
from lianxin.domain.journal import STATE, EntryId, Head, RecordState

ERASED: Final = "erased"
SALT_BYTES = 32
"""One length for every salt: with any other, salt and value could be cut at another place (docs/adr/0004)."""
_SALT = re.compile(rf"[0-9a-f]{{{2 * SALT_BYTES}}}")


class BadSalt(ValueError):
    """A salt that is not 64 lower-case hex digits; nothing can be committed to or opened with it."""


class Kept(NamedTuple):
    """The value behind a commitment, with its salt (hex)."""

    salt: str
    value: Wire


Beside = Kept | Literal["erased"]
"""What lies beside an entry's field: the value, or the word that it was erased. Absence means withheld."""

Lookup = Callable[[EntryId, str], Beside | None]


def commitment_to(kept: Kept) -> str:
    """SHA-256(salt ‖ canonical value), 64 hex digits. Raises BadSalt, NotCanonical."""
    if not _SALT.fullmatch(kept.salt):
        raise BadSalt(f"not a salt of {SALT_BYTES} bytes")
    return hashlib.sha256(bytes.fromhex(kept.salt) + canonical(kept.value)).hexdigest()


def joined(one: Beside | None, other: Beside | None) -> Beside | None:
    """What is known after hearing both: withheld can become known, known can become erased, never back."""
    if ERASED in (one, other):
        return ERASED
    return one if one is not None else other


@dataclass(frozen=True)
class Shown:
    """One field as it stands: the value to show, and the open question when heads differ."""

    value: Wire
    state: Literal["open", "known", "withheld", "erased", "empty"]
    conflict: tuple[Head, ...] = ()


def shown_field(heads: tuple[Head, ...], name: str, lookup: Lookup) -> Shown:
    """The last head by order; a conflict when heads with known values differ. Withheld heads take no part."""
    if len(heads) == 1 and heads[0].commitment is None:
        return Shown(heads[0].value, "open")
    speaking, silent = _heard(heads, name, lookup)
    if not speaking:
        return Shown(None, silent)
    last, value = speaking[-1]
    differ = any(
        other != value or isinstance(other, bool) != isinstance(value, bool) for _, other in speaking
    )
    state: Literal["open", "known"] = "open" if last.commitment is None else "known"
    return Shown(value, state, tuple(head for head, _ in speaking) if differ else ())


def _heard(
    heads: tuple[Head, ...], name: str, lookup: Lookup
) -> tuple[list[tuple[Head, Wire]], Literal["withheld", "erased", "empty"]]:
    """The heads whose value is known here, with it; and why nothing is shown when there is none."""
    speaking: list[tuple[Head, Wire]] = []
    silent: Literal["withheld", "erased", "empty"] = "empty"
    for head in heads:
        if head.commitment is None:
            speaking.append((head, head.value))
            continue
        beside = lookup(head.id, name)
        if isinstance(beside, Kept):
            speaking.append((head, beside.value))
        else:
            silent = "erased" if beside == ERASED else "withheld"
    return speaking, silent


def shown_record(
    state: RecordState, units: Mapping[str, tuple[str, ...]], lookup: Lookup
) -> dict[str, Shown]:
    """Every field of a record as it stands; fields of one merge unit conflict together (journal.md)."""

    def look(entry: EntryId, name: str) -> Beside | None:
        # An erase entry rules even where a value came after it.
        return ERASED if (entry, name) in state.erased else lookup(entry, name)

    found = {name: shown_field(heads, name, look) for name, heads in state.heads.items() if name != STATE}
    if not any(shown.conflict for shown in found.values()):
        return found
    asked = {member for name, shown in found.items() if shown.conflict for member in units.get(name, (name,))}
    for name in asked & set(found):
        shown = found[name]
        if not shown.conflict:
            speaking, _ = _heard(state.heads[name], name, look)
            found[name] = Shown(shown.value, shown.state, tuple(head for head, _ in speaking))
    return found


def record_digest_part(state: RecordState) -> bytes | None:
    """What `content_hash` takes of one record; None for a removed one.

    Per field: the commitments that stand, the values of open heads, and in an open conflict which of them were
    written last. Commitments stand for what may be withheld, so that withholding, disclosing and erasing leave
    the hash unchanged. Never replica ids (not even to break a tie), entry ids or times of arrival.
    """
    if state.removed:
        return None
    fields = {
        name: told for name, heads in state.heads.items() if name != STATE and (told := _digested(heads))
    }
    return canonical({"kind": state.kind, "uid": state.uid, "contested": state.contested, "fields": fields})


def _digested(heads: tuple[Head, ...]) -> dict[str, list[str]]:
    """Nothing for an empty field, so that a field nobody filled in and one emptied again are the same."""
    told: dict[str, list[str]] = {}
    commitments = {head.commitment for head in heads if head.commitment is not None}
    if commitments:
        told["commitments"] = sorted(commitments)
    plain = [head for head in heads if head.commitment is None]
    values = {canonical(head.value).decode() for head in plain}
    if values - {"null"}:
        told["values"] = sorted(values)
    if len(values) > 1:
        newest = max(head.lamport for head in plain)
        told["last"] = sorted({canonical(head.value).decode() for head in plain if head.lamport == newest})
    return told


def content_hash(parts: Mapping[tuple[str, str], bytes | None]) -> str:
    """SHA-256 over the parts of all records of shared streams, in order of kind and uid; 64 hex digits."""
    digest = hashlib.sha256()
    for key in sorted(parts):
        part = parts[key]
        if part is not None:
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
