"""The methods of a frozen dataclass, written once for every kind of record.

`dataclasses` writes and compiles six methods for each class at every start of the program, which for all records
took a tenth of the time until the window is there. These read the fields instead.
"""

from __future__ import annotations

import dataclasses as dc
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar, NoReturn


class Frozen:
    """Given by keyword, equal when of one class with equal values, never changed; subclasses go through `freeze`."""

    _names_: ClassVar[tuple[str, ...]] = ()
    _known_: ClassVar[frozenset[str]] = frozenset()
    _asked_: ClassVar[frozenset[str]] = frozenset()
    _defaults_: ClassVar[Mapping[str, object]] = {}

    def __init__(self, **values: object) -> None:
        given = values.keys()
        if not (given <= self._known_ and given >= self._asked_):
            raise TypeError(_wrong(type(self).__qualname__, self._asked_ - given, given - self._known_))
        own = self.__dict__
        own.update(self._defaults_)
        own.update(values)

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        # The values are all there is: a record keeps no notes about itself.
        return self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(tuple(map(self.__dict__.__getitem__, self._names_)))

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={self.__dict__[name]!r}" for name in self._names_)
        return f"{type(self).__qualname__}({told})"

    if not TYPE_CHECKING:
        # Type checkers know from `dataclass_transform`; to them a class with these may set any name.
        def __setattr__(self, name: str, _value: object) -> NoReturn:
            raise dc.FrozenInstanceError(f"cannot assign to field {name!r}")

        def __delattr__(self, name: str) -> NoReturn:
            raise dc.FrozenInstanceError(f"cannot delete field {name!r}")


def freeze(cls: type[Frozen]) -> None:
    """Makes a dataclass of it for `fields` and `replace`, which writes no methods, and notes its names."""
    dc.dataclass(init=False, repr=False, eq=False, match_args=False)(cls)
    told = dc.fields(cls)  # type: ignore[arg-type]
    cls._names_ = tuple(field.name for field in told)
    cls._known_ = frozenset(cls._names_)
    cls._defaults_ = {field.name: field.default for field in told if field.default is not dc.MISSING}
    cls._asked_ = cls._known_ - cls._defaults_.keys()


def _wrong(name: str, missing: Iterable[str], unknown: Iterable[str]) -> str:
    if names := sorted(missing):
        return f"{name} misses {', '.join(names)}"
    return f"{name} has no {', '.join(sorted(unknown))}"
