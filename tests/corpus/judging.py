"""Receive a file of the corpus at one of its settings."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from lianxin.bundle.checking import Circumstances, Findings
from lianxin.bundle.codes import Code
from lianxin.bundle.limits import Limits
from lianxin.bundle.verdicts import Refused
from lianxin.bundle.verifying import judge
from lianxin.keys.sealed_for import decrypt
from tests.corpus.age_files import secret_of
from tests.corpus.world import COUNTY, Setting


def at(setting: Setting, scratch: Path | None = None) -> Circumstances:
    """The circumstances of a setting."""

    def opened(source: BinaryIO, target: BinaryIO) -> None:
        decrypt(source, target, secret_of(COUNTY))

    return Circumstances(
        setting.now,
        setting.trust,
        setting.us,
        Limits(),
        opened if setting.opens else None,
        scratch,
        setting.enrolment,
    )


def judged(path: Path, setting: Setting, scratch: Path | None = None) -> tuple[str, tuple[str, ...], str]:
    """Code, warnings and place; without the last net, so that any surprise of a library is seen."""
    findings = Findings()
    try:
        judge(str(path), findings, at(setting, scratch))
    except Refused as refusal:
        return refusal.code.value, (), refusal.detail
    warnings = tuple(code.value for code in findings.warnings)
    code = Code.SIGNER_UNCONFIRMED if findings.manifest and findings.manifest.kind == "plain" else Code.OK
    return code.value, warnings, ""
