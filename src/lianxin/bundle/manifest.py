"""The manifest: everything a bundle says about itself, as typed facts and as the bytes that are signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from lianxin.bundle.manifest_fields import BadManifest, Fields, periods_text
from lianxin.domain.canonical import JsonValue, canonical

FORMAT = "lianxin-bundle/1"


class Kind(StrEnum):
    """What a bundle is for."""

    PLAIN = "plain"
    REPORT = "report"
    HANDOVER = "handover"
    ATTACHMENTS = "attachments"
    RECEIPT = "receipt"
    PROFILE = "profile"
    ENROLMENT = "enrolment"


class Profile(StrEnum):
    """Which signatures a bundle carries."""

    P256 = "p256"
    GM = "gm"
    DUAL = "dual"


class Role(StrEnum):
    """What a listed file is."""

    DATA = "data"
    VALUES = "values"
    DOCUMENT = "document"
    ATTACHMENT = "attachment"
    TRUST = "trust"


@dataclass(frozen=True)
class Generator:
    """The program that made the bundle."""

    name: str
    version: str


@dataclass(frozen=True)
class SignerFacts:
    """Who signed: SHA-256 of certificate (DER) and public key, 64 hex digits each; `prepared_by` is a code."""

    cert_sha256: str
    key_id: str
    prepared_by: str


@dataclass(frozen=True)
class StreamRange:
    """Entries `first` to `last` of one stream; `last_hash` is the hash of the last one, 64 hex digits."""

    first: int
    last: int
    last_hash: str


@dataclass(frozen=True)
class ListedFile:
    """One file the manifest vouches for; `path` is relative to the folder that holds the signature folder."""

    path: str
    size: int
    sha256: str
    role: Role
    media_type: str
    personal: bool


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """All facts of manifest.json, format 1; every field is always written, absent ones as null or empty.

    `created_at` is UTC in whole seconds; `totals` are the figures of the return (decimals as text).
    """

    bundle_id: str
    kind: Kind
    period: str
    org_code: str
    org_name: str
    audience: str
    term: str
    replica: str
    seq: int
    created_at: datetime
    generator: Generator
    schema: int
    signer: SignerFacts
    files: tuple[ListedFile, ...]
    prev_manifest_sha256: str | None = None
    profile: Profile = Profile.P256
    entries: Mapping[str, StreamRange] = field(default_factory=dict)
    acknowledges: Mapping[str, int] = field(default_factory=dict)
    receipt_no: int | None = None
    audit_head: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    totals: Mapping[str, int | str | None] = field(default_factory=dict)
    completeness: str = ""

    def to_json(self) -> dict[str, JsonValue]:
        """Return the manifest as the JSON object that is signed."""
        return {
            "format": FORMAT,
            "bundle_id": self.bundle_id,
            "kind": self.kind.value,
            "period": self.period,
            "org_code": self.org_code,
            "org_name": self.org_name,
            "audience": self.audience,
            "term": self.term,
            "replica": self.replica,
            "seq": self.seq,
            "prev_manifest_sha256": self.prev_manifest_sha256,
            "created_at": moment_text(self.created_at),
            "generator": {"name": self.generator.name, "version": self.generator.version},
            "schema": self.schema,
            "profile": self.profile.value,
            "signer": {
                "cert_sha256": self.signer.cert_sha256,
                "key_id": self.signer.key_id,
                "prepared_by": self.signer.prepared_by,
            },
            "entries": {name: [r.first, r.last, r.last_hash] for name, r in self.entries.items()},
            "acknowledges": dict(self.acknowledges),
            "receipt_no": self.receipt_no,
            "audit_head": self.audit_head,
            "counts": dict(self.counts),
            "totals": dict(self.totals),
            "completeness": self.completeness,
            "files": [_file_json(listed) for listed in self.files],
        }

    def to_bytes(self) -> bytes:
        """Return the exact bytes of manifest.json: canonical JSON and one LF.

        Raises BadManifest when a fact would be refused by the reader, so nothing unreadable is ever signed.
        """
        data = self.to_json()
        if manifest_from_json(data) != self:
            raise BadManifest("manifest", "does not survive writing and reading")
        return canonical(data) + b"\n"


def manifest_from_json(value: JsonValue) -> Manifest:
    """Read a manifest of format 1 with every field checked.

    Unknown fields are refused: whatever a later program adds needs a new format number, so that no reader
    overlooks a fact it was meant to obey. Raises BadManifest.
    """
    fields = Fields.of(value, "manifest")
    if fields.text("format") != FORMAT:
        raise BadManifest("format", "is not lianxin-bundle/1")
    manifest = Manifest(
        bundle_id=fields.uuid("bundle_id"),
        kind=fields.choice("kind", Kind),
        period=periods_text(fields.text("period")),
        org_code=fields.org_code("org_code"),
        org_name=fields.text("org_name", longest=100),
        audience=fields.text("audience", longest=100, empty=True),
        term=fields.text("term", longest=100, empty=True),
        replica=fields.text("replica", longest=100),
        seq=fields.integer("seq"),
        created_at=_moment(fields.text("created_at")),
        generator=_generator(fields.inner("generator")),
        schema=fields.integer("schema", least=1),
        signer=_signer(fields.inner("signer")),
        files=tuple(_file(Fields.of(item, "files")) for item in fields.items("files")),
        prev_manifest_sha256=fields.digest_or_none("prev_manifest_sha256"),
        profile=fields.choice("profile", Profile),
        entries={name: _range(item) for name, item in fields.members("entries").items()},
        acknowledges=fields.integers("acknowledges"),
        receipt_no=fields.integer_or_none("receipt_no"),
        audit_head=fields.digest_or_none("audit_head"),
        counts=fields.integers("counts"),
        totals=fields.figures("totals"),
        completeness=fields.text("completeness", longest=4000, empty=True, lines=True),
    )
    fields.done()
    return manifest


def moment_text(moment: datetime) -> str:
    """Return a moment (with time zone) as the manifest writes it: UTC, whole seconds, "Z"."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise BadManifest("created_at", "is no UTC moment") from None
    if moment_text(moment) != text:
        raise BadManifest("created_at", "is no UTC moment in its one spelling")
    return moment


def _generator(fields: Fields) -> Generator:
    made = Generator(name=fields.text("name", longest=60), version=fields.text("version", longest=60))
    fields.done()
    return made


def _signer(fields: Fields) -> SignerFacts:
    made = SignerFacts(
        cert_sha256=fields.digest("cert_sha256"),
        key_id=fields.digest("key_id"),
        prepared_by=fields.text("prepared_by", longest=60, empty=True),
    )
    fields.done()
    return made


def _range(value: JsonValue) -> StreamRange:
    if not isinstance(value, list | tuple) or len(value) != 3:
        raise BadManifest("entries", "is no [from, to, hash]")
    fields = Fields({"from": value[0], "to": value[1], "hash": value[2]}, "entries")
    made = StreamRange(
        first=fields.integer("from", least=1), last=fields.integer("to"), last_hash=fields.digest("hash")
    )
    if made.last < made.first:
        raise BadManifest("entries", "runs backwards")
    return made


def _file(fields: Fields) -> ListedFile:
    made = ListedFile(
        path=fields.text("path", longest=1000),
        size=fields.integer("size"),
        sha256=fields.digest("sha256"),
        role=fields.choice("role", Role),
        media_type=fields.text("media_type", longest=100),
        personal=fields.flag("personal"),
    )
    fields.done()
    return made


def _file_json(listed: ListedFile) -> JsonValue:
    return {
        "path": listed.path,
        "size": listed.size,
        "sha256": listed.sha256,
        "role": listed.role.value,
        "media_type": listed.media_type,
        "personal": listed.personal,
    }
