"""Receipts taken in: the highest number rules, an old copy is noticed, and what was lost comes back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lianxin.bundle.checkcode import spoken_code
from lianxin.county.outgoing.receipts import Receipt, write_receipts
from lianxin.domain.records import ConflictAnswer, Contact, ReceiptItem, SentFile
from lianxin.office.desk import Desk
from lianxin.office.handover.accepting import accept, own_sent_files, receipt_items
from lianxin.office.receiving.questions import QuestionUnknown, questions, resolve
from lianxin.office.receiving.receive import receive
from lianxin.office.receiving.taking_back import undo_receive
from lianxin.office.sending.history import choose_folder
from lianxin.store.acknowledged import acknowledged
from lianxin.store.record_store import RecordStore, Surroundings
from tests.county.posts import Posts, posts_in


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    with posts_in(tmp_path) as made:
        yield made


def receipt(posts: Posts, folder: str = "down") -> Receipt:
    (written,) = write_receipts(posts.county, to=posts.offices.folder / folder)
    return written


def there(posts: Posts) -> tuple[int, int]:
    """Number of the ruling receipt, and how many entries it acknowledges."""
    with posts.town.store.reading() as reading:
        found = acknowledged(reading.connection, "439901")
    return found.receipt_no, sum(found.counters.values())


def copied(desk: Desk, folder: Path) -> Desk:
    """The data folder as it is now, opened elsewhere as a restored backup is."""
    shutil.copytree(desk.store.home, folder, ignore=shutil.ignore_patterns("*.lock"))
    around = Surroundings(desk.store.now, desk.store.random, "另一台", folder / "witness")
    return replace(desk, store=RecordStore.open(folder, desk.store.key, around, actor="01"))


def test_a_lower_number_changes_nothing_and_a_higher_one_rules_though_it_says_less(posts: Posts) -> None:
    posts.visit(posts.town)
    first = posts.send(posts.town)
    posts.receive(first)
    one = receipt(posts)
    posts.visit(posts.town)
    second = posts.send(posts.town)
    (told,) = posts.receive(second)
    two = receipt(posts)
    assert [each.outcome.verdict for each in accept(posts.town, [two.path]).verdicts] == ["ACCEPT"]
    number, most = there(posts)
    assert number == 2
    (late,) = accept(posts.town, [one.path]).verdicts
    assert late.outcome.code == "W601" and there(posts) == (2, most)
    undo_receive(posts.county, str(told.bundle_id))
    less = receipt(posts)
    done = accept(posts.town, [less.path])
    assert [item.verdict for item in done.items] == ["taken_back"]
    number, fewer = there(posts)
    assert number == 3 and fewer < most
    # What is acknowledged no more is sent again, and comes in again.
    third = posts.send(posts.town)
    assert posts.receive(third)[0].ok
    assert {each.outcome.code for each in posts.receive(second)} == {"W601"}


def test_a_receipt_for_somebody_else_or_a_report_is_no_receipt_here(posts: Posts) -> None:
    posts.visit(posts.town)
    file = posts.send(posts.town)
    posts.receive(file)
    written = receipt(posts)
    (other,) = accept(posts.offices.other, [written.path]).verdicts
    assert other.outcome.code in ("E501", "E502")
    (own,) = accept(posts.town, [file]).verdicts
    assert own.outcome.code == "E312"


def test_a_restored_desk_notices_takes_its_files_back_and_goes_on_under_a_new_id(posts: Posts) -> None:
    posts.visit(posts.town)
    posts.receive(posts.send(posts.town))
    accept(posts.town, [receipt(posts).path])
    old = copied(posts.town, posts.offices.folder / "old")
    lost = posts.visit(posts.town, "后来的")
    second = posts.send(posts.town)
    posts.receive(second)
    down = receipt(posts)
    choose_folder(old, second.parent)
    before = old.store.replica
    done = accept(old, [down.path])
    assert done.verdicts[0].more_than_written
    assert second in done.offered and second in own_sent_files(old)
    (back,) = receive(old, [second])
    assert back.ok and back.new > 0
    with old.store.reading() as reading:
        assert reading.get(Contact, lost) is not None
    assert second not in own_sent_files(old)
    posts.visit(old, "恢复以后")
    assert old.store.replica != before
    third = posts.send(old, folder="third")
    assert posts.receive(third)[0].ok
    assert posts.hash_of(old)
    old.store.close()


def test_the_words_of_a_receipt_and_the_state_of_the_sending(posts: Posts) -> None:
    posts.visit(posts.town)
    posts.receive(posts.send(posts.town))
    accept(posts.town, [receipt(posts).path])
    with posts.town.store.reading() as reading:
        (item,) = receipt_items(reading)
        (sent,) = reading.all(SentFile)
        assert item.bundle_id == sent.bundle_id and sent.state == "received"
        assert item.check_code == spoken_code(sent.manifest_digest)
        assert "核验通过" in item.words and item.new > 0
        assert reading.owner(ReceiptItem.KIND, item.uid) == "439901"


def asked(posts: Posts) -> tuple[str, Desk]:
    """The same visit reworded at two computers of the township, and both versions at the county."""
    uid = posts.visit(posts.town)
    posts.receive(posts.send(posts.town))
    other = copied(posts.town, posts.offices.folder / "second")
    posts.reword(posts.town, uid, "甲的写法")
    posts.reword(other, uid, "乙的写法")
    posts.receive(posts.send(posts.town, folder="from one"))
    (told,) = posts.receive(posts.send(other, folder="from two"))
    assert (told.outcome.verdict, told.conflicts) == ("CONFLICT", 1)
    return uid, other


def test_the_county_answers_and_the_township_decides(posts: Posts) -> None:
    uid, other = asked(posts)
    (question,) = questions(posts.county)
    assert (question.uid, question.fields[0], question.own) == (uid, "words", False)
    assert {choice.shown for choice in question.choices} == {"甲的写法", "乙的写法"}
    before = {each.shown: str(number) for number, each in enumerate(question.choices, 1)}
    resolve(posts.county, question.id, take=before["甲的写法"])
    (question,) = questions(posts.county)
    assert question.answer is not None and questions(posts.county, answered=False) == ()
    # The township hears the other computer's version and the answer.
    down = receipt(posts)
    assert accept(posts.town, [down.path]).verdicts[0].ok
    receive(posts.town, [posts.offices.folder / "from two"])
    with posts.town.store.reading() as reading:
        (answer,) = reading.all(ConflictAnswer)
        assert answer.about == uid and reading.owner(answer.KIND, answer.uid) == "439901"
    (here,) = questions(posts.town)
    assert here.own and here.answer is not None
    resolve(posts.town, here.id, take=answer.head)
    assert questions(posts.town) == ()
    with posts.town.store.reading() as reading:
        found = reading.get(Contact, uid)
        assert found is not None and found.words == "甲的写法"
    assert posts.receive(posts.send(posts.town, folder="settled"))[0].ok
    assert questions(posts.county) == ()
    posts.hash_of()
    posts.hash_of(posts.town)
    other.store.close()


def test_another_text_settles_too_and_a_wrong_answer_changes_nothing(posts: Posts) -> None:
    uid, other = asked(posts)
    receive(posts.town, [posts.offices.folder / "from two"])
    (here,) = questions(posts.town)
    before = posts.hash_of(posts.town)
    for take in ("9", "没有"):
        with pytest.raises(QuestionUnknown):
            resolve(posts.town, here.id, take=take)
    with pytest.raises(QuestionUnknown):
        resolve(posts.town, "contact/x/words", value="x")
    assert posts.hash_of(posts.town) == before
    resolve(posts.town, here.id, value="第三种写法")
    with posts.town.store.reading() as reading:
        found = reading.get(Contact, uid)
        assert found is not None and found.words == "第三种写法"
    assert questions(posts.town) == ()
    other.store.close()
