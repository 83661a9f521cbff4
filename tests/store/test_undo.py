"""Taking one act back leaves what others saved meanwhile (journal.md, "Undo")."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lianxin.domain.records import Contact, HandlingUnit
from lianxin.store.check import check
from lianxin.store.record_store import RecordStore
from lianxin.store.writing import Change, ChangedSince
from tests.store.desks import contact, visit


def put(store: RecordStore, record: Contact | HandlingUnit) -> Change:
    """One save of one window."""
    with store.writing(reason="保存") as door:
        return door.put(record)


def unit(store: RecordStore) -> HandlingUnit:
    """A handling unit as somebody made it."""
    with store.writing(reason="登记") as door:
        made = HandlingUnit(uid=door.new_uid(), name="镇水务站")
        door.put(made)
    return made


def standing(store: RecordStore, uid: str) -> HandlingUnit:
    """The unit as it is now."""
    with store.reading() as reading:
        found = reading.get(HandlingUnit, uid)
    assert found is not None
    return found


def test_the_act_is_taken_back_and_another_windows_field_stays(store: RecordStore) -> None:
    made = unit(store)
    mine = put(store, replace(made, contact="甲联系"))
    put(store, replace(made, contact="甲联系", leader="乙分管"))
    with store.writing(reason="撤销") as door:
        door.undo(mine.kind, mine.uid, mine.entry)
    now = standing(store, made.uid)
    assert (now.contact, now.leader) == (None, "乙分管")
    assert check(store).ok


def test_a_field_written_over_since_is_not_taken_back(store: RecordStore) -> None:
    made = unit(store)
    mine = put(store, replace(made, contact="甲"))
    put(store, replace(made, contact="乙"))
    with pytest.raises(ChangedSince), store.writing(reason="撤销") as door:
        door.undo(mine.kind, mine.uid, mine.entry)
    assert standing(store, made.uid).contact == "乙"


def test_a_new_record_somebody_went_on_with_stays(store: RecordStore) -> None:
    uid, _ = visit(store)
    with store.reading() as reading:
        first = reading.history("contact", uid)[0].entry.id
    put(store, contact(uid, "后来补的话"))
    with pytest.raises(ChangedSince), store.writing(reason="撤销") as door:
        door.undo("contact", uid, first)
    with store.reading() as reading:
        found = reading.get(Contact, uid)
    assert found is not None and found.words == "后来补的话"


def test_a_removal_is_taken_back_once(store: RecordStore) -> None:
    made = unit(store)
    with store.writing(reason="删除") as door:
        gone = door.remove(HandlingUnit, made.uid)
    with store.writing(reason="撤销") as door:
        assert door.undo(gone.kind, gone.uid, gone.entry).outcome == "restored"
    with pytest.raises(ChangedSince), store.writing(reason="撤销") as door:
        door.undo(gone.kind, gone.uid, gone.entry)
