"""Makes the Windows program and its set-up on Linux, and proves the installed copy on a clean Windows (Wine).

Windows Python from PyPI → PyInstaller under Wine → scan of the folder → set-up program and portable zip → a second,
clean prefix: refused on Windows 7, installed, self-tested, photographed, a file exchanged with the Linux build,
removed. What Wine cannot show (input methods, scaling, printers, virus guards) needs a Windows PC.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from pathlib import Path

from package_linux import OUT as LINUX
from windows.crossing import PASSPHRASE, TOWN_HOME, cross
from windows.pack import OUT, ROOT, pack
from windows.proof import install, install_over, refuse_old_windows, self_test, show, uninstall
from windows.proof_in_use import in_use, refuse_places
from windows.windows_python import make_python
from windows.wine_prefix import Prefix, screen

DOWNLOADS = ROOT / "out" / "package" / "downloads"


def build(prefix: Prefix) -> Path:
    """The one folder, made by a Windows Python in this prefix from a copy of the sources on its drive C."""
    work = prefix.drive / "build"
    # All but what is no source: build.spec alone says what of it goes into the folder.
    shutil.copytree(ROOT, work, ignore=shutil.ignore_patterns("__pycache__", ".*", "out", "tests"))
    python = make_python(prefix.drive / "python", DOWNLOADS)
    at = prefix.windows_path
    places = ["--distpath", at(_made(prefix)), "--workpath", at(work / "work"), at(work / "build.spec")]
    prefix.run([python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *places])
    folder = OUT / "lianxin"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.move(_made(prefix) / "lianxin", folder)
    return folder


def _made(prefix: Prefix) -> Path:
    return prefix.drive / "dist"


def prove(setup: Path, display: str) -> None:
    """Everything a clerk does with the set-up program, on a Windows that never saw the build."""
    with tempfile.TemporaryDirectory(prefix="lianxin-windows-") as place:
        prefix = Prefix(Path(place) / "prefix", display)
        prefix.create()
        brought = prefix.drive / "下载" / "setup.exe"
        brought.parent.mkdir()
        shutil.copy(setup, brought)
        refuse_old_windows(prefix, brought)
        folder, seconds = install(prefix, brought)
        print(f"installed in {seconds:.1f} s", flush=True)
        told, seconds = self_test(prefix, folder)
        print(f"self-test passed in {seconds:.1f} s: {json.dumps(told, ensure_ascii=False)}", flush=True)
        seconds = show(prefix, folder, display=display, picture=OUT / "first-start.png")
        print(f"window after {seconds:.1f} s; {(OUT / 'first-start.png').relative_to(ROOT)}", flush=True)
        sample = prefix.drive / "示例"
        prefix.run([folder / "lianxin.exe", "demo", "--home", prefix.windows_path(sample)])
        show(prefix, folder, display=display, picture=OUT / "sample-year.png", home=sample)
        print(f"sample year opened; {(OUT / 'sample-year.png').relative_to(ROOT)}", flush=True)
        if (LINUX / "lianxin" / "lianxin").exists():
            work = prefix.drive / "往来"
            code = cross(prefix, folder / "lianxin.exe", LINUX / "lianxin" / "lianxin", work)
            print(f"a file crossed to the Linux build and the receipt back: {code}", flush=True)
            town, picture = work / TOWN_HOME, OUT / "locked.png"
            in_use(prefix, folder, brought, home=town, display=display, picture=picture)
            print(f"in use: no set-up over it, locked with Windows; {picture.relative_to(ROOT)}", flush=True)
            install_over(prefix, brought, folder)
            prefix.run(
                [folder / "lianxin.exe", "--home", prefix.windows_path(town), "check"], more=PASSPHRASE
            )
            print("a newer copy was kept, an older one replaced; its data are sound", flush=True)
        refuse_places(prefix, folder / "lianxin.exe")
        print("no ledger on a stick or a share", flush=True)
        uninstall(prefix, folder)
        print("removed; data and strangers' files stayed", flush=True)


def make() -> None:
    """Build, scan, pack and prove; say how large it became and how long each step took."""
    OUT.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lianxin-build-") as place, screen() as display:
        prefix = Prefix(Path(place) / "prefix", display)
        prefix.create()
        folder = build(prefix)
    setup = pack(folder)
    with screen() as display:
        prove(setup, display)
    print(f"all of it took {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    make()
