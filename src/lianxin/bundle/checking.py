"""Check one received file step by step and hand out what is in it, while it is open (bundle-format.md, "Verify").

Structure before content, the signature over raw bytes before any JSON is read, nothing written anywhere.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from lianxin.bundle.carried_lines import CarriedLine, CarriedOpening
from lianxin.bundle.checkcode import manifest_digest
from lianxin.bundle.codes import Code
from lianxin.bundle.contents import check_file_bytes, check_file_set, check_file_types
from lianxin.bundle.counting import check_counts
from lianxin.bundle.entry_reading import EntryReader
from lianxin.bundle.entryview import chunks_of, seekable_entry
from lianxin.bundle.journal_file import CarriedValue
from lianxin.bundle.kind_rules import check_contents, check_role, unconfirmed_enrolment
from lianxin.bundle.layout import Layout, layout_of
from lianxin.bundle.limits import Limits
from lianxin.bundle.manifest import Kind, ListedFile, Manifest, Profile, Role
from lianxin.bundle.opening import OpenedZip, opened_zip
from lianxin.bundle.returnbook import RETURN_NAME, check_totals
from lianxin.bundle.scope import Scope, check_scope
from lianxin.bundle.signatures import Leaf, check_self_issued, names_itself
from lianxin.bundle.steps import (
    check_audience,
    check_instructions,
    check_kind,
    check_listed_paths,
    check_plain_rules,
    check_signed_bytes,
    check_signer,
    check_times,
    read_manifest,
)
from lianxin.bundle.trust import (
    Trust,
    check_carried_revocations,
    check_issued,
    check_registered,
    check_revoked,
    read_root,
)
from lianxin.bundle.unsealing import Decrypt
from lianxin.bundle.value_reading import Openings, read_section, read_values, sections_of
from lianxin.bundle.verdicts import Refused
from lianxin.domain.dictionary import SCHEMA
from lianxin.domain.journal import Entry


@dataclass
class Findings:
    """What is known so far; it outlives a check that stops half way."""

    manifest: Manifest | None = None
    digest: str | None = None
    warnings: list[Code] = field(default_factory=list)


@dataclass(frozen=True)
class Circumstances:
    """Everything a judgement depends on besides the file; `us` None is a stand-alone check."""

    now: datetime
    trust: Trust | None = None
    us: frozenset[str] | None = None
    limits: Limits = field(default_factory=Limits)
    decrypt: Decrypt | None = None
    scratch: str | os.PathLike[str] | None = None
    enrolment: bool = False


@dataclass(frozen=True)
class _Signer:
    """Who signed, as far as a key can say: the certificate and the root it stands on (None: on itself)."""

    leaf: Leaf
    root: Leaf | None


@dataclass(frozen=True)
class Checked:
    """A file that went through steps 0 to 7; usable while `checked` is open."""

    manifest: Manifest
    digest: str
    leaf: Leaf
    warnings: list[Code]
    archive: OpenedZip
    layout: Layout
    scope: Scope
    limits: Limits
    scratch: str | os.PathLike[str] | None

    def entries(self) -> Iterator[Entry]:
        """Yield the carried entries in order, with steps 9 and 10 on the way. Raises Refused (E208, E313, E604).

        Only whoever has seen the last one knows that all are right; nothing may be kept before that.
        """
        return (line.entry() for line in self._lines())

    def check_data(self) -> None:
        """Steps 9 and 10 for all entries and values, for whoever does not want them one by one. Raises Refused."""
        for _ in self._lines():
            pass
        if self._only(Role.DATA) is None:
            for _value in self.values():
                pass

    def _lines(self) -> Iterator[CarriedLine]:
        reader = EntryReader(self.manifest, self.scope, self.limits)
        journal = self._only(Role.DATA)
        if journal is not None:
            with self._openings() as openings:
                for entry in reader.read(self.chunks(journal)):
                    openings.check(entry)
                    yield entry
                openings.finish()
        if (reader.kept or self.manifest.schema > SCHEMA) and Code.NEWER_SCHEMA_KEPT not in self.warnings:
            self.warnings.append(Code.NEWER_SCHEMA_KEPT)
        check_counts(self.manifest, reader.counts)
        self._check_return()

    def values(self) -> Iterator[CarriedValue]:
        """Yield the carried values in order. Those of entries carried before are for the store to compare."""
        listed = self._only(Role.VALUES)
        if listed is not None:
            values = read_values(self.chunks(listed), self.manifest, self.scope, self.limits)
            yield from (value.carried() for value in values)

    def _only(self, role: Role) -> ListedFile | None:
        return next((listed for listed in self.manifest.files if listed.role is role), None)

    def _check_return(self) -> None:
        for listed in self.manifest.files:
            if listed.role is Role.DOCUMENT and listed.path.rpartition("/")[2] == RETURN_NAME:
                entry = self.archive.entry(self.layout.prefix + listed.path)
                if entry is not None:
                    with seekable_entry(self.archive, entry, self.scratch) as stream:
                        check_totals(stream, self.manifest.totals, listed.path)

    @contextmanager
    def _openings(self) -> Iterator[Openings]:
        """The values beside the entries, read in step with them."""
        listed = self._only(Role.VALUES)
        entry = self.archive.entry(listed.path) if listed else None
        if entry is None:
            yield Openings((), lambda _stream: iter(()))
            return
        with seekable_entry(self.archive, entry, self.scratch) as stream:
            sections = sections_of(chunks_of(stream), self.limits)

            def section(name: str) -> Iterator[CarriedOpening]:
                """The values of one stream, from where they begin; other sections may be read in turn."""
                here = sections[name]
                chunks = chunks_of(stream, here.start)
                return read_section(chunks, here, name, self.manifest, self.scope, self.limits)

            yield Openings(sections, section)

    def chunks(self, listed: ListedFile) -> Iterator[bytes]:
        """Yield the bytes of one listed file."""
        entry = self.archive.entry(self.layout.prefix + listed.path)
        if entry is None:
            raise KeyError(listed.path)
        return self.archive.chunks(entry)

    def trust_file(self, name: str) -> bytes:
        """Return a file of the folder trust/ by its name, such as county-root.crt. Raises Refused (E205)."""
        for listed in self.manifest.files:
            if listed.role is Role.TRUST and listed.path == f"trust/{name}":
                return b"".join(self.chunks(listed))
        raise Refused(Code.MISSING_FILE, name)


@contextmanager
def checked(
    path: str | os.PathLike[str],
    *,
    now: datetime,
    trust: Trust | None = None,
    us: frozenset[str] | None = None,
    limits: Limits | None = None,
    decrypt: Decrypt | None = None,
    scratch: str | os.PathLike[str] | None = None,
    enrolment: bool = False,
    findings: Findings | None = None,
) -> Iterator[Checked]:
    """Check steps 0 to 7 of one file and keep it open for reading. Raises Refused, then and while it is read.

    `now` carries a time zone; `us` are the receiver's division codes. `decrypt` opens an encrypted file into a
    private one under `scratch`. `enrolment` reads requests and nothing else. `findings` gets to know manifest and
    digest also of a file that is refused.
    """
    circumstances = Circumstances(now, trust, us, limits or Limits(), decrypt, scratch, enrolment)
    with opened_bundle(os.fspath(path), findings or Findings(), circumstances) as found:
        yield found


@contextmanager
def opened_bundle(file: str, findings: Findings, at: Circumstances) -> Iterator[Checked]:
    """Run steps 0 to 7, filling `findings`. Raises Refused."""
    with opened_zip(file, at.limits, decrypt=at.decrypt, scratch=at.scratch) as archive:
        layout = layout_of(archive)
        signed, leaf = check_signed_bytes(archive, layout, at.limits)
        digest = manifest_digest(signed)
        signer = _check_issuer(leaf, layout, signed, digest, findings, at)
        manifest = read_manifest(signed)
        findings.manifest, findings.digest = manifest, digest
        former = at.trust.former.get(manifest.org_code, frozenset()) if at.trust else frozenset()
        scope = Scope.of(manifest, former=former, us=at.us)
        _check_manifest(manifest, layout, signer, scope, at)
        findings.warnings.extend(check_times(manifest, leaf, at.now))
        _check_files(archive, layout, manifest, digest, at)
        found = Checked(
            manifest, digest, leaf, findings.warnings, archive, layout, scope, at.limits, at.scratch
        )
        _check_carried_lists(found, signer, at.trust)
        yield found


def _check_issuer(
    leaf: Leaf, layout: Layout, signed: bytes, digest: str, findings: Findings, at: Circumstances
) -> _Signer:
    """Step 4: a 普通报送 and a request vouch for themselves; everything else stands on the pinned county root."""
    if layout.plain or (names_itself(leaf) and not leaf.ca and unconfirmed_enrolment(signed)):
        check_self_issued(leaf)
        if not layout.plain and not at.enrolment:
            raise Refused(Code.POLICY, "这是登记申请，请在“设置与密钥”里办理")
        findings.warnings.append(Code.SIGNER_UNCONFIRMED)
        return _Signer(leaf, None)
    if at.trust is None:
        raise Refused(Code.UNTRUSTED_ISSUER)
    root = read_root(at.trust)
    check_issued(leaf, root)
    if leaf.cert_sha256 != root.cert_sha256:
        findings.warnings.extend(check_revoked(leaf, root, at.trust, digest=digest, now=at.now))
    return _Signer(leaf, root)


def _check_manifest(
    manifest: Manifest, layout: Layout, signer: _Signer, scope: Scope, at: Circumstances
) -> None:
    """The rest of step 4 and step 5: role, certificate, office, audience, and what this kind may hold."""
    check_kind(manifest, layout)
    if not layout.plain:
        if manifest.profile is not Profile.P256 or (at.trust and at.trust.required is not Profile.P256):
            raise Refused(Code.SM2_UNAVAILABLE)
        check_role(manifest, signer.leaf, signer.root, enrolment=at.enrolment)
    check_signer(manifest, signer.leaf)
    if at.trust is not None and manifest.kind in (Kind.REPORT, Kind.HANDOVER, Kind.ATTACHMENTS):
        check_registered(signer.leaf, at.trust)
    if layout.plain:
        check_plain_rules(manifest)
    else:
        check_contents(manifest, at.limits)
        check_scope(manifest, scope)
    if at.us is not None:
        check_audience(manifest, at.us)


def _check_files(
    archive: OpenedZip, layout: Layout, manifest: Manifest, digest: str, at: Circumstances
) -> None:
    check_listed_paths(manifest, layout, at.limits)
    check_file_set(archive, layout, manifest)
    check_instructions(archive, layout, manifest, digest, at.limits)
    check_file_bytes(archive, layout, manifest)
    check_file_types(archive, layout, manifest, at.limits, at.scratch)


def _check_carried_lists(found: Checked, signer: _Signer, trust: Trust | None) -> None:
    if signer.root is None or trust is None:
        return
    for listed in found.manifest.files:
        if listed.role is Role.TRUST and listed.path.endswith(".crl"):
            check_carried_revocations(b"".join(found.chunks(listed)), signer.root, trust)
