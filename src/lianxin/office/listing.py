"""Records as plain objects for scripts: labels people read, codes beside them, personal data masked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lianxin.domain.canonical import JsonValue
from lianxin.domain.dictionary import Record, Spec, kind_named, kinds
from lianxin.domain.records import Contact, Mandate, Person, Visitor
from lianxin.office.desk import Desk
from lianxin.office.names import Names
from lianxin.store.reading import Order, Reading


def listed(
    desk: Desk, *, kind: str, words: str = "", limit: int | None = None, reveal: bool = False
) -> list[dict[str, JsonValue]]:
    """The records of a kind, oldest first; with words those found, latest first. `reveal` is logged."""
    deputies = kind in ("deputy", "deputies")
    cls: type[Record] = Mandate if deputies else kind_named(kind)
    with desk.store.reading() as reading:
        uids = (
            found_uids(reading, cls, words, deputies=deputies) if words else reading.keys(cls, order=Order())
        )
        if limit is not None:
            uids = uids[:limit]
        names = Names(reading)
        objects = [
            _object(reading, names, record, reveal, deputies) for record in reading.by_uid(cls, uids).values()
        ]
    if reveal:
        desk.store.note("显示个人信息", f"{kind} {len(objects)}条")
    return objects


def found_uids(reading: Reading, cls: type[Record], words: str, *, deputies: bool = False) -> list[str]:
    """Found by its own words, and a contact or deputy also by its people's."""
    uids = [hit.uid for hit in reading.search(words, kinds=[cls.KIND], limit=100_000)]
    if cls is Contact:
        hits = [hit.uid for hit in reading.search(words, kinds=[Visitor.KIND], limit=100_000)]
        uids += [visitor.contact for visitor in reading.by_uid(Visitor, hits).values()]
    if deputies or cls is Mandate:
        hits = [hit.uid for hit in reading.search(words, kinds=[Person.KIND], limit=100_000)]
        uids += [mandate.uid for mandate in reading.children(Mandate, "person", hits)]
    return list(dict.fromkeys(uids))


def _object(
    reading: Reading, names: Names, record: Record, reveal: bool, deputies: bool
) -> dict[str, JsonValue]:
    told: dict[str, JsonValue] = {"uid": record.uid}
    if deputies and isinstance(record, Mandate):
        person = reading.get(Person, record.person)
        if person is not None:
            told.update(_fields(names, person, reveal))
        told["person_uid"] = record.person
        own = _fields(names, record, reveal)
        own.pop("person", None)
        if own.get("remark") is None:
            own.pop("remark", None)
        told.update(own)
        return told
    told.update(_fields(names, record, reveal))
    if isinstance(record, Contact):
        visitors = reading.children(Visitor, "contact", [record.uid])
        told["visitors"] = [{"uid": each.uid, **_own_fields(names, each, reveal)} for each in visitors]
    return told


def _fields(names: Names, record: Record, reveal: bool) -> dict[str, JsonValue]:
    told: dict[str, JsonValue] = {}
    for spec in record.fields():
        value = record.packed().get(spec.wire)
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


def _own_fields(names: Names, child: Record, reveal: bool) -> dict[str, JsonValue]:
    """The fields of a child record without the reference to its parent, which is told around it."""
    return {
        key: value
        for key, value in _fields(names, child, reveal).items()
        if key.removesuffix("_uid") != child.PARENT
    }


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
