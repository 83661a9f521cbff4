"""Backups outside the data folder: where they were made, remembered beside the ledger, and what is plugged in now.

A ledger that no longer opens cannot say where its second place is, so that lies beside it in a small file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from lianxin.store.backup_file import SUFFIX
from lianxin.store.backup_rotation import newest_first
from lianxin.store.files import write_atomic

_REMEMBERED = "second-places.json"
_MOST_PLACES, _MOST_FOLDERS = 5, 200


def remember_place(home: Path, place: Path) -> None:
    """Backups were made or are to be made in this folder; a folder that cannot be written keeps nobody from it."""
    known = [each for each in remembered(home) if each != place]
    told = [str(each) for each in (place, *known)][:_MOST_PLACES]
    with suppress(OSError):
        write_atomic(home / _REMEMBERED, json.dumps(told, ensure_ascii=False).encode())


def remembered(home: Path) -> tuple[Path, ...]:
    """The folders backups were made in, the latest first; nothing when the file says nothing sensible."""
    try:
        told = json.loads((home / _REMEMBERED).read_text("utf-8"))
    except (OSError, ValueError):
        return ()
    return tuple(Path(each) for each in told if isinstance(each, str)) if isinstance(told, list) else ()


def backups_elsewhere(home: Path, plugged: Iterable[Path], *, until: datetime) -> list[Path]:
    """The backups in the folders remembered and on the disks that are plugged in, newest first by their names.

    On a disk they lie on top or one folder below; what cannot be read is left out.
    """
    found: dict[Path, None] = {}
    for place in remembered(home):
        found.update(dict.fromkeys(_in(place)))
    for disk in plugged:
        for folder in (disk, *_folders(disk)):
            found.update(dict.fromkeys(_in(folder)))
    own = home.resolve()
    return newest_first((each for each in found if not each.resolve().is_relative_to(own)), until=until)


def _in(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from folder.glob(f"*{SUFFIX}")


def _folders(disk: Path) -> list[Path]:
    with suppress(OSError):
        return [each for each in sorted(disk.iterdir())[:_MOST_FOLDERS] if each.is_dir()]
    return []
