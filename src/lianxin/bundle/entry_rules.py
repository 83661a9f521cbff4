"""What a carried entry must be besides well formed: of a known kind, with values of the declared types (E604)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time

from lianxin.domain import records
from lianxin.domain.dictionary import SCHEMA, Record, Spec, Wire, kind_named
from lianxin.domain.journal import STATE, Entry, Write
from lianxin.domain.streams import audience_of

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_KINDS: dict[str, Mapping[str, Spec]] = {}
# Importing the records is what fills the dictionary.
_RECORDS = records.__all__


class NotOurs(ValueError):
    """An entry does not keep a rule of the dictionary; the message says which, in Chinese."""


def check_entry(entry: Entry) -> bool:
    """Refuse what no desk of this schema writes (NotOurs); return whether all of it is understood here.

    Entries of a newer schema are kept as they are: only their names and chain are looked at.
    """
    if not _UUID.fullmatch(entry.uid):
        raise NotOurs("标识不规范")
    specs = _specs(entry.kind)
    if entry.schema > SCHEMA:
        return specs is not None and all(name in specs or name == STATE for name in entry.fields)
    if specs is None:
        raise NotOurs("没有这类记录")
    if audience_of(entry.stream).partition("-")[0] != kind_named(entry.kind).AUDIENCE:
        raise NotOurs("这类记录不该在这里")
    for name, write in entry.fields.items():
        if name != STATE:
            _check_field(entry, specs, name, write)
    return True


def value_fits(entry: Entry, name: str, value: Wire) -> bool:
    """Say whether a value that lies beside an entry has the type of its field; unknown fields take any."""
    specs = _specs(entry.kind)
    spec = specs.get(name) if specs is not None else None
    return spec is None or entry.schema > SCHEMA or _fits(spec, value)


def _check_field(entry: Entry, specs: Mapping[str, Spec], name: str, write: Write) -> None:
    spec = specs.get(name)
    if spec is None or name == "uid":
        raise NotOurs(f"没有“{name[:40]}”这一项")
    if entry.op == "erase":
        return
    if write.commitment is None:
        if spec.withheld_able:
            raise NotOurs(f"{spec.label}没有隐去")
        if not _fits(spec, write.value):
            raise NotOurs(f"{spec.label}的类型不对")


def _specs(kind: str) -> Mapping[str, Spec] | None:
    """The fields of a kind by wire name, None for an unknown kind; plural words are no kinds here."""
    if kind not in _KINDS:
        try:
            found: type[Record] = kind_named(kind)
        except KeyError:
            return None
        if kind != found.KIND:
            return None
        _KINDS[kind] = {spec.wire: spec for spec in found.specs()}
    return _KINDS[kind]


def _fits(spec: Spec, value: Wire) -> bool:
    if value is None:
        return True
    if spec.kind.name == "yes_no":
        return isinstance(value, bool)
    if spec.kind.column == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if not isinstance(value, str):
        return False
    shape = _SHAPES.get(spec.kind.name)
    return shape is None or shape(value)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_clock(text: str) -> bool:
    try:
        return time.fromisoformat(text).strftime("%H:%M") == text
    except ValueError:
        return False


_SHAPES: Mapping[str, Callable[[str], bool]] = {"day": _is_day, "clock": _is_clock}
