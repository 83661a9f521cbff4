"""Streams: names, ownership, lamport per audience, and what an arriving entry is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.domain.journal import parse_entry
from lianxin.domain.streams import (
    COMMON,
    LOCAL,
    OFFICE,
    BadStream,
    Tip,
    audience_of,
    judge,
    next_lamport,
    org_of,
    replica_id,
    replica_of,
    stream_of,
)
from tests.domain.strategies import (
    COUNTY,
    OTHER_TOWNSHIP,
    TOWNSHIP,
    UIDS,
    Action,
    Desk,
    all_lines,
    histories,
    played,
    replica,
)

UID = UIDS[0]
DOWN, DOWN_OTHER = f"to-{TOWNSHIP}", f"to-{OTHER_TOWNSHIP}"
HERE, THERE, ABOVE = replica(1), replica(2, OTHER_TOWNSHIP), replica(3, COUNTY)

READERS: dict[str, frozenset[str]] = {
    stream_of(HERE, LOCAL): frozenset({"desk"}),
    stream_of(THERE, LOCAL): frozenset({"other desk"}),
    stream_of(ABOVE, LOCAL): frozenset({"county desk"}),
    stream_of(HERE, OFFICE): frozenset({"desk", "desk 2", "county", "county desk"}),
    stream_of(THERE, OFFICE): frozenset({"other desk", "county", "county desk"}),
    stream_of(ABOVE, OFFICE): frozenset({"county", "county desk"}),
    stream_of(ABOVE, COMMON): frozenset({"desk", "desk 2", "other desk", "county", "county desk"}),
    stream_of(ABOVE, DOWN): frozenset({"desk", "desk 2", "county", "county desk"}),
    stream_of(ABOVE, DOWN_OTHER): frozenset({"other desk", "county", "county desk"}),
}
"""Who holds each stream of a county with two townships: the table journal.md describes in words."""


@given(
    st.sampled_from(sorted(READERS)), st.dictionaries(st.sampled_from(sorted(READERS)), st.integers(1, 99))
)
@settings(max_examples=200)
def test_only_what_every_reader_of_a_stream_holds_raises_its_lamport(
    stream: str, lamports: dict[str, int]
) -> None:
    tips = {other: Tip(1, "0" * 64, lamport) for other, lamport in lamports.items()}
    held_by_all = [lamport for other, lamport in lamports.items() if READERS[stream] <= READERS[other]]
    found = next_lamport(stream, tips)
    assert found in {1 + lamport for lamport in [0, *held_by_all]}
    if tips.get(stream):
        assert found > tips[stream].lamport, "lamports rise within a stream"


@given(st.sampled_from(sorted(READERS)), st.sampled_from(sorted(READERS)))
def test_which_stream_raises_which(stream: str, other: str) -> None:
    raised = next_lamport(stream, {other: Tip(1, "0" * 64, 41)}) == 42
    if LOCAL in (audience_of(stream), audience_of(other)):
        assert raised == (stream == other)
    elif OFFICE in (audience_of(stream), audience_of(other)):
        # One computer of a township may not hold what another sent or was told.
        assert raised == (audience_of(stream) == OFFICE and org_of(other) == org_of(stream))
    else:
        assert raised == (READERS[stream] <= READERS[other])


def test_a_local_entry_never_raises_a_shared_lamport() -> None:
    one, twin = Desk(replica(1)), Desk(replica(1))
    for number in range(5):
        one.put("set", {"title": f"{number}"}, kind="setting", audience=LOCAL)
    written, same = one.put(UID, {"title": "路"}), twin.put(UID, {"title": "路"})
    assert written.lamport == same.lamport == 1
    assert written.line() == same.line(), "nothing of the local log is seen in what leaves"


def test_another_township_s_entry_never_raises_what_this_one_is_told() -> None:
    county = Desk(ABOVE)
    there = Desk(THERE)
    for word in "一二三":
        there.put(UIDS[1], {"title": word})
    county.take(there.bundle())
    county.put(UIDS[1], {"title": "答"}, kind="answer", audience=DOWN_OTHER)
    assert county.tips[stream_of(ABOVE, DOWN_OTHER)].lamport == 1
    assert county.put(UID, {"title": "答"}, kind="answer", audience=DOWN).lamport == 1
    assert county.put("all", {"title": "通知"}, kind="notice", audience=COMMON).lamport == 1
    assert next_lamport(stream_of(HERE, OFFICE), county.tips) == 1


# ---- names


@given(st.sampled_from((TOWNSHIP, COUNTY)), st.binary(min_size=6, max_size=6))
def test_a_replica_id_begins_with_its_office(org: str, randomness: bytes) -> None:
    name = replica_id(org, randomness)
    for audience in (LOCAL, OFFICE, COMMON, DOWN):
        stream = stream_of(name, audience)
        assert (org_of(stream), replica_of(stream), audience_of(stream)) == (org, name, audience)


def test_a_claimed_foreign_replica_is_seen_in_the_name_of_the_stream() -> None:
    forged = Desk(replica(7, OTHER_TOWNSHIP)).put(UID, {"title": "路"})
    assert org_of(parse_entry(forged.line()).stream) == OTHER_TOWNSHIP != TOWNSHIP


@pytest.mark.parametrize(
    "stream",
    [
        "",
        "office",
        f"{replica(1)}/",
        f"{replica(1)}/everybody",
        f"{replica(1)}/to-4399",
        f"{replica(1)}/office/office",
        f"{replica(1)}/office\n",
        f" {replica(1)}/office",
        f"{TOWNSHIP}-00000000000/office",
        f"{TOWNSHIP}-00000000000G/office",
        f"{TOWNSHIP}-00000000000A/office",
        "4399011-000000000001/office",
        "４３９９０１-000000000001/office",
    ],
)
def test_a_name_of_another_form_is_no_stream(stream: str) -> None:
    for read in (audience_of, replica_of, org_of):
        with pytest.raises(BadStream):
            read(stream)


@pytest.mark.parametrize(("org", "length"), [("4399", 6), ("43990110200", 6), (TOWNSHIP, 5), ("abcdef", 6)])
def test_no_replica_id_of_another_form_is_made(org: str, length: int) -> None:
    with pytest.raises(BadStream):
        replica_id(org, bytes(length))


# ---- judging


def test_what_an_arriving_entry_is() -> None:
    desk = Desk(replica(1))
    first, second = (desk.put(UID, {"title": word}) for word in "一二")
    known = Tip(1, first.digest(), 1)
    assert judge(second, known, digest_here=None, highest=1) == "next"
    assert judge(first, known, digest_here=first.digest(), highest=1) == "known"
    assert judge(second, Tip(), digest_here=None, highest=1) == "gap"


def test_another_entry_under_a_known_name_is_a_fork() -> None:
    desk = Desk(replica(1))
    first = desk.put(UID, {"title": "一"})
    known = Tip(1, first.digest(), 1)
    for other in (
        replace(first, actor="xx"),
        replace(first, fields={"urgency": first.fields["title"]}),
    ):
        assert judge(other, known, digest_here=first.digest(), highest=9) == "fork"


def test_an_entry_that_follows_another_history_is_a_fork() -> None:
    one, twin = Desk(replica(1)), Desk(replica(1))
    first = one.put(UID, {"title": "一"})
    twin.put(UID, {"title": "别的"})
    second = twin.put(UID, {"title": "二"})
    assert judge(second, Tip(1, first.digest(), 1), digest_here=None, highest=9) == "fork"


@given(st.integers(1, 50), st.integers(0, 50), st.integers(0, 50))
def test_the_lamport_rises_in_its_stream_and_by_one_beyond_what_is_known(
    lamport: int, before: int, highest: int
) -> None:
    desk = Desk(replica(1))
    first = desk.put(UID, {"title": "一"})
    second = replace(desk.put(UID, {"title": "二"}), lamport=lamport)
    verdict = judge(second, Tip(1, first.digest(), before), digest_here=None, highest=highest)
    assert verdict == ("next" if before < lamport <= highest + 1 else "lamport")


@given(histories)
@settings(max_examples=60)
def test_an_honest_bundle_keeps_within_the_bound_of_whoever_has_its_beginning(history: list[Action]) -> None:
    desks = played(history)
    receiver = Desk(replica(9))
    for desk in desks:
        verdicts = receiver.take(desk.bundle(receiver.counters()))
        assert set(verdicts) <= {"next"}
    lasts = {entry.stream: entry for entry in sorted(receiver.entries(), key=lambda each: each.counter)}
    assert receiver.tips == {
        stream: Tip(last.counter, last.digest(), last.lamport) for stream, last in lasts.items()
    }
    assert set(receiver.lines.values()) == set(all_lines(desks))


@given(histories, st.integers(1, 3))
@settings(max_examples=60)
def test_a_bundle_that_begins_too_late_changes_nothing_until_the_gap_is_filled(
    history: list[Action], missing: int
) -> None:
    desk = played(history)[0]
    receiver = Desk(replica(9))
    late = desk.bundle(dict.fromkeys(desk.tips, missing))
    verdicts = receiver.take(late)
    assert set(verdicts) <= {"gap"} and receiver.states == {}
    receiver.take(desk.bundle())
    receiver.take(late)
    assert receiver.states == desk.states and receiver.held == {}
