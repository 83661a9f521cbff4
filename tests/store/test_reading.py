"""Questions to one snapshot: conditions, order, pages, history, and that a list of any size uses its index."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lianxin.domain.dictionary import Record, kinds
from lianxin.domain.records import Contact, Opinion, Person, Visitor
from lianxin.store.reading import Comparison, Condition, Order
from lianxin.store.record_store import RecordStore
from lianxin.store.tables import table_name
from tests.store.desks import contact, visit


@pytest.fixture
def filled(store: RecordStore) -> RecordStore:
    """Six contacts: c0 … c5, of six days, every second answered, c5 removed."""
    with store.writing(reason="登记") as door:
        for place in range(6):
            record = replace(
                contact(f"c{place}", f"第{place}件"),
                day=date(2026, 11, 6 - place),
                answered=place % 2 == 0,
                households=place if place > 2 else None,
            )
            door.put(record)
        door.remove(Contact, "c5")
    return store


@pytest.mark.parametrize(
    ("wire", "comparison", "value", "expected"),
    [
        ("date", "=", "2026-11-05", ["c1"]),
        ("date", ">=", "2026-11-04", ["c0", "c1", "c2"]),
        ("date", "<", "2026-11-04", ["c3", "c4"]),
        ("answered", "=", True, ["c0", "c2", "c4"]),
        ("answered", "!=", True, ["c1", "c3"]),
        ("households", "empty", None, ["c0", "c1", "c2"]),
        ("households", "filled", None, ["c3", "c4"]),
        ("households", "!=", 3, ["c0", "c1", "c2", "c4"]),
        ("households", "in", (3, 4, 5), ["c3", "c4"]),
        ("households", "in", (), []),
        ("households", "<=", 3, ["c3"]),
        ("words", "=", "第0件", ["c0"]),
        ("words", "=", "' OR 1=1 --", []),
    ],
)
def test_conditions_on_fields(
    filled: RecordStore, wire: str, comparison: Comparison, value: str | int | None, expected: list[str]
) -> None:
    condition = Condition(wire, comparison, value)
    with filled.reading() as now:
        assert now.keys(Contact, condition) == expected
        assert [record.uid for record in now.all(Contact, condition)] == expected
        assert now.count(Contact, condition) == len(expected)


def test_order_by_any_field_with_the_uid_last(filled: RecordStore) -> None:
    with filled.reading() as now:
        assert now.keys(Contact) == ["c0", "c1", "c2", "c3", "c4"]
        assert now.keys(Contact, order=Order("date")) == ["c4", "c3", "c2", "c1", "c0"]
        assert now.keys(Contact, order=Order("answered")) == ["c1", "c3", "c0", "c2", "c4"]
        assert now.keys(Contact, order=Order("answered", descending=True)) == ["c4", "c2", "c0", "c3", "c1"]
        assert [each.uid for each in now.all(Contact, order=Order("date"), limit=2)] == ["c4", "c3"]


def test_a_field_nobody_declared_is_refused(filled: RecordStore) -> None:
    with filled.reading() as now:
        with pytest.raises(KeyError):
            now.keys(Contact, Condition("colour", "="))
        with pytest.raises(KeyError):
            now.keys(Contact, order=Order("_state"))


def test_pages_come_in_the_order_asked_without_the_removed(filled: RecordStore) -> None:
    with filled.reading() as now:
        assert list(now.by_uid(Contact, ["c3", "nobody", "c0", "c5"])) == ["c3", "c0"]
        assert now.get(Contact, "c5") is None
        assert now.removed(Contact) == ["c5"]
        assert len(now.by_uid(Contact, [f"c{place}" for place in range(2000)])) == 5


def test_a_snapshot_does_not_see_what_is_saved_meanwhile(filled: RecordStore) -> None:
    with filled.reading() as now:
        before = now.count(Contact)
        visit(filled)
        assert now.count(Contact) == before
    with filled.reading() as now:
        assert now.count(Contact) == before + 1


def test_every_value_comes_back_as_it_was_put(store: RecordStore) -> None:
    record = Opinion(
        uid="o",
        title="标题",
        words="第一行\n第二行",
        registered=date(2026, 11, 2),
        group=True,
        person="p",
        remark="𠮷",
    )
    with store.writing(reason="登记") as door:
        door.put(record)
        door.put(Person(uid="p", name="曾䶮", phone="13912342217", born="1980-01"))
    with store.reading() as now:
        assert now.get(Opinion, "o") == record
        assert now.get(Person, "p") == Person(uid="p", name="曾䶮", phone="13912342217", born="1980-01")


@pytest.mark.parametrize("cls", kinds(), ids=lambda cls: str(cls.KIND))
def test_lists_by_day_number_and_reference_are_answered_by_an_index_alone(
    store: RecordStore, cls: type[Record]
) -> None:
    with store.reading() as now:
        for spec in cls.fields():
            listed = spec.kind.name == "day" and not cls.PARENT
            if not (spec.required and (spec.kind.refers or listed)):
                continue
            sql = f'SELECT uid FROM "{table_name(cls)}" WHERE _removed = 0 ORDER BY "{spec.wire}", uid'
            plan = [str(row[3]) for row in now.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]
            assert len(plan) == 1 and "USING COVERING INDEX" in plan[0], (spec.wire, plan)


def test_children_are_found_by_their_parent_through_an_index(store: RecordStore) -> None:
    here, who = visit(store)
    with store.reading() as now:
        assert now.keys(Visitor, Condition("contact", "=", here)) == [who]
        sql = "SELECT uid FROM r_visitor WHERE _removed = 0 AND contact = ? ORDER BY +uid"
        plan = now.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", (here,)).all()
        assert "SEARCH r_visitor USING COVERING INDEX" in str(plan[0][3])
