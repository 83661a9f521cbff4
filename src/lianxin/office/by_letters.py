"""Finding codes, units, villages and stations by the letters of their names; the index knows those of people only."""

from __future__ import annotations

from lianxin.domain.codes import Code, CodeList
from lianxin.domain.dictionary import Record
from lianxin.domain.records import HandlingUnit, Region, Station
from lianxin.office.names import Names
from lianxin.store.reading import Reading
from lianxin.store.search import readings_of

_KINDS: tuple[type[Record], ...] = (HandlingUnit, Region, Station)
"""Books of some dozens of records, read through at once."""


def found_by_letters(reading: Reading, cls: type[Record], words: str, *, limit: int) -> list[str]:
    """The uids of those whose full pinyin or initials hold the letters; none for other kinds or other words."""
    if cls not in _KINDS or not _letters(words):
        return []
    names = Names(reading)
    return [each.uid for each in reading.all(cls) if _spoken(names.title(each), words)][:limit]


def codes_by_letters(codes: CodeList, words: str) -> list[Code]:
    """The codes whose label or synonym, in full pinyin or initials, holds the letters; none for other words."""
    if not _letters(words):
        return []
    return [
        code for code in codes.codes if any(_spoken(name, words) for name in (code.label, *code.synonyms))
    ]


def _letters(words: str) -> str:
    letters = words.strip().casefold()
    return letters if letters.isascii() and letters.isalpha() else ""


def _spoken(name: str, words: str) -> bool:
    return any(_letters(words) in spoken for spoken in readings_of(name))
