"""Bundles in a real ledger: what they bring is what the journal says, whatever the order; all of one or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianxin.domain.journal import Entry, EntryId
from lianxin.domain.records import Contact, Opinion
from lianxin.domain.values import Kept
from lianxin.store.acknowledged import acknowledged, beyond_written, note_acknowledged
from lianxin.store.check import check
from lianxin.store.kept_bundles import KeptBundles
from lianxin.store.kept_wiping import wipe_erased
from lianxin.store.received import ReceivedFile, note_received
from lianxin.store.record_store import RecordStore
from lianxin.store.taking_back import dependents, drop_entries, written_elsewhere
from lianxin.store.taking_in import Delivery, NotTaken, Taken, take_in
from tests.domain.strategies import Action, Desk, histories, in_order, played, replica
from tests.store.desks import ORG, around, contact, new_store
from tests.store.kept_ledger import new_ledger

COUNTY = "439901"
UID = "0198-a"
quick = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def county_ledger(folder: Path) -> Iterator[RecordStore]:
    store = new_ledger(folder / "home", around(folder), org_code=COUNTY)
    try:
        yield store
    finally:
        store.close()


def delivery(
    lines: list[bytes], values: Mapping[tuple[EntryId, str], object] | None = None, *, reader: str = COUNTY
) -> Delivery:
    opened = [(e, n, kept) for (e, n), kept in sorted((values or {}).items()) if isinstance(kept, Kept)]
    return Delivery(ORG, reader, {}, lines, opened, patient=True)


def take(
    store: RecordStore, lines: list[bytes], values: Mapping[tuple[EntryId, str], object] | None = None
) -> Taken:
    with store.writing(reason="收") as writing:
        return take_in(writing, delivery(lines, values))


def sound(store: RecordStore) -> str:
    found = check(store)
    assert found.problems == ()
    return found.content_hash


@given(histories, st.lists(st.integers(0, 60), max_size=4), st.data())
@quick
def test_any_order_of_bundles_gives_one_hash_and_sound_tables(
    tmp_path_factory: pytest.TempPathFactory, history: list[Action], cuts: list[int], data: st.DataObject
) -> None:
    desk = played(history)[0]
    lines = desk.bundle()
    marks = sorted({0, len(lines), *(cut % (len(lines) + 1) for cut in cuts)})
    bundles = [lines[a:b] for a, b in pairwise(marks) if b > a]
    folder = tmp_path_factory.mktemp("two")
    with county_ledger(folder / "one") as straight, county_ledger(folder / "other") as mixed:
        take(straight, lines, desk.beside)
        waiting = list(data.draw(st.permutations(bundles)))
        while waiting:
            left = []
            for each in waiting:
                try:
                    take(mixed, each)
                except NotTaken as held:
                    assert held.trouble.what == "gap"
                    left.append(each)
            assert len(left) < len(waiting)
            waiting = left
        assert sound(mixed) == sound(straight), "also without any value: the hash takes commitments"
        again = take(mixed, lines, desk.beside)
        assert (again.entries, again.count("new")) == (0, 0)
        assert sound(mixed) == sound(straight)


def test_counts_say_what_became_of_each_record(tmp_path: Path) -> None:
    desk = Desk(replica(1))
    desk.put("0198-a", {"title": "路"})
    desk.put("0198-b", {"title": "水"})
    with county_ledger(tmp_path) as store:
        first = take(store, desk.bundle())
        assert (first.count("new"), first.count("changed"), first.count("same")) == (2, 0, 0)
        desk.put("0198-b", {"title": "电"})
        desk.put("0198-c", {"title": "桥"})
        second = take(store, desk.bundle())
        assert (second.count("new"), second.count("changed"), second.count("same")) == (1, 1, 1)
        with store.reading() as reading:
            assert {each.uid: each.title for each in reading.all(Opinion)} == {
                "0198-a": "路", "0198-b": "电", "0198-c": "桥",
            }  # fmt: skip
            assert [hit.uid for hit in reading.search("桥")] == ["0198-c"]
        sound(store)


def test_what_two_desks_wrote_apart_is_one_conflict(tmp_path: Path) -> None:
    one, other = Desk(replica(1)), Desk(replica(2))
    one.put(UID, {"title": "路"})
    other.take(one.bundle())
    one.put(UID, {"title": "水"})
    other.put(UID, {"title": "电"})
    with county_ledger(tmp_path) as store:
        assert take(store, one.bundle()).conflicts == 0
        assert take(store, other.bundle()).conflicts == 1
        assert take(store, other.bundle()).conflicts == 0
        with store.reading() as reading:
            assert reading.in_question(Opinion) == [(UID, ("title",))]
        sound(store)


@pytest.mark.parametrize("bad", ["fork", "foreign", "value", "lamport"])
def test_a_bundle_that_does_not_fit_leaves_nothing(tmp_path: Path, bad: str) -> None:
    desk = Desk(replica(1))
    desk.put(UID, {"title": "路"})
    with county_ledger(tmp_path) as store:
        take(store, desk.bundle())
        before = sound(store)
        good = desk.put("0198-b", {"phone": "07445612345"})
        lines = desk.bundle()
        values: dict[tuple[EntryId, str], object] = {}
        if bad == "fork":
            lines = [*lines, _changed(desk.entries()[0], actor="zz").line()]
        elif bad == "foreign":
            lines = [*lines, _changed(good, stream=f"439901103-{1:012x}/office", counter=1, prev="").line()]
        elif bad == "value":
            values[good.id, "phone"] = Kept("ab" * 32, "07440000000")
        else:
            lines = [lines[0], _changed(good, lamport=1).line()]
        with pytest.raises(NotTaken) as stopped:
            take(store, lines, values)
        assert stopped.value.trouble.what == bad
        assert sound(store) == before
        with store.reading() as reading:
            assert reading.count(Opinion) == 1


def test_a_value_that_comes_later_joins_its_entry_and_an_erased_one_never_comes_back(tmp_path: Path) -> None:
    desk = Desk(replica(1))
    entry = desk.put(UID, {"title": "路"}, kind="visitor")
    phone = desk.put(UID, {"phone": "07445612345"}, kind="visitor")
    assert entry.counter == 1
    values = {(phone.id, "phone"): desk.beside[phone.id, "phone"]}
    with county_ledger(tmp_path) as store:
        take(store, desk.bundle())
        before = sound(store)
        late = take(store, [], values)
        assert (late.values, late.count("changed")) == (1, 1)
        with store.reading() as reading:
            assert reading.fields(_visitor(), ("phone",)) == [("07445612345",)]
        assert sound(store) == before
        desk.erase(UID, "phone", kind="visitor")
        assert take(store, desk.bundle()).erased
        again = take(store, desk.bundle(), values)
        assert again.values == 0
        with store.reading() as reading:
            assert reading.fields(_visitor(), ("phone",)) == [(None,)]
            assert reading.search("07445612345") == []
        sound(store)


def test_erasing_takes_lines_and_papers_out_of_kept_files(tmp_path: Path) -> None:
    desk = Desk(replica(1))
    phone = desk.put(UID, {"phone": "07445612345"}, kind="visitor")
    with county_ledger(tmp_path) as store:
        kept = KeptBundles(store.home, store.key)
        line = (
            f'{{"counter":{phone.counter},"field":"phone","salt":"{"ab" * 32}","stream":"{phone.stream}",'
            '"value":"07445612345"}'
        ).encode()
        other = line.replace(b'"counter":1', b'"counter":7')
        kept.keep(
            "b1", [("data/values.jsonl", [line + b"\n" + other + b"\n"]), ("documents/表.xlsx", [b"x"])]
        )
        kept.settle("b1")
        file = ReceivedFile(
            "b1", "b1", "d", ORG, replica(1), 1, "report", "2026-11", "accepted", "", "", "b1.zip", {},
            {phone.stream: (1, 1)},
        )  # fmt: skip
        with store.bookkeeping() as connection:
            note_received(connection, file, {})
        take(store, desk.bundle(), desk.beside)
        assert wipe_erased(store, kept) == 0
        desk.erase(UID, "phone", kind="visitor")
        take(store, desk.bundle())
        assert wipe_erased(store, kept) == 1
        assert list(kept.lines("b1", "data/values.jsonl")) == [other]
        assert not kept.holds("b1", "documents/表.xlsx") and kept.damage("b1") is None
        everything = b"".join(path.read_bytes() for path in kept.folder.rglob("*") if path.is_file())
        assert b"07445612345" not in everything
        assert wipe_erased(store, kept) == 0


def test_erasing_reaches_what_came_under_the_offices_next_code(tmp_path: Path) -> None:
    desk = Desk(replica(1))
    phone = desk.put(UID, {"phone": "07445612345"}, kind="visitor")
    line = (
        f'{{"counter":{phone.counter},"field":"phone","salt":"{"ab" * 32}","stream":"{phone.stream}",'
        '"value":"07445612345"}'
    ).encode()
    with county_ledger(tmp_path) as store:
        kept = KeptBundles(store.home, store.key)
        for place, ranges in (("b1", {}), ("b2", {phone.stream: (2, 3)})):
            kept.keep(place, [("data/values.jsonl", [line + b"\n"])])
            kept.settle(place)
            file = ReceivedFile(
                place, place, "d", "439901202", replica(1), 1, "report", "2026-11", "accepted", "", "", "b.zip",
                {}, ranges,
            )  # fmt: skip
            with store.bookkeeping() as connection:
                note_received(connection, file, {})
        take(store, desk.bundle(), desk.beside)
        desk.erase(UID, "phone", kind="visitor")
        take(store, desk.bundle())
        assert wipe_erased(store, kept) == 2
        assert [*kept.lines("b1", "data/values.jsonl"), *kept.lines("b2", "data/values.jsonl")] == []


def test_what_is_taken_back_leaves_what_was_there_before(tmp_path: Path) -> None:
    desk = Desk(replica(1))
    desk.put(UID, {"title": "路"})
    first = desk.bundle()
    with county_ledger(tmp_path) as store:
        take(store, first)
        before = sound(store)
        desk.put(UID, {"title": "水"})
        desk.put("0198-b", {"title": "电"})
        taken = take(store, desk.bundle())
        with store.writing(reason="撤") as writing:
            drop_entries(writing, taken.before)
        assert sound(store) == before
        with store.reading() as reading:
            assert reading.search("电") == []
        with store.writing(reason="撤") as writing:
            drop_entries(writing, written_elsewhere(writing, taken.before))
        with store.reading() as reading:
            assert reading.count(Opinion) == 0
        sound(store)


def test_own_records_that_stand_on_it_are_named(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    desk = Desk(replica(1))
    desk.put(UID, {"words": "路", "date": "2026-11-02", "channel": "visit"}, kind="contact")
    with store.writing(reason="收") as writing:
        taken = take_in(writing, delivery(desk.bundle(), reader=ORG))
    with store.writing(reason="改") as writing:
        writing.put(contact(UID, "水"))
    with pytest.raises(_Undone), store.writing(reason="撤") as writing:
        keys = drop_entries(writing, written_elsewhere(writing, taken.before))
        (found,) = dependents(writing, keys, dict.fromkeys(taken.before, 1))
        assert (found.kind, found.uid) == ("contact", UID)
        raise _Undone
    with store.reading() as reading:
        record = reading.get(Contact, UID)
        assert record is not None and record.words == "水"
    sound(store)
    store.close()


class _Undone(Exception):
    pass


def test_the_receipt_with_the_highest_number_rules_also_when_it_says_less(tmp_path: Path) -> None:
    with county_ledger(tmp_path) as store, store.bookkeeping() as connection:
        stream = f"{store.replica}/office"
        note_acknowledged(connection, ORG, 3, {stream: 9, "x": 2}, head="h", at="t")
        note_acknowledged(connection, ORG, 2, {stream: 20}, head="h", at="t")
        assert acknowledged(connection, ORG).counters == {stream: 9, "x": 2}
        note_acknowledged(connection, ORG, 4, {stream: 5}, head="h", at="t")
        found = acknowledged(connection, ORG)
        assert (found.receipt_no, found.counters) == (4, {stream: 5, "x": 0})
        assert beyond_written(connection, {stream: 1})
        assert not beyond_written(connection, {f"{ORG}-{7:012x}/office": 99})


def _changed(entry: Entry, **more: object) -> Entry:
    from dataclasses import replace

    return replace(entry, **more)  # type: ignore[arg-type]


def _visitor() -> type:
    from lianxin.domain.records import Visitor

    return Visitor


def test_in_order_is_the_order_of_a_bundle() -> None:
    desk = Desk(replica(1))
    desk.put(UID, {"title": "路"})
    desk.put(UID, {"title": "水"})
    assert [entry.line() for entry in in_order(desk.entries())] == desk.bundle()
