"""Finished bundles on their way to a folder: written, verified where they lie, then named and numbered together."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from lianxin.bundle.checkcode import spoken_code
from lianxin.bundle.codes import Code
from lianxin.bundle.manifest import Kind, Manifest
from lianxin.bundle.unsealing import sweep as sweep_private
from lianxin.domain.periods import Period
from lianxin.domain.records import AccessNote, SentFile
from lianxin.office.access.access_log import access_note
from lianxin.office.desk import Desk, office_of
from lianxin.office.sending.delivering import SendingFailed, Step, named, part_of, sweep, write_part
from lianxin.office.sending.proving import found_in
from lianxin.office.sending.sent_files import sent_before
from lianxin.office.trust.judging import OPENING
from lianxin.store.files import why_not
from lianxin.store.home_lock import HomeInUse, exclusive
from lianxin.store.reading import Reading

LOCK_FOLDER = "sending"


@dataclass(frozen=True)
class Outgoing:
    """One sealed bundle that is not a file yet; `fill` writes its bytes, about `size` of them.

    `values` says whether personal values travel in it, `follows` which report a continuation belongs to, `final`
    the digest of the frozen figures when it carries those.
    """

    file_name: str
    manifest: Manifest
    manifest_sha256: str
    size: int
    fill: Callable[[BinaryIO], None]
    ranges: str | None = None
    values: bool = False
    follows: str | None = None
    final: str | None = None


@contextmanager
def alone(desk: Desk) -> Iterator[None]:
    """One sending at a time for a data folder, so that nobody sweeps away another's unfinished file."""
    try:
        with exclusive(desk.store.home / LOCK_FOLDER):
            sweep_private(desk.store.home / LOCK_FOLDER)
            sweep_private(desk.store.home / OPENING)
            # A copy or a restored ledger gets its new replica id now, before a bundle names one.
            with desk.store.writing(reason="准备报送"):
                pass
            yield
    except HomeInUse:
        raise SendingFailed(
            "另一个窗口正在报送，这一次没有做，没有占用期号。请等它做完再报送。", "S203"
        ) from None


def deliver(
    desk: Desk, going: Sequence[Outgoing], *, period: Period, to: Path, known: int, step: Step
) -> list[tuple[Path, SentFile]]:
    """Writes all of them and takes their numbers, or leaves nothing. Raises SendingFailed.

    `known` is how many sendings there were when the numbers were chosen. The numbers belong to the transaction
    that records the finished, verified files, so a power cut burns none.
    """
    replica = desk.store.replica
    parts = [part_of(to, replica, each.manifest_sha256) for each in going]
    try:
        to.mkdir(parents=True, exist_ok=True)
        step("folder made")
        sweep(to, replica)
        step("swept")
        for part, each in zip(parts, going, strict=True):
            write_part(part, each.size, each.fill, step)
            _require_verified(desk, part, each)
        step("verified")
        return _recorded(desk, period, list(zip(parts, going, strict=True)), to, known, step)
    except OSError as error:
        raise SendingFailed(
            f"文件没有写成（{why_not(error)}），没有占用期号，{to} 里没有留下半个文件。请检查位置后再报送。"
        ) from error
    finally:
        for part in parts:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def _require_verified(desk: Desk, part: Path, outgoing: Outgoing) -> None:
    """Verifies what lies on the disk. Raises SendingFailed."""
    found = found_in(desk, part)
    if found.code is Code.REVOKED:
        raise SendingFailed(
            "县人大已经作废这台电脑的证书，没有报送，没有占用期号，数据没有改动。请在“设置”里重新办理登记。",
            "S210",
        )
    if not found.ok or found.manifest_sha256 != outgoing.manifest_sha256:
        raise SendingFailed(
            f"写出的文件没有通过核验（{found.code.value}），已经删去，没有占用期号。请再报送一次。", "S202"
        )


def _recorded(
    desk: Desk,
    period: Period,
    going: Sequence[tuple[Path, Outgoing]],
    to: Path,
    known: int,
    step: Step,
) -> list[tuple[Path, SentFile]]:
    """Names and numbers together: files whose records were not stored are taken away again. Raises OSError."""
    done: list[tuple[Path, SentFile]] = []
    paths: list[Path] = []
    try:
        with desk.store.writing(reason=f"报送 {period.label}") as writing:
            step("numbering")
            if len(sent_before(Reading(writing.connection))) != known:
                raise SendingFailed(
                    "另一个窗口刚刚报送过，这一次没有完成，没有占用期号。请再点一次。", "S203"
                )
            step("numbered")
            for part, each in going:
                path = _named(desk, part, to, each, step)
                paths.append(path)
                record = replace(_record(desk, writing.new_uid(), each), file_name=path.name)
                writing.put(record)
                done.append((path, record))
            writing.put(_given(desk, Reading(writing.connection), period, going))
            step("recorded")
    except BaseException:
        for path in paths:
            with contextlib.suppress(OSError):
                path.unlink()
        raise
    step("committed")
    for path, record in done:
        desk.store.set_setting(f"sent-path:{record.uid}", str(path))
    return done


def _given(
    desk: Desk, reading: Reading, period: Period, going: Sequence[tuple[Path, Outgoing]]
) -> AccessNote:
    """To whom personal data were given, what for and which (个人信息保护法 55 条)."""
    if any(each.manifest.kind is Kind.HANDOVER for _, each in going):
        words = "交接文件，交给本单位另一台电脑，含全部数据"
    else:
        values = any(each.values for _, each in going)
        which = "含转报事项所需的姓名、电话等" if values else "电话、证件号等已遮盖"
        county = office_of(reading).county_name or "县人大"
        words = f"{period.label}报送件，提供给{county}，依法报送，{which}"
    return access_note(desk, reading, words, sort="exported")


def _named(desk: Desk, part: Path, to: Path, outgoing: Outgoing, step: Step) -> Path:
    wanted = to / outgoing.file_name
    path = named(part, wanted, takes=lambda other: _left_over(desk, other, outgoing), step=step)
    step("renamed")
    return path


def _record(desk: Desk, uid: str, outgoing: Outgoing) -> SentFile:
    manifest = outgoing.manifest
    plain = manifest.kind is Kind.PLAIN
    return SentFile(
        uid=uid,
        seq=manifest.seq,
        period=manifest.period,
        day=desk.today(),
        file_name=outgoing.file_name,
        check_code=spoken_code(outgoing.manifest_sha256),
        manifest_digest=outgoing.manifest_sha256,
        bundle_id=manifest.bundle_id,
        plain=plain,
        content_digest=outgoing.final,
        sealed_kind=None if plain else manifest.kind.value,
        values=outgoing.values,
        ranges=outgoing.ranges,
        follows=outgoing.follows,
    )


def _left_over(desk: Desk, path: Path, outgoing: Outgoing) -> bool:
    """Whether a file is one of ours that was cut off before it got the number we are about to take."""
    found, ours = found_in(desk, path).manifest, outgoing.manifest
    return found is not None and (found.replica, found.seq) == (ours.replica, ours.seq)
