"""Values beside entries: commitments, disclosure, erasure, and what a field shows (journal.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from lianxin.domain.canonical import canonical
from lianxin.domain.dictionary import Wire
from lianxin.domain.journal import STATE, EntryId, Head, RecordState

ERASED = "erased"


@dataclass(frozen=True)
class Kept:
    """The value behind a commitment, with its salt (hex)."""

    salt: str
    value: Wire


Beside = Kept | Literal["erased"]
"""What lies beside an entry's field: the value, or the word that it was erased. Absence means withheld."""

Lookup = Callable[[EntryId, str], Beside | None]


def commitment_to(kept: Kept) -> str:
    """SHA-256(salt ‖ canonical value), 64 hex digits."""
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
    if not speaking:
        return Shown(None, silent)
    last, value = speaking[-1]
    differ = any(
        other != value or isinstance(other, bool) != isinstance(value, bool) for _, other in speaking
    )
    state: Literal["open", "known"] = "open" if last.commitment is None else "known"
    return Shown(value, state, tuple(head for head, _ in speaking) if differ else ())


def shown_record(
    state: RecordState, units: Mapping[str, tuple[str, ...]], lookup: Lookup
) -> dict[str, Shown]:
    """Every field of a record as it stands; fields of one merge unit conflict together (journal.md)."""
    found = {name: shown_field(heads, name, lookup) for name, heads in state.heads.items() if name != STATE}
    for name, shown in list(found.items()):
        if shown.conflict:
            for member in units.get(name, (name,)):
                other = found.get(member)
                if other is not None and not other.conflict:
                    found[member] = Shown(other.value, other.state, state.heads[member])
    return found


def record_digest_part(state: RecordState) -> bytes | None:
    """What `content_hash` takes of one record; None for a removed one.

    Values of open fields and their open conflicts; commitments of withheld-able ones, so that withholding,
    disclosing and erasing leave it unchanged. Never replica ids, entry ids or times of arrival.
    """
    if state.removed:
        return None
    fields: dict[str, list[Wire]] = {}
    for name, heads in state.heads.items():
        if name == STATE:
            continue
        commitments = sorted({head.commitment for head in heads if head.commitment is not None})
        plain = [head.value for head in heads if head.commitment is None]
        distinct = sorted({canonical(value) for value in plain})
        told: list[Wire] = [*commitments]
        if plain:
            told.append(canonical(plain[-1]).decode())
            if len(distinct) > 1:
                told.extend(value.decode() for value in distinct)
        if told and (commitments or plain[-1] is not None or len(distinct) > 1):
            fields[name] = told
    return canonical({"kind": state.kind, "uid": state.uid, "contested": state.contested, "fields": fields})


def content_hash(parts: Mapping[tuple[str, str], bytes | None]) -> str:
    """SHA-256 over the parts of all records of shared streams, in order of kind and uid; 64 hex digits."""
    digest = hashlib.sha256()
    for key in sorted(parts):
        part = parts[key]
        if part is not None:
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
