"""What a field made of the typed text: shown beside it, asked about when doubtful, said plainly when wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lianxin.domain import checks, dates
from lianxin.domain.dates import Unreadable
from lianxin.domain.dictionary import Record, Spec

_SHOWS_ITSELF = frozenset({"day", "month", "clock", "phone", "name", "count"})


@dataclass(frozen=True)
class Understanding:
    """`shown` is the reading when it differs from what was typed; `doubt` asks; `problem` says what is wrong."""

    shown: str = ""
    doubt: str = ""
    problem: str = ""


NOTHING_TYPED = Understanding()


def understand(cls: type[Record], spec: Spec, text: str, *, today: date) -> Understanding:
    """Read one field as the record would be read. An empty field is understood; whether it may be is asked later."""
    typed = text.strip()
    if not typed:
        return NOTHING_TYPED
    problem = cls.parse({spec.wire: text}, uid="", today=today).problems.get(spec.wire, "")
    if problem:
        return Understanding(problem=problem)
    shown = ""
    if spec.kind.name in _SHOWS_ITSELF:
        shown = spec.kind.show(spec.kind.parse(text, today))
    return Understanding(shown="" if shown == typed else shown, doubt=_doubt(spec.kind.name, typed, today))


def typed_of(record: Record) -> dict[str, str]:
    """The record as somebody would have typed it, by wire name; parsing it gives the same record again."""
    found: dict[str, str] = {}
    for wire, value in record.packed().items():
        if value is None:
            found[wire] = ""
        elif isinstance(value, bool):
            found[wire] = "是" if value else "否"
        else:
            found[wire] = str(value)
    return found


def masked(spec: Spec, shown: str) -> str:
    """A personal value as lists show it: by the rule of its kind, else its first character."""
    if not shown:
        return ""
    if spec.kind.mask is not None:
        return spec.kind.mask(shown)
    return f"{shown[0]}***" if len(shown) > 3 else "***"


def readable(cls: type[Record], typed: Mapping[str, str], wire: str, *, today: date) -> str:
    """The value of a typed field as people read it; the typed text itself when it cannot be read."""
    spec, text = cls.spec(wire), typed.get(wire, "").strip()
    if not text:
        return ""
    try:
        return spec.kind.show(spec.kind.parse(text, today))
    except ValueError:
        return text


def _doubt(kind: str, typed: str, today: date) -> str:
    try:
        if kind == "day":
            return dates.read_day(typed, today=today).doubt or ""
        if kind == "month":
            return dates.read_month(typed, today=today).doubt or ""
        if kind == "phone":
            return checks.read_phone(typed).doubt or ""
        if kind == "name":
            return checks.read_name(typed).doubt or ""
        if kind == "count":
            return checks.read_count(typed).doubt or ""
        if kind == "identity":
            return "；".join(checks.read_identity(typed, today=today).doubts)
    except Unreadable as wrong:
        return str(wrong)
    return ""
