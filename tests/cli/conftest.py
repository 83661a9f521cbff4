"""A township made by `init`, with its own per-user folder, opened by the passphrase of the environment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from lianxin.bootstrap import FIRST_ACTOR, surroundings, unlock
from lianxin.cli.main import run
from tests.cli.running import Commands
from tests.keys.light_key_files import few_rounds
from tests.store.kept_ledger import KeptLedger, quick_ledgers
from tests.store.light_passphrase import light_passphrases

PASSPHRASE = "清江 石牌"


@pytest.fixture(autouse=True)
def light() -> Iterator[None]:
    """Every command opens the ledger anew: with the key files of the program that alone takes two minutes.

    `set_up` makes a ledger in full.
    """
    with light_passphrases(), few_rounds(), quick_ledgers():
        yield


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Commands:
    """Commands on a folder that holds nothing yet."""
    _own_computer(monkeypatch, tmp_path)
    return Commands(tmp_path / "home", capsys)


@pytest.fixture
def township(bare: Commands, set_up: KeptLedger) -> Commands:
    """石牌镇, set up and empty."""
    set_up.lay_down(bare.home, surroundings(), Random()).close()
    return bare


@pytest.fixture(scope="session")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> KeptLedger:
    """What `init` made, once a run."""
    folder = tmp_path_factory.mktemp("township")
    with pytest.MonkeyPatch.context() as patch, light_passphrases(), few_rounds():
        _own_computer(patch, folder)
        home = folder / "home"
        words = ("init", "--role", "township", "--code", "439901102", "--name", "清江县石牌镇人大主席团")
        assert run(["--home", str(home), *words]) == 0
        store = unlock(home, PASSPHRASE).desk.store
        return KeptLedger.of(store, surroundings(), Random(), actor=FIRST_ACTOR)


def _own_computer(patch: pytest.MonkeyPatch, folder: Path) -> None:
    patch.setenv("LIANXIN_PASSPHRASE", PASSPHRASE)
    patch.setenv("XDG_STATE_HOME", str(folder / "state"))
    patch.setenv("LOCALAPPDATA", str(folder / "state"))
