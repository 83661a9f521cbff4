"""Journal entries for the corpus: a few visits and what came of them, written as a desk writes them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lianxin.bundle.journal_file import CarriedValue, value_line
from lianxin.domain.dictionary import Wire
from lianxin.domain.journal import Entry, EntryId, Write
from lianxin.domain.values import Kept, commitment_to
from tests.corpus.world import COMMON_STREAM, OFFICE_STREAM

AT = "2026-10-12T09:30:00+08:00"


def uid(number: int) -> str:
    """The uid of a record of the corpus."""
    return f"0192f0c0-0000-7000-8000-{number:012x}"


def kept(value: Wire, mark: str) -> Kept:
    """A value with a salt that is always the same."""
    return Kept(hashlib.sha256(mark.encode()).hexdigest(), value)


@dataclass
class Book:
    """One stream being written; `lamport` may be moved on by hand. Values of `beside` are kept apart."""

    stream: str = OFFICE_STREAM
    lamport: int = 0
    entries: list[Entry] = field(default_factory=list)
    values: list[CarriedValue] = field(default_factory=list)

    def put(
        self,
        kind: str,
        record: str,
        fields: Mapping[str, Wire],
        *,
        beside: Mapping[str, Wire] | None = None,
        replaces: Sequence[EntryId] = (),
        schema: int = 1,
    ) -> Entry:
        """Write one record."""
        counter = len(self.entries) + 1
        writes = {name: Write(value, None, tuple(replaces)) for name, value in fields.items()}
        for name, value in (beside or {}).items():
            held = kept(value, f"{self.stream}#{counter}#{name}")
            writes[name] = Write(None, commitment_to(held), tuple(replaces))
            self.values.append(CarriedValue(EntryId(self.stream, counter), name, held))
        self.lamport += 1
        entry = Entry(
            stream=self.stream,
            counter=counter,
            lamport=self.lamport,
            prev=self.entries[-1].digest() if self.entries else "",
            kind=kind,
            uid=record,
            op="put",
            fields=writes,
            seen=(),
            schema=schema,
            at=AT,
            actor="01",
        )
        self.entries.append(entry)
        return entry

    def part(self, first: int, last: int) -> Book:
        """The entries from `first` to `last` as a book of their own, chain unchanged."""
        return Book(
            self.stream,
            self.lamport,
            self.entries[first - 1 : last],
            [value for value in self.values if first <= value.entry.counter <= last],
        )


def visits(stream: str = OFFICE_STREAM, months: int = 1, *, mark: int = 0) -> Book:
    """Visits as registered: per month two contacts, one visitor with a name and a phone, one matter."""
    book = Book(stream)
    for month in range(months):
        base = mark * 1_000 + month * 10
        book.put(
            "contact",
            uid(base + 1),
            {
                "type": "visit",
                "date": f"2026-{10 + month:02d}-12",
                "words": "饮水管破损断水四天",
                "persons": 2,
            },
        )
        book.put(
            "visitor",
            uid(base + 2),
            {"contact": uid(base + 1), "anonymous": False},
            beside={"name": "单志明", "phone": "13912342217"},
        )
        book.put(
            "contact",
            uid(base + 3),
            {"type": "visit", "date": f"2026-{10 + month:02d}-13", "words": "集镇垃圾没人清运", "persons": 1},
        )
        book.put(
            "opinion",
            uid(base + 4),
            {
                "title": "修复饮水管",
                "words": "饮水管破损断水四天",
                "registered": f"2026-{10 + month:02d}-12",
                "contact": uid(base + 1),
            },
        )
    return book


def journal(books: Iterable[Book]) -> bytes:
    """The lines of data/journal.jsonl in the order in which they travel."""
    entries = [entry for book in books for entry in book.entries]
    ordered = sorted(entries, key=lambda entry: (entry.lamport, entry.stream))
    return b"".join(entry.line() + b"\n" for entry in ordered)


def values_file(books: Iterable[Book]) -> bytes:
    """The lines of data/values.jsonl."""
    values = sorted((value for book in books for value in book.values), key=lambda value: value.place)
    return b"".join(value_line(value) for value in values)


def rewritten(book: Book, counter: int, **changes: object) -> Book:
    """The same book with one entry changed and the chain behind it made anew: what an insider can make."""
    entries: list[Entry] = []
    for entry in book.entries:
        changed = replace(entry, **changes) if entry.counter == counter else entry
        if entries and entry.counter > counter:
            changed = replace(changed, prev=entries[-1].digest())
        entries.append(changed)
    return Book(book.stream, book.lamport, entries, list(book.values))


def county_book(stream: str = COMMON_STREAM) -> Book:
    """What a county tells all its townships."""
    return Book(stream)
