"""The county's receipts taken in: what it has for certain, what it says of each file, and when to doubt ourselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lianxin.bundle.codes import Verdict
from lianxin.bundle.manifest import Kind
from lianxin.domain.records import ReceiptItem, SentFile
from lianxin.office.desk import Desk
from lianxin.office.receiving.receive import receive
from lianxin.office.receiving.verdict import FileVerdict
from lianxin.office.sending.history import sending_folder
from lianxin.office.sending.receipted import receipt_items as receipt_items
from lianxin.office.trust.handed_trust import take_trust
from lianxin.store.received import received_files

_TAKEN_IN = ("accept", "conflict", "noop")


@dataclass(frozen=True)
class Accepted:
    """The verdicts, what the county says of our files, and our own sent files to take back in (a restored copy)."""

    verdicts: tuple[FileVerdict, ...]
    items: tuple[ReceiptItem, ...]
    offered: tuple[Path, ...]
    trust: tuple[str, ...] = ()
    """What the county's list and certificates changed here."""


def accept(
    desk: Desk,
    files: Sequence[Path],
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Accepted:
    """Takes receipts in. The highest receipt number rules, also when it acknowledges less.

    A receipt that acknowledges more than was written here means that this ledger is an old copy: the next write
    begins a new replica id, and the own sent files are offered for `receive`. Raises as `receive` does.
    """
    verdicts = receive(desk, files, only=frozenset({Kind.RECEIPT}), progress=progress)
    return after_receipts(desk, verdicts)


def after_receipts(desk: Desk, verdicts: tuple[FileVerdict, ...]) -> Accepted:
    """What follows from verdicts among which there may be receipts: sent files are known to have arrived."""
    receipts = [
        each
        for each in verdicts
        if each.outcome.manifest is not None and each.outcome.manifest.kind is Kind.RECEIPT
    ]
    if not receipts:
        return Accepted(verdicts, (), ())
    with desk.store.reading() as reading:
        items = receipt_items(reading)
        arrived = {item.bundle_id for item in items if item.verdict in _TAKEN_IN}
        waiting = [
            each for each in reading.all(SentFile) if each.state == "sent" and each.bundle_id in arrived
        ]
    if waiting:
        with desk.store.writing(reason="县人大回执") as writing:
            for each in waiting:
                writing.put(replace(each, state="received"))
    behind = any(each.outcome.verdict is Verdict.HOLD or each.more_than_written for each in receipts)
    touched = {one.uid for each in receipts for one in each.records if one.outcome != "same"}
    told = tuple(item for item in items if item.uid in touched)
    return Accepted(verdicts, told, own_sent_files(desk) if behind else (), take_trust(desk))


def own_sent_files(desk: Desk) -> tuple[Path, ...]:
    """Files in the sending folder that were not taken back in: after a restored copy their entries are missing."""
    folder = sending_folder(desk)
    with desk.store.reading() as reading:
        back = {each.file_name for each in received_files(reading.connection, "accepted")}
    if not folder.is_dir():
        return ()
    found = (each for each in folder.iterdir() if each.name.endswith((".zip", ".zip.age")))
    return tuple(sorted(each for each in found if each.is_file() and each.name not in back))
