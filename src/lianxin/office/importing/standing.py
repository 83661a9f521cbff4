"""Records that stand already with all a row tells, so that a ledger of our own taken in again makes nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from lianxin.domain.dictionary import Record, Wire
from lianxin.store.reading import Reading

R = TypeVar("R", bound=Record)
_Key = tuple[Wire, ...]


class StandingRecords(Generic[R]):
    """The records of one kind as they stood when the first row was looked at; each answers for one row only."""

    def __init__(self, cls: type[R]) -> None:
        self._wires = tuple(spec.wire for spec in cls.fields() if spec.ledger)
        self.cls = cls
        self._records: Sequence[R] | None = None
        self._books: dict[tuple[str, ...], dict[_Key, list[R]]] = {}
        self._taken: set[str] = set()

    def like(self, reading: Reading, record: R) -> R | None:
        """A record not yet taken that has every value this one tells; None when there is none."""
        if self._records is None:
            self._records = reading.all(self.cls)
        packed = record.packed()
        told = tuple(wire for wire in self._wires if packed[wire] is not None)
        book = self._books.get(told)
        if book is None:
            book = self._books[told] = self._filed(told, self._records)
        for found in book.get(tuple(packed[wire] for wire in told), []):
            if found.uid not in self._taken:
                self._taken.add(found.uid)
                return found
        return None

    def _filed(self, wires: tuple[str, ...], records: Sequence[R]) -> dict[_Key, list[R]]:
        book: dict[_Key, list[R]] = {}
        for record in records:
            packed = record.packed()
            book.setdefault(tuple(packed[wire] for wire in wires), []).append(record)
        return book
