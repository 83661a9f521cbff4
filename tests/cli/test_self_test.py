"""`self-test` proves a copy of the program whole, and says which part does not work."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from lianxin.bootstrap import App
from lianxin.cli.main import run
from lianxin.ui.self_check import WindowUnsound, window_proofs
from lianxin.ui.theme import apply_theme


@pytest.mark.usefixtures("bare")
def test_a_sound_copy_passes_every_proof_and_leaves_nothing_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], qapp: QApplication
) -> None:
    apply_theme(qapp)
    status = run(["self-test", "--json"], prove_window=window_proofs)
    *checks, whole = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each for each in checks if not each["ok"]] == []
    asked = {"database", "migrations", "search", "keys", "send", "verify", "documents", "long paths"}
    asked |= {"plug-ins", "fonts", "image formats", "window"}
    assert asked <= {each["check"] for each in checks}
    assert (status, whole["ok"], whole["failed"], whole["frozen"]) == (0, True, [], False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("bare")
def test_what_does_not_work_is_named_and_the_rest_is_still_proved(capsys: pytest.CaptureFixture[str]) -> None:
    def broken(_app: App) -> Iterator[tuple[str, Callable[[], str]]]:
        def fail() -> str:
            raise WindowUnsound("这台电脑没有中文字体")

        yield "fonts", fail
        yield "svg", lambda: "图表可画"
        # As a library does that is not there: every proof after it is lost, not the ones before.
        raise ImportError("DLL load failed while importing QtSvg")

    assert run(["self-test"], prove_window=broken) == 1
    said = capsys.readouterr().out
    assert "没有通过　fonts：这台电脑没有中文字体" in said and "通过　svg" in said
    assert said.rstrip().endswith("自检有2项没有通过：fonts、window parts。请重新安装本程序")
