"""A whole bundle judged against what is known: any order, repetition and gap; whose records they are; openings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.domain.arrival import Arrival, Known, Trouble, belongs, heard, travels
from lianxin.domain.journal import Entry, EntryId, Write, advance, line_digest, parse_entry, settled
from lianxin.domain.streams import COMMON, LOCAL, OFFICE, Tip, org_of, stream_of
from lianxin.domain.values import Kept, content_hash, record_digest_part
from tests.domain.strategies import (
    COUNTY,
    OTHER_TOWNSHIP,
    TOWNSHIP,
    UIDS,
    Action,
    Desk,
    all_lines,
    histories,
    in_order,
    played,
    projected,
    replica,
)

UID = UIDS[0]
HERE = stream_of(replica(1), OFFICE)


@dataclass
class County:
    """A receiver that takes bundles in whole, as `store.taking_in` does with a database."""

    desk: Desk = field(default_factory=lambda: Desk(f"{COUNTY}-{9:012x}"))
    held: list[list[bytes]] = field(default_factory=list)

    def known(self) -> Known:
        lines, states = self.desk.lines, self.desk.states

        def owner(kind: str, uid: str) -> str | None:
            return next(
                (org_of(e.stream) for e in self.desk.entries() if (e.kind, e.uid) == (kind, uid)), None
            )

        def write(entry: EntryId, name: str) -> Write | None:
            line = lines.get(entry)
            return None if line is None else parse_entry(line).fields.get(name)

        assert states is self.desk.states
        return Known(
            self.desk.tips,
            lambda entry: line_digest(lines[entry]) if entry in lines else None,
            owner,
            write,
        )

    def receive(
        self, bundle: Sequence[bytes], *, values: Mapping[tuple[EntryId, str], object] | None = None
    ) -> str:
        """Takes a bundle in, or holds it; what waits is tried again after each accepted one."""
        told = self._take(bundle)
        if told == "gap":
            self.held.append(list(bundle))
        elif told == "":
            waiting = True
            while waiting:
                waiting = any(self._retry(each) for each in list(self.held))
        return told

    def _retry(self, bundle: list[bytes]) -> bool:
        told = self._take(bundle)
        if told != "gap":
            self.held.remove(bundle)
        return told == ""

    def _take(self, bundle: Sequence[bytes]) -> str:
        new, trouble = heard(
            map(parse_entry, bundle), self.known(), org=TOWNSHIP, reader=COUNTY, patient=True
        )
        if trouble is not None:
            return trouble.what
        for entry in new:
            line = entry.line()
            self.desk.lines[entry.id] = line
            self.desk.tips[entry.stream] = Tip(entry.counter, line_digest(line), entry.lamport)
            key = (entry.kind, entry.uid)
            from lianxin.domain.journal import RecordState

            state = advance(self.desk.states.get(key, RecordState(*key)), entry)
            self.desk.states[key] = settled(state, self.desk.counters())
        return ""

    def hash(self) -> str:
        return content_hash({key: record_digest_part(state) for key, state in self.desk.states.items()})


def stretches(desk: Desk, cuts: Sequence[int]) -> list[list[bytes]]:
    """What a desk knows, sent in several bundles that begin where the one before ended, each closed under cause."""
    lines = desk.bundle()
    marks = sorted({0, len(lines), *(cut % (len(lines) + 1) for cut in cuts)})
    return [lines[start:end] for start, end in pairwise(marks)]


@given(histories, st.lists(st.integers(0, 60), max_size=5), st.data())
@settings(max_examples=120)
def test_bundles_in_any_order_and_repeated_end_in_the_same_hash(
    history: list[Action], cuts: list[int], data: st.DataObject
) -> None:
    desk = played(history)[0]
    bundles = [each for each in stretches(desk, cuts) if each]
    straight = County()
    assert {straight.receive(each) for each in bundles} <= {""}
    mixed = County()
    order = data.draw(st.permutations(bundles))
    again = data.draw(st.lists(st.sampled_from(bundles), max_size=4)) if bundles else []
    for each in [*order, *again]:
        assert mixed.receive(each) in ("", "gap")
    assert mixed.held == []
    assert mixed.desk.lines == desk.lines
    assert mixed.desk.states == straight.desk.states == projected(desk.lines.values())
    assert mixed.hash() == straight.hash()


@given(histories, st.lists(st.integers(0, 60), max_size=5), st.data())
@settings(max_examples=120)
def test_without_one_of_them_what_stands_behind_waits_and_nothing_is_lost(
    history: list[Action], cuts: list[int], data: st.DataObject
) -> None:
    desk = played(history)[0]
    bundles = [each for each in stretches(desk, cuts) if each]
    if not bundles:
        return
    gone = data.draw(st.integers(0, len(bundles) - 1))
    county = County()
    for place in data.draw(st.permutations(range(len(bundles)))):
        if place != gone:
            county.receive(bundles[place])
    # What was taken in is the projection of what is here, and no line of it stands behind a gap.
    assert county.desk.states == projected(county.desk.lines.values())
    for stream, tip in county.desk.tips.items():
        assert {each.counter for each in county.desk.lines if each.stream == stream} == set(
            range(1, tip.counter + 1)
        )
    assert county.receive(bundles[gone]) == ""
    assert county.held == []
    assert county.desk.lines == desk.lines


@given(histories)
@settings(max_examples=80)
def test_a_receiver_that_acknowledged_part_is_sent_the_rest_and_takes_it(history: list[Action]) -> None:
    desks = played(history)
    county = County()
    for desk in desks:
        assert county.receive(desk.bundle(county.desk.counters())) == ""
    assert county.desk.states == projected(all_lines(desks))


# ---- what is refused


def two() -> tuple[Desk, list[Entry]]:
    desk = Desk(replica(1))
    desk.put(UID, {"title": "一"})
    desk.put(UID, {"title": "二"})
    return desk, in_order(desk.entries())


def trouble_of(
    *entries: Entry, knows: Desk | None = None, org: str = TOWNSHIP, **more: object
) -> Trouble | None:
    county = County(knows or Desk(f"{COUNTY}-{9:012x}"))
    acknowledges = more.get("acknowledges")
    told = acknowledges if isinstance(acknowledges, dict) else {}
    return heard(entries, county.known(), org=org, reader=COUNTY, acknowledges=told)[1]


def test_another_entry_under_a_known_id_is_a_fork_and_nothing_else_matters() -> None:
    desk, (first, second) = two()
    other = replace(first, actor="zz")
    assert trouble_of(other, knows=desk) == Trouble("fork", first.id)
    # The next one with another past, even where a later entry of the bundle would wait.
    away = replace(second, counter=9)
    found = trouble_of(replace(second, prev="0" * 64), away, knows=_only(first))
    assert found is not None and found.what == "fork"


def test_a_lamport_beyond_what_anybody_told_is_refused_unless_the_sender_heard_more() -> None:
    _, (first, second) = two()
    high = replace(second, lamport=40)
    assert trouble_of(first, high) == Trouble("lamport", high.id)
    found = trouble_of(first, high, acknowledges={f"{COUNTY}-{1:012x}/{COMMON}": 7})
    assert found is not None and (found.what, found.why) == ("gap", f"{COUNTY}-{1:012x}/{COMMON}#7")
    assert trouble_of(first, replace(second, lamport=1), acknowledges={"x": 0}) is not None


def test_an_entry_that_names_what_is_not_here_waits() -> None:
    desk, other = Desk(replica(1)), Desk(replica(2))
    desk.put(UID, {"title": "一"})
    other.take(desk.bundle())
    other.put(UID, {"title": "二"})
    (late,) = [entry for entry in other.entries() if entry.stream.startswith(replica(2))]
    alone = replace(late, lamport=1)
    found = trouble_of(alone)
    assert found is not None and (found.what, found.why) == ("gap", f"{HERE}#1")
    assert trouble_of(*in_order(other.entries())) is None


@pytest.mark.parametrize(
    ("stream", "reader", "fits"),
    [
        (HERE, COUNTY, True),
        (stream_of(replica(1), LOCAL), COUNTY, False),
        (HERE, OTHER_TOWNSHIP, False),
        (HERE, TOWNSHIP, True),
        (stream_of(f"{COUNTY}-{1:012x}", COMMON), TOWNSHIP, True),
        (stream_of(f"{COUNTY}-{1:012x}", f"to-{TOWNSHIP}"), TOWNSHIP, True),
        (stream_of(f"{COUNTY}-{1:012x}", f"to-{OTHER_TOWNSHIP}"), TOWNSHIP, False),
        (stream_of(f"{COUNTY}-{1:012x}", OFFICE), TOWNSHIP, False),
        (stream_of(f"{COUNTY}-{1:012x}", OFFICE), COUNTY, True),
    ],
)
def test_who_reads_a_stream(stream: str, reader: str, fits: bool) -> None:
    assert travels(stream, reader=reader) is fits


def test_nobody_writes_another_offices_record_or_names_its_entries() -> None:
    desk, (first, _) = two()
    stranger = replace(first, stream=stream_of(replica(5, OTHER_TOWNSHIP), OFFICE))
    found = trouble_of(stranger, knows=desk, org=OTHER_TOWNSHIP)
    assert found is not None and found.what == "foreign", "the record is the first township's"
    found = trouble_of(stranger)
    assert found is not None and found.what == "foreign", "not the signer's stream"
    naming = replace(first, uid="0198-z", fields={"title": Write("水", None, (stranger.id,))})
    found = trouble_of(naming)
    assert found is not None and found.what == "foreign"


def test_nobody_points_at_another_townships_record() -> None:
    theirs = Desk(replica(5, OTHER_TOWNSHIP))
    theirs.put(UID, {"title": "漏水"})
    (seen,) = theirs.entries()
    known = replace(seen, kind="opinion")
    here = Desk(f"{COUNTY}-{9:012x}")
    here.arrive(known.line())
    own = Desk(replica(1))
    own.put("2" * 8, {"title": "一"})
    (written,) = own.entries()
    pointing = (
        ("reply", {"opinion": Write(UID)}),
        ("opinion", {"merged_into": Write(UID)}),
        ("attachment", {"owner_kind": Write("opinion"), "owner": Write(UID)}),
    )
    for kind, fields in pointing:
        step = replace(written, kind=kind, fields=fields)
        assert trouble_of(step, knows=here) == Trouble("foreign", step.id, UID), kind
        unknown = {name: Write("0" * 8) if write.value == UID else write for name, write in fields.items()}
        assert trouble_of(replace(step, fields=unknown), knows=here) is None, kind


def test_who_goes_on_for_a_code_that_ended_edits_what_was_written_under_it() -> None:
    before, after = Desk(replica(5, OTHER_TOWNSHIP)), Desk(replica(1))
    before.put(UID, {"title": "一"})
    after.take(before.bundle())
    edit = after.put(UID, {"title": "二"})
    assert any(each.stream != edit.stream for write in edit.fields.values() for each in write.replaces)

    def told(former: frozenset[str]) -> Trouble | None:
        arrival = Arrival(
            County(_only(before.entries()[0])).known(),
            org=TOWNSHIP,
            reader=COUNTY,
            acknowledges={},
            former=former,
        )
        arrival.hear(edit)
        return arrival.trouble

    assert told(frozenset({OTHER_TOWNSHIP})) is None
    found = told(frozenset())
    assert found is not None and found.what == "foreign"


def test_a_township_writes_no_verdicts_and_no_register() -> None:
    for kind in (
        "enrolment", "code-change", "receipt-item", "conflict-answer", "reception-decision", "record-return",
        "office-computer", "received-file", "sent-file",
    ):  # fmt: skip
        assert not belongs(kind, HERE), kind
    assert belongs("opinion", HERE) and belongs("kind-of-tomorrow", HERE)
    assert belongs("receipt-item", stream_of(f"{COUNTY}-{1:012x}", f"to-{TOWNSHIP}"))
    assert not belongs("opinion", stream_of(f"{COUNTY}-{1:012x}", COMMON))


def test_a_value_opens_just_what_its_entry_commits_to() -> None:
    desk = Desk(replica(1))
    entry = desk.put(UID, {"phone": "07445612345"})
    kept = desk.beside[entry.id, "phone"]
    assert isinstance(kept, Kept)

    def told(*values: tuple[EntryId, str, Kept]) -> Trouble | None:
        return heard([entry], County().known(), org=TOWNSHIP, reader=COUNTY, values=values)[1]

    assert told((entry.id, "phone", kept)) is None
    wrong = (
        (entry.id, "phone", Kept(kept.salt, "0744")),
        (entry.id, "phone", Kept("00", kept.value)),
        (entry.id, "title", kept),
        (EntryId(entry.stream, 9), "phone", kept),
    )
    for each in wrong:
        found = told(each)
        assert found is not None and found.what == "value", each
    found = told((EntryId(stream_of(replica(5, OTHER_TOWNSHIP), OFFICE), 1), "phone", kept))
    assert found is not None and found.what == "foreign"


def test_a_value_of_an_entry_that_was_acknowledged_and_is_gone_waits_for_it() -> None:
    old, new = Desk(replica(1)), Desk(replica(2))
    first = old.put(UID, {"phone": "07445612345"})
    kept = old.beside[first.id, "phone"]
    assert isinstance(kept, Kept)
    second = new.put("2" * 8, {"title": "后来"})
    carried = [(first.id, "phone", kept)]

    county = County().known()
    found = heard([second], county, org=TOWNSHIP, reader=COUNTY, values=carried)[1]
    assert found == Trouble("gap", first.id, first.id.text())
    assert heard([first, second], county, org=TOWNSHIP, reader=COUNTY, values=carried)[1] is None


def _only(entry: Entry) -> Desk:
    desk = Desk(f"{COUNTY}-{9:012x}")
    desk.arrive(entry.line())
    return desk
