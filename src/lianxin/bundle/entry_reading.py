"""Step 9 of verification: the journal of a bundle, entry by entry, each held against the manifest and the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lianxin.bundle.carried_lines import CarriedLine, ordinary_lines, read_line
from lianxin.bundle.entry_rules import NotOurs, check_entry
from lianxin.bundle.limits import Limits
from lianxin.bundle.line_reading import bad_line, strict_blocks
from lianxin.bundle.manifest import Manifest
from lianxin.bundle.scope import Scope
from lianxin.bundle.verdicts import Refused
from lianxin.domain.journal import BadEntry, line_digest
from lianxin.domain.streams import BadStream

_WHAT = "数据记录"
# A newer desk knows some more kinds than we do, not thousands.
_MOST_KINDS = 1_000


@dataclass(slots=True)
class _Told:
    """One stream of the manifest and how far it is read: the counter that must come next, the hash it must name."""

    last: int
    last_hash: str
    due: int
    digest: str | None = None


@dataclass
class EntryReader:
    """Reads data/journal.jsonl strictly; `kept` counts entries a newer desk wrote that are not understood here.

    Ranges and last hashes are those of the manifest, counters follow each other, every entry names the hash of the
    one before, and all stand in the order (lamport, stream). `counts` are the entries by kind.
    """

    manifest: Manifest
    scope: Scope
    limits: Limits
    kept: int = 0
    total: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    def read(self, chunks: Iterable[bytes]) -> Iterator[CarriedLine]:
        """Yield the entries; whoever has seen the last one knows that all are in order. Raises Refused."""
        counts: dict[str, int] = {}
        self.kept, self.total, self.counts = 0, 0, counts
        streams = {
            name: _Told(told.last, told.last_hash, told.first) for name, told in self.manifest.entries.items()
        }
        before = (0, "")
        for number, line, entry in self._lines(chunks):
            told = streams.get(entry.stream)
            if told is None:
                raise self._unlisted(entry.stream, number)
            _check_place(told, entry, line, number)
            place = (entry.lamport, entry.stream)
            if place <= before:
                raise bad_line(_WHAT, number, "次序不对")
            before = place
            try:
                self.kept += not check_entry(entry)
            except NotOurs as fault:
                raise bad_line(_WHAT, number, str(fault)) from None
            self.total += 1
            known = counts.get(entry.kind, 0)
            counts[entry.kind] = known + 1
            if not known and len(counts) > _MOST_KINDS:
                raise bad_line(_WHAT, number, "种类太多")
            yield entry
        for told in streams.values():
            if told.due != told.last + 1 or told.digest != told.last_hash:
                raise bad_line(_WHAT, 0, "与清单写的起止不符")

    def _lines(self, chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes, CarriedLine]]:
        longest, most = self.limits.line_size, self.limits.journal_entries
        for before, lines, block in strict_blocks(chunks, what=_WHAT, longest=longest, most=most):
            quick = ordinary_lines(block, len(lines))
            for number, (line, entry) in enumerate(zip(lines, quick, strict=True), before + 1):
                yield number, line, _parsed(line, number) if entry is None else entry

    def _unlisted(self, stream: str, number: int) -> Refused:
        """Entries of a stream the manifest does not name; a foreign one is worse (E313)."""
        try:
            self.scope.check_carried(stream)
        except BadStream:
            return bad_line(_WHAT, number, "账名不规范")
        except Refused as foreign:
            return foreign
        return bad_line(_WHAT, number, "清单没有列出这本账")


def _parsed(line: bytes, number: int) -> CarriedLine:
    try:
        return read_line(line)
    except BadEntry:
        raise bad_line(_WHAT, number) from None


def _check_place(told: _Told, entry: CarriedLine, line: bytes, number: int) -> None:
    if entry.counter != told.due or entry.counter > told.last:
        raise bad_line(_WHAT, number, "编号不连续")
    if told.digest is not None and entry.prev != told.digest:
        raise bad_line(_WHAT, number, "与前一条接不上")
    told.due += 1
    told.digest = line_digest(line)
