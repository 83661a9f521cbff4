"""A township joins its county: what is pinned, what is refused, and that refusals change nothing."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lianxin.bundle.verdicts import Code
from lianxin.bundle.verifying import verify
from lianxin.county.certificates.root_key import make_county_keys
from lianxin.county.enrolment.enrolling import issue_certificate, revoke, write_profile
from lianxin.domain.records import Office
from lianxin.keys.certificates import read_certificate, self_made
from lianxin.office.desk import Desk
from lianxin.office.enrolment.enrolling import accept_answer, confirm_root, request_enrolment
from lianxin.office.enrolment.files import EnrolmentRefused
from lianxin.office.sending.signing_key import signing_identity
from lianxin.office.trust.key_files import PENDING, SIGNING, key_file, load_key
from lianxin.office.trust.trusting import (
    NotThisOffice,
    desk_signer,
    enrolled,
    reader_key,
    reader_secret,
    same_code,
    trust_of,
)
from tests.county.offices import COUNTY, COUNTY_NAME, TOWN, Offices, new_desk, offices_in


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    with offices_in(tmp_path) as made:
        yield made


def state_of(desk: Desk) -> tuple[object, bytes | None]:
    """What enrolment leaves behind at a township."""
    path = key_file(desk, SIGNING)
    return enrolled(desk), path.read_bytes() if path.exists() else None


def refusal(desk: Desk, act: Callable[[], object]) -> EnrolmentRefused:
    """The refusal of a step that must leave nothing."""
    before = state_of(desk)
    with pytest.raises(EnrolmentRefused) as raised:
        act()
    assert state_of(desk) == before
    assert raised.value.message
    return raised.value


def certificate_of(desk: Desk) -> bytes:
    return desk_signer(desk).certificate_pem


def test_a_township_is_enrolled_and_signs_with_the_countys_certificate(offices: Offices) -> None:
    town = offices.town
    assert (enrolled(town), trust_of(town)) == (None, None)
    before = desk_signer(town)
    assert self_made(before.certificate)
    done = offices.enrol(town)
    held = enrolled(town)
    assert held == done.held
    assert (held.county_code, held.county_name, held.confirmed) == (COUNTY, COUNTY_NAME, False)
    assert held.recipient == reader_key(offices.county).recipient
    assert held.rule_profile == offices.county.profile
    assert held.certificate == certificate_of(town)
    after = desk_signer(town)
    assert after.key.key_id == before.key.key_id, "the key stays, only its certificate is new"
    assert not self_made(after.certificate)
    with town.store.reading() as reading:
        (office,) = reading.all(Office)
    assert self_made(signing_identity(town, office).certificate), "a 普通报送 still vouches for itself"
    trust = trust_of(town)
    assert trust is not None
    assert (trust.root_pem, trust.registry) == (held.root_pem, None)
    assert reader_secret(town) == reader_key(town).secret


def test_the_answer_stands_under_its_root_for_stock_openssl(offices: Offices, tmp_path: Path) -> None:
    done = offices.issue(offices.town)
    with zipfile.ZipFile(done.file.path) as archive:
        archive.extractall(tmp_path / "out")
    at = str(int(offices.clock.now.timestamp()))
    trust = tmp_path / "out" / "trust"

    def openssl(*arguments: str | Path) -> str:
        ran = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, check=True)
        return ran.stdout + ran.stderr

    root = trust / "county-root.crt"
    stood = ("verify", "-attime", at, "-CAfile", root, "-crl_check", "-CRLfile", trust / "revoked.crl")
    assert "OK" in openssl(*stood, trust / "office.crt")
    assert "OK" in openssl("crl", "-in", trust / "revoked.crl", "-CAfile", root, "-noout")
    out = tmp_path / "out"
    (tmp_path / "key.pub").write_text(
        openssl("x509", "-pubkey", "-noout", "-in", out / "signatures" / "p256.crt")
    )
    signature = ("-signature", out / "signatures" / "p256.sig", out / "manifest.json")
    assert "Verified OK" in openssl("dgst", "-sha256", "-verify", tmp_path / "key.pub", *signature)


def test_the_right_code_confirms_and_a_wrong_one_pins_nothing(offices: Offices) -> None:
    town, file = offices.town, offices.issue(offices.town).file.path
    wrong = refusal(town, lambda: accept_answer(town, file=file, root_code="00000 11111 22222 33333"))
    assert (wrong.code, enrolled(town)) == ("K304", None)
    first = accept_answer(town, file=file)
    assert not first.held.confirmed
    assert refusal(town, lambda: confirm_root(town, "1" * 20)).code == "K304"
    assert refusal(town, lambda: accept_answer(town, file=file, root_code=" ")).code == "K304"
    typed = first.root_code.replace(" ", "－").translate({ord("0") + n: ord("０") + n for n in range(10)})
    assert confirm_root(town, typed).confirmed
    assert accept_answer(town, file=file).held.confirmed, "said once, it stays said"


def test_the_code_may_come_with_the_answer(offices: Offices) -> None:
    issued = offices.issue(offices.town)
    done = accept_answer(offices.town, file=issued.file.path, root_code=issued.root_code)
    assert done.held.confirmed
    assert done.root_code == issued.root_code


def test_nothing_to_confirm_before_an_answer(offices: Offices) -> None:
    assert refusal(offices.town, lambda: confirm_root(offices.town, "1" * 20)).code == "K306"


def test_an_answer_for_another_office_is_not_for_us(offices: Offices) -> None:
    file = offices.issue(offices.other).file.path
    assert refusal(offices.town, lambda: accept_answer(offices.town, file=file)).code == Code.NOT_FOR_US.value


def test_an_answer_for_another_computer_of_the_office_is_refused(offices: Offices, tmp_path: Path) -> None:
    second = new_desk(tmp_path, offices.clock, TOWN, "清江县石牌镇人大主席团", number=2)
    file = offices.issue(second).file.path
    offices.request(offices.town)
    assert "这台电脑" in refusal(offices.town, lambda: accept_answer(offices.town, file=file)).message
    second.store.close()


def test_another_root_is_refused_once_one_is_pinned_unless_its_code_is_told(
    offices: Offices, tmp_path: Path
) -> None:
    town = offices.town
    offices.enrol(town)
    forger = new_desk(tmp_path, offices.clock, COUNTY, COUNTY_NAME, number=9)
    make_county_keys(forger)
    answer = issue_certificate(forger, file=offices.request(town), to=tmp_path / "forged")
    assert refusal(town, lambda: accept_answer(town, file=answer.file.path)).code == "K305"
    only_list = write_profile(forger, to=tmp_path / "forged")
    refused = refusal(town, lambda: accept_answer(town, file=only_list.path, root_code=answer.root_code))
    assert "证书" in refused.message
    done = accept_answer(town, file=answer.file.path, root_code=answer.root_code)
    assert (done.held.confirmed, done.held.root_code) == (True, answer.root_code)
    forger.store.close()


def test_list_and_rules_are_renewed_and_never_go_back(offices: Offices) -> None:
    town = offices.town
    first = offices.issue(town)
    held = accept_answer(town, file=first.file.path, root_code=first.root_code).held
    newer = write_profile(offices.county, to=offices.folder / "answers")
    done = accept_answer(town, file=newer.path)
    assert not done.certified
    assert done.held.crl_number == held.crl_number + 1
    assert done.held.confirmed
    assert replace(done.held, crl=held.crl, crl_number=held.crl_number) == held
    old = refusal(town, lambda: accept_answer(town, file=first.file.path))
    assert old.code == Code.CRL_ROLLBACK.value


def test_list_and_rules_alone_enrol_nobody(offices: Offices) -> None:
    file = write_profile(offices.county, to=offices.folder / "answers").path
    assert "没有给本机的证书" in refusal(offices.town, lambda: accept_answer(offices.town, file=file)).message


def test_a_new_key_waits_beside_the_old_one_until_it_is_certified(offices: Offices) -> None:
    town = offices.town
    offices.enrol(town)
    old = desk_signer(town)
    first, second = offices.request(town, new_key=True), offices.request(town)
    assert desk_signer(town).key.key_id == old.key.key_id
    keys = {request_key(file) for file in (first, second)}
    assert len(keys) == 1, "asked again, the waiting key is asked for again"
    answer = issue_certificate(offices.county, file=second, to=offices.folder / "answers")
    assert answer.further == 1
    done = accept_answer(town, file=answer.file.path)
    fresh = desk_signer(town)
    assert (fresh.certificate_pem, fresh.key.key_id != old.key.key_id) == (done.held.certificate, True)
    assert not key_file(town, PENDING).exists()


def request_key(file: Path) -> bytes:
    with zipfile.ZipFile(file) as archive:
        return archive.read("trust/request.csr").splitlines()[3]


def test_a_power_cut_between_key_and_setting_is_mended_by_accepting_again(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    town, file = offices.town, offices.issue(offices.town, new_key=True).file.path

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("lianxin.office.enrolment.enrolling.keep_enrolled", cut)
        with pytest.raises(KeyboardInterrupt):
            accept_answer(town, file=file)
    assert enrolled(town) is None
    assert accept_answer(town, file=file).held.certificate == certificate_of(town)
    assert load_key(town, PENDING) is None


def test_what_is_no_answer_is_refused_in_chinese(offices: Offices, tmp_path: Path) -> None:
    town = offices.town
    request = offices.request(town)
    junk, gone = tmp_path / "坏.zip", tmp_path / "没有.zip"
    junk.write_bytes(b"PK\x03\x04" + b"x" * 100)
    root_only = tmp_path / "root.crt"
    root_only.write_bytes(trust_of(offices.county).root_pem)  # type: ignore[union-attr]
    for file in (request, junk, gone, root_only):
        assert refusal(town, lambda file=file: accept_answer(town, file=file)).message
    assert enrolled(town) is None


@pytest.mark.parametrize(
    "name", ["trust/office.crt", "trust/county.json", "trust/revoked.crl", "manifest.json"]
)
def test_a_changed_answer_is_refused(offices: Offices, tmp_path: Path, name: str) -> None:
    town, file = offices.town, offices.issue(offices.town).file.path
    data = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        start = archive.getinfo(name).header_offset + 30 + len(name) + 40
    data[start] ^= 1
    changed = tmp_path / "改过.zip"
    changed.write_bytes(bytes(data))
    refusal(town, lambda: accept_answer(town, file=changed))
    assert enrolled(town) is None


def test_a_revoked_certificate_is_not_taken_in(offices: Offices) -> None:
    town = offices.town
    answer = offices.issue(town).file.path
    later = revoke(offices.county, code=TOWN, to=offices.folder / "answers").file.path
    assert not accept_answer(town, file=answer).revoked
    assert accept_answer(town, file=later).revoked, "the township hears that it needs a new key"
    refused = refusal(town, lambda: accept_answer(town, file=answer))
    assert refused.code == Code.CRL_ROLLBACK.value


def test_each_step_belongs_to_its_office(offices: Offices) -> None:
    file = offices.request(offices.town)
    for act in (
        lambda: request_enrolment(offices.county, to=offices.folder),
        lambda: accept_answer(offices.county, file=file),
        lambda: issue_certificate(offices.town, file=file, to=offices.folder),
        lambda: write_profile(offices.town, to=offices.folder),
    ):
        with pytest.raises(NotThisOffice):
            act()


def test_a_request_is_judged_stand_alone_as_one(offices: Offices) -> None:
    found = verify(offices.request(offices.town), now=offices.clock.now)
    assert (found.ok, found.code) == (False, Code.POLICY)


def test_a_stick_that_fails_leaves_nothing_half(
    offices: Offices, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desk_signer(offices.town)
    (tmp_path / "file").write_text("no folder")
    refusal(offices.town, lambda: request_enrolment(offices.town, to=tmp_path / "file" / "in"))

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "full")

    to = tmp_path / "stick"
    monkeypatch.setattr("lianxin.office.enrolment.files.write_part", full)
    refused = refusal(offices.town, lambda: request_enrolment(offices.town, to=to))
    assert "磁盘空间不够" in refused.message
    assert list(to.iterdir()) == []


def test_asking_twice_makes_a_second_file_and_overwrites_none(offices: Offices) -> None:
    first, second = offices.request(offices.town), offices.request(offices.town)
    assert first != second
    assert first.exists()
    assert second.exists()


def test_a_certificate_of_tomorrow_or_of_yesteryear_is_refused(offices: Offices) -> None:
    town, file = offices.town, offices.issue(offices.town).file.path
    offices.clock.at(date(2029, 12, 1))
    assert "日期" in refusal(town, lambda: accept_answer(town, file=file)).message
    offices.clock.at(date(2026, 11, 19))
    accept_answer(town, file=file)


def test_a_renamed_office_asks_under_its_new_code(offices: Offices) -> None:
    from lianxin.county.units import note_code_change

    town = offices.town
    offices.enrol(town)
    with town.store.writing(reason="更名") as writing:
        with town.store.reading() as reading:
            (office,) = reading.all(Office)
        writing.put(replace(office, code="439901202", name="清江县石牌街道人大工委"))
    file = offices.request(town)
    unknown = refusal(
        town, lambda: issue_certificate(offices.county, file=file, to=offices.folder / "answers")
    )
    assert unknown.code == Code.SCOPE.value
    note_code_change(offices.county, former=TOWN, code="439901202", day=date(2026, 11, 1))
    answer = issue_certificate(offices.county, file=file, to=offices.folder / "answers")
    held = accept_answer(town, file=answer.file.path).held
    assert "439901202" in read_certificate(held.certificate).subject.rfc4514_string()
    trust = trust_of(offices.county)
    assert trust is not None
    assert trust.former == {"439901202": frozenset([TOWN])}


@pytest.mark.parametrize(
    ("told", "same"),
    [("12345 67890", True), ("12345-67890", True), ("１２３４５６７８９０", True), ("1234567891", False), ("", False),
     ("12345 6789x", False), ("123456789", False)],
)  # fmt: skip
def test_codes_are_compared_by_their_digits(told: str, same: bool) -> None:
    assert same_code(told, "12345 67890") is same
