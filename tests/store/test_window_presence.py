"""A window is known to live exactly as long as it does, however it ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lianxin.store.window_presence import WindowPresence, is_open

_WINDOW = """
import sys, os
from pathlib import Path
from lianxin.store.window_presence import WindowPresence
presence = WindowPresence(Path(sys.argv[1]), "w1")
print("open", flush=True)
sys.stdin.readline()
if sys.argv[2] == "crash":
    os._exit(9)
presence.close()
"""


@pytest.mark.parametrize("end", ["close", "crash"])
def test_a_window_of_another_program(tmp_path: Path, end: str) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", _WINDOW, str(tmp_path), end],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    assert is_open(tmp_path, "w1")
    child.communicate("\n", timeout=30)
    assert not is_open(tmp_path, "w1")
    assert list((tmp_path / "windows").iterdir()) == []


def test_two_windows_of_one_program(tmp_path: Path) -> None:
    first, second = WindowPresence(tmp_path, "w1"), WindowPresence(tmp_path, "w2")
    assert is_open(tmp_path, "w1")
    first.close()
    first.close()
    assert (is_open(tmp_path, "w1"), is_open(tmp_path, "w2")) == (False, True)
    second.close()


def test_a_window_never_seen_is_not_open_and_a_path_is_no_window(tmp_path: Path) -> None:
    assert not is_open(tmp_path, "never")
    with pytest.raises(ValueError, match="letters"):
        is_open(tmp_path, "../ledger")
