"""Search finds exactly the substrings that are there: any length, in every field by itself, names by pinyin."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from lianxin.domain.checks import fold_text
from lianxin.domain.dictionary import Record
from lianxin.domain.records import Contact, Opinion, Person, Visitor
from lianxin.store import search
from lianxin.store.reading import Reading
from lianxin.store.record_store import RecordStore
from lianxin.store.statements import run
from lianxin.store.tables import table_name
from tests.store.desks import DAY, contact, new_store

# Few characters, so that words meet often: Han of every plane, both widths, punctuation, the barrier itself.
LETTERS = "饮水管破㛃䶮𠮷鿿〇Aa12ＡＢ１½ßé，。 \n·'\"*-ǁ"
texts = st.text(alphabet=LETTERS, min_size=0, max_size=12)


@pytest.fixture(scope="module")
def opened() -> Iterator[RecordStore]:
    """One ledger for all examples: each writes one record anew."""
    with tempfile.TemporaryDirectory() as folder:
        made = new_store(Path(folder))
        yield made
        made.close()


def letters(text: str) -> str:
    """What search compares: folded, letters and digits only."""
    return "".join(char for char in fold_text(text) if char.isalnum())


def holds(fields: list[str], words: str) -> bool:
    """The oracle: every part occurs within one field."""
    parts = [letters(part) for part in words.split()]
    asked = [part for part in parts if part]
    return bool(asked) and all(any(part in letters(field) for field in fields) for part in asked)


def found(store: RecordStore, words: str) -> set[str]:
    """The uids found, the same while what was written waits beside the index and when it went in."""
    with store.reading() as now:
        waiting = [hit.uid for hit in now.search(words)]
    take_in(store)
    with store.reading() as now:
        assert [hit.uid for hit in now.search(words)] == waiting
        assert held(now, words) == set(waiting), words
    return set(waiting)


def held(now: Reading, words: str) -> set[str]:
    """All that hold the words, found along an index as those of words that stand in many records."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "FEW", 0)
        return {uid for cls in (Contact, Opinion, Person, Visitor) for uid in now.holding(cls, words)}


def take_in(store: RecordStore) -> None:
    """What waits beside the index goes in."""
    with store.bookkeeping() as connection:
        search.take_in(connection)


def person(store: RecordStore, name: str) -> str:
    """Puts a person of this name."""
    with store.writing(reason="登记") as door:
        uid = door.new_uid()
        door.put(Person(uid=uid, name=name))
    return uid


@given(
    st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=4),
    st.lists(st.text(alphabet=LETTERS, min_size=1, max_size=4), min_size=1, max_size=12),
)
@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_it_finds_what_a_plain_look_through_every_field_finds(
    opened: RecordStore, written: list[tuple[str, str, str]], asked: list[str]
) -> None:
    everything = {f"c{place}": list(fields) for place, fields in enumerate(written)}
    with opened.writing(reason="登记") as door:
        for place in range(4):
            words, deputies, remark = everything.get(f"c{place}", ["", "", ""])
            door.put(
                Contact(
                    uid=f"c{place}", channel="visit", day=DAY, words=words, deputies=deputies, remark=remark
                )
            )
    pieces = [field[at : at + 2] for fields in written for field in fields for at in (0, 1, 3)]
    for words in [*asked, *pieces]:
        assert found(opened, words) == {uid for uid, fields in everything.items() if holds(fields, words)}, (
            words
        )


def test_words_of_one_two_and_more_characters(store: RecordStore) -> None:
    with store.writing(reason="登记") as door:
        uid = door.new_uid()
        door.put(contact(uid, "长坪村三组饮水管破损，26户断水4天"))
    for words in ("水", "饮水", "水管", "破损26户", "断水4天", "26", "饮水 断水", "　饮水"):
        assert found(store, words) == {uid}, words
    for words in ("水饮", "饮管", "断水5", "饮水 电", "", " ", "，", "。 、"):
        assert found(store, words) == set(), words


def test_a_phrase_never_runs_over_the_end_of_a_field(store: RecordStore) -> None:
    with store.writing(reason="登记") as door:
        door.put(Opinion(uid="u", title="修饮水", words="管道破裂", registered=date(2026, 1, 1)))
    assert found(store, "饮水") == found(store, "管道") == {"u"}
    assert found(store, "水管") == found(store, "水ǁ管") == set()


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("刘青山", ["刘青", "liuqingshan", "lqs", "liu", "qingshan", "LIUQING", "liu qing shan"]),
        ("单志明", ["shanzhiming", "szm", "danzhiming", "dzm"]),
        ("仇英", ["qiuying", "qy", "chouying", "cy"]),
        ("解放军", ["xiefangjun", "xfj", "jiefangjun"]),
        ("查良友", ["zhaliangyou", "zly", "chaliangyou"]),
        ("曾国平", ["zengguoping", "zgp", "cengguoping"]),
        ("区大海", ["oudahai", "odh", "qudahai"]),
        ("欧阳建国", ["ouyangjianguo", "oyjg"]),
        ("尉迟明", ["yuchiming", "ycm", "weichiming"]),
        ("吕㛃", ["lvjie", "lujie", "lj", "㛃"]),
        ("曾䶮", ["zengyan", "zy", "䶮"]),
        ("𠮷野", ["𠮷", "𠮷野", "ye"]),
    ],
)
def test_names_by_full_pinyin_and_initials(store: RecordStore, name: str, asked: list[str]) -> None:
    uid = person(store, name)
    person(store, "王二")
    for words in asked:
        assert found(store, words) == {uid}, words


def test_a_personal_name_is_found_too_and_only_with_its_own_field(store: RecordStore) -> None:
    with store.writing(reason="登记") as door:
        door.put(Visitor(uid="v", contact="c", name="单志明", phone="13912342217", address="长坪村"))
    assert found(store, "szm") == found(store, "2217") == found(store, "长坪") == {"v"}
    assert found(store, "明139") == set()


def test_width_case_and_forms_of_writing_do_not_matter(store: RecordStore) -> None:
    with store.writing(reason="登记") as door:
        door.put(contact("c", "ＧＰＳ定位在Ｋ１２＋３００处，№5"))
    for words in ("gps", "GPS定位", "ｋ12", "k12+300", "K１２＋３００", "no5"):
        assert found(store, words) == {"c"}, words


def test_what_people_type_is_never_read_as_a_question_language(store: RecordStore) -> None:
    with store.writing(reason="登记") as door:
        door.put(contact("c", "饮水管破损 AND 断水"))
    for words in (
        '"',
        "饮水*",
        "饮水 OR 电灯",
        "text:饮水",
        "NEAR(饮水)",
        "^饮水",
        "饮水\0管",
        "')--",
        "{饮水}",
    ):
        assert found(store, words) == ({"c"} if holds(["饮水管破损 AND 断水"], words) else set()), words


def test_removed_is_not_found_restored_is_changed_is_found_by_the_new_words(store: RecordStore) -> None:
    with store.writing(reason="登记") as door:
        door.put(contact("c", "饮水"))
    with store.writing(reason="改") as door:
        door.put(contact("c", "路灯"))
    assert (found(store, "饮水"), found(store, "路灯")) == (set(), {"c"})
    with store.writing(reason="删") as door:
        door.remove(Contact, "c")
    assert found(store, "路灯") == set()
    with store.writing(reason="恢复") as door:
        door.restore(Contact, "c")
    assert found(store, "路灯") == {"c"}


def test_the_latest_come_first_and_kinds_and_limit_narrow(store: RecordStore) -> None:
    for uid in ("c1", "c2", "c3"):
        with store.writing(reason="登记") as door:
            door.put(contact(uid, "饮水"))
            door.put(Opinion(uid=f"o{uid}", title="饮水", words="饮水", registered=DAY))
    with store.reading() as now:
        assert [hit.uid for hit in now.search("饮水", kinds=["contact"], limit=2)] == ["c3", "c2"]
        assert len(now.search("饮水", kinds=["contact", "opinion"])) == 6
        assert now.search("饮水", kinds=["person"]) == []


def test_many_records_are_found_while_they_wait_too(store: RecordStore) -> None:
    for uid in ("c1", "c2"):
        with store.writing(reason="登记") as door:
            door.put(contact(uid, "饮水"))
    with store.reading() as now:
        assert held(now, "饮水") == {"c1", "c2"}


def test_a_reference_of_what_holds_the_words(store: RecordStore, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.writing(reason="登记") as door:
        door.put(Visitor(uid="v", contact="c1", name="单志明"))
        door.put(Visitor(uid="w", contact="c2", name="单小燕"))
        door.put(Visitor(uid="x", contact="c3", name="刘青山"))
    for few in (search.FEW, 0):
        monkeypatch.setattr(search, "FEW", few)
        with store.reading() as now:
            assert now.holding(Visitor, "单", wire="contact") == {"c1", "c2"}


@pytest.mark.parametrize(("cls", "wire"), [(Opinion, "uid"), (Contact, "uid"), (Visitor, "contact")])
def test_the_many_records_of_a_common_word_are_found_in_an_index(
    store: RecordStore, cls: type[Record], wire: str
) -> None:
    rows, told = search.rows_holding("饮水")
    asked = f'SELECT r."{wire}" FROM "{table_name(cls)}" AS r WHERE r._removed = 0 AND r._search IN ({rows})'
    with store.reading() as now:
        plan = " ".join(str(row) for row in run(now.connection, f"EXPLAIN QUERY PLAN {asked}", told))
    assert f"SCAN r USING COVERING INDEX {table_name(cls)}" in plan


def test_erased_words_leave_the_pages_of_the_index(store: RecordStore) -> None:
    with store.writing(reason="登记") as door:
        door.put(Visitor(uid="v", contact="c", name="𠮷𠮷𠮷"))
    take_in(store)
    assert lies_in_the_index(store, b"u20bb7")
    with store.writing(reason="清除") as door:
        door.erase(Visitor, "v", ["name"])
    assert not lies_in_the_index(store, b"u20bb7")


def lies_in_the_index(store: RecordStore, token: bytes) -> bool:
    """Whether any page of the index holds these bytes."""
    with store.reading() as now:
        blocks = now.connection.exec_driver_sql("SELECT block FROM words_data").scalars()
        return any(token in bytes(block) for block in blocks)


def test_a_long_repeated_text_written_over_leaves_a_sound_index(store: RecordStore) -> None:
    """The case that FTS5's secure-delete does not survive (docs/adr/0007)."""
    with store.writing(reason="试") as writing:
        writing.put(Visitor(uid="1-0", contact="c", name="曾䶮", phone="0731-8823456"))
    for words in ("x" * 300, "路灯不亮" + "x" * 300, "饮水管破损"):
        with store.writing(reason="试") as writing:
            writing.put(contact("3-0", words))
    with store.bookkeeping() as connection:
        assert not search.inner_damage(connection)


def test_an_erased_name_stands_in_no_page_of_the_index(store: RecordStore) -> None:
    with store.writing(reason="试") as writing:
        writing.put(Visitor(uid="v", contact="c", name="䶮㛃", phone=None))
        writing.put(contact("c", "饮水管破损"))
    take_in(store)
    token = "䶮".encode()

    def pages() -> bytes:
        with store.reading() as reading:
            rows = reading.connection.exec_driver_sql("SELECT block FROM words_data")
            return b"".join(bytes(row[0]) for row in rows)

    assert token in pages()
    with store.writing(reason="试") as writing:
        writing.erase(Visitor, "v", ["name"])
    assert token not in pages()
    with store.reading() as reading:
        assert reading.search("䶮㛃") == []
        assert reading.search("饮水")
