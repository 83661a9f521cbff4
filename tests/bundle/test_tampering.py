"""Steps 2 to 7: one case for every code a 普通报送 can end in, most of them signed again with a real key."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from lianxin.bundle.codes import Code, Verdict
from lianxin.bundle.instructions import instructions
from lianxin.bundle.layout import MIMETYPE
from lianxin.bundle.manifest import manifest_from_json
from lianxin.bundle.verifying import verify
from lianxin.domain.canonical import JsonValue, canonical, parse_strict
from lianxin.keys.certificates import self_issued
from lianxin.keys.signing import SigningIdentity, SigningKey
from tests.bundle.plain_bundles import (
    FOLDER,
    NOW,
    ORG_CODE,
    SENT,
    START,
    checked,
    entries_of,
    identity,
    replaced,
    resigned,
    sealed,
    zipped,
)
from tests.keys.fixed_keys import key_from_number

Json = dict[str, JsonValue]


def code(tmp_path: Path, data: bytes) -> Code:
    return checked(tmp_path, data).code


def without(ending: str) -> bytes:
    return zipped(item for item in entries_of(sealed().data) if not item[0].endswith(ending))


def having(name: str, data: bytes) -> bytes:
    return zipped([*entries_of(sealed().data), (name, data)])


def told(**fields: JsonValue) -> Callable[[Json], None]:
    return lambda manifest: manifest.update(fields)


def first_file(**fields: JsonValue) -> Callable[[Json], None]:
    def change(manifest: Json) -> None:
        files = manifest["files"]
        assert isinstance(files, list)
        files[0] = {**files[0], **fields}

    return change


def rebuilt(manifest: Json, documents: list[tuple[str, bytes]]) -> bytes:
    """A whole bundle around a manifest and documents, everything consistent and really signed."""
    signed = canonical(manifest) + b"\n"
    text = instructions(manifest_from_json(manifest), hashlib.sha256(signed).hexdigest())
    own = [
        ("manifest.json", signed), ("p256.sig", identity().sign(signed)),
        ("p256.crt", identity().certificate_pem), ("说明.txt", text),
    ]  # fmt: skip
    inside = documents + [(f"数字签名/{name}", data) for name, data in own]
    return zipped((f"{FOLDER}/{name}", data) for name, data in inside)


def with_document(path: str, data: bytes, media_type: str, **more: JsonValue) -> bytes:
    """A consistent, signed bundle holding one document of the given name and content."""
    manifest = sealed().manifest.to_json()
    listed = {
        "path": path, "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), "role": "document",
        "media_type": media_type, "personal": False,
    }  # fmt: skip
    return rebuilt(manifest | {"files": [listed | more]}, [(path, data)])


def test_rebuilt_bundle_is_good(tmp_path: Path) -> None:
    assert (
        code(tmp_path, with_document("说明.txt", "好的\r\n".encode(), "text/plain"))
        is Code.SIGNER_UNCONFIRMED
    )
    assert resigned() == sealed().data


def test_missing_parts(tmp_path: Path) -> None:
    assert code(tmp_path, zipped([("a.txt", b"hello")])) is Code.NO_MANIFEST
    assert code(tmp_path, zipped([])) is Code.NO_MANIFEST
    assert code(tmp_path, without("manifest.json")) is Code.NO_MANIFEST
    assert code(tmp_path, without("p256.sig")) is Code.NO_SIGNATURE
    assert code(tmp_path, without("p256.crt")) is Code.NO_SIGNATURE
    assert code(tmp_path, without("说明.txt")) is Code.MISSING_FILE
    assert code(tmp_path, without("01_报送函.docx")) is Code.MISSING_FILE


@pytest.mark.parametrize(
    "name",
    [
        "病毒.exe",
        f"{FOLDER}/03_多出来.docx",
        f"{FOLDER}/数字签名/x.txt",
        f"{FOLDER}/数字签名/sm2.sig",
        "readme",
    ],
)
def test_extra_files(tmp_path: Path, name: str) -> None:
    assert code(tmp_path, having(name, b"x")) is Code.EXTRA_FILE


def test_two_signature_folders(tmp_path: Path) -> None:
    assert code(tmp_path, having("别处/数字签名/manifest.json", b"{}")) is Code.NO_MANIFEST


@pytest.mark.parametrize("name", ["01_报送函.docx", "02_月报表.xlsx", "说明.txt"])
def test_changed_content_with_a_right_crc(tmp_path: Path, name: str) -> None:
    outcome = checked(tmp_path, replaced(name, lambda data: data[:-1] + bytes([data[-1] ^ 1])))
    assert outcome.code is Code.HASH
    assert name in outcome.message
    assert outcome.period == "2026-11"
    assert checked(tmp_path, replaced(name, lambda data: data + b" ")).code is Code.HASH


def test_swapped_documents(tmp_path: Path) -> None:
    entries = entries_of(sealed().data)
    (one, first), (two, second), *rest = entries
    assert code(tmp_path, zipped([(one, second), (two, first), *rest])) is Code.HASH


def test_changed_manifest_without_the_key(tmp_path: Path) -> None:
    outcome = checked(tmp_path, replaced("manifest.json", lambda data: data.replace(b'"seq":7', b'"seq":8')))
    assert outcome.code is Code.BAD_SIGNATURE
    assert (outcome.manifest, outcome.check_code, outcome.org_code) == (None, None, None)
    assert code(tmp_path, replaced("manifest.json", lambda data: data.rstrip())) is Code.BAD_SIGNATURE
    assert code(tmp_path, replaced("manifest.json", lambda data: b"")) is Code.BAD_SIGNATURE


@pytest.mark.parametrize("signature", [b"", b"x", b"0\x06\x02\x01\x00\x02\x01\x00", b"\0" * 70])
def test_broken_signatures(tmp_path: Path, signature: bytes) -> None:
    assert code(tmp_path, replaced("p256.sig", lambda _data: signature)) is Code.BAD_SIGNATURE


def test_signature_with_something_behind_it(tmp_path: Path) -> None:
    assert code(tmp_path, replaced("p256.sig", lambda data: data + b"\0")) is Code.BAD_SIGNATURE


def test_certificate_of_somebody_else(tmp_path: Path) -> None:
    other = identity(secret=99)
    assert code(tmp_path, replaced("p256.crt", lambda _data: other.certificate_pem)) is Code.BAD_SIGNATURE
    assert code(tmp_path, resigned(signer=other)) is Code.CERT_MISMATCH


def test_certificate_of_the_same_key_but_another(tmp_path: Path) -> None:
    key = key_from_number(20261101)
    later = self_issued(key, org_code=ORG_CODE, org_name="石牌镇人大", not_before=START + timedelta(days=1))
    assert code(tmp_path, replaced("p256.crt", lambda _data: later.certificate_pem)) is Code.CERT_MISMATCH


def test_office_of_the_certificate_differs(tmp_path: Path) -> None:
    other = identity(org_code="439901103")

    def change(manifest: Json) -> None:
        signer = {
            "cert_sha256": other.certificate.fingerprint(hashes.SHA256()).hex(), "key_id": other.key.key_id,
            "prepared_by": "",
        }  # fmt: skip
        manifest["signer"] = signer

    outcome = checked(tmp_path, resigned(change, signer=other))
    assert outcome.code is Code.ORG_MISMATCH
    assert "439901103" in outcome.message


@pytest.mark.parametrize(
    "change",
    [
        lambda pem: b"", lambda pem: b"x", lambda pem: pem + b"\n", lambda pem: b"text\n" + pem, lambda pem: pem + pem,
        lambda pem: pem.replace(b"\n", b"\r\n"), lambda pem: pem[:-30], lambda pem: pem.replace(b"M", b"N", 1),
    ],
)  # fmt: skip
def test_broken_certificates(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    assert code(tmp_path, replaced("p256.crt", change)) is Code.BAD_CERT


def built(key: ec.EllipticCurvePrivateKey, issuer_key: ec.EllipticCurvePrivateKey, **other: object) -> bytes:
    """A certificate like ours with single parts changed: issuer, ca, sign, cert_sign, number, hash."""
    subject = identity().certificate.subject
    if "number" in other:
        kept = [item for item in subject if item.oid != x509.NameOID.SERIAL_NUMBER]
        kept += [x509.NameAttribute(x509.NameOID.SERIAL_NUMBER, text) for text in other["number"]]
        subject = x509.Name(kept)
    usage = x509.KeyUsage(
        other.get("sign", True),
        False,
        False,
        False,
        False,
        other.get("cert_sign", False),
        False,
        False,
        False,
    )
    builder = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(other.get("issuer", subject))
        .public_key(key.public_key()).serial_number(5).not_valid_before(START)
        .not_valid_after(START + timedelta(days=900))
    )  # fmt: skip
    if other.get("extensions", True):
        builder = builder.add_extension(x509.BasicConstraints(other.get("ca", False), None), True)
        builder = builder.add_extension(usage, True)
    made = builder.sign(issuer_key, other.get("hash", hashes.SHA256()))
    return made.public_bytes(serialization.Encoding.PEM)


def signed_with(key: ec.EllipticCurvePrivateKey, pem: bytes) -> bytes:
    """The usual bundle under another certificate: signature and manifest fit it."""
    certificate = x509.load_pem_x509_certificate(pem)
    who = SigningIdentity(SigningKey(key), certificate)
    signer = {
        "cert_sha256": certificate.fingerprint(hashes.SHA256()).hex(), "key_id": who.key.key_id, "prepared_by": "",
    }  # fmt: skip
    return resigned(told(signer=signer), signer=who)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"ca": True}, Code.BAD_CERT),
        ({"sign": False}, Code.BAD_CERT),
        ({"cert_sign": True, "ca": True}, Code.BAD_CERT),
        ({"extensions": False}, Code.BAD_CERT),
        ({"number": []}, Code.BAD_CERT),
        ({"number": ["439901102", "439901103"]}, Code.BAD_CERT),
        ({"hash": hashes.SHA384()}, Code.BAD_CERT),
        (
            {"issuer": x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "某县")])},
            Code.UNTRUSTED_ISSUER,
        ),
        ({"number": ["439901999"]}, Code.ORG_MISMATCH),
    ],
)
def test_certificates_that_may_not_sign(tmp_path: Path, changes: dict[str, object], expected: Code) -> None:
    key = ec.derive_private_key(4711, ec.SECP256R1())
    assert code(tmp_path, signed_with(key, built(key, key, **changes))) is expected


def test_certificate_signed_by_a_stranger_in_our_name(tmp_path: Path) -> None:
    key, stranger = ec.derive_private_key(4711, ec.SECP256R1()), ec.derive_private_key(4712, ec.SECP256R1())
    assert code(tmp_path, signed_with(key, built(key, stranger))) is Code.BAD_CERT


def test_key_of_another_curve(tmp_path: Path) -> None:
    key = ec.derive_private_key(4711, ec.SECP384R1())
    pem = built(key, key)
    assert code(tmp_path, replaced("p256.crt", lambda _data: pem)) is Code.BAD_CERT


def test_rsa_certificate(tmp_path: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", tmp_path / "k", "-out", tmp_path / "c",
         "-subj", "/serialNumber=439901102"], check=True, capture_output=True,
    )  # fmt: skip
    pem = (tmp_path / "c").read_bytes()
    assert code(tmp_path, replaced("p256.crt", lambda _data: pem)) is Code.BAD_CERT


@pytest.mark.parametrize(
    "raw",
    [
        lambda data: b"", lambda data: b"{}", lambda data: b"[]",
        lambda data: data.replace(b'"seq":7', b'"seq":7,"seq":8'), lambda data: data.replace(b'"seq":7', b'"seq":7.0'),
        lambda data: data.replace(b'"seq":7', b'"seq":NaN'), lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b'"seq":7', b'"seq":9007199254740993'),
        lambda data: data.replace(b'"term":"', b'"term":"\\ud800'), lambda data: data.replace(b'"01"', b'"\\u0000"'),
        lambda data: data.replace(b'"seq":7', b'"seq":' + b"[" * 9 + b"]" * 9), lambda data: data[:-2],
        lambda data: data + b"{}", lambda data: b"[" * 100_000, lambda data: data.decode().encode("utf-16"),
    ],
)  # fmt: skip
def test_signed_but_not_strict_json(tmp_path: Path, raw: Callable[[bytes], bytes]) -> None:
    outcome = checked(tmp_path, resigned(raw=raw))
    expected = Code.FORMAT if raw(b"x") in (b"{}", b"[]") else Code.MANIFEST_JSON
    assert outcome.code is expected
    assert outcome.manifest is None


@pytest.mark.parametrize(
    "fields",
    [
        {"format": "lianxin-bundle/0"}, {"format": "lianxin-bundle/01"}, {"format": "other/2"}, {"format": 1},
        {"format": "lianxin-bundle/2x"}, {"unknown": 1}, {"kind": "report"}, {"kind": "nonsense"}, {"kind": None},
        {"period": "2026-13"}, {"period": "2026-Q5"}, {"period": ""}, {"org_code": "43990110"}, {"org_code": 439901102},
        {"seq": -1}, {"seq": "7"}, {"seq": True}, {"created_at": "2026-12-02 01:30"}, {"created_at": "2026-02-30T00:00:00Z"},
        {"created_at": "2026-12-02T01:30:00+00:00"}, {"bundle_id": "x"}, {"generator": {"name": "x"}},
        {"generator": {"name": "x", "version": "1", "more": 1}}, {"signer": []}, {"files": {}}, {"files": [1]},
        {"files": []}, {"counts": {"a": "1"}}, {"counts": {"a": -1}}, {"totals": {"a": True}}, {"totals": []},
        {"entries": {"s": [1, 2]}}, {"entries": {"s": [3, 2, "0" * 64]}}, {"entries": {"s": [1, 2, "0" * 64]}},
        {"acknowledges": {"s": 1}}, {"receipt_no": 1}, {"profile": "gm"}, {"org_name": "石牌\u202e镇"},
        {"org_name": ""}, {"term": "x" * 101}, {"prev_manifest_sha256": "00"}, {"audit_head": "F" * 64},
    ],
)  # fmt: skip
def test_signed_but_not_format_1(tmp_path: Path, fields: Json) -> None:
    assert code(tmp_path, resigned(told(**fields))) is Code.FORMAT


def test_messages_never_show_hidden_characters_of_strangers(tmp_path: Path) -> None:
    outcome = checked(tmp_path, resigned(told(**{"x\u202e\n\u200by": 1})))
    assert "清单项目 xy" in outcome.message


def test_every_field_is_required(tmp_path: Path) -> None:
    for name in sealed().manifest.to_json():
        outcome = checked(tmp_path, resigned(lambda manifest, gone=name: manifest.pop(gone)))
        assert outcome.code is (Code.SCHEMA if name == "schema" else Code.FORMAT)


@pytest.mark.parametrize("schema", [0, -1, "1", None, True])
def test_schema(tmp_path: Path, schema: JsonValue) -> None:
    assert code(tmp_path, resigned(told(schema=schema))) is Code.SCHEMA


@pytest.mark.parametrize("number", ["2", "3", "10"])
def test_newer_format_waits_for_an_upgrade(tmp_path: Path, number: str) -> None:
    outcome = checked(tmp_path, resigned(told(format=f"lianxin-bundle/{number}", surprise=[])))
    assert (outcome.code, outcome.verdict) == (Code.NEWER_FORMAT, Verdict.HOLD)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (first_file(size=1), Code.HASH),
        (first_file(sha256="0" * 64), Code.HASH),
        (first_file(path="03_别的.docx"), Code.MISSING_FILE),
        (first_file(path="../03.docx"), Code.PATH),
        (first_file(path="/etc/passwd"), Code.PATH),
        (first_file(path="02_月报表.xlsx"), Code.DUPLICATE),
        (first_file(path="02_月报表.XLSX"), Code.DUPLICATE),
        (first_file(path="数字签名/manifest.json"), Code.FORMAT),
        (first_file(personal=True), Code.POLICY),
        (first_file(role="data"), Code.FORMAT),
        (first_file(role="attachment"), Code.FORMAT),
        (first_file(media_type="application/pdf"), None),
        (first_file(size="1"), Code.FORMAT),
        (first_file(more=1), Code.FORMAT),
    ],
)
def test_the_list_of_files(tmp_path: Path, change: Callable[[Json], None], expected: Code | None) -> None:
    found = code(tmp_path, resigned(change))
    # A changed list changes 说明.txt too, which `resigned` leaves alone; the step before it must have spoken.
    assert found is (expected or Code.HASH)


@pytest.mark.parametrize(
    ("path", "data", "media_type", "expected"),
    [
        ("a.exe", b"MZ", "application/x-msdownload", Code.TYPE),
        ("a.docx.exe", b"MZ", "text/plain", Code.TYPE),
        ("a.docm", b"PK\x03\x04", "application/vnd.ms-word", Code.TYPE),
        ("a.doc", b"\xd0\xcf\x11\xe0", "application/msword", Code.TYPE),
        ("a", b"x", "text/plain", Code.TYPE),
        (".txt", b"x", "text/plain", Code.TYPE),
        ("a.txt", b"x", "application/pdf", Code.TYPE),
        ("a.html", b"<html>", "text/html", Code.TYPE),
        ("a.pdf", b"MZ\x90\0", "application/pdf", Code.MAGIC),
        ("a.png", b"GIF89a", "image/png", Code.MAGIC),
        ("a.jpg", b"\x89PNG\r\n\x1a\n", "image/jpeg", Code.MAGIC),
        ("a.txt", b"MZ\x90\0\3", "text/plain", Code.MAGIC),
        ("a.csv", b"a,b\0", "text/csv", Code.MAGIC),
        ("a.pdf", b"", "application/pdf", Code.MAGIC),
        ("a.PDF", b"%PDF-1.7\n%%EOF", "application/pdf", Code.SIGNER_UNCONFIRMED),
        ("a.csv", "姓名,电话\r\n".encode("gb18030"), "text/csv", Code.SIGNER_UNCONFIRMED),
        ("图/a.JPG", b"\xff\xd8\xff\xe0", "image/jpeg", Code.SIGNER_UNCONFIRMED),
    ],
)
def test_types_and_true_content(
    tmp_path: Path, path: str, data: bytes, media_type: str, expected: Code
) -> None:
    assert code(tmp_path, with_document(path, data, media_type)) is expected


@pytest.mark.parametrize(
    ("sent", "now", "expected", "warnings"),
    [
        (SENT, SENT, Code.SIGNER_UNCONFIRMED, []),
        (SENT, SENT - timedelta(minutes=50), Code.SIGNER_UNCONFIRMED, []),
        (SENT, SENT - timedelta(hours=2), Code.SIGNER_UNCONFIRMED, [Code.FUTURE_CLOCK]),
        (SENT, SENT + timedelta(days=4000), Code.SIGNER_UNCONFIRMED, [Code.CERT_EXPIRED_SINCE]),
        (START - timedelta(seconds=1), NOW, Code.CERT_TIME, []),
        (START + timedelta(days=4000), NOW, Code.CERT_TIME, []),
    ],
)
def test_times(tmp_path: Path, sent, now, expected: Code, warnings: list[Code]) -> None:
    moment = sent.strftime("%Y-%m-%dT%H:%M:%SZ")
    manifest = sealed().manifest.to_json() | {"created_at": moment}
    documents = [(name.partition("/")[2], data) for name, data in entries_of(sealed().data)[:2]]
    outcome = checked(tmp_path, rebuilt(manifest, documents), now=now)
    assert outcome.code is expected
    assert [warning for warning in outcome.warnings if warning is not outcome.code] == warnings


def test_audience(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(sealed().data)
    assert verify(path, now=NOW, us=frozenset(["439901"])).code is Code.SIGNER_UNCONFIRMED
    assert verify(path, now=NOW, us=frozenset(["439902"])).code is Code.NOT_FOR_US


def sealed_layout(**changes: bytes | None) -> list[tuple[str, bytes]]:
    """The same content in the layout of a sealed bundle, signed by a key no county knows."""
    manifest = parse_strict(sealed().manifest.to_bytes())
    assert isinstance(manifest, dict)
    signed = canonical(manifest | {"kind": "report"}) + b"\n"
    parts: dict[str, bytes | None] = {
        "mimetype": MIMETYPE,
        "manifest.json": signed,
        "signatures/p256.sig": identity().sign(signed),
        "signatures/p256.crt": identity().certificate_pem,
    }
    return [(name, data) for name, data in (parts | changes).items() if data is not None]


def test_sealed_bundles_need_the_county(tmp_path: Path) -> None:
    assert code(tmp_path, zipped(sealed_layout())) is Code.UNTRUSTED_ISSUER
    assert code(tmp_path, zipped(sealed_layout(**{"mimetype": b"application/zip"}))) is Code.FORMAT
    assert code(tmp_path, zipped(sealed_layout(**{"mimetype": None}))) is Code.FORMAT
    assert code(tmp_path, zipped(reversed(sealed_layout()))) is Code.FORMAT
    assert code(tmp_path, zipped(sealed_layout(**{"manifest.json": None}))) is Code.NO_MANIFEST
    assert code(tmp_path, zipped(sealed_layout(**{"signatures/p256.sig": None}))) is Code.NO_SIGNATURE
    assert code(tmp_path, zipped(sealed_layout(**{"manifest.json": b"{}"}))) is Code.BAD_SIGNATURE
