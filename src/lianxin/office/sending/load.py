"""What a report carries besides its documents: the entries the county lacks, their values, the files attached."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lianxin.bundle.journal_file import JOURNAL_PATH, VALUES_PATH, CarriedValue, value_line
from lianxin.bundle.manifest import Role, StreamRange
from lianxin.bundle.parts import Part, part_of_bytes, part_of_stream
from lianxin.bundle.spooling import Spool
from lianxin.domain.canonical import canonical
from lianxin.domain.journal import line_digest
from lianxin.store.carrying import CarriedLine


@dataclass
class Load:
    """The data of one bundle, spooled and counted; `ranges` are what is new in it, by stream."""

    folder: Path
    journal: Spool
    values: Spool
    ranges: dict[str, StreamRange] = field(default_factory=dict)
    by_kind: dict[str, int] = field(default_factory=dict)
    kept_back: int = 0

    @classmethod
    def empty(cls, folder: Path) -> Load:
        """Nothing yet; spools lie in `folder`."""
        return cls(folder, Spool(folder), Spool(folder))

    def take_lines(self, lines: Iterable[CarriedLine]) -> None:
        """Spools these entries and counts them."""
        for each in lines:
            self.journal.file.write(each.line + b"\n")
            self.by_kind[each.kind] = self.by_kind.get(each.kind, 0) + 1
            stream, counter = each.id
            first = self.ranges[stream].first if stream in self.ranges else counter
            self.ranges[stream] = StreamRange(first, counter, line_digest(each.line))

    def take_values(self, values: Iterable[CarriedValue]) -> None:
        """Spools these values; they come in the order of their places."""
        for each in values:
            self.values.file.write(value_line(each))

    def parts(self) -> list[Part]:
        """The data files; values.jsonl only when a value travels, and then there is a journal, if an empty one."""
        parts: list[Part] = []
        if self.ranges or self.values.size:
            parts.append(part_of_stream(JOURNAL_PATH, Role.DATA, self.journal.open))
        if self.values.size:
            parts.append(part_of_stream(VALUES_PATH, Role.VALUES, self.values.open, personal=True))
        return parts

    def reached(self, after: Mapping[str, int]) -> str:
        """JSON, stream → last entry that has travelled when this bundle arrives."""
        reached = {**after, **{stream: found.last for stream, found in self.ranges.items()}}
        return canonical(reached).decode()

    def close(self) -> None:
        """Gives the spools away."""
        self.journal.close()
        self.values.close()


def document_parts(documents: Sequence[tuple[str, bytes]]) -> list[Part]:
    """The papers for people, which name no visitor."""
    return [part_of_bytes(f"documents/{name}", Role.DOCUMENT, data) for name, data in documents]


def until(
    lines: Iterable[CarriedLine], stops: Callable[[CarriedLine], bool], load: Load
) -> Iterator[CarriedLine]:
    """The lines before the first at which `stops`; the rest is counted as kept back.

    A beginning in the order of travel is closed under cause like the whole.
    """
    stopped = False
    for each in lines:
        stopped = stopped or stops(each)
        if stopped:
            load.kept_back += 1
        else:
            yield each
