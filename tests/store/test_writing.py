"""The one door: after any sequence of writes the tables are what the journal says, and what was meant."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from lianxin.domain.dictionary import Record, Wire, kinds
from lianxin.domain.journal import parse_entry, project
from lianxin.domain.records import Contact, Routing, SentFile, Visitor
from lianxin.store import journal_log, search
from lianxin.store.check import check
from lianxin.store.projection import read_row
from lianxin.store.reading import Condition
from lianxin.store.record_store import RecordStore
from lianxin.store.tables import table_name
from lianxin.store.writing import RecordGone, RecordUnknown
from tests.store.desks import DAY, contact, new_store, reopened, visit

KINDS: tuple[type[Record], ...] = (Contact, Visitor, Routing, SentFile)
"""Fields and groups, personal and sensitive values, one merge unit as a whole, a local stream."""

words = st.sampled_from(["饮水管破损", "路灯不亮", "饮水", "𠮷家巷㛃", "ＡＢ12", "x" * 300])
maybe_words = st.none() | words
counts = st.none() | st.integers(0, 50)
contacts = st.builds(
    Contact,
    uid=st.just(""),
    channel=st.sampled_from(["visit", "phone"]),
    day=st.just(DAY),
    words=words,
    households=counts,
    answered=st.booleans(),
    answer=maybe_words,
    remark=maybe_words,
)
visitors = st.builds(
    Visitor,
    uid=st.just(""),
    contact=st.just("0-0"),
    name=st.sampled_from([None, "单志明", "曾䶮", "欧阳㛃"]),
    phone=st.sampled_from([None, "13912342217", "0731-8823456"]),
    identity_number=st.sampled_from([None, "439901198002301234"]),
    confidential=st.booleans(),
)
routings = st.builds(
    Routing,
    uid=st.just(""),
    opinion=st.just("nowhere"),
    day=st.just(DAY),
    route=st.sampled_from(["assign", "answer"]),
    reason=maybe_words,
    decided_by=maybe_words,
)
sent_files = st.builds(
    SentFile,
    uid=st.just(""),
    seq=st.integers(1, 9),
    period=st.just("2026-11"),
    day=st.just(DAY),
    file_name=words,
    check_code=words,
    manifest_digest=st.just("0" * 64),
    bundle_id=st.just("b"),
)


@dataclass(frozen=True)
class Act:
    """One write to the record `slot` of a kind; `record` for a put, the fields for an erase."""

    op: str
    cls: type[Record]
    slot: int
    record: Record | None = None
    fields: tuple[str, ...] = ()

    @property
    def uid(self) -> str:
        """The uid this act writes under."""
        return f"{KINDS.index(self.cls)}-{self.slot}"


slots = st.integers(0, 1)
puts = st.one_of(contacts, visitors, visitors, routings, sent_files).flatmap(
    lambda record: slots.map(lambda slot: Act("put", type(record), slot, record))
)
others = st.builds(Act, st.sampled_from(["remove", "restore", "undo"]), st.sampled_from(KINDS), slots)
erasures = st.builds(
    Act,
    st.just("erase"),
    st.just(Visitor),
    slots,
    fields=st.sampled_from([("name",), ("phone", "identity_number"), ("name", "phone", "identity_number")]),
)
acts = st.lists(st.one_of(puts, puts, others, erasures), min_size=1, max_size=14)


@dataclass
class Known:
    """What a record should be: the values after each put, and the other writes between them."""

    puts: list[dict[str, Wire]] = field(default_factory=list)
    ops: list[str] = field(default_factory=list)
    removed: bool = False

    def play(self, act: Act) -> None:
        """The same act on the model."""
        if act.op == "put" and act.record is not None:
            if not self.removed:
                self._put(act.record.packed())
        elif not self.ops:
            return
        elif act.op == "remove" or act.op == "restore":
            self._state(act.op == "remove")
        elif act.op == "erase":
            self.puts = [{**values, **dict.fromkeys(act.fields)} for values in self.puts]
        elif act.op == "undo":
            self._undo()

    def _put(self, values: dict[str, Wire]) -> None:
        if not self.puts or values != self.puts[-1]:
            self.puts.append(values)
            self.ops.append("put")

    def _state(self, removed: bool) -> None:
        if self.removed != removed:
            self.removed = removed
            self.ops.append("remove" if removed else "restore")

    def _undo(self) -> None:
        if self.ops[-1] != "put":
            self._state(not self.removed)
        elif len(self.puts) == 1:
            self._state(True)
        else:
            self.puts.append(self.puts[-2])
            self.ops.append("put")


def play(store: RecordStore, act: Act) -> None:
    """One act in one transaction; a refusal changes nothing."""
    with store.writing(reason="试") as door:
        try:
            if act.op == "put" and act.record is not None:
                door.put(replace(act.record, uid=act.uid))
            elif act.op == "remove":
                door.remove(act.cls, act.uid)
            elif act.op == "restore":
                door.restore(act.cls, act.uid)
            elif act.op == "undo":
                door.undo(act.cls.KIND, act.uid)
            elif act.op == "erase":
                door.erase(act.cls, act.uid, act.fields)
        except (RecordGone, RecordUnknown):
            pass


def everything(store: RecordStore) -> Mapping[str, list[tuple[object, ...]]]:
    """All rows of all record tables and of the index, without the row numbers of the index."""
    with store.reading() as now:
        found = {
            cls.KIND: [
                tuple(value for name, value in row._mapping.items() if name != "_search")
                for row in now.connection.exec_driver_sql(f'SELECT * FROM "{table_name(cls)}" ORDER BY uid')
            ]
            for cls in kinds()
        }
        listed = [row[1:] for row in search.every_row(now.connection)]
        found["words"] = sorted(row for row in listed if row[2])
    return found


@given(acts)
@settings(max_examples=20, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_after_any_writes_tables_are_the_projected_journal_and_hold_what_was_meant(done: list[Act]) -> None:
    model: dict[tuple[type[Record], str], Known] = {}
    with tempfile.TemporaryDirectory() as folder:
        store = new_store(Path(folder))
        for act in done:
            play(store, act)
            model.setdefault((act.cls, act.uid), Known()).play(act)
        with store.reading() as now:
            entries = [parse_entry(each.line) for each in journal_log.lines_by_stream(now.connection)]
            for (kind, uid), state in project(entries).items():
                row = read_row(now.connection, next(cls for cls in KINDS if kind == cls.KIND), uid)
                assert row is not None and row.state == state
            for (cls, uid), known in model.items():
                expected = cls.unpacked({"uid": uid, **known.puts[-1]}) if known.puts else None
                assert now.get(cls, uid) == (None if known.removed else expected)
        found = check(store)
        assert [each for each in found.problems if "不存在" not in each] == []
        before = everything(store)
        store.project_anew()
        assert everything(store) == before
        assert check(store) == found
        store.close()
        again = reopened(Path(folder))
        assert check(again) == found
        again.close()


def test_a_put_writes_only_what_changed_and_says_it(store: RecordStore) -> None:
    uid, _ = visit(store)
    with store.writing(reason="改") as door:
        stored = contact(uid)
        assert door.put(stored).outcome == "same"
        change = door.put(replace(stored, persons=3))
        assert (change.outcome, change.fields) == ("changed", ("persons",))
    with store.reading() as now:
        lines = now.history("contact", uid)
    assert [sorted(line.entry.fields) for line in lines][1:] == [["persons"]]
    assert lines[1].reason == "改"


def test_fields_of_one_merge_unit_are_said_together(store: RecordStore) -> None:
    uid, _ = visit(store)
    with store.writing(reason="答复") as door:
        door.put(replace(contact(uid), answered=True))
    with store.reading() as now:
        assert sorted(now.history("contact", uid)[-1].entry.fields) == ["answer", "answered"]


def test_nothing_is_stored_when_the_block_fails(store: RecordStore) -> None:
    before = check(store).content_hash
    with pytest.raises(ZeroDivisionError), store.writing(reason="中断") as door:
        door.put(contact(door.new_uid()))
        raise ZeroDivisionError
    assert check(store).content_hash == before
    with store.reading() as now:
        assert now.count(Contact) == 0


def test_a_removed_record_is_written_only_after_restoring(store: RecordStore) -> None:
    uid, _ = visit(store)
    with store.writing(reason="删") as door:
        door.remove(Contact, uid)
    with pytest.raises(RecordGone), store.writing(reason="改") as door:
        door.put(contact(uid, "另外的话"))
    with store.writing(reason="恢复") as door:
        assert door.restore(Contact, uid).outcome == "restored"
        door.put(contact(uid, "另外的话"))
    with store.reading() as now:
        assert now.all(Contact, Condition("words", "=", "另外的话"))[0].uid == uid


def test_an_unknown_record_cannot_be_removed_undone_or_erased(store: RecordStore) -> None:
    for act in (
        Act("remove", Contact, 0),
        Act("restore", Contact, 0),
        Act("undo", Contact, 0),
        Act("erase", Visitor, 0, fields=("name",)),
    ):
        with pytest.raises(RecordUnknown), store.writing(reason="试") as door:
            if act.op == "remove":
                door.remove(act.cls, act.uid)
            elif act.op == "restore":
                door.restore(act.cls, act.uid)
            elif act.op == "undo":
                door.undo(act.cls.KIND, act.uid)
            else:
                door.erase(act.cls, act.uid, act.fields)


def test_erasing_takes_the_value_from_rows_index_and_values_but_not_from_the_chain(
    store: RecordStore,
) -> None:
    _, who = visit(store)
    before = check(store).content_hash
    with store.writing(reason="本人要求") as door:
        assert door.erase(Visitor, who, ["name", "phone"]).fields == ("name", "phone")
    with store.reading() as now:
        visitor = now.get(Visitor, who)
        assert visitor is not None and (visitor.name, visitor.phone) == (None, None)
        assert now.search("单志明") == [] and now.search("szm") == [] and now.search("2217") == []
        assert (
            now.connection.exec_driver_sql("SELECT count(*) FROM value WHERE value IS NOT NULL").scalar() == 0
        )
    assert check(store).ok
    assert check(store).content_hash == before


def test_erasing_what_was_never_written_says_so_and_writes_nothing(store: RecordStore) -> None:
    _, who = visit(store)
    with store.writing(reason="本人要求") as door:
        assert door.erase(Visitor, who, ["identity_number"]).outcome == "same"
        assert door.erase(Visitor, who, ["confidential"]).outcome == "same"
    with store.reading() as now:
        assert len(now.history("visitor", who)) == 1


def test_erasing_takes_the_draft_that_may_hold_the_value(store: RecordStore) -> None:
    from lianxin.store.drafts import save_draft

    _, who = visit(store)
    with store.bookkeeping() as connection:
        for key in (who, "another"):
            save_draft(
                connection, kind="visitor", key=key, window="w", payload={"name": "单志明"}, at=store.now()
            )
    with store.writing(reason="本人要求") as door:
        door.erase(Visitor, who, ["name"])
    with store.reading() as now:
        assert [draft.key for draft in now.drafts()] == ["another"]


def test_an_import_is_undone_by_new_entries(store: RecordStore) -> None:
    with store.writing(reason="导入", batch="b1") as door:
        one, other = door.new_uid(), door.new_uid()
        door.put(contact(one))
        door.put(contact(other))
    with store.writing(reason="撤销导入") as door:
        for kind, uid in journal_log.records_of_batch(door.connection, "b1"):
            assert door.undo(kind, uid).outcome == "removed"
    with store.reading() as now:
        assert now.count(Contact) == 0 and len(now.removed(Contact)) == 2
        assert len(now.history("contact", one)) == 2
