"""On a share or a stick no command writes anything, not even its log."""

from __future__ import annotations

from pathlib import Path

import pytest

from lianxin.bootstrap import home_state
from lianxin.cli.main import run
from lianxin.store import places
from lianxin.store.places import WrongPlace


@pytest.mark.usefixtures("bare")
def test_a_command_and_the_window_refuse_a_stick_before_they_touch_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "U盘" / "连心"
    monkeypatch.setattr(places, "kind_of", lambda _home, _system: "removable")
    for command in (["check"], ["demo"], ["list", "contact"]):
        assert run(["--home", str(home), *command]) == 2
        assert "U盘只用来存备份" in capsys.readouterr().err
    with pytest.raises(WrongPlace):
        home_state(home)
    assert list(tmp_path.iterdir()) == []
