"""Records as plain objects for scripts: labels people read, codes beside them, personal data masked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lianxin.domain.canonical import JsonValue
from lianxin.domain.dictionary import Record, Spec, kind_named, kinds
from lianxin.domain.records import (
    Contact,
    Evaluation,
    Mandate,
    Opinion,
    Person,
    Signer,
    Suggestion,
    TallyRow,
    Visitor,
)
from lianxin.office.access.access_log import note_access
from lianxin.office.cases.listed_states import states_told
from lianxin.office.desk import Desk
from lianxin.office.names import Names
from lianxin.store.reading import Order, Reading, keys_under


def listed(
    desk: Desk, *, kind: str, words: str = "", limit: int | None = None, reveal: bool = False
) -> list[dict[str, JsonValue]]:
    """The records of a kind, oldest first; with words those found, latest first. `reveal` is logged."""
    if reveal:
        desk.require("reveal")
    deputies = kind in ("deputy", "deputies")
    cls: type[Record] = Mandate if deputies else kind_named(kind)
    with desk.store.reading() as reading:
        uids = (
            found_uids(reading, cls, words, deputies=deputies) if words else reading.keys(cls, order=Order())
        )
        if limit is not None:
            uids = uids[:limit]
        records = list(reading.by_uid(cls, uids).values())
        teller = _Teller(reading, records, reveal=reveal, deputies=deputies)
        objects = [teller.told(record) for record in records]
        matters = [record for record in records if isinstance(record, Opinion)]
        states = states_told(desk, reading, matters)
        for told in objects:
            told.update(states.get(str(told["uid"]), {}))
    if reveal:
        note_access(desk, f"命令行列出{cls.LABEL}", records=len(objects))
    return objects


def found_uids(reading: Reading, cls: type[Record], words: str, *, deputies: bool = False) -> list[str]:
    """Found by its own words, and a contact or deputy also by its people's."""
    people: type[Record] | None = (
        Visitor if cls is Contact else Person if deputies or cls is Mandate else None
    )
    kinds_asked = [cls.KIND, people.KIND] if people is not None else [cls.KIND]
    # One question for both: each looks at every place where the words stand.
    hits = reading.search(words, kinds=kinds_asked, limit=100_000)
    uids = [hit.uid for hit in hits if hit.kind == cls.KIND]
    whose = [hit.uid for hit in hits if people is not None and hit.kind == people.KIND]
    if people is Visitor:
        uids += [visitor.contact for visitor in reading.by_uid(Visitor, whose).values()]
    elif people is Person:
        uids += [mandate.uid for mandate in reading.children(Mandate, "person", whose)]
    return list(dict.fromkeys(uids))


def uids_holding(reading: Reading, cls: type[Record], words: str, *, deputies: bool = False) -> set[str]:
    """The same in no order and however many, for narrowing a list that has its own order."""
    found = reading.holding(cls, words)
    if cls is Contact:
        found |= reading.holding(Visitor, words, wire="contact")
    elif deputies or cls is Mandate:
        found |= keys_under(reading, Mandate, "person", reading.holding(Person, words))
    return found


class _Teller:
    """Tells records of one list; what belongs to them is read for all at once."""

    def __init__(self, reading: Reading, records: Sequence[Record], *, reveal: bool, deputies: bool) -> None:
        self._names, self._reveal = Names(reading), reveal
        for spec in records[0].fields() if records else ():
            if spec.kind.refers:
                wanted = [str(record.packed().get(spec.wire) or "") for record in records]
                self._names.preload(spec.kind.refers, wanted)
        contacts = [record.uid for record in records if isinstance(record, Contact)]
        self._visitors: dict[str, list[Visitor]] = {}
        for visitor in reading.children(Visitor, "contact", contacts):
            self._visitors.setdefault(visitor.contact, []).append(visitor)
        suggestions = [record for record in records if isinstance(record, Suggestion)]
        self._matters = reading.by_uid(Opinion, [each.opinion for each in suggestions])
        self._signers: dict[str, list[Signer]] = {}
        for signer in reading.children(Signer, "suggestion", [each.uid for each in suggestions]):
            self._signers.setdefault(signer.suggestion, []).append(signer)
        votes = [record.uid for record in records if isinstance(record, Evaluation)]
        self._rows: dict[str, list[TallyRow]] = {}
        for row in reading.children(TallyRow, "evaluation", votes):
            self._rows.setdefault(row.evaluation, []).append(row)
        held = [record.person for record in records if isinstance(record, Mandate)] if deputies else []
        self._people = reading.by_uid(Person, held)

    def told(self, record: Record) -> dict[str, JsonValue]:
        """One record as an object."""
        told: dict[str, JsonValue] = {"uid": record.uid}
        if isinstance(record, Mandate) and record.person in self._people:
            person = self._people[record.person]
            told.update(_fields(self._names, person, self._reveal), person_uid=person.uid)
            own = _fields(self._names, record, self._reveal, without="person")
            told.update({key: value for key, value in own.items() if key not in told or value is not None})
            return told
        told.update(_fields(self._names, record, self._reveal))
        if isinstance(record, Suggestion) and record.opinion in self._matters:
            matter = _fields(self._names, self._matters[record.opinion], self._reveal)
            told.update({key: value for key, value in matter.items() if key not in told})
            told["signers"] = [
                self._names.of("person", each.person) for each in self._signers.get(record.uid, ())
            ]
        if isinstance(record, Evaluation):
            told["rows"] = [
                {"uid": each.uid, **_fields(self._names, each, self._reveal, without="evaluation")}
                for each in sorted(self._rows.get(record.uid, ()), key=lambda row: row.place)
            ]
        if isinstance(record, Contact):
            told["visitors"] = [
                {"uid": each.uid, **_fields(self._names, each, self._reveal, without="contact")}
                for each in self._visitors.get(record.uid, ())
            ]
        return told


def _fields(names: Names, record: Record, reveal: bool, without: str = "") -> dict[str, JsonValue]:
    """The fields by wire name, but the reference to the record it is told inside of."""
    told: dict[str, JsonValue] = {}
    packed = record.packed()
    for spec in record.fields():
        if spec.wire == without:
            continue
        value = packed.get(spec.wire)
        if value is None:
            told[spec.wire] = None
        elif spec.kind.refers:
            told[spec.wire] = names.of(spec.kind.refers, str(value))
            told[f"{spec.wire}_uid"] = value
        elif spec.kind.codes is not None:
            told[spec.wire] = record.shown(spec.wire)
            told[f"{spec.wire}_code"] = value
        elif spec.withheld_able and not reveal:
            told[spec.wire] = masked(spec, str(value))
        else:
            told[spec.wire] = value
    return told


def masked(spec: Spec, text: str) -> str:
    """Personal data as lists show it: by the mask of its kind, or the first character and stars."""
    if spec.kind.mask is not None:
        return spec.kind.mask(text)
    return text[:1] + "**" if text else ""


def dictionary_lines(kind: str = "") -> Iterator[dict[str, JsonValue]]:
    """Every field of every kind (or of one), from the declarations."""
    chosen: Sequence[type[Record]] = [kind_named(kind)] if kind else kinds()
    for cls in chosen:
        for spec in cls.specs():
            yield _field_line(cls, spec)


def _field_line(cls: type[Record], spec: Spec) -> dict[str, JsonValue]:
    codes: list[Mapping[str, JsonValue]] | None = None
    if spec.kind.codes is not None:
        codes = [{"code": code.code, "label": code.label} for code in spec.kind.codes.codes]
    return {
        "kind": cls.KIND,
        "kind_label": cls.LABEL,
        "field": spec.wire,
        "label": spec.label,
        "type": spec.kind.name,
        "refers": spec.kind.refers or None,
        "codes": codes,
        "required": spec.required,
        "length": spec.length or None,
        "privacy": spec.privacy,
        "searchable": spec.search,
        "merge": spec.merge,
        "synonyms": list(spec.synonyms),
    }
