"""Sending: sealed, re-opened and verified before it gets its number; copied to a stick and verified there."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lianxin import __version__
from lianxin.bundle.manifest import Generator
from lianxin.bundle.sealing import NamedBytes, Sealed, SendingFacts, seal_plain
from lianxin.bundle.verifying import verify
from lianxin.domain.dictionary import SCHEMA
from lianxin.domain.identity import new_uid
from lianxin.domain.periods import Period
from lianxin.domain.records import Office, SentFile
from lianxin.office.desk import Desk, office_of
from lianxin.office.sending.papers import Papers, papers_of
from lianxin.office.sending.review import Finding, review
from lianxin.office.sending.signing_key import signing_identity
from lianxin.store.files import sync_file, sync_folder, why_not
from lianxin.store.reading import Reading

Step = Callable[[str], None]
_PART = ".lianxin-send-"
"""Beginning of the name of a file that is not finished."""


class SendingFailed(Exception):
    """The file could not be written or did not verify; no number was used and no half file is left."""

    def __init__(self, message: str, code: str = "S201") -> None:
        super().__init__(message)
        self.message, self.code = message, code


@dataclass(frozen=True)
class Sent:
    """A finished sending: the file as written, what was found before, and its record."""

    path: Path
    record: SentFile
    findings: tuple[Finding, ...]
    check_code: str
    spoken_code: str


def _silent(step: str) -> None:
    """Nobody watches the steps."""


def send_plain(desk: Desk, *, period: Period, to: Path, step: Step = _silent) -> Sent:
    """普通报送 of one period into a folder. Raises SendingFailed; the findings of 核对 never stop it.

    The number belongs to the transaction that records the finished, verified file, so a power cut burns none.
    """
    findings = review(desk, period)
    step("reviewed")
    with desk.store.reading() as reading:
        office = office_of(reading)
        papers = papers_of(reading, period, profile=desk.profile, today=desk.today())
        previous = _sent_before(reading)
    step("papers")
    sealed = _sealed(desk, office, period, papers, previous)
    step("sealed")
    to.mkdir(parents=True, exist_ok=True)
    _sweep(to)
    part = to / f"{_PART}{sealed.manifest_sha256[:12]}"
    try:
        _write_verified(part, sealed, desk, step)
        target = _target(desk, to / sealed.file_name, previous)
        with desk.store.writing(reason=f"报送 {period.label}") as writing:
            if len(_sent_before(Reading(writing.connection))) != len(previous):
                raise SendingFailed(
                    "另一个窗口刚刚报送过，这一次没有完成，没有占用期号。请再点一次。", "S203"
                )
            target = _moved(part, target)
            step("renamed")
            record = _record(desk, writing.new_uid(), period, sealed, target.name)
            writing.put(record)
            step("recorded")
    except OSError as error:
        raise SendingFailed(
            f"文件没有写成（{why_not(error)}），没有占用期号，{to} 里没有留下半个文件。请检查位置后再报送。"
        ) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return Sent(target, record, findings, sealed.check_code, sealed.spoken_code)


def copy_to_stick(path: Path, stick: Path, *, digest: str, desk: Desk) -> Path:
    """Copies a sent file, reads it back from the stick and verifies it there; after that "可以拔出" is true.

    Raises SendingFailed; nothing half is left on the stick.
    """
    part = stick / f"{_PART}{digest[:12]}"
    try:
        data = path.read_bytes()
        _write_synced(part, data)
        found = verify(part, now=desk.store.now())
        if found.manifest_sha256 != digest or not found.ok:
            raise SendingFailed("U盘上的文件读回来与原件不一致，已经删去。请换一个U盘再复制。", "S204")
        target = _free_or_same(stick / path.name, data)
        os.replace(part, target)
        sync_folder(stick)
        return target
    except OSError as error:
        raise SendingFailed(
            f"没有复制到U盘（{why_not(error)}），U盘上没有留下半个文件，本机的文件完好。请检查U盘后再复制。",
            "S205",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _sent_before(reading: Reading) -> list[SentFile]:
    return sorted(reading.all(SentFile), key=lambda each: each.seq)


def _sealed(desk: Desk, office: Office, period: Period, papers: Papers, previous: list[SentFile]) -> Sealed:
    facts = SendingFacts(
        bundle_id=_bundle_id(desk),
        period=period.code,
        org_code=office.code,
        org_name=office.name,
        replica=desk.store.replica,
        seq=(previous[-1].seq if previous else 0) + 1,
        created_at=desk.store.now(),
        generator=Generator("lianxin", __version__),
        schema=SCHEMA,
        place=office.short_name or "",
        prepared_by=office.clerk or "",
        prev_manifest_sha256=previous[-1].manifest_digest if previous else None,
        counts=papers.counts,
        totals=papers.totals,
        completeness=f"本期全部材料共{len(papers.documents)}个文件",
    )
    documents = [NamedBytes(name, data) for name, data in papers.documents]
    return seal_plain(documents, facts=facts, signer=signing_identity(desk, office))


def _bundle_id(desk: Desk) -> str:
    return new_uid(desk.store.now(), desk.store.random)


def _record(desk: Desk, uid: str, period: Period, sealed: Sealed, file_name: str) -> SentFile:
    return SentFile(
        uid=uid,
        seq=sealed.manifest.seq,
        period=period.code,
        day=desk.today(),
        file_name=file_name,
        check_code=sealed.spoken_code,
        manifest_digest=sealed.manifest_sha256,
        bundle_id=sealed.manifest.bundle_id,
        plain=True,
    )


def _write_verified(part: Path, sealed: Sealed, desk: Desk, step: Step) -> None:
    """Writes the file under a name nobody takes for finished, and verifies what lies on the disk."""
    _write_synced(part, sealed.data)
    step("written")
    found = verify(part, now=desk.store.now())
    if not found.ok or found.manifest_sha256 != sealed.manifest_sha256:
        raise SendingFailed(
            f"写出的文件没有通过核验（{found.code.value}），已经删去，没有占用期号。请再报送一次。", "S202"
        )
    step("verified")


def _write_synced(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    sync_file(path)


def _target(desk: Desk, wanted: Path, previous: list[SentFile]) -> Path:
    """The name to give: a file left by a sending that was cut off is replaced, a sent one is kept."""
    number, target = 2, wanted
    while target.exists() and not _is_leftover(desk, target, previous):
        target = wanted.with_name(f"{wanted.stem}({number}){wanted.suffix}")
        number += 1
    return target


def _is_leftover(desk: Desk, path: Path, previous: list[SentFile]) -> bool:
    found = verify(path, now=desk.store.now())
    known = {each.manifest_digest for each in previous}
    with desk.store.reading() as reading:
        code = office_of(reading).code
    return found.manifest_sha256 is not None and found.org_code == code and found.manifest_sha256 not in known


def _moved(part: Path, target: Path) -> Path:
    """Gives the finished file its name; when somebody holds that name open, the next one."""
    number, wanted = 2, target
    while True:
        try:
            os.replace(part, wanted)
        except PermissionError:
            if number > 9:
                raise
            wanted = target.with_name(f"{target.stem}({number}){target.suffix}")
            number += 1
            continue
        sync_folder(target.parent)
        return wanted


def _free_or_same(wanted: Path, data: bytes) -> Path:
    number, target = 2, wanted
    while target.exists() and target.read_bytes() != data:
        target = wanted.with_name(f"{wanted.stem}({number}){wanted.suffix}")
        number += 1
    return target


def _sweep(folder: Path) -> None:
    """Takes away what an earlier sending left half done."""
    for left in folder.glob(f"{_PART}*"):
        with contextlib.suppress(OSError):
            left.unlink()
