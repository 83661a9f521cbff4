"""The county's certificates as stock openssl sees them: root, issued leaves, requests, revocation lists."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.keys.certificates import issued_by, org_code_of, read_certificate, role_of, self_issued
from lianxin.keys.county_root import make_root
from lianxin.keys.issuing import Role, RootExpired, issue
from lianxin.keys.requests import BadRequest, make_request, read_request
from lianxin.keys.revocation import BadList, make_list, read_list
from lianxin.keys.signing import SigningIdentity
from tests.keys.fixed_keys import key_from_number

START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
LATER = START + timedelta(days=40)
ROOT_KEY, DESK_KEY, OTHER_KEY = (key_from_number(number) for number in (901, 902, 903))


def root_of(key: object = None, *, days: int = 3652) -> SigningIdentity:
    return make_root(ROOT_KEY, org_code="439901", org_name="清江县人大常委会", not_before=START, days=days)


def other_root() -> SigningIdentity:
    """Same name and code, another key: what a forger would make."""
    return make_root(OTHER_KEY, org_code="439901", org_name="清江县人大常委会", not_before=START)


def leaf_of(root: SigningIdentity, *, role: Role = "desk", start: datetime = START) -> bytes:
    public = DESK_KEY.private.public_key()
    return issue(
        root, public, org_code="439901102", org_name="石牌镇人大", role=role, device="办公电脑-1",
        not_before=start,
    )  # fmt: skip


def openssl(*arguments: str | Path) -> tuple[int, str]:
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def verify(
    folder: Path, root: bytes, leaf: bytes, *more: str | Path, at: datetime = LATER
) -> tuple[int, str]:
    (folder / "root.crt").write_bytes(root)
    (folder / "leaf.crt").write_bytes(leaf)
    moment = str(int(at.timestamp()))
    options = ["-x509_strict", "-purpose", "any", "-attime", moment, "-CAfile", folder / "root.crt"]
    return openssl("verify", *options, *more, folder / "leaf.crt")


def test_an_issued_certificate_stands_under_its_root_for_openssl(tmp_path: Path) -> None:
    root = root_of()
    status, said = verify(tmp_path, root.certificate_pem, leaf_of(root))
    assert (status, "leaf.crt: OK" in said) == (0, True), said
    status, said = verify(tmp_path, other_root().certificate_pem, leaf_of(root))
    assert status != 0, said
    status, said = verify(tmp_path, root.certificate_pem, leaf_of(root), at=START + timedelta(days=3 * 366))
    assert (status != 0, "expired" in said) == (True, True)


def test_root_and_leaf_say_what_they_are_for(tmp_path: Path) -> None:
    root = root_of()
    (tmp_path / "root.crt").write_bytes(root.certificate_pem)
    (tmp_path / "leaf.crt").write_bytes(leaf_of(root))
    shown = openssl(
        "x509", "-in", tmp_path / "root.crt", "-noout", "-text", "-nameopt", "utf8,sep_comma_plus"
    )
    for words in ("CA:TRUE, pathlen:0", "Certificate Sign, CRL Sign", "OU=root", "serialNumber=439901"):
        assert words in shown[1]
    shown = openssl(
        "x509", "-in", tmp_path / "leaf.crt", "-noout", "-text", "-nameopt", "utf8,sep_comma_plus"
    )
    for words in ("CA:FALSE", "OU=desk", "CN=办公电脑-1", "O=石牌镇人大", "serialNumber=439901102"):
        assert words in shown[1]
    assert "Certificate Sign" not in shown[1]


def test_the_program_reads_back_what_it_issued() -> None:
    root = root_of()
    for role in ("county", "desk"):
        leaf = read_certificate(leaf_of(root, role=role))
        assert (role_of(leaf), org_code_of(leaf.subject)) == (role, "439901102")
        assert issued_by(leaf, root.certificate)
        assert not issued_by(leaf, other_root().certificate)
    plain = self_issued(DESK_KEY, org_code="439901102", org_name="石牌镇人大", not_before=START)
    assert role_of(plain.certificate) == ""


def test_equal_arguments_give_equal_bytes_and_other_ones_another_serial_number() -> None:
    root = root_of()
    assert root.certificate_pem == root_of().certificate_pem
    assert leaf_of(root) == leaf_of(root)
    serials = {
        read_certificate(each).serial_number
        for each in (leaf_of(root), leaf_of(root, role="county"), leaf_of(root, start=LATER))
    }
    assert len(serials) == 3


def test_nothing_outlives_the_root() -> None:
    root = root_of(days=100)
    assert read_certificate(leaf_of(root)).not_valid_after_utc == root.certificate.not_valid_after_utc
    with pytest.raises(RootExpired, match="过期"):
        leaf_of(root, start=START + timedelta(days=101))


def test_a_request_proves_possession_and_openssl_agrees(tmp_path: Path) -> None:
    pem = make_request(DESK_KEY, "439901102", "石牌镇人大")
    asked = read_request(pem)
    assert (asked.org_code, asked.org_name) == ("439901102", "石牌镇人大")
    assert asked.public_key == DESK_KEY.private.public_key()
    (tmp_path / "r.csr").write_bytes(pem)
    status, said = openssl("req", "-in", tmp_path / "r.csr", "-noout", "-verify")
    assert (status, "OK" in said) == (0, True)


@pytest.mark.parametrize(
    "pem", [b"", b"-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"]
)
def test_what_is_no_request_is_told_in_chinese(pem: bytes) -> None:
    with pytest.raises(BadRequest, match="没有签发"):
        read_request(pem)


def test_a_changed_request_is_refused() -> None:
    import base64

    lines = make_request(DESK_KEY, "439901102", "石牌镇人大").decode().splitlines()
    der = bytearray(base64.b64decode("".join(lines[1:-1])))
    place = der.index(b"439901102")
    der[place : place + 9] = b"439901103"
    body = base64.encodebytes(bytes(der)).decode()
    with pytest.raises(BadRequest, match="改动"):
        read_request(f"{lines[0]}\n{body}{lines[-1]}\n".encode())


def test_a_request_with_an_rsa_key_is_refused(tmp_path: Path) -> None:
    openssl("req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", tmp_path / "k", "-out", tmp_path / "r",
            "-subj", "/CN=x")  # fmt: skip
    with pytest.raises(BadRequest, match="P-256"):
        read_request((tmp_path / "r").read_bytes())


def test_a_revoked_certificate_is_revoked_for_openssl_too(tmp_path: Path) -> None:
    root = root_of()
    leaf = leaf_of(root)
    serial = read_certificate(leaf).serial_number
    until = LATER + timedelta(days=400)
    empty = make_list(root, [], number=1, this_update=LATER, next_update=until)
    full = make_list(root, [(serial, LATER)], number=2, this_update=LATER, next_update=until)
    for made, fails in ((empty, False), (full, True)):
        (tmp_path / "list.crl").write_bytes(made)
        at = LATER + timedelta(days=1)
        options = ("-crl_check", "-CRLfile", tmp_path / "list.crl")
        status, said = verify(tmp_path, root.certificate_pem, leaf, *options, at=at)
        assert (status != 0, "certificate revoked" in said) == (fails, fails), said
    status, said = openssl(
        "crl", "-in", tmp_path / "list.crl", "-CAfile", tmp_path / "root.crt", "-noout", "-text"
    )
    assert (status, "verify OK" in said) == (0, True)
    assert f"{serial:040X}" in said.replace(":", "")


def test_lists_are_read_back_and_a_strange_one_is_not() -> None:
    root = root_of()
    made = make_list(root, [(7, START), (5, LATER)], number=9, this_update=LATER, next_update=LATER)
    read = read_list(made, root.certificate)
    assert (read.number, read.this_update, dict(read.revoked)) == (9, LATER, {7: START, 5: LATER})
    for bad in (b"", b"x" * 90, made[:-60] + made[-40:], root.certificate_pem):
        with pytest.raises(BadList):
            read_list(bad, root.certificate)
    with pytest.raises(BadList):
        read_list(made, other_root().certificate)


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.integers(1, 2**158), st.integers(0, 10**8), max_size=30), st.integers(0, 2**60))
def test_every_list_survives_writing_and_reading(revoked: dict[int, int], number: int) -> None:
    moments = {serial: START + timedelta(seconds=after) for serial, after in revoked.items()}
    root = root_of()
    made = make_list(root, moments.items(), number=number, this_update=START, next_update=LATER)
    assert make_list(root, moments.items(), number=number, this_update=START, next_update=LATER) == made
    read = read_list(made, root.certificate)
    assert (read.number, dict(read.revoked)) == (number, moments)
