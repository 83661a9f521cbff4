"""The county root: made once, cut off anywhere, moved out by export, used from its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lianxin.county.certificates.root_key import export_root, make_county_keys, open_root, root_state
from lianxin.county.enrolment.enrolling import issue_certificate
from lianxin.keys.certificates import org_code_of, role_of
from lianxin.keys.keyfile import from_key_file
from lianxin.office.enrolment.enrolling import accept_answer
from lianxin.office.trust.key_files import ROOT, key_file
from lianxin.office.trust.trusting import (
    desk_signer,
    reader_key,
    root_code,
    trust_of,
)
from tests.county.offices import (
    COUNTY,
    Offices,
    answer,
    new_desk,
    offices_in,
    records_of,
    refusal,
)

WORDS = "口令 一"


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    with offices_in(tmp_path) as made:
        yield made


def test_a_county_begins_with_root_operating_key_and_reader(offices: Offices) -> None:
    county = offices.county
    root = open_root(county)
    assert org_code_of(root.certificate.subject) == COUNTY
    operating = desk_signer(county)
    assert role_of(operating.certificate) == "county"
    assert operating.key.key_id != root.key.key_id
    (own,) = records_of(county)
    assert (own.code, own.role, own.recipient) == (COUNTY, "county", reader_key(county).recipient)
    trust = trust_of(county)
    assert trust is not None
    assert trust.registry == {COUNTY: frozenset([own.certificate_digest])}
    before = (records_of(county), trust.crl)
    make_county_keys(county)
    assert (records_of(county), trust_of(county).crl) == before, "made once"  # type: ignore[union-attr]


def test_a_township_gets_no_county_keys(offices: Offices) -> None:
    make_county_keys(offices.town)
    assert not key_file(offices.town, ROOT).exists()
    assert records_of(offices.town) == []


def test_a_beginning_cut_off_anywhere_is_gone_on_with(tmp_path: Path, offices: Offices) -> None:
    places = ("keep_county_trust", "keep_key", "certify_operating_key", "reader_key")
    for number, place in enumerate(places):
        desk = new_desk(tmp_path, offices.clock, "439902", "清河县人大常委会", number=number)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(f"lianxin.county.certificates.root_key.{place}", cut)
            with pytest.raises(KeyboardInterrupt):
                make_county_keys(desk)
        make_county_keys(desk)
        root = open_root(desk)
        trust = trust_of(desk)
        assert trust is not None
        assert trust.root_pem == root.certificate_pem
        digests = {each.certificate_digest for each in records_of(desk)}
        assert role_of(desk_signer(desk).certificate) == "county"
        assert trust.registry == {"439902": frozenset(digests)}
        desk.store.close()


def cut(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_exporting_moves_the_root_out_after_reading_the_copy_back(offices: Offices, tmp_path: Path) -> None:
    county = offices.county
    assert "根密钥仍在本机" in root_state(county).words
    done = export_root(county, to=tmp_path / "usb", passphrase=WORDS)
    assert done.moved
    assert not key_file(county, ROOT).exists()
    assert (
        root_code(from_key_file(done.path.read_bytes(), passphrase=WORDS).certificate_pem) == done.root_code
    )
    assert [path.name for path in (tmp_path / "usb").iterdir()] == [done.path.name]
    state = root_state(county)
    assert (state.here, state.copies, "另一个U盘" in state.words) == (False, (str(done.path),), True)
    second = export_root(county, to=tmp_path / "usb2", passphrase=WORDS, file=done.path)
    assert not second.moved
    state = root_state(county)
    assert (len(state.copies), "另一个U盘" in state.words) == (2, False)
    make_county_keys(county)
    assert not key_file(county, ROOT).exists(), "nobody makes another root"


def test_with_the_root_away_issuing_asks_for_its_file(offices: Offices, tmp_path: Path) -> None:
    county, file = offices.county, offices.request(offices.town)
    away = export_root(county, to=tmp_path / "usb", passphrase=WORDS).path
    to = tmp_path / "answers"
    assert refusal(offices, lambda: answer(offices, file)).code == "K303"
    wrong = refusal(
        offices, lambda: issue_certificate(county, file=file, to=to, root_file=away, passphrase="错的")
    )
    assert (wrong.code, "口令不对" in wrong.message) == ("K303", True)
    gone = refusal(
        offices,
        lambda: issue_certificate(county, file=file, to=to, root_file=tmp_path / "没有", passphrase=WORDS),
    )
    assert gone.code == "K303"
    assert not to.exists()
    done = issue_certificate(county, file=file, to=to, root_file=away, passphrase=WORDS)
    accept_answer(offices.town, file=done.file.path)


def test_another_countys_root_issues_nothing_here(offices: Offices, tmp_path: Path) -> None:
    forger = new_desk(tmp_path, offices.clock, COUNTY, "清江县人大常委会", number=9)
    make_county_keys(forger)
    strange = export_root(forger, to=tmp_path / "usb", passphrase=WORDS).path
    file = offices.request(offices.town)
    refused = refusal(
        offices,
        lambda: issue_certificate(
            offices.county, file=file, to=tmp_path / "answers", root_file=strange, passphrase=WORDS
        ),
    )
    assert (refused.code, "不是本县" in refused.message) == ("K303", True)
    forger.store.close()


def test_a_stick_that_spoils_the_root_keeps_it_here(
    offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoiled(path: Path, size: int, fill: object, step: object) -> None:
        path.write_bytes(b"x" * size)

    monkeypatch.setattr("lianxin.county.certificates.root_key.write_part", spoiled)
    refused = refusal(offices, lambda: export_root(offices.county, to=tmp_path / "usb", passphrase=WORDS))
    assert refused.code == "K308"
    assert key_file(offices.county, ROOT).exists()
    assert list((tmp_path / "usb").iterdir()) == []
    assert root_state(offices.county).here
