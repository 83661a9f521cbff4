"""One record of any kind with every field filled, typed as a clerk would, references made first."""

from __future__ import annotations

from lianxin.domain.dictionary import Record, Spec, kind_named
from lianxin.office.desk import Desk

_TYPED = {
    "name": "向光明", "year": "2026", "day": "2026.11.20", "month": "1965.6", "clock": "9:30", "count": "3",
    "decimal": "12.5", "phone": "13912342217", "yes_no": "是", "lines": "把事情办好，让群众满意。", "uid": "",
}  # fmt: skip
_LATER = frozenset({"end", "until", "to"})
_LEFT_OUT = frozenset({"identity_number", "owner", "owner_kind", "joined", "merged_into"})


def typed_for(office: Desk, cls: type[Record]) -> dict[str, str]:
    """Typed text by wire name for every field of the form."""
    found = {spec.wire: _typed(office, cls, spec) for spec in cls.fields() if spec.wire not in _LEFT_OUT}
    return {wire: text for wire, text in found.items() if text}


def made(office: Desk, cls: type[Record]) -> str:
    """A stored record of the kind with what it must have; its uid."""
    typed = {
        spec.wire: _typed(office, cls, spec)
        for spec in cls.fields()
        if spec.required and spec.wire not in _LEFT_OUT
    }
    if any(spec.wire == "owner" and spec.required for spec in cls.fields()):
        typed |= {"owner_kind": "contact", "owner": _referred(office, "contact")}
    with office.store.writing(reason="准备") as writing:
        uid = writing.new_uid()
        parsed = cls.parse(typed, uid=uid, today=office.today())
        assert parsed.record is not None, parsed.problems
        writing.put(parsed.record)
    return uid


def _typed(office: Desk, cls: type[Record], spec: Spec) -> str:
    kind = spec.kind
    if cls.NUMBERED and spec.wire == "number":
        return ""
    if kind.codes is not None:
        return kind.codes.codes[0].code
    if kind.refers:
        return "" if kind.refers == cls.KIND else _referred(office, kind.refers)
    if kind.name == "clock" and spec.wire in _LATER:
        return "10:30"
    if kind.name == "text":
        return f"{spec.label}甲"[: spec.length or 10]
    return _TYPED.get(kind.name, "")


def _referred(office: Desk, kind: str) -> str:
    cls = kind_named(kind)
    with office.store.reading() as reading:
        known = reading.keys(cls, limit=1)
    return known[0] if known else made(office, cls)
