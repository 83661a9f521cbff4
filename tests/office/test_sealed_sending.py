"""报送件 after enrolment: just the entries beyond the acknowledgement, values apart, nothing of a visitor in the open."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianxin.bundle.checking import checked
from lianxin.bundle.manifest import Kind
from lianxin.bundle.verifying import verify
from lianxin.domain.journal import Entry, parse_entry
from lianxin.domain.periods import Period
from lianxin.domain.records import Attachment, Contact, Opinion, Routing, SentFile, Visitor
from lianxin.keys.sealed_for import decrypt, new_reader
from lianxin.office.figuring import period_of
from lianxin.office.registering import Raised, register_visit
from lianxin.office.sending.delivering import SendingFailed
from lianxin.office.sending.handover import send_handover
from lianxin.office.sending.history import sent_lines
from lianxin.office.sending.personal_texts import office_streams, personal_texts
from lianxin.office.sending.report import send
from lianxin.office.sending.send import Sent
from lianxin.office.sending.stick import copy_to_stick
from lianxin.office.sending.withholding import disclose, withhold
from lianxin.store.blobs import blobs_of
from lianxin.store.carrying import lines_beyond
from tests.office.killed_send import reopened
from tests.office.sealed_county import CODE, County
from tests.office.test_sending import every_byte
from tests.office.township import Township, new_township

NAME, OTHER, PHONE, LOCAL = "田金玉", "彭世兰", "13912342217", "8234567"
IDENTITY, ADDRESS = "431230199001011234", "长坪村三组12号"
WORDS = f"我叫田 金玉，电话139 1234 2217，身份证{IDENTITY}。长坪村三组饮水管破损，26户断水4天。"
OPEN_WORDS = "村口路灯不亮"


def visit(town: Township, words: str, *visitors: Visitor, route: str = "") -> str:
    """A visit as the desk registers it; the uid of its contact."""
    raised = Raised(title="饮水", category="02", route=route) if route else None
    done = register_visit(
        town.desk,
        contact=Contact(uid="", channel="visit", day=date(2026, 11, 20), words=words, persons=2),
        visitors=visitors or (Visitor(uid="", contact="", anonymous=True),),
        raised=raised,
    )
    return done.contact.uid


def known_visitor() -> Visitor:
    return Visitor(uid="", contact="", name=NAME, phone=PHONE, identity_number=IDENTITY, address=ADDRESS)


@pytest.fixture
def county() -> County:
    return County()


@pytest.fixture
def town(tmp_path: Path, county: County) -> Iterator[Township]:
    made = new_township(tmp_path)
    made.clock.at(date(2026, 12, 5))
    visit(made, WORDS, known_visitor())
    visit(made, OPEN_WORDS)
    county.enrol(made.desk)
    yield made
    made.desk.store.close()


@pytest.fixture
def month(town: Township) -> Period:
    return period_of(town.desk, "2026-11")


def report(town: Township, folder: str = "out", *, plain: bool = False) -> Sent:
    return send(town.desk, period=period_of(town.desk, "2026-11"), to=town.folder / folder, plain=plain)


def all_entries(town: Township) -> list[Entry]:
    with town.desk.store.reading() as reading:
        lines = list(lines_beyond(reading, office_streams(reading), {}))
    return [parse_entry(each.line) for each in lines]


def counters(town: Township) -> dict[str, int]:
    with town.desk.store.reading() as reading:
        return {stream: reading.counters()[stream] for stream in office_streams(reading)}


def shown_values(county: County, sent: Sent) -> set[object]:
    return {kept.value for kept in county.values(sent.path).values()}


# ---- what goes out --------------------------------------------------------------------------------


def test_an_encrypted_report_carries_everything_once_the_county_can_open_it(
    town: Township, county: County
) -> None:
    sent = report(town)
    assert sent.path.name == "439901102_2026-11_0001.zip.age" and sent.continuations == ()
    assert [each.name for each in sent.path.parent.iterdir()] == [sent.path.name]
    with county.opened(sent.path, town.clock()) as found:
        manifest = found.manifest
        assert [each.line() for each in found.entries()] == [each.line() for each in all_entries(town)]
    assert manifest.kind is Kind.REPORT and manifest.audience == CODE
    assert found.digest == sent.record.manifest_digest
    assert manifest.counts["entries"] == len(all_entries(town))
    assert manifest.counts["files"] == len(manifest.files) and manifest.counts["contact"] == 2
    assert manifest.totals["opinions"] == 0 and len(manifest.totals) > 20
    assert {NAME, ADDRESS, WORDS} <= shown_values(county, sent)
    assert sent.record.values and not sent.record.plain and sent.record.seq == 1


def test_our_own_desk_and_nobody_else_opens_it_too(town: Township, month: Period) -> None:
    sent = report(town)
    stick = town.folder / "stick"
    stick.mkdir()
    copied = copy_to_stick(town.desk, sent=sent.record, path=sent.path, stick=stick)
    assert copied.path.read_bytes() == sent.path.read_bytes()
    found = verify(sent.path, now=town.clock(), trust=County().trust())
    assert found.code.value == "E502"


def test_before_enrolment_it_is_a_plain_one(tmp_path: Path) -> None:
    town = new_township(tmp_path)
    town.clock.at(date(2026, 12, 5))
    sent = report(town)
    assert sent.path.name == "报送材料_石牌镇_2026年11月.zip" and sent.record.plain
    town.desk.store.close()


def test_reports_are_cumulative_until_a_receipt_and_go_on_from_there(town: Township, county: County) -> None:
    first = report(town)
    second = report(town)
    assert county.entries(second.path, town.clock()) == county.entries(first.path, town.clock())
    assert second.record.seq == 2
    county.acknowledge(town.desk, counters(town), first.record)
    assert county.entries(report(town).path, town.clock()) == []
    visit(town, "三组又断水")
    fresh = report(town)
    assert {each.kind for each in county.entries(fresh.path, town.clock())} == {"contact", "visitor"}
    with county.opened(fresh.path, town.clock()) as found:
        ours = f"{town.desk.store.replica}/office"
        assert found.manifest.entries[ours].first == counters(town)[ours] - 1
        assert found.manifest.acknowledges == dict.fromkeys(found.manifest.acknowledges, 1)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0, 1), more=st.floats(0, 1))
def test_whatever_is_acknowledged_the_bundle_holds_exactly_the_rest(
    town: Township, county: County, share: float, more: float
) -> None:
    """The highest receipt number rules, also when it acknowledges less."""
    (stream,) = counters(town)
    for part in (share, more):
        reached = round(part * counters(town)[stream])
        county.acknowledge(town.desk, {stream: reached})
        sent = report(town, f"out-{county.receipts}")
        carried = [each.line() for each in county.entries(sent.path, town.clock())]
        assert carried == [each.line() for each in all_entries(town) if each.counter > reached]


def test_a_county_checks_it_with_programs_of_its_own(town: Township, county: County) -> None:
    sent = report(town)
    desk = town.folder / "county"
    desk.mkdir()
    (desk / "key.txt").write_text(county.reader.secret, "utf-8")
    (desk / "county-root.crt").write_bytes(county.root.certificate_pem)

    def run(*command: str) -> str:
        return subprocess.run(command, cwd=desk, check=True, capture_output=True, text=True).stdout

    run("age", "--decrypt", "--identity", "key.txt", "--output", "a.zip", str(sent.path))
    run("unzip", "-q", "a.zip")
    assert "OK" in run("openssl", "verify", "-CAfile", "county-root.crt", "signatures/p256.crt")
    (desk / "key.pem").write_text(run("openssl", "x509", "-in", "signatures/p256.crt", "-pubkey", "-noout"))
    told = run(
        "openssl", "dgst", "-sha256", "-verify", "key.pem", "-signature", "signatures/p256.sig", "manifest.json"
    )  # fmt: skip
    assert told.strip() == "Verified OK"
    listed = json.loads((desk / "manifest.json").read_text("utf-8"))["files"]
    (desk / "sums").write_text("".join(f"{each['sha256']}  {each['path']}\n" for each in listed), "utf-8")
    assert run("sha256sum", "--check", "sums").count(": OK") == len(listed) == 7
    assert hashlib.sha256((desk / "manifest.json").read_bytes()).hexdigest() == sent.record.manifest_digest


# ---- nothing of a visitor in the open -------------------------------------------------------------


def secrets_in(path: Path) -> set[str]:
    secrets = (NAME, "田 金玉", OTHER, PHONE, "139 1234 2217", LOCAL, IDENTITY, ADDRESS)
    return {
        secret
        for piece in every_byte(path.read_bytes())
        for secret in secrets
        for encoding in ("utf-8", "gb18030", "utf-16-le")
        if secret.encode(encoding) in piece
    }


def test_no_byte_of_an_unencrypted_report_tells_of_a_visitor(town: Township, county: County) -> None:
    visit(town, f"邻居{OTHER}的电话是{LOCAL}", Visitor(uid="", contact="", name=OTHER, phone=LOCAL))
    sent = report(town, plain=True)
    assert sent.path.name == "439901102_石牌镇_2026-11_0001.zip"
    assert secrets_in(sent.path) == set()
    assert county.read(sent.path, "data/values.jsonl") is None
    assert county.entries(sent.path, town.clock()) == all_entries(town)
    assert not sent.record.values


def test_an_unencrypted_report_stops_before_words_that_name_a_visitor_openly(
    town: Township, county: County
) -> None:
    """Nobody could know when they were written that they name somebody who came later."""
    before = len(all_entries(town))
    visit(town, f"{OTHER}家门前积水")
    visit(town, "也是积水", Visitor(uid="", contact="", name=OTHER))
    listed = next(each for each in personal_texts(town.desk) if each.open)
    assert listed.kind == "contact" and OTHER in listed.text and listed.places == []
    sent = report(town, plain=True)
    assert secrets_in(sent.path) == set()
    assert len(county.entries(sent.path, town.clock())) == before
    assert any("4条数据记录没有报送" in each.sentence for each in sent.findings)
    whole = report(town)
    assert county.entries(whole.path, town.clock()) == all_entries(town)


def test_phone_and_identity_number_go_only_with_a_matter_the_county_takes_over(
    town: Township, county: County
) -> None:
    first = report(town)
    assert not {PHONE, IDENTITY} & shown_values(county, first)
    county.acknowledge(town.desk, counters(town), first.record)
    with town.desk.store.reading() as reading:
        (visitor,) = [each for each in reading.all(Visitor) if each.name == NAME]
    with town.desk.store.writing(reason="转报") as writing:
        opinion = Opinion(
            uid=writing.new_uid(), title="饮水", words="断水", contact=visitor.contact, registered=date(2026, 12, 1)
        )  # fmt: skip
        writing.put(opinion)
        writing.put(
            Routing(uid=writing.new_uid(), opinion=opinion.uid, day=date(2026, 12, 2), route="to_county")
        )
    second = report(town)
    assert shown_values(county, second) == {PHONE, IDENTITY}
    county.acknowledge(town.desk, counters(town), second.record)
    assert shown_values(county, report(town)) == set()


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
    assert sent.record.seq == first.record.seq + 1
    desk.store.close()


# ---- whatever happens -----------------------------------------------------------------------------


def test_killed_anywhere_no_number_is_burnt_and_nothing_readable_is_left(
    town: Township, county: County
) -> None:
    home, out = town.folder / "home", town.folder / "out"
    town.desk.store.close()
    witness = town.folder / "witness"
    command = [sys.executable, "-m", "tests.office.killed_send", str(home), str(witness), str(out), "2026-11"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    rounds = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rounds) >= 20 and {each["finished"] for each in rounds} == {0}
    assert all(name.endswith(".zip.age") for each in rounds for name in each["after_sending"])
    desk = reopened(home, witness)
    told = sorted((line.record for line in sent_lines(desk)), key=lambda record: record.seq)
    desk.store.close()
    assert [record.seq for record in told] == list(range(1, len(told) + 1))
    found = {}
    for path in out.iterdir():
        with county.opened(path, town.clock()) as opened:
            found[path.name] = opened.digest
    assert found == {record.file_name: record.manifest_digest for record in told}
    left = [path for path in home.rglob("*") if path.is_file() and NAME.encode() in path.read_bytes()]
    assert left == [] and [each.name for each in (home / "sending").iterdir()] == ["in-use.lock"]


def test_records_of_sending_stay_at_home(town: Township, county: County) -> None:
    report(town)
    kinds = {each.kind for each in county.entries(report(town).path, town.clock())}
    assert SentFile.KIND not in kinds
