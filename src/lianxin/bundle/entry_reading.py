"""Step 9 of verification: the journal of a bundle, entry by entry, each held against the manifest and the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lianxin.bundle.entry_rules import NotOurs, check_entry
from lianxin.bundle.limits import Limits
from lianxin.bundle.line_reading import bad_line, strict_lines
from lianxin.bundle.manifest import Manifest
from lianxin.bundle.scope import Scope
from lianxin.domain.journal import BadEntry, Entry, line_digest, parse_entry
from lianxin.domain.streams import BadStream

_WHAT = "数据记录"
# A newer desk knows some more kinds than we do, not thousands.
_MOST_KINDS = 1_000


@dataclass(frozen=True)
class _Last:
    """The last entry read of one stream."""

    counter: int
    digest: str


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

    def read(self, chunks: Iterable[bytes]) -> Iterator[Entry]:
        """Yield the entries; whoever has seen the last one knows that all are in order. Raises Refused."""
        self.kept, self.total, self.counts = 0, 0, {}
        tips: dict[str, _Last] = {}
        before = (0, "")
        lines = strict_lines(
            chunks, what=_WHAT, longest=self.limits.line_size, most=self.limits.journal_entries
        )
        for number, line in enumerate(lines, 1):
            entry = _parsed(line, number)
            _check_place(self.manifest, self.scope, entry, line, tips, number)
            if (entry.lamport, entry.stream) <= before:
                raise bad_line(_WHAT, number, "次序不对")
            before = (entry.lamport, entry.stream)
            self._check_rules(entry, number)
            self.total += 1
            self.counts[entry.kind] = self.counts.get(entry.kind, 0) + 1
            if len(self.counts) > _MOST_KINDS:
                raise bad_line(_WHAT, number, "种类太多")
            yield entry
        for stream, told in self.manifest.entries.items():
            if tips.get(stream) != _Last(told.last, told.last_hash):
                raise bad_line(_WHAT, 0, "与清单写的起止不符")

    def _check_rules(self, entry: Entry, number: int) -> None:
        try:
            self.kept += not check_entry(entry)
        except NotOurs as fault:
            raise bad_line(_WHAT, number, str(fault)) from None


def _parsed(line: bytes, number: int) -> Entry:
    try:
        return parse_entry(line)
    except BadEntry:
        raise bad_line(_WHAT, number) from None


def _check_place(
    manifest: Manifest, scope: Scope, entry: Entry, line: bytes, tips: dict[str, _Last], number: int
) -> None:
    told = manifest.entries.get(entry.stream)
    if told is None:
        try:
            scope.check_carried(entry.stream)
        except BadStream:
            raise bad_line(_WHAT, number, "账名不规范") from None
        raise bad_line(_WHAT, number, "清单没有列出这本账")
    tip = tips.get(entry.stream)
    expected = told.first if tip is None else tip.counter + 1
    if entry.counter != expected or entry.counter > told.last:
        raise bad_line(_WHAT, number, "编号不连续")
    if tip is not None and entry.prev != tip.digest:
        raise bad_line(_WHAT, number, "与前一条接不上")
    tips[entry.stream] = _Last(entry.counter, line_digest(line))
