"""A county passes, returns or takes a file in part: the township hears why, corrects, and both are kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lianxin.county.outgoing.receipts import write_receipts
from lianxin.county.received.deciding import CannotDecide, decide, decided
from lianxin.domain.records import Contact
from lianxin.office.desk import Desk
from lianxin.office.handover.accepting import accept
from lianxin.office.receiving.taking_back import rebuild, undo_receive
from lianxin.office.records import undo_changes
from lianxin.office.returned import Returned, decisions, returned_records
from lianxin.store.received import brought_by
from tests.county.posts import Posts, posts_in


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    with posts_in(tmp_path) as made:
        yield made


def sent(posts: Posts) -> str:
    """A report is taken in; its place."""
    (told,) = posts.receive(posts.send(posts.town))
    assert told.ok and told.bundle_id
    return told.bundle_id


def heard(posts: Posts) -> None:
    for each in write_receipts(posts.county, to=posts.offices.folder / "down"):
        if each.code == "439901102":
            accept(posts.town, [each.path])


def returns_at(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.store.reading() as reading:
        found: tuple[Returned, ...] = returned_records(reading)
        return [(each.told.about, each.told.reason, each.standing) for each in found]


def test_a_returned_record_goes_down_is_corrected_and_comes_back(posts: Posts) -> None:
    wrong, right = posts.visit(posts.town), posts.visit(posts.town, words="石桥村路灯不亮")
    place = sent(posts)
    with posts.county.store.reading() as reading:
        brought = {(each.kind, each.uid): each.new for each in brought_by(reading.connection, place)}
    assert brought[("contact", wrong)] and brought[("contact", right)]
    decide(posts.county, place, reasons={("contact", wrong): "没有写明哪个组"})
    heard(posts)
    assert returns_at(posts.town) == [(wrong, "没有写明哪个组", "open")]
    with posts.town.store.reading() as reading:
        assert decisions(reading)[place].result == "partial"
    posts.reword(posts.town, wrong, "长坪村三组、四组饮水管破损")
    assert [each[2] for each in returns_at(posts.town)] == ["corrected"]
    assert [each[2] for each in returns_at(posts.county)] == ["open"]
    sent(posts)
    assert [each[2] for each in returns_at(posts.town)] == ["sent"]
    assert [each[2] for each in returns_at(posts.county)] == ["sent"]
    with posts.county.store.reading() as reading:
        assert (
            len([line for line in reading.history(Contact.KIND, wrong) if "words" in line.entry.fields]) == 2
        )
    before = posts.hash_of()
    rebuild(posts.county)
    assert posts.hash_of() == before


def test_deciding_again_replaces_and_can_be_undone(posts: Posts) -> None:
    uid = posts.visit(posts.town)
    place = sent(posts)
    with pytest.raises(CannotDecide, match="原因"):
        decide(posts.county, place, whole=True)
    decide(posts.county, place, words="表头的月份不对", whole=True)
    done = decide(posts.county, place, reasons={("contact", uid): "人次不对"})
    with posts.county.store.reading() as reading:
        assert decided(reading, place).words == "部分接收（1条）"
    undo_changes(posts.county, done)
    with posts.county.store.reading() as reading:
        assert decided(reading, place).words == "退回修改"
    decide(posts.county, place)
    heard(posts)
    with posts.town.store.reading() as reading:
        assert decisions(reading)[place].result == "passed" and returned_records(reading) == ()
    with pytest.raises(CannotDecide, match="没有收进"):
        decide(posts.county, "01a1f677-aa82-7750-990e-945de2e8e781")


def test_a_file_taken_back_opens_its_return_again(posts: Posts) -> None:
    uid = posts.visit(posts.town)
    first = sent(posts)
    decide(posts.county, first, reasons={("contact", uid): "人次不对"})
    posts.reword(posts.town, uid, "长坪村三组饮水管破损，已改")
    second = sent(posts)
    assert [each[2] for each in returns_at(posts.county)] == ["sent"]
    undo_receive(posts.county, second)
    assert [each[2] for each in returns_at(posts.county)] == ["open"]
