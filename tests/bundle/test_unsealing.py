"""What is decrypted lies privately, within limits, and is gone afterwards, whatever happened."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from lianxin.bundle.checking import checked
from lianxin.bundle.codes import Code
from lianxin.bundle.limits import Limits
from lianxin.bundle.unsealing import sweep
from lianxin.bundle.verdicts import Refused
from lianxin.bundle.verifying import verify
from lianxin.keys.sealed_for import decrypt
from tests.corpus.age_files import secret_of
from tests.corpus.shelves import FOLDER
from tests.corpus.world import COUNTY, NOW, settings

PRIVATE = FOLDER / "valid" / "report-private.zip.age"
TRUST = settings()["county"].trust


def opened(source: BinaryIO, target: BinaryIO) -> None:
    decrypt(source, target, secret_of(COUNTY))


def test_nothing_is_left_after_reading(tmp_path: Path) -> None:
    with checked(PRIVATE, now=NOW, trust=TRUST, decrypt=opened, scratch=tmp_path / "opening") as found:
        assert [value.field for value in found.values()] == ["name", "phone"]
        assert sum(1 for _ in found.entries()) == 4
    assert list((tmp_path / "opening").iterdir()) == []


def test_nothing_is_left_when_the_reader_fails(tmp_path: Path) -> None:
    with (
        pytest.raises(ZeroDivisionError),
        checked(PRIVATE, now=NOW, trust=TRUST, decrypt=opened, scratch=tmp_path),
    ):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_larger_plaintext_than_a_bundle_may_be(tmp_path: Path) -> None:
    def endless(_source: BinaryIO, target: BinaryIO) -> None:
        for _ in range(64):
            target.write(bytes(64 * 1024))

    limits = Limits(zip_size=256 * 1024)
    found = verify(PRIVATE, now=NOW, trust=TRUST, limits=limits, decrypt=endless, scratch=tmp_path)
    assert found.code is Code.TOO_BIG
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("fault", [ValueError("x"), OSError(28, "full"), RuntimeError()])
def test_whatever_decryption_raises_means_that_it_does_not_open(tmp_path: Path, fault: Exception) -> None:
    def failing(_source: BinaryIO, target: BinaryIO) -> None:
        target.write(b"half")
        raise fault

    found = verify(PRIVATE, now=NOW, trust=TRUST, decrypt=failing, scratch=tmp_path)
    assert found.code is Code.CANNOT_DECRYPT
    assert found.manifest is None
    assert list(tmp_path.iterdir()) == []


def test_a_killed_process_leaves_nothing_that_stays(tmp_path: Path) -> None:
    """Killed while a decrypted bundle was open; what a system without nameless files leaves is swept."""
    words = f"""
import os, pathlib, signal
from tests.bundle.test_unsealing import NOW, PRIVATE, TRUST, checked, opened
with checked(PRIVATE, now=NOW, trust=TRUST, decrypt=opened, scratch={str(tmp_path)!r}) as found:
    next(found.entries())
    os.kill(os.getpid(), signal.SIGTERM)
"""
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", words], cwd=root, check=False).returncode != 0
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_sweeping_takes_only_what_opening_left(tmp_path: Path) -> None:
    (tmp_path / "opening-abc").write_bytes(b"PK")
    (tmp_path / "台账.xlsx").write_bytes(b"PK")
    sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["台账.xlsx"]
    sweep(tmp_path / "not there")


def test_entries_are_refused_while_they_are_read(tmp_path: Path) -> None:
    broken = FOLDER / "invalid" / "chain-broken.zip"
    with checked(broken, now=NOW, trust=TRUST) as found, pytest.raises(Refused) as refusal:
        list(found.entries())
    assert refusal.value.code is Code.BAD_ENTRY
    assert "第3行" in refusal.value.detail
