"""A county that has never heard of us checks a 普通报送 with unzip, openssl and sha256sum alone."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

import pytest

from tests.bundle.plain_bundles import FOLDER, replaced, sealed


def run(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True)
    return done.stdout


def unpacked(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / sealed().file_name
    path.write_bytes(data)
    run("unzip", "-q", str(path), cwd=tmp_path)
    return tmp_path / FOLDER / "数字签名"


def test_file_is_named_and_laid_out_for_people(tmp_path: Path) -> None:
    assert sealed().file_name == "报送材料_石牌镇_2026年11月.zip"
    folder = unpacked(tmp_path, sealed().data)
    assert sorted(path.name for path in folder.parent.iterdir()) == [
        "01_报送函.docx",
        "02_月报表.xlsx",
        "数字签名",
    ]
    assert sorted(path.name for path in folder.iterdir()) == [
        "manifest.json",
        "p256.crt",
        "p256.sig",
        "说明.txt",
    ]


def test_signature_and_every_hash_with_stock_programs(tmp_path: Path) -> None:
    folder = unpacked(tmp_path, sealed().data)
    key = run("openssl", "x509", "-in", "p256.crt", "-pubkey", "-noout", cwd=folder)
    (tmp_path / "pub.pem").write_text(key)
    verified = run(
        "openssl", "dgst", "-sha256", "-verify", str(tmp_path / "pub.pem"), "-signature", "p256.sig",
        "manifest.json", cwd=folder,
    )  # fmt: skip
    assert verified.strip() == "Verified OK"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest["files"]) == 2
    for listed in manifest["files"]:
        printed = run("sha256sum", listed["path"], cwd=folder.parent)
        assert printed.split()[0] == listed["sha256"]
    digest = run("sha256sum", "manifest.json", cwd=folder).split()[0]
    assert digest[:32] == sealed().check_code.replace(" ", "")
    assert str(int(digest, 16)).zfill(78)[:20] == sealed().spoken_code.replace(" ", "")
    fingerprint = run("openssl", "x509", "-in", "p256.crt", "-noout", "-fingerprint", "-sha256", cwd=folder)
    assert fingerprint.strip().split("=")[1].replace(":", "").lower() == manifest["signer"]["cert_sha256"]


def test_openssl_sees_a_changed_manifest(tmp_path: Path) -> None:
    folder = unpacked(tmp_path, replaced("manifest.json", lambda data: data.replace(b'"seq":7', b'"seq":8')))
    key = run("openssl", "x509", "-in", "p256.crt", "-pubkey", "-noout", cwd=folder)
    (tmp_path / "pub.pem").write_text(key)
    with pytest.raises(subprocess.CalledProcessError):
        run(
            "openssl", "dgst", "-sha256", "-verify", str(tmp_path / "pub.pem"), "-signature", "p256.sig",
            "manifest.json", cwd=folder,
        )  # fmt: skip


def test_the_lines_printed_in_the_instructions_work_as_they_stand(tmp_path: Path) -> None:
    folder = unpacked(tmp_path, sealed().data)
    raw = (folder / "说明.txt").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    text = raw.decode("utf-8-sig")
    assert "数字签名不能代替签字盖章" in text
    lines = [line.strip() for line in text.splitlines() if line.startswith("    ")]
    windows = [line for line in lines if line.startswith("certutil")]
    assert windows[1] == 'certutil -hashfile "..\\01_报送函.docx" SHA256'
    script = "\n".join(
        line.replace("/tmp/pub.pem", f"'{tmp_path}/p.pem'") for line in lines if line not in windows
    )
    printed = run("bash", "-euc", script, cwd=folder)
    expected = [hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()]
    expected += [listed.sha256 for listed in sealed().manifest.files]
    assert printed.splitlines()[0] == "Verified OK"
    assert [line.split()[0] for line in printed.splitlines()[1:]] == expected
