"""The form of an entry, byte by byte: a golden file, the round trip, and everything a reader refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.domain.canonical import JsonValue, NotCanonical, canonical
from lianxin.domain.dictionary import Wire
from lianxin.domain.journal import (
    LONGEST_LINE,
    PRESENT,
    REMOVED,
    STATE,
    BadEntry,
    Entry,
    EntryId,
    Op,
    Write,
    line_digest,
    parse_entry,
    project,
)
from lianxin.domain.streams import Tip, judge
from lianxin.domain.values import Kept, commitment_to, content_hash, record_digest_part
from tests.domain.strategies import Action, histories, plain_text, played

GOLDEN = Path(__file__).parent / "golden"
DESK, SECOND, ABOVE = (
    "439901102-00a1b2c3d4e5/office",
    "439901102-0f1e2d3c4b5a/office",
    "439901-aabbccddeeff/to-439901102",
)
OPINION, VISITOR, ANSWER = (
    "0199d1a2-3b4c-7d5e-8f60-718293a4b5c6",
    "0199d1a2-3b4c-7d5e-8f60-718293a4b5c7",
    "0199d1a2-3b4c-7d5e-8f60-718293a4b5c8",
)
PHONE = Kept("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "13900000000")
NEW_PHONE = Kept("1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100", "13900000001")


def golden_entries() -> list[Entry]:
    """A dozen entries that use every op and every part of the form, chained per stream."""
    made: list[Entry] = []

    def add(
        stream: str, lamport: int, kind: str, uid: str, op: Op, fields: dict[str, Write], *seen: EntryId
    ) -> EntryId:
        mine = [entry for entry in made if entry.stream == stream]
        prev = mine[-1].digest() if mine else ""
        at = f"2026-11-21T09:{30 + len(made)}:00+08:00"
        counter = len(mine) + 1
        made.append(
            Entry(stream, counter, lamport, prev, kind, uid, op, fields, tuple(sorted(seen)), 1, at, "zg")
        )
        return made[-1].id

    def register(word: str, *replaces: EntryId) -> dict[str, Write]:
        return {STATE: Write(word, None, tuple(sorted(replaces)))}

    words = {
        "title": Write("修路灯"),
        "words": Write('村口的灯不亮，\n"晚上"看不见 \\ 路。\u2028'),
        "registered": Write("2026-11-21"),
        "group": Write(True),
        "confidential": Write(False),
        "merged_into": Write(None),
    }
    first = add(DESK, 1, "opinion", OPINION, "put", words)
    visitor = add(
        DESK,
        2,
        "visitor",
        VISITOR,
        "put",
        {"phone": Write(None, commitment_to(PHONE)), "anonymous": Write(False)},
    )
    title = add(SECOND, 3, "opinion", OPINION, "put", {"title": Write("修村口路灯", None, (first,))})
    other = add(
        DESK,
        3,
        "opinion",
        OPINION,
        "put",
        {"title": Write("装路灯", None, (first,)), "level": Write("county")},
    )
    add(SECOND, 4, "opinion", OPINION, "put", {"title": Write("装村口路灯", None, (other, title))})
    phone = add(
        SECOND, 5, "visitor", VISITOR, "put", {"phone": Write(None, commitment_to(NEW_PHONE), (visitor,))}
    )
    gone = add(DESK, 6, "visitor", VISITOR, "remove", register(REMOVED), visitor, phone)
    back = add(SECOND, 7, "visitor", VISITOR, "restore", register(PRESENT, gone), visitor, phone, gone)
    add(DESK, 8, "visitor", VISITOR, "erase", {"phone": Write()}, visitor, phone)
    add(
        ABOVE,
        9,
        "county-answer",
        ANSWER,
        "put",
        {"largest": Write(2**53), "smallest": Write(-(2**53)), "empty": Write("")},
    )
    add(ABOVE, 10, "county-answer", ANSWER, "put", {"share": Write("33.40"), "rare": Write("𠮷é", None, ())})
    add(SECOND, 11, "visitor", VISITOR, "remove", register(REMOVED, back), visitor, phone, back)
    return made


def golden_lines() -> list[bytes]:
    """The lines of the golden file."""
    return (GOLDEN / "entries.jsonl").read_bytes().splitlines()


def a_line(**changed: JsonValue) -> bytes:
    """The second golden line with some keys told otherwise, in canonical form."""
    told = json.loads(golden_lines()[3])
    return canonical({**told, **changed})


# ---- golden


def test_the_same_entries_give_the_same_bytes() -> None:
    assert [entry.line() for entry in golden_entries()] == golden_lines()


def test_the_same_bytes_give_the_same_entries() -> None:
    assert [parse_entry(line) for line in golden_lines()] == golden_entries()


def test_the_hashes_are_the_written_ones() -> None:
    wanted = (GOLDEN / "hashes.txt").read_text("ascii").split()
    assert [line_digest(line) for line in golden_lines()] == wanted[:-1]
    states = project(map(parse_entry, golden_lines()))
    assert content_hash({key: record_digest_part(state) for key, state in states.items()}) == wanted[-1]


def test_the_golden_file_uses_every_part_of_the_form() -> None:
    entries = golden_entries()
    writes = [write for entry in entries for write in entry.fields.values()]
    assert {entry.op for entry in entries} == {"put", "remove", "restore", "erase"}
    assert {type(write.value) for write in writes} == {str, int, bool, type(None)}
    assert any(write.commitment for write in writes) and any(len(write.replaces) == 2 for write in writes)


def test_the_golden_chain_is_accepted_line_by_line() -> None:
    tips: dict[str, Tip] = {}
    for line in golden_lines():
        entry = parse_entry(line)
        tip = tips.get(entry.stream, Tip())
        highest = max((each.lamport for each in tips.values()), default=0)
        assert judge(entry, tip, digest_here=None, highest=highest) == "next"
        tips[entry.stream] = Tip(entry.counter, line_digest(line), entry.lamport)


def test_the_example_of_the_entry_format_is_true() -> None:
    """docs/adr/0003 shows this vector to whoever writes another reader."""
    text = (Path(__file__).parents[2] / "docs" / "adr" / "0003-entry-format.md").read_text("utf-8")
    assert PHONE.salt in text and commitment_to(PHONE) in text
    assert golden_lines()[1].decode() in text and line_digest(golden_lines()[1]) in text


# ---- round trip


@given(histories)
@settings(max_examples=60)
def test_a_line_read_and_written_again_is_the_same_line(history: list[Action]) -> None:
    for desk in played(history):
        for line in desk.lines.values():
            assert parse_entry(line).line() == line


@given(
    st.dictionaries(
        plain_text.filter(lambda name: name != STATE),
        st.integers() | st.booleans() | plain_text | st.none(),
        min_size=1,
        max_size=5,
    )
)
def test_every_value_of_the_wire_survives(values: dict[str, Wire]) -> None:
    entry = replace(golden_entries()[0], fields={name: Write(value) for name, value in values.items()})
    if any(isinstance(value, int) and abs(value) > 2**53 for value in values.values()):
        with pytest.raises(NotCanonical):
            entry.line()
        return
    read = parse_entry(entry.line())
    assert read == entry
    assert {name: type(write.value) for name, write in read.fields.items()} == {
        name: type(value) for name, value in values.items()
    }


@given(st.data())
@settings(max_examples=200)
def test_any_changed_byte_gives_another_entry_or_none(data: st.DataObject) -> None:
    line = data.draw(st.sampled_from(golden_lines()))
    at = data.draw(st.integers(0, len(line) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != line[at]))
    _refused_or_exact(line[:at] + bytes([byte]) + line[at + 1 :])


@given(st.data())
@settings(max_examples=200)
def test_cut_doubled_and_inserted_bytes_give_another_entry_or_none(data: st.DataObject) -> None:
    line = data.draw(st.sampled_from(golden_lines()))
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    put = data.draw(
        st.sampled_from([b"", b" ", b",", b"{", b"}", b"\n", b"\xef\xbb\xbf", line[start:end] * 2])
    )
    _refused_or_exact(line[:start] + put + line[end:])


def _refused_or_exact(mutated: bytes) -> None:
    try:
        entry = parse_entry(mutated)
    except BadEntry:
        return
    assert entry.line() == mutated


# ---- refusals

ZEROS = "0" * 64
OLDER, OLD = f"{DESK}#1", f"{SECOND}#1"
KEYS = sorted(json.loads(golden_lines()[0]))
WRONG: list[tuple[str, JsonValue]] = [
    *((key, value) for key in ("stream", "kind", "uid", "at") for value in ("", None, 1, True, ["a"], {})),
    *((key, value) for key in ("counter", "lamport", "schema") for value in (0, -1, "1", None, True, [1])),
    *(("prev", value) for value in ("", None, 0, "0" * 63, "0" * 65, "A" * 64, "g" * 64, ZEROS + "\n")),
    *(("op", value) for value in ("", "PUT", "delete", None, 1, ["put"])),
    *(("actor", value) for value in (None, 1, [])),
    *(("at", value) for value in ("2026-11-21", "2026-11-21T09:30:00", "2026-11-21 09:30:00+08:00", "昨天")),
    *(("at", value) for value in ("2026-13-21T09:30:00+08:00", "20261121T093000+0800", "2026-W47-6T09:30:00Z")),
    *(("seen", value) for value in (None, "", {}, [1], [OLD], [[]])),
    *(("fields", value) for value in (None, [], {}, "", {"title": None}, {"title": "路"}, {"title": []})),
    ("fields", {"title": {"v": "路"}}),
    ("fields", {"title": {"replaces": []}}),
    ("fields", {"title": {"replaces": [], "v": "路", "more": 1}}),
    ("fields", {"title": {"replaces": [], "v": "路", "commitment": ZEROS}}),
    ("fields", {"title": {"replaces": [], "commitment": ""}}),
    ("fields", {"title": {"replaces": [], "commitment": None}}),
    ("fields", {"title": {"replaces": [], "v": ["a"]}}),
    ("fields", {"title": {"replaces": [], "v": {}}}),
    ("fields", {STATE: {"replaces": [], "v": REMOVED}}),
    *(
        ("fields", {"title": {"replaces": ids, "v": "路"}})
        for ids in (
            None, "", {}, [1], [""], ["#1"], [DESK], [f"{DESK}#"], [f"{DESK}#0"], [f"{DESK}#01"], [f"{DESK}#-1"],
            [f"{DESK}#１"], [f"{SECOND}#{2**53 + 1}"], [f"{SECOND}#{'9' * 5000}"], [f"{DESK}#1 "],
            [OLD, OLDER], [OLDER, OLDER], [f"{DESK}#3"], [f"{DESK}#4"],
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value"), WRONG, ids=lambda part: str(part)[:40])
def test_a_part_of_another_form_is_refused(key: str, value: JsonValue) -> None:
    assert parse_entry(a_line()).counter == 3, "the line is good before one part is changed"
    with pytest.raises(BadEntry):
        parse_entry(a_line(**{key: value}))


@pytest.mark.parametrize("key", KEYS)
def test_a_missing_key_is_refused(key: str) -> None:
    told = json.loads(a_line())
    del told[key]
    with pytest.raises(BadEntry):
        parse_entry(canonical(told))


@pytest.mark.parametrize("key", ["reason", "name", "", "Stream"])
def test_an_unknown_key_is_refused(key: str) -> None:
    """What stays at home (the reason, the actor's full name) has no place in an entry."""
    with pytest.raises(BadEntry):
        parse_entry(a_line(**{key: "x"}))


@pytest.mark.parametrize("op", ["remove", "restore", "erase"])
@pytest.mark.parametrize("fields", [
    {"title": {"replaces": [], "v": "路"}},
    {STATE: {"replaces": [], "v": "gone"}},
    {STATE: {"replaces": [], "commitment": ZEROS}},
    {STATE: {"replaces": [], "v": REMOVED}, "title": {"replaces": [], "v": "路"}},
    {STATE: {"replaces": []}},
    {"phone": {"replaces": [OLDER]}},
    {},
])  # fmt: skip
def test_remove_restore_and_erase_write_nothing_else(op: str, fields: JsonValue) -> None:
    with pytest.raises(BadEntry):
        parse_entry(a_line(op=op, fields=fields, seen=[OLDER]))


def test_remove_says_removed_and_restore_says_present() -> None:
    def told(op: str, word: str) -> bytes:
        return a_line(op=op, fields={STATE: {"replaces": [], "v": word}}, seen=[OLDER])

    assert parse_entry(told("remove", REMOVED)).op == "remove"
    assert parse_entry(told("restore", PRESENT)).op == "restore"
    for op, word in (("remove", PRESENT), ("restore", REMOVED)):
        with pytest.raises(BadEntry):
            parse_entry(told(op, word))


def test_erase_says_whose_values_go() -> None:
    assert parse_entry(a_line(op="erase", fields={"phone": {"replaces": []}}, seen=[OLDER])).op == "erase"
    with pytest.raises(BadEntry):
        parse_entry(a_line(op="erase", fields={"phone": {"replaces": []}}, seen=[]))


@pytest.mark.parametrize("prev", ["", ZEROS])
def test_only_the_first_entry_has_no_predecessor(prev: str) -> None:
    first = a_line(counter=1, prev=prev, fields={"title": {"replaces": [], "v": "路"}})
    if prev == "":
        assert parse_entry(first).prev == ""
    else:
        with pytest.raises(BadEntry):
            parse_entry(first)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda line: b"",
        lambda line: b"[]",
        lambda line: b"null",
        lambda line: line + b"\n",
        lambda line: b" " + line,
        lambda line: b"\xef\xbb\xbf" + line,
        lambda line: line.replace(b'":', b'": '),
        lambda line: line.replace("路".encode(), b"\\u8def"),
        lambda line: line.replace("路".encode(), "路".encode()[:2]),
        lambda line: line.replace("路".encode(), b"\\ud800"),
        lambda line: line.replace("路".encode(), b"\\u0000"),
        lambda line: line.replace(b'"lamport":3', b'"lamport":3.0'),
        lambda line: line.replace(b'"lamport":3', b'"lamport":3e0'),
        lambda line: line.replace(b'"lamport":3', b'"lamport":NaN'),
        lambda line: line.replace(b'"lamport":3', b'"lamport":9007199254740993'),
        lambda line: line.replace(b'"lamport":3', b'"lamport":3,"lamport":3'),
        lambda line: line.replace(b'"schema":1', b'"schema":' + b"[" * 9 + b"]" * 9),
        lambda line: line.replace(b'"schema":1', b'"schema":' + b"[" * 100_000),
        lambda line: line.replace("路".encode(), b"x" * LONGEST_LINE),
        lambda line: line.replace(b'{"actor":"zg",', b"{").replace(b"}", b',"actor":"zg"}', 1),
    ],
)
def test_bytes_that_two_readers_could_take_differently_are_refused(spoil: Callable[[bytes], bytes]) -> None:
    line = golden_lines()[3]
    assert spoil(line) != line
    with pytest.raises(BadEntry):
        parse_entry(spoil(line))


def test_nobody_can_write_what_a_reader_refuses() -> None:
    entry = golden_entries()[3]
    spoiled = [
        replace(entry, fields={}),
        replace(entry, prev=""),
        replace(entry, at="2026-11-21T09:30:00"),
        replace(entry, seen=(EntryId(SECOND, 1),)),
        replace(entry, op="erase", fields={"phone": Write()}),
        replace(entry, fields={"title": Write("x" * LONGEST_LINE)}),
        replace(entry, fields={"title": Write("路", None, (EntryId(DESK, 3),))}),
    ]
    for each in spoiled:
        with pytest.raises(BadEntry):
            each.line()
