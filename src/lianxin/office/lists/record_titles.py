"""What a record is called where whose it is stands beside it: short number and gist, personal words masked."""

from __future__ import annotations

from lianxin.domain.dates import show_day
from lianxin.domain.dictionary import Record
from lianxin.domain.records import Contact, Opinion
from lianxin.office.lists.listing import masked
from lianxin.office.names import Names
from lianxin.office.numbers import short_number

_GIST = 26


def title_of(names: Names, record: Record) -> str:
    """What a record is called in a list: with its number and its gist; personal words masked."""
    match record:
        case Contact():
            return f"{_numbered(record.number) or show_day(record.day)} {record.words[:_GIST]}"
        case Opinion():
            return f"{_numbered(record.number) or show_day(record.registered)} {record.title}"
    title = names.title(record)
    for spec in record.specs():
        if spec.withheld_able and title and record.shown(spec.wire) == title:
            return masked(spec, title)
    return title if title != record.LABEL else _first_words(names, record)


def _numbered(number: str | None) -> str:
    """The number without the office's code: whose record it is stands beside it."""
    return short_number(number) if number else ""


def _first_words(names: Names, record: Record) -> str:
    """The first two fields that say something, for kinds nobody gave a name."""
    told = []
    for spec in record.fields():
        words = names.shown(record, spec.wire)
        if words and spec.ledger:
            told.append(masked(spec, words) if spec.withheld_able else words[:_GIST])
        if len(told) == 2:
            break
    return " ".join(told) or record.LABEL
