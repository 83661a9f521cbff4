"""Step 10 of verification: the counts a manifest states are those of what is carried (E208)."""

from __future__ import annotations

from collections.abc import Mapping

from lianxin.bundle.codes import Code
from lianxin.bundle.journal_file import exact_counts
from lianxin.bundle.manifest import Kind, Manifest
from lianxin.bundle.verdicts import Refused
from lianxin.domain.dictionary import kinds

_CARRY_ENTRIES = frozenset([Kind.REPORT, Kind.HANDOVER, Kind.RECEIPT])


def check_counts(manifest: Manifest, entries_by_kind: Mapping[str, int]) -> None:
    """Refuse a manifest whose counts differ from what is carried; bundles without entries may state none."""
    if manifest.kind is Kind.PLAIN or (not manifest.counts and manifest.kind not in _CARRY_ENTRIES):
        return
    found = exact_counts(entries_by_kind, len(manifest.files))
    for name in sorted(found.keys() | manifest.counts.keys()):
        if found.get(name, 0) != manifest.counts.get(name, 0):
            told = manifest.counts.get(name, 0)
            raise Refused(Code.COUNTS, f"{_words_for(name)}：清单 {told}，实际 {found.get(name, 0)}")


def _words_for(name: str) -> str:
    """What is counted, as people call it; a kind of a newer program keeps its wire name."""
    labels = {"entries": "记录", "files": "文件"} | {cls.KIND: cls.LABEL for cls in kinds()}
    return labels.get(name, name)
