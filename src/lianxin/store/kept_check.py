"""Whether the kept bundles are whole, and nothing in them that was erased."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lianxin.store.kept_bundles import KeptBundles
from lianxin.store.kept_wiping import VALUES, place_of
from lianxin.store.received import received_files
from lianxin.store.statements import run

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from lianxin.store.record_store import RecordStore


MANIFEST, JOURNAL = "manifest.json", "data/journal.jsonl"


def kept_problems(store: RecordStore, connection: Connection) -> Iterator[str]:
    """What is wrong between the book of received files and their folders, in Chinese sentences."""
    files = received_files(connection, "accepted", "held", "aside")
    if not files:
        return
    kept = KeptBundles(store.home, store.key)
    rows = run(connection, "SELECT stream, counter, field FROM value WHERE state = 'erased'").fetchall()
    erased = {(str(row[0]), int(str(row[1])), str(row[2])) for row in rows}
    for file in files:
        needed = () if file.state == "aside" else (MANIFEST, *((JOURNAL,) if file.ranges else ()))
        wrong = kept.damage(file.place) if all(kept.holds(file.place, each) for each in needed) else "不全"
        if wrong is not None:
            yield f"留存的报送件“{file.file_name}”{wrong}，请从备份恢复，或请报送单位重发"
        elif erased and any(place_of(line) in erased for line in kept.lines(file.place, VALUES)):
            yield f"留存的报送件“{file.file_name}”里还有已要求清除的内容，下次接收时自动清除"
