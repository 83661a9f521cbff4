"""Verify one received file by itself: what it is, whether it is unchanged, who signed it, what to do next."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from lianxin.bundle.checking import Circumstances, Findings, opened_bundle
from lianxin.bundle.codes import Code
from lianxin.bundle.limits import Limits
from lianxin.bundle.recognising import recognised
from lianxin.bundle.trust import Trust
from lianxin.bundle.unsealing import Decrypt
from lianxin.bundle.verdicts import Outcome, Refused, accepted, refused

__all__ = ["Trust", "judge", "verify"]


def verify(
    path: str | os.PathLike[str],
    *,
    now: datetime,
    trust: Trust | None = None,
    us: frozenset[str] | None = None,
    limits: Limits | None = None,
    decrypt: Decrypt | None = None,
    scratch: str | os.PathLike[str] | None = None,
) -> Outcome:
    """Judge one file; any file at all gives an outcome and is left untouched.

    `now` carries a time zone; `us` are the receiver's division codes, None for a stand-alone check. An
    unchanged 普通报送 is ACCEPT with W507; everything else needs the county root in `trust`, else it is E304.
    """
    file = os.fspath(path)
    findings = Findings()
    at = Circumstances(now, trust, us, limits or Limits(), decrypt, scratch)
    try:
        judge(file, findings, at)
    except Refused as finding:
        told = refused(file, finding, manifest=findings.manifest, digest=findings.digest)
        return recognised(Path(file), told)
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
    unconfirmed = Code.SIGNER_UNCONFIRMED in findings.warnings
    return accepted(
        file,
        Code.SIGNER_UNCONFIRMED if unconfirmed else Code.OK,
        manifest=findings.manifest,
        digest=findings.digest,
        warnings=tuple(findings.warnings),
    )


def judge(file: str, findings: Findings, at: Circumstances) -> None:
    """Run every step that needs no store, filling `findings`. Raises Refused.

    Apart from `verify` so that tests see the faults which its last net would cover.
    """
    with opened_bundle(file, findings, at) as found:
        found.check_data()
