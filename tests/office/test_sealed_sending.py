"""报送件 after enrolment: just the entries beyond the acknowledgement, values apart, nothing of a visitor in the open."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianxin.bundle.manifest import Kind
from lianxin.bundle.verifying import verify
from lianxin.domain.journal import Entry, Write
from lianxin.domain.periods import Period
from lianxin.domain.records import Opinion, Routing, SentFile, Visitor
from lianxin.domain.streams import next_lamport
from lianxin.keys.certificates import read_certificate
from lianxin.keys.revocation import make_list
from lianxin.office.sending.delivering import SendingFailed
from lianxin.office.sending.history import sent_lines
from lianxin.office.sending.personal_texts import personal_texts
from lianxin.office.sending.stick import copy_to_stick
from lianxin.office.trust.trusting import keep_enrolled
from lianxin.store.journal_log import append, set_tip, tips
from tests.office.killed_send import reopened
from tests.office.sealed_county import CODE, MADE, County
from tests.office.sealed_town import (
    ADDRESS,
    IDENTITY,
    LOCAL,
    NAME,
    OTHER,
    PHONE,
    WORDS,
    all_entries,
    counters,
    report,
    shown_values,
    visit,
)
from tests.office.test_sending import every_byte
from tests.office.township import Township, new_township


@pytest.fixture
def town(enrolled_town: Township) -> Township:
    return enrolled_town


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


def heard_from_colleague(town: Township) -> None:
    """Entries of another computer of this office, taken in between our own."""
    stream, prev = "439901102-00000000000c/office", ""
    for counter in range(1, 6):
        visit(town, f"第{counter}次来访")
        with town.desk.store.bookkeeping() as connection:
            entry = Entry(
                stream, counter, next_lamport(stream, tips(connection)), prev, "contact",
                f"01a1f677-aa82-7750-990e-9{counter:011d}", "put", {"words": Write("同事登记的")}, (), 1,
                "2026-12-05T09:00:00+08:00", "02",
            )  # fmt: skip
            set_tip(connection, stream, append(connection, entry, reason="", batch=None))
        prev = entry.digest()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shares=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=2))
def test_whatever_is_acknowledged_the_bundle_holds_exactly_the_rest(
    town: Township, county: County, shares: list[tuple[float, float]]
) -> None:
    """The highest receipt number rules, also when it acknowledges less."""
    if len(counters(town)) == 1:
        heard_from_colleague(town)
    known = counters(town)
    for share in shares:
        reached = {stream: round(part * known[stream]) for stream, part in zip(known, share, strict=True)}
        county.acknowledge(town.desk, reached)
        sent = report(town, f"out-{county.receipts}")
        carried = [each.line() for each in county.entries(sent.path, town.clock())]
        assert carried == [each.line() for each in all_entries(town) if each.counter > reached[each.stream]]


def test_a_revoked_certificate_is_told_before_anything_goes_out(town: Township, county: County) -> None:
    held = county.enrol(town.desk)
    serial = read_certificate(held.certificate).serial_number
    crl = make_list(
        county.root, [(serial, MADE)], number=2, this_update=MADE, next_update=MADE + timedelta(days=800)
    )
    keep_enrolled(town.desk, replace(held, crl=crl, crl_number=2))
    with pytest.raises(SendingFailed, match=r"作废.*没有占用期号") as told:
        report(town)
    assert told.value.code == "S210" and list((town.folder / "out").iterdir()) == []


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
