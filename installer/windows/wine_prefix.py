"""A Wine prefix that passes for a clerk's Windows 10, on a screen of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

GAPS = Path(__file__).resolve().parent / "wine_gaps"
COMPILER = "x86_64-w64-mingw32-gcc"
SCREEN = "1366x768x24"
FONT = "WenQuanYi Micro Hei"
CHINESE_FAMILIES = (
    *("MS Shell Dlg", "MS Shell Dlg 2", "Tahoma", "SimSun", "宋体"),
    *("Microsoft YaHei", "微软雅黑", "Microsoft YaHei UI"),
)
_FONT_KEYS = (
    r"HKLM\Software\Microsoft\Windows NT\CurrentVersion\FontSubstitutes",
    r"HKCU\Software\Wine\Fonts\Replacements",
)


class Prefix:
    """One Windows: where its drive C lies, and how programs are run in it."""

    def __init__(self, place: Path, display: str) -> None:
        self.place = place
        self._environment = {
            **os.environ, "WINEPREFIX": str(place), "DISPLAY": display, "LC_ALL": "C.UTF-8", "WINEDEBUG": "-all",
            # Neither .NET nor a browser is asked for; of mscms only our stand-in has what Qt calls.
            "WINEDLLOVERRIDES": "mscoree,mshtml=;mscms=n",
        }  # fmt: skip

    def create(self, *, version: str = "win10") -> None:
        """Makes it anew: the version Windows says it is, Chinese letters in dialogs, what Wine 8 lacks."""
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir(parents=True)
        self.run(["wineboot", "-i"], launcher=())
        self.set_version(version)
        for key in _FONT_KEYS:
            for family in CHINESE_FAMILIES:
                self.run(["reg", "add", key, "/v", family, "/d", FONT, "/f"])
        self.wait()
        for source in sorted(GAPS.glob("*.c")):
            target = self.drive / "windows" / "system32" / f"{source.stem}.dll"
            subprocess.run(
                [COMPILER, "-shared", "-O2", "-nostartfiles", "-Wl,-e,0", "-o", target, source, "-ladvapi32"],
                check=True,
            )

    def set_version(self, version: str) -> None:
        """Which Windows it passes for: win10, win7."""
        # As its own settings program does it: what programs are told, and what the registry says.
        self.run(["winecfg", "/v", version])
        self.wait()

    def give_drive(self, letter: str, kind: str) -> Path:
        """Another drive of a kind Wine knows (floppy, which is anything removable, network, hd); its folder outside."""
        folder = self.place / f"drive_{letter}"
        folder.mkdir()
        (self.place / "dosdevices" / f"{letter}:").symlink_to(folder)
        self.run(["reg", "add", r"HKLM\Software\Wine\Drives", "/v", f"{letter}:", "/d", kind, "/f"])
        # What kind a drive is, is asked once in the life of a Windows.
        self.run(["wineserver", "-k"], launcher=(), expect=None)
        self.wait()
        return folder

    @property
    def drive(self) -> Path:
        """Drive C as a folder."""
        return self.place / "drive_c"

    @property
    def user(self) -> Path:
        """The home of the one user."""
        return next(each for each in (self.drive / "users").iterdir() if each.name != "Public")

    def run(
        self,
        command: Sequence[str | Path],
        *,
        launcher: Sequence[str] = ("wine",),
        expect: int | None = 0,
        more: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Runs a Windows program to its end. `expect` None takes any status, else another raises SystemExit."""
        done = subprocess.run(
            [*launcher, *map(str, command)],
            env={**self._environment, **(more or {})},
            # A Windows program under Wine wants nothing to read and a pipe to write to.
            stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
        )  # fmt: skip
        if expect is not None and done.returncode != expect:
            raise SystemExit(
                f"{command[0]} ended with {done.returncode}, not {expect}:\n{done.stdout}{done.stderr}"
            )
        return done

    @contextmanager
    def running(
        self, command: Sequence[str | Path], *, more: Mapping[str, str] | None = None
    ) -> Iterator[subprocess.Popen[bytes]]:
        """A Windows program with a window, closed by force at the end."""
        process = subprocess.Popen(
            ["wine", *map(str, command)],
            env={**self._environment, **(more or {})}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            yield process
        finally:
            self.run(["wineserver", "-k"], launcher=(), expect=None)
            process.communicate()

    def wait(self) -> None:
        """Until every Windows program has ended and the registry lies on disk."""
        self.run(["wineserver", "-w"], launcher=())

    def windows_path(self, place: Path) -> str:
        """What Windows calls a file of drive C."""
        return "C:\\" + str(place.relative_to(self.drive)).replace("/", "\\")


@contextmanager
def screen() -> Iterator[str]:
    """A virtual screen as small as the smallest one in an office; answers its display name."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"],
        pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            yield f":{said.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def until(seconds: float, *, display: str, title: str) -> float | None:
    """Seconds until a window of this title is on the screen; None when it does not come in time."""
    began = time.monotonic()
    while (waited := time.monotonic() - began) < seconds:
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", title],
            env={**os.environ, "DISPLAY": display}, capture_output=True, check=False,
        )  # fmt: skip
        if found.stdout.strip():
            return waited
        time.sleep(0.1)
    return None


def photograph(display: str, to: Path) -> None:
    """What is on the screen, as a picture."""
    to.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["import", "-window", "root", to], env={**os.environ, "DISPLAY": display}, check=True)
