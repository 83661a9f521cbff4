"""A township made by `init`, with its own per-user folder, opened by the passphrase of the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import Commands


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
