"""Seal documents into a 普通报送: one folder of files for people, and a signature over all of them.

What every bundle has in common, facts, manifest and the refusal of what no receiver would take, is here too.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from lianxin.bundle.checkcode import hex_code, manifest_digest, spoken_code
from lianxin.bundle.filetypes import file_type
from lianxin.bundle.instructions import instructions
from lianxin.bundle.limits import Limits
from lianxin.bundle.manifest import Generator, Kind, Manifest, Role, SignerFacts, StreamRange
from lianxin.bundle.manifest_fields import BadManifest
from lianxin.bundle.naming import (
    CERTIFICATE_NAME,
    INSTRUCTIONS_NAME,
    MANIFEST_NAME,
    SIGNATURE_FOLDER,
    SIGNATURE_NAME,
    plain_folder,
    sealed_name,
)
from lianxin.bundle.parts import Part, part_of_bytes
from lianxin.bundle.paths import clash_key, first_clash, path_fault
from lianxin.bundle.signatures import Leaf, read_certificate, read_leaf
from lianxin.bundle.zipwriting import zip_bytes
from lianxin.domain.canonical import NotCanonical
from lianxin.domain.periods import BadPeriod


class CannotSeal(ValueError):
    """The documents cannot be sealed as they are; the message is a Chinese sentence for the clerk."""


class Signer(Protocol):
    """Whoever holds the office's key; `keys.signing.SigningIdentity` is one."""

    @property
    def certificate_pem(self) -> bytes:
        """The signer's certificate as PEM."""

    def sign(self, data: bytes) -> bytes:
        """Return a DER ECDSA P-256/SHA-256 signature."""


@dataclass(frozen=True)
class NamedBytes:
    """One document: its file name (may hold folders, "/") and its content."""

    name: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class SendingFacts:
    """What the office says about one sending; the manifest is made of this, the documents and the signer.

    `created_at` carries a time zone, whole seconds count; `seq` rises per replica; `place` is the short name
    in the file name (石牌镇) when it differs from `org_name`.
    """

    bundle_id: str
    period: str
    org_code: str
    org_name: str
    replica: str
    seq: int
    created_at: datetime
    generator: Generator
    schema: int
    audience: str = ""
    term: str = ""
    place: str = ""
    prepared_by: str = ""
    prev_manifest_sha256: str | None = None
    audit_head: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    totals: Mapping[str, int | str | None] = field(default_factory=dict)
    completeness: str = ""
    entries: Mapping[str, StreamRange] = field(default_factory=dict)
    acknowledges: Mapping[str, int] = field(default_factory=dict)
    receipt_no: int | None = None


def sealed_file_name(facts: SendingFacts, encrypted: bool) -> str:
    """Return the name a sealed bundle of these facts is stored under."""
    return sealed_name(
        org_code=facts.org_code,
        place=facts.place or facts.org_name,
        period=facts.period,
        seq=facts.seq,
        encrypted=encrypted,
    )


@dataclass(frozen=True)
class Sealed:
    """A finished bundle: `file_name` to store it under, its `data`, and what was signed.

    `files` are the same entries by path inside the ZIP, for showing the folder unpacked.
    """

    file_name: str
    data: bytes
    manifest: Manifest
    manifest_sha256: str
    files: tuple[NamedBytes, ...]

    @property
    def check_code(self) -> str:
        """核对码 in hex, groups of four: the machine-readable form."""
        return hex_code(self.manifest_sha256)

    @property
    def spoken_code(self) -> str:
        """核对码 in 20 decimal digits, groups of five: for screen, cover sheet and telephone."""
        return spoken_code(self.manifest_sha256)


def seal_plain(documents: Sequence[NamedBytes], *, facts: SendingFacts, signer: Signer) -> Sealed:
    """Make a 普通报送 of documents that hold no personal data; equal arguments give equal bytes.

    Raises CannotSeal for whatever a receiver would refuse: names, types, sizes, facts, a certificate that does
    not fit office or day.
    """
    try:
        folder = plain_folder(facts.place or facts.org_name, facts.period)
    except BadPeriod as wrong:
        raise CannotSeal(f"{wrong} 没有生成报送件，数据没有改动。") from wrong
    named = [NamedBytes(unicodedata.normalize("NFC", item.name), item.data) for item in documents]
    parts = [part_of_bytes(item.name, Role.DOCUMENT, item.data) for item in named]
    if not parts:
        raise CannotSeal("没有要报送的文件，没有生成报送件，数据没有改动。请先生成报送材料。")
    refuse_bad_parts(parts, prefix=f"{folder}/")
    manifest, manifest_bytes = signed_manifest(Kind.PLAIN, parts, facts, signer)
    digest = manifest_digest(manifest_bytes)
    inside = [
        *named,
        NamedBytes(f"{SIGNATURE_FOLDER}/{MANIFEST_NAME}", manifest_bytes),
        NamedBytes(f"{SIGNATURE_FOLDER}/{SIGNATURE_NAME}", signer.sign(manifest_bytes)),
        NamedBytes(f"{SIGNATURE_FOLDER}/{CERTIFICATE_NAME}", signer.certificate_pem),
        NamedBytes(f"{SIGNATURE_FOLDER}/{INSTRUCTIONS_NAME}", instructions(manifest, digest)),
    ]
    files = tuple(NamedBytes(f"{folder}/{item.name}", item.data) for item in inside)
    data = zip_bytes((item.name, item.data) for item in files)
    return Sealed(f"{folder}.zip", data, manifest, digest, files)


def signed_manifest(
    kind: Kind, parts: Sequence[Part], facts: SendingFacts, signer: Signer
) -> tuple[Manifest, bytes]:
    """The manifest of these parts and its exact bytes, to be signed. Raises CannotSeal for facts no reader takes."""
    read = read_certificate if kind is Kind.PROFILE else read_leaf
    leaf = read(signer.certificate_pem)
    _refuse_other_signer(leaf, facts)
    manifest = _manifest(kind, parts, facts, leaf)
    try:
        return manifest, manifest.to_bytes()
    except (BadManifest, NotCanonical) as fault:
        raise CannotSeal(
            f"报送信息不合规定（{fault}），没有生成报送件，数据没有改动。请检查单位设置。"
        ) from fault


def _manifest(kind: Kind, parts: Sequence[Part], facts: SendingFacts, leaf: Leaf) -> Manifest:
    return Manifest(
        bundle_id=facts.bundle_id,
        kind=kind,
        period=facts.period,
        org_code=facts.org_code,
        org_name=facts.org_name,
        audience=facts.audience,
        term=facts.term,
        replica=facts.replica,
        seq=facts.seq,
        created_at=facts.created_at.replace(microsecond=0),
        generator=facts.generator,
        schema=facts.schema,
        signer=SignerFacts(leaf.cert_sha256, leaf.key_id, facts.prepared_by),
        files=tuple(part.listed() for part in parts),
        prev_manifest_sha256=facts.prev_manifest_sha256,
        entries=facts.entries,
        acknowledges=facts.acknowledges,
        receipt_no=facts.receipt_no,
        audit_head=facts.audit_head,
        counts=facts.counts,
        totals=facts.totals,
        completeness=facts.completeness,
    )


def _refuse_other_signer(leaf: Leaf, facts: SendingFacts) -> None:
    if leaf.org_code != facts.org_code:
        raise CannotSeal("签名密钥是别的单位的，没有生成报送件，数据没有改动。请在设置里检查密钥。")
    if not leaf.not_before <= facts.created_at.replace(microsecond=0) <= leaf.not_after:
        raise CannotSeal(
            "签名证书在今天的日期无效，没有生成报送件，数据没有改动。请检查电脑日期；日期没错就在设置里换证书。"
        )


def refuse_bad_parts(parts: Sequence[Part], *, prefix: str) -> None:
    """Refuses names, types and sizes a receiver would refuse; `prefix` is the folder they lie in. Raises CannotSeal."""
    limits = Limits()
    sizes = [part.size for part in parts]
    # The layout needs some entries and bytes of its own.
    if len(parts) > limits.entry_count - 10 or max(sizes, default=0) > limits.entry_size:
        raise CannotSeal("报送材料太多或太大，没有生成报送件，数据没有改动。请分几次报送。")
    if sum(sizes) > limits.zip_size - 2 * limits.manifest_size:
        raise CannotSeal("报送材料太多或太大，没有生成报送件，数据没有改动。请分几次报送。")
    for part in parts:
        fault = path_fault(f"{prefix}{part.path}", longest=limits.path_characters)
        reserved = clash_key(part.path.split("/")[0]) == clash_key(SIGNATURE_FOLDER)
        if fault is not None or reserved:
            raise CannotSeal(
                f"文件名“{part.path}”不能用于报送（{fault or '与签名文件夹重名'}），没有生成报送件。请改名后再报送。"
            )
        if file_type(part.path) is None and part.role in (Role.DOCUMENT, Role.ATTACHMENT):
            raise CannotSeal(
                f"“{part.path}”不是可以报送的文件类型，没有生成报送件。请换成 Word、Excel、PDF 或图片。"
            )
    clash = first_clash([part.path for part in parts])
    if clash is not None:
        raise CannotSeal(f"有两个文件都叫“{clash}”，没有生成报送件。请改名后再报送。")
