"""The county receives: verified first, taken in whole or not at all, and nothing else changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from lianxin.bundle.unsealing import PRIVATE
from lianxin.county.outgoing.receipts import write_receipts
from lianxin.domain.records import Attachment, Contact, ReceivedFile, SentFile, Visitor
from lianxin.office.attaching import attach, content_of, erase_attachment
from lianxin.office.desk import Desk
from lianxin.office.figuring import period_of
from lianxin.office.handover.accepting import accept
from lianxin.office.receiving.taking_back import rebuild, undo_receive
from lianxin.office.sending.report import send
from lianxin.store.blobs import blobs_of, sweep
from lianxin.store.kept_bundles import KeptBundles
from tests.county.offices import new_desk
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


def three_months(posts: Posts) -> list[Path]:
    """Three reports, none receipted: each holds what the one before it held."""
    files = []
    for words in ("一", "二", "三"):
        posts.visit(posts.town, f"{WORDS}{words}")
        files.append(posts.send(posts.town, folder=f"stick {words}"))
    return files


def apart(posts: Posts) -> list[Path]:
    """Three reports that begin where the one before ended: each is receipted, the county forgets none."""
    files = []
    for number, words in enumerate("一二三"):
        posts.visit(posts.town, f"{WORDS}{words}")
        files.append(posts.send(posts.town, folder=f"stick {words}"))
        posts.receive(files[-1])
        (receipt,) = write_receipts(posts.county, to=posts.offices.folder / f"down {number}")
        accept(posts.town, [receipt.path])
    return files


def test_a_cumulative_report_brings_what_is_new_and_an_older_one_nothing(posts: Posts) -> None:
    first, second, third = three_months(posts)
    assert codes(posts.receive(third)) == ["E000"]
    before = posts.hash_of()
    assert codes(posts.receive(first, second)) == ["W601", "W601"]
    assert posts.hash_of() == before


def test_taking_back_the_middle_one_makes_the_last_wait_and_come_again(posts: Posts) -> None:
    first, second, third = apart(posts)
    whole = posts.hash_of()
    with posts.county.store.reading() as reading:
        ids = {each.file_name: each.bundle_id for each in reading.all(ReceivedFile)}
    back = undo_receive(posts.county, ids[second.name])
    assert [each.file_name for each in back.held] == [third.name]
    assert posts.hash_of() != whole
    (told,) = posts.receive(second)
    assert (told.outcome.code, told.held_on) == ("E000", 1)
    assert posts.hash_of() == whole
    assert codes(posts.receive(first)) == ["W600"]


def test_rebuilt_from_kept_files_the_hash_is_the_same(posts: Posts) -> None:
    apart(posts)
    posts.visit(posts.offices.other, name="彭世荣")
    posts.receive(posts.send(posts.offices.other))
    whole = posts.hash_of()
    found = rebuild(posts.county)
    assert (found.files, found.held, found.content_hash, found.problems) == (4, (), whole, ())
    assert rebuild(posts.town).content_hash == posts.hash_of(posts.town)


def test_a_report_behind_a_gap_waits_unread(posts: Posts) -> None:
    first, second, third = apart(posts)
    whole = posts.hash_of()
    with posts.county.store.reading() as reading:
        ids = {each.file_name: each.bundle_id for each in reading.all(ReceivedFile)}
    for file in (third, second, first):
        undo_receive(posts.county, ids[file.name])
    empty = posts.hash_of()
    assert codes(posts.receive(third)) == ["E605"]
    assert codes(posts.receive(third)) == ["E605"]
    assert posts.hash_of() == empty
    assert codes(posts.receive(second)) == ["E605"]
    (told,) = posts.receive(first)
    assert (told.outcome.code, told.held_on) == ("E000", 2)
    assert posts.hash_of() == whole


def test_a_preview_says_what_would_happen_and_does_nothing(posts: Posts) -> None:
    files = three_months(posts)
    before = posts.hash_of()
    told = posts.receive(*files, preview=True)
    assert codes(told) == ["E000", "E000", "E000"]
    assert [each.outcome for each in told[0].records].count("new") == told[0].new > 0
    assert posts.hash_of() == before
    with posts.county.store.reading() as reading:
        assert reading.all(ReceivedFile) == []
    assert [each.new for each in posts.receive(*files)] == [each.new for each in told]


def test_a_month_that_comes_after_a_later_one_and_a_clock_that_went_back_are_told(posts: Posts) -> None:
    posts.visit(posts.town)
    posts.receive(posts.send(posts.town))
    posts.visit(posts.town, "补")
    to = posts.offices.folder / "late"
    late = send(posts.town, period=period_of(posts.town, "2026-10"), to=to).path
    (told,) = posts.receive(late)
    assert told.ok and "W602" in told.as_json()["warnings"]
    posts.offices.clock.now -= timedelta(hours=3)
    posts.visit(posts.town, "再补")
    (told,) = posts.receive(posts.send(posts.town, folder="back"))
    assert told.ok and "W506" in told.as_json()["warnings"]


def test_a_plain_file_is_kept_and_brings_no_records(posts: Posts) -> None:
    offices = posts.offices
    new = new_desk(offices.folder, offices.clock, "439901104", "清江县火岩乡人大主席团")
    posts.visit(new)
    file = send(new, period=period_of(new, "2026-11"), to=offices.folder / "plain").path
    before = posts.hash_of()
    (told,) = posts.receive(file)
    assert (told.outcome.verdict, told.outcome.code) == ("ACCEPT", "W507")
    assert posts.hash_of() == before
    assert codes(posts.receive(file)) == ["W600"]
    new.store.close()


def test_a_file_that_comes_after_an_erasure_brings_nothing_back(posts: Posts) -> None:
    posts.visit(posts.town)
    late = posts.send(posts.town)
    with posts.town.store.reading() as reading:
        (visitor,) = reading.all(Visitor)
    with posts.town.store.writing(reason="本人要求") as writing:
        writing.erase(Visitor, visitor.uid, ["name", "phone"])
    posts.receive(posts.send(posts.town, folder="erased"))
    before = posts.hash_of()
    assert posts.receive(late)[0].ok and posts.hash_of() == before
    kept = KeptBundles(posts.county.store.home, posts.county.store.key)
    for place in kept.places():
        for name in kept.names(place):
            held = b"".join(kept.chunks(place, name)) if kept.holds(place, name) else b""
            assert "单志明".encode() not in held and b"13912342217" not in held, name
    with posts.county.store.reading() as reading:
        assert reading.fields(Visitor, ("name", "phone")) == [(None, None)]
        assert reading.search("单志明") == []
    assert rebuild(posts.county).content_hash == before


def test_what_a_power_cut_left_in_the_clear_goes_with_the_next_sending_or_receiving(posts: Posts) -> None:
    def left(desk: Desk) -> list[Path]:
        found = [desk.store.home / "opening" / f"{PRIVATE}a", desk.store.home / "sending" / f"{PRIVATE}b"]
        for path in found:
            path.parent.mkdir(exist_ok=True)
            path.write_text("单志明", "utf-8")
        return found

    posts.visit(posts.town)
    here = left(posts.town)
    file = posts.send(posts.town)
    assert not any(path.exists() for path in here)
    there = left(posts.county)
    posts.receive(file)
    assert not there[0].exists()
    write_receipts(posts.county, to=posts.offices.folder / "down")
    assert not any(path.exists() for path in there)


def test_attachments_of_what_waits_again_wait_with_it(posts: Posts, tmp_path: Path) -> None:
    uid = posts.visit(posts.town)
    first = posts.send(posts.town, folder="first")
    (came,) = posts.receive(first)
    (receipt,) = write_receipts(posts.county, to=posts.offices.folder / "down", codes=["439901102"])
    accept(posts.town, [receipt.path])
    photo, erased = tmp_path / "登记表.txt", tmp_path / "抹去.txt"
    photo.write_text("来访登记表", "utf-8")
    erased.write_text("不要了", "utf-8")
    attach(posts.town, kind="contact", uid=uid, files=[photo, erased])
    second = posts.send(posts.town, folder="second")
    assert posts.receive(second)[0].ok
    with posts.county.store.reading() as reading:
        here = {each.name: each for each in reading.all(Attachment)}
    erase_attachment(posts.town, here["抹去.txt"].uid)
    assert posts.receive(posts.send(posts.town, folder="third"))[0].ok
    whole, digest = posts.hash_of(), here["登记表.txt"].digest
    assert digest is not None
    done = undo_receive(posts.county, came.bundle_id or "")
    assert len(done.held) == 2
    sweep(posts.county.store)
    assert list(blobs_of(posts.county.store).every()) == [], "nothing lies loose"
    assert posts.receive(first)[0].ok
    assert posts.hash_of() == whole
    assert blobs_of(posts.county.store).read(digest) == photo.read_bytes()
    kept = KeptBundles(posts.county.store.home, posts.county.store.key)
    gone = here["抹去.txt"].digest or ""
    assert not any(gone in name and kept.holds(p, name) for p in kept.places() for name in kept.names(p))


def test_attachments_come_along_and_go_with_their_erasure(posts: Posts, tmp_path: Path) -> None:
    uid = posts.visit(posts.town)
    sheet = tmp_path / "登记表.txt"
    sheet.write_text("来访登记表，单志明", "utf-8")
    attach(posts.town, kind="contact", uid=uid, files=[sheet])
    assert posts.receive(posts.send(posts.town))[0].ok
    with posts.county.store.reading() as reading:
        (here,) = reading.all(Attachment)
    assert here.digest is not None
    assert blobs_of(posts.county.store).read(here.digest) == sheet.read_bytes()
    whole = posts.hash_of()
    assert rebuild(posts.county).content_hash == whole
    assert content_of(posts.county, here) == sheet.read_bytes()
    erase_attachment(posts.town, here.uid)
    assert posts.receive(posts.send(posts.town, folder="erased"))[0].ok
    assert not blobs_of(posts.county.store).holds(here.digest)
    kept = KeptBundles(posts.county.store.home, posts.county.store.key)
    assert not any(
        here.digest in name and kept.holds(p, name) for p in kept.places() for name in kept.names(p)
    )
    posts.hash_of()
