"""The county receives: verified first, taken in whole or not at all, and nothing else changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lianxin.county.receipts import write_receipts
from lianxin.domain.records import Contact, ReceivedFile, SentFile, Visitor
from lianxin.office.accepting import accept
from tests.county.posts import WORDS, Posts, posts_in


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    with posts_in(tmp_path) as made:
        yield made


def codes(found: list[object]) -> list[str]:
    return [each.outcome.code.value for each in found]  # type: ignore[attr-defined]


def test_a_report_is_taken_in_with_its_values(posts: Posts) -> None:
    uid = posts.visit(posts.town)
    (told,) = posts.receive(posts.send(posts.town))
    line = told.as_json()
    assert (line["verdict"], line["code"], line["org_code"]) == ("ACCEPT", "E000", "439901102")
    assert line["new"] == told.new > 0 and line["changed"] == line["conflicts"] == 0
    with posts.county.store.reading() as reading:
        contact = reading.get(Contact, uid)
        assert contact is not None and contact.words == WORDS
        (visitor,) = reading.children(Visitor, "contact", [uid])
        assert visitor.name == "单志明"
        assert [each.verdict for each in reading.all(ReceivedFile)] == ["accept"]
    posts.hash_of()
    posts.hash_of(posts.town)


def test_the_same_file_again_changes_nothing(posts: Posts) -> None:
    posts.visit(posts.town)
    file = posts.send(posts.town)
    posts.receive(file)
    before = posts.hash_of()
    copied = shutil.copy(file, file.with_name("again.zip.age"))
    (told,) = posts.receive(Path(copied))
    assert (told.outcome.verdict, told.outcome.code) == ("NOOP", "W600")
    assert posts.hash_of() == before


def test_a_receipt_goes_back_and_is_visible(posts: Posts) -> None:
    posts.visit(posts.town)
    posts.receive(posts.send(posts.town))
    written = write_receipts(posts.county, to=posts.offices.folder / "down")
    assert [(each.code, each.receipt_no) for each in written] == [("439901102", 1)]
    done = accept(posts.town, [written[0].path])
    assert [each.outcome.verdict for each in done.verdicts] == ["ACCEPT"]
    assert [(item.seq, item.verdict) for item in done.items] == [(1, "accept")]
    with posts.town.store.reading() as reading:
        (sent,) = reading.all(SentFile)
        assert sent.state == "received"
    assert write_receipts(posts.county, to=posts.offices.folder / "down") == ()
    (again,) = accept(posts.town, [written[0].path]).verdicts
    assert again.outcome.verdict == "NOOP"
    posts.hash_of(posts.town)
