"""Contacts of one occasion: what was raised at one talk or one stand in the street is registered as a contact each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

from lianxin.domain.records import Contact

Occasion: TypeAlias = tuple[str, date, str | None, str | None]


def occasion_of(contact: Contact) -> Occasion:
    """What contacts of one occasion have in common: channel, day, station and place as typed."""
    return contact.channel, contact.day, contact.station, contact.place


def first_of_each(contacts: Iterable[Contact]) -> list[Contact]:
    """One contact for every occasion, the first met, in the order given."""
    found: dict[Occasion, Contact] = {}
    for contact in contacts:
        found.setdefault(occasion_of(contact), contact)
    return list(found.values())
