"""The quick reader of data files takes what the strict readers of the domain take, says the same, refuses the rest."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict

from lianxin.bundle.carried_lines import (
    CarriedOpening,
    ordinary_lines,
    ordinary_openings,
    read_line,
    read_opening,
    wire_bytes,
)
from lianxin.domain.canonical import MAX_INTEGER, JsonValue, NotCanonical, canonical, parse_canonical
from lianxin.domain.dictionary import Wire
from lianxin.domain.journal import STATE, BadEntry, Entry, EntryId, Op, Write, parse_entry
from tests.domain.test_entry_golden import GOLDEN

SALT = "00" * 32
STREAM, ABOVE = "439901102-00a1b2c3d4e5/office", "439901-aabbccddeeff/to-439901102"
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
wires: st.SearchStrategy[Wire] = st.one_of(
    st.none(), st.booleans(), st.integers(-MAX_INTEGER, MAX_INTEGER), words
)
ids = st.builds(EntryId, st.sampled_from([STREAM, ABOVE]), st.integers(1, 8))
lists = st.lists(ids, max_size=2, unique=True).map(lambda found: tuple(sorted(found)))
digests = st.binary(min_size=32, max_size=32).map(bytes.hex)
writes = st.one_of(
    st.builds(Write, wires, st.none(), lists),
    st.builds(Write, st.none(), digests, lists),
)
ops: st.SearchStrategy[Op] = st.sampled_from(["put", "put", "put", "remove", "restore", "erase"])


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Entries of every sort, some with what no desk may write."""
    op, counter = draw(ops), draw(st.integers(1, 9))
    fields = draw(st.dictionaries(words, writes, max_size=3))
    if op in ("remove", "restore") or draw(st.integers(0, 9)) == 0:
        fields = {STATE: Write("removed" if op == "remove" else "present", None, draw(lists))}
    if op == "erase":
        fields = {name: Write() for name in fields}
    return Entry(
        stream=draw(st.sampled_from([STREAM, ABOVE])),
        counter=counter,
        lamport=draw(st.integers(1, MAX_INTEGER)),
        prev="" if counter == 1 else draw(digests),
        kind=draw(words),
        uid=draw(words),
        op=op,
        fields=fields,
        seen=() if op == "put" else draw(lists),
        schema=draw(st.integers(1, 3)),
        at=draw(st.sampled_from(["2026-11-21T09:30:00+08:00", "2026-02-30T00:00:00Z", "2026-11-21"])),
        actor=draw(words),
    )


def told_by(entry: Entry) -> dict[str, JsonValue]:
    """What its line would say, also of an entry that may not be written."""
    fields: dict[str, JsonValue] = {}
    for name, write in entry.fields.items():
        told: dict[str, JsonValue] = {"replaces": [each.text() for each in write.replaces]}
        if write.commitment is not None:
            told["commitment"] = write.commitment
        elif entry.op != "erase":
            told["v"] = write.value
        fields[name] = told
    plain: dict[str, JsonValue] = dict(vars(entry))
    return {**plain, "fields": fields, "seen": [each.text() for each in entry.seen]}


lines = entries().map(told_by).map(canonical)
_PIECES = [
    *(b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b" ", b"\r", b"\0", b"0", b"-", b"1.5", b"1e3"),
    *(b"null", b"true", b"NaN", b"9" * 20, b"9007199254740993", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf"),
    *(b"\\ud800", b"\\u0000", b"\\u4e2d", b"\\/", b"[" * 9 + b"]" * 9, b'"v":1,', b'"counter":1,', b"\\n"),
]


@st.composite
def mutated(draw: st.DrawFn, source: st.SearchStrategy[bytes]) -> bytes:
    """A line with a few bytes taken out, repeated or put in, mostly where parts meet."""
    line = draw(source)
    for _ in range(draw(st.integers(0, 2))):
        places = [found.start() for found in re.finditer(rb'[\[\]{}:,"]', line)] or [0]
        at = draw(st.sampled_from(places)) + draw(st.integers(0, 1))
        cut = draw(st.integers(0, 3))
        line = line[:at] + draw(st.sampled_from([b"", *_PIECES])) + line[at + cut :]
    return line.replace(b"\n", b"")


def by_domain(line: bytes) -> Entry | None:
    try:
        return parse_entry(line)
    except BadEntry:
        return None


def by_bundle(line: bytes) -> Entry | None:
    try:
        return read_line(line).entry()
    except BadEntry:
        return None


@settings(max_examples=600)
@given(mutated(lines))
def test_entries_are_read_alike(line: bytes) -> None:
    expected = by_domain(line)
    # By their words: 1 equals true.
    assert repr(by_bundle(line)) == repr(expected)
    (quick,) = ordinary_lines(line + b"\n", 1)
    if quick is not None:
        assert repr(quick.entry()) == repr(expected)


@settings(max_examples=200)
@given(st.lists(mutated(lines), min_size=1, max_size=4))
def test_a_block_is_read_as_its_lines_are(block: list[bytes]) -> None:
    quick = ordinary_lines(b"".join(line + b"\n" for line in block), len(block))
    assert len(quick) == len(block)
    for line, told in zip(block, quick, strict=True):
        if told is not None:
            assert repr(told.entry()) == repr(by_domain(line))


@pytest.mark.parametrize(
    "block",
    [
        b"%s,%s\n\n",
        b"%s %s\n\n",
        b"%s\n%s\n\n",
        b"%s\r\n%s\r\n",
        b"\n%s\n%s\n",
    ],
)
def test_lines_are_cut_at_their_ends_and_nowhere_else(block: bytes) -> None:
    line = (GOLDEN / "entries.jsonl").read_bytes().split(b"\n")[0]
    whole = block % (line, line)
    assert set(ordinary_lines(whole, whole.count(b"\n"))) == {None}


def test_what_desks_write_every_day_is_read_quickly() -> None:
    line = (GOLDEN / "entries.jsonl").read_bytes().split(b"\n")[0]
    strange = "".join(map(chr, range(1, 0xD800))) + "".join(map(chr, range(0xE000, 0x10100)))
    entry = replace(
        parse_entry(line), fields={"words": Write(strange), "\U00010000": Write(1), "￿": Write(2)}
    )
    block = line + b"\n" + entry.line() + b"\n"
    assert [told and told.entry() for told in ordinary_lines(block, 2)] == [parse_entry(line), entry]


@given(wires)
def test_values_have_one_form(value: Wire) -> None:
    assert wire_bytes(value) == canonical(value)


def opening_by_domain(line: bytes) -> dict[str, JsonValue] | None:
    """Exactly the keys of a line of values, exact types."""
    try:
        told = parse_canonical(line)
    except NotCanonical:
        return None
    if not isinstance(told, dict) or told.keys() != {"stream", "counter", "field", "salt", "value"}:
        return None
    counter, value = told["counter"], told["value"]
    right = (
        all(isinstance(told[name], str) for name in ("stream", "field", "salt"))
        and told["field"]
        and type(counter) is int
        and counter > 0
        and (value is None or isinstance(value, str | int))
    )
    return told if right else None


def as_told(opening: CarriedOpening) -> dict[str, JsonValue]:
    return asdict(opening)


openings = st.builds(
    lambda counter, field, stream, value: canonical(
        {"counter": counter, "field": field, "salt": SALT, "stream": stream, "value": value}
    ),
    st.integers(-1, MAX_INTEGER),
    words,
    words,
    wires,
)


@settings(max_examples=400)
@given(mutated(openings))
@example(b'{"counter":1,"field":"a","salt":"","stream":"s","value":9007199254740993}')
@example(b'{"counter":1,"field":"a","salt":"","stream":"s","value":1.0}')
@example(b'{"counter":1,"field":"a","salt":"","stream":"s","value":"\\u0000"}')
def test_values_are_read_alike(line: bytes) -> None:
    expected = opening_by_domain(line)
    told = ordinary_openings(line + b"\n")
    (quick,) = [None] if told is None else told
    assert quick is None or repr(as_told(quick)) == repr(expected)
    if expected is None:
        with pytest.raises(NotCanonical):
            read_opening(line)
    else:
        assert repr(as_told(read_opening(line))) == repr(expected)


def test_golden_entries_are_read_alike() -> None:
    path: Path = GOLDEN / "entries.jsonl"
    for line in path.read_bytes().splitlines():
        assert read_line(line).entry() == parse_entry(line)
