"""`check` says each thing that can be wrong, when somebody changes the database behind the door's back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lianxin.domain.records import Contact, Rota, Visitor
from lianxin.store import search
from lianxin.store.check import check
from lianxin.store.database import immediate
from lianxin.store.record_store import RecordStore
from tests.store.desks import Elsewhere, contact, visit


@pytest.fixture
def visited(store: RecordStore) -> tuple[str, str]:
    """A contact and its visitor among others, in a ledger that is whole."""
    visit(store, "路灯不亮")
    found = visit(store)
    with store.writing(reason="改") as door:
        door.put(replace(contact(found[0]), persons=2))
    assert check(store).problems == ()
    return found


def tamper(store: RecordStore, sql: str, *values: str | int | None) -> None:
    """One statement that no door saw; it must hit something."""
    with immediate(store.engine) as connection:
        search.take_in(connection)
        assert connection.exec_driver_sql(sql, values).rowcount


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "UPDATE entry SET line = x'7b7d' WHERE counter = 4",
            "读不出来",
        ),
        ("UPDATE entry SET line = CAST(replace(CAST(line AS TEXT), '破损', '完好') AS BLOB)", "指纹不符"),
        ("UPDATE entry SET hash = '00' || substr(hash, 3) WHERE counter = 3", "指纹不符"),
        ("UPDATE entry SET uid = 'another' WHERE counter = 3", "旁边的登记项与原文不符"),
        ("UPDATE entry SET at = '2020-01-01T00:00:00+08:00' WHERE counter = 3", "旁边的登记项与原文不符"),
        ("UPDATE entry SET counter = 99 WHERE counter = 3", "不在自己的位置上"),
        ("DELETE FROM entry WHERE counter = 2", "第3条与前一条接不上"),
        ("DELETE FROM entry WHERE counter = 1", "第2条与前一条接不上"),
        ("DELETE FROM entry WHERE counter = 5", "的末尾与记录不符"),
        ("UPDATE stream_head SET counter = 4", "的末尾与记录不符"),
        ("UPDATE stream_head SET lamport = 9", "的末尾与记录不符"),
        ("DELETE FROM stream_head", "的末尾与记录不符"),
    ],
)
def test_a_broken_chain(store: RecordStore, visited: tuple[str, str], sql: str, said: str) -> None:
    tamper(store, sql)
    assert any(said in problem for problem in check(store).problems)


def test_an_entry_changed_with_its_hash_breaks_the_next_link(
    store: RecordStore, visited: tuple[str, str]
) -> None:
    """Whoever changes line and hash together still leaves the following entry without its predecessor."""
    from lianxin.domain.journal import line_digest

    with store.reading() as now:
        row = now.connection.exec_driver_sql("SELECT line FROM entry WHERE counter = 1").one()
    line = bytes(row[0]).decode().replace("路灯", "电灯").encode()
    with immediate(store.engine) as connection:
        connection.exec_driver_sql(
            "UPDATE entry SET line = ?, hash = ? WHERE counter = 1", (line, line_digest(line))
        )
    assert any("第2条与前一条接不上" in problem for problem in check(store).problems)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE r_contact SET words = '另外的话' WHERE uid = ?", "的内容与流水不一致"),
        ("UPDATE r_contact SET persons = 7 WHERE uid = ?", "的内容与流水不一致"),
        ("UPDATE r_contact SET answered = 1 WHERE uid = ?", "的内容与流水不一致"),
        ("UPDATE r_contact SET remark = '' WHERE uid = ?", "的内容与流水不一致"),
        ("UPDATE r_contact SET _removed = 1 WHERE uid = ?", "的表与流水不一致"),
        ("UPDATE r_contact SET _question = 'words' WHERE uid = ?", "的表与流水不一致"),
        ("UPDATE r_contact SET _unread = 1 WHERE uid = ?", "的表与流水不一致"),
        ("UPDATE r_contact SET _state = replace(_state, '5', '4') WHERE uid = ?", "的表与流水不一致"),
        ("UPDATE r_contact SET _state = '{' WHERE uid = ?", "的内容与流水不一致"),
        ("UPDATE r_contact SET _state = '{}' WHERE uid = ?", "的内容与流水不一致"),
        ("DELETE FROM r_contact WHERE uid = ?", "在流水里有、在表里没有"),
        (
            "INSERT INTO r_contact(uid, _state, _removed) SELECT 'x' || uid, '{\"one\":[]}', 0"
            " FROM r_contact WHERE uid = ?",
            "在表里有、在流水里没有",
        ),
    ],
)
def test_a_row_that_is_not_what_the_journal_says(
    store: RecordStore, visited: tuple[str, str], sql: str, said: str
) -> None:
    tamper(store, sql, visited[0])
    assert any(visited[0] in problem and said in problem for problem in check(store).problems)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE words SET text = '别 的' WHERE uid = ?", "不是最新"),
        ("DELETE FROM words WHERE uid = ?", "不是最新"),
        ("INSERT INTO words(kind, uid, text) SELECT kind, uid, text FROM words WHERE uid = ?", "重复"),
        ("INSERT INTO words(kind, uid, text) SELECT 'person', uid, text FROM words WHERE uid = ?", "多余"),
        ("UPDATE r_contact SET _search = 1 WHERE uid = ?", "不是最新"),
        ("UPDATE words_content SET c2 = '别 的' WHERE c1 = ?", "内部不一致"),
    ],
)
def test_an_index_that_drifted(store: RecordStore, visited: tuple[str, str], sql: str, said: str) -> None:
    tamper(store, sql, visited[0])
    assert any("检索目录" in problem and said in problem for problem in check(store).problems)


def test_a_drifted_index_and_rows_are_mended_by_projecting_anew(
    store: RecordStore, visited: tuple[str, str]
) -> None:
    before = check(store)
    tamper(store, "DELETE FROM words WHERE uid = ?", visited[0])
    tamper(store, "UPDATE r_contact SET words = '另外的话' WHERE uid = ?", visited[0])
    tamper(store, "DELETE FROM r_visitor WHERE uid = ?", visited[1])
    assert len(check(store).problems) >= 3
    store.project_anew()
    assert check(store) == before


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE value SET value = '\"曾国平\"' WHERE field = 'name'", "的内容与流水里的指纹不符"),
        ("UPDATE value SET salt = '00' || substr(salt, 3) WHERE field = 'name'", "的内容与流水里的指纹不符"),
        ("UPDATE value SET salt = 'short' WHERE field = 'name'", "的内容与流水里的指纹不符"),
        ("UPDATE value SET value = '{' WHERE field = 'name'", "的内容与流水里的指纹不符"),
        ("UPDATE value SET field = 'words' WHERE field = 'name'", "旁边却存着它的内容"),
        ("UPDATE value SET counter = 77 WHERE field = 'name' AND counter = 4", "旁边却存着它的内容"),
    ],
)
def test_a_value_that_is_not_the_one_committed_to(
    store: RecordStore, visited: tuple[str, str], sql: str, said: str
) -> None:
    tamper(store, sql)
    assert any(said in problem for problem in check(store).problems)


def test_an_erased_value_that_came_back(store: RecordStore, visited: tuple[str, str]) -> None:
    with store.reading() as now:
        salt, value = now.connection.exec_driver_sql(
            "SELECT salt, value FROM value WHERE field = 'name' AND counter = 4"
        ).one()
    with store.writing(reason="清除") as door:
        door.erase(Visitor, visited[1], ["name"])
    assert check(store).ok
    tamper(
        store,
        "UPDATE value SET state = 'known', salt = ?, value = ? WHERE counter = 4 AND field = 'name'",
        str(salt),
        str(value),
    )
    assert any("已要求清除，内容却还在" in problem for problem in check(store).problems)


def test_a_reference_to_nothing_is_said_to_a_removed_record_it_is_not(
    store: RecordStore, visited: tuple[str, str]
) -> None:
    with store.writing(reason="试") as door:
        door.remove(Contact, visited[0])
    assert check(store).ok
    with store.writing(reason="试") as door:
        door.put(Rota(uid="rota", reception_day="nowhere", person="nobody"))
    assert check(store).problems == (
        "轮值 rota 的接待日指向不存在的记录",
        "轮值 rota 的接待代表指向不存在的记录",
    )
    with store.writing(reason="试") as door:
        door.remove(Rota, "rota")
    assert check(store).ok


def test_a_number_given_twice_by_one_office(store: RecordStore, visited: tuple[str, str]) -> None:
    number = "439901102-2026-JF0001"
    with store.writing(reason="试") as door:
        door.put(contact("one", number=number))
        door.put(contact("other", number=number))
    assert check(store).problems == (f"来访走访编号 {number} 重复",)
    with store.writing(reason="试") as door:
        door.remove(Contact, "other")
    assert check(store).ok


def test_the_same_number_of_two_offices_is_no_double(store: RecordStore) -> None:
    far = Elsewhere(replica="439901103-eeeeeeeeeeee")
    with store.writing(reason="试") as door:
        door.put(contact("one", number="JF0001"))
    far.write(store, "contact", "other", {"number": "JF0001", "words": "远方", "date": "2026-11-02"})
    assert check(store).ok
