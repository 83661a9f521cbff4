"""Erasing downstream: lines and documents of kept files that still hold an erased value go, too (journal.md).

The list of what was erased is written with the erasing itself; what a crash leaves undone is done next time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from lianxin.domain.canonical import NotCanonical, parse_strict
from lianxin.domain.dictionary import Wire
from lianxin.domain.journal import EntryId
from lianxin.domain.streams import org_of
from lianxin.domain.values import Kept
from lianxin.store.blobs import blobs_of, named_blobs
from lianxin.store.kept_bundles import KeptBundles
from lianxin.store.record_store import RecordStore
from lianxin.store.statements import run

if TYPE_CHECKING:
    from lianxin.store.received import ReceivedFile
    from lianxin.store.taking_in import CarriedOpening

VALUES = "data/values.jsonl"
OWN = "own-"
"""Beginning of the folders that hold a copy of what this office wrote itself."""
_PEOPLE = "documents/"
_ATTACHED = "attachments/"
_DIGEST = re.compile("[0-9a-f]{64}")
Place = tuple[str, int, str]


def wipe_erased(store: RecordStore, kept: KeptBundles) -> int:
    """Takes erased values out of every kept file; answers how many files were written anew.

    A kept file that holds such a value loses its documents, too: people's papers cannot be searched line by line.
    What was said of it at reception stands.
    """
    from lianxin.store.received import received_files

    with store.bookkeeping() as connection:
        rows = run(connection, "SELECT stream, counter, field FROM erased_pending").fetchall()
        gone = {(str(row[0]), int(str(row[1])), str(row[2])) for row in rows}
        if not gone:
            return 0
        files = received_files(connection)
    written, owners = 0, {org_of(stream) for stream, _, _ in gone}
    attached: set[str] = set()
    wrote = _writers(files)
    for file in files:
        if not owners & wrote[file.org]:
            continue
        going = {_value(line) for line in kept.lines(file.place, VALUES) if place_of(line) in gone}
        if going:
            kept.keep_lines(file.place, VALUES, lambda line: place_of(line) not in gone)
            written += 1
            for name in kept.names(file.place):
                if name.startswith(_PEOPLE):
                    kept.remove(file.place, name)
            attached.update(each for each in going if isinstance(each, str) and _DIGEST.fullmatch(each))
    # What is attached may have come in a continuation of the report that names it.
    for file in files if attached else ():
        for name in kept.names(file.place):
            if _digest_of(name) in attached:
                kept.remove(file.place, name)
    for copy in kept.places():
        if copy.startswith(OWN) and any(place_of(line) in gone for line in kept.lines(copy, VALUES)):
            kept.keep_lines(copy, VALUES, lambda line: place_of(line) not in gone)
            written += 1
    with store.bookkeeping() as connection:
        for digest in attached - named_blobs(connection):
            # It left the kept file for the files of the office when its value came.
            blobs_of(store).destroy(digest)
        for place in gone:
            run(
                connection,
                "DELETE FROM erased_pending WHERE stream = ? AND counter = ? AND field = ?",
                place,
            )
    return written


def _writers(files: Iterable[ReceivedFile]) -> Mapping[str, set[str]]:
    """Office → the codes under which its files write: its own, and those that ended and for which it goes on.

    A value may come later than its entry, under the new code of its office, but never from another office.
    """
    found: dict[str, set[str]] = {}
    for file in files:
        found.setdefault(file.org, {file.org}).update(map(org_of, file.ranges))
    return found


def _value(line: bytes) -> Wire:
    read = opening_in(line)
    return None if read is None else read[2].value


def _digest_of(name: str) -> str:
    """The SHA-256 an attachment is called by, which is also its value; '' for anything else."""
    return name.rpartition("/")[2].partition(".")[0] if name.startswith(_ATTACHED) else ""


def place_of(line: bytes) -> Place | None:
    """Of which entry and field a line of values speaks; None for a line that cannot be read."""
    read = opening_in(line)
    return None if read is None else (read[0].stream, read[0].counter, read[1])


def opening_in(line: bytes) -> CarriedOpening | None:
    """Entry, field, salt and value of a kept line, which was read strictly when it came."""
    try:
        told = parse_strict(line)
        if not isinstance(told, Mapping):
            return None
        value = told["value"]
        kept = Kept(str(told["salt"]), value if isinstance(value, str | int) else None)
        return EntryId(str(told["stream"]), int(str(told["counter"]))), str(told["field"]), kept
    except (NotCanonical, KeyError, ValueError):
        return None
