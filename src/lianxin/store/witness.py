"""The per-user file outside the database that tells a copied or restored ledger from the one last written.

It keeps replica, place, file identity and the highest counter written (journal.md, "Copies"). A crash can leave
it behind the database, never ahead: a ledger that is ahead of its witness lost nothing, one that is behind is an
old copy and gets a new replica id before the next write.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_SIZE = 2048


@dataclass(frozen=True)
class Witness:
    """What was last seen of one ledger. `counter` is the sum of the counters of the replica's streams."""

    replica: str
    place: str
    file_identity: str
    counter: int


def read_witness(folder: Path, replica: str) -> Witness | None:
    """The witness of this replica; None when there is none or it cannot be read."""
    try:
        told = json.loads((folder / f"{replica}.json").read_text("utf-8"))
        return Witness(
            str(told["replica"]), str(told["place"]), str(told["file_identity"]), int(told["counter"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def witnesses_of(folder: Path, home: Path) -> list[Witness]:
    """The witnesses of every replica that wrote a ledger in this data folder."""
    found = (read_witness(folder, path.stem) for path in sorted(folder.glob("*.json")))
    return [each for each in found if each is not None and each.place.endswith(f":{home.resolve()}")]


def write_witness(folder: Path, witness: Witness) -> None:
    """Writes the witness over the former one. Raises OSError. Not forced to the disk: see the module.

    One write of one length in place: a rename for every save costs more than the rest of the bookkeeping, and
    a torn file only means that the next write takes a new replica id.
    """
    path, head = _unchanging(folder, witness.replica, witness.place, witness.file_identity)
    line = f"{head}{witness.counter}}}".encode().ljust(_SIZE)
    try:
        handle = os.open(path, os.O_WRONLY)
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.write(handle, line)
    finally:
        os.close(handle)


@lru_cache(maxsize=8)
def _unchanging(folder: Path, replica: str, place: str, file_identity: str) -> tuple[str, str]:
    """The path of a witness, and what stands in it before the counter: the same from save to save."""
    told = json.dumps({"replica": replica, "place": place, "file_identity": file_identity})
    return os.path.join(folder, f"{replica}.json"), f'{told.removesuffix("}")}, "counter": '


def is_old_copy(kept: Witness | None, *, place: str, file_identity: str, counter: int) -> bool:
    """True when the ledger at hand is not the one this user last wrote, or is behind it."""
    if kept is None:
        return True
    return kept.place != place or kept.file_identity != file_identity or counter < kept.counter
