"""Run as a child by the crash tests: adds files, or makes backups, for ever, and says what it finished."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path

from lianxin.domain.records import Attachment
from lianxin.store.backup import backup
from lianxin.store.blobs import blobs_of
from lianxin.store.record_store import RecordStore
from tests.store.desks import DAY, KEY, reopened


def attach_for_ever(store: RecordStore, seed: int) -> None:
    """Prints the uid of each attachment after it was committed."""
    number = 0
    while True:
        number += 1
        data = f"{seed} {number} ".encode() * 40_000
        digest = blobs_of(store).keep_bytes(data)
        with store.writing(reason="添加附件") as door:
            uid = door.new_uid()
            door.put(
                Attachment(
                    uid=uid, owner_kind="contact", owner="c", name=f"{number}.txt", day=DAY, form="txt",
                    size=len(data), digest=digest,
                )
            )  # fmt: skip
        print(uid, flush=True)


def back_up_for_ever(store: RecordStore, folder: Path, seed: int) -> None:
    """Prints a line per step, and the name of each backup when it is finished."""
    now = datetime(2026, 11, 3 + seed, 8)
    while True:
        now += timedelta(minutes=1)

        def step(words: str) -> None:
            print(words, flush=True)

        def progress(done: int, _total: int) -> None:
            print(done, flush=True)

        made = backup(store.engine, KEY, store.home, folder / "stick", now=now, progress=progress, hook=step)
        print(made.name, flush=True)


def main(what: str, folder: Path, seed: int) -> None:
    """Works until it is killed."""
    store = reopened(folder, seed=seed)
    if what == "attach":
        attach_for_ever(store, seed)
    back_up_for_ever(store, folder, seed)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
