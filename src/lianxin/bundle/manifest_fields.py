"""Strict reading of one JSON object of the manifest: every field once, of its type, and none besides."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from lianxin.bundle.paths import hides
from lianxin.domain.canonical import JsonValue

_DIGEST = re.compile(r"[0-9a-f]{64}")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_ORG_CODE = re.compile(r"[0-9]{6}|[0-9]{9}")
_PERIOD = re.compile(r"20[0-9]{2}(-(0[1-9]|1[0-2])|-Q[1-4]|-H[12])?")

Choice = TypeVar("Choice", bound=StrEnum)


class BadManifest(ValueError):
    """A fact of the manifest is missing, unknown or of the wrong type; `field_name` says which."""

    def __init__(self, field_name: str, reason: str) -> None:
        super().__init__(f"{field_name} {reason}")
        self.field_name = field_name


def periods_text(text: str) -> str:
    """Return a period as written ("2026-10", "2026-Q4", "2026-H2", "2026"). Raises BadManifest."""
    if _PERIOD.fullmatch(text) is None:
        raise BadManifest("period", "is no period")
    return text


@dataclass
class Fields:
    """One JSON object being read; `done` refuses whatever nobody asked for."""

    values: Mapping[str, JsonValue]
    owner: str
    taken: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, value: JsonValue, owner: str) -> Fields:
        """Begin reading `value`, which must be an object."""
        if not isinstance(value, dict):
            raise BadManifest(owner, "is no object")
        return cls(value, owner)

    def done(self) -> None:
        """Refuse fields that were not read."""
        for name in self.values:
            if name not in self.taken:
                raise BadManifest(name[:60], f"is unknown in {self.owner}")

    def text(self, name: str, *, longest: int = 200, empty: bool = False, lines: bool = False) -> str:
        """Return a text that can be shown as it is: no control, bidi or invisible characters."""
        value = self._value(name)
        if not isinstance(value, str):
            raise BadManifest(name, "is no text")
        if len(value) > longest or (not value and not empty):
            raise BadManifest(name, "is empty or too long")
        if hides(value.replace("\n", "") if lines else value):
            raise BadManifest(name, "has hidden characters")
        return value

    def integer(self, name: str, *, least: int = 0) -> int:
        """Return a whole number of at least `least`."""
        return _integer(name, self._value(name), least)

    def integer_or_none(self, name: str) -> int | None:
        """Return a whole number, or None for null."""
        value = self._value(name)
        return None if value is None else _integer(name, value, 0)

    def flag(self, name: str) -> bool:
        """Return true or false."""
        value = self._value(name)
        if not isinstance(value, bool):
            raise BadManifest(name, "is neither true nor false")
        return value

    def choice(self, name: str, choices: type[Choice]) -> Choice:
        """Return the member of `choices` that is written."""
        text = self.text(name)
        for member in choices:
            if member.value == text:
                return member
        raise BadManifest(name, "is none of the known values")

    def digest(self, name: str) -> str:
        """Return a SHA-256 of 64 lower-case hex digits."""
        return self._matching(name, _DIGEST)

    def digest_or_none(self, name: str) -> str | None:
        """Return a SHA-256, or None for null."""
        return None if self._value(name) is None else self._matching(name, _DIGEST)

    def uuid(self, name: str) -> str:
        """Return a lower-case UUID with hyphens."""
        return self._matching(name, _UUID)

    def org_code(self, name: str) -> str:
        """Return a division code: 6 digits for a county, 9 for a township."""
        return self._matching(name, _ORG_CODE)

    def inner(self, name: str) -> Fields:
        """Return an object inside this one."""
        return Fields.of(self._value(name), name)

    def items(self, name: str) -> Sequence[JsonValue]:
        """Return a list."""
        value = self._value(name)
        if not isinstance(value, list | tuple):
            raise BadManifest(name, "is no list")
        return value

    def members(self, name: str) -> Mapping[str, JsonValue]:
        """Return an object used as a table: short visible names to anything."""
        value = self._value(name)
        if not isinstance(value, dict):
            raise BadManifest(name, "is no object")
        for key in value:
            if not 0 < len(key) <= 100 or hides(key):
                raise BadManifest(name, "has a bad name inside")
        return value

    def integers(self, name: str) -> dict[str, int]:
        """Return an object of whole numbers."""
        return {key: _integer(name, value, 0) for key, value in self.members(name).items()}

    def figures(self, name: str) -> dict[str, int | str | None]:
        """Return an object of figures: whole numbers, decimals as text, null for not known."""
        made: dict[str, int | str | None] = {}
        for key, value in self.members(name).items():
            if isinstance(value, bool) or not (value is None or isinstance(value, int | str)):
                raise BadManifest(name, "has a figure of another type")
            if isinstance(value, str) and (len(value) > 200 or hides(value)):
                raise BadManifest(name, "has a figure that is too long or hides characters")
            made[key] = value
        return made

    def _matching(self, name: str, pattern: re.Pattern[str]) -> str:
        text = self.text(name)
        if pattern.fullmatch(text) is None:
            raise BadManifest(name, "has another form")
        return text

    def _value(self, name: str) -> JsonValue:
        if name not in self.values:
            raise BadManifest(name, f"is missing in {self.owner}")
        self.taken.add(name)
        return self.values[name]


def _integer(name: str, value: JsonValue, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadManifest(name, "is no whole number")
    if value < least:
        raise BadManifest(name, "is too small")
    return value
