"""Verify one received file by itself: what it is, whether it is unchanged, who signed it, what to do next.

The steps and their order are those of bundle-format.md ("Verify"): structure before content, the signature
over raw bytes before any JSON is read, nothing written anywhere.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime

from lianxin.bundle.checkcode import manifest_digest
from lianxin.bundle.codes import Code
from lianxin.bundle.contents import check_file_bytes, check_file_set, check_file_types
from lianxin.bundle.layout import Layout, layout_of
from lianxin.bundle.limits import Limits
from lianxin.bundle.manifest import Manifest
from lianxin.bundle.opening import OpenedZip, opened_zip
from lianxin.bundle.signatures import Leaf, check_self_issued
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
from lianxin.bundle.verdicts import Outcome, Refused, accepted, refused


@dataclass(frozen=True)
class Trust:
    """What the receiver holds against strangers: the pinned county root certificate as PEM."""

    root_pem: bytes


@dataclass
class Findings:
    """What is known so far; it outlives a check that stops half way."""

    manifest: Manifest | None = None
    digest: str | None = None
    warnings: list[Code] = field(default_factory=list)


def verify(
    path: str | os.PathLike[str],
    *,
    now: datetime,
    trust: Trust | None = None,
    us: frozenset[str] | None = None,
    limits: Limits | None = None,
) -> Outcome:
    """Judge one file; any file at all gives an outcome and is left untouched.

    `now` carries a time zone; `us` are the receiver's division codes, None for a stand-alone check. An
    unchanged 普通报送 is ACCEPT with W507; a signature that needs the county root is E304 for now.
    """
    file = os.fspath(path)
    findings = Findings()
    try:
        code = judge(file, findings, now=now, trust=trust, us=us, limits=limits or Limits())
    except Refused as finding:
        return refused(file, finding, manifest=findings.manifest, digest=findings.digest)
    except Exception:
        # The last net: one file may never end a batch, whatever a library makes of it.
        return refused(
            file,
            Refused(Code.CORRUPT, "内容无法解读"),
            manifest=findings.manifest,
            digest=findings.digest,
        )
    if findings.manifest is None or findings.digest is None:
        raise AssertionError("a verified file without a manifest")
    return accepted(
        file, code, manifest=findings.manifest, digest=findings.digest, warnings=tuple(findings.warnings)
    )


def judge(
    file: str,
    findings: Findings,
    *,
    now: datetime,
    trust: Trust | None,
    us: frozenset[str] | None,
    limits: Limits,
) -> Code:
    """Run the steps in order, filling `findings`; return the code of success. Raises Refused.

    Apart from `verify` so that tests see the faults which its last net would cover.
    """
    with opened_zip(file, limits) as archive:
        layout = layout_of(archive)
        signed, leaf = check_signed_bytes(archive, layout, limits)
        success = _check_issuer(leaf, layout, trust)
        digest = manifest_digest(signed)
        manifest = read_manifest(signed)
        findings.manifest, findings.digest = manifest, digest
        check_signer(manifest, leaf)
        check_kind(manifest, layout)
        if layout.plain:
            check_plain_rules(manifest)
        if us is not None:
            check_audience(manifest, us)
        findings.warnings.extend([success, *check_times(manifest, leaf, now)])
        _check_files(archive, layout, manifest, digest, limits)
        return success


def _check_issuer(leaf: Leaf, layout: Layout, trust: Trust | None) -> Code:
    """Step 4: a 普通报送 vouches for itself; everything else needs the county root and its role rules."""
    if layout.plain:
        check_self_issued(leaf)
        return Code.SIGNER_UNCONFIRMED
    # Roles, revocation and the registry come with enrolment; until then nothing sealed may pass.
    raise Refused(Code.UNTRUSTED_ISSUER)


def _check_files(archive: OpenedZip, layout: Layout, manifest: Manifest, digest: str, limits: Limits) -> None:
    check_listed_paths(manifest, layout, limits)
    check_file_set(archive, layout, manifest)
    check_instructions(archive, layout, manifest, digest, limits)
    check_file_bytes(archive, layout, manifest)
    check_file_types(archive, layout, manifest, limits)
