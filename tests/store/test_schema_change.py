"""Another dictionary than yesterday's: tables are made anew, values stay, what is not understood is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from lianxin.domain import dictionary
from lianxin.domain.dictionary import Record, maybe, told
from lianxin.domain.kinds import COUNT, DAY, NAME, TEXT
from lianxin.domain.records import Contact, Visitor
from lianxin.domain.values import Kept
from lianxin.store.check import check
from lianxin.store.reading import Condition, Order
from lianxin.store.tables import stale_kinds
from tests.store.desks import Elsewhere, contact, heads, new_store, reopened, visit

KIND = "trial"


@pytest.fixture(autouse=True)
def one_dictionary_per_test() -> Iterator[None]:
    """The trial kinds of a test are gone after it."""
    before = dict(dictionary._KINDS)
    yield
    dictionary._KINDS.clear()
    dictionary._KINDS.update(before)


def undeclared() -> None:
    """Takes the trial kind out of the dictionary, as in a program that does not have it."""
    dictionary._KINDS.pop(KIND, None)


def small() -> type[Record]:
    """The trial kind as it was first declared."""
    undeclared()

    class Trial(Record, kind=KIND, label="试"):
        """Two fields."""

        title: str = told(TEXT, "标题", search=True)
        count: int | None = maybe(COUNT, "数")

    return Trial


def wide() -> type[Record]:
    """The same with three more fields: one line each, and nothing anywhere else."""
    undeclared()

    class Trial(Record, kind=KIND, label="试"):
        """Five fields."""

        title: str = told(TEXT, "标题", search=True)
        count: int | None = maybe(COUNT, "数")
        day: date | None = maybe(DAY, "日期")
        place: str | None = maybe(TEXT, "地点", search=True)
        leader: str | None = maybe(NAME, "负责人", privacy="personal", search=True)

    return Trial


def typed(cls: type[Record], uid: str, **texts: str) -> Record:
    """A record from typed text."""
    parsed = cls.parse(texts, uid=uid, today=date(2026, 11, 2))
    assert parsed.record is not None, parsed.problems
    return parsed.record


def test_a_field_declared_in_one_place_is_read_kept_listed_found_and_journaled(tmp_path: Path) -> None:
    cls = wide()
    store = new_store(tmp_path)
    record = typed(cls, "t1", title="一", day="2026年3月5日", place="长坪村", leader="单 志明")
    with store.writing(reason="试") as door:
        assert set(door.put(record).fields) == {"title", "day", "place", "leader"}
    with store.reading() as now:
        assert now.get(cls, "t1") == record
        assert now.keys(cls, Condition("place", "=", "长坪村"), order=Order("day")) == ["t1"]
        assert [hit.uid for hit in now.search("长坪")] == [hit.uid for hit in now.search("szm")] == ["t1"]
        entry = now.history(KIND, "t1")[0].entry
    assert entry.fields["day"].value == "2026-03-05"
    assert entry.fields["leader"].value is None and entry.fields["leader"].commitment
    assert [spec.label for spec in cls.fields()] == ["标题", "数", "日期", "地点", "负责人", "备注"]
    assert check(store).ok
    store.close()


def test_a_new_field_makes_the_table_anew_and_keeps_all_values(tmp_path: Path) -> None:
    first = small()
    store = new_store(tmp_path)
    visited, _ = visit(store)
    with store.writing(reason="试") as door:
        door.put(typed(first, "t1", title="一", count="3"))
        door.put(typed(first, "t2", title="二"))
        door.remove(first, "t2")
    hashed = check(store).content_hash
    store.close()

    second = wide()
    seen: list[tuple[int, int]] = []
    store = reopened(tmp_path, progress=lambda done, total: seen.append((done, total)))
    assert seen and seen[-1][1] == 2
    with store.reading() as now:
        assert now.get(second, "t1") == second.unpacked({"uid": "t1", "title": "一", "count": 3})
        assert now.removed(second) == ["t2"]
        assert now.get(Contact, visited) is not None
        assert stale_kinds(now.connection) == []
        assert [hit.uid for hit in now.search("一")] == ["t1"]
    assert (check(store).problems, check(store).content_hash) == ((), hashed)
    with store.writing(reason="试") as door:
        assert door.put(typed(second, "t1", title="一", count="3", place="村口")).fields == ("place",)
    assert check(store).ok
    store.close()


def test_nothing_is_made_anew_when_nothing_changed(tmp_path: Path) -> None:
    small()
    new_store(tmp_path).close()
    seen: list[int] = []
    reopened(tmp_path, progress=lambda done, total: seen.append(done)).close()
    assert seen == []


def test_a_kind_that_this_program_does_not_know_is_kept_counted_and_shown_later(tmp_path: Path) -> None:
    undeclared()
    store = new_store(tmp_path)
    other = Elsewhere()
    other.write(store, KIND, "t1", {"title": "远方"}, schema=2)
    other.write(store, KIND, "t1", {"count": 4}, schema=2)
    other.write(store, KIND, "t2", {"title": "又一"}, schema=2)
    with store.reading() as now:
        assert now.not_understood() == {KIND: 2}
        assert now.search("远方") == []
    found = check(store)
    assert found.ok
    store.close()

    cls = small()
    store = reopened(tmp_path)
    with store.reading() as now:
        assert now.not_understood() == {}
        assert now.get(cls, "t1") == cls.unpacked({"uid": "t1", "title": "远方", "count": 4})
        assert [hit.uid for hit in now.search("远方")] == ["t1"]
    assert check(store) == found
    store.close()


def test_a_kind_that_went_away_leaves_no_row_and_no_word_but_stays_in_the_journal(tmp_path: Path) -> None:
    cls = small()
    store = new_store(tmp_path)
    with store.writing(reason="试") as door:
        door.put(typed(cls, "t1", title="一"))
    store.close()
    undeclared()
    store = reopened(tmp_path)
    with store.reading() as now:
        assert now.not_understood() == {KIND: 1}
        assert now.search("一") == []
        assert len(now.history(KIND, "t1")) == 1
    assert check(store).ok
    store.close()


def test_an_unknown_field_survives_every_write_of_this_program(tmp_path: Path) -> None:
    first = small()
    store = new_store(tmp_path)
    other = Elsewhere()
    secret = Kept("ab" * 32, "单志明")
    other.write(store, KIND, "t1", {"title": "一", "place": "村口"}, sealed={"leader": secret}, schema=2)
    with store.reading() as now:
        assert now.not_understood() == {KIND: 1}
    with store.writing(reason="试") as door:
        door.put(typed(first, "t1", title="改了", count="7"))
        door.remove(first, "t1")
        door.undo(KIND, "t1")
    assert check(store).ok
    store.close()
    second = wide()
    store = reopened(tmp_path)
    with store.reading() as now:
        assert now.get(second, "t1") == second.unpacked(
            {"uid": "t1", "title": "改了", "count": 7, "place": "村口"}
        )
        assert now.shown(second, "t1")["leader"].state == "withheld"
        assert now.not_understood() == {}
    assert check(store).ok
    store.close()


def test_undo_gives_an_unknown_field_its_former_value_too(tmp_path: Path) -> None:
    small()
    store = new_store(tmp_path)
    other = Elsewhere()
    other.write(store, KIND, "t1", {"title": "一", "place": "村口"}, schema=2)
    other.write(
        store, KIND, "t1", {"place": "村尾"}, knows={"place": heads(store, KIND, "t1", "place")}, schema=2
    )
    with store.writing(reason="撤销") as door:
        door.undo(KIND, "t1")
    assert check(store).ok
    store.close()
    cls = wide()
    store = reopened(tmp_path)
    with store.reading() as now:
        assert now.get(cls, "t1") == cls.unpacked({"uid": "t1", "title": "一", "place": "村口"})
    store.close()


@pytest.mark.parametrize(
    "odd",
    [
        {"count": "许多"},
        {"count": True},
        {"title": 5},
        {"day": "下个月"},
        {"place": False},
    ],
)
def test_a_value_that_its_column_cannot_hold_is_kept_and_stops_nothing(
    tmp_path: Path, odd: dict[str, str | int | bool]
) -> None:
    cls = wide()
    store = new_store(tmp_path)
    (name,) = odd
    Elsewhere().write(store, KIND, "t1", {"title": "一", **odd}, schema=2)
    found = check(store)
    assert found.ok
    with store.reading() as now:
        record = now.get(cls, "t1")
        assert record is not None and record.packed()[name] in (None, "")
        assert now.not_understood() == {KIND: 1}
        assert now.shown(cls, "t1")[name].value == odd[name]
    with store.writing(reason="试") as door:
        assert door.put(record).outcome == "same" or name == "title"
        door.put(typed(cls, "t1", title="一" if name != "title" else "二", remark="看过"))
    with store.reading() as now:
        if name != "title":
            assert now.shown(cls, "t1")[name].value == odd[name]
    assert check(store).ok
    store.close()


def test_another_shape_of_one_kind_leaves_the_others_in_peace(tmp_path: Path) -> None:
    small()
    store = new_store(tmp_path)
    uid, who = visit(store)
    with store.writing(reason="改") as door:
        door.put(contact(uid, "改过的话"))
    store.close()
    wide()
    store = reopened(tmp_path)
    with store.reading() as now:
        assert now.get(Contact, uid) == contact(uid, "改过的话")
        assert now.get(Visitor, who) is not None
        assert [hit.uid for hit in now.search("szm")] == [who]
    assert check(store).ok
    store.close()
