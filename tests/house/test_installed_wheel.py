"""The wheel alone is the whole program: in a fresh environment it sets up, imports, sends and runs the demo."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest
import sqlalchemy

# Makes key files that cost little: they would be most of the time here, and how hard they are to guess is proven
# where they are made. What opens them afterwards is the program as it is.
LIGHT = """
import sys
from lianxin.keys import keyfile
from lianxin.store import passphrase
keyfile.ROUNDS = 2_000
for function in (passphrase.create_keyring, passphrase.change_passphrase):
    function.__kwdefaults__["cost"] = passphrase.Argon2Cost(iterations=1, lanes=1, memory_kib=64)
from lianxin.__main__ import main
sys.exit(main())
"""


@pytest.fixture
def program(built_wheel: Path, tmp_path: Path) -> list[str]:
    """A command line of the installed wheel, far from the checkout."""
    made = venv.EnvBuilder(with_pip=False)
    made.create(tmp_path / "fresh")
    python = tmp_path / "fresh" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    target = tmp_path / "fresh" / "program"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--no-deps", "--no-index", "--target", target,
         built_wheel],
        check=True,
    )  # fmt: skip
    return [str(python), "-m", "lianxin", "--home", str(tmp_path / "home")]


def test_the_installed_wheel_does_the_main_job(program: list[str], tmp_path: Path) -> None:
    # The libraries are those of this environment; an editable install of ours is not seen through a path entry.
    libraries = Path(sqlalchemy.__file__).parent.parent
    surroundings = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(tmp_path / "fresh" / "program"), str(libraries)]),
        "LIANXIN_PASSPHRASE": "口令",
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "LOCALAPPDATA": str(tmp_path / "state"),
    }

    def told(*words: str) -> list[dict[str, object]]:
        start = [program[0], "-c", LIGHT, *program[3:]] if words[0] in ("init", "demo") else program
        done = subprocess.run(
            [*start, *words, "--json"], capture_output=True, env=surroundings, cwd=tmp_path, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return [json.loads(line) for line in done.stdout.decode().splitlines()]

    where = subprocess.run(
        [program[0], "-c", "import lianxin, lianxin.installed as i; print(lianxin.__file__); print(i.samples_dir())"],
        capture_output=True, env=surroundings, cwd=tmp_path, check=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    assert all(str(tmp_path / "fresh" / "program") in line for line in where)
    told("init", "--role", "township", "--code", "439901102", "--name", "石牌镇人大")
    ledger = next(Path(where[1]).glob("*接待群众台账.xlsx"))
    counts = told("import", "contact", str(ledger))[-1]["counts"]
    assert isinstance(counts, dict)
    assert counts["visits"] == 126
    sent = told("send", "--period", "2025-12", "--to", str(tmp_path / "out"))
    assert told("verify", str(sent[0]["path"]))[0]["code"] == "W507"

    # The demo needs neither a passphrase nor any other program.
    surroundings["PATH"] = str(tmp_path / "no programs")
    del surroundings["LIANXIN_PASSPHRASE"]
    lines = told("demo", "--home", str(tmp_path / "demo"))
    assert [line["verdict"] for line in lines if line["step"] in ("receive", "accept", "verify")] == [
        "ACCEPT"
    ] * 5
