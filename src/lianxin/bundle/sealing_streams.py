"""Write a sealed bundle (报送件 and everything else of that layout) by stream: never more than a chunk in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from lianxin.bundle.checkcode import hex_code, manifest_digest, spoken_code
from lianxin.bundle.layout import MIMETYPE, MIMETYPE_NAME
from lianxin.bundle.manifest import Kind, Manifest, Role
from lianxin.bundle.naming import CERTIFICATE_NAME, MANIFEST_NAME, SEALED_SIGNATURES, SIGNATURE_NAME
from lianxin.bundle.parts import Part
from lianxin.bundle.sealing import CannotSeal, SendingFacts, Signer, refuse_bad_parts, signed_manifest
from lianxin.bundle.zipwriting import Member, chunks_of, small_member, write_zip

FOLDERS = {
    Role.DATA: "data/",
    Role.VALUES: "data/",
    Role.DOCUMENT: "documents/",
    Role.ATTACHMENT: "attachments/",
    Role.TRUST: "trust/",
}
"""Where the files of each role lie (bundle-format.md, "Layout")."""


@dataclass(frozen=True)
class Written:
    """What was signed: the manifest, its SHA-256, and 核对码 for machines and for the telephone."""

    manifest: Manifest
    manifest_sha256: str

    @property
    def check_code(self) -> str:
        """核对码 in hex, groups of four: the machine-readable form."""
        return hex_code(self.manifest_sha256)

    @property
    def spoken_code(self) -> str:
        """核对码 in 20 decimal digits, groups of five: for screen, cover sheet and telephone."""
        return spoken_code(self.manifest_sha256)


def seal(out: BinaryIO, *, kind: Kind, parts: Sequence[Part], facts: SendingFacts, signer: Signer) -> Written:
    """Writes a sealed bundle of these parts, in their order, into a seekable `out`; equal input, equal bytes.

    Raises CannotSeal for whatever a receiver would refuse, and when a part is not any more what was measured
    (what was written until then is worthless).
    """
    if kind is Kind.PLAIN:
        raise ValueError("a 普通报送 is made by seal_plain")
    refuse_bad_parts(parts, prefix="")
    for part in parts:
        if not part.path.startswith(FOLDERS[part.role]):
            raise ValueError(f"{part.path} is no place for {part.role}")
    manifest, signed = signed_manifest(kind, parts, facts, signer)
    own = {
        MIMETYPE_NAME: MIMETYPE,
        MANIFEST_NAME: signed,
        f"{SEALED_SIGNATURES}/{SIGNATURE_NAME}": signer.sign(signed),
        f"{SEALED_SIGNATURES}/{CERTIFICATE_NAME}": signer.certificate_pem,
    }
    members = [small_member(name, data) for name, data in own.items()]
    write_zip(out, [*members, *(Member(part.path, part.size, partial(_measured, part)) for part in parts)])
    return Written(manifest, manifest_digest(signed))


def _measured(part: Part) -> Iterator[bytes]:
    """Reads a part and compares it with its measure: nothing may be signed as one thing and sent as another."""
    if part.fixed:
        with part.open() as stream:
            yield from chunks_of(stream)
        return
    digest, left = hashlib.sha256(), part.size
    with part.open() as stream:
        for chunk in chunks_of(stream):
            digest.update(chunk)
            left -= len(chunk)
            yield chunk
    if left or digest.hexdigest() != part.sha256:
        raise CannotSeal(f"“{part.path}”在报送当中被改动了，没有生成报送件，数据没有改动。请再报送一次。")
