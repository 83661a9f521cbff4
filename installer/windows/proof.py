"""The set-up program proven on a clean Windows: refused, installed, tested from inside, looked at, taken off again."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path

from windows.wine_prefix import Prefix, photograph, until

CHINESE_FOLDER = "连心（石牌镇）"
TOO_OLD, RUNNING, NEWER_HERE = 3, 4, 5
UNINSTALL_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Lianxin"
WINDOW_SECONDS = 120
TITLE = "连心"
DATA = "AppData/Local/lianxin"


@dataclass(frozen=True)
class Proof:
    """What was seen: seconds of the silent set-up, of the self-test and until a window stood; the last self-test line."""

    install: float
    self_test: float
    window: float
    told: dict[str, object]


def install(prefix: Prefix, setup: Path) -> tuple[Path, float]:
    """Runs the set-up without a question into a folder with a Chinese name; the folder and the seconds it took."""
    folder = prefix.drive / CHINESE_FOLDER
    began = time.monotonic()
    # NSIS takes what follows /D= to the end of the line as the folder, without quotes.
    prefix.run([setup, "/S", f"/D={prefix.windows_path(folder)}"])
    seconds = time.monotonic() - began
    for name in ("连心.exe", "lianxin.exe", "卸载连心.exe"):
        if not (folder / name).is_file():
            raise SystemExit(f"the set-up did not bring {name}")
    return folder, seconds


def self_test(prefix: Prefix, folder: Path) -> tuple[dict[str, object], float]:
    """The installed program tests itself; its last line and the seconds. Raises SystemExit."""
    began = time.monotonic()
    done = prefix.run([folder / "lianxin.exe", "self-test", "--json"], expect=None)
    seconds = time.monotonic() - began
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines or not lines[-1]["frozen"] or lines[-1]["platform"] != "windows":
        raise SystemExit(
            f"the installed program failed its self-test ({done.returncode}):\n{done.stdout}{done.stderr}"
        )
    return lines[-1], seconds


def show(prefix: Prefix, folder: Path, *, display: str, picture: Path, home: Path | None = None) -> float:
    """Starts the installed program as a double-click does and photographs it; seconds until its window stood."""
    more = ["--home", prefix.windows_path(home)] if home else []
    with prefix.running([folder / "连心.exe", *more]):
        seconds = until(WINDOW_SECONDS, display=display, title=TITLE)
        if seconds is None:
            photograph(display, picture)
            raise SystemExit(f"no window came in {WINDOW_SECONDS} seconds; see {picture}")
        # The first frame is there before what it shows is loaded.
        time.sleep(12)
        photograph(display, picture)
    return seconds


def refuse_old_windows(prefix: Prefix, setup: Path) -> None:
    """On Windows 7 the set-up ends with its own status and leaves nothing. Raises SystemExit."""
    prefix.set_version("win7")
    folder = prefix.drive / "不该装上"
    prefix.run([setup, "/S", f"/D={prefix.windows_path(folder)}"], expect=TOO_OLD)
    if folder.exists():
        raise SystemExit("the set-up left files on a Windows it refused")
    prefix.set_version("win10")


def install_over(prefix: Prefix, setup: Path, folder: Path) -> None:
    """A newer copy is not replaced by this one, an older or damaged one is. Raises SystemExit."""
    again = [setup, "/S", f"/D={prefix.windows_path(folder)}"]
    part = folder / "_internal" / "PySide6" / "Qt6Core.dll"
    for version, status in (("99.0.0", NEWER_HERE), ("0.0.1", 0)):
        part.unlink(missing_ok=True)
        prefix.run(["reg", "add", UNINSTALL_KEY, "/v", "DisplayVersion", "/d", version, "/f"])
        prefix.run(again, expect=status)
        if part.is_file() != (status == 0):
            raise SystemExit(
                f"over version {version} the set-up did {'nothing' if status == 0 else 'something'}"
            )


def uninstall(prefix: Prefix, folder: Path) -> None:
    """Takes the program off; what the user has stays, byte for byte. Raises SystemExit."""
    data = prefix.user / DATA / "台账.txt"
    strange = folder / "我自己放的.txt"
    for file in (data, strange):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("不能动", encoding="utf-8")
    prefix.run([folder / "卸载连心.exe", "/S", f"_?={prefix.windows_path(folder)}"])
    left = sorted(str(each.relative_to(folder)) for each in folder.rglob("*"))
    # Run from where it lies, as here, the uninstaller cannot take away itself.
    if [each for each in left if each not in (strange.name, "卸载连心.exe")]:
        raise SystemExit(f"the uninstaller left {left}")
    for file in (data, strange):
        if not file.is_file() or file.read_text(encoding="utf-8") != "不能动":
            raise SystemExit(f"the uninstaller touched {file}")
    for ending in (".lxbak", ".age"):
        prefix.run(["reg", "query", rf"HKCU\Software\Classes\{ending}"], expect=1)
