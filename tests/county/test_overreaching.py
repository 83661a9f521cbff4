"""Files that are rightly signed and yet claim too much: each its code, put aside or refused, and nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lianxin.bundle.journal_file import CarriedValue
from lianxin.county.enrolment.enrolling import revoke
from lianxin.domain.identity import new_uid
from lianxin.domain.journal import Write
from lianxin.domain.records import Contact, ReceivedFile, Visitor
from lianxin.domain.values import Kept
from lianxin.office.receiving.arriving import SOURCE
from lianxin.store.acknowledged import acknowledged
from lianxin.store.kept_bundles import FOLDER, KeptBundles
from lianxin.store.received import received_files
from tests.county.made_bundles import chained, entries_of, made
from tests.county.offices import TOWN
from tests.county.posts import Posts, posts_in


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    """A township whose first report was taken in, and which wrote more since."""
    with posts_in(tmp_path) as it:
        it.visit(it.town)
        assert it.receive(made(it.town, tmp_path / "first.zip", entries_of(it.town)))[0].ok
        it.visit(it.town, "后来的")
        yield it


def refused(posts: Posts, file: Path, code: str) -> None:
    """The county says this code, and nothing of it but the log has changed."""
    before, content = posts.hash_of(), file.read_bytes()
    with posts.county.store.reading() as reading:
        vector = acknowledged(reading.connection, posts.town.store.replica)
        logged = reading.count(ReceivedFile)
    (told,) = posts.receive(file)
    assert told.outcome.code.value == code, told.outcome
    assert posts.hash_of() == before and file.read_bytes() == content
    with posts.county.store.reading() as reading:
        assert acknowledged(reading.connection, posts.town.store.replica) == vector
        assert reading.count(ReceivedFile) == logged + 1


def aside(posts: Posts) -> list[str]:
    with posts.county.store.reading() as reading:
        return [each.place for each in received_files(reading.connection, "aside")]


def test_another_history_under_known_ids_is_put_aside(posts: Posts, tmp_path: Path) -> None:
    entries = entries_of(posts.town)
    forged = chained([replace(entries[0], actor="zz"), *entries[1:]])
    refused(posts, made(posts.town, tmp_path / "fork.zip", forged), "E602")
    assert len(aside(posts)) == 1
    # The true one still comes in, and is not taken for known.
    assert posts.receive(posts.send(posts.town))[0].ok


def test_another_file_under_a_known_id_is_put_aside_as_it_came(posts: Posts, tmp_path: Path) -> None:
    entries = entries_of(posts.town)
    with posts.county.store.reading() as reading:
        (known,) = received_files(reading.connection, "accepted")
    file = made(
        posts.town,
        tmp_path / "same.zip",
        entries,
        change=lambda facts: replace(facts, bundle_id=known.bundle_id),
    )
    refused(posts, file, "E601")
    (place,) = aside(posts)
    kept = KeptBundles(posts.county.store.home, posts.county.store.key)
    assert b"".join(kept.chunks(place, SOURCE)) == file.read_bytes()


def test_a_wrong_count_is_put_aside(posts: Posts, tmp_path: Path) -> None:
    file = made(
        posts.town,
        tmp_path / "counts.zip",
        entries_of(posts.town),
        change=lambda facts: replace(facts, counts={**facts.counts, "contact": 9}),
    )
    refused(posts, file, "E208")
    assert len(aside(posts)) == 1


def test_a_record_of_another_township_is_not_theirs_to_write(posts: Posts, tmp_path: Path) -> None:
    other = posts.offices.other
    own = entries_of(other)
    theirs = next(each for each in entries_of(posts.town) if each.kind == own[-1].kind)
    forged = replace(own[-1], uid=theirs.uid)
    refused(posts, made(other, tmp_path / "scope.zip", [*own[:-1], forged]), "E313")
    assert aside(posts) == []


def test_nothing_is_hung_on_another_townships_record(posts: Posts, tmp_path: Path) -> None:
    other = posts.offices.other
    theirs = next(each for each in entries_of(posts.town) if each.kind == Contact.KIND)
    own = posts.visit(other, "自己的")
    entries = entries_of(other)
    forged = [
        replace(each, fields={**each.fields, "contact": Write(theirs.uid)})
        if each.kind == Visitor.KIND
        else each
        for each in entries
    ]
    assert own and forged != entries
    refused(posts, made(other, tmp_path / "hung.zip", chained(forged)), "E313")


def test_a_verdict_or_a_registration_cannot_be_planted(posts: Posts, tmp_path: Path) -> None:
    own = entries_of(posts.town)
    for kind, code in (("enrolment", "E313"), ("receipt-item", "E604"), ("received-file", "E604")):
        uid = new_uid(posts.town.store.now(), posts.town.store.random)
        planted = replace(own[-1], kind=kind, uid=uid, fields={"code": Write("439901999")})
        refused(posts, made(posts.town, tmp_path / f"{kind}.zip", [*own[:-1], planted]), code)


def test_a_lamport_beyond_everything_known_is_refused(posts: Posts, tmp_path: Path) -> None:
    own = entries_of(posts.town)
    high = [*own[:-1], replace(own[-1], lamport=own[-1].lamport + 50)]
    refused(posts, made(posts.town, tmp_path / "high.zip", high), "E604")


def test_a_gap_waits_and_so_does_what_stands_on_unheard_answers(posts: Posts, tmp_path: Path) -> None:
    own = entries_of(posts.town)
    refused(posts, made(posts.town, tmp_path / "gap.zip", own[-1:]), "E605")
    high = [*own[:-1], replace(own[-1], lamport=own[-1].lamport + 50)]
    heard = {f"{posts.county.store.replica}/common": 30}
    refused(posts, made(posts.town, tmp_path / "heard.zip", high, acknowledges=heard), "E605")


def test_what_waits_under_a_key_that_leaked_never_comes_in(posts: Posts, tmp_path: Path) -> None:
    known = entries_of(posts.town)
    posts.visit(posts.town, "泄露的密钥签的")
    rest = entries_of(posts.town)[len(known) :]
    refused(posts, made(posts.town, tmp_path / "waits.zip", rest), "E605")
    revoke(posts.county, code=TOWN, to=tmp_path)
    posts.offices.enrol(posts.town, new_key=True)
    before = posts.hash_of()
    (told,) = posts.receive(made(posts.town, tmp_path / "true.zip", known))
    assert told.ok and told.held_on == 0 and posts.hash_of() != before
    assert len(aside(posts)) == 1
    with posts.county.store.reading() as reading:
        assert "泄露的密钥签的" not in {each.words for each in reading.all(Contact)}
        assert "E308" in {each.code for each in reading.all(ReceivedFile)}


def test_a_file_that_waited_and_opens_no_more_ends_no_batch(posts: Posts, tmp_path: Path) -> None:
    known = entries_of(posts.town)
    posts.visit(posts.town, "等着的")
    refused(posts, made(posts.town, tmp_path / "waits.zip", entries_of(posts.town)[len(known) :]), "E605")
    with posts.county.store.reading() as reading:
        (held,) = received_files(reading.connection, "held")
    for member in (posts.county.store.home / FOLDER / held.place).iterdir():
        member.write_bytes(b"0" * 64)
    (told,) = posts.receive(made(posts.town, tmp_path / "true.zip", known))
    assert told.ok and told.held_on == 0 and len(aside(posts)) == 1
    # It is sent again with the next report.
    assert posts.receive(posts.send(posts.town))[0].ok
    with posts.county.store.reading() as reading:
        assert "等着的" in {each.words for each in reading.all(Contact)}


def test_a_value_that_opens_another_commitment_is_refused(posts: Posts, tmp_path: Path) -> None:
    own = entries_of(posts.town)
    entry, name = next(
        (each, name) for each in own for name, write in each.fields.items() if write.commitment is not None
    )
    false = CarriedValue(entry.id, name, Kept("ab" * 32, "冒名"))
    refused(posts, made(posts.town, tmp_path / "value.zip", own, values=[false]), "E604")
    # And for an entry that came with an earlier bundle.
    late = CarriedValue(entry.id, name, Kept("ab" * 32, "冒名"))
    rest = own[-1:]
    assert rest[0].counter > 1
    refused(posts, made(posts.town, tmp_path / "late.zip", own[len(own) - 2 :], values=[late]), "E604")


def test_a_folder_with_all_of_them_goes_on_with_the_good_ones(posts: Posts, tmp_path: Path) -> None:
    own = entries_of(posts.town)
    stick = tmp_path / "all"
    made(posts.town, stick / "1-high.zip", [*own[:-1], replace(own[-1], lamport=own[-1].lamport + 50)])
    made(posts.town, stick / "2-fork.zip", chained([replace(own[0], actor="zz"), *own[1:]]))
    made(posts.town, stick / "3-gap.zip", own[-1:])
    made(posts.town, stick / "4-good.zip", own)
    (stick / "5-text.zip").write_text("不是报送件", "utf-8")
    told = {Path(each.outcome.file).name[0]: each.outcome.code.value for each in posts.receive(stick)}
    assert told == {"1": "E604", "2": "E602", "3": "W601", "4": "E000", "5": "E101"}
    posts.hash_of()
