"""Records as the townships sent them, beside each other: which office each belongs to, and how many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lianxin.county.behalf.marks import marks
from lianxin.county.townships.names import towns_in
from lianxin.domain.dictionary import Record, kinds
from lianxin.office.desk import Desk
from lianxin.store.owners import owners_of_kind

OWN_KINDS = frozenset(
    {
        "enrolment", "code-change", "received-file", "receipt-item", "conflict-answer", "reception-decision",
        "record-return", "office-computer", "sent-file", "handed-down", "handed-to", "same-person", "behalf-source",
        "township", "stamped-paper", "county-assignment", "county-supervision", "county-reply", "county-decision",
    }
)  # fmt: skip
"""Kept on other pages of the county, or only at a township."""


@dataclass(frozen=True)
class Owners:
    """Owner of every record of a kind, by uid, and the offices that have some: (name, code), by name.

    `marks` tells of a record that nobody signed how it came (代录, 普通报送).
    """

    by_uid: Mapping[str, str]
    names: Mapping[str, str]
    offices: tuple[tuple[str, str], ...]
    marks: Mapping[str, str] = field(default_factory=dict)

    def name(self, uid: str) -> str:
        """The office a record belongs to, with its mark: 大坪乡（代录）."""
        name, mark = self.names.get(self.by_uid.get(uid, ""), ""), self.marks.get(uid)
        return f"{name}（{mark}）" if mark else name


def owners(desk: Desk, cls: type[Record]) -> Owners:
    """Whose records of this kind are here."""
    with desk.store.reading() as reading:
        by_uid = owners_of_kind(reading.connection, cls.KIND)
        towns, marked = towns_in(reading), marks(reading, cls)
    codes = sorted(set(by_uid.values()))
    names = {code: towns.name(code) for code in codes}
    return Owners(by_uid, names, tuple((names[code], code) for code in codes), marked)


def merged_kinds(desk: Desk) -> Sequence[tuple[type[Record], int]]:
    """Every kind that townships send, with how many records of it are here; those with some first."""
    with desk.store.reading() as reading:
        found = [(cls, reading.count(cls)) for cls in kinds() if cls.KIND not in OWN_KINDS]
    return sorted(found, key=lambda each: not each[1])
