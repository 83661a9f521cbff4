"""Canonical JSON: one value has one byte form, so a hash or a signature over it means the value.

Rules (bundle-format.md, journal.md "Values on the wire"): UTF-8 without BOM, no spaces, keys sorted by
code point, integers within ±2^53, no floats, no lone surrogates, no U+0000, at most eight containers deep.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

JsonValue: TypeAlias = "None | bool | int | str | Sequence[JsonValue] | Mapping[str, JsonValue]"

MAX_INTEGER = 2**53
MAX_DEPTH = 8
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":"), sort_keys=True
)
_LONGEST_INTEGER = len(str(-MAX_INTEGER))


class NotCanonical(ValueError):
    """The value or the bytes lie outside the canonical form; the message says which rule, in English."""


def canonical(value: JsonValue, *, max_depth: int = MAX_DEPTH) -> bytes:
    """Return the only byte form of `value`; no newline at the end. Raises NotCanonical."""
    _check_kinds(value, max_depth)
    text = _ENCODER.encode(value)
    # Every save comes here: the text is looked at once and whole, and only what is suspect part by part.
    if "\\u0000" in text:
        _check(value, max_depth)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise NotCanonical("lone surrogate in text") from None


def parse_strict(data: bytes, *, max_depth: int = MAX_DEPTH) -> JsonValue:
    """Parse JSON bytes and refuse everything two readers could understand differently.

    Spaces and key order may differ from the canonical form; dicts, lists, str, int, bool and None come back.
    Raises NotCanonical.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotCanonical(f"not UTF-8 at byte {error.start}") from None
    try:
        value: JsonValue = _DECODER.decode(text)
    except NotCanonical:
        raise
    except RecursionError:
        raise NotCanonical(f"deeper than {max_depth}") from None
    except ValueError as error:
        raise NotCanonical(f"not JSON: {error}") from None
    _check(value, max_depth)
    return value


def parse_canonical(data: bytes, *, max_depth: int = MAX_DEPTH) -> JsonValue:
    """Parse JSON bytes that are in canonical form, and refuse every other spelling. Raises NotCanonical.

    Journals hold lines by the hundred thousand: what writes back to the same bytes needs no look at every letter.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotCanonical(f"not UTF-8 at byte {error.start}") from None
    try:
        value: JsonValue
        value, _end = _PLAIN_DECODER.raw_decode(text)
        # What a reader could take two ways (a key twice, a number or letter spelled otherwise, half a letter)
        # does not come back the same.
        same = _ENCODER.encode(value) == text
    except NotCanonical:
        raise
    except RecursionError:
        raise NotCanonical(f"deeper than {max_depth}") from None
    except ValueError as error:
        raise NotCanonical(f"not JSON: {error}") from None
    if not same:
        raise NotCanonical("not in canonical form")
    if "\\u0000" in text:
        _check(value, max_depth)
    _check_bounds(value, max_depth)
    return value


def _check_bounds(value: JsonValue, room: int) -> None:
    """Depth and integers: what is left to refuse of a value that writes back to the same bytes."""
    members: Iterable[JsonValue]
    if type(value) is dict:
        members = value.values()
    elif type(value) is list:
        members = value
    else:
        _check(value, room)
        return
    if room <= 0:
        raise NotCanonical("too deep")
    for member in members:
        kind = type(member)
        if kind is int:
            _check(member, room)
        elif kind is dict or (kind is list and (member or room < 2)):
            _check_bounds(member, room - 1)


def _check_kinds(value: JsonValue, room: int) -> None:
    """What `_check` refuses, but for the letters inside texts."""
    members: Iterable[JsonValue]
    if type(value) is dict:
        for key in value:
            if not isinstance(key, str):
                raise NotCanonical("key is not text")
        members = value.values()
    elif type(value) is list or type(value) is tuple:
        members = value
    else:
        _check(value, room)
        return
    if room <= 0:
        raise NotCanonical("too deep")
    for member in members:
        kind = type(member)
        if kind is str or member is None or kind is bool or (kind is list and not member and room > 1):
            continue
        if kind is int:
            _check(member, room)
            continue
        _check_kinds(member, room - 1)


def _check(value: JsonValue, room: int) -> None:
    if isinstance(value, str):
        _check_text(value)
    elif value is None or isinstance(value, bool):
        return
    elif isinstance(value, int):
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise NotCanonical("integer beyond ±2^53")
    elif isinstance(value, dict):
        if room <= 0:
            raise NotCanonical("too deep")
        for key, member in value.items():
            if not isinstance(key, str):
                raise NotCanonical("key is not text")
            _check_text(key)
            _check(member, room - 1)
    elif isinstance(value, list | tuple):
        if room <= 0:
            raise NotCanonical("too deep")
        for member in value:
            _check(member, room - 1)
    else:
        raise NotCanonical(f"no JSON value: {type(value).__name__}")


def _check_text(text: str) -> None:
    if "\0" in text:
        raise NotCanonical("U+0000 in text")
    if text.isascii():
        return
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise NotCanonical("lone surrogate in text") from None


def _integer(digits: str) -> int:
    # A length check first: int() of a very long text is slow and has a limit of its own.
    if len(digits) > _LONGEST_INTEGER:
        raise NotCanonical("integer beyond ±2^53")
    number = int(digits)
    if not -MAX_INTEGER <= number <= MAX_INTEGER:
        raise NotCanonical("integer beyond ±2^53")
    return number


def _refuse_number(text: str) -> int:
    raise NotCanonical(f"no floats: {text[:40]}")


def _object(pairs: list[tuple[str, JsonValue]]) -> JsonValue:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise NotCanonical("a key stands twice in one object")
    return made


_PLAIN_DECODER = json.JSONDecoder(parse_float=_refuse_number, parse_constant=_refuse_number)
_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_float=_refuse_number,
    parse_int=_integer,
    parse_constant=_refuse_number,
)
