"""The counts a manifest states of what is carried, made by who seals and made again by who checks (E208)."""

from __future__ import annotations

from collections.abc import Mapping

from lianxin.bundle.codes import Code
from lianxin.bundle.manifest import Kind, Manifest
from lianxin.bundle.verdicts import Refused

ENTRIES, FILES = "entries", "files"
"""Names among the counts that are no kinds: all entries together, and the listed files."""
_CARRY_ENTRIES = frozenset([Kind.REPORT, Kind.HANDOVER, Kind.RECEIPT])


def counts_of(entries_by_kind: Mapping[str, int], *, files: int) -> dict[str, int]:
    """Return `Manifest.counts` of a sealed bundle: entries per kind, entries in all, files in all."""
    return {**entries_by_kind, ENTRIES: sum(entries_by_kind.values()), FILES: files}


def check_counts(manifest: Manifest, entries_by_kind: Mapping[str, int]) -> None:
    """Refuse a manifest whose counts differ from what is carried (E208); bundles without entries may state none."""
    if manifest.kind is Kind.PLAIN or (not manifest.counts and manifest.kind not in _CARRY_ENTRIES):
        return
    found = counts_of(entries_by_kind, files=len(manifest.files))
    for name in sorted(found.keys() | manifest.counts.keys()):
        if found.get(name, 0) != manifest.counts.get(name, 0):
            told = manifest.counts.get(name, 0)
            raise Refused(Code.COUNTS, f"{name}：清单 {told}，实际 {found.get(name, 0)}")
