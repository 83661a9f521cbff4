"""Two desks wrote the same thing: all stays visible until an entry names every head (journal.md, "Heads")."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from lianxin.domain.journal import REMOVED, STATE
from lianxin.domain.records import Contact, ReceptionRule, Visitor
from lianxin.domain.values import Kept
from lianxin.store.check import check
from lianxin.store.record_store import RecordStore
from lianxin.store.writing import RecordGone, RecordUnknown
from tests.store.desks import Elsewhere, contact, heads, visit


def quarrel(store: RecordStore) -> str:
    """A contact whose words and persons two desks changed without knowing of each other."""
    uid, _ = visit(store)
    known = {name: heads(store, "contact", uid, name) for name in ("words", "persons")}
    with store.writing(reason="改") as door:
        door.put(replace(contact(uid, "这里的话"), persons=2))
    Elsewhere().write(store, "contact", uid, {"words": "那里的话", "persons": 3}, knows=known)
    return uid


def questions(store: RecordStore, uid: str) -> tuple[str, ...]:
    """The fields in question of a contact."""
    with store.reading() as now:
        return dict(now.in_question(Contact)).get(uid, ())


def test_both_values_stay_until_settled_and_settling_names_every_head(store: RecordStore) -> None:
    uid = quarrel(store)
    assert questions(store, uid) == ("persons", "words")
    with store.reading() as now:
        assert {head.value for head in now.shown(Contact, uid)["words"].conflict} == {"这里的话", "那里的话"}
        # Shown is the last by order.
        standing = now.shown(Contact, uid)["words"].value
    named = heads(store, "contact", uid, "words")
    assert len(named) == 2
    with store.writing(reason="以这里为准") as door:
        change = door.settle(Contact, uid, {"words": "这里的话"})
        assert (change.outcome, change.fields) == ("changed", ("words",))
    assert questions(store, uid) == ("persons",)
    with store.reading() as now:
        assert now.history("contact", uid)[-1].entry.fields["words"].replaces == named
        assert now.shown(Contact, uid)["words"].value == "这里的话" != standing
        assert [hit.uid for hit in now.search("这里的话")] == [uid] and now.search("那里的话") == []
    assert check(store).ok


def test_settling_for_the_value_already_shown_ends_the_question_too(store: RecordStore) -> None:
    uid = quarrel(store)
    with store.reading() as now:
        shown = {name: now.shown(Contact, uid)[name].value for name in ("words", "persons")}
    with store.writing(reason="保存") as door:
        # An ordinary save of what is shown is no answer.
        record = contact(uid)
        assert door.put(Contact.unpacked({**record.packed(), **shown, "uid": uid})).outcome == "same"
    assert questions(store, uid) == ("persons", "words")
    with store.writing(reason="确认") as door:
        door.settle(Contact, uid, shown)
    assert questions(store, uid) == ()
    assert check(store).ok


def test_a_late_entry_that_knew_nothing_of_the_answer_asks_again(store: RecordStore) -> None:
    uid = quarrel(store)
    with store.writing(reason="确认") as door:
        door.settle(Contact, uid, {"words": "定了", "persons": 4})
    other = Elsewhere()
    other.write(store, "contact", uid, {"words": "还有话"})
    assert questions(store, uid) == ("words",)
    assert check(store).ok


def test_a_group_is_settled_as_a_whole(store: RecordStore) -> None:
    with store.writing(reason="规则") as door:
        uid = door.new_uid()
        rule = ReceptionRule(
            uid=uid, station="s", recurrence="monthly", days="15", start=time(9), end=time(11)
        )
        door.put(rule)
    known = {name: heads(store, "reception-rule", uid, name) for name in ("start", "end")}
    with store.writing(reason="改") as door:
        door.put(replace(rule, end=time(12)))
    Elsewhere().write(store, "reception-rule", uid, {"start": "14:00", "end": "16:00"}, knows=known)
    with store.reading() as now:
        assert dict(now.in_question(ReceptionRule)) == {uid: ("end", "start")}
    with store.writing(reason="以上午为准") as door:
        door.settle(ReceptionRule, uid, {"start": "09:00", "end": "12:00"})
    with store.reading() as now:
        assert now.in_question(ReceptionRule) == []
        assert now.get(ReceptionRule, uid) == replace(rule, end=time(12))
        assert sorted(now.history("reception-rule", uid)[-1].entry.fields) == ["end", "start"]


def test_personal_values_are_settled_beside_their_entry(store: RecordStore) -> None:
    _, who = visit(store)
    Elsewhere().write(store, "visitor", who, {}, sealed={"phone": Kept("cd" * 32, "13800000000")})
    with store.reading() as now:
        # Withheld there: it takes no part in conflicts.
        assert now.in_question(Visitor) == []
    with store.writing(reason="核实") as door:
        door.settle(Visitor, who, {"phone": "13911111111"})
    with store.reading() as now:
        write = now.history("visitor", who)[-1].entry.fields["phone"]
        assert write.value is None and write.commitment and len(write.replaces) == 2
        visitor = now.get(Visitor, who)
        assert visitor is not None and visitor.phone == "13911111111"
    assert check(store).ok


@pytest.mark.parametrize("stays", [True, False])
def test_removed_here_and_written_there_is_shown_with_a_question(store: RecordStore, stays: bool) -> None:
    uid, _ = visit(store)
    known = {"words": heads(store, "contact", uid, "words")}
    with store.writing(reason="删") as door:
        door.remove(Contact, uid)
    Elsewhere().write(store, "contact", uid, {"words": "补充的话"}, knows=known)
    assert questions(store, uid) == (STATE,)
    with store.reading() as now:
        shown = now.get(Contact, uid)
        assert shown is not None and shown.words == "补充的话"
    with store.writing(reason="定") as door:
        done = door.restore(Contact, uid) if stays else door.remove(Contact, uid)
        assert done.outcome == ("restored" if stays else "removed")
    assert questions(store, uid) == ()
    with store.reading() as now:
        assert (now.get(Contact, uid) is not None) == stays
    assert check(store).ok


def test_removed_there_by_one_who_knew_all_is_gone_here(store: RecordStore) -> None:
    uid, _ = visit(store)
    with store.reading() as now:
        seen = tuple(line.entry.id for line in now.history("contact", uid))
    Elsewhere().write(store, "contact", uid, {STATE: REMOVED}, op="remove", seen=seen)
    with store.reading() as now:
        assert now.get(Contact, uid) is None and now.search("饮水") == []
    with pytest.raises(RecordGone), store.writing(reason="定") as door:
        door.settle(Contact, uid, {"words": "话"})
    assert check(store).ok


def test_settling_asks_for_a_record_and_fields_that_exist(store: RecordStore) -> None:
    uid, _ = visit(store)
    with store.writing(reason="定") as door:
        with pytest.raises(RecordUnknown):
            door.settle(Contact, "nobody", {"words": "话"})
        with pytest.raises(KeyError):
            door.settle(Contact, uid, {"colour": "red"})
        assert door.settle(Contact, uid, {}).outcome == "same"
    with store.reading() as now:
        assert len(now.history("contact", uid)) == 1


def test_a_form_opened_before_another_window_saved_writes_only_its_own_changes(store: RecordStore) -> None:
    uid, _ = visit(store)
    with store.reading() as now:
        opened = now.get(Contact, uid)
    assert opened is not None
    with store.writing(reason="另一个窗口") as door:
        door.put(replace(opened, persons=9, households=4))
    with store.writing(reason="这个窗口") as door:
        change = door.put(replace(opened, words="改过的话", households=5), opened=opened)
        assert change.fields == ("words", "households")
    with store.reading() as now:
        assert now.get(Contact, uid) == replace(opened, words="改过的话", persons=9, households=5)
