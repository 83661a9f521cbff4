"""What `--trust` takes: a root certificate however it was saved, or the county's answer."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from lianxin.bundle.codes import Code
from lianxin.bundle.trust_files import trust_from
from lianxin.bundle.verdicts import Refused
from lianxin.cli.main import run
from tests.corpus.drafts import Draft
from tests.corpus.shelves import FOLDER
from tests.corpus.valid import profile
from tests.corpus.world import NOW, STRANGER, desk, revocations, root

ROOT = root().certificate_pem


@pytest.mark.parametrize(
    "saved",
    [
        ROOT,
        ROOT.replace(b"\n", b"\r\n"),
        b"subject=CN = county\n" + ROOT + b"\n",
        root().certificate.public_bytes(Encoding.DER),
    ],
    ids=["as made", "by Notepad", "with words", "by Windows"],
)
def test_a_root_certificate(tmp_path: Path, saved: bytes) -> None:
    (tmp_path / "根.crt").write_bytes(saved)
    trust = trust_from(tmp_path / "根.crt", now=NOW)
    assert (trust.root_pem, trust.crl) == (ROOT, None)


def test_the_county_answer_brings_root_and_list() -> None:
    trust = trust_from(FOLDER / "valid" / "profile.zip", now=NOW)
    assert trust.root_pem == ROOT
    assert trust.crl is not None and b"X509 CRL" in trust.crl


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (desk().certificate_pem, Code.UNTRUSTED_ISSUER),
        (ROOT + ROOT, Code.BAD_CERT),
        (b"garbage", Code.BAD_CERT),
        (b"", Code.BAD_CERT),
        (Draft().sealed(), Code.UNTRUSTED_ISSUER),
        (profile(crl=revocations(1, by=STRANGER)).sealed(), Code.BAD_CRL),
        (profile(files=profile().files[1:]).sealed(), Code.MISSING_FILE),
        (profile().sealed()[:-1], Code.CORRUPT),
    ],
    ids=["a desk", "two", "garbage", "empty", "a report", "a forged list", "an answer without root", "cut"],
)
def test_what_is_no_trust(tmp_path: Path, data: bytes, code: Code) -> None:
    (tmp_path / "不行").write_bytes(data)
    with pytest.raises(Refused) as refusal:
        trust_from(tmp_path / "不行", now=NOW)
    assert refusal.value.code is code


def test_verify_takes_either(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "root.crt").write_bytes(ROOT)
    files = [str(FOLDER / "valid" / name) for name in ("report.zip", "receipt.zip")]
    for trust in (tmp_path / "root.crt", FOLDER / "valid" / "profile.zip"):
        assert run(["verify", *files, "--trust", str(trust), "--json"]) == 0
        told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [line["code"] for line in told] == ["E000", "E000"]
    assert run(["verify", *files, "--json"]) == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["code"] for line in told] == ["E304", "E304"]


def test_stock_programs_agree_on_signature_chain_and_hashes(tmp_path: Path) -> None:
    """The way of bundle-format.md without our program, on a report of the corpus."""
    (tmp_path / "county-root.crt").write_bytes(ROOT)
    steps = f"""
        unzip -q {FOLDER / "valid" / "report.zip"}
        openssl verify -CAfile county-root.crt signatures/p256.crt
        openssl x509 -in signatures/p256.crt -pubkey -noout > key.pub
        openssl dgst -sha256 -verify key.pub -signature signatures/p256.sig manifest.json
        sha256sum data/journal.jsonl
    """
    said = subprocess.run(
        ["sh", "-ec", steps], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    assert "signatures/p256.crt: OK" in said and "Verified OK" in said
    manifest = json.loads((tmp_path / "manifest.json").read_bytes())
    assert manifest["files"][0]["sha256"] in said
