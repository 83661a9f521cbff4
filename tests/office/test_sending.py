"""Sending: figures frozen, nothing personal, no number burnt whatever happens, and the stick told the truth about."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import openpyxl
import pytest

from lianxin.bundle.verifying import verify
from lianxin.domain.periods import Period
from lianxin.domain.records import Contact, Office, Opinion, SentFile, Visitor
from lianxin.office.desk import Desk, office_of
from lianxin.office.figuring import last_complete_month
from lianxin.office.safekeeping.setting_up import Beginning, set_up
from lianxin.office.sending.drafting import write_drafts
from lianxin.office.sending.final import final_of, freeze, papers_for, since, thaw
from lianxin.office.sending.history import choose_folder, mark_received, sending_folder, sent_lines
from lianxin.office.sending.monthly_act import monthly_act
from lianxin.office.sending.redacting import Redactor
from lianxin.office.sending.send import SendingFailed, send_plain
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.record_store import RecordStore, Surroundings
from tests.office.conftest import ADDRESS, IDENTITY, LOCAL, NAME, PHONE, records, sent_now
from tests.office.killed_send import reopened
from tests.office.township import Clock, Township

STEPS_AT_LEAST = 20


def every_byte(data: bytes) -> Iterator[bytes]:
    """The bytes of a file and, where it is a ZIP, of everything inside, however deep."""
    yield data
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from every_byte(archive.read(name))


def add_visit(town: Township) -> None:
    with town.desk.store.writing(reason="登记") as writing:
        writing.put(
            Contact(uid=writing.new_uid(), channel="visit", day=date(2026, 11, 22), words="断电", persons=3)
        )


def colleague(town: Township) -> Desk:
    """A second computer of the same office, with a ledger of its own."""
    around = Surroundings(town.clock, Random(11).randbytes, "乙", town.folder / "theirs")
    key = DatabaseKey(bytes(range(32)))
    store = RecordStore.create(town.folder / "theirs", key, around, org_code="439901102", actor="02")
    set_up(store, Beginning(role="township", code="439901102", name="清江县石牌镇人民代表大会主席团"))
    return Desk(store, town.desk.profile)


# ---- what goes out --------------------------------------------------------------------------------


def test_nothing_of_any_visitor_is_in_any_byte(town: Township, month: Period) -> None:
    path = sent_now(town, month).path
    secrets = [
        NAME,
        "田 金玉",
        "彭世兰",
        PHONE,
        "139 1234 2217",
        IDENTITY,
        ADDRESS,
        LOCAL,
        "８２３４５６７",
        "12号",
    ]
    found = {
        (secret, encoding)
        for piece in every_byte(path.read_bytes())
        for secret in secrets
        for encoding in ("utf-8", "gb18030", "utf-16-le")
        if secret.encode(encoding) in piece
    }
    assert found == set()


def test_the_matter_itself_is_still_told(town: Township, month: Period) -> None:
    with zipfile.ZipFile(sent_now(town, month).path) as archive:
        (name,) = [each for each in archive.namelist() if "05_来访走访台账" in each]
        book = openpyxl.load_workbook(io.BytesIO(archive.read(name)))
    told = " ".join(str(cell.value) for row in book.worksheets[0].rows for cell in row)
    assert "长坪村三组饮水管破损，26户断水4天" in told and "周桂兰、龙志明" in told and "某某" in told


def test_the_manifests_totals_are_the_named_cells_of_the_return(town: Township, month: Period) -> None:
    sent = sent_now(town, month)
    found = verify(sent.path, now=town.clock())
    assert found.ok and found.manifest is not None
    with zipfile.ZipFile(sent.path) as archive:
        (name,) = [each for each in archive.namelist() if each.endswith("02_月报表.xlsx")]
        book = openpyxl.load_workbook(io.BytesIO(archive.read(name)))
    named: dict[str, object] = {}
    for key, defined in book.defined_names.items():
        if key.startswith("figure_"):
            ((sheet, cell),) = defined.destinations
            named[key.removeprefix("figure_")] = book[sheet][cell.replace("$", "")].value
    totals = found.manifest.totals
    assert len(totals) > 20 and named == {
        key: "—" if value is None else value for key, value in totals.items()
    }
    assert totals["satisfaction_rate"] is None and totals["opinions"] == 1


def test_a_county_checks_it_with_programs_of_its_own(town: Township, month: Period) -> None:
    sent = sent_now(town, month)
    desk = town.folder / "county"
    desk.mkdir()

    def run(*command: str, cwd: Path = desk) -> str:
        return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout

    run("unzip", "-q", str(sent.path))
    (folder,) = desk.iterdir()
    signature = folder / "数字签名"
    (desk / "key.pem").write_text(
        run("openssl", "x509", "-in", "p256.crt", "-pubkey", "-noout", cwd=signature)
    )
    told = run(
        "openssl", "dgst", "-sha256", "-verify", str(desk / "key.pem"), "-signature", "p256.sig",
        "manifest.json", cwd=signature,
    )  # fmt: skip
    assert told.strip() == "Verified OK"
    listed = json.loads((signature / "manifest.json").read_text("utf-8"))["files"]
    sums = "".join(f"{each['sha256']}  {each['path']}\n" for each in listed)
    (desk / "sums").write_text(sums, "utf-8")
    checked = run("sha256sum", "--check", str(desk / "sums"), cwd=folder)
    assert checked.count(": OK") == len(listed) == 5
    digest = run("sha256sum", "manifest.json", cwd=signature).split()[0]
    assert str(int(digest, 16)).zfill(78)[:20] == sent.spoken_code.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("田金玉来过", "某某来过"),
        ("田　金玉、彭世兰", "某某、某某"),
        ("住长坪村三组12号", "住（住址略）"),
        ("住三组12号院内", "住（住址略）院内"),
        ("长坪村三组断水", "长坪村三组断水"),
        ("打8234567或823-4567", "打（号码略）或（号码略）"),
        ("编号8234568", "编号8234568"),
        ("", ""),
    ],
)
def test_visitors_are_taken_out_and_places_stay(text: str, clean: str) -> None:
    redactor = Redactor(
        names=[NAME, "彭世兰", "王"], numbers=[PHONE, LOCAL], addresses=[ADDRESS, "长坪村三组"]
    )
    assert redactor.clean(text) == clean


def test_a_name_or_number_corrected_since_is_taken_out_too(town: Township, month: Period) -> None:
    wrong, wrong_phone = "慕容写错", "13377778888"
    with town.desk.store.writing(reason="登记") as writing:
        contact = Contact(
            uid=writing.new_uid(), channel="visit", day=date(2026, 11, 22), persons=1,
            words=f"{wrong}说路坏了，打{wrong_phone}",
        )  # fmt: skip
        writing.names_people([wrong])
        writing.put(contact)
        visitor = Visitor(uid=writing.new_uid(), contact=contact.uid, name=wrong, phone=wrong_phone)
        writing.put(visitor)
    with town.desk.store.writing(reason="更正") as writing:
        writing.put(replace(visitor, name="慕容改正", phone="13377779999"))
    whole = b"".join(every_byte(sent_now(town, month).path.read_bytes()))
    for secret in (wrong, "慕容改正", wrong_phone, "13377779999"):
        assert secret.encode() not in whole


# ---- the monthly act ------------------------------------------------------------------------------


def test_frozen_figures_tell_what_is_different_since(town: Township, month: Period) -> None:
    final = freeze(town.desk, month)
    assert since(final, papers_for(town.desk, month)).same
    add_visit(town)
    found = since(final, papers_for(town.desk, month))
    assert ("接待群众人次", "3", "6") in {(each.label, each.then, each.now) for each in found.figures}
    assert "02_月报表.xlsx" in found.documents and "01_报送函.docx" not in found.documents
    thaw(town.desk, month, reason="漏登一次来访")
    with town.desk.store.reading() as reading:
        assert final_of(reading, month) is None


def test_what_was_signed_on_paper_is_what_goes_out_days_later(town: Township, month: Period) -> None:
    final = freeze(town.desk, month)
    drafts = write_drafts(town.desk, period=month, within=town.folder / "送签")
    town.clock.at(date(2026, 12, 9))
    sent = sent_now(town, month)
    with zipfile.ZipFile(sent.path) as archive:
        inside = {Path(name).name: archive.read(name) for name in archive.namelist()}
    assert {path.name: path.read_bytes() for path in drafts.files}.items() <= inside.items()
    assert sent.record.content_digest == final.digest


def test_changed_figures_go_out_as_they_are_and_not_as_the_frozen(town: Township, month: Period) -> None:
    freeze(town.desk, month)
    add_visit(town)
    assert not monthly_act(town.desk, month).may_sign
    assert sent_now(town, month).record.content_digest is None


def test_the_act_knows_how_far_it_is(town: Township, month: Period) -> None:
    assert last_complete_month(town.desk) == month
    assert not monthly_act(town.desk, month).may_sign
    freeze(town.desk, month)
    choose_folder(town.desk, town.folder / "out")
    assert monthly_act(town.desk, month).may_sign
    sent = sent_now(town, month)
    act = monthly_act(town.desk, month)
    assert act.sent is not None and act.sent.path == sent.path and not act.may_sign
    sent.path.unlink()
    assert monthly_act(town.desk, month).may_sign
    assert sending_folder(town.desk) == town.folder / "out"


def test_a_draft_that_is_open_elsewhere_gets_a_second_name(
    town: Township, month: Period, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_drafts(town.desk, period=month, within=town.folder)
    replaced = os.replace

    def held(source: Path, target: Path) -> None:
        if Path(target).name == "02_月报表.xlsx":
            raise PermissionError(13, "held")
        replaced(source, target)

    monkeypatch.setattr(os, "replace", held)
    drafts = write_drafts(town.desk, period=month, within=town.folder)
    assert [path.name for path in drafts.beside] == ["02_月报表(2).xlsx"] and len(drafts.files) == 5


def test_the_county_said_it_has_it(town: Township, month: Period) -> None:
    record = sent_now(town, month).record
    mark_received(town.desk, record)
    assert records(town)[0].shown("state") == "县人大已接收"
    mark_received(town.desk, records(town)[0], received=False)
    assert records(town)[0].state == "sent"


# ---- whatever happens -----------------------------------------------------------------------------


def test_killed_anywhere_and_sent_again_no_number_is_burnt(town: Township, tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    town.desk.store.close()
    command = [
        sys.executable,
        "-m",
        "tests.office.killed_send",
        str(home),
        str(tmp_path / "witness"),
        str(out),
    ]
    done = subprocess.run(
        [*command, "2026-11"], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2]
    )
    assert done.returncode == 0, done.stderr
    rounds = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rounds) >= STEPS_AT_LEAST and len({each["step"] for each in rounds}) == len(rounds)
    assert [each["finished"] for each in rounds] == [0] * len(rounds)
    for each in rounds:
        assert all(name.endswith(".zip") for name in each["after_sending"]), each
    desk = reopened(home, tmp_path / "witness")
    told = sorted((line.record for line in sent_lines(desk)), key=lambda record: record.seq)
    desk.store.close()
    assert [record.seq for record in told] == list(range(1, len(told) + 1))
    found = {path.name: verify(path, now=town.clock()) for path in out.iterdir()}
    assert {name: each.manifest_sha256 for name, each in found.items()} == {
        record.file_name: record.manifest_digest for record in told
    }
    assert all(each.ok for each in found.values())


def test_a_file_cut_off_before_its_number_is_replaced_and_a_colleagues_is_kept(
    town: Township, month: Period
) -> None:
    first = sent_now(town, month)
    with town.desk.store.writing(reason="未登记") as writing:
        writing.remove(SentFile, first.record.uid)
    again = sent_now(town, month)
    assert again.path == first.path and again.record.seq == 1
    other = colleague(town)
    theirs = send_plain(other, period=month, to=first.path.parent)
    other.store.close()
    assert theirs.path.name == "报送材料_石牌镇_2026年11月(2).zip"
    assert verify(again.path, now=town.clock()).manifest_sha256 == again.record.manifest_digest


def test_a_target_held_open_gets_a_second_name(
    town: Township, month: Period, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced = os.replace

    def held(source: Path, target: Path) -> None:
        if Path(target).name == "报送材料_石牌镇_2026年11月.zip":
            raise PermissionError(13, "held")
        replaced(source, target)

    monkeypatch.setattr(os, "replace", held)
    sent = sent_now(town, month)
    assert sent.path.name == sent.record.file_name == "报送材料_石牌镇_2026年11月(2).zip"


def test_a_record_that_cannot_be_stored_takes_its_file_with_it(town: Township, month: Period) -> None:
    class Broken(Exception):
        pass

    def step(name: str) -> None:
        if name == "recorded":
            raise Broken

    out = town.folder / "out"
    with pytest.raises(Broken):
        send_plain(town.desk, period=month, to=out, step=step)
    assert list(out.iterdir()) == [] and records(town) == []
    assert sent_now(town, month).record.seq == 1


def test_the_first_sending_is_no_older_than_the_certificate_made_for_it(
    town: Township, month: Period, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ticking(clock: Clock) -> datetime:
        clock.now += timedelta(seconds=1)
        return clock.now

    monkeypatch.setattr(Clock, "__call__", ticking)
    assert sent_now(town, month).path.exists()


def test_what_cannot_be_sealed_is_a_sentence(town: Township, month: Period) -> None:
    sent_now(town, month)
    town.clock.at(date(2020, 1, 1))
    with pytest.raises(SendingFailed, match="签名证书在今天的日期无效") as told:
        sent_now(town, month)
    assert told.value.code == "S208" and len(records(town)) == 1


def test_a_folder_that_cannot_be_is_a_sentence_and_burns_nothing(town: Township, month: Period) -> None:
    (town.folder / "file").write_text("x")
    with pytest.raises(SendingFailed, match="没有占用期号"):
        send_plain(town.desk, period=month, to=town.folder / "file")
    assert sent_now(town, month).record.seq == 1


# ---- the stick ------------------------------------------------------------------------------------


def test_findings_lead_to_their_records(town: Township, month: Period) -> None:
    with town.desk.store.reading() as reading:
        office = office_of(reading)
    with town.desk.store.writing(reason="设置") as writing:
        writing.put(replace(office, phone="07431234567", county_name="清江县人大常委会"))
    findings = monthly_act(town.desk, month).findings
    assert Office.KIND not in {each.kind for each in findings}
    assert any(each.kind == Opinion.KIND and "还没有梳理分流" in each.sentence for each in findings)
