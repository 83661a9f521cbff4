"""Streams: one replica writing for one audience; their names, tips, and what may come next (journal.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from lianxin.domain.journal import Entry

LOCAL, OFFICE, COMMON, TO = "local", "office", "common", "to"
BEHALF = "behalf"
"""What a county writes for a township that does not use the program; it never leaves (docs/adr/0024)."""
COUNTY_DIGITS = 6
"""Codes of counties; those of townships are longer."""
_REPLICA = re.compile(r"([0-9]{6}|[0-9]{9})-[0-9a-f]{12}")
_STREAM = re.compile(rf"({_REPLICA.pattern})/(local|office|common|(?:to|behalf)-[0-9]{{9}})")


class BadStream(ValueError):
    """A stream or replica name that does not have the form of journal.md."""


def replica_id(org_code: str, randomness: bytes) -> str:
    """`<org code>-<12 hex>`: begins with the code of the office. `randomness` is six bytes. Raises BadStream."""
    name = f"{org_code}-{randomness.hex()}"
    if not _REPLICA.fullmatch(name):
        raise BadStream(f"not a replica: {name!r}")
    return name


@lru_cache(maxsize=4096)
def stream_of(replica: str, audience: str) -> str:
    """The stream in which this replica writes for this audience (`local`, `office`, `common`, `to-<code>`)."""
    name = f"{replica}/{audience}"
    if not _STREAM.fullmatch(name):
        raise BadStream(f"not a stream: {name!r}")
    return name


@lru_cache(maxsize=4096)
def audience_of(stream: str) -> str:
    """`local`, `office`, `common`, `to-<code>` or `behalf-<code>`. Raises BadStream."""
    found = _STREAM.fullmatch(stream)
    if not found:
        raise BadStream(f"not a stream: {stream!r}")
    return stream.rpartition("/")[2]


def replica_of(stream: str) -> str:
    """The replica that writes this stream. Raises BadStream."""
    audience_of(stream)
    return stream.partition("/")[0]


def org_of(stream: str) -> str:
    """The code of the office whose replica writes this stream; what a claim of ownership is held against."""
    return replica_of(stream).partition("-")[0]


def belongs_to(stream: str) -> str:
    """The office whose work a stream tells: its writer's, or the township the county writes on behalf of."""
    audience = audience_of(stream)
    return audience.removeprefix(f"{BEHALF}-") if on_behalf(audience) else org_of(stream)


def on_behalf(audience: str) -> bool:
    """Whether a stream of this audience holds what a county wrote for a township without the program."""
    return audience.startswith(f"{BEHALF}-")


def stays_home(stream: str) -> bool:
    """Whether no bundle ever carries this stream, and nothing in it counts for the content hash."""
    audience = audience_of(stream)
    return audience == LOCAL or on_behalf(audience)


@dataclass(frozen=True)
class Tip:
    """How far a stream is known: highest counter, hash of that entry, its lamport."""

    counter: int = 0
    digest: str = ""
    lamport: int = 0


def next_lamport(stream: str, tips: Mapping[str, Tip]) -> int:
    """1 + the highest lamport among the entries that every reader of this stream holds or is sent with it.

    What one computer of a township wrote or was told, the township's others may not hold yet: neither does a receipt
    stand on what only one of them sent, nor what one writes on a receipt the others never saw. A `local` entry never
    raises a shared one.
    """
    return 1 + max((tip.lamport for other, tip in tips.items() if _raises(other, stream)), default=0)


def _raises(other: str, stream: str) -> bool:
    mine, theirs = audience_of(stream), audience_of(other)
    if mine == LOCAL or theirs == LOCAL:
        return other == stream
    if on_behalf(mine) or on_behalf(theirs):
        return mine == theirs and org_of(other) == org_of(stream)
    if mine == OFFICE:
        # The office's own; at the county also what it tells its townships.
        return org_of(other) == org_of(stream)
    return theirs in (COMMON, mine)


Judgement = Literal["next", "known", "gap", "fork", "lamport"]


def judge(entry: Entry, tip: Tip, *, digest_here: str | None, highest: int) -> Judgement:
    """What an arriving entry is to a stream known up to `tip`.

    `digest_here` is the hash of the entry already kept under this id, if any; `highest` is the highest lamport
    known or carried before it. `gap` waits (E605); `fork` is another entry under a known id (E602);
    `lamport` is refused (E604).
    """
    if entry.counter <= tip.counter:
        return "known" if digest_here == entry.digest() else "fork"
    if entry.counter > tip.counter + 1:
        return "gap"
    if entry.prev != tip.digest:
        return "fork"
    if entry.lamport <= tip.lamport or entry.lamport > 1 + highest:
        return "lamport"
    return "next"
