"""A file arrives: judged by itself, then every member opened and sealed at rest, before anything is taken in."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lianxin.bundle.carried_lines import read_entries, read_opening
from lianxin.bundle.checkcode import spoken_code
from lianxin.bundle.checking import Checked, Findings, checked
from lianxin.bundle.codes import Code, Verdict
from lianxin.bundle.journal_file import JOURNAL_PATH, VALUES_PATH
from lianxin.bundle.manifest import Kind, Manifest
from lianxin.bundle.signatures import read_certificate
from lianxin.bundle.steps import read_manifest
from lianxin.bundle.trust import check_issued, check_registered, check_revoked, read_root
from lianxin.bundle.unsealing import sweep
from lianxin.bundle.verdicts import Refused
from lianxin.domain.canonical import NotCanonical
from lianxin.domain.journal import BadEntry
from lianxin.office.desk import Desk
from lianxin.office.receiving.gate import Gate
from lianxin.office.receiving.verdict import FileVerdict, already_here, refusal
from lianxin.office.trust.judging import OPENING
from lianxin.store.errors import StoreProblem
from lianxin.store.files import CHUNK, why_not
from lianxin.store.kept_bundles import KeptBundles
from lianxin.store.kept_wiping import opening_in
from lianxin.store.received import ReceivedFile, known_bundle, received_file
from lianxin.store.taking_in import CarriedOpening, Delivery

MANIFEST, CERTIFICATE, SOURCE = "manifest.json", "p256.crt", "source"
"""Members of a kept file: the signed bytes, who signed, and for one put aside unread the file as it came."""
KEPT_ASIDE = frozenset(
    {Code.ID_CONFLICT, Code.FORK, Code.COUNTS, Code.DOCUMENT_MISMATCH, Code.SM2_UNAVAILABLE, Code.UNIT_ENDED}
)
SCRATCH = OPENING
_log = logging.getLogger(__name__)


class CannotKeep(StoreProblem):
    """This computer cannot store what arrives."""

    code = "R301"

    def __init__(self, error: OSError) -> None:
        super().__init__(
            f"收到的文件存不进本机（{why_not(error)}），没有导入，原文件和已有数据都没有改动。请腾出空间后再收。"
        )


@dataclass(frozen=True)
class Arrived:
    """A file that went through verification and lies sealed, waiting to be taken in."""

    file: str
    file_name: str
    manifest: Manifest
    digest: str
    warnings: tuple[Code, ...]

    @property
    def place(self) -> str:
        """Its folder among the kept bundles."""
        return kept_place(self.manifest.kind.value, self.manifest.bundle_id, spoken_code(self.digest))

    @property
    def order(self) -> tuple[tuple[str, int, int], ...]:
        """(stream, counter): in this order a folder is applied."""
        return tuple(sorted((name, each.last, each.first) for name, each in self.manifest.entries.items()))


@dataclass(frozen=True)
class Aside:
    """A file that a person has to look at, kept as it came; `place` is empty when it could not be read at all."""

    file_name: str
    place: str
    manifest: Manifest
    digest: str


def arrive(
    desk: Desk,
    path: Path,
    gate: Gate,
    kept: KeptBundles,
    *,
    keep: bool = True,
    seen: Mapping[str, str] | None = None,
) -> tuple[FileVerdict | None, Arrived | Aside | None]:
    """Verifies one file and keeps it. A verdict when it ends here, else what waits to be taken in.

    `seen` are files of the same batch, place → digest: the same file twice is kept once.

    Any file gives an answer and is left untouched; only a full disk here ends a batch. Raises CannotKeep.
    """
    findings, file = Findings(), str(path)
    scratch = desk.store.home / SCRATCH
    try:
        with checked(
            path,
            now=desk.store.now(),
            trust=gate.trust,
            us=gate.us,
            decrypt=gate.decrypt,
            scratch=scratch,
            findings=findings,
        ) as found:
            gate.require_ours(found.manifest)
            arrived = Arrived(file, path.name, found.manifest, found.digest, tuple(found.warnings))
            known = _known(desk, arrived)
            if known is not None and known.digest != found.digest:
                raise Refused(Code.ID_CONFLICT)
            if known is not None and known.state == "accepted":
                return already_here(file, found.manifest, found.digest), None
            twin = (seen or {}).get(arrived.place)
            if twin is not None and twin != found.digest:
                raise Refused(Code.ID_CONFLICT)
            if twin is not None:
                return None, arrived
            # Only whoever has read the last entry knows that all are right.
            found.check_data()
            _store(kept, arrived.place, _members(found))
            # Reading the entries may have warned, too.
            arrived = Arrived(file, path.name, found.manifest, found.digest, tuple(found.warnings))
            return None, arrived
    except Refused as finding:
        verdict = refusal(file, finding, findings.manifest, findings.digest)
        aside = _aside(path, finding, findings, kept) if keep else None
        return verdict, aside
    except StoreProblem:
        raise
    except Exception:
        # The last net: one file may never end a batch, whatever a library makes of it.
        _log.exception("a received file could not be read")
        unread = Refused(Code.CORRUPT, "内容无法解读")
        return refusal(file, unread, findings.manifest, findings.digest), None


def kept_place(kind: str, bundle_id: str, check_code: str) -> str:
    """The folder of a kept file: the id its signer gave it, which only the county's own desks are held to.

    Anybody can make a 普通报送 under any id; it must not stand where another file belongs.
    """
    if kind != Kind.PLAIN.value:
        return bundle_id
    return f"{kind}-{check_code.replace(' ', '')}"


def clear_passing(desk: Desk, kept: KeptBundles) -> None:
    """Takes away what a killed reception left; nobody else is receiving."""
    kept.sweep()
    sweep(desk.store.home / SCRATCH)


def manifest_of(kept: KeptBundles, place: str) -> Manifest:
    """The manifest of a kept file. Raises Refused, SealedFileMissing, SealedFileDamaged."""
    return read_manifest(b"".join(kept.chunks(place, MANIFEST)))


def delivery_of(kept: KeptBundles, place: str, manifest: Manifest, gate: Gate, *, patient: bool) -> Delivery:
    """The entries and values of a kept file, to be taken in."""
    return Delivery(
        org=manifest.org_code,
        reader=gate.own,
        acknowledges=manifest.acknowledges,
        lines=kept.lines(place, JOURNAL_PATH),
        values=_values(kept, place),
        former=gate.former_of(manifest.org_code),
        patient=patient,
        read=read_entries,
    )


def booked(
    arrived: Arrived | Aside, *, at: str, verdict: FileVerdict, state: str, place: str
) -> ReceivedFile:
    """The line of the book of received files."""
    manifest = arrived.manifest
    told = verdict.as_json()
    told.pop("file")
    return ReceivedFile(
        place=place,
        bundle_id=manifest.bundle_id,
        digest=arrived.digest,
        org=manifest.org_code,
        replica=manifest.replica,
        seq=manifest.seq,
        kind=manifest.kind.value,
        period=manifest.period,
        state="accepted" if state == "accepted" else "held" if state == "held" else "aside",
        created_at=manifest.created_at.isoformat(),
        received_at=at,
        file_name=arrived.file_name,
        verdict=told,
        ranges={name: (each.first, each.last) for name, each in manifest.entries.items()},
    )


def require_still_trusted(gate: Gate, kept: KeptBundles, held: ReceivedFile, now: datetime) -> None:
    """A file that waited was never taken in: its key must be good today, too. Raises Refused (E304, E306, E308).

    One that was taken in before and waits again stands on what was said of it then.
    """
    trust = gate.trust
    if trust is None or held.verdict.get("verdict") in (Verdict.ACCEPT.value, Verdict.CONFLICT.value):
        return
    leaf, root = read_certificate(b"".join(kept.chunks(held.place, CERTIFICATE))), read_root(trust)
    check_issued(leaf, root)
    check_revoked(leaf, root, trust, digest=held.digest, now=now)
    if held.kind != Kind.RECEIPT.value:
        check_registered(leaf, trust)


def _known(desk: Desk, arrived: Arrived) -> ReceivedFile | None:
    with desk.store.reading() as reading:
        if arrived.manifest.kind is Kind.PLAIN:
            return received_file(reading.connection, arrived.place)
        return known_bundle(reading.connection, arrived.manifest.bundle_id)


def _values(kept: KeptBundles, place: str) -> Iterator[CarriedOpening]:
    for line in kept.lines(place, VALUES_PATH):
        try:
            yield read_opening(line).carried()
        except NotCanonical:
            read = opening_in(line)
            if read is None:
                raise BadEntry("a kept line of values cannot be read") from None
            yield read


def _members(found: Checked) -> Iterator[tuple[str, Iterable[bytes]]]:
    layout = found.layout
    own = {MANIFEST: layout.manifest, "p256.sig": layout.signature, CERTIFICATE: layout.certificate}
    for name, path in own.items():
        entry = found.archive.entry(path)
        if entry is not None:
            yield name, found.archive.chunks(entry)
    for listed in found.manifest.files:
        yield listed.path, _unchanged(found.chunks(listed), listed.sha256, listed.path)


def _unchanged(chunks: Iterable[bytes], sha256: str, path: str) -> Iterator[bytes]:
    """What is kept is what was verified, though the stick was written meanwhile. Raises Refused (E106, E207)."""
    digest = hashlib.sha256()
    try:
        for chunk in chunks:
            digest.update(chunk)
            yield chunk
    except OSError as error:
        raise Refused(Code.CORRUPT, "读取文件时出错，U盘可能已拔出或损坏") from error
    if digest.hexdigest() != sha256:
        raise Refused(Code.HASH, path)


def _aside(path: Path, finding: Refused, findings: Findings, kept: KeptBundles) -> Aside | None:
    manifest, digest = findings.manifest, findings.digest
    if finding.code not in KEPT_ASIDE or manifest is None or digest is None:
        return None
    place = f"{manifest.bundle_id}-{digest[:8]}"
    try:
        _store(kept, place, [(SOURCE, _source(path))])
    except Refused:
        return None
    return Aside(path.name, place, manifest, digest)


def _source(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                yield chunk
    except OSError as error:
        raise Refused(Code.CORRUPT, "读取文件时出错，U盘可能已拔出或损坏") from error


def _store(kept: KeptBundles, place: str, members: Iterable[tuple[str, Iterable[bytes]]]) -> None:
    try:
        kept.keep(place, members)
    except OSError as error:
        raise CannotKeep(error) from error
