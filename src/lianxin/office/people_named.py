"""Whom the words of a matter may name: told to the store before words are written, so that such words stay beside.

One place for everybody who writes steps, replies and corrections (journal.md, "Values beside entries").
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from lianxin.domain.dictionary import Record
from lianxin.domain.records import Contact, Opinion, ReceptionDay, Visitor
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Writing

R = TypeVar("R", bound=Record)


def naming(writing: Writing, record: R) -> R:
    """The record itself, about to be written: whoever came with its matter is told to `writing` first.

    Everybody who came in the visit, with the matter it raised, and with the matters joined or merged to it.
    """
    writing.names_people(people_of(Reading(writing.connection), record))
    return record


def people_of(reading: Reading, record: Record) -> set[str]:
    """The names of the visitors whom the words of a record may hold."""
    contacts, matters = _beginnings(record)
    if isinstance(record, ReceptionDay):
        contacts |= _uids(reading, Contact, "reception_day", record.uid)
    contacts |= _contacts_of(reading, _whole_matters(reading, contacts, matters))
    found = {each.name for each in reading.children(Visitor, "contact", sorted(contacts)) if each.name}
    return found | ({record.name} if isinstance(record, Visitor) and record.name else set())


def _beginnings(record: Record) -> tuple[set[str], set[str]]:
    """The contacts and matters that a record is or leads to."""
    contacts = {record.uid} if isinstance(record, Contact) else set()
    matters = {record.uid} if isinstance(record, Opinion) else set()
    packed = record.packed()
    for spec in record.fields():
        value = packed.get(spec.wire)
        if isinstance(value, str) and value:
            contacts |= {value} if spec.kind.refers == Contact.KIND else set()
            matters |= {value} if spec.kind.refers == Opinion.KIND else set()
    return contacts, matters


def _whole_matters(reading: Reading, contacts: Iterable[str], matters: Iterable[str]) -> set[str]:
    """The matters with those that visits raised and those handled together with them."""
    found = set(matters)
    for contact in contacts:
        found |= _uids(reading, Opinion, "contact", contact)
    known = reading.by_uid(Opinion, sorted(found))
    mains = {each.merged_into or uid for uid, each in known.items()}
    for main in sorted(mains):
        found |= _uids(reading, Opinion, "merged_into", main)
    return found | mains


def _contacts_of(reading: Reading, matters: Iterable[str]) -> set[str]:
    """The visits that raised the matters, and those joined to them later."""
    wanted = sorted(matters)
    raised = {each.contact for each in reading.by_uid(Opinion, wanted).values() if each.contact}
    for matter in wanted:
        raised |= _uids(reading, Contact, "joined", matter)
    return raised


def _uids(reading: Reading, cls: type[Record], wire: str, value: str) -> set[str]:
    return {str(row[0]) for row in reading.fields(cls, ("uid",), Condition(wire, "=", value))}
