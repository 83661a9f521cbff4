"""What a carried entry must be besides well formed: of a known kind, with values of the declared types (E604)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from types import NoneType

from msgspec import UNSET

from lianxin.bundle.carried_lines import CarriedLine

# Importing the records is what fills the dictionary.
from lianxin.domain import records as _records  # noqa: F401
from lianxin.domain.dictionary import SCHEMA, Record, Spec, Wire, kinds
from lianxin.domain.journal import STATE
from lianxin.domain.kinds import DECIMAL
from lianxin.domain.streams import audience_of

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_DAY_LETTERS = len("2026-01-01")
Fits = Callable[[Wire], bool]


@dataclass(frozen=True)
class _Rules:
    """One kind as its entries must be: the audience of its streams and, by wire name, the test of each field.

    `fits` tests what stands in an entry, `opened` what lies beside it; `plain` are names with types that need no test.
    """

    audience: str
    fits: Mapping[str, Fits]
    opened: Mapping[str, Fits]
    specs: Mapping[str, Spec]
    plain: frozenset[tuple[str, type]]


class NotOurs(ValueError):
    """An entry does not keep a rule of the dictionary; the message says which, in Chinese."""


def check_entry(entry: CarriedLine) -> bool:
    """Refuse what no desk of this schema writes (NotOurs); return whether all of it is understood here.

    Entries of a newer schema are kept as they are: only their names and chain are looked at.
    """
    if not _UUID.fullmatch(entry.uid):
        raise NotOurs("标识不规范")
    rules = _rules(entry.kind)
    if entry.schema > SCHEMA:
        return rules is not None and all(name in rules.specs or name == STATE for name in entry.fields)
    if rules is None:
        raise NotOurs("没有这类记录")
    if rules.audience != _audience(entry.stream):
        raise NotOurs("这类记录不该在这里")
    tests = rules.fits
    for name, told in entry.fields.items():
        value = told.v
        if (name, type(value)) in rules.plain or (value is UNSET and name in tests):
            continue
        fits = tests.get(name)
        if fits is None:
            if name != STATE:
                raise NotOurs(f"没有“{name[:40]}”这一项")
        elif value is not UNSET and not fits(value):
            raise NotOurs(_why(rules.specs[name]))
    return True


@lru_cache(maxsize=256)
def _audience(stream: str) -> str:
    return audience_of(stream).partition("-")[0]


def value_fits(entry: CarriedLine, name: str, value: Wire) -> bool:
    """Say whether a value that lies beside an entry has the type of its field; unknown fields take any."""
    rules = _known.get(entry.kind) or _rules(entry.kind)
    fits = rules.opened.get(name) if rules is not None else None
    return fits is None or entry.schema > SCHEMA or fits(value)


def _why(spec: Spec) -> str:
    return f"{spec.label}没有隐去" if spec.withheld_able else f"{spec.label}的类型不对"


_known: dict[str, _Rules] = {}


def _rules(kind: str) -> _Rules | None:
    """The rules of a kind, None for an unknown one; plural words are no kinds here."""
    if not _known:
        _known.update({cls.KIND: _rules_of(cls) for cls in kinds()})
    return _known.get(kind)


def _rules_of(cls: type[Record]) -> _Rules:
    specs = {spec.wire: spec for spec in cls.specs() if spec.wire != "uid"}
    # What may be withheld stands as a commitment, whatever its value.
    opened = {name: _test_of(spec) for name, spec in specs.items()}
    fits = {name: _never if specs[name].withheld_able else test for name, test in opened.items()}
    plain = frozenset((name, kind) for name, test in fits.items() for kind in _PLAIN.get(test, ()))
    return _Rules(cls.AUDIENCE, fits, opened, specs, plain)


def _never(_value: Wire) -> bool:
    return False


def _test_of(spec: Spec) -> Fits:
    """The test of a field's value on the wire; null stands for an empty field of any type."""
    if spec.kind.name == "yes_no":
        return _is_flag
    if spec.kind.column == "integer":
        return _is_number
    return _SHAPES.get(spec.kind.name, _is_text)


def _is_flag(value: Wire) -> bool:
    return value is None or isinstance(value, bool)


def _is_number(value: Wire) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool))


def _is_text(value: Wire) -> bool:
    return value is None or isinstance(value, str)


def _is_day(value: Wire) -> bool:
    return value is None or (isinstance(value, str) and len(value) == _DAY_LETTERS and _reads_as_day(value))


@lru_cache(maxsize=1_000)
def _reads_as_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_clock(value: Wire) -> bool:
    try:
        return value is None or (
            isinstance(value, str) and time.fromisoformat(value).strftime("%H:%M") == value
        )
    except ValueError:
        return False


def _is_decimal(value: Wire) -> bool:
    return value is None or (isinstance(value, str) and DECIMAL.pack(DECIMAL.unpack(value)) == value)


_SHAPES: Mapping[str, Fits] = {"day": _is_day, "clock": _is_clock, "decimal": _is_decimal}
_PLAIN: Mapping[Fits, tuple[type, ...]] = {
    _is_text: (str, NoneType),
    _is_number: (int, NoneType),
    _is_flag: (bool, NoneType),
}
"""What passes these tests by its type alone."""
