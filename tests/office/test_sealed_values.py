"""Values of sealed sending: late disclosure, 涂黑, erasure, attachments, and what a second desk is given."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from lianxin.bundle.checking import checked
from lianxin.bundle.manifest import Kind
from lianxin.bundle.verifying import verify
from lianxin.domain.periods import Period
from lianxin.domain.records import Attachment, Contact, Visitor
from lianxin.keys.sealed_for import decrypt, new_reader
from lianxin.office.figuring import period_of
from lianxin.office.sending.delivering import SendingFailed
from lianxin.office.sending.handover import send_handover
from lianxin.office.sending.history import sent_lines
from lianxin.office.sending.personal_texts import personal_texts
from lianxin.office.sending.report import send
from lianxin.office.sending.withholding import disclose, withhold
from lianxin.store.blobs import blobs_of
from lianxin.store.record_store import NUMBER_JUMP
from tests.office.killed_send import reopened
from tests.office.sealed_county import County
from tests.office.sealed_town import (
    ADDRESS,
    IDENTITY,
    NAME,
    PHONE,
    WORDS,
    all_entries,
    counters,
    report,
    shown_values,
)
from tests.office.test_sending import every_byte
from tests.office.township import Township


@pytest.fixture
def town(enrolled_town: Township) -> Township:
    return enrolled_town


@pytest.fixture
def month(town: Township) -> Period:
    return period_of(town.desk, "2026-11")


# ---- late disclosure, erasure, blacking out -------------------------------------------------------


def test_values_that_stayed_at_home_travel_with_the_next_encrypted_report(
    town: Township, county: County
) -> None:
    plain = report(town, plain=True)
    county.acknowledge(town.desk, counters(town), plain.record)
    late = report(town)
    assert county.entries(late.path, town.clock()) == [] and NAME in shown_values(county, late)
    county.acknowledge(town.desk, counters(town), late.record)
    done = report(town)
    assert shown_values(county, done) == set() and done.path.suffix == ".zip"


def test_a_text_that_was_blacked_out_stays_at_home_until_that_is_taken_back(
    town: Township, county: County
) -> None:
    (text,) = [each for each in personal_texts(town.desk) if each.text == WORDS]
    assert not text.open and text.kind == "contact"
    withhold(town.desk, text.places)
    first = report(town)
    assert WORDS not in shown_values(county, first) and NAME in shown_values(county, first)
    inside = b"".join(every_byte(county.plain_bytes(first.path)))
    assert "26户断水".encode() not in inside and "（已涂黑）".encode() in inside
    county.acknowledge(town.desk, counters(town), first.record)
    (held,) = [each for each in personal_texts(town.desk) if each.withheld]
    disclose(town.desk, held.places)
    second = report(town)
    assert shown_values(county, second) == {WORDS}
    assert shown_values(county, report(town)) == {WORDS}
    county.acknowledge(town.desk, counters(town), second.record)
    assert shown_values(county, report(town)) == set()


def test_an_erased_value_never_travels_and_its_erasure_does(town: Township, county: County) -> None:
    first = report(town)
    county.acknowledge(town.desk, counters(town), first.record)
    with town.desk.store.reading() as reading:
        (visitor,) = [each for each in reading.all(Visitor) if each.name == NAME]
    with town.desk.store.writing(reason="本人要求") as writing:
        writing.erase(Visitor, visitor.uid, ["name", "phone", "identity_number", "address"])
    after = report(town)
    (entry,) = county.entries(after.path, town.clock())
    assert entry.op == "erase" and set(entry.fields) == {"name", "phone", "identity_number", "address"}
    county.acknowledge(town.desk, {f"{town.desk.store.replica}/office": 0})
    again = report(town)
    assert county.entries(again.path, town.clock()) == all_entries(town)
    assert not {NAME, PHONE, IDENTITY, ADDRESS} & shown_values(county, again)


# ---- attachments ----------------------------------------------------------------------------------


def attach(town: Township, data: bytes) -> str:
    digest = blobs_of(town.desk.store).keep_bytes(data)
    with town.desk.store.reading() as reading:
        owner = reading.all(Contact)[0]
    with town.desk.store.writing(reason="附件") as writing:
        made = Attachment(
            uid=writing.new_uid(), owner_kind="contact", owner=owner.uid, name="来访登记表.jpg",
            day=date(2026, 11, 20), form="jpg", size=len(data), digest=digest,
        )  # fmt: skip
        writing.put(made)
    return digest


def test_attachments_travel_once_and_large_ones_in_continuations(
    town: Township, county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lianxin.office.sending.attached.WITH_REPORT", 5000)
    monkeypatch.setattr("lianxin.office.sending.attached.IN_CONTINUATION", 9000)
    digests = [attach(town, b"\xff\xd8\xff" + bytes([n]) * 4000 + b"\xff\xd9") for n in range(4)]
    sent = report(town)
    assert [each.name for each in sent.continuations] == [
        "439901102_2026-11_0002.zip.age",
        "439901102_2026-11_0003.zip.age",
    ]
    carried = []
    for path in (sent.path, *sent.continuations):
        with county.opened(path, town.clock()) as found:
            carried.append([each.sha256 for each in found.manifest.files if each.role.value == "attachment"])
            assert found.manifest.kind is (Kind.REPORT if path == sent.path else Kind.ATTACHMENTS)
    assert [len(each) for each in carried] == [1, 2, 1]
    assert {digest for each in carried for digest in each} == set(digests)
    report_line, first, second = sorted((each.record for each in sent_lines(town.desk)), key=lambda r: r.seq)
    assert first.follows == second.follows == report_line.bundle_id
    county.acknowledge(town.desk, counters(town), report_line, second)
    again = report(town)
    with county.opened(again.path, town.clock()) as found:
        left = [each.sha256 for each in found.manifest.files if each.role.value == "attachment"]
    assert left == carried[1][:1] and len(again.continuations) == 1
    assert report(town, plain=True).continuations == ()


# ---- another desk, another life of this one -------------------------------------------------------


def test_a_handover_gives_a_second_desk_everything_and_the_county_nothing(
    town: Township, county: County, month: Period
) -> None:
    attach(town, b"\xff\xd8\xff\xd9")
    (text,) = [each for each in personal_texts(town.desk) if each.text == WORDS]
    withhold(town.desk, text.places)
    second = new_reader()
    done = send_handover(town.desk, period=month, to=town.folder / "out", readers=[second.recipient])
    with checked(
        done.path,
        now=town.clock(),
        trust=county.trust(),
        us=frozenset(["439901102"]),
        decrypt=lambda source, target: decrypt(source, target, second.secret),
        scratch=town.folder,
    ) as found:
        assert found.manifest.kind is Kind.HANDOVER
        assert list(found.entries()) == all_entries(town)
        told = {each.kept.value for each in found.values()}
        assert {each.role.value for each in found.manifest.files} == {"data", "values", "attachment"}
    assert {NAME, PHONE, IDENTITY, ADDRESS, WORDS} <= told
    assert verify(done.path, now=town.clock(), trust=county.trust()).code.value == "E502"
    with pytest.raises(SendingFailed, match="不是收件公钥"):
        send_handover(town.desk, period=month, to=town.folder / "out", readers=["age1x"])
    county.acknowledge(town.desk, {}, done.record)
    assert NAME in shown_values(county, report(town))


def test_a_copied_ledger_sends_under_its_new_id(town: Township, county: County) -> None:
    first, former = report(town), town.desk.store.replica
    town.desk.store.close()
    moved = town.folder / "moved"
    shutil.copytree(town.folder / "home", moved)
    desk = reopened(moved, town.folder / "witness")
    sent = send(desk, period=period_of(desk, "2026-11"), to=town.folder / "elsewhere")
    with county.opened(sent.path, town.clock()) as found:
        assert found.manifest.replica == desk.store.replica != former
        assert set(found.manifest.entries) == {f"{former}/office"}
    # What the other copy sends meanwhile bears the numbers in between.
    assert sent.record.seq == first.record.seq + NUMBER_JUMP + 1
    again = send(desk, period=period_of(desk, "2026-11"), to=town.folder / "elsewhere")
    assert again.record.seq == sent.record.seq + 1
    desk.store.close()
