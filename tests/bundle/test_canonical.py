"""One value has one byte form, and nothing that two readers could take differently is read."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain.canonical import JsonValue, NotCanonical, canonical, parse_strict

texts = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=20)
scalars = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts


def nested(depth: int) -> st.SearchStrategy[JsonValue]:
    if depth == 0:
        return scalars
    inner = nested(depth - 1)
    return scalars | st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3)


@given(nested(4))
def test_round_trip(value: JsonValue) -> None:
    data = canonical(value)
    assert parse_strict(data) == value
    assert canonical(parse_strict(data)) == data
    assert b"\n" not in data
    assert json.loads(data) == value


@given(st.dictionaries(texts, scalars, min_size=2, max_size=6), st.randoms())
def test_key_order_does_not_matter(value: dict[str, JsonValue], random: object) -> None:
    keys = list(value)
    random.shuffle(keys)
    assert canonical({key: value[key] for key in keys}) == canonical(value)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        value = parse_strict(data)
    except NotCanonical:
        return
    assert parse_strict(canonical(value)) == value


@pytest.mark.parametrize(
    "data",
    [
        b"", b" ", b"1.0", b"1e3", b"-0.0", b"NaN", b"Infinity", b"-Infinity", b"01", b"+1", b"'a'",
        b'{"a":1,"a":1}', b'{"b":{"a":1,"a":2}}', b'{"a":1,}', b"[1,]", b"1 2", b"{} x",
        b'"\\ud800"', b'{"\\udfff":1}', b'"\\u0000"', b'"a\nb"', b'"\x00"', b"\xff", b"\xef\xbb\xbf{}",
        b'"\xed\xa0\x80"', b"9007199254740993", b"-9007199254740993", b"9" * 10_000,
        b"[" * 9 + b"]" * 9, b"[" * 500_000, b'{"a":' * 500_000, b"//x\n1", b"nul",
    ],
)  # fmt: skip
def test_refused_bytes(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        parse_strict(data)


@pytest.mark.parametrize(
    "value",
    [1.0, float("nan"), 2**53 + 1, -(2**53) - 1, "\ud800", {"\udfff": 1}, "a\0", {1: 2}, b"x", {"a": {3}}],
)
def test_refused_values(value: JsonValue) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)


def test_depth_is_eight() -> None:
    deep: JsonValue = 1
    for _ in range(8):
        deep = [deep]
    assert parse_strict(canonical(deep)) == deep
    with pytest.raises(NotCanonical):
        canonical([deep])
    endless: list[JsonValue] = []
    endless.append(endless)
    with pytest.raises(NotCanonical):
        canonical(endless)


def test_exact_bytes() -> None:
    value = {"镇": ["\n", "\u2028", "é", "😀"], "a": -1, "B": None, "": True}
    assert canonical(value) == '{"":true,"B":null,"a":-1,"镇":["\\n","\u2028","é","😀"]}'.encode()
