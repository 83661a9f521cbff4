"""Keys: stock openssl agrees with what we make, and a key file resists guessing at every place."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.keys.certificates import covers, self_issued
from lianxin.keys.keyfile import KeyFileRefused, from_key_file, to_key_file
from lianxin.keys.signing import SigningIdentity, generate_key
from tests.keys.fixed_keys import key_from_number

START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
# RFC 6979, A.2.5 (P-256, SHA-256, message "sample").
RFC_SECRET = 0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721
RFC_R = 0xEFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716
RFC_S = 0xF7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8


def made(secret: int = 77) -> SigningIdentity:
    return self_issued(
        key_from_number(secret), org_code="439901102", org_name="石牌镇人大", not_before=START, days=30
    )


def openssl(*arguments: str) -> str:
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


def test_signature_is_the_one_of_rfc_6979() -> None:
    def integer(number: int) -> bytes:
        body = number.to_bytes(number.bit_length() // 8 + 1, "big")
        return bytes([2, len(body)]) + body

    body = integer(RFC_R) + integer(RFC_S)
    assert key_from_number(RFC_SECRET).sign(b"sample") == bytes([0x30, len(body)]) + body


@given(st.binary(max_size=300))
def test_same_bytes_same_signature(data: bytes) -> None:
    key = key_from_number(77)
    assert key.sign(data) == key.sign(data)


def test_new_keys_differ() -> None:
    assert generate_key().key_id != generate_key().key_id


def test_certificate_is_reproducible_and_names_the_office(tmp_path: Path) -> None:
    assert made().certificate_pem == made().certificate_pem
    assert made(78).certificate_pem != made().certificate_pem
    path = tmp_path / "p256.crt"
    path.write_bytes(made().certificate_pem)
    shown = openssl("x509", "-in", str(path), "-noout", "-text", "-nameopt", "utf8,sep_comma_plus")
    assert "serialNumber=439901102" in shown
    assert "CN=石牌镇人大" in shown
    assert "CA:FALSE" in shown
    assert "Digital Signature" in shown
    assert "Certificate Sign" not in shown
    assert "NIST CURVE: P-256" in shown


def test_certificate_verifies_as_its_own_issuer(tmp_path: Path) -> None:
    path = tmp_path / "p256.crt"
    path.write_bytes(made().certificate_pem)
    at = str(int((START + timedelta(days=1)).timestamp()))
    assert "OK" in openssl("verify", "-attime", at, "-CAfile", str(path), str(path))


def test_long_office_name_still_gives_a_certificate() -> None:
    identity = self_issued(key_from_number(5), org_code="439901102", org_name="镇" * 200, not_before=START)
    assert identity.certificate.subject.rfc4514_string().count("镇" * 21) == 2


def test_validity_has_edges() -> None:
    certificate = made().certificate
    assert covers(certificate, START)
    assert covers(certificate, START + timedelta(days=30))
    assert not covers(certificate, START - timedelta(seconds=1))
    assert not covers(certificate, START + timedelta(days=30, seconds=1))


@pytest.mark.parametrize("passphrase", ["口令 abc-1", "x" * 80, "𠮷密码😀"])
def test_key_file_opens_here_and_in_openssl_with_600000_rounds_everywhere(
    tmp_path: Path, passphrase: str
) -> None:
    data = to_key_file(made(), passphrase=passphrase)
    opened = from_key_file(data, passphrase=passphrase)
    assert opened.key.key_id == made().key.key_id
    assert opened.certificate == made().certificate
    path = tmp_path / "key.p12"
    path.write_bytes(data)
    shown = openssl("pkcs12", "-info", "-in", str(path), "-passin", f"pass:{passphrase}", "-nokeys")
    # The integrity code counts too: it is made from the same passphrase and would be the cheaper one to try.
    rounds = [line.split("Iteration ")[1].split(",")[0] for line in shown.splitlines() if "Iteration" in line]
    assert rounds == ["600000", "600000", "600000"]
    assert "AES-256-CBC" in shown


def test_wrong_passphrase_damage_and_emptiness_are_told_in_chinese() -> None:
    data = to_key_file(made(), passphrase="对的口令")
    for bad_data, passphrase in [
        (data, "错的口令"),
        (data, ""),
        (data[:-9], "对的口令"),
        (b"", "对的口令"),
        (b"x" * 500, "对的口令"),
    ]:
        with pytest.raises(KeyFileRefused, match="打不开"):
            from_key_file(bad_data, passphrase=passphrase)
    with pytest.raises(KeyFileRefused, match="口令"):
        to_key_file(made(), passphrase="")


def test_key_file_of_another_kind_of_key_is_refused(tmp_path: Path) -> None:
    key, certificate, bag = tmp_path / "k.pem", tmp_path / "c.pem", tmp_path / "rsa.p12"
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(certificate),
            "-subj", "/CN=x", "-days", "2")  # fmt: skip
    openssl("pkcs12", "-export", "-inkey", str(key), "-in", str(certificate), "-out", str(bag),
            "-passout", "pass:abc")  # fmt: skip
    with pytest.raises(KeyFileRefused, match="P-256"):
        from_key_file(bag.read_bytes(), passphrase="abc")


@settings(max_examples=20, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_as_key_file_are_refused_politely(data: bytes) -> None:
    with pytest.raises(KeyFileRefused):
        from_key_file(data, passphrase="口令")
