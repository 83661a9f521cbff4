"""Each sentence of journal.md about entries, heads, merging and removal that can be said without a computer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.domain.journal import REMOVED, STATE, EntryId, RecordState, Write, advance, project
from lianxin.domain.values import content_hash, record_digest_part
from tests.domain.strategies import (
    GROUP,
    UIDS,
    UNITS,
    Action,
    Desk,
    all_lines,
    all_values,
    copied,
    histories,
    in_order,
    played,
    projected,
    replica,
)

UID = UIDS[0]


def two_desks(values: dict[str, str | int]) -> tuple[Desk, Desk]:
    """Two desks that both know one record with these values."""
    one, other = Desk(replica(1)), Desk(replica(2))
    one.put(UID, values)
    other.take(one.bundle(), one.beside)
    return one, other


def meet(*desks: Desk) -> None:
    """Everybody hears everything."""
    lines, values = all_lines(desks), all_values(desks)
    for desk in desks:
        desk.take(lines, values)


# ---- order


@given(histories, st.data())
@settings(max_examples=120)
def test_any_order_and_repetition_of_entries_gives_the_same_states(
    history: list[Action], data: st.DataObject
) -> None:
    lines = all_lines(played(history))
    if not lines:
        return
    shuffled = data.draw(st.permutations(lines))
    again = data.draw(st.lists(st.sampled_from(lines), max_size=8))
    desk = Desk(replica(9))
    for line in [*again, *shuffled, *again]:
        assert desk.arrive(line) in ("next", "known", "gap")
    assert desk.held == {}
    assert desk.states == projected(lines)
    assert projected(shuffled) == projected(lines)


@given(histories)
@settings(max_examples=80)
def test_desks_that_heard_the_same_show_the_same(history: list[Action]) -> None:
    desks = played(history)
    meet(*desks)
    wanted = projected(all_lines(desks))
    for desk in desks:
        assert desk.states == wanted
        assert {uid: desk.shown(uid) for uid in UIDS} == {uid: desks[0].shown(uid) for uid in UIDS}


@given(histories)
@settings(max_examples=60)
def test_a_cached_state_is_the_projection_of_what_is_here_at_any_time(history: list[Action]) -> None:
    for desk in played(history):
        assert desk.states == projected(desk.lines.values())
        assert desk.states == project(reversed(desk.entries()))


@given(histories, st.integers(0, 2))
@settings(max_examples=60)
def test_what_is_taken_back_leaves_what_the_rest_says(history: list[Action], gone: int) -> None:
    """Entries = own and those of the bundles still accepted; what then stands behind a gap waits again."""
    lines = all_lines(played(history))
    rest = [line for line in lines if f'"stream":"{replica(gone)}/' not in line.decode()]
    desk = Desk(replica(9))
    for line in rest:
        desk.arrive(line)
    assert desk.states == projected(rest)
    for line in lines:
        desk.arrive(line)
    assert desk.states == projected(lines)


# ---- no silent loss


@given(histories)
@settings(max_examples=120)
def test_every_written_value_is_shown_replaced_or_asked_about(history: list[Action]) -> None:
    desks = played(history)
    meet(*desks)
    desk = desks[0]
    named: dict[tuple[str, str], set[EntryId]] = defaultdict(set)
    for entry in desk.entries():
        for name, write in entry.fields.items():
            named[entry.uid, name].update(write.replaces)
    for entry in desk.entries():
        if entry.op == "erase":
            continue
        for name, write in entry.fields.items():
            if entry.id in named[entry.uid, name] or name == STATE:
                continue
            shown = desk.shown(entry.uid)[name]
            beside = desk.lookup(entry.id, name) if write.commitment else None
            if write.commitment and (beside is None or beside == "erased"):
                assert entry.id in desk.states[entry.kind, entry.uid].head_ids(name)
                continue
            value = write.value if beside is None or beside == "erased" else beside.value
            assert shown.value == value or entry.id in {head.id for head in shown.conflict}


@given(histories)
@settings(max_examples=80)
def test_an_entry_replaces_only_what_its_writer_knew(history: list[Action]) -> None:
    desks = played(history)
    knew = {each: counters for desk in desks for each, counters in desk.knew.items()}
    for desk in desks:
        for entry in desk.entries():
            for each in [*entry.seen, *(i for write in entry.fields.values() for i in write.replaces)]:
                assert knew[entry.id].get(each.stream, 0) >= each.counter


@given(histories)
@settings(max_examples=120)
def test_a_record_is_gone_exactly_when_every_standing_write_was_known_to_who_removed_it(
    history: list[Action],
) -> None:
    desks = played(history)
    knew = {each: counters for desk in desks for each, counters in desk.knew.items()}
    # Every view on the way must not hide an unaware edit; the view of all must agree exactly.
    for desk in desks:
        for state in desk.states.values():
            assert not state.removed or _gone(state, knew)
    meet(*desks)
    for state in desks[0].states.values():
        assert state.removed == _gone(state, knew)


def _gone(state: RecordState, knew: Mapping[EntryId, Mapping[str, int]]) -> bool:
    registers = state.heads.get(STATE, ())
    if not registers or any(head.value != REMOVED for head in registers):
        return False
    return all(
        any(knew[register.id].get(head.stream, 0) >= head.counter for register in registers)
        for name, heads in state.heads.items()
        if name != STATE
        for head in heads
    )


def test_different_values_written_apart_are_a_question_until_one_entry_names_them_all() -> None:
    one, other = two_desks({"title": "路"})
    one.put(UID, {"title": "水"})
    other.put(UID, {"title": "电"})
    meet(one, other)
    asked = one.shown(UID)["title"]
    assert asked.value == "电" and {head.value for head in asked.conflict} == {"水", "电"}
    third = Desk(replica(3))
    third.take(one.bundle())
    one.put(UID, {"title": "水"})
    meet(one, other, third)
    for desk in (one, other, third):
        assert desk.shown(UID)["title"].value == "水"
        assert desk.shown(UID)["title"].conflict == ()


def test_the_same_value_written_apart_is_no_question() -> None:
    one, other = two_desks({"title": "路"})
    one.put(UID, {"title": "水"})
    other.put(UID, {"title": "水"})
    meet(one, other)
    assert len(one.states["opinion", UID].heads["title"]) == 2
    assert one.shown(UID)["title"].conflict == ()


def test_the_word_true_and_the_number_one_are_different_values() -> None:
    one, other = two_desks({"urgency": 0})
    one.put(UID, {"urgency": 1})
    other.put(UID, {"urgency": True})
    meet(one, other)
    assert len(one.shown(UID)["urgency"].conflict) == 2


def test_fields_written_apart_both_stand() -> None:
    one, other = two_desks({"title": "路", "urgency": 0})
    one.put(UID, {"title": "水"})
    other.put(UID, {"urgency": 2})
    meet(one, other)
    shown = other.shown(UID)
    assert (shown["title"].value, shown["urgency"].value) == ("水", 2)
    assert not any(field.conflict for field in shown.values())


# ---- merge units


def test_fields_that_must_agree_conflict_as_a_whole() -> None:
    one, other = two_desks({"attended": 10, "absent": 2})
    one.put(UID, {"attended": 11})
    other.put(UID, {"attended": 9})
    meet(one, other)
    shown = one.shown(UID)
    assert shown["absent"].value == 2, "equal in both, and yet part of the question"
    assert {head.id for head in shown["absent"].conflict} == {head.id for head in shown["attended"].conflict}


@given(histories)
@settings(max_examples=100)
def test_a_group_is_shown_as_one_entry_wrote_it(history: list[Action]) -> None:
    desks = played(history)
    meet(*desks)
    written = defaultdict(set)
    for entry in desks[0].entries():
        if entry.op == "put" and set(GROUP) <= set(entry.fields):
            written[entry.uid].add(tuple(entry.fields[name].value for name in GROUP))
    for uid, allowed in written.items():
        shown = desks[0].shown(uid)
        assert tuple(shown[name].value for name in GROUP) in allowed
        assert len({bool(shown[name].conflict) for name in GROUP}) == 1
        assert len({tuple(head.id for head in shown[name].conflict) for name in GROUP}) == 1


# ---- gaps


def test_what_stands_behind_a_gap_waits_and_is_accepted_later() -> None:
    one, desk = Desk(replica(1)), Desk(replica(9))
    lines = [one.put(UID, {"title": word}).line() for word in "一二三"]
    assert [desk.arrive(line) for line in (lines[2], lines[1])] == ["gap", "gap"]
    assert desk.states == {} and desk.counters() == {}
    assert desk.arrive(lines[0]) == "next"
    assert desk.held == {}
    assert desk.shown(UID)["title"].value == "三"
    assert [desk.arrive(line) for line in lines] == ["known"] * 3


def test_an_entry_known_by_name_before_it_came_never_stands() -> None:
    one, other = two_desks({"title": "路"})
    other.put(UID, {"title": "水"})
    desk = Desk(replica(9))
    (second,) = (line for each, line in other.lines.items() if each.stream.startswith(other.replica))
    desk.arrive(second)
    assert desk.states["opinion", UID].named == {"title": frozenset(one.lines)}
    for line in one.lines.values():
        desk.arrive(line)
    assert desk.shown(UID)["title"].conflict == ()
    assert desk.shown(UID)["title"].value == "水"
    assert desk.states["opinion", UID].named == {}


# ---- removal and restoring


def test_a_removed_record_comes_back_as_it_was() -> None:
    one, other = two_desks({"title": "路", "phone": "07445612345", "attended": 3, "absent": 0})
    before = one.shown(UID)
    one.remove(UID)
    meet(one, other)
    assert one.states["opinion", UID].removed and other.states["opinion", UID].removed
    other.restore(UID)
    meet(one, other)
    for desk in (one, other):
        assert not desk.states["opinion", UID].removed
        assert not desk.states["opinion", UID].contested
        assert desk.shown(UID) == before


def test_removal_beside_an_unaware_edit_shows_the_record_and_asks() -> None:
    one, other = two_desks({"title": "路", "urgency": 1})
    one.remove(UID)
    other.put(UID, {"title": "水"})
    meet(one, other)
    for desk in (one, other):
        state = desk.states["opinion", UID]
        assert state.contested and not state.removed
        assert desk.shown(UID)["urgency"].value == 1
        assert desk.shown(UID)["title"].value == "水"
    one.remove(UID)
    meet(one, other)
    assert other.states["opinion", UID].removed and not other.states["opinion", UID].contested


def test_removal_beside_restoring_shows_the_record_and_asks() -> None:
    one, other = two_desks({"title": "路"})
    one.remove(UID)
    meet(one, other)
    other.restore(UID)
    one.remove(UID)
    meet(one, other)
    assert one.states["opinion", UID].contested and not one.states["opinion", UID].removed


def test_what_a_removal_saw_is_forgotten_with_it() -> None:
    one, other = two_desks({"title": "路"})
    first = one.remove(UID)
    back = one.restore(UID)
    assert set(one.states["opinion", UID].past) == {back.id}
    other.arrive(first.line())
    other.remove(UID)
    meet(one, other)
    assert len(one.states["opinion", UID].past) == 2, "restoring beside a removal: both stand"
    one.remove(UID)
    assert len(one.states["opinion", UID].past) == 1


def test_two_removals_together_saw_all() -> None:
    one, other = two_desks({"title": "路"})
    one.put(UID, {"urgency": 1})
    other.put(UID, {"attended": 1})
    one.remove(UID)
    other.remove(UID)
    meet(one, other)
    assert one.states["opinion", UID].removed


def test_a_removal_that_comes_first_hides_what_it_saw_and_nothing_else() -> None:
    one, _ = two_desks({"title": "路"})
    removal = one.remove(UID)
    entries = one.entries()
    state = advance(RecordState("opinion", UID), removal)
    assert state.removed
    for entry in entries:
        if entry.id != removal.id:
            state = advance(state, entry)
    assert state.removed
    assert state.heads["title"], "the values stay"


# ---- what a newer desk writes


def test_kinds_and_fields_of_a_newer_desk_are_kept_and_counted_in_the_hash() -> None:
    newer, older = Desk(replica(1)), Desk(replica(2))
    newer.put(UID, {"title": "路", "colour_of_tomorrow": "蓝"})
    newer.put(UID, {"anything": 7}, kind="kind-of-tomorrow")
    older.take(newer.bundle())
    assert older.states == newer.states
    assert older.shown(UID)["colour_of_tomorrow"].value == "蓝"
    assert older.shown(UID, "kind-of-tomorrow")["anything"].value == 7
    older.put(UID, {"title": "水"})
    meet(newer, older)
    assert newer.shown(UID)["colour_of_tomorrow"].value == "蓝"
    with_it = content_hash({key: record_digest_part(state) for key, state in newer.states.items()})
    newer.put(UID, {"colour_of_tomorrow": "红"})
    assert content_hash({key: record_digest_part(s) for key, s in newer.states.items()}) != with_it


# ---- restored copies


@given(histories, st.integers(0, 2), st.data())
@settings(max_examples=60)
def test_an_old_copy_under_a_new_replica_id_never_writes_a_counter_twice(
    history: list[Action], who: int, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(history)))
    old = copied(played(history[:cut])[who])
    desks = played(history)
    old.replica = replica(77)
    old.put(UID, {"title": "旧"})
    old.remove(UIDS[1])
    entries = [entry for desk in [*desks, old] for entry in desk.entries()]
    assert len({entry.id for entry in entries}) == len({entry.digest() for entry in entries})
    # The office's own sent entries come back, and nothing of either history is a fork or is lost.
    verdicts = old.take(all_lines(desks))
    assert set(verdicts) <= {"next", "known"}
    meet(*desks, old)
    assert desks[0].states == old.states


def test_an_old_copy_that_kept_its_replica_id_would_fork() -> None:
    desk = Desk(replica(1))
    desk.put(UID, {"title": "一"})
    old = copied(desk)
    desk.put(UID, {"title": "二"})
    fork = old.put(UID, {"title": "三"})
    assert desk.arrive(fork.line()) == "fork"
    assert desk.shown(UID)["title"].value == "二"


@pytest.mark.parametrize("name", sorted(UNITS))
def test_undo_is_a_new_entry_and_leaves_history(name: str) -> None:
    desk = Desk(replica(1))
    desk.put(UID, {name: 1})
    desk.put(UID, {name: 2})
    desk.put(UID, {name: 1})
    assert [entry.counter for entry in in_order(desk.entries())] == [1, 2, 3]
    assert desk.shown(UID)[name].value == 1


def test_a_write_that_names_nobody_replaces_nobody() -> None:
    desk = Desk(replica(1))
    first = desk.put(UID, {"title": "路"})
    blind = replace(first, stream=f"{replica(2)}/office", fields={"title": Write("水")})
    state = advance(desk.states["opinion", UID], blind)
    assert [head.value for head in state.heads["title"]] == ["路", "水"]
