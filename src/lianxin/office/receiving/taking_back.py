"""Taking one received file back, and rebuilding the ledger from the files that were kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from lianxin.bundle.codes import Code
from lianxin.bundle.journal_file import JOURNAL_PATH, VALUES_PATH
from lianxin.bundle.verdicts import Refused
from lianxin.domain.canonical import NotCanonical
from lianxin.domain.dictionary import kind_named
from lianxin.domain.journal import BadEntry
from lianxin.domain.streams import LOCAL, Tip, audience_of, org_of, replica_of
from lianxin.office.desk import Desk
from lianxin.office.receiving.arriving import delivery_of, manifest_of
from lianxin.office.receiving.attached_files import forget_returned, return_attachments
from lianxin.office.receiving.behalf_rows import settle_rows
from lianxin.office.receiving.gate import Gate, gate_of
from lianxin.office.receiving.receive import alone
from lianxin.office.receiving.verdict import refusal
from lianxin.store.acknowledged import forget_acknowledged, own_replicas
from lianxin.store.blobs import named_blobs
from lianxin.store.check import check
from lianxin.store.errors import StoreProblem
from lianxin.store.kept_bundles import KeptBundles
from lianxin.store.own_copy import keep_own, note_whole, own_deliveries
from lianxin.store.received import ReceivedFile, note_received, received_file, received_files, set_state
from lianxin.store.taking_back import (
    Dependent,
    dependents,
    drop_entries,
    wipe_index,
    written_elsewhere,
)
from lianxin.store.taking_in import NotTaken, take_in
from lianxin.store.writing import Writing

Progress = Callable[[int, int], None]


class BundleUnknown(StoreProblem):
    """Nothing was received under this id, or it is not taken in now."""

    code = "R303"

    def __init__(self, bundle_id: str) -> None:
        super().__init__(f"没有收下过编号为 {bundle_id} 的报送件，或者已经撤回；没有改动任何数据。")


class StillNeeded(StoreProblem):
    """Own records stand on the file, so it stays; `records` lists them."""

    code = "R304"

    def __init__(self, records: Iterable[Dependent]) -> None:
        self.records = tuple(records)
        told = "、".join(f"{_label(each.kind)} {each.uid}（{each.why}）" for each in self.records[:5])
        more = f"等{len(self.records)}条" if len(self.records) > 5 else ""
        super().__init__(f"没有撤回：本单位有记录要靠它：{told}{more}。数据没有改动，请先处理这些记录。")


class KeptFileLost(StoreProblem):
    """A kept file that is needed does not open any more."""

    code = "R305"

    def __init__(self, file: ReceivedFile) -> None:
        super().__init__(
            f"留存的报送件“{file.file_name}”打不开了，这一步没有做，数据没有改动。请从备份恢复，或请报送单位重发。"
        )


@dataclass(frozen=True)
class TakenBack:
    """What a taking back did: files that wait again, and how many records were touched."""

    file: ReceivedFile
    held: tuple[ReceivedFile, ...]
    records: int


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuilding found: how many files were taken in, which wait, and the hash afterwards.

    `left_out` are kept files that open no more and whose entries are nowhere else: their offices have to send again.
    """

    files: int
    held: tuple[ReceivedFile, ...]
    content_hash: str
    problems: tuple[str, ...]
    left_out: tuple[ReceivedFile, ...] = ()


def undo_receive(desk: Desk, bundle_id: str) -> TakenBack:
    """Takes a received file out of the accepted set; what then stands behind a gap waits again.

    Raises BundleUnknown, StillNeeded, KeptFileLost, ReceivingElsewhere; then nothing has changed.
    """
    with alone(desk):
        gate, kept = gate_of(desk), KeptBundles(desk.store.home, desk.store.key)
        with desk.store.writing(reason="撤回报送件") as writing:
            connection = writing.connection
            file = received_file(connection, bundle_id)
            if file is None or file.state not in ("accepted", "held"):
                raise BundleUnknown(bundle_id)
            was_accepted = file.state == "accepted"
            orgs = {file.org, *gate.former_of(file.org)}
            streams = [name for name in writing.tips if _shared_by(name, orgs)]
            before = {stream: writing.tips[stream].counter for stream in streams}
            keep = written_elsewhere(writing, streams)
            set_state(connection, file.place, "taken_back")
            forget_acknowledged(connection, _reader_of(file, gate), file.seq)
            if not was_accepted:
                return TakenBack(file, (), 0)
            named = named_blobs(connection)
            touched = drop_entries(writing, keep)
            rest = received_files(connection, "accepted", org=file.org)
            held = _take_in_anew(writing, kept, gate, rest)
            _settle(writing, desk, gate, orgs)
            wipe_index(writing)
            needed = dependents(writing, touched, before)
            if needed:
                raise StillNeeded(needed)
            returned = return_attachments(desk, writing, kept, named, org=file.org)
        forget_returned(desk, returned)
        keep_own(desk.store, kept)
        return TakenBack(file, tuple(held), len(touched))


def rebuild(desk: Desk, *, progress: Progress = lambda done, total: None) -> Rebuilt:
    """Makes everything received anew from the kept files, and every row from the journal; own entries stay.

    A kept file that opens no more stops it while the ledger still holds what it brought; in a ledger that was lost
    it is put aside and left out, and what stands on it waits. Raises KeptFileLost, ReceivingElsewhere; then nothing
    has changed.
    """
    with alone(desk):
        gate, kept = gate_of(desk), KeptBundles(desk.store.home, desk.store.key)
        with desk.store.writing(reason="重建数据") as writing:
            own = set(own_replicas(writing.connection))
            streams = [
                name for name in writing.tips if audience_of(name) != LOCAL and _brought(writing, name, own)
            ]
            named = named_blobs(writing.connection)
            files = received_files(writing.connection, "accepted")
            left_out = [each for each in files if _is_lost(writing, kept, each)]
            drop_entries(writing, written_elsewhere(writing, streams))
            for each in left_out:
                _put_aside(writing, each)
            sound = [each for each in files if each not in left_out]
            held = _take_in_anew(writing, kept, gate, sound, progress)
            _settle(writing, desk, gate, {file.org for file in files})
            returned = return_attachments(desk, writing, kept, named)
        forget_returned(desk, returned)
        desk.store.project_anew()
        keep_own(desk.store, kept)
        note_whole(desk.store.home)
        found = check(desk.store)
    done = len(sound) - len(held)
    return Rebuilt(done, tuple(held), found.content_hash, found.problems, tuple(left_out))


def keep_copy(desk: Desk) -> None:
    """Brings a county's copy of its own entries up to date; when that cannot be, the next reception does it."""
    with suppress(StoreProblem, OSError), alone(desk):
        keep_own(desk.store, KeptBundles(desk.store.home, desk.store.key))


def take_in_own(desk: Desk) -> None:
    """Takes the copy of what this office wrote itself into a ledger that was just made anew."""
    with alone(desk):
        kept = KeptBundles(desk.store.home, desk.store.key)
        with desk.store.writing(reason="重建数据") as writing:
            for delivery in own_deliveries(desk.store, kept):
                take_in(writing, delivery)


def _is_lost(writing: Writing, kept: KeptBundles, file: ReceivedFile) -> bool:
    """Whether a kept file opens no more and the ledger does not hold its entries either."""
    here = all(writing.tips.get(stream, Tip()).counter >= last for stream, (_, last) in file.ranges.items())
    return not here and not _readable(kept, file)


def _readable(kept: KeptBundles, file: ReceivedFile) -> bool:
    """Whether what a merge needs opens; a damaged document alone loses nothing."""
    try:
        manifest_of(kept, file.place)
        if file.ranges and not kept.holds(file.place, JOURNAL_PATH):
            return False
        for name in (JOURNAL_PATH, VALUES_PATH):
            for _ in kept.lines(file.place, name):
                pass
    except (Refused, StoreProblem):
        return False
    return True


def _put_aside(writing: Writing, file: ReceivedFile) -> None:
    """Books a kept file that is lost, so that the receipt asks its office for it and it may come again."""
    finding = Refused(Code.CORRUPT, "县里留存的这一份打不开了，数据没有丢在乡镇那里")
    told = refusal(file.file_name, finding, None, file.digest).as_json()
    told.pop("file")
    note_received(writing.connection, replace(file, state="aside", verdict=told), {})


def _brought(writing: Writing, stream: str, own: set[str]) -> bool:
    return replica_of(stream) not in own or bool(
        written_elsewhere(writing, [stream])[stream] < writing.tips[stream].counter
    )


def _take_in_anew(
    writing: Writing,
    kept: KeptBundles,
    gate: Gate,
    files: list[ReceivedFile],
    progress: Progress = lambda done, total: None,
) -> list[ReceivedFile]:
    """Takes kept files in until no more of them fit; what does not waits again."""
    waiting = sorted(files, key=lambda each: sorted((name, last) for name, (_, last) in each.ranges.items()))
    done = 0
    while waiting:
        left = []
        for file in waiting:
            if _taken_anew(writing, kept, gate, file):
                done += 1
                progress(done, len(files))
            else:
                left.append(file)
        if len(left) == len(waiting):
            break
        waiting = left
    for file in waiting:
        set_state(writing.connection, file.place, "held")
        forget_acknowledged(writing.connection, _reader_of(file, gate), file.seq)
    return waiting


def _taken_anew(writing: Writing, kept: KeptBundles, gate: Gate, file: ReceivedFile) -> bool:
    try:
        manifest = manifest_of(kept, file.place)
        found = take_in(writing, delivery_of(kept, file.place, manifest, gate, patient=True))
    except NotTaken as refused:
        if refused.trouble.what == "gap":
            return False
        raise KeptFileLost(file) from refused
    except (Refused, BadEntry, NotCanonical) as wrong:
        raise KeptFileLost(file) from wrong
    except StoreProblem as wrong:
        if wrong.code.startswith("D16"):
            raise KeptFileLost(file) from wrong
        raise
    note_received(writing.connection, file, found.before)
    return True


def _settle(writing: Writing, desk: Desk, gate: Gate, orgs: Iterable[str]) -> None:
    """What was read on behalf of these townships counts again where no accepted file stands for it now."""
    if gate.county:
        settle_rows(writing, set(orgs), former=gate.former, cutoff=desk.profile.cutoff_day.value)


def _shared_by(stream: str, orgs: set[str]) -> bool:
    return org_of(stream) in orgs and audience_of(stream) != LOCAL


def _reader_of(file: ReceivedFile, gate: Gate) -> str:
    return file.org if file.kind == "receipt" else file.replica


def _label(kind: str) -> str:
    try:
        return kind_named(kind).LABEL
    except KeyError:
        return kind
