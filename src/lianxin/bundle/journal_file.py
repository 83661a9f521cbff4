"""The data files of a bundle as written: journal lines, and the values that lie beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from lianxin.domain.canonical import JsonValue, canonical
from lianxin.domain.journal import EntryId
from lianxin.domain.values import Kept

JOURNAL_PATH = "data/journal.jsonl"
VALUES_PATH = "data/values.jsonl"

ENTRIES, FILES = "entries", "files"


def exact_counts(entries_by_kind: Mapping[str, int], files: int) -> dict[str, int]:
    """The manifest's `counts` of a sealed bundle (E208): `entries` and `files` whole, and entries per kind."""
    kinds = {kind: count for kind, count in entries_by_kind.items() if count}
    return {ENTRIES: sum(kinds.values()), FILES: files, **kinds}


class CarriedValue(NamedTuple):
    """The salt and value behind one commitment: of which entry and which field (wire name)."""

    entry: EntryId
    field: str
    kept: Kept

    @property
    def place(self) -> tuple[str, int, str]:
        """Where it stands in the file: by stream, counter, field."""
        return (self.entry.stream, self.entry.counter, self.field)


def value_line(value: CarriedValue) -> bytes:
    """One line of data/values.jsonl, with its LF: canonical {stream, counter, field, salt, value}."""
    told: dict[str, JsonValue] = {
        "stream": value.entry.stream,
        "counter": value.entry.counter,
        "field": value.field,
        "salt": value.kept.salt,
        "value": value.kept.value,
    }
    return canonical(told) + b"\n"
