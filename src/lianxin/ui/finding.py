"""One search over everything (Ctrl+K): people, matters, numbers, units, by Chinese, pinyin or initials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lianxin.domain.dates import show_day
from lianxin.domain.dictionary import Record, kind_named
from lianxin.domain.records import (
    Contact,
    FormNumbers,
    HandlingUnit,
    Mandate,
    Opinion,
    Person,
    ReceptionDay,
    Station,
    Visitor,
)
from lianxin.office.desk import Desk
from lianxin.office.names import Names
from lianxin.office.paperwork.form_numbers import sheet_of
from lianxin.ui.search_box import SearchHit

_SHOWN: tuple[type[Record], ...] = (
    Person, Opinion, Contact, Visitor, ReceptionDay, HandlingUnit, Station, Mandate,
)  # fmt: skip


class StoreSearch:
    """A SearchService over the ledger; a visitor leads to the contact it belongs to."""

    def __init__(self, office: Desk) -> None:
        self._office = office

    def find(self, words: str, limit: int) -> Sequence[SearchHit]:
        """The latest hits, those of one kind together."""
        with self._office.store.reading() as reading:
            kinds = [cls.KIND for cls in _SHOWN]
            hits = reading.search(words, kinds=kinds, limit=limit)
            names = Names(reading)
            found: list[SearchHit] = []
            for cls in _SHOWN:
                uids = [hit.uid for hit in hits if hit.kind == cls.KIND]
                records = list(reading.by_uid(kind_named(cls.KIND), uids).values()) if uids else []
                # All at once, for a name may be borne by as many visitors as there is room for.
                contacts = reading.by_uid(
                    Contact, [record.contact for record in records if isinstance(record, Visitor)]
                )
                names.preload("person", [record.person for record in records if isinstance(record, Mandate)])
                found += [_hit(contacts, names, record) for record in records]
        found = _sheet(self._office, words) + found
        return list({(hit.kind, hit.uid): hit for hit in reversed(found)}.values())[::-1]


def _sheet(office: Desk, words: str) -> list[SearchHit]:
    """The blank form with this 表号, unless a visit was typed in from it: that is found by itself."""
    sheet = sheet_of(office, words) if "b" in words.lower() else None
    if sheet is None or sheet.contact:
        return []
    return [SearchHit(FormNumbers.KIND, sheet.number, sheet.form, sheet.words(), FormNumbers.LABEL)]


def _hit(contacts: Mapping[str, Contact], names: Names, record: Record) -> SearchHit:
    title, second, kind, uid = names.title(record), "", record.KIND, record.uid
    match record:
        case Opinion():
            second = f"{record.number or ''} {show_day(record.registered)}"
        case Contact():
            title, second = record.words[:30], f"{record.number or ''} {show_day(record.day)}"
        case Person():
            second = record.work or ""
        case Visitor():
            contact = contacts.get(record.contact)
            if contact is not None:
                second, kind, uid = f"{show_day(contact.day)} {contact.words[:24]}", Contact.KIND, contact.uid
        case HandlingUnit():
            second = record.shown("type")
    return SearchHit(kind, uid, title, second.strip(), record.LABEL)
