"""Finding records to refer to, for the fields of forms."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.domain.dictionary import kind_named
from lianxin.office.by_letters import found_by_letters
from lianxin.office.desk import Desk
from lianxin.office.names import Names
from lianxin.store.reading import Order

FEW = 12
"""How many lines a field offers."""


class StoreLookup:
    """A Lookup over the ledger: found by words, pinyin and initials; with no words the latest ones."""

    def __init__(self, office: Desk) -> None:
        self._office = office

    def candidates(self, kind: str, words: str) -> Sequence[tuple[str, str]]:
        """(uid, label), the best first."""
        cls = kind_named(kind)
        with self._office.store.reading() as reading:
            if words.strip():
                uids = [hit.uid for hit in reading.search(words, kinds=[cls.KIND], limit=FEW)]
                uids = uids or found_by_letters(reading, cls, words, limit=FEW)
            else:
                uids = reading.keys(cls, order=Order(descending=True))[:FEW]
            names = Names(reading)
            return [(uid, names.title(record)) for uid, record in reading.by_uid(cls, uids).items()]

    def name_of(self, kind: str, uid: str) -> str:
        """The label of one record, empty when it is not here."""
        with self._office.store.reading() as reading:
            return Names(reading).of(kind, uid)
