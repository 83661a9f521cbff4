"""Values beside entries: withheld, known, erased in any order, and the hash that none of it changes."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lianxin.domain.canonical import canonical
from lianxin.domain.dictionary import Wire
from lianxin.domain.journal import STATE, Entry, EntryId, Head, RecordState, Write, advance, project
from lianxin.domain.values import (
    ERASED,
    BadSalt,
    Beside,
    Kept,
    commitment_to,
    content_hash,
    joined,
    record_digest_part,
    shown_field,
    shown_record,
)
from tests.domain.strategies import (
    AT,
    UIDS,
    Action,
    Desk,
    all_lines,
    all_values,
    besides,
    histories,
    played,
    projected,
    replica,
    salts,
    wires,
)

UID = UIDS[0]
SALT = "5a" * 32


def hash_of(desk: Desk) -> str:
    """The content hash of everything a desk knows."""
    return content_hash({key: record_digest_part(state) for key, state in desk.states.items()})


def heads_of(*values: Wire | Kept) -> tuple[Head, ...]:
    """Heads written apart: open values, or commitments to kept ones."""
    return tuple(
        Head(number, f"{replica(number)}/office", 1, None, commitment_to(value))
        if isinstance(value, Kept)
        else Head(number, f"{replica(number)}/office", 1, value, None)
        for number, value in enumerate(values, 1)
    )


# ---- the lattice


@given(besides, besides, besides)
def test_joining_does_not_depend_on_order_or_repetition(
    one: Beside | None, other: Beside | None, third: Beside | None
) -> None:
    # Under one commitment there is one value: two different ones are no disclosure of it.
    assume(len({each for each in (one, other, third) if isinstance(each, Kept)}) <= 1)
    assert joined(one, other) == joined(other, one)
    assert joined(joined(one, other), third) == joined(one, joined(other, third))
    assert joined(one, one) == one
    assert joined(one, None) == one


@given(besides)
def test_erased_never_comes_back_and_known_is_never_withheld_again(one: Beside | None) -> None:
    assert joined(one, ERASED) == joined(ERASED, one) == ERASED
    if one is not None:
        assert joined(one, None) is not None


@given(histories, st.data())
@settings(max_examples=60)
def test_entries_values_and_erasing_may_come_in_any_order(history: list[Action], data: st.DataObject) -> None:
    desks = played(history)
    lines, values = all_lines(desks), all_values(desks)
    first, second = Desk(replica(8)), Desk(replica(9))
    first.take(lines, values)
    steps: list[bytes | tuple[tuple[EntryId, str], Beside]] = [*lines]
    # What was erased somewhere may still be travelling from a desk that had not heard of it.
    steps += [place for desk in desks for place in desk.beside.items()]
    for step in data.draw(st.permutations(steps)) if steps else []:
        if isinstance(step, bytes):
            second.arrive(step)
        else:
            second.learn(dict([step]))
    assert second.states == first.states
    assert [second.shown(uid) for uid in UIDS] == [first.shown(uid) for uid in UIDS]


@given(histories)
@settings(max_examples=60)
def test_what_an_erase_entry_names_is_shown_nowhere(history: list[Action]) -> None:
    desks = played(history)
    lines, values = all_lines(desks), all_values(desks)
    everything = {place: told for desk in desks for place, told in desk.beside.items() if told != ERASED}
    for state in projected(lines).values():
        # Even where the table beside the entries still holds the value, the entry rules.
        shown = shown_record(state, {}, lambda entry, name: {**values, **everything}.get((entry, name)))
        for name, field in shown.items():
            heads = state.heads[name]
            if heads and all((head.id, name) in state.erased for head in heads):
                assert (field.value, field.state, field.conflict) == (None, "erased", ())


# ---- commitments


def test_the_commitment_is_the_hash_of_salt_and_canonical_value() -> None:
    kept = Kept(SALT, "13900000000")
    assert commitment_to(kept) == hashlib.sha256(b"\x5a" * 32 + b'"13900000000"').hexdigest()


@given(salts, wires, salts, wires)
def test_a_commitment_opens_to_one_salt_and_one_value(
    salt: str, value: Wire, other_salt: str, other: Wire
) -> None:
    same = salt == other_salt and canonical(value) == canonical(other)
    assert (commitment_to(Kept(salt, value)) == commitment_to(Kept(other_salt, other))) == same


@pytest.mark.parametrize(
    "salt", ["", "5a" * 31, "5a" * 33, "5A" * 32, "5a " * 32, "zz" * 32, "5a" * 31 + "5\n"]
)
def test_a_salt_has_one_length_and_one_spelling(salt: str) -> None:
    """With salts of any length 12 under one salt is 2 under the salt longer by the digit 1."""
    with pytest.raises(BadSalt):
        commitment_to(Kept(salt, 2))


# ---- what a field shows


@given(st.lists(wires, min_size=1, max_size=4), st.data())
def test_a_withheld_head_takes_no_part_in_conflicts(values: list[Wire], data: st.DataObject) -> None:
    kept = [Kept(SALT, value) for value in values]
    heads = heads_of(*kept)
    known = data.draw(st.sets(st.sampled_from(heads)))
    beside = {head.id: told for head, told in zip(heads, kept, strict=True) if head in known}
    shown = shown_field(heads, "phone", lambda entry, _: beside.get(entry))
    speaking = [told.value for head, told in zip(heads, kept, strict=True) if head in known]
    if not speaking:
        assert (shown.value, shown.state, shown.conflict) == (None, "withheld", ())
        return
    assert canonical(shown.value) == canonical(speaking[-1])
    assert set(shown.conflict) <= known
    assert bool(shown.conflict) == (len({canonical(value) for value in speaking}) > 1)


def test_the_state_of_a_field_says_why_nothing_is_shown() -> None:
    heads = heads_of(Kept(SALT, "a"))
    assert shown_field((), "phone", lambda *_: None).state == "empty"
    assert shown_field(heads, "phone", lambda *_: None).state == "withheld"
    assert shown_field(heads, "phone", lambda *_: ERASED).state == "erased"
    assert shown_field(heads, "phone", lambda *_: Kept(SALT, "a")).state == "known"
    assert shown_field(heads_of("a"), "title", lambda *_: None).state == "open"


def test_a_withheld_member_of_a_group_is_not_offered_as_an_answer() -> None:
    state = RecordState(
        "tally", UID, {"count": heads_of(1, 2), "signed": heads_of(Kept(SALT, "a"), Kept(SALT, "b"))}
    )
    shown = shown_record(state, dict.fromkeys(("count", "signed"), ("count", "signed")), lambda *_: None)
    assert len(shown["count"].conflict) == 2
    assert shown["signed"].conflict == () and shown["signed"].state == "withheld"


# ---- content hash


@given(histories, st.data())
@settings(max_examples=60)
def test_withholding_disclosing_and_erasing_leave_the_hash(
    history: list[Action], data: st.DataObject
) -> None:
    desks = played(history, with_values=data.draw(st.booleans()))
    lines = all_lines(desks)
    withheld, known = Desk(replica(8)), Desk(replica(9))
    withheld.take(lines)
    known.take(lines, all_values(desks))
    assert hash_of(withheld) == hash_of(known)
    before = hash_of(known)
    for uid in UIDS:
        known.erase(uid, "phone")
    assert hash_of(known) == before


@given(histories, st.permutations(range(3)), st.data())
@settings(max_examples=80)
def test_replica_ids_and_order_of_arrival_leave_the_hash(
    history: list[Action], names: list[int], data: st.DataObject
) -> None:
    entries = [entry for state in [Desk(replica(9))] for entry in _taken(state, played(history))]
    renamed = {replica(at): replica(50 + number) for at, number in enumerate(names)}
    others = data.draw(st.permutations([_renamed(entry, renamed) for entry in entries]))
    assert _hash(entries) == _hash(others)


def _taken(desk: Desk, desks: list[Desk]) -> list[Entry]:
    desk.take(all_lines(desks))
    return desk.entries()


def _hash(entries: list[Entry]) -> str:
    return content_hash({key: record_digest_part(state) for key, state in project(entries).items()})


def _renamed(entry: Entry, names: dict[str, str]) -> Entry:
    def new(each: EntryId) -> EntryId:
        old, _, audience = each.stream.partition("/")
        return EntryId(f"{names[old]}/{audience}", each.counter)

    fields = {
        name: write._replace(replaces=tuple(map(new, write.replaces))) for name, write in entry.fields.items()
    }
    return replace(entry, stream=new(entry.id).stream, fields=fields, seen=tuple(map(new, entry.seen)))


def test_the_hash_sees_every_value_conflict_removal_and_commitment() -> None:
    desk = Desk(replica(1))
    desk.put(UIDS[1], {"title": "另一件"})
    without = hash_of(desk)
    seen = {without}

    def changed() -> None:
        now = hash_of(desk)
        assert now not in seen
        seen.add(now)

    desk.put(UID, {"title": "路"})
    changed()
    desk.put(UID, {"title": "水"})
    changed()
    desk.put(UID, {"phone": "13900000000"})
    changed()
    desk.put(UID, {"urgency": 1})
    changed()
    desk.put(UID, {"urgency": True})
    changed()
    other = Desk(replica(2))
    other.take(desk.bundle())
    other.put(UID, {"title": "电"})
    desk.put(UID, {"title": "学"})
    changed()
    desk.take(other.bundle())
    changed()
    other.remove(UID)
    desk.take(other.bundle(desk.counters()))
    assert desk.states["opinion", UID].contested
    changed()
    desk.remove(UID)
    assert hash_of(desk) == without, "a removed record is not there"


def test_an_emptied_field_and_one_never_filled_in_hash_the_same() -> None:
    one, other = Desk(replica(1)), Desk(replica(2))
    one.put(UID, {"title": "路", "urgency": 1})
    one.put(UID, {"urgency": None})
    other.put(UID, {"title": "路"})
    assert hash_of(one) == hash_of(other)


def test_records_cannot_be_moved_across_each_other_in_the_hash() -> None:
    assert content_hash({("a", "b"): b"xy", ("a", "c"): b""}) != content_hash(
        {("a", "b"): b"x", ("a", "c"): b"y"}
    )
    assert content_hash({("a", "b"): None}) == content_hash({}) == hashlib.sha256().hexdigest()


def test_two_erasings_apart_take_away_what_either_named() -> None:
    one, other = Desk(replica(1)), Desk(replica(2))
    one.put(UID, {"phone": "07445612345"})
    other.take(one.bundle(), one.beside)
    one.put(UID, {"phone": "07445600001"})
    other.put(UID, {"phone": "07445600002"})
    one.erase(UID, "phone")
    other.erase(UID, "phone")
    third = Desk(replica(3))
    third.take(all_lines([one, other]))
    state = third.states["opinion", UID]
    written = {entry.id for entry in third.entries() if entry.op == "put"}
    assert state.erased == {(each, "phone") for each in written} and len(written) == 3


def test_erasing_is_no_write_and_no_head() -> None:
    erase = Entry(
        f"{replica(1)}/office", 1, 1, "", "visitor", UID, "erase", {"phone": Write()},
        (EntryId(f"{replica(2)}/office", 4),), 1, AT, "zg",
    )  # fmt: skip
    state = advance(RecordState("visitor", UID), erase)
    assert state.heads == {} and STATE not in state.heads
    assert state.erased == {(EntryId(f"{replica(2)}/office", 4), "phone")}
