"""The set-up program and the portable zip of one folder: called by package_windows.py here, run by hand on a Windows PC."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from sizes import lines_of, size_of
from version import version
from windows.banner import draw_banner
from windows.payload import scan

ROOT = Path(__file__).resolve().parent.parent.parent
OUT = ROOT / "out" / "package" / "windows"
SCRIPT = ROOT / "installer" / "windows" / "lianxin.nsi"
ICON = ROOT / "installer" / "lianxin.ico"
PORTABLE = ROOT / "installer" / "windows" / "免安装说明.txt"


def pack(folder: Path) -> Path:
    """Looks the folder over, packs it both ways, says how large all became; the set-up program. Raises PayloadUnsound."""
    print(*lines_of(folder), f"{scan(folder)} programs and libraries looked at", sep="\n", flush=True)
    setup = _pack_setup(folder)
    for packed in (setup, _pack_portable(folder)):
        print(f"packed   {size_of(packed) / 2**20:7.1f} MiB  {packed.relative_to(ROOT)}", flush=True)
    return setup


def _pack_setup(folder: Path) -> Path:
    target = OUT / f"连心-{version()}-安装.exe"
    with tempfile.TemporaryDirectory() as place:
        banner = Path(place) / "banner.bmp"
        draw_banner(banner)
        names = {"VERSION": version(), "SOURCE": folder, "TARGET": target, "ICON": ICON, "BANNER": banner}
        told = [f"-D{name}={value}" for name, value in names.items()]
        # NSIS for Windows has the 64-bit target only in an edition of its own.
        plain = ["-DPLAIN_TARGET"] if sys.platform == "win32" else []
        subprocess.run([_makensis(), "-V2", "-INPUTCHARSET", "UTF8", *plain, *told, SCRIPT], check=True)
    return target


def _makensis() -> str:
    """NSIS, which its installer for Windows does not put on the path. Raises SystemExit."""
    places = [os.environ.get(name, "") for name in ("PROGRAMFILES(X86)", "PROGRAMFILES")]
    found = shutil.which("makensis") or next(
        (
            str(tool)
            for place in places
            if place and (tool := Path(place) / "NSIS" / "makensis.exe").is_file()
        ),
        None,
    )
    if found is None:
        raise SystemExit("NSIS is not installed: the folder is ready, the set-up program was not made.")
    return found


def _pack_portable(folder: Path) -> Path:
    """The same folder as a zip for offices that may not install anything, with a note how."""
    target = OUT / f"连心-{version()}-免安装.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.write(PORTABLE, f"连心/{PORTABLE.name}")
        for file in sorted(folder.rglob("*")):
            archive.write(file, Path("连心") / file.relative_to(folder))
    return target


if __name__ == "__main__":
    pack(OUT / "lianxin")
