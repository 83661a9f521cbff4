"""Sending: sealed, re-opened and verified before it gets its number."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from lianxin import __version__
from lianxin.bundle.manifest import Generator
from lianxin.bundle.sealing import CannotSeal, NamedBytes, Sealed, SendingFacts, seal_plain
from lianxin.bundle.verifying import verify
from lianxin.domain.dictionary import SCHEMA
from lianxin.domain.identity import new_uid
from lianxin.domain.periods import Period
from lianxin.domain.records import Office, SentFile
from lianxin.keys.signing import SigningIdentity
from lianxin.office.desk import Desk, office_of
from lianxin.office.sending.delivering import Step, named, part_of, silent, sweep, write_part
from lianxin.office.sending.final import final_of, since
from lianxin.office.sending.papers import Papers, papers_of
from lianxin.office.sending.review import Finding, review
from lianxin.office.sending.signing_key import signing_identity
from lianxin.store.files import why_not
from lianxin.store.home_lock import HomeInUse, exclusive
from lianxin.store.reading import Reading

LOCK_FOLDER = "sending"


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


def send_plain(desk: Desk, *, period: Period, to: Path, step: Step = silent) -> Sent:
    """普通报送 of one period into a folder. Raises SendingFailed; the findings of 核对 never stop it.

    The number belongs to the transaction that records the finished, verified file, so a power cut burns none.
    Documents that were frozen and are unchanged carry the day of the freezing, like the paper that was signed.
    """
    with _alone(desk):
        step("alone")
        findings = review(desk, period)
        step("reviewed")
        with desk.store.reading() as reading:
            office = office_of(reading)
            papers, final_digest = _papers(desk, reading, period, step)
            previous = sent_before(reading)
        step("papers")
        signer = signing_identity(desk, office)
        step("signer at hand")
        sealed = _sealed(desk, office, period, papers, previous, signer)
        step("sealed")
        replica = desk.store.replica
        part = part_of(to, replica, sealed.manifest_sha256)
        try:
            to.mkdir(parents=True, exist_ok=True)
            step("folder made")
            sweep(to, replica)
            step("swept")
            write_part(part, sealed.data, step)
            _require_verified(desk, part, sealed)
            step("verified")
            path, record = _recorded(desk, period, sealed, part, to, final_digest, len(previous), step)
        except OSError as error:
            raise SendingFailed(
                f"文件没有写成（{why_not(error)}），没有占用期号，{to} 里没有留下半个文件。请检查位置后再报送。"
            ) from error
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        step("done")
    return Sent(path, record, findings, sealed.check_code, sealed.spoken_code)


def sent_before(reading: Reading) -> list[SentFile]:
    """Every sending of this desk, oldest first."""
    return sorted(reading.all(SentFile), key=lambda each: each.seq)


@contextmanager
def _alone(desk: Desk) -> Iterator[None]:
    """One sending at a time for a data folder, so that nobody sweeps away another's unfinished file."""
    try:
        with exclusive(desk.store.home / LOCK_FOLDER):
            yield
    except HomeInUse:
        raise SendingFailed(
            "另一个窗口正在报送，这一次没有做，没有占用期号。请等它做完再报送。", "S203"
        ) from None


def _papers(desk: Desk, reading: Reading, period: Period, step: Step) -> tuple[Papers, str | None]:
    """The documents, and the digest of the frozen ones when they are those."""
    final = final_of(reading, period)
    if final is not None:
        frozen = papers_of(reading, period, profile=desk.profile, today=final.day)
        step("frozen papers")
        if since(final, frozen).same:
            return frozen, final.digest
    return papers_of(reading, period, profile=desk.profile, today=desk.today()), None


def _sealed(
    desk: Desk,
    office: Office,
    period: Period,
    papers: Papers,
    previous: list[SentFile],
    signer: SigningIdentity,
) -> Sealed:
    facts = SendingFacts(
        bundle_id=new_uid(desk.store.now(), desk.store.random),
        period=period.code,
        org_code=office.code,
        org_name=office.name,
        replica=desk.store.replica,
        seq=_next(previous),
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
    try:
        return seal_plain(documents, facts=facts, signer=signer)
    except CannotSeal as refused:
        raise SendingFailed(str(refused), "S208") from refused


def _next(previous: list[SentFile]) -> int:
    return (previous[-1].seq if previous else 0) + 1


def _require_verified(desk: Desk, part: Path, sealed: Sealed) -> None:
    """Verifies what lies on the disk. Raises SendingFailed."""
    found = verify(part, now=desk.store.now())
    if not found.ok or found.manifest_sha256 != sealed.manifest_sha256:
        raise SendingFailed(
            f"写出的文件没有通过核验（{found.code.value}），已经删去，没有占用期号。请再报送一次。", "S202"
        )


def _recorded(
    desk: Desk,
    period: Period,
    sealed: Sealed,
    part: Path,
    to: Path,
    final_digest: str | None,
    known: int,
    step: Step,
) -> tuple[Path, SentFile]:
    """Name and number together: a file whose record was not stored is taken away again. Raises OSError."""
    path: Path | None = None
    try:
        with desk.store.writing(reason=f"报送 {period.label}") as writing:
            step("numbering")
            if len(sent_before(Reading(writing.connection))) != known:
                raise SendingFailed(
                    "另一个窗口刚刚报送过，这一次没有完成，没有占用期号。请再点一次。", "S203"
                )
            step("numbered")
            wanted = to / sealed.file_name
            path = named(part, wanted, takes=lambda other: _left_over(desk, other, sealed), step=step)
            step("renamed")
            record = _record(desk, writing.new_uid(), period, sealed, path.name)
            record = replace(record, content_digest=final_digest)
            writing.put(record)
            step("recorded")
    except BaseException:
        if path is not None:
            with contextlib.suppress(OSError):
                path.unlink()
        raise
    step("committed")
    desk.store.set_setting(f"sent-path:{record.uid}", str(path))
    return path, record


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


def _left_over(desk: Desk, path: Path, sealed: Sealed) -> bool:
    """Whether a file is one of ours that was cut off before it got the number we are about to take."""
    found = verify(path, now=desk.store.now()).manifest
    return found is not None and (found.replica, found.seq) == (sealed.manifest.replica, sealed.manifest.seq)
