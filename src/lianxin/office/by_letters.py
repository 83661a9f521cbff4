"""Finding units, villages and stations by the letters of their names; the index knows those of people only."""

from __future__ import annotations

from lianxin.domain.dictionary import Record
from lianxin.domain.records import HandlingUnit, Region, Station
from lianxin.office.names import Names
from lianxin.store.reading import Reading
from lianxin.store.search import readings_of

_KINDS: tuple[type[Record], ...] = (HandlingUnit, Region, Station)
"""Books of some dozens of records, read through at once."""


def found_by_letters(reading: Reading, cls: type[Record], words: str, *, limit: int) -> list[str]:
    """The uids of those whose full pinyin or initials hold the letters; none for other kinds or other words."""
    letters = words.strip().casefold()
    if cls not in _KINDS or not (letters.isascii() and letters.isalpha()):
        return []
    names = Names(reading)
    found = [
        each.uid
        for each in reading.all(cls)
        if any(letters in spoken for spoken in readings_of(names.title(each)))
    ]
    return found[:limit]
