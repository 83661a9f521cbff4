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


@pytest.mark.usefixtures("bare")
def test_a_library_that_is_not_there_is_said_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_home: Path, _words: str | None, _file: Path | None) -> int:
        raise ImportError("libEGL.so.1: cannot open shared object file")

    assert run(["--home", str(tmp_path)], window=broken) == 2
    assert "libegl1" in (said := capsys.readouterr().err) and "数据没有改动" in said
