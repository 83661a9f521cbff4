"""更新记录: what a new version of the program brings, told once for each ledger at its first start."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lianxin.store.reading import Reading
from lianxin.store.record_store import RecordStore

_SEEN = "seen-version"
_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
_NUMBER = re.compile(r"\d+\.\d+\.\d+")


@dataclass(frozen=True)
class Release:
    """One section of the changelog: its heading, the version in it ("" for what is not released), and its text."""

    heading: str
    version: str
    text: str


def releases(changelog: str) -> tuple[Release, ...]:
    """The sections of CHANGELOG.md, newest first."""
    marks = list(_SECTION.finditer(changelog))
    ends = [mark.start() for mark in marks[1:]] + [len(changelog)]
    found = []
    for mark, end in zip(marks, ends, strict=True):
        number = _NUMBER.search(mark[1])
        found.append(Release(mark[1], number[0] if number else "", changelog[mark.end() : end].strip()))
    return tuple(found)


def newer_than(seen: str, found: Sequence[Release]) -> tuple[Release, ...]:
    """The releases after a version; the newest alone when that version is unknown."""
    places = [place for place, each in enumerate(found) if each.version and each.version == seen]
    return tuple(found[: places[0]] if places else found[:1])


def seen_version(reading: Reading) -> str:
    """The version that last opened this ledger with its news told; empty for a ledger of before."""
    told = reading.setting(_SEEN)
    return told if isinstance(told, str) else ""


def note_version(store: RecordStore, version: str) -> None:
    """The news of this version were told, or there is nobody they are new to."""
    store.set_setting(_SEEN, version)
