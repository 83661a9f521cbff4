"""Sticks that are plugged in, and what the county put on them for us."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QStorageInfo

_SYSTEM = (
    "/boot",
    "/snap",
    "/run/lock",
    "/var",
    "/sys",
    "/proc",
    "/dev",
    "/efi",
    "/home",
    "/etc",
    "/usr",
    "/tmp",
)
_MOST = 400
"""Files looked at on one stick; a receipt lies on top or one folder below."""


def sticks() -> list[Path]:
    """The places of every disk that is ready beside the one the system lives on."""
    found = [info for info in QStorageInfo.mountedVolumes() if info.isValid() and info.isReady()]
    return [
        Path(info.rootPath())
        for info in found
        if not info.isRoot() and not info.rootPath().startswith(_SYSTEM) and info.bytesTotal() > 0
    ]


def receipts_on(places: Iterable[Path]) -> list[Path]:
    """The receipts lying on these sticks, by the name the county gives them; what cannot be read is left out."""
    found: list[Path] = []
    for place in places:
        with contextlib.suppress(OSError):
            found += _receipts_in(place)
            for number, each in enumerate(sorted(place.iterdir())):
                if number > _MOST:
                    break
                if each.is_dir() and not each.name.startswith((".", "$")):
                    with contextlib.suppress(OSError):
                        found += _receipts_in(each)
    return found


def _receipts_in(folder: Path) -> list[Path]:
    names = (each for each in folder.iterdir() if each.name.startswith("回执"))
    return sorted(each for each in names if each.name.endswith((".zip", ".zip.age")) and each.is_file())
