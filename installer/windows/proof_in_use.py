"""What the installed program does on a Windows in use: places it refuses, the locked session, a set-up while it runs."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from windows.crossing import PASSPHRASE, TOWN
from windows.proof import RUNNING, TITLE, WINDOW_SECONDS
from windows.wine_prefix import COMPILER, Prefix, photograph, until

LOCKER = Path(__file__).resolve().parent / "lock_session.c"
LOCKED = "已锁定"
WRONG_USE = 2
STICK, SHARE = "d", "e"
REFUSED = {
    "D:\\连心": "U盘", r"\\?\D:\连心": "U盘", "E:\\连心": "网络共享文件夹", r"\\server\人大\连心": "网络共享文件夹",
}  # fmt: skip
"""Data folders and the word of the refusal that names where they lie."""


def refuse_places(prefix: Prefix, program: Path) -> None:
    """No ledger is begun on a stick or a share, and nothing is written there. Raises SystemExit."""
    drives = [prefix.give_drive(STICK, "floppy"), prefix.give_drive(SHARE, "network")]
    role, code, name = TOWN
    for home, word in REFUSED.items():
        begin = [program, "--home", home, "init", "--role", role, "--code", code, "--name", name]
        said = prefix.run(begin, expect=WRONG_USE, more=PASSPHRASE).stderr
        if word not in said or [*drives[0].iterdir(), *drives[1].iterdir()]:
            raise SystemExit(f"{home} was not refused as it should be: {said}")


def in_use(prefix: Prefix, folder: Path, setup: Path, *, home: Path, display: str, picture: Path) -> None:
    """While the window is open set-up and uninstaller keep their hands off; with the session it locks. Raises SystemExit."""
    locker = prefix.drive / "lock_session.exe"
    subprocess.run([COMPILER, "-municode", "-O2", "-o", locker, LOCKER], check=True)
    command = [folder / "连心.exe", "--home", prefix.windows_path(home)]
    with prefix.running(command, more=PASSPHRASE):
        if until(WINDOW_SECONDS, display=display, title=TITLE) is None:
            raise SystemExit("no window to lock")
        where = prefix.windows_path(folder)
        prefix.run([setup, "/S", f"/D={where}"], expect=RUNNING)
        prefix.run([folder / "卸载连心.exe", "/S", f"_?={where}"], expect=RUNNING)
        began = time.monotonic()
        # The first frame has the same title, and nothing to lock yet.
        while until(2, display=display, title=LOCKED) is None:
            prefix.run([locker, TITLE], expect=None)
            if time.monotonic() - began > WINDOW_SECONDS:
                raise SystemExit("Windows locked its session and the ledger stayed open")
        photograph(display, picture)
