"""A 普通报送 is signed by nobody known: whatever id and office it names, it takes no other file's place or receipt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lianxin.bundle.manifest import Generator
from lianxin.bundle.sealing import NamedBytes, SendingFacts, seal_plain
from lianxin.county.outgoing.receipts import write_receipts
from lianxin.county.received.files_told import told_of_verdicts
from lianxin.domain.records import Contact, SentFile
from lianxin.keys.certificates import self_issued
from lianxin.keys.signing import generate_key
from lianxin.office.handover.accepting import accept
from lianxin.office.receiving.taking_back import undo_receive
from lianxin.office.sending.county_word import county_words
from lianxin.office.sending.receipted import receipted
from lianxin.store.kept_bundles import KeptBundles
from tests.county.offices import TOWN, TOWN_NAME
from tests.county.posts import WORDS, Posts, posts_in


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    """A township that sent its report; a stranger saw the file's id."""
    with posts_in(tmp_path) as made:
        made.visit(made.town)
        made.sent.append(made.send(made.town))
        yield made


def sent(posts: Posts) -> SentFile:
    with posts.town.store.reading() as reading:
        (found,) = reading.all(SentFile)
    return found


def forged(posts: Posts) -> Path:
    """A file in the township's name under the id of its report, made with a key of nobody's."""
    now = posts.offices.clock()
    signer = self_issued(generate_key(), org_code=TOWN, org_name=TOWN_NAME, not_before=now)
    facts = SendingFacts(
        bundle_id=sent(posts).bundle_id,
        period="2026-11",
        org_code=TOWN,
        org_name=TOWN_NAME,
        replica=posts.town.store.replica,
        seq=1,
        created_at=now,
        generator=Generator("lianxin", "test"),
        schema=1,
    )
    made = seal_plain([NamedBytes("说明.txt", "不是他们写的".encode())], facts=facts, signer=signer)
    path = posts.offices.folder / "forged" / "0.zip"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(made.data)
    return path


@pytest.mark.parametrize("together", [False, True])
def test_the_true_file_comes_in_after_it(posts: Posts, together: bool) -> None:
    true, false = posts.sent[0], forged(posts)
    found = posts.receive(false, true) if together else [*posts.receive(false), *posts.receive(true)]
    assert [each.outcome.code.value for each in found] == ["W507", "E000"]
    assert [each.outcome.code.value for each in posts.receive(true, false)] == ["W600", "W600"]
    kept = KeptBundles(posts.county.store.home, posts.county.store.key)
    with posts.county.store.reading() as reading:
        assert [each.words for each in reading.all(Contact)] == [WORDS]
        told = told_of_verdicts(reading, found, looked_at=False)
    assert len({each.place for each in told}) == 2 and {each.place for each in told} <= set(kept.places())
    undo_receive(posts.county, told[0].place)
    assert posts.receive(true)[0].outcome.code == "W600"


def test_the_true_file_is_known_before_it(posts: Posts) -> None:
    posts.receive(posts.sent[0])
    before = posts.hash_of()
    assert posts.receive(forged(posts))[0].outcome.code == "W507"
    assert posts.hash_of() == before
    posts.receive(posts.send(posts.town, folder="next"))


def test_its_receipt_is_not_taken_for_the_true_files(posts: Posts) -> None:
    posts.receive(forged(posts))
    (receipt,) = write_receipts(posts.county, to=posts.offices.folder / "down")
    accept(posts.town, [receipt.path])
    assert sent(posts).state == "sent"
    with posts.town.store.reading() as reading:
        assert receipted(reading) == frozenset() and county_words(reading) == {}
    posts.receive(posts.sent[0])
    (receipt,) = write_receipts(posts.county, to=posts.offices.folder / "down")
    accept(posts.town, [receipt.path])
    assert sent(posts).state == "received"
    with posts.town.store.reading() as reading:
        assert receipted(reading) == {sent(posts).bundle_id}
        assert county_words(reading)[sent(posts).bundle_id].taken
