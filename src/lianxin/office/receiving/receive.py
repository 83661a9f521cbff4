"""Receiving: a batch of files is verified first, then taken in one transaction each, in the order of their streams."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from lianxin.bundle.codes import Code, Verdict
from lianxin.bundle.manifest import Kind, Manifest
from lianxin.bundle.recognising import recognised
from lianxin.bundle.steps import check_clock
from lianxin.bundle.verdicts import Refused
from lianxin.domain.records import ReceivedFile as LoggedFile
from lianxin.domain.streams import replica_of
from lianxin.office.desk import Desk
from lianxin.office.receiving.arriving import (
    Arrived,
    Aside,
    arrive,
    booked,
    clear_passing,
    delivery_of,
    manifest_of,
    require_still_trusted,
)
from lianxin.office.receiving.attached_files import forget_placed, place_attachments
from lianxin.office.receiving.behalf_rows import settle_rows
from lianxin.office.receiving.gate import Gate, gate_of
from lianxin.office.receiving.verdict import FileVerdict, already_here, refusal, stopped, taken
from lianxin.store.acknowledged import beyond_written, doubt_replica, note_acknowledged
from lianxin.store.backup_file import Stopped
from lianxin.store.errors import StoreProblem
from lianxin.store.home_lock import HomeInUse, exclusive
from lianxin.store.kept_bundles import KeptBundles
from lianxin.store.kept_wiping import wipe_erased
from lianxin.store.own_copy import keep_own
from lianxin.store.reading import Reading
from lianxin.store.received import (
    ReceivedFile,
    any_missing,
    bundle_before,
    later_month_here,
    note_received,
    received_files,
)
from lianxin.store.sealed_files import SealedFileDamaged, SealedFileMissing
from lianxin.store.taking_in import NotTaken, Taken, take_in
from lianxin.store.writing import Writing

LOCK_FOLDER = "receiving"
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
Look = Callable[[Reading, Sequence[FileVerdict]], None]
"""Shown the ledger as a preview would leave it, before that is let go again."""


class ReceivingElsewhere(StoreProblem):
    """Another window is receiving at this moment."""

    code = "R302"

    def __init__(self) -> None:
        super().__init__("另一个窗口正在接收，这一次没有做，数据没有改动。请等它做完再收。")


@dataclass
class Batch:
    """What a batch works with."""

    desk: Desk
    gate: Gate
    kept: KeptBundles
    only: frozenset[Kind] | None = None
    verdicts: dict[Path, FileVerdict] = field(default_factory=dict)
    waiting: list[tuple[Path, Arrived]] = field(default_factory=list)
    twins: list[tuple[Path, Arrived]] = field(default_factory=list)


def receive(
    desk: Desk,
    paths: Sequence[Path],
    *,
    preview: bool = False,
    only: frozenset[Kind] | None = None,
    gate: Gate | None = None,
    progress: Progress = lambda done, total: None,
    cancelled: Cancelled = lambda: False,
    look: Look = lambda reading, verdicts: None,
) -> tuple[FileVerdict, ...]:
    """Takes in files, and of each folder everything by name; one verdict per file, in this order.

    With `preview` nothing is written but what was asked; `look` sees it as it would be. `only` narrows to some kinds of bundle. `progress` counts
    files verified and taken in. One bad file never ends the batch; a stop between two files leaves what is done.
    Raises ReceivingElsewhere, CannotKeep, Stopped (nothing was taken in) and the store's problems.
    """
    desk.require("register")
    files = files_of(paths)
    with alone(desk):
        batch = Batch(desk, gate or gate_of(desk), KeptBundles(desk.store.home, desk.store.key), only)
        clear_passing(desk, batch.kept)
        total = 2 * len(files)
        try:
            for done, path in enumerate(files):
                if cancelled():
                    raise Stopped
                _verify(batch, path, keep=not preview)
                progress(done + 1, total)
            batch.waiting.sort(key=lambda each: (each[1].order, each[1].manifest.created_at))
            if preview:
                _preview(batch, look)
            else:
                _log(desk, batch.verdicts)
                _apply_all(batch, lambda done: progress(total - len(batch.waiting) + done, total), cancelled)
        finally:
            clear_passing(desk, batch.kept)
        progress(total, total)
    return tuple(batch.verdicts[path] for path in files if path in batch.verdicts)


def files_of(paths: Sequence[Path]) -> list[Path]:
    """The files, and of each folder everything in it by name; each once.

    What is no file there (a folder, a broken link, a device) gets its verdict like the rest: nobody shall think
    that it was received.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = (each for each in path.iterdir() if not each.name.startswith(_OF_THE_SYSTEM))
            found.update(dict.fromkeys(sorted(inside, key=lambda each: each.name)))
        else:
            found[path] = None
    return list(found)


_OF_THE_SYSTEM = (".", "$", "System Volume Information")
"""What systems put on a stick for themselves."""


@contextmanager
def alone(desk: Desk) -> Iterator[None]:
    """One reception at a time for a data folder. Raises ReceivingElsewhere."""
    try:
        with exclusive(desk.store.home / LOCK_FOLDER):
            yield
    except HomeInUse:
        raise ReceivingElsewhere from None


def _verify(batch: Batch, path: Path, *, keep: bool) -> None:
    seen = {each.place: each.digest for _, each in batch.waiting}
    verdict, found = arrive(batch.desk, path, batch.gate, batch.kept, keep=keep, seen=seen)
    if isinstance(found, Arrived) and batch.only is not None and found.manifest.kind not in batch.only:
        batch.kept.drop_passing(found.place)
        finding = Refused(Code.POLICY, "这不是回执，请用“接收”")
        verdict, found = refusal(str(path), finding, found.manifest, found.digest), None
    if isinstance(found, Arrived):
        (batch.twins if found.place in seen else batch.waiting).append((path, found))
        return
    if verdict is not None:
        verdict = replace(verdict, outcome=recognised(path, verdict.outcome))
        batch.verdicts[path] = verdict
        if isinstance(found, Aside) and keep:
            _put_aside(batch, found, verdict)


def _put_aside(batch: Batch, aside: Aside, verdict: FileVerdict) -> None:
    at = batch.desk.store.now().isoformat()
    with batch.desk.store.bookkeeping() as connection:
        note_received(connection, booked(aside, at=at, verdict=verdict, state="aside", place=aside.place), {})
        batch.kept.settle(aside.place)


def _apply_all(batch: Batch, progress: Callable[[int], None], cancelled: Cancelled) -> None:
    for done, (path, arrived) in enumerate(batch.waiting):
        if cancelled():
            break
        verdict = _apply(batch, arrived)
        batch.verdicts[path] = verdict
        if verdict.outcome.verdict in (Verdict.ACCEPT, Verdict.CONFLICT):
            came = _try_held(batch)
            batch.verdicts[path] = replace(verdict, held_on=came)
        progress(done)
    for path, twin in batch.twins:
        _judge_twin(batch, path, twin)
    wipe_erased(batch.desk.store, batch.kept)
    keep_own(batch.desk.store, batch.kept)


def _judge_twin(batch: Batch, path: Path, twin: Arrived) -> None:
    first = next((other for other, each in batch.waiting if each.place == twin.place), None)
    told = batch.verdicts.get(first) if first is not None else None
    if told is None:
        return
    if told.outcome.verdict in (Verdict.ACCEPT, Verdict.CONFLICT):
        told = already_here(str(path), twin.manifest, twin.digest)
    batch.verdicts[path] = replace(told, outcome=replace(told.outcome, file=str(path)))
    _log(batch.desk, {path: batch.verdicts[path]})


def _apply(batch: Batch, arrived: Arrived) -> FileVerdict:
    """One transaction: entries, values, rows, book and log, or only the log when nothing may be taken in."""
    placed: list[tuple[str, str]] = []
    with batch.desk.store.writing(reason="接收报送") as writing:
        verdict, found = judged(writing, batch, arrived)
        state = _state_of(verdict)
        if state is not None:
            at = writing.now().isoformat()
            note_received(
                writing.connection,
                booked(arrived, at=at, verdict=verdict, state=state, place=arrived.place),
                found.before if found is not None else {},
            )
        if found is not None:
            verdict = _replacing(writing, batch, verdict)
            note_vector(writing, batch.gate, arrived.manifest, arrived.digest)
            placed = place_attachments(batch.desk, writing, batch.kept, arrived.manifest)
        if arrived.manifest.org_code == batch.gate.own or arrived.manifest.kind is Kind.RECEIPT:
            verdict = _doubting(writing, verdict, found)
        _log_one(writing, verdict, arrived.file_name)
        if state is not None:
            # Before the commit: a row without its folder could never be rebuilt.
            batch.kept.settle(arrived.place)
    forget_placed(batch.kept, placed)
    return verdict


def _state_of(verdict: FileVerdict) -> str | None:
    match verdict.outcome.verdict:
        case Verdict.ACCEPT | Verdict.CONFLICT:
            return "accepted"
        case Verdict.HOLD:
            return "held"
        case Verdict.QUARANTINE:
            return "aside"
    return None


def judged(writing: Writing, batch: Batch, arrived: Arrived) -> tuple[FileVerdict, Taken | None]:
    """Takes a kept file in inside this transaction, or says why not; then nothing of it has happened."""
    manifest = arrived.manifest
    warnings = [*arrived.warnings, *_times(writing, manifest)]
    patient = any_missing(writing.connection, manifest.org_code, arrived.place)
    try:
        delivery = delivery_of(batch.kept, arrived.place, manifest, batch.gate, patient=patient)
        found = take_in(writing, delivery)
    except NotTaken as refused:
        return stopped(arrived.file, manifest, arrived.digest, refused.trouble), None
    except Refused as finding:
        return refusal(arrived.file, finding, manifest, arrived.digest), None
    if found.entries and _is_late(writing, manifest):
        warnings.append(Code.LATE)
    return taken(arrived.file, manifest, arrived.digest, found, warnings), found


def _replacing(writing: Writing, batch: Batch, verdict: FileVerdict) -> FileVerdict:
    """Takes out what was read on behalf of the township for the period of this file, and says so."""
    org = verdict.outcome.org_code
    if org is None or not batch.gate.county:
        return verdict
    cutoff = batch.desk.profile.cutoff_day.value
    done = settle_rows(writing, [org], former=batch.gate.former, cutoff=cutoff)
    outcome = replace(verdict.outcome, message=verdict.outcome.message + done.words)
    return replace(verdict, outcome=outcome)


def _is_late(writing: Writing, manifest: Manifest) -> bool:
    """W602: something new for a month though a later month of this office came before. No rule book has a date."""
    month = len(manifest.period) == len("2026-11") and manifest.period[-2:].isdigit()
    return month and later_month_here(writing.connection, manifest.org_code, manifest.period)


def _times(writing: Writing, manifest: Manifest) -> list[Code]:
    """W506: made before the file that precedes it."""
    before = bundle_before(writing.connection, manifest.replica, manifest.seq)
    previous = datetime.fromisoformat(before.created_at) if before is not None else None
    return check_clock(manifest.created_at, previous)


def note_vector(writing: Writing, gate: Gate, manifest: Manifest, digest: str) -> None:
    """Keeps what the sender acknowledges: a county by receipt number, a township's desk by its own numbering."""
    at = writing.now().isoformat()
    if manifest.kind is Kind.RECEIPT and manifest.org_code != gate.own:
        number = manifest.receipt_no or 0
        note_acknowledged(
            writing.connection, manifest.org_code, number, manifest.acknowledges, head=digest, at=at
        )
    elif manifest.kind is Kind.REPORT and manifest.org_code != gate.own:
        note_acknowledged(
            writing.connection, manifest.replica, manifest.seq, manifest.acknowledges, head=digest, at=at
        )


def _doubting(writing: Writing, verdict: FileVerdict, found: Taken | None) -> FileVerdict:
    """Somebody holds more of us than we wrote: this is an old copy, and the next write begins a new replica id."""
    manifest = verdict.outcome.manifest
    receipt = manifest is not None and manifest.kind is Kind.RECEIPT
    told = manifest.acknowledges if manifest is not None and receipt else {}
    beyond = beyond_written(writing.connection, told)
    more = bool(beyond)
    came = found is not None and any(replica_of(stream) == writing.replica for stream in found.before)
    if not more and not came:
        return verdict
    if came or any(replica_of(stream) == writing.replica for stream in beyond):
        doubt_replica(writing.connection)
    words = "县人大收到的比本机现有的多，本机可能是从旧备份恢复的。" if more else ""
    act = "请把自己报送过的文件再收进来；以后的登记会换用新的编号段。" if more else ""
    outcome = replace(
        verdict.outcome, message=verdict.outcome.message + words, next=verdict.outcome.next + act
    )
    return replace(verdict, outcome=outcome, more_than_written=more)


def _try_held(batch: Batch) -> int:
    """Held files that have come due are taken in, again and again until none is; answers how many came in."""
    came = 0
    while True:
        with batch.desk.store.reading() as reading:
            counters = reading.counters()
            held = [each for each in received_files(reading.connection, "held") if _due(each, counters)]
        accepted = [each for each in held if _retry(batch, each)]
        came += len(accepted)
        if not accepted:
            return came


def _due(held: ReceivedFile, counters: dict[str, int]) -> bool:
    return all(first <= counters.get(stream, 0) + 1 for stream, (first, _) in held.ranges.items())


def _retry(batch: Batch, held: ReceivedFile) -> bool:
    """Whether a file that waited came in; one that does not open any more, or whose key is not trusted now, is
    put aside, and its township has to send again.
    """
    placed: list[tuple[str, str]] = []
    with batch.desk.store.writing(reason="接上暂存的报送件") as writing:
        try:
            manifest = manifest_of(batch.kept, held.place)
            arrived = Arrived(held.file_name, held.file_name, manifest, held.digest, ())
            require_still_trusted(batch.gate, batch.kept, held, writing.now())
            verdict, found = judged(writing, batch, arrived)
        except (Refused, SealedFileMissing, SealedFileDamaged) as fault:
            finding = fault if isinstance(fault, Refused) else Refused(Code.CORRUPT, "暂存的文件打不开了")
            verdict, found = refusal(held.file_name, finding, None, held.digest), None
            note_received(writing.connection, replace(held, state="aside", verdict=verdict.as_json()), {})
        else:
            state = _state_of(verdict)
            if state == "held":
                return False
            told = booked(
                arrived, at=held.received_at, verdict=verdict, state=state or "aside", place=held.place
            )
            note_received(writing.connection, told, found.before if found is not None else {})
        if found is not None:
            verdict = _replacing(writing, batch, verdict)
            note_vector(writing, batch.gate, manifest, held.digest)
            placed = place_attachments(batch.desk, writing, batch.kept, manifest)
            verdict = _doubting(writing, verdict, found)
        _log_one(writing, verdict, held.file_name)
    forget_placed(batch.kept, placed)
    for path, each in batch.waiting:
        if each.place == held.place:
            batch.verdicts[path] = replace(verdict, outcome=replace(verdict.outcome, file=str(path)))
    return found is not None


class _Undone(Exception):
    """Ends a preview: nothing of it is kept."""


def _preview(batch: Batch, look: Look) -> None:
    """Takes everything in and lets all of it go again, so that a preview says exactly what would happen."""
    try:
        with batch.desk.store.writing(reason="预览") as writing:
            waiting = list(batch.waiting)
            while waiting:
                left = []
                for path, arrived in waiting:
                    verdict, found = judged(writing, batch, arrived)
                    batch.verdicts[path] = verdict
                    if found is None and verdict.outcome.verdict is Verdict.HOLD:
                        left.append((path, arrived))
                    elif found is not None:
                        note_received(
                            writing.connection,
                            booked(arrived, at="", verdict=verdict, state="accepted", place=arrived.place),
                            found.before,
                        )
                        batch.verdicts[path] = _replacing(writing, batch, verdict)
                if len(left) == len(waiting):
                    break
                waiting = left
            look(Reading(writing.connection), tuple(batch.verdicts.values()))
            raise _Undone
    except _Undone:
        pass
    for path, twin in batch.twins:
        batch.verdicts[path] = already_here(str(path), twin.manifest, twin.digest)


def _log(desk: Desk, verdicts: dict[Path, FileVerdict]) -> None:
    """The local log of what was refused or had come before."""
    if not verdicts:
        return
    with desk.store.writing(reason="接收报送") as writing:
        for path, verdict in verdicts.items():
            _log_one(writing, verdict, path.name)


def _log_one(writing: Writing, verdict: FileVerdict, file_name: str) -> None:
    outcome = verdict.outcome
    manifest = outcome.manifest
    writing.put(
        LoggedFile(
            uid=writing.new_uid(),
            day=writing.now().date(),
            file_name=file_name[:200],
            verdict=outcome.verdict.value.lower(),
            code=outcome.code.value,
            words=f"{outcome.message}{outcome.next}",
            org_code=outcome.org_code,
            org_name=manifest.org_name if manifest else None,
            sealed_kind=manifest.kind.value if manifest else None,
            period=outcome.period,
            seq=outcome.seq,
            check_code=outcome.spoken_code,
            bundle_id=verdict.bundle_id,
            new=verdict.new,
            changed=verdict.changed,
            same=verdict.same,
            conflicts=verdict.conflicts,
        )
    )
