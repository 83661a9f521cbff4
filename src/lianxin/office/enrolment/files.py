"""The small signed files of enrolment: sealed, written, read back where they lie, then named."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lianxin import __version__
from lianxin.bundle.checking import checked
from lianxin.bundle.manifest import Generator, Kind, Role
from lianxin.bundle.parts import Part, part_of_bytes
from lianxin.bundle.sealing import CannotSeal, SendingFacts, Signer
from lianxin.bundle.sealing_streams import seal
from lianxin.bundle.trust import Trust
from lianxin.bundle.verdicts import Refused, refused
from lianxin.domain.canonical import JsonValue, canonical
from lianxin.domain.dictionary import SCHEMA
from lianxin.domain.identity import new_uid
from lianxin.domain.records import Office
from lianxin.office.desk import Desk
from lianxin.office.sending.delivering import bytes_of, named, part_of, silent, sweep, write_part
from lianxin.store.files import why_not

REQUEST, OFFICE = "request.csr", "office.json"
ROOT, CERTIFICATE, COUNTY, REVOKED, RULES = (
    "county-root.crt", "office.crt", "county.json", "revoked.crl", "rules.json",
)  # fmt: skip
"""Names under trust/: of a request, and of the county's answer."""


class EnrolmentRefused(Exception):
    """A step of enrolment was refused: what happened, whether anything changed, what now, in Chinese."""

    def __init__(self, message: str, code: str = "K302") -> None:
        super().__init__(message)
        self.message, self.code = message, code


@dataclass(frozen=True)
class SignedFile:
    """A finished file with 核对码 for machines and for the telephone."""

    path: Path
    check_code: str
    spoken_code: str


def trust_part(name: str, data: bytes) -> Part:
    """A file of the folder trust/."""
    return part_of_bytes(f"trust/{name}", Role.TRUST, data)


def json_part(name: str, told: dict[str, JsonValue]) -> Part:
    """A file of the folder trust/ that holds facts, one line."""
    return trust_part(name, canonical(told) + b"\n")


def write_signed(
    desk: Desk,
    office: Office,
    *,
    kind: Kind,
    parts: Sequence[Part],
    signer: Signer,
    to: Path,
    name: str,
    audience: str = "",
    trust: Trust | None = None,
) -> SignedFile:
    """Writes one file into a folder under the first free name and judges it there as its reader will.

    Enrolment takes no number of the reports: `seq` is 0. Raises EnrolmentRefused; nothing half is left.
    """
    now = desk.store.now()
    facts = SendingFacts(
        bundle_id=new_uid(now, desk.store.random),
        period=f"{now.year}",
        org_code=office.code,
        org_name=office.name,
        replica=desk.store.replica,
        seq=0,
        created_at=now,
        generator=Generator("lianxin", __version__),
        schema=SCHEMA,
        audience=audience,
        prepared_by=office.clerk or "",
    )
    sealed = io.BytesIO()
    try:
        written = seal(sealed, kind=kind, parts=parts, facts=facts, signer=signer)
    except CannotSeal as fault:
        raise EnrolmentRefused(str(fault)) from fault
    part = part_of(to, desk.store.replica, written.manifest_sha256)
    try:
        to.mkdir(parents=True, exist_ok=True)
        sweep(to, desk.store.replica)
        write_part(part, sealed.tell(), bytes_of(sealed.getvalue()), silent)
        with checked(part, now=now, trust=trust, enrolment=kind is Kind.ENROLMENT) as found:
            if found.digest != written.manifest_sha256:
                raise EnrolmentRefused(f"写到 {to} 的文件读回来不一致，已经删去。请换一个位置再试。")
        path = named(part, to / name, takes=lambda other: False)
    except OSError as error:
        raise EnrolmentRefused(
            f"文件没有写成（{why_not(error)}），{to} 里没有留下半个文件。请检查位置后再试。"
        ) from error
    except Refused as finding:
        raise EnrolmentRefused(
            f"写到 {to} 的文件没有通过核验（{finding.code.value}），已经删去。请换一个位置再试。"
        ) from finding
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return SignedFile(path, written.check_code, written.spoken_code)


def in_words(file: Path, finding: Refused) -> EnrolmentRefused:
    """What a check found, as the sentence a person reads."""
    outcome = refused(str(file), finding, manifest=None, digest=None)
    return EnrolmentRefused(f"{file.name}：{outcome.message}{outcome.next}", finding.code.value)
