"""A township made by `init`, with its own per-user folder, opened by the passphrase of the environment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import Commands
from tests.county.offices import few_rounds
from tests.store.light_passphrase import light_passphrases


@pytest.fixture(scope="package", autouse=True)
def light() -> Iterator[None]:
    """Every command opens the ledger anew: with the key files of the program that alone takes two minutes."""
    with light_passphrases(), few_rounds():
        yield


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Commands:
    """Commands on a folder that holds nothing yet."""
    monkeypatch.setenv("LIANXIN_PASSPHRASE", "清江 石牌")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))
    return Commands(tmp_path / "home", capsys)


@pytest.fixture
def township(bare: Commands) -> Commands:
    """石牌镇, set up and empty."""
    said = bare("init", "--role", "township", "--code", "439901102", "--name", "清江县石牌镇人大主席团")
    assert said.status == 0
    return bare
