"""Makes the one-folder Linux program and proves it: the built copy tests itself away from this checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

from sizes import lines_of, size_of

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out" / "package" / "linux"


def build() -> Path:
    """Runs PyInstaller with this Python, which must have what package.lock lists; the folder of the program."""
    shutil.rmtree(OUT, ignore_errors=True)
    command: list[str | Path] = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    places: list[str | Path] = ["--distpath", OUT, "--workpath", OUT / "work", ROOT / "build.spec"]
    subprocess.run([*command, *places], check=True, cwd=ROOT)
    shutil.rmtree(OUT / "work")
    return OUT / "lianxin"


def prove(program: Path) -> dict[str, object]:
    """Moves a copy elsewhere and lets it test itself without this checkout, its environment or a home.

    Raises SystemExit when a proof fails; answers the line of the whole with the seconds it took.
    """
    with tempfile.TemporaryDirectory(prefix="lianxin（免安装）") as folder:
        place = Path(folder) / "连心"
        shutil.copytree(program, place, symlinks=True)
        environment = {
            "HOME": folder, "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin",
            "QT_QPA_PLATFORM": os.environ.get("LIANXIN_PROVE_ON", "offscreen"),
            **({"DISPLAY": os.environ["DISPLAY"]} if "DISPLAY" in os.environ else {}),
        }  # fmt: skip
        began = time.monotonic()
        done = subprocess.run(
            [place / "lianxin", "self-test", "--json"],
            env=environment, cwd=folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        seconds = time.monotonic() - began
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode or not lines or not lines[-1]["frozen"]:
        sys.exit(f"the built program failed its self-test ({done.returncode}):\n{done.stdout}{done.stderr}")
    return {**lines[-1], "seconds": round(seconds, 1)}


def pack(program: Path) -> Path:
    """The folder as one .tar.xz to hand out."""
    target = OUT / "lianxin-linux-x86_64.tar.xz"
    with tarfile.open(target, "w:xz") as archive:
        archive.add(program, "lianxin")
    return target


def make() -> None:
    """Build, prove, pack, and say how large it became and how long it took to prove itself."""
    program = build()
    proved = prove(program)
    packed = pack(program)
    print(*lines_of(program), sep="\n")
    print(f"archive  {size_of(packed) / 2**20:7.1f} MiB  {packed.relative_to(ROOT)}")
    print(f"self-test passed in {proved['seconds']} s: {json.dumps(proved, ensure_ascii=False)}")


if __name__ == "__main__":
    make()
